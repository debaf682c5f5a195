package segment

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
)

// answerOf is an answer of one series whose last bucket is the present one.
func answerOf(t *testing.T, line string, now time.Time, v ...float64) (State, asked, answer) {
	t.Helper()
	s := state(t, line)
	a, err := s.Query(now)
	if err != nil {
		t.Fatal(err)
	}
	at := s.Interval.Bucket(now)
	back := map[api.Interval]int{api.Day: 1, api.Week: 7}[s.Interval]
	if s.Interval == api.Hour {
		at = now.Truncate(time.Hour)
	}
	times := make([]time.Time, len(v))
	for i := len(v) - 1; i >= 0; i-- {
		times[i] = at
		switch s.Interval {
		case api.Hour:
			at = at.Add(-time.Hour)
		case api.Month:
			at = api.Midnight(at.Year(), at.Month()-1, 1, at.Location())
		default:
			at = api.AddDays(at, -back)
		}
	}
	got := api.Segmentation{Times: times, Series: []api.SegmentationSeries{{Values: v, Total: math.NaN()}}}
	for _, at := range times {
		got.Labels = append(got.Labels, text.New(at.Format(time.RFC3339)))
	}
	a.query.Dates.Start = times[0]
	return s, a, newAnswer(s, a, found{now: &got}, nil)
}

func judgedOf(t *testing.T, line string, now time.Time, v ...float64) (judgement, bool) {
	t.Helper()
	s, a, r := answerOf(t, line, now, v...)
	return r.judge(s, a, nil, 0)
}

// weeks are n weeks of these weekdays' values and what then comes.
func weeks(n int, week []float64, then ...float64) []float64 {
	var out []float64
	for range n {
		out = append(out, week...)
	}
	return append(out, then...)
}

func afternoon() time.Time { return time.Date(2026, 11, 24, 14, 38, 24, 0, time.UTC) } // a Tuesday

// A number beside another is called a median however narrow it is, and a long name of a
// series makes room for it.
func TestANarrowJudgementNamesItsMedian(t *testing.T) {
	j := judgement{of: "Germany and Austria", value: "Wed 25 Nov: 39", like: "4 Wednesdays", middle: "30", verdict: "▲ 30%, within the usual ±50%", soFar: "so far today 7 (14% of the day)"}
	for w, want := range map[int]string{
		150: "Germany and Austria: so far today 7 (14% of the day) · Wed 25 Nov: 39 · median of the last 4 Wednesdays 30 → ▲ 30%, within the usual ±50%",
		112: "Germany and Austria: Wed 25 Nov: 39 · median of the last 4 Wednesdays 30 → ▲ 30%, within the usual ±50%",
		96:  "Germany and Austria: Wed 25 Nov: 39 · median of 4 Wednesdays 30 → ▲ 30%, within the usual ±50%",
		76:  "Germany and Au…: Wed 25 Nov: 39 · median 30 → ▲ 30%, within the usual ±50%",
		70:  "Germany…: Wed 25 Nov: 39 · median 30 → ▲ 30%, within the usual ±50%",
		60:  "Germany…: Wed 25 Nov: 39 → ▲ 30%, within the usual ±50%",
	} {
		if got := j.line(w); got != want {
			t.Errorf("in %d cells %q; want %q", w, got, want)
		}
	}
}

func TestADayIsJudgedByTheSameWeekday(t *testing.T) {
	week := []float64{1000, 1000, 1000, 1000, 300, 200, 900} // from Tuesday to Monday
	for want, v := range map[string][]float64{
		"so far today 612 (61% of the day) · Mon 23 Nov: 895 · median of the last 4 Mondays 900 → ▼ 0.6%, within the usual ±6.7%":   weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 895, 612),
		"so far today 5 (61% of the day) · Mon 23 Nov: 700 · median of the last 4 Mondays 900 → ▼ 22.2%, outside the usual ±6.7%":   weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 700, 5),
		"so far today 5 (61% of the day) · Mon 23 Nov: 1,200 · median of the last 4 Mondays 900 → ▲ 33.3%, outside the usual ±6.7%": weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 1200, 5),
		"": weeks(3, week, 1000, 1000, 1000, 1000, 300, 200, 900, 5),
	} {
		j, ok := judgedOf(t, "A --last 90d", afternoon(), v...)
		if ok != (want != "") || ok && j.says() != want {
			t.Errorf("says %q, %v; want %q", j.says(), ok, want)
		}
		work := strings.Join(j.work, "\n")
		for _, number := range []string{"Mon 16 Nov 2026: 900", "Mon 26 Oct 2026: 900", "median of the last 4 Mondays = 900", "2 x root of 900", "= ±60"} {
			if ok && !strings.Contains(work, number) {
				t.Errorf("the arithmetic lacks %q:\n%s", number, work)
			}
		}
	}
}

