package ui

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts/golden"
	"amptui/charts/theme"
	"amptui/config"
	"amptui/keys"
	"amptui/ui/paint"
	"amptui/views"
)

func TestBrowsingFromTheListToAChartAndBack(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Sees("1 Events", "2 Segment", "Song Played", "? help")
		d.Press("/")
		d.Type("purch")
		d.Sees("Purchase")
		d.Press("enter", "enter")
		d.Sees("segment Purchase", "uniques per day")
		d.Press("m")
		d.Sees("--metric totals")
		d.Press("i")
		d.Sees("--interval week")
		d.Press("v")
		d.Sees("--vs prev")
		d.Press("h")
		d.Press("t", "t")
		d.Press("esc")
		d.Sees("events purch", "Purchase")
		d.Press("esc")
		d.Sees("Song Played")
		d.Press("q")
		if !d.quit {
			t.Error("q in the first view does not quit")
		}
	})
}

func TestEscGivesTheListBackWithItsCursor(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		under := func() string {
			for line := range strings.Lines(d.Frame()) {
				if strings.HasPrefix(line, "▸") {
					return strings.TrimSpace(strings.TrimPrefix(line, "▸"))
				}
			}
			return ""
		}
		list := func() string { // the header counts what was asked
			_, below, _ := strings.Cut(d.Frame(), "\n")
			return below
		}
		d.Press("j", "j", "j")
		was, whole := under(), list()
		if was == "" {
			t.Fatalf("no row is under the cursor:\n%s", d.Frame())
		}
		for _, filter := range []string{"paymnt", "song", "zzz", "s"} {
			d.Press("/")
			d.Type(filter)
			if filter == "song" {
				d.Press("enter", "j", "enter", "esc") // to a chart and back
			}
			if under() == was {
				t.Errorf("with the filter %s the cursor has not moved", filter)
			}
			d.Press("esc")
			if list() != whole {
				t.Errorf("after the filter %s and esc:\n%s\nbefore it:\n%s", filter, d.Frame(), whole)
			}
		}
		d.Press("G", "/", "a", "esc")
		if list() == whole || under() == "" {
			t.Errorf("the end of the list is not given back:\n%s", d.Frame())
		}
	})
}

func TestQGoesBackToWhereAViewWasOpenedByItsKey(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("2", "5", "esc", "2", "5", "esc")
		d.Press("q")
		d.Sees("m metric", "uniques per day")
		d.Press("q")
		d.Sees("Song Played", "q quit")
		d.Press("3", "1")
		d.Press("j", "enter")
		d.Sees(`segment "App Opened"`)
		d.Press("q")
		d.Sees("App Closed", "q back")
		d.Press("q")
		d.Sees("a add step")
		d.Press("q")
		if !d.quit {
			t.Errorf("q does not quit where every way back was gone:\n%s", d.Frame())
		}
	})
}

func TestLateAnswerIsDropped(t *testing.T) {
	weekly := func(r *http.Request) time.Duration {
		if r.URL.Query().Get("i") == "7" {
			return 30 * time.Second
		}
		return 0
	}
	story(t, slow(demoServer(), weekly), func(d *driver) {
		d.Press("enter")
		d.Press("i") // week: slow
		d.Press("i") // month: fast, cancels the week
		d.Wait(2 * time.Second)
		got := d.Frame()
		d.Sees("--interval month")
		d.Wait(2 * time.Minute)
		if d.Frame() != got {
			t.Errorf("the cancelled question changed the screen:\n%s", d.Frame())
		}
	})
}

func TestEscCancelsTheCallItself(t *testing.T) {
	stuck := make(chan struct{}, 10)
	h := slow(demoServer(), func(r *http.Request) time.Duration {
		if strings.HasSuffix(r.URL.Path, "segmentation") {
			stuck <- struct{}{}
			return time.Hour
		}
		return 0
	})
	story(t, h, func(d *driver) {
		d.Press("enter")
		d.Wait(15 * time.Second)
		d.Sees("the server has not answered yet", "esc cancel")
		d.Press("esc")
		d.SeesNot("not answered")
		d.Press("esc")
		d.Sees("events")
	})
}

