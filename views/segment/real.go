package segment

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"amptui/api"
	"amptui/charts"
)

const (
	leastLike = 4 // points that a point must be like before it is judged
	mostLike  = 8
)

// judgement says whether a point is like those that it should be like, with the
// arithmetic behind it.
type judgement struct {
	says string
	work []string
}

// judge looks at one series: how far the bucket goes that is not over, and whether
// the last one that is over (or, where the shape of a day is known, the pace of
// today) is like those before it. It is silent with fewer than four to compare
// with.
func (r *answer) judge(s State, a asked, at int) (judgement, bool) {
	if r.times == nil || at < 0 || at >= len(r.series) {
		return judgement{}, false
	}
	one := r.series[at]
	var j judgement
	name := ""
	if len(r.series) > 1 {
		name = one.shown.Safe() + ": "
	}
	if today, ok := r.pace(s, a, one); ok {
		today.says = name + today.says
		return today, true
	}
	last := r.lastOver(one)
	if last < 0 {
		return j, false
	}
	like, which := r.like(s, one, last)
	if len(like) < leastLike {
		return j, false
	}
	value := one.values[last]
	j.says = name
	if open := len(r.open) - 1; open > last && r.open[open] && r.progress > 0 && !math.IsNaN(one.values[open]) {
		j.says += fmt.Sprintf("%s %s so far (%d%% of the %s) · ", short(r.times[open], s.Interval), charts.Exact(one.values[open]), int(r.progress*100), bucketWord(s.Interval))
	}
	j.says += fmt.Sprintf("%s %s · ", shortName(r.times[last], s.Interval), charts.Exact(value))
	j.compare(value, values(like), fmt.Sprintf("median of the last %d %s", len(like), which), s.counts())
	for _, p := range like {
		j.work = append(j.work, fmt.Sprintf("%s: %s", p.t.Format("Mon 2 Jan 2006 15:04"), charts.Exact(p.v)))
	}
	return j, true
}

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

// counts says whether the metric counts users or events, which come one by one.
func (s State) counts() bool {
	return s.Metric == "" || s.Metric == api.Uniques || s.Metric == api.Totals
}

// lastOver is the last bucket of a series that is over and has a value, or -1.
func (r *answer) lastOver(one series) int {
	for i := len(one.values) - 1; i >= 0; i-- {
		if !r.open[i] && !math.IsNaN(one.values[i]) {
			return i
		}
	}
	return -1
}

// like are the buckets that a bucket should be like, the newest first: the same
// weekday of the weeks before, the same hour of the days before, the weeks or
// months before; and what they are called.
func (r *answer) like(s State, one series, at int) ([]point, string) {
	t := r.times[at]
	same, which := func(time.Time) bool { return true }, "weeks"
	switch s.Interval {
	case api.FiveMinutes:
		return nil, ""
	case api.Hour:
		same, which = func(u time.Time) bool { return u.Hour() == t.Hour() }, "days at "+t.Format("15:04")
	case api.Day:
		same, which = func(u time.Time) bool { return u.Weekday() == t.Weekday() }, t.Weekday().String()+"s"
	case api.Month:
		which = "months"
	}
	var out []point
	for i := at - 1; i >= 0 && len(out) < mostLike; i-- {
		if same(r.times[i]) && !r.open[i] && !math.IsNaN(one.values[i]) {
			out = append(out, point{r.times[i], one.values[i]})
		}
	}
	return out, which
}

// compare sets a value against those it should be like. The usual distance is
// Hampel's: three times the median distance from the median, scaled by 1.4826 so
// that it is three standard deviations of normal values; of counts it is at least
// twice the square root of the median, which chance alone makes of them.
func (j *judgement) compare(value float64, like []float64, which string, counts bool) {
	middle := median(like)
	distances := make([]float64, len(like))
	for i, v := range like {
		distances[i] = math.Abs(v - middle)
	}
	spread := median(distances)
	usual := 3 * 1.4826 * spread
	work := fmt.Sprintf("usual: 3 x 1.4826 x %s, the median distance from the median", charts.Exact(spread))
	if chance := 2 * math.Sqrt(math.Max(middle, 0)); counts && chance > usual {
		usual = chance
		work = fmt.Sprintf("usual: 2 x √%s, what chance alone makes of a count (the median distance from the median is %s)", charts.Exact(middle), charts.Exact(spread))
	}
	j.says += fmt.Sprintf("%s %s", which, charts.SI(middle))
	j.work = append(j.work, fmt.Sprintf("value: %s", charts.Exact(value)), fmt.Sprintf("%s: %s", which, charts.Exact(middle)), work+fmt.Sprintf(" = ±%s", charts.Exact(usual)))
	if middle == 0 {
		return // no part of nothing
	}
	word := "within"
	if math.Abs(value-middle) > usual {
		word = "outside"
	}
	j.says += fmt.Sprintf(" → %s, %s the usual ±%s", charts.Delta(value/middle-1), word, charts.Percent(usual/middle))
	j.work = append(j.work, fmt.Sprintf("change: %s / %s - 1 = %s, %s", charts.Exact(value), charts.Exact(middle), charts.Delta(value/middle-1), word))
}

