package api

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"amptui/api/text"
)

func TestEachQuestionAsksItsOwnEndpoint(t *testing.T) {
	day := func(n int) time.Time { return time.Date(2026, 11, n, 0, 0, 0, 0, time.UTC) }
	dates := Dates{day(1), day(11)}
	plan := Property{Key: text.New("gp:plan")}
	for _, c := range []struct {
		ask  Question
		want string
		cost int
	}{
		{CountsQuery{Dates: dates, Count: CountNew, Interval: Week, By: []Property{{Key: text.New("country")}}}, "/api/2/users?end=20261111&g=country&i=7&m=new&start=20261101", 50},
		{SessionsQuery{Measure: SessionLengths, Dates: dates, Bins: Bins{"minutes", 0, 60, 5}}, "/api/2/sessions/length?end=20261111&start=20261101&timeHistogramConfigBinMax=60&timeHistogramConfigBinMin=0&timeHistogramConfigBinSize=5&timeHistogramConfigBinTimeUnit=minutes", 40},
		{SessionsQuery{Measure: SessionAverage, Dates: dates}, "/api/2/sessions/average?end=20261111&start=20261101", 40},
		{SessionsQuery{Measure: SessionsPerUser, Dates: dates}, "/api/2/sessions/peruser?end=20261111&start=20261101", 40},
		{CompositionQuery{dates, plan}, "/api/2/composition?end=20261111&p=gp%3Aplan&start=20261101", 10},
		{RealtimeQuery{}, "/api/2/realtime?i=5", 1},
		{ChartQuery{"gl9dulhv"}, "/api/3/chart/gl9dulhv/csv?", 1},
		{AnnotationsQuery{}, "/api/3/annotations?", 1},
		{CohortListQuery{}, "/api/3/cohorts?", 1},
	} {
		if got := id(c.ask); got != c.want || c.ask.Cost() != c.cost {
			t.Errorf("%T asks %s for %d; want %s for %d", c.ask, got, c.ask.Cost(), c.want, c.cost)
		}
	}
}

func TestWhatTheseEndpointsWouldRefuseIsNotAsked(t *testing.T) {
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	dates := Dates{day, day}
	for want, q := range map[string]interface{ Check() error }{
		"by day, week or month":     CountsQuery{Dates: dates, Interval: Hour},
		"not as old":                CountsQuery{Dates: dates, Interval: Day, Count: "old"},
		"no such measure":           SessionsQuery{Dates: dates},
		"only lengths":              SessionsQuery{Measure: SessionAverage, Dates: dates, Bins: Bins{Unit: "hours", Max: 2}},
		"hours, minutes or seconds": SessionsQuery{Measure: SessionLengths, Dates: dates, Bins: Bins{Unit: "days", Max: 2}},
		"to a longer one":           SessionsQuery{Measure: SessionLengths, Dates: dates, Bins: Bins{Unit: "hours", Min: 2, Max: 2}},
		"letters and digits":        ChartQuery{"../../2/users"},
		"property":                  CompositionQuery{Dates: dates, Property: Property{Scope: EventProperty, Key: text.New("x")}},
		"":                          ChartQuery{"gl9dulhv"},
	} {
		if err := q.Check(); want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%+v: %v; want something with %q", q, err, want)
		}
	}
}

func TestSlotsOfRealTimeAreOfTheDayThatEndsNow(t *testing.T) {
	came := time.Date(2026, 9, 24, 7, 57, 35, 0, time.UTC)
	for _, zone := range []*time.Location{time.UTC, time.FixedZone("", -8*3600)} {
		s, err := client(t, zone).decodeRealtime(sample(t, "realtime-recorded"), came)
		if err != nil || len(s.Times) != 288 {
			t.Fatalf("%d times, %v", len(s.Times), err)
		}
		first, last := s.Times[0], s.Times[287]
		if want := time.Date(2026, 9, 23, 7, 55, 0, 0, time.UTC); !first.Equal(want) || !last.Equal(want.Add(287*5*time.Minute)) || first.Location() != zone {
			t.Errorf("in %v the slots are from %v to %v", zone, first, last)
		}
	}
	if s, err := client(t, nil).decodeRealtime(sample(t, "realtime-recorded"), came.Add(5*time.Hour)); err != nil || s.Times != nil {
		t.Errorf("slots that fit no zone have the times %v, %v", s.Times, err)
	}
}