func TestTheLastGoodAnswerStaysWhenTheNextFails(t *testing.T) {
	fails := false
	good := demoServer()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !fails {
			good.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		w.Write([]byte(`{"error":{"http_code":400,"message":"Invalid chart definition","metadata":{"details":"Invalid user property moon\u001b[31m"}}}`))
	})
	story(t, h, func(d *driver) {
		d.Sees("Song Played")
		fails = true
		d.Press("r")
		d.Sees("Invalid user property moon", "Song Played", "still of")
	})
}

func TestTypingInABoxFiresNoShortcut(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter", "d")
		d.Type("q2Q?:")
		if d.quit {
			t.Fatal("a letter typed in a box quit the program")
		}
		d.Sees("q2Q?:")
		d.Press("enter")
		d.Sees("is not a date")
		d.Press("esc", "d")
		d.Type("12w")
		d.Press("enter")
		d.Sees("--last 12w")
	})
}

func TestEveryKeyOfEveryScreenIsInTheHelp(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		for _, view := range []string{"1", "2", "3", "4", "6", "7 enter", "7 down enter", "7 down down enter", "7 down down down enter", "7 down down down down enter esc", "5 esc"} {
			d.Press(strings.Fields(view)...)
			d.Resize(80, 100)
			d.Press("?")
			frame := d.Frame()
			d.Press("esc")
			for _, action := range d.app.actions() {
				if !strings.Contains(frame, action.Key.AllShown()) {
					t.Errorf("view %s: the help lacks %s (%s):\n%s", view, action.Key.AllShown(), action.Key.Name, frame)
				}
			}
		}
	})
}

func TestNoTwoActionsOfOneScreenShareAKey(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		for _, press := range []string{"1", "/", "esc", "2", "b", "esc", "t", "t", "l", "j", "+", "3", "a", "p", "enter", "enter", "esc", "j", "t", "t", "b", "esc", "4", "t", "l", "j", "t", "b", "enter", "6", "t", "j", "7", "enter", "t", "7", "down", "enter", "m", "7", "down", "down", "enter", "7", "down", "down", "down", "enter", "f", "7", "down", "down", "down", "down", "enter", "esc", "5", "a", "d", "a", "enter", "tab", "tab", "enter", "l", "esc", "=", "u", "u", "enter", "enter"} {
			d.Press(press)
			seen := map[string]string{}
			for _, action := range d.app.actions() {
				for _, k := range action.Key.Keys() {
					if was, ok := seen[k]; ok && was != action.Key.Name {
						t.Errorf("after %s: %q is both %s and %s", press, k, was, action.Key.Name)
					}
					seen[k] = action.Key.Name
				}
			}
		}
	})
}

func TestThePaletteTakesActionsAndQueryLines(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment 'Song Played' --by platform --last 12w --interval week")
		d.Press("enter")
		d.Sees(`segment "Song Played" --by platform`, "Android")
		d.Press(":")
		d.Type("segmnt x")
		d.Press("enter")
		d.Sees("did you mean segment?")
		d.Press("esc", ":")
		d.Type("segment Sign Up")
		d.Press("enter")
		d.Sees(`did you mean "Sign Up", with the quotes?`)
		d.Press("esc", ":")
		d.Type(`segment "SIGN UP"`)
		d.Press("enter")
		d.Sees(`there is no event called SIGN UP: did you mean "Sign Up"?`)
		d.Press("esc", ":")
		d.Type("previous metric")
		d.Press("esc", ":")
		d.Type("next interval")
		d.Press("tab")
		d.Press("esc")
	})
}

func TestTheQueryLineIsCopiedAsACommand(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter", "m", "y")
		if len(d.copy) != 1 || !strings.HasPrefix(d.copy[0], "amptui segment ") || !strings.Contains(d.copy[0], "--metric totals") {
			t.Errorf("copied %q", d.copy)
		}
		d.Sees("copied the query line")
	})
}

