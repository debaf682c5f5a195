package segment

import (
	"math"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// nine days, of which the last is not over and one is missing.
func nineDays() answer {
	r := answer{open: make([]bool, 9)}
	for i := range 9 {
		r.times = append(r.times, time.Date(2026, 11, 16+i, 0, 0, 0, 0, time.UTC))
		r.labels = append(r.labels, text.New(r.times[i].Format(time.DateOnly)))
	}
	r.open[8] = true
	r.series = []series{
		{shown: text.New("iOS"), values: []float64{100, 1, 2, 3, 4, 5, 6, 60, 7}, total: 150, before: math.NaN()},
		{shown: text.New("Web"), values: []float64{10, 1, 2, 3, 4, 5, 6, math.NaN(), 7}, total: 30, before: math.NaN()},
	}
	return r
}

func TestOnlyWhatIsOverIsCompared(t *testing.T) {
	r := nineDays()
	for typed, want := range map[string]struct {
		says string
		err  string
	}{
		"value < 61":           {says: "value < 61: value of iOS, Mon 23 Nov is 60, which is < 61"},
		"value < 8":            {}, // today has 7, and is not over
		"value drop >= 40%":    {says: "value drop >= 40%: value of iOS, Mon 23 Nov is 60 against 100 of Mon 16 Nov, down 40%, which is >= 40%"},
		"value drop > 40.001%": {},
		"total < 1000":         {err: "total of Web is not certain: the last day is not over, --complete leaves it out"},
		"total > 100":          {says: "total > 100: total of iOS is 150, which is > 100"},
	} {
		c, err := views.ParseCheck(typed)
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Against(r.figures(Default()))
		says, said := "", ""
		if len(found.Says) > 0 {
			says = found.Says[0]
		}
		if err != nil {
			said = err.Error()
		}
		if says != want.says || said != want.err {
			t.Errorf("%s: %q, %q; want %q, %q", typed, says, said, want.says, want.err)
		}
	}
}

func TestWhatAChangeIsComparedWith(t *testing.T) {
	s, r := Default(), nineDays()
	r.series[0].previous = []float64{9, 9, 9, 9, 9, 9, 9, 90, 9}
	if v, since := r.beforePoint(s, r.series[0], 7); v != 90 || since != "the period before" {
		t.Errorf("with --vs prev: %v of %s", v, since)
	}
	r.series[0].previous = nil
	for interval, want := range map[api.Interval]float64{api.Day: 100, api.Week: 6, api.Month: 6} {
		s.Interval = interval
		if v, since := r.beforePoint(s, r.series[0], 7); v != want || since == "" {
			t.Errorf("interval %v: %v of %s; want %v", interval, v, since, want)
		}
	}
	s.Interval = api.Hour
	if v, _ := r.beforePoint(s, r.series[0], 7); !math.IsNaN(v) {
		t.Errorf("eight hours have no hour a day before, but %v", v)
	}
	r.open[6], s.Interval = true, api.Week
	if v, _ := r.beforePoint(s, r.series[0], 7); !math.IsNaN(v) {
		t.Errorf("a bucket that is cut is compared: %v", v)
	}
}

func TestWithoutACompletePointNothingIsCompared(t *testing.T) {
	r := nineDays()
	for i := range r.open {
		r.open[i] = true
	}
	for _, f := range r.figures(Default()) {
		if f.Open == "" {
			t.Errorf("%s of %s is compared", f.Name, f.Of)
		}
	}
}
