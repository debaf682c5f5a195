package segment

import (
	"math"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// judgedOf is a series of days that ends with today, whose values are these.
func judgedOf(t *testing.T, line string, step time.Duration, now time.Time, v ...float64) (judgement, bool) {
	t.Helper()
	s := state(t, line)
	a, err := s.Query(now)
	if err != nil {
		t.Fatal(err)
	}
	got := api.Segmentation{Series: []api.SegmentationSeries{{Values: v, Total: math.NaN()}}}
	last := s.Interval.Bucket(now)
	if step < 24*time.Hour {
		last = now.Truncate(step)
	}
	for i := range v {
		at := last.Add(-time.Duration(len(v)-1-i) * step)
		got.Times, got.Labels = append(got.Times, at), append(got.Labels, text.New(at.Format(time.RFC3339)))
	}
	a.query.Dates.Start = got.Times[0]
	r := newAnswer(s, a, found{now: &got}, nil)
	return r.judge(s, a, 0)
}

// weeks are n weeks of these weekdays' values and what then comes.
func weeks(n int, week []float64, then ...float64) []float64 {
	var out []float64
	for range n {
		out = append(out, week...)
	}
	return append(out, then...)
}

func TestADayIsJudgedByTheSameWeekday(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 38, 24, 0, time.UTC)  // a Tuesday
	week := []float64{1000, 1000, 1000, 1000, 300, 200, 900} // from Tuesday to Monday
	for want, v := range map[string][]float64{
		"Tue 612 so far (61% of the day) · Mon 23 Nov 895 · median of the last 4 Mondays 900 → ▼ 0.6%, within the usual ±6.7%":   weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 895, 612),
		"Tue 5 so far (61% of the day) · Mon 23 Nov 700 · median of the last 4 Mondays 900 → ▼ 22.2%, outside the usual ±6.7%":   weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 700, 5),
		"Tue 5 so far (61% of the day) · Mon 23 Nov 1,200 · median of the last 4 Mondays 900 → ▲ 33.3%, outside the usual ±6.7%": weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 1200, 5),
		"": weeks(3, week, 1000, 1000, 1000, 1000, 300, 200, 900, 5),
	} {
		j, ok := judgedOf(t, "A --last 90d", 24*time.Hour, now, v...)
		if j.says != want || ok != (want != "") {
			t.Errorf("says %q, %v; want %q", j.says, ok, want)
		}
		if ok && (len(j.work) < 8 || !strings.Contains(strings.Join(j.work, "\n"), "Mon 16 Nov 2026")) {
			t.Errorf("the arithmetic is %q", j.work)
		}
	}
}

func TestUnusualNumbersBreakNoJudgement(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 38, 24, 0, time.UTC)
	nan := math.NaN()
	for _, week := range [][]float64{{0, 0, 0, 0, 0, 0, 0}, {nan, nan, nan, nan, nan, nan, nan}, {1e15, 1, 1e15, nan, 0, -5, 1e15}, {-3, -3, -3, -3, -3, -3, -3}} {
		j, _ := judgedOf(t, "A --last 90d", 24*time.Hour, now, weeks(6, week, 5)...)
		if strings.Contains(j.says, "NaN") || strings.Contains(j.says, "Inf") {
			t.Errorf("%v says %q", week, j.says)
		}
	}
	// A gap is passed over, the unfinished day is never compared.
	v := weeks(5, []float64{10, 10, 10, 10, 10, 10, 400}, 10, 10, 10, 10, 10, 10, 400, 1)
	v[6] = nan
	if j, ok := judgedOf(t, "A --last 90d", 24*time.Hour, now, v...); !ok || !strings.Contains(j.says, "median of the last 4 Mondays 400 → = 0%") {
		t.Errorf("says %q", j.says)
	}
}

func TestThePaceOfADayIsKnownByItsHours(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 20, 0, 0, time.UTC)
	var v []float64
	for h := range 6*24 + 13 {
		v = append(v, map[bool]float64{true: 10, false: 30}[h%24 < 12]) // a quarter of the day by noon
	}
	for i := 6 * 24; i < len(v); i++ {
		v[i] = 8
	}
	j, ok := judgedOf(t, "A --metric totals --interval hour --last 7d", time.Hour, now, v...)
	if want := "Tue 96 by 12:00 (25% of a day) · on pace for ~384 · median of the last 6 days 480 → ▼ 20%, outside the usual ±9.1%"; !ok || j.says != want {
		t.Errorf("says %q; want %q", j.says, want)
	}
	// Uniques of hours are never added.
	j, _ = judgedOf(t, "A --metric uniques --interval hour --last 7d", time.Hour, now, v...)
	if strings.Contains(j.says, "pace") || !strings.Contains(j.says, "days at 11:00") {
		t.Errorf("of uniques it says %q", j.says)
	}
}
