package users

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/demo"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// funnel reads a question as it is typed.
func funnel(t *testing.T, line string) query.Funnel {
	t.Helper()
	words, err := query.Split(line)
	if err != nil {
		t.Fatal(err)
	}
	f := query.DefaultFunnel()
	if err := views.Parse(&f, words); err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	return f
}

func noon() time.Time { return time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC) }

// deedsOf reads "A 0m, B 5m {"n":1}": events, so long after noon of 20 Nov, with
// their properties. "?" stands for events that are not loaded.
func deedsOf(t *testing.T, line string) []did {
	t.Helper()
	var out []did
	for part := range strings.SplitSeq(line, ", ") {
		head, props, _ := strings.Cut(part, " {")
		name, after, _ := strings.Cut(head, " ")
		d, err := time.ParseDuration(after)
		if err != nil {
			t.Fatal(err)
		}
		doc := json.RawMessage(`{"event_properties":{` + strings.TrimSuffix(props, "}") + `}}`)
		out = append(out, did{
			name: text.New(name), time: noon().AddDate(0, 0, -4).Add(d), missing: name == "?", inactive: name == "Idle",
			doc: func() json.RawMessage { return doc },
		})
	}
	return out
}

func TestAJourneyIsToldInWords(t *testing.T) {
	for _, c := range []struct{ question, events, want string }{
		{`A B C --within 7d`, `A 0m, B 2m, X 3m, C 12m3s`, "went all the way in 12m 3s"},
		{`A B C --within 1d`, `A 0m, B 2m`, "stuck after B (20 Nov 12:02): C never came within 1d"},
		{`A B C --within 7d`, `A 0m, B 2m`, "stuck after B (20 Nov 12:02): C did not come yet, 3d of 7d are left"},
		{`A B C --within 1d`, `A 0m, A 1h, A 2h`, "stuck after A (20 Nov 12:00): B never came within 1d; 3 tries, last 20 Nov 14:00"},
		{`A B C --within 5d`, `A 0m, B 1m, A 48h`, "stuck after B (20 Nov 12:01): C did not come yet, 1d of 5d are left; 2 tries, last 22 Nov 12:00, open until 27 Nov 12:00"},
		{`A B C --within 1h`, `A 0m, B 1m, C 2h`, "stuck after B (20 Nov 12:01): C came after 2h, too late for 1h"},
		{`A B C --within 1h`, `A 0m, C 1m, B 60m, C 60m1s`, "stuck after B (20 Nov 13:00): C came after 1h, too late for 1h"},
		{`A B`, `B 0m, X 1m`, "never began: A is not among the loaded events"},
		{`A B --within 1d`, `A 0m, B 1m, A 2m, A 3m, B 4m`, "went all the way in 1m; 3 tries, 2 went through, last 20 Nov 12:03"},
		{`A A A --within 1d`, `A 0m, A 1m`, "stuck after A (20 Nov 12:01): A never came within 1d; 2 tries, last 20 Nov 12:01"},
		{`A B --within 1d`, `A 0m, ? 0m, X 3h`, "stuck after A (20 Nov 12:00): events that came next are not loaded"},
		{`A B --within 1d`, `A 0m, X 30h, ? 30h`, "stuck after A (20 Nov 12:00): B never came within 1d"},
		{`A B --within 1d`, `A -9000h, X 0m`, "stuck after A (10 Nov 2025 12:00): B never came within 1d"},

		{`A B --order sequential`, `A 0m, X 1m, B 2m`, "stuck after A (20 Nov 12:00): B did not come next, X did"},
		{`A B --order sequential`, `A 0m, X 1m, A 2m, B 3m`, "went all the way in 1m; 2 tries, 1 went through, last 20 Nov 12:02"},
		{`A B --order sequential --within 1h`, `A 0m, B 2h`, "stuck after A (20 Nov 12:00): B came after 2h, too late for 1h"},
		{`A B --order sequential`, `A 0m, ? 0m, B 2m`, "stuck after A (20 Nov 12:00): events that came next are not loaded"},
		{`A B --order sequential`, `A 0m`, "stuck after A (20 Nov 12:00): B did not come yet, 26d of 30d are left"},

		{`A B C --order any --within 36h`, `C 0m, A 1m, B 24h`, "went all the way in 1d"},
		{`A B C --order any --within 36h`, `C 0m, A 1m, B 24h2m`, "stuck after any 2 of 3 (20 Nov 12:01): B never came within 1d; 2 tries, last 21 Nov 12:02"},
		{`A B C --order any --within 1d`, `B 0m, B 1m`, "stuck after any 1 of 3 (20 Nov 12:00): A and C never came within 1d"},
		{`A B C --order any`, `X 0m`, "never began: none of the 3 events is among the loaded events"},
		{`_all A B --order any --within 1d`, `A 0m, B 1m, X 2m`, "went all the way in 2m"},
		{`_all A A --order any --within 1d`, `X 0m, A 1m, A 2m`, "went all the way in 2m"},

		{`"A[n > 1]" B --within 1d`, `A 0m {"n":1}, B 1m`, "never began: A[event:n greater 1] is not among the loaded events"},
		{`"A[n is 2]" B --within 1d`, `A 0m {"n":1}, A 1m {"n":2.0}, B 2m`, "went all the way in 1m"},
		{`A "B[n is (none)]" --within 1d`, `A 0m, B 1m {"n":0}, B 2m`, "went all the way in 2m"},
		{`_active A --within 1d`, `Idle 0m, B 1m, A 2m`, "went all the way in 1m; 2 tries, 1 went through, last 20 Nov 12:02"},
		{`_all A --within 1d`, `Idle 0m, B 1m, A 2m`, "went all the way in 2m; 3 tries, 1 went through, last 20 Nov 12:02"},
	} {
		f := funnel(t, c.question)
		j, err := walk(f, between{}, deedsOf(t, c.events))
		if err != nil {
			t.Fatalf("%s: %v", c.question, err)
		}
		if got := j.words(f, noon()); got != c.want {
			t.Errorf("%s of %s:\n%s; want\n%s", c.question, c.events, got, c.want)
		}
	}
}