// The distance that is called usual holds 19 of 20 values that vary as those did,
// however few those are; three scaled median distances of four hold 5 of 6. By days,
// where other weekdays tell how days vary, it also finds a drop of four deviations
// more often than not.
func TestTheUsualHoldsNineteenOfTwenty(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const draws = 40_000
	rate := func(draw func() (u usual, next float64), draws int) float64 {
		outside := 0
		for range draws {
			if u, next := draw(); math.Abs(next-u.middle) > u.far {
				outside++
			}
		}
		return float64(outside) / float64(draws)
	}
	for n := leastLike; n <= mostLike; n++ {
		alone := func() (usual, float64) {
			like := make([]float64, n)
			for i := range like {
				like[i] = 1000 + 30*r.NormFloat64()
			}
			return usualOf(like, nil, false), 1000 + 30*r.NormFloat64()
		}
		if got := rate(alone, draws); got < 0.045 || got > 0.055 {
			t.Errorf("of %d values, one more is called unusual in %s", n, charts.Percent(got))
		}
		s, _, answer := answerOf(t, "A --metric average --last 90d", afternoon(), make([]float64, 7*n+1)...)
		drop := 0.0
		days := func() (usual, float64) {
			v := answer.series[0].values
			for i := range v { // each weekday has a level of its own
				v[i] = float64(1000+400*(i%7)) * (1 + 0.03*r.NormFloat64())
			}
			answer.open[len(v)-1] = false
			like, _ := answer.like(s, answer.series[0], len(v)-1)
			if len(like) != n {
				t.Fatalf("%d like it", len(like))
			}
			return usualOf(values(like), answer.peers(s, answer.series[0], len(v)-1, n), false), v[len(v)-1] - drop
		}
		if got := rate(days, draws/5); got < 0.04 || got > 0.06 {
			t.Errorf("of %d weeks, one more day is called unusual in %s", n, charts.Percent(got))
		}
		drop = 4 * 0.03 * 1000
		if got := rate(days, 2000); got < 0.75 {
			t.Errorf("of %d weeks, a drop of four deviations is found in %s", n, charts.Percent(got))
		}
	}
}

func TestUnusualNumbersAreJudgedInWords(t *testing.T) {
	for _, c := range []struct {
		name, line string
		mondays    []float64
		value      float64
		want       string
	}{
		{"nothing so far", "A", []float64{0, 0, 0, 0}, 0, "median of the last 4 Mondays 0 → = 0, within the usual ±2"},
		{"the first ones", "A", []float64{0, 0, 0, 0}, 500, "0 → ▲ 500, outside the usual ±2"},
		{"few", "A", []float64{1, 2, 1, 0}, 3, "1 → ▲ 2, within the usual ±4.85"},
		{"many", "A", []float64{20, 20, 20, 20}, 90000, "20 → ▲ 89,980, outside the usual ±44.7%"},
		{"always the same", "A --metric average", []float64{2, 2, 2, 2}, 2, "2 → = 0%, as always"},
		{"the same before", "A --metric average", []float64{2, 2, 2, 2}, 2.1, "2 → ▲ 5%, and it was the same each time before"},
		{"mostly the same", "A --metric average", []float64{2, 2, 2, 3, 2}, 2.5, "2 → ▲ 25%, within the usual ±50%"},
		{"below zero", "'A[by event:p]' --metric sums", []float64{-300, -310, -290, -300}, 500, "-300 → ▲ 267%, outside the usual ±16.2%"},
		{"large", "A", []float64{1e15, 1e15, 1e15, 1e15}, 1e15, "1e15 → = 0%, within"},
	} {
		v := []float64{}
		for _, monday := range c.mondays {
			v = append(v, monday, 7, 7, 7, 7, 7, 7)
		}
		j, ok := judgedOf(t, c.line+" --last 90d", afternoon(), append(v, c.value, 1)...)
		if !ok || !strings.Contains(j.says(), c.want) {
			t.Errorf("%s: says %q, %v; want %q", c.name, j.says(), ok, c.want)
		}
	}
	// A gap is passed over, and is nothing to compare with.
	nan := math.NaN()
	v := weeks(5, []float64{10, 10, 10, 10, 10, 10, 400}, 10, 10, 10, 10, 10, 10, 400, 1)
	v[6] = nan
	if j, ok := judgedOf(t, "A --last 90d", afternoon(), v...); !ok || !strings.Contains(j.says(), "median of the last 4 Mondays 400 → = 0%") {
		t.Errorf("says %q", j.says())
	}
	v[13] = math.Inf(1)
	if j, ok := judgedOf(t, "A --last 90d", afternoon(), v...); ok {
		t.Errorf("of three Mondays it says %q", j.says())
	}
}

