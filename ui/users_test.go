package ui

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/demo"
	"amptui/charts/golden"
	"amptui/views"
)

// lookUp opens the user look-up and types whom to look for.
func (d *driver) lookUp(who string) {
	d.Press("5")
	d.Type(who)
	d.Press("enter")
	d.Wait(time.Second)
}

func TestTheAddressOfTheUsersPageIsCopied(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.lookUp("ada@example.com")
		d.Press("o")
		d.Sees("name them as web in the profile")
	})
	story(t, demoServer(), func(d *driver) {
		d.app.env.Web = "https://app.amplitude.com/analytics/o/project/1"
		d.lookUp("ada@example.com")
		d.Press("o")
		if want := "https://app.amplitude.com/analytics/o/project/1/search/amplitude_id%3D900000000000/activity"; len(d.copy) != 1 || d.copy[0] != want {
			t.Errorf("copied %q, not %s", d.copy, want)
		}
		d.Press("esc", "X", "o")
		d.Sees("take the mask off first")
		if len(d.copy) != 1 {
			t.Errorf("under the mask %q was copied", d.copy[1:])
		}
	})
}

// Somebody with a ticket needs few keys from nothing to the text for it.
func TestATicketTakesSixKeys(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.lookUp("ada")
		d.Sees("ada@example.com", "found by the beginning of a user ID", "1,000 of", "events, back to", "Y ticket")
		d.Press("Y")
		if len(d.copy) != 1 || !strings.HasPrefix(d.copy[0], "User `ada@example.com`\n") || !strings.Contains(d.copy[0], "- Last session: ") || !strings.Contains(d.copy[0], "Times: UTC") {
			t.Errorf("copied %q", d.copy)
		}
		d.Sees("the ticket text", "- Version: 3.5.0", "OSC 52", "esc close")
		d.Press("esc")
		d.SeesNot("- Version")
	})
}

func TestSeveralAreListedAndNobodyIsAScreen(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.lookUp("user-1000")
		d.Sees("9 users, found by the beginning of a user ID: which one?", "▸  user-10001")
		d.Press("j", "enter")
		d.Sees("users user-10002", "first")
		d.Press("esc")
		d.Sees("which one?")
		d.Press("u")
		d.Type("zzz-nobody")
		d.Press("enter")
		d.Sees("Nobody was found for zzz-nobody", "u look up")
		d.Press("u")
		d.Type("  \"device-0\" ")
		d.Press("enter")
		d.Sees("ada@example.com", "by its user or device ID")
	})
}

// A search that is still running is replaced by the next.
func TestTheNextLookUpReplacesTheOneThatRuns(t *testing.T) {
	h := slow(demoServer(), func(r *http.Request) time.Duration {
		if r.URL.Query().Get("user") == "user-10001" {
			return time.Minute
		}
		return 0
	})
	story(t, h, func(d *driver) {
		d.lookUp("user-10001")
		d.Sees("looking up user-10001", "esc cancel")
		d.Press("u")
		d.Type("ada@")
		d.Press("enter")
		d.Wait(2 * time.Minute)
		d.Sees("users ada@", "ada@example.com")
	})
}

func TestTheStoryIsReadNarrowedAndSearched(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.lookUp("ada")
		d.Sees("App Closed", "─ seen", "ago", "━")
		d.Press("x")
		d.Sees("App Closed is muted", "1 event muted", `--mute "App Closed"`)
		d.Press("esc")
		d.SeesNot("--mute")
		d.Press("/")
		d.Type("jazz")
		d.Press("enter")
		d.Sees("--find jazz", "1 of ", " that hold it, m loads older ones", "n/N next")
		d.Press("@")
		d.Sees(`--only "Song Played"`, "only Song Played")
		d.SeesNot("Page Viewed")
		d.Press("esc", "esc")
		d.Sees("Page Viewed")
		d.Press("enter")
		d.Sees("▾ event_properties", `event_type  "`, "p copy path")
		d.Press("/")
		d.Type("genre")
		d.Press("enter", "y", "esc", "p")
		if len(d.copy) != 2 || d.copy[1] != "event_properties.genre" {
			t.Errorf("copied %q", d.copy)
		}
		d.Press("esc", "esc")
		d.SeesNot("▾ event_properties")
	})
}