func TestATryBeginsInItsDatesAndMayEndBehindThem(t *testing.T) {
	f := funnel(t, `A B --within 2d --from 2026-11-21 --to 2026-11-22`)
	in, err := datesOf(f, noon())
	if err != nil {
		t.Fatal(err)
	}
	for events, want := range map[string]string{
		`A 0m, B 1m`:    "never began: A is not among the loaded events of these dates",
		`A 24h, B 71h`:  "went all the way in 47h",
		`A 60h, B 61h`:  "never began: A is not among the loaded events of these dates",
		`A 59h, B 107h`: "went all the way in 2d",
	} {
		j, err := walk(f, in, deedsOf(t, events))
		if got := j.words(f, noon()); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", events, got, err, want)
		}
	}
}

func TestWhatCannotBeWalkedIsSaid(t *testing.T) {
	for line, want := range map[string]string{
		`A`:                "two steps or more",
		`A "ce:Big Buyer"`: "ce:Big Buyer is a custom event: only Amplitude knows",
		`A revenue_amount`: "name the event itself",
	} {
		if _, err := walk(funnel(t, line), between{}, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want something with %q", line, err, want)
		}
	}
}

func TestTheUserStandsBesideThePopulation(t *testing.T) {
	f := funnel(t, `A B C --within 1d`)
	j, err := walk(f, between{}, deedsOf(t, `A 0m, B 90s, C 100s`))
	if err != nil {
		t.Fatal(err)
	}
	nan := math.NaN()
	group := api.FunnelGroup{Median: 70000, Steps: []api.FunnelStep{
		{Count: 10, OfFirst: 1, Median: nan}, {Count: 5, OfFirst: 0.5, Median: 60000}, {Count: 1, OfFirst: 0.1, Median: 10000},
	}}
	steps, whole := besides(f, j, api.Funnel{Groups: []api.FunnelGroup{group}})
	if got := fmt.Sprintln(steps[1].name.Safe(), steps[1].own.took, steps[1].median, steps[1].count, steps[1].ofFirst); got != "B 1m30s 60000 5 0.5\n" {
		t.Errorf("the second step is %s", got)
	}
	if !math.IsNaN(steps[0].median) || whole.own.took != 100*time.Second || whole.median != 70000 || whole.ofFirst != 0.1 || !whole.own.ok {
		t.Errorf("the first step is %+v, the whole %+v", steps[0], whole)
	}
	for _, of := range []api.Funnel{{}, {Groups: []api.FunnelGroup{group, group}}} {
		if steps, whole := besides(f, j, of); len(steps) != 3 || !math.IsNaN(steps[1].median) || !math.IsNaN(whole.median) || !math.IsNaN(whole.count) {
			t.Errorf("of %d groups: %+v, %+v", len(of.Groups), steps, whole)
		}
	}
	short, _ := walk(f, between{}, deedsOf(t, `A 0m`))
	if steps, whole := besides(f, short, api.Funnel{Groups: []api.FunnelGroup{{Steps: group.Steps[:2], Median: nan}}}); steps[1].own.ok || whole.own.ok || whole.own.took != 0 || !math.IsNaN(whole.count) {
		t.Errorf("a short answer: %+v, %+v", steps, whole)
	}
}