func TestNoNumbersBreakAJudgement(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	odd := []float64{0, 1, -1, math.NaN(), math.Inf(1), math.Inf(-1), 1e300, -1e300, 5e-324, 1e15, 42}
	for range 2000 {
		v := make([]float64, r.IntN(200)+1)
		for i := range v {
			v[i] = odd[r.IntN(len(odd))]
		}
		line := []string{"A --last 90d", "A --metric totals --interval hour --last 7d", "A --interval week --last 40w", "A --metric average --interval month --last 36mo"}[r.IntN(4)]
		j, _ := judgedOf(t, line, afternoon(), v...)
		if says := j.says() + strings.Join(j.work, " "); strings.Contains(says, "NaN") || strings.Contains(says, "Inf") {
			t.Fatalf("%s of %v says %q", line, v, says)
		}
	}
}

func TestOverlappingPointsAreNotCompared(t *testing.T) {
	v := weeks(9, []float64{10, 10, 10, 10, 10, 10, 400}, 1)
	for line, want := range map[string]bool{
		"A --last 90d --rolling-window 7": true, "A --last 90d --rolling-window 8": false,
		"A --last 90d --rolling-average 28": false, "A --interval week --last 90w --rolling-average 2": false,
	} {
		if j, ok := judgedOf(t, line, afternoon(), v...); ok != want {
			t.Errorf("%s: says %q", line, j.says())
		}
	}
}

func TestWeeksAndMonthsAreJudgedByThoseBefore(t *testing.T) {
	for line, want := range map[string]string{
		"A --interval week --last 12w":   "week of 16 Nov: 150 · median of the last 5 weeks 100 → ▲ 50%, outside the usual ±20%",
		"A --interval month --last 12mo": "October: 150 · median of the last 5 months 100 → ▲ 50%, outside the usual ±20%",
	} {
		j, ok := judgedOf(t, line, afternoon(), 100, 100, 100, 100, 100, 150, 7)
		if !ok || !strings.HasSuffix(j.says(), want) {
			t.Errorf("%s says %q", line, j.says())
		}
	}
}

func TestANarrowLineKeepsTheVerdict(t *testing.T) {
	j, _ := judgedOf(t, "A --last 90d", afternoon(), weeks(5, []float64{1000, 1000, 1000, 1000, 300, 200, 900}, 700, 700, 700, 700, 700, 700, 700, 612)...)
	j.of = "a name: as long · as names of groups can be, " + strings.Repeat("and longer ", 20)
	for w := 78; w <= 300; w++ {
		if line := j.line(w); charts.Width(line) > w || !strings.HasSuffix(line, "▼ 22.2%, outside the usual ±6.7%") || !strings.Contains(line, "Mon 23 Nov: 700") {
			t.Errorf("%d cells: %q", w, line)
		}
	}
	for w := 1; w < 78; w++ {
		if line := j.line(w); charts.Width(line) > w {
			t.Errorf("%d cells: %q", w, line)
		}
	}
}