func TestAHostileEventDrivesNothing(t *testing.T) {
	evil := "Evil\x1b]0;pwned\x07\x1b[31m\u202e\u009b2J"
	quoted := `"Evil\u001b]0;pwned\u0007\u001b[31m\u202e\u009b2J"`
	h := bodies(http.StatusOK, map[string]string{
		"/api/2/events/list":         `{"data":[{"value":` + quoted + `,"display":` + quoted + `,"totals":"NaN","hidden":false}]}`,
		"/api/2/events/segmentation": `{"data":{"series":[["NaN",3,null]],"seriesLabels":[0],"seriesCollapsed":[[{"value":3}]],"xValues":["2026-11-22","2026-11-23",` + quoted + `]}}`,
	})
	story(t, h, func(d *driver) {
		check := func() {
			t.Helper()
			for line := range strings.SplitSeq(d.Frame(), "\n") {
				if text.Clean(line) != line {
					t.Errorf("foreign control bytes on the screen: %q", line)
				}
			}
			screen := paint.NewScreen(io.Discard, paint.Options{})
			screen.Open(d.w, d.h)
			screen.Paint(d.Frame())
			if n := screen.Foreign(); n != 0 {
				t.Errorf("the painter has replaced %d foreign bytes", n)
			}
		}
		d.Sees("Evil")
		check()
		d.Press("enter")
		check()
		d.Sees("segment $'Evil")
		line := d.app.view().Link()
		if got, err := d.app.runLine(line.Line()); err != nil || got == nil {
			t.Errorf("the line %s does not open again: %v", line.Line(), err)
		}
		if strings.Contains(line.Line(), "\x1b") || !strings.Contains(line.Args[0], evil) {
			t.Errorf("the line is %q of %q", line.Line(), line.Args)
		}
	})
}

func TestEveryViewFitsEverySize(t *testing.T) {
	widths, heights := []int{1, 2, 10, 39, 40, 41, 60, 72, 80, 109, 110, 120, 200, 300}, []int{1, 2, 9, 10, 11, 15, 24, 36, 60, 100}
	if raceDetector { // nothing runs beside the drawing
		widths, heights = []int{1, 80}, []int{10, 36}
	}
	story(t, demoServer(), func(d *driver) {
		for _, view := range [][]string{
			{"1"},
			{"/"},
			{"esc", "enter"},
			{"t"},
			{"t"},
			{"t"},
			{"b"},
			{"esc", "?"},
			{"?", ":"},
			{"esc", "3"},
			{"a"},
			{"enter", "enter"},
			{"b", "enter"},
			{"t"},
			{"h", "t"},
			{"t"},
			{"esc", "4"},
			{"j", "l", "b", "enter"},
			{"t"},
			{"t"},
			{"6"},
			{"j", "t"},
			{"t", "b", "enter"},
			{"7"},
			{"enter"},
			{"t"},
			{"t", "7", "down", "enter"},
			{"t"},
			{"m"},
			{"7", "down", "down", "enter"},
			{"t"},
			{"7", "down", "down", "down", "enter"},
			{"t"},
			{"7", "down", "down", "down", "down", "enter"},
			{"esc", "u", "p", "l", "a", "y", "s", "7", "d", "enter"},
			{"t", "t"},
			{"5"},
			{"a", "d", "a", "enter"},
			{"tab", "j"},
			{"tab", "enter"},
			{"esc", "="},
			{"u", "u", "s", "e", "r", "enter"},
			{"j", "enter"},
			{"esc", "f"},
		} {
			d.Press(view...)
			for _, w := range widths {
				for _, h := range heights {
					d.Resize(w, h)
					d.Frame()
				}
			}
			d.Resize(80, 24)
			d.Wait(time.Second)
		}
	})
}

