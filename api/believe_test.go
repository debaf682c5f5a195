package api

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api/text"
)

// pointsAt is an answer with one series that counts up, at the labels given.
func pointsAt(t *testing.T, zone *time.Location, labels ...string) Segmentation {
	t.Helper()
	s := Segmentation{Series: []SegmentationSeries{{}}}
	for i, l := range labels {
		s.Labels = append(s.Labels, text.New(l))
		s.Series[0].Values = append(s.Series[0].Values, float64(i+1))
	}
	if s.Times = times(s.Labels, time.Time{}, zone); s.Times == nil {
		t.Fatalf("%q are no dates", labels)
	}
	return s
}

func november(first, last int) Dates {
	return Dates{time.Date(2026, 11, first, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, last, 0, 0, 0, 0, time.UTC)}
}

func TestAnAnswerIsAboutTheDatesThatWereAsked(t *testing.T) {
	for _, c := range []struct {
		interval Interval
		dates    Dates
		labels   string
		why      string
	}{
		{Day, november(2, 4), "2026-11-02 2026-11-03 2026-11-04", ""},
		{Day, november(2, 4), "2026-11-04 2026-11-03 2026-11-02", "2026-11-03 stands behind 2026-11-04"},
		{Day, november(2, 4), "2026-11-02 2026-11-02 2026-11-04", "do not follow each other"},
		{Day, november(2, 4), "2025-11-02 2025-11-03 2025-11-04", "about 2025-11-02, which was not asked"},
		{Day, november(2, 4), "2026-11-02 2026-11-03 2026-12-04", "about 2026-12-04"},
		{Week, november(4, 20), "2026-11-02 2026-11-09 2026-11-16", ""}, // weeks from Monday
		{Week, november(4, 20), "2026-11-01 2026-11-08 2026-11-15", ""}, // and from Sunday
		{Week, november(4, 20), "2026-10-19 2026-10-26", "about 2026-10-19"},
		{Month, november(4, 20), "2026-11-01", ""},
		{0, november(2, 4), "2026-11-02 2026-11-03", ""},
		{Day, Dates{}, "2019-11-02 2019-11-03", ""}, // nothing to hold it against
	} {
		s := pointsAt(t, time.UTC, strings.Fields(c.labels)...)
		if why := s.keepTo(c.interval, c.dates); (why == "") != (c.why == "") || !strings.Contains(why, c.why) {
			t.Errorf("interval %d, %s: %q; want %q", c.interval, c.labels, why, c.why)
		}
	}
}

func TestADateThatIsPassedOverIsAPointWithoutAValue(t *testing.T) {
	s := pointsAt(t, time.UTC, "2026-11-02", "2026-11-05", "2026-11-06")
	if why := s.keepTo(Day, november(2, 6)); why != "" {
		t.Fatal(why)
	}
	if got := fmt.Sprint(s.Labels, s.Series[0].Values); got != "[2026-11-02 2026-11-03 2026-11-04 2026-11-05 2026-11-06] [1 NaN NaN 2 3]" || !s.Meta.MissingData {
		t.Errorf("%s, %+v", got, s.Meta)
	}
	off := pointsAt(t, time.UTC, "2026-11-02", "2026-11-10") // no Monday: what lies between is not known
	if why := off.keepTo(Week, november(2, 10)); why != "" || len(off.Times) != 2 {
		t.Errorf("%q, %v", why, off.Times)
	}
}

func TestAnHourThatComesTwiceIsTwoMoments(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 10, 25, 0, 0, 0, 0, berlin)
	s := pointsAt(t, berlin, "2026-10-25T01:00:00", "2026-10-25T02:00:00", "2026-10-25T02:00:00", "2026-10-25T03:00:00")
	if why := s.keepTo(Hour, Dates{day, day}); why != "" || len(s.Times) != 4 {
		t.Fatalf("%q, %v", why, s.Times)
	}
	for i := 1; i < 4; i++ {
		if s.Times[i].Sub(s.Times[i-1]) != time.Hour {
			t.Errorf("%v", s.Times)
		}
	}
	noon := pointsAt(t, berlin, "2026-10-25T12:00:00", "2026-10-25T12:00:00")
	if why := noon.keepTo(Hour, Dates{day, day}); why == "" {
		t.Error("noon comes twice")
	}
}

