package segment

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"amptui/charts"
)

// usual is how values vary: their median, and how far from it 19 of 20 lie.
type usual struct {
	middle, far float64
	how         string // how far was found
}

// usualOf measures how far values lie from their median by the median of these
// distances, which one wild value does not move (Hampel, "The influence curve and
// its role in robust estimation", JASA 1974). Four values say little about how they
// vary, so where there are, peers tell it: the distances of other values from
// medians of their own, as parts of these. Of values that are mostly the same the
// measure is the largest distance. Counts also vary by chance: by the square root
// of what is expected, and 19 of 20 lie within two of these.
func usualOf(like, peers []float64, counts bool) usual {
	u := usual{middle: median(like)}
	distances := make([]float64, len(like))
	for i, v := range like {
		distances[i] = math.Abs(v - u.middle)
	}
	spread := median(distances)
	k := nineteenOfTwenty(len(like), false)
	u.far = k * spread
	u.how = fmt.Sprintf("%s x %s, the median distance from it", charts.Exact(k), charts.Exact(spread))
	switch {
	case u.middle != 0 && len(peers) >= enoughPeers && median(peers) > 0:
		k, part := nineteenOfTwenty(len(like), true), median(peers)
		u.far = k * part * math.Abs(u.middle)
		u.how = fmt.Sprintf("%s x %s of it, the median distance of %d days from the median of their weekday", charts.Exact(k), charts.Percent(part), len(peers))
	case spread == 0:
		u.far = slices.Max(distances)
		u.how = "the largest distance from it, since most are the same"
	}
	if chance := 2 * math.Sqrt(max(u.middle, 1)); counts && chance > u.far {
		u.far = chance
		u.how = fmt.Sprintf("2 x root of %s, what chance alone makes of a count", charts.Exact(max(u.middle, 1)))
	}
	return u
}

// enoughPeers is five weekdays of four weeks.
const enoughPeers = 20

// nineteenOfTwenty is how many median distances from the median of n values the
// next one lies at most, 19 times of 20, if all vary as normal values do; pooled is
// with the distances of seven times as many. The usual three times 1.4826 is for
// many values: of four it would call one ordinary value in six unusual. The numbers
// are counted from draws; a test draws again.
func nineteenOfTwenty(n int, pooled bool) float64 {
	own, all := 5.1, 4.0
	switch n {
	case 4:
		own, all = 9.7, 5.4
	case 5:
		own, all = 8.9, 5.1
	case 6:
		own, all = 6.25, 4.5
	case 7:
		own, all = 6, 4.2
	}
	if pooled {
		return all
	}
	return own
}

// change is how far a value is from the median, as a part of it where that says
// something, and where the usual distance is one.
func (u usual) change(value float64) string {
	part := (value - u.middle) / math.Abs(u.middle)
	if u.middle == 0 || math.Abs(part) >= 10 || !u.inParts() {
		return charts.Change(value - u.middle)
	}
	return charts.Delta(part)
}

// verdict says whether a value is usual.
func (u usual) verdict(value float64) string {
	change := u.change(value)
	switch {
	case u.far == 0 && value == u.middle:
		return change + ", as always"
	case u.far == 0:
		return change + ", and it was the same each time before"
	case u.outside(value):
		return change + ", outside the usual " + u.width()
	}
	return change + ", within the usual " + u.width()
}

// outside says whether a value is unusual.
func (u usual) outside(value float64) bool { return math.Abs(value-u.middle) > u.far }

// width is the usual distance: a part of the median, or where that says nothing
// since it is all of it, the distance itself.
func (u usual) width() string {
	if !u.inParts() {
		return "±" + charts.SI(u.far)
	}
	return "±" + charts.Percent(u.far/math.Abs(u.middle))
}

func (u usual) inParts() bool { return u.far < math.Abs(u.middle) }

// work is the arithmetic of the verdict.
func (u usual) work(value float64) []string {
	work := []string{fmt.Sprintf("usual: %s = ±%s", u.how, charts.SI(u.far))}
	if change := u.change(value); strings.HasSuffix(change, "%") {
		work = append(work, fmt.Sprintf("change: (%s - %s) / %s = %s", charts.Exact(value), charts.Exact(u.middle), charts.Exact(math.Abs(u.middle)), change))
	}
	return append(work, "verdict: "+u.verdict(value))
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