func TestAsMuchIsLoadedAsIsNeeded(t *testing.T) {
	var asked []string
	good := demoServer()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.URL.Path, "user") {
			q := r.URL.Query()
			asked = append(asked, fmt.Sprintf("%s %s%s", strings.TrimPrefix(r.URL.Path, "/api/2/"), q.Get("offset"), q.Get("direction")))
		}
		good.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		d.lookUp("ada")
		if len(asked) != 2 {
			t.Errorf("a look-up asked %q", asked)
		}
		asked = nil
		d.Press("m")
		d.Sees("2,000 of")
		d.Press("A")
		d.Sees("▸ this is the very first event, of 28 Jul 2026", "3,000 of")
		if want := "[useractivity 1000latest useractivity earliest]"; fmt.Sprint(asked) != want {
			t.Errorf("asked %v; want %s", asked, want)
		}
		asked = nil
		d.Press(":")
		d.Type("at 20 sep 12:00")
		d.Press("enter")
		d.Sees(`--at "20 sep 12:00"`, "found in", "Sep 2026")
		if len(asked) == 0 || len(asked) > 3 {
			t.Errorf("a moment took %q", asked)
		}
		d.Press("a")
		d.Type("soon")
		d.Press("enter")
		d.Sees("soon is not a moment: write 2 mar 14:00")
	})
}

// Following asks every twenty seconds while the view is in front, and ends by
// itself.
func TestFollowingIsPoliteAndEnds(t *testing.T) {
	var asked atomic.Int64
	var ago atomic.Int64 // how long before the end of the log it is
	ago.Store(int64(3 * time.Hour))
	good := &demo.Server{Log: demoLog(), Now: func() time.Time { return now().Add(-time.Duration(ago.Load())) }, Zone: time.UTC}
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "useractivity") {
			asked.Add(1)
		}
		good.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		d.lookUp("ada")
		before := d.Frame()
		asked.Store(0)
		d.Press("f")
		d.Sees("following: a look-up every 20s, 180 of the 360 an hour, for 30m at most")
		d.Wait(59 * time.Second)
		if asked.Load() != 2 {
			t.Errorf("asked %d times in a minute", asked.Load())
		}
		ago.Store(0)
		d.Wait(25 * time.Second)
		if d.Frame() == before {
			t.Errorf("new events do not show:\n%s", d.Frame())
		}
		asked.Store(0)
		d.Press("1")
		d.Wait(10 * time.Minute)
		if asked.Load() > 1 {
			t.Errorf("asked %d times while another view is in front", asked.Load())
		}
		asked.Store(0)
		d.Press("5")
		d.Wait(time.Hour)
		if asked.Load() < 60 || asked.Load() > 90 {
			t.Errorf("asked %d times in half an hour", asked.Load())
		}
		d.SeesNot("following")
	})
}

func TestWhereIsThisUserStuck(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.Press("3")
		d.Press(":")
		d.Type(`funnel "Checkout Started" "Payment Submitted" Purchase --within 1d`)
		d.Press("enter")
		d.lookUp("ada")
		d.Press("F")
		d.Sees("as in the funnel view")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("--funnel", "tries", "best try", "median", "all users: last 30d", "back to", "1 Checkout Started", "3 Purchase")
		d.Press("Y")
		if last := d.copy[len(d.copy)-1]; !strings.Contains(last, "- Funnel: Checkout Started → Payment Submitted → Purchase: ") {
			t.Errorf("the ticket is\n%s", last)
		}
		d.Press("esc", "esc")
		d.SeesNot("--funnel")
		d.Press("F")
		d.Type("ce:custom Purchase")
		d.Press("enter")
		d.Sees("ce:custom")
	})
}

func TestTwoUsersSideBySide(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(100, 60)
		d.lookUp("user-10001")
		d.Press("=")
		d.Sees("is marked", "marked to compare: user-10001")
		d.Press("u")
		d.Type("user-10002")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("users user-10001 --beside user-10002", "properties that differ", "events that one has and the other lacks", "from the very first event on", "then")
		d.SeesNot("is marked", "marked to compare")
		d.Press("=")
		d.Sees("users user-10002 --beside user-10001")
		d.Press("esc")
		d.SeesNot("--beside", "properties that differ")
	})
}

func TestTheMaskGoesEverywhereAtOnce(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.lookUp("ada@example.com")
		d.Press("X")
		d.Sees("masked", "users user-", "place-", "id-")
		d.SeesNot("ada@", "London", "900000000000", "Harbour", "device-0")
		d.Press("y", "Y")
		for _, copied := range d.copy {
			if strings.Contains(copied, "ada") || strings.Contains(copied, "London") {
				t.Errorf("copied %q", copied)
			}
		}
		d.Press("esc", ":")
		d.Type(strings.TrimPrefix(d.copy[0], "amptui "))
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("1,000 of") // a masked line opens again in this session
		d.SeesNot("Nobody was found")
		d.Press("X")
		d.Sees("users ada@example.com", "London")
	})
}