func TestScreens(t *testing.T) {
	for _, size := range []struct{ w, h int }{{80, 24}, {120, 36}, {60, 15}, {200, 60}} {
		for name, link := range map[string]views.Link{
			"events":  {View: "events"},
			"segment": {View: "segment", Args: []string{"Song Played", "--by", "platform", "--vs", "prev"}},
			"table":   {View: "segment", Args: []string{"Song Played", "--face", "table"}},
			"bars":    {View: "segment", Args: []string{"Song Played", "--face", "bar", "--by", "country", "--limit", "10"}},

			"funnel":      {View: "funnel", Args: []string{"Store Opened", "Checkout Started", "Payment Submitted", "Purchase"}},
			"funnel-by":   {View: "funnel", Args: []string{"Store Opened", "Checkout Started", "Payment Submitted", "Purchase", "--by", "platform", "--last", "14d"}},
			"funnel-days": {View: "funnel", Args: []string{"Checkout Started", "Purchase", "--within", "7d", "--face", "days", "--by", "platform"}},
			"funnel-time": {View: "funnel", Args: []string{"Checkout Started", "Purchase", "--face", "times"}},
			"retention":   {View: "retention"},
			"curve":       {View: "retention", Args: []string{"--face", "curve", "--by", "platform", "--last", "14d"}},
			"trend":       {View: "retention", Args: []string{"--face", "trend", "--last", "12w", "--interval", "week"}},
			"revenue":     {View: "revenue"},
			"revenue-by":  {View: "revenue", Args: []string{"--by", "platform", "--last", "90d"}},
			"heat":        {View: "revenue", Args: []string{"--face", "heat", "--metric", "total"}},
			"active":      {View: "active", Args: []string{"--by", "platform"}},
			"active-new":  {View: "active", Args: []string{"--count", "new", "--face", "bar"}},
			"sessions":    {View: "sessions"},
			"average":     {View: "sessions", Args: []string{"--measure", "average"}},
			"composition": {View: "composition", Args: []string{"country"}},
			"realtime":    {View: "realtime"},
			"chart":       {View: "chart", Args: []string{"plays7d"}},
			"chart-steps": {View: "chart", Args: []string{"buy4step"}},
		} {
			t.Run(fmt.Sprintf("%s-%dx%d", name, size.w, size.h), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					d := start(t, demoServer(), size.w, size.h, link)
					d.Wait(2 * time.Second)
					golden.Equal(t, d.Frame()+"\n")
					d.end()
				})
			})
		}
	}
}

// Recorded and documented answers of the API show as what they are.
func TestRecordedAnswersShow(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile("../api/testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	cases := []struct {
		list, segmentation string
		inList, inChart    []string
	}{
		{"events-list-recorded.json", "segmentation-empty-recorded.json", []string{"TestEvent", "test_event"}, []string{"no data"}},
		{"events-list-documented.json", "segmentation-groupby-documented.json", []string{"Add Content to Cart", "1,505,645"}, []string{"United States", "Germany"}},
	}
	for _, c := range cases {
		t.Run(c.list, func(t *testing.T) {
			h := bodies(http.StatusOK, map[string]string{
				"/api/2/events/list":         read(c.list),
				"/api/2/events/segmentation": read(c.segmentation),
			})
			story(t, h, func(d *driver) {
				d.Sees(c.inList...)
				d.Press(":")
				d.Type("segment X --by country --from 2014-10-01 --to 2014-10-02")
				d.Press("enter")
				d.Sees(c.inChart...)
			})
		})
	}
}

func TestZoomHideSoloAndTableKeepTheirWord(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment 'Song Played' --by platform")
		d.Press("enter", "j")
		d.Press("space")
		d.Sees("--hide iOS")
		d.Press("space")
		d.SeesNot("--hide")
		d.Press("!")
		d.Sees("--hide Android", "--hide Web")
		d.Press("!")
		d.SeesNot("--hide")
		d.Press("h")
		d.Sees("Tue 24 Nov", "*") // an unfinished day says so
		d.Press("h")
		d.Sees("Mon 23 Nov")
		d.Press("+", "+")
		d.SeesNot(" 2 Nov ")
		d.Press("0")
		d.Sees(" 2 Nov ")
		d.Press("S")
		d.Sees("--log", "log scale")
		d.Press("Z") // a logarithmic axis has no zero to leave out
		d.Sees("--fit")
		d.SeesNot("--log", "log scale")
		d.Press("Z", "c")
		d.Sees("--complete")
		d.SeesNot("of the day")
		d.Press("t", "t")
		d.Sees("--face table", "2026-11-23")
	})
}

