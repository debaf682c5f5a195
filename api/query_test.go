package api

import (
	"errors"
	"fmt"
	"net/url"
	"testing"
	"time"

	"amptui/api/text"
)

func dates(days int) Dates {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	return Dates{start, start.AddDate(0, 0, days)}
}

func named(s string) Event { return Event{Name: text.New(s)} }

func country() Property { return Property{Key: text.New("country")} }

func segment() Segment {
	return Segment{{Filter: &Filter{country(), Is, []text.Raw{text.New("日本")}}}}
}

// plain is an encoded query as one reads it.
func plain(t *testing.T, encoded string) string {
	t.Helper()
	v, err := url.ParseQuery(encoded)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(v)
}

func TestQuestionsAreSentAsTheAPITakesThem(t *testing.T) {
	filtered := Event{
		Name:    text.New(`A & "B" +/%`),
		Filters: []Filter{{Property{UserProperty, text.New("gp:plan")}, IsNot, []text.Raw{text.New("true")}}},
		By:      []Property{{EventProperty, text.New("price")}},
	}
	performed := Segment{
		{Performed: &Performed{Event: named("P"), Op: ">=", Count: 1, Time: EachInterval, Days: 30}},
		{Cohort: &Cohort{ID: text.New("abc"), Not: true}},
	}
	second := named("S")
	for want, got := range map[string]string{
		`e={"event_type":"A %26 \"B\" %2B/%25","filters":[{"subprop_type":"user","subprop_key":"gp:plan","subprop_op":"is not","subprop_value":["true"]}],"group_by":[{"type":"event","value":"price"}]}&e2={"event_type":"S"}&end=20260131&formula=UNIQUES(A)/UNIQUES(B)&i=7&m=formula&n=any&start=20260101`: plain(t, SegmentationQuery{
			Dates: dates(30), Event: filtered, Second: &second, Metric: Formula, Formula: "UNIQUES(A)/UNIQUES(B)", Users: AnyUsers, Interval: Week,
		}.Values().Encode()),
		`end=20260102&g=country&g2=country&i=-300000&limit=10&rollingAverage=3&rollingWindow=2&start=20260101&e={"event_type":"_active"}`: plain(t, SegmentationQuery{
			Dates: dates(1), Event: named("_active"), Interval: FiveMinutes, By: []Property{country(), country()}, Limit: 10, RollingWindow: 2, RollingAverage: 3,
		}.Values().Encode()),
		`cs=3600&e={"event_type":"A"}&e={"event_type":"B"}&end=20260102&mode=ordered&n=new&s=[{"prop":"country","op":"is","values":["日本"]}]&s=[{"type":"event","event_type":"P","filters":[],"op":">=","value":1,"time_type":"forEachInterval","time_value":30},{"prop":"userdata_cohort","op":"is not","values":["abc"]}]&start=20260101`: plain(t, FunnelQuery{
			Dates: dates(1), Steps: []Event{named("A"), named("B")}, Mode: Ordered, Users: NewUsers, Window: time.Hour, Segments: []Segment{segment(), performed},
		}.Values().Encode()),
		`end=20260102&re={"event_type":"_all"}&se={"event_type":"_new"}&start=20260101`: plain(t, RetentionQuery{
			Dates: dates(1), Start: named("_new"), Return: named("_all"),
		}.Values().Encode()),
		`end=20260102&rb=[[0,5],[5,7]]&re={"event_type":"_all"}&rm=bracket&se={"event_type":"_new"}&start=20260101`: plain(t, RetentionQuery{
			Dates: dates(1), Start: named("_new"), Return: named("_all"), Mode: BracketDay, Brackets: []Bracket{{0, 5}, {5, 7}},
		}.Values().Encode()),
		`end=20260102&g=country&i=30&m=3&start=20260101`: plain(t, RevenueQuery{
			Dates: dates(1), Metric: PayingUsers, Interval: Month, By: []Property{country()},
		}.Values().Encode()),
		`direction=earliest&limit=5&offset=1000&user=12`: plain(t, ActivityQuery{User: 12, Offset: 1000, Limit: 5, Direction: Earliest}.Values().Encode()),
	} {
		if plain(t, want) != got {
			t.Errorf("sent  %s\nwant  %s", got, want)
		}
	}
}

