package api

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api/text"
)

// client is one that never asks, for the decoders.
func client(t testing.TB, zone *time.Location) *Client {
	t.Helper()
	c, err := New(Options{
		BaseURL: StandardHost, Key: text.NewSecret("key"), Secret: text.NewSecret("secret"), Zone: zone,
		Now: func() time.Time { return time.Date(2026, 9, 24, 12, 0, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// picture writes an answer that is series x points as one line a series.
func picture(s Segmentation) string {
	var b strings.Builder
	for _, l := range s.Labels {
		fmt.Fprintf(&b, "%s ", l)
	}
	fmt.Fprintf(&b, "times=%d\n", len(s.Times))
	for _, r := range s.Series {
		fmt.Fprintf(&b, "%d/%d/%d %q %v %v total %v\n", r.Segment, r.Event, r.Formula, r.Label, r.Grouped, r.Values, r.Total)
	}
	return b.String()
}

func TestAnswersOfSeriesAndPointsAreReadAsSent(t *testing.T) {
	for name, c := range map[string]struct {
		grouped bool
		want    string
	}{
		"segmentation-empty-recorded":     {false, "2026-09-20 2026-09-21 times=2\n"},
		"segmentation-groupby-documented": {true, "2014-10-01 2014-10-02 times=2\n0/0/0 \"United States\" true [273333 NaN] total 273333\n0/0/0 \"Germany\" true [190351 NaN] total 190351\n"},
		"users-documented":                {true, "2017-08-14 2017-08-15 times=2\n0/0/0 \"United States\" true [46109 47542] total NaN\n0/0/0 \"Canada\" true [42845 42626] total NaN\n"},
		"users-empty-recorded":            {false, "2026-09-20 2026-09-21 2026-09-22 times=3\n"},
		"sessions-average-documented":     {false, "2017-08-14 2017-08-15 times=2\n0/0/0 \"\" false [1204.0238276716443 1197.4160169086904] total NaN\n"},
		"sessions-average-recorded":       {false, "2026-09-17T00:00:00 2026-09-18T00:00:00 2026-09-19T00:00:00 2026-09-20T00:00:00 2026-09-21T00:00:00 2026-09-22T00:00:00 2026-09-23T00:00:00 2026-09-24T00:00:00 times=8\n0/0/0 \"\" false [0 0 0 0 0 0 0 0] total 0\n"},
		"sessions-peruser-documented":     {false, "2017-08-14 2017-08-15 times=2\n0/0/0 \"\" false [3.624536794878406 3.6232302614435854] total NaN\n"},
		"sessions-peruser-recorded":       {false, "2025-09-23T00:00:00 2025-09-24T00:00:00 times=2\n0/0/0 \"\" false [0 0] total 0\n"},
		"sessions-length-documented":      {false, "0s-60s 60s-120s 120s-180s 180s-240s 240s-300s 300s-360s 360s-420s 420s-480s 480s-540s 540s-600s times=0\n0/0/0 \"\" false [0 120408 2261 6984 10778 54529 210614 336605 196235 54148] total NaN\n"},
		"sessions-length-empty-recorded":  {false, "times=0\n"},
		"composition-documented":          {true, "1.0 (none) 1.1 0.2 times=0\n0/0/0 \"version\" true [69643 47419 38087 19064] total NaN\n"},
		"composition-recorded":            {true, "(none) premium times=0\n0/0/0 \"gp:plan\" true [1 1] total NaN\n"},
		"realtime-documented":             {true, "15:00 15:05 15:10 times=0\n0/0/0 \"Today\" true [123 144 101] total NaN\n0/0/0 \"Yesterday\" true [139 111 180] total NaN\n"},
	} {
		s, err := client(t, nil).decodeSegmentation(sample(t, name), c.grouped, time.Time{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if got := picture(s); got != c.want {
			t.Errorf("%s is read as\n%s\nwant\n%s", name, got, c.want)
		}
	}
}

func TestRealtimeHasADayOfSlotsThatWrap(t *testing.T) {
	s, err := client(t, nil).decodeSegmentation(sample(t, "realtime-recorded"), true, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Labels) != 288 || len(s.Series) != 2 || len(s.Series[1].Values) != 288 || s.Times != nil || s.Labels[0].Safe() != "07:55" {
		t.Errorf("%d labels from %v, %d series, times %v", len(s.Labels), s.Labels[0], len(s.Series), s.Times)
	}
}

func TestDatesAreOfTheProjectsZone(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	s, err := client(t, tokyo).decodeSegmentation(sample(t, "sessions-average-recorded"), false, time.Time{})
	if err != nil {
		t.Fatal(err)
	}
	if want := time.Date(2026, 9, 17, 0, 0, 0, 0, tokyo); !s.Times[0].Equal(want) {
		t.Errorf("the first day is %v; want %v", s.Times[0], want)
	}
	if want := time.UnixMilli(1790237279766); !s.Meta.Computed.Equal(want) || !s.Meta.Cached || len(s.Meta.Badges()) != 0 {
		t.Errorf("computed %v, cached %v, badges %v", s.Meta.Computed, s.Meta.Cached, s.Meta.Badges())
	}
}

func TestEventsAreListedByTheirRawNames(t *testing.T) {
	list, err := client(t, nil).decodeEvents(sample(t, "events-list-recorded"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range list.Events {
		names = append(names, e.Name.Exact())
		if e.Totals != 0 || e.Delta != 0 {
			t.Errorf("%s: totals %v, delta %v", e.Name, e.Totals, e.Delta)
		}
	}
	if want := []string{"Test Event", "TestEvent", "TestEventForRestore", "sample-test-restore-live-2026-06-16-001", "test", "test_event"}; !slices.Equal(names, want) {
		t.Errorf("names %q; want %q", names, want)
	}
	if list, err = client(t, nil).decodeEvents(sample(t, "events-list-documented")); err != nil || len(list.Events) == 0 || list.Events[0].Name.IsZero() || !math.IsNaN(list.Events[0].Delta) {
		t.Errorf("the documented list is %+v, %v", list, err)
	}
}

func TestFunnelHasCountsTimesAndDays(t *testing.T) {
	f, err := client(t, nil).decodeFunnel(sample(t, "funnels-3step-7days-recorded"), FunnelQuery{}, time.Now())
	if err != nil || len(f.Groups) != 1 {
		t.Fatalf("%d groups, %v", len(f.Groups), err)
	}
	g := f.Groups[0]
	if g.Median != 950579500 || g.Average != 1129194125 || len(g.Steps) != 3 || len(g.Days) != 7 || !g.Label.IsZero() {
		t.Fatalf("whole funnel %v, %v; %d steps, %d days", g.Median, g.Average, len(g.Steps), len(g.Days))
	}
	first, last := g.Steps[0], g.Steps[2]
	if first.Count != 376 || !math.IsNaN(first.Median) || len(first.Bins) != 0 {
		t.Errorf("the first step is %+v", first)
	}
	if last.Count != 16 || last.OfPrevious != 0.1797752808988764 || last.OfFirst != 0.0425531914893617 || last.Median != 777638000 || last.Average != 973864562 {
		t.Errorf("the last step is %+v", last)
	}
	users := 0.0
	for _, b := range last.Bins {
		users += b.Users
	}
	if users != last.Count {
		t.Errorf("the histogram holds %v users of %v", users, last.Count)
	}
	if d := g.Days[1]; d.Label.Safe() != "2025-11-16" || !slices.Equal(d.Counts, []float64{61, 8, 2}) || !d.Complete {
		t.Errorf("the second day is %+v", d)
	}
}

func TestFunnelShapesOfOldAndOfNoData(t *testing.T) {
	f, err := client(t, nil).decodeFunnel(sample(t, "funnels-empty-recorded"), FunnelQuery{}, time.Now())
	if err != nil || len(f.Groups) != 0 {
		t.Errorf("an empty funnel is %+v, %v", f, err)
	}
	f, err = client(t, nil).decodeFunnel(sample(t, "funnels-3step-documented"), FunnelQuery{}, time.Now())
	if err != nil || len(f.Groups) != 1 || !math.IsNaN(f.Groups[0].Median) || f.Groups[0].Steps[2].Median != 270194 || !f.Groups[0].Days[1].Complete {
		t.Errorf("the documented funnel is %+v, %v", f, err)
	}
	f, err = client(t, nil).decodeFunnel(sample(t, "funnels-2step-3days-recorded"), FunnelQuery{}, time.Now())
	if err != nil || f.Groups[0].Steps[1].Count != 33 || f.Groups[0].Steps[1].Median != 747608000 {
		t.Errorf("the funnel of two steps is %+v, %v", f, err)
	}
	nobody := `{"data":[{"cumulativeRaw":[5,0],"medianTransTimes":[-1,-1],"dayFunnels":{"xValues":["2026-09-01","2026-09-23"],"series":[[5,0],[0]]}}]}`
	f, err = client(t, nil).decodeFunnel([]byte(nobody), FunnelQuery{Window: 24 * time.Hour}, client(t, nil).options.Now())
	if err != nil {
		t.Fatal(err)
	}
	g := f.Groups[0]
	if !math.IsNaN(g.Median) || !math.IsNaN(g.Steps[1].Median) || g.Steps[1].OfFirst != 0 {
		t.Errorf("nobody got there, and yet %+v", g)
	}
	if !g.Days[0].Complete || g.Days[1].Complete || !math.IsNaN(g.Days[1].Counts[1]) {
		t.Errorf("days are %+v", g.Days)
	}
}

func TestRetentionHasCohortsAndCells(t *testing.T) {
	r, err := client(t, nil).decodeRetention(sample(t, "retention-documented"), RetentionQuery{Dates: Dates{End: time.Date(2017, 8, 15, 0, 0, 0, 0, time.UTC)}})
	if err != nil || len(r.Groups) != 1 {
		t.Fatalf("%+v, %v", r, err)
	}
	c := r.Groups[0].Cohorts[1]
	if c.Size != 12864 || !c.Time.Equal(time.Date(2017, 8, 14, 0, 0, 0, 0, time.UTC)) || !slices.Equal(c.Cells, []RetentionCell{{9061, 12864, false}, {1561, 12864, true}}) {
		t.Errorf("the older cohort is %+v", c)
	}
	if all := r.Groups[0].Combined; !slices.Equal(all, []RetentionCell{{19310, 27584, false}, {1561, 12864, true}}) {
		t.Errorf("combined is %+v", all)
	}
	r, err = client(t, nil).decodeRetention(sample(t, "retention-monthly-excerpt-recorded"), RetentionQuery{})
	if err != nil || len(r.Groups[0].Cohorts) != 2 {
		t.Fatalf("%+v, %v", r, err)
	}
	months := r.Groups[0].Cohorts
	if !months[1].Time.Equal(time.Date(2021, 8, 1, 0, 0, 0, 0, time.UTC)) || len(months[0].Cells) != 6 || len(months[1].Cells) != 7 || months[1].Cells[0].Count != 5 {
		t.Errorf("months are %+v", months)
	}
}

func TestRevenueKeepsWhatIsKnownOnly(t *testing.T) {
	end := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	r, err := client(t, nil).decodeRevenue(sample(t, "revenue-ltv-documented"), RevenueQuery{Dates: Dates{End: end}}, time.Now())
	if err != nil || len(r.Groups) != 1 || len(r.Groups[0].Cohorts) != 5 {
		t.Fatalf("%+v, %v", r, err)
	}
	// Its only values are those of a date that it does not list.
	if c := r.Groups[0].Cohorts[4]; c.Users != 110 || c.Time.Year() != 2014 || len(c.Days) != 3 {
		t.Errorf("values of a date that is not listed are lost: %+v", c)
	}
	for _, c := range r.Groups[0].Cohorts[:4] {
		if !math.IsNaN(c.Users) || len(c.Days) != 0 {
			t.Errorf("%s has no row, and yet %+v", c.Label, c)
		}
	}
	live := `{"data":{"seriesLabels":[0],"series":[{"dates":["Jan 4","Dec 31"],
		"values":{"Dec 31":{"r10d":"7.5","r2d":3,"r1d":null,"r1new":9,"count":4,"paid":1,"total_amount":8}},
		"complete":{"Dec 31":{"r1d":true,"r2d":true,"r10d":false}},"combined":{"r1d":1},"combined_complete":{"r1d":true}}]}}`
	if r, err = client(t, nil).decodeRevenue([]byte(live), RevenueQuery{Dates: Dates{End: end}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	c := r.Groups[0].Cohorts[1]
	if c.Time.Year() != 2025 || r.Groups[0].Cohorts[0].Time.Year() != 2026 {
		t.Errorf("the years are %v and %v", c.Time, r.Groups[0].Cohorts[0].Time)
	}
	if got := fmt.Sprint(c.Users, c.Paid, c.Amount, c.Days); got != "4 1 8 [{1 NaN true} {2 3 true} {10 7.5 false}]" {
		t.Errorf("the older cohort is %s", got)
	}
}

// Where the API does not say whether a day is over, it is for a cohort when the
// last who joined are that old, and for all together when it is for each cohort.
func TestADayOfRevenueIsOverWhenTheLastToJoinHaveHadIt(t *testing.T) {
	c := client(t, nil)
	c.options.Now = func() time.Time { return time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC) }
	body := []byte(`{"data":{"series":[{"dates":["2026-01-12","2026-01-05"],
		"values":{"2026-01-12":{"r1d":1,"r7d":2},"2026-01-05":{"r1d":1,"r7d":2}},"combined":{"r1d":1,"r7d":2}}]}}`)
	for interval, want := range map[Interval]string{Day: "true true, true true, true true", Week: "true false, true true, true false", Month: "false false, false false, false false"} {
		r, err := c.decodeRevenue(body, RevenueQuery{Interval: interval}, c.options.Now())
		if err != nil {
			t.Fatal(err)
		}
		g := r.Groups[0]
		var got []string
		for _, days := range [][]RevenueDay{g.Cohorts[0].Days, g.Cohorts[1].Days, g.Combined} {
			got = append(got, fmt.Sprint(days[0].Complete, days[1].Complete))
		}
		if got := strings.Join(got, ", "); got != want {
			t.Errorf("by interval %d: %s; want %s", interval, got, want)
		}
	}
}

func TestTheLastPointOfTheOlderRevenueIsOpen(t *testing.T) {
	c := client(t, nil)
	c.options.Now = func() time.Time { return time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC) }
	body := []byte(`{"data":{"series":[[5,6]],"seriesLabels":[""],"xValues":["2026-01-12","2026-01-19"]}}`)
	for interval, want := range map[Interval][]bool{Day: {7: false}, Week: {false, true}} {
		if r, err := c.decodeRevenueDay(body, RevenueQuery{Interval: interval}, c.options.Now()); err != nil || r.Series == nil || !slices.Equal(r.Open, want) {
			t.Errorf("by interval %d: %+v, %v; want %v", interval, r, err, want)
		}
	}
}

// An answer that was kept, here or by the server, is of the time when it was computed.
func TestNothingIsOverThatWasNotWhenItWasComputed(t *testing.T) {
	c := client(t, nil)
	came := time.Date(2026, 1, 20, 12, 0, 0, 0, time.UTC)
	c.options.Now = func() time.Time { return came.AddDate(0, 1, 0) }
	computed := func(at time.Time) string { return fmt.Sprintf(`"timeComputed":%d,`, at.UnixMilli()) }
	for said, want := range map[string]bool{"": true, computed(came.AddDate(0, 1, 0)): true, computed(came.AddDate(0, 0, -1)): false} {
		ltv := []byte(`{` + said + `"data":{"series":[{"dates":["2026-01-18"],"values":{"2026-01-18":{"r1d":1}},"combined":{"r1d":1}}]}}`)
		if r, err := c.decodeRevenue(ltv, RevenueQuery{Interval: Day}, came); err != nil || r.Groups[0].Cohorts[0].Days[0].Complete != want {
			t.Errorf("revenue with %q: %+v, %v; want %v", said, r.Groups, err, want)
		}
		older := []byte(`{` + said + `"data":{"series":[[5]],"seriesLabels":[""],"xValues":["2026-01-19"]}}`)
		if r, err := c.decodeRevenueDay(older, RevenueQuery{Interval: Day}, came); err != nil || r.Open[0] == want {
			t.Errorf("the older revenue with %q: %+v, %v; want %v", said, r.Open, err, want)
		}
		funnel := []byte(`{` + said + `"data":[{"cumulativeRaw":[4],"dayFunnels":{"xValues":["2026-01-18"],"series":[[4]]}}]}`)
		if f, err := c.decodeFunnel(funnel, FunnelQuery{Window: 24 * time.Hour}, came); err != nil || f.Groups[0].Days[0].Complete != want {
			t.Errorf("a funnel with %q: %+v, %v; want %v", said, f.Groups, err, want)
		}
	}
}

func TestUsersAreFound(t *testing.T) {
	for name, want := range map[string]string{
		"usersearch-documented":              "match_user_or_device_id 1 12345",
		"usersearch-match-amplitude-id-made": "match_amplitude_id 1 111111111",
		"usersearch-prefix-recorded":         "match_user_prefix 8 1610450763183",
		"usersearch-nomatch-documented":      "nomatch 0",
	} {
		m, err := client(t, nil).decodeSearch(sample(t, name))
		got := fmt.Sprintf("%s %d", m.Kind, len(m.Matches))
		if len(m.Matches) > 0 {
			got += fmt.Sprint(" ", m.Matches[0].AmplitudeID)
		}
		if err != nil || got != want {
			t.Errorf("%s is %q, %v; want %q", name, got, err, want)
		}
	}
}

func TestActivityTakesTextForNumbersAndKnowsTheUnknown(t *testing.T) {
	a, err := client(t, nil).decodeActivity(sample(t, "useractivity-documented"))
	if err != nil || a.User.Revenue != 9.98 || a.User.Events != 142 || a.User.Latitude != 37.133 || a.User.Usage != 2570259*time.Millisecond || !slices.Equal(a.User.Merged, []int64{11111, 22222}) {
		t.Errorf("the documented user is %+v, %v", a.User, err)
	}
	a, err = client(t, nil).decodeActivity(sample(t, "useractivity-found-recorded"))
	if err != nil || len(a.Events) != 1 || a.Events[0].Type.Safe() != "some_event" || !a.Events[0].Time.IsZero() || !math.IsNaN(a.User.Latitude) {
		t.Errorf("the recorded user is %+v, %v", a, err)
	}
	live := `{"userData":{"canonical_amplitude_id":9007199254740993,"user_id":null,"revenue":"0.0","last_location":{"lat":"1.7976931348623157E308","lng":"2.5"}},
		"events":[{"event_type":"A","event_time":"2026-06-16 12:04:41.605000","uuid":"u","session_id":-1,"event_properties":{"n":18446744073709551617}}],"metadata":{"missingData":true}}`
	if a, err = client(t, nil).decodeActivity([]byte(live)); err != nil {
		t.Fatal(err)
	}
	u, e := a.User, a.Events[0]
	if u.AmplitudeID != 9007199254740993 || u.Revenue != 0 || !math.IsNaN(u.Latitude) || u.Longitude != 2.5 || !math.IsNaN(u.Purchases) || !u.UserID.IsZero() {
		t.Errorf("the user is %+v", u)
	}
	if !e.Time.Equal(time.Date(2026, 6, 16, 12, 4, 41, 605000000, time.UTC)) || e.Session != -1 || e.ID.Safe() != "u" || !strings.Contains(string(e.JSON), "18446744073709551617") {
		t.Errorf("the event is %+v", e)
	}
	if !slices.Contains(a.Meta.Badges(), "data are missing") {
		t.Errorf("badges %v", a.Meta.Badges())
	}
}

func TestExportedEventsAreReadAsAUsersEvents(t *testing.T) {
	body := `{"events":` + string(sample(t, "export-lines-recorded")) + `}`
	a, err := client(t, nil).decodeActivity([]byte(body))
	if err != nil || len(a.Events) == 0 {
		t.Fatalf("%d events, %v", len(a.Events), err)
	}
	for _, e := range a.Events {
		if e.Type.IsZero() || e.Time.Year() != 2026 || e.ID.IsZero() {
			t.Errorf("an exported event is %v %v %v", e.Type, e.Time, e.ID)
		}
	}
	if e := decodeUserEvent(sample(t, "export-event-recorded")); e.Time.Year() != 2023 {
		t.Errorf("an event with an ISO time is of %v", e.Time)
	}
}

// decoders are all of them, as (numbers that were read, error).
func decoders(c *Client) map[string]func([]byte) (int, error) {
	return map[string]func([]byte) (int, error){
		"events": func(b []byte) (int, error) { v, err := c.decodeEvents(b); return len(v.Events), err },
		"segmentation": func(b []byte) (int, error) {
			v, err := c.decodeSegmentation(b, false, time.Time{})
			return len(v.Series), err
		},
		"funnel": func(b []byte) (int, error) {
			v, err := c.decodeFunnel(b, FunnelQuery{}, c.options.Now())
			return len(v.Groups), err
		},
		"retention": func(b []byte) (int, error) {
			v, err := c.decodeRetention(b, RetentionQuery{})
			return len(v.Groups), err
		},
		"revenue": func(b []byte) (int, error) {
			v, err := c.decodeRevenue(b, RevenueQuery{}, c.options.Now())
			return len(v.Groups), err
		},
		"search":      func(b []byte) (int, error) { v, err := c.decodeSearch(b); return len(v.Matches), err },
		"activity":    func(b []byte) (int, error) { v, err := c.decodeActivity(b); return len(v.Events), err },
		"annotations": func(b []byte) (int, error) { v, err := c.decodeAnnotations(b); return len(v.All), err },
		"cohorts":     func(b []byte) (int, error) { v, err := c.decodeCohorts(b); return len(v.All), err },
		"chart":       func(b []byte) (int, error) { v, err := c.decodeChart(b); return len(v.Rows), err },
	}
}

func TestAnswersOfOtherEndpointsInventNothing(t *testing.T) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	own := map[string][]string{
		"events": {"events-list"}, "funnel": {"funnels"}, "retention": {"retention"}, "revenue": {"revenue"}, "search": {"usersearch"},
		"annotations": {"annotations-"}, "cohorts": {"cohorts"}, "chart": {"chart-csv", "segmentation", "users-", "sessions", "composition", "realtime"},
		"activity": {"useractivity"}, "segmentation": {"segmentation", "users-", "sessions", "composition", "realtime"},
	}
	for _, file := range files {
		body, name := sample(t, strings.TrimSuffix(filepath.Base(file), ".json")), filepath.Base(file)
		for kind, decode := range decoders(client(t, nil)) {
			if slices.ContainsFunc(own[kind], func(p string) bool { return strings.HasPrefix(name, p) }) {
				continue
			}
			n, err := decode(body)
			if err == nil && n > 0 {
				t.Errorf("%s is read as %d of %s", name, n, kind)
			}
			if err != nil && !errors.Is(err, ErrDecode) {
				t.Errorf("%s as %s: %v", name, kind, err)
			}
		}
	}
}