// median is the middle of some values; of an even number the mean of both.
func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	n := len(v)
	switch {
	case n == 0:
		return math.NaN()
	case n%2 == 1:
		return v[n/2]
	}
	return v[n/2-1]/2 + v[n/2]/2
}

// pace is what today comes to if it goes on as the days before did: known where
// hours are asked of a metric that adds up, of today and of four whole days.
func (r *answer) pace(s State, a asked, one series) (judgement, bool) {
	if s.Interval != api.Hour || s.Metric != api.Totals && s.Metric != api.Sums {
		return judgement{}, false
	}
	var j judgement
	today := api.Day.Bucket(a.now)
	soFar, hours := 0.0, 0
	for i, t := range r.times {
		if !t.Before(today) && !r.open[i] && !math.IsNaN(one.values[i]) {
			soFar += one.values[i]
			hours++
		}
	}
	if hours == 0 {
		return j, false
	}
	until := today.Add(time.Duration(hours) * time.Hour)
	var totals, parts []float64
	for day := api.AddDays(today, -1); len(totals) < mostLike; day = api.AddDays(day, -1) {
		whole, part, ok := r.dayOf(one, day, until.Sub(today))
		if !ok {
			break
		}
		if whole > 0 {
			totals, parts = append(totals, whole), append(parts, part/whole)
			j.work = append(j.work, fmt.Sprintf("%s: %s, of which %s by %s", day.Format("Mon 2 Jan 2006"), charts.Exact(whole), charts.Percent(part/whole), until.Format("15:04")))
		}
	}
	share := median(parts)
	if len(totals) < leastLike || share <= 0 {
		return j, false
	}
	pace := soFar / share
	j.work = append([]string{fmt.Sprintf("pace: %s so far / %s, the median part of a day by %s = %s", charts.Exact(soFar), charts.Percent(share), until.Format("15:04"), charts.Exact(math.Round(pace)))}, j.work...)
	j.says = fmt.Sprintf("%s %s by %s (%s of a day) · on pace for ~%s · ", today.Format("Mon"), charts.Exact(soFar), until.Format("15:04"), charts.Percent(share), charts.SI(pace))
	j.compare(math.Round(pace), totals, fmt.Sprintf("median of the last %d days", len(totals)), s.counts())
	return j, true
}

// dayOf sums the hours of a day that is whole, and those before so long after its
// beginning.
func (r *answer) dayOf(one series, day time.Time, until time.Duration) (whole, part float64, ok bool) {
	end := api.AddDays(day, 1)
	hours := 0
	for i, t := range r.times {
		if t.Before(day) || !t.Before(end) {
			continue
		}
		if r.open[i] || math.IsNaN(one.values[i]) {
			return 0, 0, false
		}
		hours++
		whole += one.values[i]
		if t.Sub(day) < until {
			part += one.values[i]
		}
	}
	return whole, part, hours > 0 && hours == int(end.Sub(day).Hours())
}

// short names a bucket of the present in few letters.
func short(t time.Time, i api.Interval) string {
	if i == api.Day {
		return t.Format("Mon")
	}
	return shortName(t, i)
}

// judged is the series that is judged: the one in focus, else the first that is
// shown.
func (r *answer) judged(s State, focus int) int {
	if focus >= 0 && focus < len(r.series) {
		return focus
	}
	return slices.IndexFunc(r.series, func(one series) bool { return !s.hidden(one.name) })
}

// cutParts drops whole parts of a sentence until it fits: first what is said of
// the unfinished bucket, which the chart says too.
func cutParts(s string, w int) string {
	name, rest, named := strings.Cut(s, ": ")
	if !named || strings.Contains(name, " · ") {
		name, rest = "", s
	} else {
		name += ": "
	}
	for charts.Width(name+rest) > w && strings.Count(rest, " · ") > 1 {
		_, rest, _ = strings.Cut(rest, " · ")
	}
	return charts.Cut(name+rest, w)
}