func TestCostIsDaysTimesConditionsTimesType(t *testing.T) {
	by := []Property{country()}
	for name, c := range map[string][2]int{
		"one event, 30 days":            {SegmentationQuery{Dates: dates(30), Event: named("A")}.Cost(), 30},
		"grouped by country":            {SegmentationQuery{Dates: dates(30), Event: named("A"), By: by}.Cost(), 150},
		"84 days grouped in the event":  {SegmentationQuery{Dates: dates(83), Event: Event{Name: text.New("A"), By: by}}.Cost(), 415},
		"three steps, a segment, a by":  {FunnelQuery{Dates: dates(30), Steps: make([]Event, 3), Segments: []Segment{segment()}, By: by}.Cost(), 30 * 6 * 6},
		"retention of 30 days":          {RetentionQuery{Dates: dates(30)}.Cost(), 240},
		"a single day counts as one":    {RevenueQuery{Dates: dates(0)}.Cost(), 1},
		"over a change of summer time":  {RevenueQuery{Dates: Dates{time.Date(2026, 3, 28, 0, 0, 0, 0, berlin(t)), time.Date(2026, 3, 30, 0, 0, 0, 0, berlin(t))}}.Cost(), 2},
		"two segments, three in a part": {SegmentationQuery{Dates: dates(10), Event: named("A"), Segments: []Segment{segment(), append(segment(), segment()...)}}.Cost(), 50},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: cost %d; want %d", name, c[0], c[1])
		}
	}
}

func berlin(t *testing.T) *time.Location {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	return zone
}

func TestQuestionsTheAPIRefusesAreNotAsked(t *testing.T) {
	a, two := named("A"), []Segment{segment(), segment()}
	three := []Property{country(), country(), country()}
	for name, err := range map[string]error{
		"no event":             SegmentationQuery{Dates: dates(1)}.Check(),
		"no dates":             SegmentationQuery{Event: a}.Check(),
		"dates turned round":   SegmentationQuery{Dates: dates(-1), Event: a}.Check(),
		"three group-bys":      SegmentationQuery{Dates: dates(1), Event: a, By: three}.Check(),
		"three in the event":   SegmentationQuery{Dates: dates(1), Event: Event{Name: a.Name, By: three}}.Check(),
		"sums of nothing":      SegmentationQuery{Dates: dates(1), Event: a, Metric: Sums}.Check(),
		"no formula":           SegmentationQuery{Dates: dates(1), Event: a, Metric: Formula}.Check(),
		"hours of a month":     SegmentationQuery{Dates: dates(30), Event: a, Interval: Hour}.Check(),
		"days of two years":    SegmentationQuery{Dates: dates(700), Event: a}.Check(),
		"grouped segments":     SegmentationQuery{Dates: dates(1), Event: a, Segments: two, By: three[:1]}.Check(),
		"an event property":    SegmentationQuery{Dates: dates(1), Event: a, By: []Property{{EventProperty, a.Name}}}.Check(),
		"a filter of nothing":  SegmentationQuery{Dates: dates(1), Event: Event{Name: a.Name, Filters: []Filter{{Property: country()}}}}.Check(),
		"an empty condition":   SegmentationQuery{Dates: dates(1), Event: a, Segments: []Segment{{{}}}}.Check(),
		"no steps":             FunnelQuery{Dates: dates(1)}.Check(),
		"a short window":       FunnelQuery{Dates: dates(1), Steps: []Event{a}, Window: time.Millisecond}.Check(),
		"two funnel group-bys": FunnelQuery{Dates: dates(1), Steps: []Event{a}, By: three[:2]}.Check(),
		"brackets that meet":   RetentionQuery{Dates: dates(1), Start: a, Return: a, Mode: BracketDay, Brackets: []Bracket{{0, 5}, {4, 6}}}.Check(),
		"no brackets":          RetentionQuery{Dates: dates(1), Start: a, Return: a, Mode: BracketDay}.Check(),
		"new users come back":  RetentionQuery{Dates: dates(1), Start: a, Return: named("_new")}.Check(),
		"no such metric":       RevenueQuery{Dates: dates(1), Metric: 9}.Check(),
	} {
		if !errors.Is(err, ErrCheck) || !errors.Is(err, ErrQuery) || len(err.Error()) < 10 {
			t.Errorf("%s: %v", name, err)
		}
	}
	year := SegmentationQuery{Dates: dates(364), Event: a}
	if err := year.Check(); err != nil {
		t.Errorf("a year of days: %v", err)
	}
	sameDay := SegmentationQuery{Dates: Dates{dates(1).Start.Add(20 * time.Hour), dates(1).Start}, Event: a, Interval: Hour}
	if err := sameDay.Check(); err != nil {
		t.Errorf("a day of hours: %v", err)
	}
}
