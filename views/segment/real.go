package segment

import (
	"fmt"
	"math"
	"slices"
	"time"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
)

const (
	leastLike = 4 // points that a point must be like before it is judged
	mostLike  = 8
)

// judgement says whether the newest point of a series is like those that it
// should be like, in parts that a narrow line can leave out, and how that was
// worked out.
type judgement struct {
	of      string // the series, where there are several
	soFar   string // how far the bucket goes that is not over
	value   string // what is judged
	like    string // how many of what it should be like
	middle  string // their median
	verdict string
	unusual bool
	work    []string
}

const medianOf = "median of the last "

// line is the judgement in w cells. The verdict is what is asked for: the rest
// makes room for it, first what the chart says too. What the value is compared with is
// called a median as long as it stands there.
func (j judgement) line(w int) string {
	name, brief, says := j.named(w/5), j.named(0), ""
	for _, before := range []string{
		name + views.Joined(" · ", j.soFar, j.value, medianOf+j.like+" "+j.middle),
		name + views.Joined(" · ", j.value, medianOf+j.like+" "+j.middle),
		name + views.Joined(" · ", j.value, "median of "+j.like+" "+j.middle),
		name + views.Joined(" · ", j.value, "median "+j.middle),
		brief + views.Joined(" · ", j.value, "median "+j.middle),
		brief + j.value,
	} {
		if says = before + " → " + j.verdict; charts.Width(says) <= w {
			return says
		}
	}
	return charts.Cut(says, w)
}

// named is the name of the series in front of what is said of it, in w cells or few.
func (j judgement) named(w int) string {
	if j.of == "" {
		return ""
	}
	return charts.Cut(j.of, max(w, 8)) + ": "
}

// says is the judgement where there is room.
func (j judgement) says() string { return j.line(1 << 16) }

// judge looks at one series: how far the bucket goes that is not over, and whether
// the last one that is over (or, where the shape of a day is known, the pace of
// today) is like those before it. It is silent with fewer than four to compare
// with. hours is the answer by hours to the same question, nil if none is held.
func (r *answer) judge(s State, a asked, hours *answer, at int) (judgement, bool) {
	if r.times == nil || at < 0 || at >= len(r.series) || s.overlaps() {
		return judgement{}, false
	}
	one := r.series[at]
	var j judgement
	ok := false
	switch {
	case s.Interval == api.Hour && s.adds():
		j, ok = r.paceOfHours(s, a, one)
	case s.Interval == api.Day && s.adds() && hours != nil:
		j, ok = r.paceOfDay(s, a, one, hours)
	}
	if !ok {
		j, ok = r.lastOfItsKind(s, a, one)
	}
	if len(r.series) > 1 {
		j.of = one.shown.Safe()
	}
	return j, ok
}

// overlaps says whether neighbours among the points that are compared are made
// of the same intervals: they are alike whatever happens.
func (s State) overlaps() bool {
	apart := 1
	switch s.Interval {
	case api.Day:
		apart = 7
	case api.Hour:
		apart = 24
	}
	return max(s.RollingAverage, s.RollingWindow) > apart
}

// counts says whether the metric counts users or events, which come one by one.
func (s State) counts() bool {
	return s.RollingAverage == 0 && (s.Metric == api.Uniques || s.Metric == api.Totals)
}

// lastOfItsKind judges the last bucket that is over.
func (r *answer) lastOfItsKind(s State, a asked, one series) (judgement, bool) {
	last := len(one.values) - 1
	for last >= 0 && !r.whole(one, last) {
		last--
	}
	if last < 0 {
		return judgement{}, false
	}
	like, which := r.like(s, one, last)
	if len(like) < leastLike {
		return judgement{}, false
	}
	value := one.values[last]
	j := judgement{value: shortName(r.times[last], s.Interval) + ": " + s.exact(value)}
	if open := len(r.open) - 1; open > last && r.open[open] && r.progress > 0 && !missing(one.values[open]) {
		j.soFar = fmt.Sprintf("%s %s (%d%% of the %s)", soFar(r.times[open], s.Interval, a.now), s.exact(one.values[open]), int(r.progress*100), bucketWord(s.Interval))
	}
	u := usualOf(values(like), r.peers(s, one, last, len(like)), s.counts())
	j.like, j.middle = fmt.Sprintf("%d %s", len(like), which), s.brief(u.middle)
	j.verdict, j.unusual = u.verdict(value), u.outside(value)
	j.work = append(written(like, s.Interval), fmt.Sprintf("%s%d %s = %s", medianOf, len(like), which, charts.Exact(u.middle)))
	j.work = append(j.work, u.work(value)...)
	return j, true
}