// Recorded and documented answers, of 2016 and of 2026, show as what they are.
func TestRecordedUsersShow(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile("../api/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	match := `{"type":"match_amplitude_id","matches":[{"user_id":null,"amplitude_id":12345}]}`
	empty := `{"userData":{"user_id":null,"canonical_amplitude_id":12345,"merged_amplitude_ids":[],"num_events":0,"device_ids":[],"purchases":"0","revenue":"0.0","last_location":{"lat":"1.7976931348623157E308","lng":"1.7976931348623157E308"}},"events":[]}`
	quiet := `{"userData":{"user_id":null,"canonical_amplitude_id":12345,"num_events":"3","num_sessions":1,"device_ids":["d1"],"last_device_id":"d1","purchases":"2","revenue":"9.98","first_used":"2026-06-01","last_location":{"lat":"52.5","lng":"13.4"}},"events":[],"metadata":{"missingData":true}}`
	for name, c := range map[string]struct {
		search, activity string
		sees             []string
		seesNot          string
	}{
		"2016":            {read("usersearch-match-amplitude-id-made.json"), read("useractivity-found-recorded.json"), []string{"user-redacted-1", "merged", "1 of 18 events", "time that was not sent", "some_event", "custom_user_p"}, "1.79"},
		"documented":      {match, read("useractivity-documented.json"), []string{"myusername", "merged", "9.98", "San Francisco", "by its Amplitude ID", "No events of this user are kept"}, "NaN"},
		"several":         {read("usersearch-prefix-recorded.json"), empty, []string{"users, found by the beginning of a user ID"}, "error"},
		"nobody":          {read("usersearch-nomatch-documented.json"), empty, []string{"Nobody was found"}, "error"},
		"an empty shell":  {match, empty, []string{"Nobody has this Amplitude ID"}, "1.79"},
		"without events":  {match, quiet, []string{"(none: anonymous)", "9.98", "52.5, 13.4", "anonymous 12345", "data are missing", "No events of this user are kept"}, "1.79"},
		"broken activity": {match, `{"userData":[1],"events":{}}`, []string{"is not understood"}, "panic"},
	} {
		t.Run(name, func(t *testing.T) {
			h := bodies(http.StatusOK, map[string]string{
				"/api/2/events/list": `{"data":[]}`, "/api/2/usersearch": c.search, "/api/2/useractivity": c.activity,
			})
			story(t, h, func(d *driver) {
				d.Resize(120, 45)
				d.lookUp("12345")
				d.Sees(c.sees...)
				d.SeesNot(c.seesNot)
			})
		})
	}
}

// An odd user is usable: a property of a megabyte, four hundred properties nested
// ten deep.
func TestAnOddUserIsUsable(t *testing.T) {
	deep := `"needle"`
	for i := range 10 {
		deep = fmt.Sprintf(`{"level%d":%s}`, i, deep)
	}
	var own strings.Builder
	for i := range 400 {
		fmt.Fprintf(&own, `"p%d":%d,`, i, i)
	}
	event := fmt.Sprintf(`{"event_type":"Odd","event_time":"2026-11-24 10:00:00","uuid":"a","session_id":-1,"event_properties":{%s"deep":%s,"long":%q}}`, own.String(), deep, strings.Repeat("x", 1<<20))
	h := bodies(http.StatusOK, map[string]string{
		"/api/2/events/list":  `{"data":[]}`,
		"/api/2/usersearch":   `{"type":"match_user_or_device_id","matches":[{"user_id":"odd","amplitude_id":7}]}`,
		"/api/2/useractivity": `{"userData":{"user_id":"odd","num_events":1,"canonical_amplitude_id":7},"events":[` + event + `]}`,
	})
	story(t, h, func(d *driver) {
		d.lookUp("odd")
		d.Sees("Odd", "out of sessions")
		d.Press("enter", "/")
		d.Type("needle")
		d.Press("enter")
		d.Sees(`"needle"`, "event_properties.deep.level9")
		d.Press("esc", "/")
		d.Type("xxxxxxxx")
		d.Press("enter", "enter")
		d.Sees("1,048,576 bytes")
		d.Press("y")
		d.Sees("too long to copy: 1,048,576 bytes, the terminal takes 74,000")
		d.Press("esc", "esc", "esc")
		d.Sees("Odd")
	})
}

func TestUserScreens(t *testing.T) {
	funnel := `"Checkout Started" "Payment Submitted" Purchase --within 1d`
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {60, 15}, {200, 60}} {
		for name, c := range map[string]struct {
			args []string
			keys []string
		}{
			"story":  {[]string{"ada@example.com"}, nil},
			"funnel": {[]string{"ada@example.com", "--funnel", funnel}, nil},
			"beside": {[]string{"user-10001", "--beside", "user-10002"}, nil},
			"event":  {[]string{"ada@example.com"}, []string{"j", "j", "j", "enter"}},
			"who":    {[]string{"ada@example.com"}, []string{"tab", "j", "j", "j"}},
		} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size.w, size.h), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					d := start(t, demoServer(), size.w, size.h, views.Link{View: "users", Args: c.args})
					d.Wait(2 * time.Second)
					d.Press(c.keys...)
					golden.Equal(t, d.Frame()+"\n")
					d.end()
				})
			})
		}
	}
}