// A server may have kept its answer for hours: what has come since is not in it.
func TestABucketIsOverWhenTheAnswerHasAllOfIt(t *testing.T) {
	s, a, r := answerOf(t, "A --last 90d", afternoon(), weeks(6, []float64{1000, 1000, 1000, 1000, 300, 200, 900}, 612)...)
	r.meta.Computed = afternoon().Add(-20 * time.Hour) // on Monday evening
	r.markOpen(s, a)
	if said := r.unfinished(s, a); said != "Mon 23 Nov: 77% of the day" || !r.open[len(r.open)-1] || !r.open[len(r.open)-2] || r.open[len(r.open)-3] {
		t.Errorf("%s, and open are %v", said, r.open[len(r.open)-3:])
	}
	if j, ok := r.judge(s, a, nil, 0); !ok || !strings.Contains(j.says(), "Sun 22 Nov: 200") {
		t.Errorf("says %q", j.says())
	}
}

// hoursOf are the values of six days and the hours of today until now, by the hour.
func hoursOf(now time.Time, value func(time.Time) float64) []float64 {
	var v []float64
	for at := api.AddDays(now, -6); !at.After(now); at = at.Add(time.Hour) {
		v = append(v, value(at))
	}
	return v
}

// mostlyAfternoons has a quarter of a working day by noon, and half of it today.
func mostlyAfternoons(now time.Time) func(time.Time) float64 {
	return func(at time.Time) float64 {
		v := 30.0
		if at.Hour() < 12 {
			v = 10
		}
		if weekend(at) {
			v = 1
		}
		if !at.Before(api.AddDays(now, 0)) {
			v *= 0.5
		}
		return v
	}
}

func TestThePaceOfADayIsKnownByItsHours(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 20, 0, 0, time.UTC)
	v := hoursOf(now, mostlyAfternoons(now))
	j, ok := judgedOf(t, "A --metric totals --interval hour --last 7d", now, v...)
	if want := "so far today 60 by 12:00 (25% of a day) · on pace for ~240 · median of the last 4 days, Mon to Fri, by 12:00: 120 → ▼ 50%, outside the usual ±18.3%"; !ok || j.says() != want {
		t.Errorf("says %q; want %q", j.says(), want)
	}
	// Uniques of hours are never added: the last hour is judged by that hour.
	j, _ = judgedOf(t, "A --metric uniques --interval hour --last 7d", now, v...)
	if want := "Tue 11:00: 5 · median of the last 4 days, Mon to Fri, at 11:00: 10 → ▼ 50%, within the usual ±63.2%"; !strings.HasSuffix(j.says(), want) {
		t.Errorf("of uniques it says %q", j.says())
	}
	// A missing hour is not nothing, and no pace is made of what is left.
	v[len(v)-5] = math.NaN()
	if j, _ = judgedOf(t, "A --metric totals --interval hour --last 7d", now, v...); strings.Contains(j.says(), "pace") {
		t.Errorf("with a gap today it says %q", j.says())
	}
	// A day without its last hour is no whole day, and three are too few.
	s, a, r := answerOf(t, "A --metric totals --interval hour --last 7d", now, hoursOf(now, mostlyAfternoons(now))...)
	i := slices.IndexFunc(r.times, func(at time.Time) bool { return at.Weekday() == time.Friday && at.Hour() == 23 })
	r.times, r.open = slices.Delete(r.times, i, i+1), slices.Delete(r.open, i, i+1)
	r.series[0].values = slices.Delete(r.series[0].values, i, i+1)
	if j, _ := r.judge(s, a, nil, 0); strings.Contains(j.says(), "pace") {
		t.Errorf("without the end of Friday it says %q", j.says())
	}
	// Of a weekend there are too few days.
	sunday := time.Date(2026, 11, 22, 12, 20, 0, 0, time.UTC)
	if j, ok := judgedOf(t, "A --metric totals --interval hour --last 7d", sunday, hoursOf(sunday, mostlyAfternoons(sunday))...); ok {
		t.Errorf("on a Sunday it says %q", j.says())
	}
}