func TestNoMoreComeOnThanThereAre(t *testing.T) {
	c := client(t, nil)
	if _, err := c.decodeFunnel([]byte(`{"data":[{"cumulativeRaw":[5,6],"events":["A","B"]}]}`), FunnelQuery{}, time.Now()); err == nil || !strings.Contains(err.Error(), "more users at step 2 than at step 1") {
		t.Errorf("a funnel that rises: %v", err)
	}
	days := `{"data":[{"cumulativeRaw":[9,6],"dayFunnels":{"xValues":["2026-11-02"],"series":[[3,4]]}}]}`
	if _, err := c.decodeFunnel([]byte(days), FunnelQuery{}, time.Now()); err == nil || !strings.Contains(err.Error(), "on one day") {
		t.Errorf("a day that rises: %v", err)
	}
	back := `{"data":{"series":[{"dates":["2026-11-02"],"values":{"2026-11-02":[{"count":5},{"count":%d,"outof":5}]}}]}}`
	for count, want := range map[int]bool{5: true, 6: false} {
		if _, err := c.decodeRetention([]byte(fmt.Sprintf(back, count)), RetentionQuery{Dates: november(2, 4)}); (err == nil) != want {
			t.Errorf("%d of 5 come back: %v", count, err)
		}
	}
	paid := `{"data":{"series":[{"dates":["2026-11-02"],"values":{"2026-11-02":{"count":5,"paid":7,"r1d":3}}}]}}`
	if _, err := c.decodeRevenue([]byte(paid), RevenueQuery{Dates: november(2, 4)}, time.Now()); err == nil || !strings.Contains(err.Error(), "7 of 5") {
		t.Errorf("more pay than there are: %v", err)
	}
}

func TestSharesOfAFunnelAreThoseOfItsCounts(t *testing.T) {
	f, err := client(t, nil).decodeFunnel([]byte(`{"data":[{"cumulativeRaw":[8,4,1],"cumulative":[1,0.9,0.8],"stepByStep":[1,0.9,0.9]}]}`), FunnelQuery{}, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if last := f.Groups[0].Steps[2]; last.OfFirst != 0.125 || last.OfPrevious != 0.25 {
		t.Errorf("%+v", last)
	}
}

func TestOnlyWhatCanBeBelowZeroIsBelowZero(t *testing.T) {
	for metric, want := range map[Metric]bool{"": false, Uniques: false, Totals: false, Average: false, Sums: true, ValueAverage: true, Formula: true} {
		s := pointsAt(t, time.UTC, "2026-11-02", "2026-11-03")
		s.Series[0].Values[1], s.Series[0].Total = -2, -3
		if why := (SegmentationQuery{Metric: metric, Dates: november(2, 3), Interval: Day}).cannotBe(&s); why != "" {
			t.Fatal(why)
		}
		if got := s.Series[0]; !math.IsNaN(got.Values[1]) != want || !math.IsNaN(got.Total) != want || got.Values[0] != 1 {
			t.Errorf("metric %q: %+v", metric, got)
		}
	}
}

func TestLengthsOfSessionsFollowEachOther(t *testing.T) {
	for labels, want := range map[string]bool{"0s-3s 3s-10s 10s-30s 1m-3m 1h-1d": true, "3s-10s 0s-3s": false, "0s-3s 0s-3s": false, "short long": true, "short short": false} {
		all := slices.Collect(func(yield func(text.Raw) bool) {
			for word := range strings.FieldsSeq(labels) {
				if !yield(text.New(word)) {
					return
				}
			}
		})
		if why := lengthsOutOfOrder(all); (why == "") != want {
			t.Errorf("%s: %q", labels, why)
		}
	}
}

func TestAnAnswerWithoutSeriesIsAboutNothing(t *testing.T) {
	s := pointsAt(t, time.UTC, "2019-11-02")
	s.Series = nil
	if why := s.keepTo(Day, november(2, 4)); why != "" {
		t.Error(why)
	}
}