// Without a screen a user is the same, in every form, and masked in every form.
func TestAUserIsPrintedInEveryForm(t *testing.T) {
	s := newShell(t)
	log := []string{"--events", "testdata/commits.json.gz", "--zone", "UTC"}
	const who = "5ab2c74e6ae5"
	for format, wants := range map[string][]string{
		"json":  {`"match":"match_user_or_device_id"`, `"user":{`, `"events":[{"time":"20`, `"changes":[`, `"complete":`},
		"csv":   {"time,event,session,properties", "Commit"},
		"md":    {"- Amplitude ID: ", "- Last session: ", "| time | event |"},
		"table": {"Commit"},
		"plain": {"time\tevent\tsession\tproperties"},
		"chart": {"━", "events", "ago"},
	} {
		for _, mask := range []bool{false, true} {
			args := append(append([]string{}, log...), "users", who, "-o", format)
			if mask {
				args = append(args, "--mask")
			}
			if code := s.run(args...); code != 0 {
				t.Fatalf("%s: %d %s", format, code, s.errs)
			}
			if mask != !strings.Contains(s.out, who) && (format == "json" || format == "md") || mask && strings.Contains(s.out+s.errs, who) {
				t.Errorf("%s, masked %v: the id is there or not:\n%.300s", format, mask, s.out)
			}
			for _, want := range wants {
				if !strings.Contains(s.out, want) {
					t.Errorf("%s lacks %q:\n%.400s", format, want, s.out)
				}
			}
		}
	}
	if code := s.run(append(log, "users", "-o", "json")...); code != exitUsage || !strings.Contains(s.errs, "name whom to look up") {
		t.Errorf("nobody named: %d %s", code, s.errs)
	}
	if code := s.run(append(log, "users", "zzz", "-o", "json")...); code != exitNothing || !strings.Contains(s.out, `"match":"nomatch","users":[]`) {
		t.Errorf("nobody found: %d %s %s", code, s.out, s.errs)
	}
	if code := s.run(append(log, "users", who, "--funnel", "Commit Fix --within 30d", "-o", "json")...); code != 0 || !strings.Contains(s.out, `"funnel":{"says":"`) || !strings.Contains(s.out, `"all_median_ms":`) {
		t.Errorf("a funnel: %d %s %s", code, s.errs, s.out)
	}
	left := 0
	_ = filepath.WalkDir(s.env["HOME"], func(path string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			left++
		}
		return nil
	})
	if left > 0 {
		t.Errorf("%d files were written", left)
	}
}

// Whoever goes back to a user finds the story as it was, and nobody is looked up.
func TestAUserOnTheWayBackIsNotLookedUpAgain(t *testing.T) {
	var asked atomic.Int64
	story(t, counting(demoServer(), &asked), func(d *driver) {
		d.lookUp("ada@example.com")
		d.Press("j", "j", "j", "j")
		below := func() string { return strings.SplitN(d.Frame(), "\n", 3)[2] } // the look-ups that are counted
		at := below()
		for _, who := range []string{"user-10001", "nobody@example.org"} {
			d.Press("u")
			d.Type(who)
			d.Press("enter")
			d.Wait(time.Second)
		}
		d.Sees("Nobody was found")
		before := asked.Load()
		d.Press("H")
		d.Sees("users user-10001", "user ID     user-10001")
		d.Press("H")
		if below() != at {
			t.Errorf("the story is another:\n%s\nwas\n%s", d.Frame(), at)
		}
		d.Press("L")
		d.Sees("users user-10001")
		if asked.Load() != before {
			t.Errorf("%d were asked on the way back", asked.Load()-before)
		}
		d.Press("r")
		if asked.Load() == before {
			t.Error("r asks nothing")
		}
		d.Press("u")
		d.Type("nobody@example.org")
		d.Press("enter")
		d.Sees("Nobody was found", "esc back to the user before")
		d.Press("esc")
		d.Sees("users user-10001")
	})
}