// whole says whether a bucket is over and has a value.
func (r *answer) whole(one series, i int) bool {
	return !r.open[i] && !missing(one.values[i])
}

func missing(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) }

// point is a value of a bucket.
type point struct {
	t time.Time
	v float64
}

func values(points []point) []float64 {
	out := make([]float64, len(points))
	for i, p := range points {
		out[i] = p.v
	}
	return out
}

// written are points as the arithmetic lists them.
func written(points []point, interval api.Interval) []string {
	layout := "Mon 2 Jan 2006"
	switch interval {
	case api.Hour:
		layout += " 15:04"
	case api.Week:
		layout = "week of 2 Jan 2006"
	case api.Month:
		layout = "Jan 2006"
	}
	out := make([]string, len(points))
	for i, p := range points {
		out[i] = p.t.Format(layout) + ": " + charts.Exact(p.v)
	}
	return out
}

// like are the buckets that a bucket should be like, the newest first: the same
// weekday of the weeks before, the same hour of days of the same kind (the API's
// hours reach back seven days, too few for the same weekday), the weeks or months
// before; and what they are called.
func (r *answer) like(s State, one series, at int) ([]point, string) {
	t := r.times[at]
	same, which := func(time.Time) bool { return true }, "weeks"
	switch s.Interval {
	case api.FiveMinutes:
		return nil, ""
	case api.Hour:
		same = func(u time.Time) bool { return u.Hour() == t.Hour() && weekend(u) == weekend(t) }
		which = kindOfDay(t) + " at " + t.Format("15:04:")
	case api.Day:
		same, which = func(u time.Time) bool { return u.Weekday() == t.Weekday() }, t.Weekday().String()+"s"
	case api.Month:
		which = "months"
	}
	var out []point
	newest := t
	for i := at - 1; i >= 0 && len(out) < mostLike; i-- {
		u := r.times[i]
		// Where the clocks go back an hour comes twice: a day counts once.
		if same(u) && api.AddDays(u, 0).Before(api.AddDays(newest, 0)) && r.whole(one, i) {
			out, newest = append(out, point{u, one.values[i]}), u
		}
	}
	return out, which
}

// peers are, by days, how far the days of each weekday before one lie from their
// median, as parts of it: of as many weeks as are compared.
func (r *answer) peers(s State, one series, at, n int) []float64 {
	if s.Interval != api.Day {
		return nil
	}
	var out []float64
	for i := at; i > at-7 && i >= 0; i-- {
		like, _ := r.like(s, one, i)
		days := values(like)
		if i < at && r.whole(one, i) {
			days = append([]float64{one.values[i]}, days...)
		}
		days = days[:min(n, len(days))]
		middle := median(days)
		for _, v := range days {
			if len(days) >= leastLike && middle != 0 {
				out = append(out, math.Abs(v-middle)/math.Abs(middle))
			}
		}
	}
	return out
}

func weekend(t time.Time) bool { return t.Weekday() == time.Saturday || t.Weekday() == time.Sunday }

func kindOfDay(t time.Time) string {
	if weekend(t) {
		return "days at weekends"
	}
	return "days, Mon to Fri,"
}

// soFar names the bucket that is not over as what has come of it so far.
func soFar(t time.Time, i api.Interval, now time.Time) string {
	switch {
	case !i.Bucket(now).Equal(t):
		return "so far in " + shortName(t, i) // of an answer that was computed then
	case i == api.Day:
		return "so far today"
	}
	return "so far this " + bucketWord(i)
}

// judged is the series that is judged: the one in focus, else the first that is
// shown.
func (r *answer) judged(s State, focus int) int {
	if focus >= 0 && focus < len(r.series) {
		return focus
	}
	return slices.IndexFunc(r.series, func(one series) bool { return !s.hidden(one.name) })
}