func TestAnnotationsAreOfTheProjectsDays(t *testing.T) {
	tokyo := time.FixedZone("JST", 9*3600)
	a, err := client(t, tokyo).decodeAnnotations(sample(t, "annotations-recorded"))
	if err != nil || len(a.All) < 9 {
		t.Fatalf("%d, %v", len(a.All), err)
	}
	said := func(one Annotation) string {
		return fmt.Sprintf("%s %s %s %v", one.Start.Format(time.RFC3339), one.Label, one.Category, one.End.IsZero())
	}
	if got, want := said(a.All[0]), "2026-06-15T00:00:00+09:00 Test Annotation Uncategorized true"; got != want {
		t.Errorf("the first is %s; want %s", got, want)
	}
	for i, one := range a.All[1:] {
		if one.Start.Before(a.All[i].Start) {
			t.Errorf("%s stands behind %s", said(one), said(a.All[i]))
		}
	}
	a, err = client(t, nil).decodeAnnotations(sample(t, "annotations-documented"))
	if want := "2025-11-01T07:00:00Z Feature X Release Releases false"; err != nil || len(a.All) != 1 || said(a.All[0]) != want {
		t.Errorf("the documented ones are %+v, %v; want %s", a.All, err, want)
	}
	legacy := []byte(`{"data":[{"id":1,"date":"2017-03-01","label":"x","details":"y"},{"label":"of no date"}]}`)
	if a, err = client(t, nil).decodeAnnotations(legacy); err != nil || len(a.All) != 1 || said(a.All[0]) != "2017-03-01T00:00:00Z x  true" {
		t.Errorf("the older ones are %+v, %v", a.All, err)
	}
}

func TestCohortsHaveNamesAndSizesOrNone(t *testing.T) {
	l, err := client(t, nil).decodeCohorts(sample(t, "cohorts-recorded"))
	if err != nil || len(l.All) == 0 || l.All[0].ID.Exact() != "9apg8e8f" || l.All[0].Name.Exact() != "14 day user retention" {
		t.Fatalf("%+v, %v", l.All, err)
	}
	if l, err = client(t, nil).decodeCohorts([]byte(`{"cohorts":[{"id":"a","name":"b","size":null},{"name":"without an id"}]}`)); err != nil || len(l.All) != 1 || !math.IsNaN(l.All[0].Size) {
		t.Errorf("%+v, %v", l.All, err)
	}
}

func TestASavedChartIsATable(t *testing.T) {
	c := client(t, nil)
	r, err := c.decodeChart(sample(t, "chart-csv-recorded"))
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Rows) != 1 || len(r.X) != 30 || len(r.Times) != 30 || r.Title.Safe() != "Sample Metric - Test Event Users" ||
		fmt.Sprint(r.About, r.Heads, r.Rows[0].Names, r.Rows[0].Values[14:17], r.Rows[0].Words) != "[Sample chart using an available event metric from the current project. Uniques Test Event] [Segment] [All Users] [0 3 0] []" {
		t.Errorf("%+v", r)
	}
	wrap := func(lines ...string) []byte { return fmt.Appendf(nil, `{"data":%q}`, strings.Join(lines, "\r\n")) }
	for name, x := range map[string]struct {
		body []byte
		want string
	}{
		"a funnel":     {wrap(`"	T"`, ``, `"	Segment","	Steps","	Count"`, `"	All","	1 A","10"`, `"	All","	2 B","5"`), "[Segment Steps] [Count] times=0: [All 1 A] [10] []; [All 2 B] [5] []; "},
		"percentages":  {wrap(`"	T"`, `"	Segment","	2026-06-01","	2026-06-02"`, `"	All","50%"`), "[Segment] [2026-06-01 2026-06-02] times=2: [All] [0.5 NaN] []; "},
		"words":        {wrap(`"	T"`, `"	User","	Plan","	Seen"`, `"	u","	pro","	never"`), "[User] [Plan Seen] times=0: [u] [NaN NaN] [pro never]; "},
		"only a title": {wrap(`"	T"`), "[] [] times=0: "},
		"series":       {[]byte(`{"data":{"xValues":["2026-06-01"],"series":[[{"setId":"x","value":4}]],"seriesLabels":[[0,"iOS"]]}}`), "[series] [2026-06-01] times=1: [iOS] [4] []; "},
	} {
		r, err := c.decodeChart(x.body)
		got := fmt.Sprintf("%v %v times=%d: ", r.Heads, r.X, len(r.Times))
		for _, row := range r.Rows {
			got += fmt.Sprint(row.Names, row.Values, row.Words) + "; "
		}
		want := strings.ReplaceAll(x.want, "] [", "] [")
		if err != nil || strings.ReplaceAll(got, "] [", "][") != strings.ReplaceAll(want, "] [", "][") {
			t.Errorf("%s: %s, %v; want %s", name, got, err, x.want)
		}
	}
	for _, body := range []string{`{"data":[]}`, `{"data":5}`, `{"data":{}}`, `{}`, `{"data":""}`, `{"data":"word"}`} {
		if r, err := c.decodeChart([]byte(body)); err == nil {
			t.Errorf("%s is read as %+v", body, r)
		}
	}
}