// What is not loaded stands between the events that are.
func TestDeedsKnowWhatIsNotLoaded(t *testing.T) {
	sent := func(name string, hour int) api.UserEvent {
		return api.UserEvent{
			Type: text.New(name), ID: text.New(fmt.Sprint(name, hour)), Session: -1, Time: noon().AddDate(0, 0, -4).Add(time.Duration(hour) * time.Hour),
			JSON: json.RawMessage(fmt.Sprintf(`{"event_properties":{"hour":%d}}`, hour)),
		}
	}
	h := newHistory()
	user := api.User{Events: 20}
	h.add(load(1, api.Activity{User: user, Events: []api.UserEvent{sent("C", 5), sent("B", 4)}}))
	h.add(load(9, api.Activity{User: user, Events: []api.UserEvent{sent("B", 2), sent("A", 1)}}))
	list := deeds(h, map[text.Raw]bool{text.New("A"): true})
	names := ""
	for _, d := range list {
		if d.missing {
			names += "?"
			continue
		}
		names += d.name.Safe()
		if got, want := string(d.doc()), fmt.Sprintf(`{"event_properties":{"hour":%v}}`, d.time.Sub(noon().AddDate(0, 0, -4)).Hours()); got != want {
			t.Errorf("%s is %s; want %s", d.name.Safe(), got, want)
		}
	}
	if names != "AB?BC?" || !list[0].inactive || list[1].inactive {
		t.Errorf("the deeds are %s", names)
	}
	for question, want := range map[string]string{
		`A "B[hour is 4]" --within 1d`: "went all the way in 3h",
		`A C D --within 1d`:            "stuck after C (20 Nov 17:00): events that came next are not loaded",
	} {
		f := funnel(t, question)
		j, err := walk(f, between{}, list)
		if got := j.words(f, noon()); err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", question, got, err, want)
		}
	}
}

// wire answers requests by calling the handler.
type wire struct{ http.Handler }

func (w wire) RoundTrip(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec.Result(), nil
}