func TestADearQuestionWaitsForAKeyPress(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment 'Song Played' --last 300d --by country")
		d.Press("enter")
		d.Sees("costs 1,495 of the 1,000", "It is not asked by itself", "r ask all the same")
		d.Press("r")
		d.Sees("United States")
	})
}

func TestALimitIsCountedDownAndTriedOnceMore(t *testing.T) {
	refusals := 0
	good := demoServer()
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refusals++; refusals > 1 {
			good.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Retry-After", "20")
		w.WriteHeader(http.StatusTooManyRequests)
		w.Write([]byte(`{"error":{"http_code":429,"metadata":{"details":"Exceeded rate limit with query of cost 1800"}}}`))
	})
	story(t, h, func(d *driver) {
		d.Sees("Exceeded rate limit", "trying again in 19 s")
		d.Wait(10 * time.Second)
		d.Sees("trying again in 9 s")
		d.Wait(15 * time.Second)
		d.Sees("Song Played")
	})
}

// Whatever is pressed, in whatever order, nothing breaks and the frame fits.
func TestRandomKeysBreakNothing(t *testing.T) {
	hostile := bodies(http.StatusOK, map[string]string{
		"/api/2/events/list":         `{"data":[{"value":"a\u001b[31m"},{"value":"","display":null},{"value":"b","totals":1e400},{"value":"c","totals":"x"}]}`,
		"/api/2/events/segmentation": `{"data":{"series":[[1,null,"NaN",1e400,-5],[]],"seriesLabels":[[0,"x"],null],"seriesCollapsed":[],"xValues":["2026-11-22","2026-11-23","2026-11-24","2026-11-25"]}}`,
		"/api/2/funnels":             `{"data":[{"events":["a\u001b[31m"],"groupValue":null,"cumulativeRaw":[5,-1,1e400],"medianTransTimes":["x",-1],"dayFunnels":{"xValues":["2026-11-22","?"],"series":[[1],[0,0,0]]},"stepTransTimeDistribution":{"step_bins":[{},{"bins":[{"start":5,"end":1,"bin_dist":{}},{}]}]}},{"cumulativeRaw":[0]}]}`,
		"/api/2/retention":           `{"data":{"series":[{"dates":["Nov 22","x\u001b[2J","Nov 20"],"values":{"Nov 22":[{"count":1e400,"outof":0},{"count":-5,"outof":3}],"x\u001b[2J":[{},{},{}]}},{"dates":[],"values":{},"combined":[{"count":5,"outof":5},{"count":9,"outof":5,"incomplete":1}]}],"seriesLabels":[["a"],null]}}`,
		"/api/2/usersearch":          `{"type":"x\u001b[31m","matches":[{"user_id":"a\u001b]0;x\u0007","amplitude_id":"9"},{"user_id":null,"amplitude_id":1e99}]}`,
		"/api/2/useractivity":        `{"userData":{"user_id":"\u202eevil","num_events":-5,"device_ids":[null,5],"properties":{"a\u001b":{"b":[1,{"c":"\u009b2J"}]}},"revenue":1e400},"events":[null,5,{"event_type":"\u001b[2J","event_time":"x","session_id":"-9","event_properties":[1]},{"event_type":null,"event_time":"2026-11-24 10:00:00","user_properties":{"p":"\u0007"}}]}`,
		"/api/2/revenue/ltv":         `{"data":{"series":[{"dates":["Nov 22",null],"values":{"Nov 22":{"r1d":"NaN","r9999d":-1e300,"count":"x"}},"combined":{"r2d":5}},{}],"seriesLabels":[0]}}`,
	})
	broken := bodies(http.StatusOK, map[string]string{
		"/api/2/events/list": `{"data":[`, "/api/2/events/segmentation": `[]`,
		"/api/2/funnels": `{"data":[{}]}`, "/api/2/retention": `{"data":{}}`, "/api/2/revenue/ltv": `{"data":{"series":5}}`,
		"/api/2/usersearch": `{"matches":[{"amplitude_id":7}]}`, "/api/2/useractivity": `{"events":[{}],"userData":{}}`,
	})
	for name, h := range map[string]http.Handler{"demo": demoServer(), "hostile": hostile, "broken": broken} {
		t.Run(name, func(t *testing.T) {
			story(t, h, func(d *driver) {
				r := rand.New(rand.NewPCG(7, 7))
				names := []string{"enter", "esc", "tab", "up", "down", "left", "right", "space", "backspace", "ctrl+d", "ctrl+u", "pgdown"}
				for _, k := range d.app.env.Keys.All() {
					names = append(names, k.Keys()...)
				}
				names = slices.DeleteFunc(names, func(s string) bool { return s == "q" || s == "Q" || s == "ctrl+c" || s == "ctrl+z" })
				for range 4000 {
					switch r.IntN(40) {
					case 0:
						d.Resize(r.IntN(200), r.IntN(70))
					case 1:
						d.Wait(300 * time.Millisecond)
					default:
						d.Tap(names[r.IntN(len(names))])
					}
					d.Frame()
				}
			})
		})
	}
}