// Where the clocks change, a day has 23 hours or 25, and noon is noon.
func TestThePaceGoesByTheClock(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for _, now := range []time.Time{
		time.Date(2026, 3, 31, 12, 20, 0, 0, berlin), time.Date(2026, 10, 27, 12, 20, 0, 0, berlin),
		time.Date(2028, 3, 1, 12, 20, 0, 0, berlin), // the day after the 29th
	} {
		for _, sign := range []float64{1, -1} { // the change itself among days that are compared
			v := hoursOf(now, func(at time.Time) float64 {
				if sign < 0 && weekend(at) {
					return 1
				}
				return map[bool]float64{true: 10, false: 30}[at.Hour() < 12]
			})
			j, ok := judgedOf(t, "A --metric totals --interval hour --last 7d", now, v...)
			if !ok || !strings.Contains(j.says(), "120 by 12:00 (25% of a day) · on pace for ~480 · median of the last 4 days, Mon to Fri, by 12:00: 120 → = 0%") {
				t.Errorf("%s says %q, %v", now, j.says(), ok)
			}
		}
	}
	// The hour that comes twice on Sunday counts once.
	monday := time.Date(2026, 10, 26, 3, 20, 0, 0, berlin)
	s, a, r := answerOf(t, "A --interval hour --last 7d", monday, hoursOf(monday, func(time.Time) float64 { return 10 })...)
	for i, at := range r.times {
		points, _ := r.like(s, r.series[0], i)
		for k := 1; k < len(points); k++ {
			if points[k].t.Format(time.DateOnly) == points[k-1].t.Format(time.DateOnly) {
				t.Errorf("%s is like %v, of %v", at, points, a.now)
			}
		}
	}
}

func TestADayHasAPaceWhereItsHoursWereAsked(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 20, 0, 0, time.UTC)
	days := weeks(5, []float64{480, 480, 480, 480, 24, 24, 480}, 110) // from Tuesday on
	s, a, r := answerOf(t, "A --metric totals --last 90d", now, days...)
	_, _, hours := answerOf(t, "A --metric totals --interval hour --last 7d", now, hoursOf(now, mostlyAfternoons(now))...)
	j, ok := r.judge(s, a, &hours, 0)
	// 110 / (120 + a third of 30) * 480
	if want := "so far today 110 (27.1% of the day) · on pace for ~406 · median of the last 5 Tuesdays 480 → ▼ 15.4%, within the usual ±18.5%"; !ok || j.says() != want {
		t.Errorf("says %q; want %q", j.says(), want)
	}
	for _, number := range []string{"Tue 17 Nov 2026: 480", "Mon 23 Nov 2026 by 12:20: 27.1%", "110 so far / 27.1%", "2 x root of 480"} {
		if !strings.Contains(strings.Join(j.work, "\n"), number) {
			t.Errorf("the arithmetic lacks %q: %q", number, j.work)
		}
	}
	if j, _ := r.judge(s, a, nil, 0); strings.Contains(j.says(), "pace") || !strings.Contains(j.says(), "Mon 23 Nov: 480") {
		t.Errorf("without hours it says %q", j.says())
	}
	uniques, ofUniques, r := answerOf(t, "A --last 90d", now, days...)
	if j, _ := r.judge(uniques, ofUniques, &hours, 0); strings.Contains(j.says(), "pace") {
		t.Errorf("of uniques it says %q", j.says())
	}
	// The earlier it is, the less a pace says, until it is too early to have one.
	last := math.Inf(1)
	for hour := 1; hour < 24; hour++ {
		now := time.Date(2026, 11, 24, hour, 0, 0, 0, time.UTC)
		_, _, hours := answerOf(t, "A --metric totals --interval hour --last 7d", now, hoursOf(now, mostlyAfternoons(now))...)
		share := 0.0
		for h := range hour {
			share += map[bool]float64{true: 10, false: 30}[h < 12] / 480
		}
		s, a, r := answerOf(t, "A --metric totals --last 90d", now, weeks(4, []float64{48, 48, 48, 48, 2, 2, 48}, 48*share)...)
		j, ok := r.judge(s, a, &hours, 0)
		_, usual, _ := strings.Cut(j.verdict, "usual ±")
		var far float64
		if _, err := fmt.Sscanf(usual, "%g%%", &far); ok && err != nil {
			t.Fatal(err)
		}
		if ok != (hour > 4) || ok && (far > last || !strings.Contains(j.says(), "on pace for ~48 ·")) {
			t.Errorf("at %d it says %q, before ±%g%%", hour, j.says(), last)
		}
		if ok {
			last = far
		}
	}
}