// smallProject is a log of a few users who do the same things over and over,
// with properties of all kinds.
func smallProject(t *testing.T, seed uint64, users int) *api.Client {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	var lines bytes.Buffer
	for u := range users {
		at := noon().AddDate(0, 0, -9)
		for i := range 25 {
			at = at.Add(time.Duration(r.ExpFloat64() * float64(8*time.Hour)))
			fmt.Fprintf(&lines, `{"event_type":%q,"event_time":%q,"amplitude_id":%d,"user_id":"u%d","uuid":"%d-%d","platform":%s,"user_properties":{%s},"event_properties":{%s}}`+"\n",
				pick("A", "B", "B", "C", "Idle"), at.Format("2006-01-02 15:04:05.000000"), u+1, u, u, i,
				pick(`"iOS"`, `"Android"`, `null`), pick(`"plan":"pro"`, `"plan":"free","age":3`, ``),
				pick(`"n":1`, `"n":2`, `"n":3.0`, `"n":"2"`, `"n":null`, `"flag":true,"tag":"Xyz"`, ``))
		}
		fmt.Fprintf(&lines, `{"event_type":"Idle","event_time":%q,"amplitude_id":%d,"data":{"non_active":true}}`+"\n", noon().Format("2006-01-02 15:04:05.000000"), u+1)
	}
	log, _, err := demo.Read("small.json", &lines)
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("", 3*3600)
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret"), Zone: zone, Now: noon,
		Transport: wire{&demo.Server{Log: log, Now: noon, Zone: zone}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// everybody loads the events of each user, a page at a time.
func everybody(t *testing.T, client *api.Client, users int) [][]did {
	t.Helper()
	var all [][]did
	for u := range users {
		h := newHistory()
		for offset := 0; ; {
			got, err := client.UserActivity(context.Background(), api.ActivityQuery{User: int64(u + 1), Offset: offset, Limit: 20})
			if err != nil {
				t.Fatal(err)
			}
			if len(got.Events) == 0 {
				break
			}
			h.add(load(offset, got))
			offset += len(got.Events)
		}
		all = append(all, deeds(h, map[text.Raw]bool{text.New("Idle"): true}))
	}
	return all
}

// Whoever walks all users gets what the API counts: how many got to each step,
// and how long they took for it.
func TestWalkingEverybodyIsWhatTheAPICounts(t *testing.T) {
	const users = 18
	client := smallProject(t, 1, users)
	all := everybody(t, client, users)
	zone := time.FixedZone("", 3*3600)
	asked, deepest := 0, 0
	for i, steps := range []string{
		`A B C`, `B B B`, `_active _all`, `_all "C[n > 1]" "A[n != 3]"`, `"A[event:n is 2]" "B[gp:plan is pro]" C`,
		`"B[n is (none)]" "B[platform is iOS, Android]"`, `"A[gp:plan set is not pro]" "B[n <= 2]"`,
		`"B[platform is not iOS]" "_active[flag is true]" "_all[tag contains x]"`, `A "_all[n is 1, 3]" "B[gp:age >= 3]" _active`,
	} {
		for _, order := range []string{"ordered", "any", "sequential"} {
			for k, within := range [][]string{{"24h", "4d"}, {"36h", "5d"}, {"5h", "3d"}}[i%3] {
				if order == "any" && within == "5h" {
					within = "40h"
				}
				line := steps + " --order " + order + " --within " + within + []string{" --last 6d", " --from 2026-11-16 --to 2026-11-19"}[(i+k)%2]
				asked++
				deepest = max(deepest, sameAsTheAPI(t, client, all, line, noon().In(zone)))
			}
		}
	}
	if asked < 50 || deepest < 4 {
		t.Errorf("%d questions, at most %d steps done: too few to say anything", asked, deepest)
	}
}

// sameAsTheAPI compares the counts and medians of one question, and says how
// many steps anybody got.
func sameAsTheAPI(t *testing.T, client *api.Client, all [][]did, line string, now time.Time) int {
	t.Helper()
	f := funnel(t, line)
	q, err := f.Query(now)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	got, err := client.Funnel(context.Background(), q)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	in, err := datesOf(f, now)
	if err != nil {
		t.Fatal(err)
	}
	counts, times, deepest := make([]float64, len(f.Steps)), make([][]float64, len(f.Steps)), 0
	for _, events := range all {
		j, err := walk(f, in, events)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		for k, r := range j.steps[:j.done()] {
			counts[k]++
			times[k] = append(times[k], milliseconds(r.took))
		}
		deepest = max(deepest, j.done())
		if j.finished > j.tries || (j.finished > 0) != (j.done() == len(f.Steps)) || j.tries > 0 != (j.done() > 0) {
			t.Errorf("%s: %d of %d tries went through, %d steps", line, j.finished, j.tries, j.done())
		}
	}
	for k := range f.Steps {
		want := 0.0
		median := math.NaN()
		if len(got.Groups) > 0 {
			want, median = got.Groups[0].Steps[k].Count, got.Groups[0].Steps[k].Median
		}
		if counts[k] != want {
			t.Errorf("%s: step %d has %v users; the API counts %v", line, k+1, counts[k], want)
		}
		slices.Sort(times[k])
		if n := len(times[k]); k > 0 && n > 0 && math.Abs((times[k][(n-1)/2]+times[k][n/2])/2-median) > 1 {
			t.Errorf("%s: step %d takes %v ms; the API says %v", line, k+1, times[k][n/2], median)
		}
	}
	return deepest
}