func TestTheWheelScrolls(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.take(tea.MouseMsg{Button: tea.MouseButtonWheelDown, Action: tea.MouseActionPress})
		d.Wait(time.Second)
		d.Sees(" Lyrics Viewed")
		if line := d.app.view().View(); !strings.Contains(line, "▸  Lyrics Viewed") {
			t.Errorf("three rows down the cursor is not on the fourth:\n%s", d.Frame())
		}
	})
}

func TestAPartOfANameIsEnoughToChooseIt(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter", "b")
		d.Type("platf")
		d.Press("enter")
		d.Sees("--by platform", "Android")
		d.Press("b")
		d.Type("gp:plan")
		d.Press("enter")
		d.Sees("--by gp:plan", "premium")
		d.Press("e")
		d.Type("checkout")
		d.Press("enter")
		d.Sees(`segment "Checkout Started"`)
		d.Press("E")
		d.Type("purchase")
		d.Press("enter")
		d.Sees(`"Checkout Started" Purchase`)
	})
}

func TestWhatCannotBeOpenedIsSaid(t *testing.T) {
	for _, c := range []struct {
		err     error
		sees    []string
		seesNot string
	}{
		{errors.New("the event file x cannot be read"), []string{"the event file x cannot be read", "r try again"}, "four ways"},
		{&config.None{Reasons: []config.Reason{{Source: config.FromKeyring, Text: "no keyring is in sight"}}}, []string{"four ways", "amptui login", "AMPLITUDE_API_KEY", "credential_command", "--session", "no keyring is in sight", "enter open the demo"}, "not understood"},
		{fmt.Errorf("%w: environment: half", config.ErrWay), []string{"environment: half", "four ways"}, "not understood"},
	} {
		synctest.Test(t, func(t *testing.T) {
			d := &driver{t: t, msgs: make(chan tea.Msg, 100), w: 80, h: 24}
			env := views.Env{Now: now, Zone: time.UTC, Keys: keys.Default(), Theme: theme.Plain()}
			d.app = NewApp(catalog(), env, Project{Profile: "default"}, views.Link{View: "events"}, func() tea.Msg { return opened{err: c.err} })
			d.app.setup.demo = func() tea.Msg { return nil }
			d.Resize(80, 24)
			d.run(d.app.Init())
			d.Wait(time.Second)
			d.Sees(c.sees...)
			d.SeesNot(c.seesNot)
			for _, size := range [][2]int{{60, 15}, {40, 10}, {200, 60}, {1, 1}} {
				d.Resize(size[0], size[1])
				d.Frame()
			}
		})
	}
}
