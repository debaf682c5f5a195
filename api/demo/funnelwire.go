package demo

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// wire is the live shape of one group.
func (f *funnelGroup) wire(q *funnelQuery, segment int) map[string]any {
	steps := len(q.steps)
	raw := make([]int, steps)
	times := make([][]int64, steps)
	for _, t := range f.best {
		for k := range t {
			raw[k]++
		}
		t.times(q.log, steps, times)
	}
	ofFirst, ofPrevious := make([]float64, steps), make([]float64, steps)
	converted, dropped := map[string]int{}, map[string]int{}
	names := make([]string, steps)
	for k := range raw {
		before := raw[max(k-1, 0)]
		ofFirst[k], ofPrevious[k] = ratio(float64(raw[k]), float64(raw[0])), ratio(float64(raw[k]), float64(before))
		converted[strconv.Itoa(k)], dropped[strconv.Itoa(k)] = raw[k], before-raw[k]
		names[k] = q.steps[k].display()
	}
	answer := map[string]any{
		"events": names, "groupValue": f.label, "meta": map[string]any{"segmentIndex": segment}, "novaSegmentIndex": segment,
		"cumulativeRaw": raw, "cumulative": ofFirst, "stepByStep": ofPrevious,
		"medianTransTimes": each(times, median), "avgTransTimes": each(times, mean),
		"dayFunnels":                q.dayFrame(f.daily, true),
		"dayMedianTransTimes":       q.dayFrame(dayTimes(f.dayTime, median), false),
		"dayAvgTransTimes":          q.dayFrame(dayTimes(f.dayTime, mean), false),
		"dayPropsum":                q.dayFrame(make([][]float64, len(f.daily)), false),
		"propsum":                   []any{},
		"stepTransTimeDistribution": map[string]any{"segment_index": segment, "step_bins": stepBins(len(f.best), times)},
	}
	none, nobody := map[string]any{}, map[string]int{}
	for k := range raw {
		none[strconv.Itoa(k)], nobody[strconv.Itoa(k)] = []any{nil}, 0
	}
	for _, kind := range []string{"Counts", "TotalCounts", "UniqueCounts"} {
		answer["converted"+kind], answer["dropoff"+kind] = converted, dropped
	}
	for _, key := range []string{"excludedDropoffCounts", "excludedDropoffTotalCounts", "excludedUniqueDropoffCounts"} {
		answer[key] = nobody
	}
	// Live answers always have nulls here.
	byDay := map[string]any{}
	for _, label := range q.axis.labels() {
		byDay[label] = none
	}
	for _, key := range []string{"converted", "dropoff", "excludedDropoff"} {
		answer[key], answer[key+"ByDay"] = none, byDay
	}
	return answer
}

// display is a step as the API shows it, with its filters' values.
func (e eventArg) display() string {
	name := e.name
	for _, f := range e.filters {
		name += " (" + strings.Join(f.values, ", ") + ")"
	}
	return name
}

// each is a figure of the times of each step. The times are sorted for it, so
// that sums do not depend on the order of the users.
func each(times [][]int64, of func([]int64) float64) []float64 {
	out := make([]float64, len(times))
	for k, t := range times {
		slices.Sort(t)
		out[k] = of(t)
	}
	return out
}

func dayTimes(all [][][]int64, of func([]int64) float64) [][]float64 {
	out := make([][]float64, len(all))
	for b, times := range all {
		out[b] = each(times, of)
	}
	return out
}

// mean is in milliseconds, -1 for nobody.
func mean(times []int64) float64 {
	if len(times) == 0 {
		return -1
	}
	total := 0.0
	for _, t := range times {
		total += float64(t)
	}
	return math.Round(total / float64(len(times)) / 1000)
}

// median is of sorted times, in milliseconds, -1 for nobody; of an even number
// it is the mean of the two in the middle.
func median(times []int64) float64 {
	if len(times) == 0 {
		return -1
	}
	n := len(times)
	return math.Round(float64(times[(n-1)/2]+times[n/2]) / 2 / 1000)
}

func (q *funnelQuery) dayFrame(series [][]float64, complete bool) map[string]any {
	a := q.axis
	formatted := make([]string, len(a.starts))
	done := make([]bool, len(a.starts))
	for i, t := range a.starts {
		formatted[i] = t.Format("Jan 02")
		if t.Year() != time.UnixMicro(q.now).In(t.Location()).Year() {
			formatted[i] = t.Format("Jan 02, 2006")
		}
		if series[i] == nil {
			series[i] = []float64{}
		}
		done[i] = a.interval.next(t).UnixMicro()+q.window <= q.now
	}
	frame := map[string]any{"xValues": a.labels(), "formattedXValues": formatted, "series": series}
	if complete {
		frame["isComplete"] = done
	}
	return frame
}

// stepBins are the times of each step after the one before, in bins of growing
// width; everybody takes no time to the first.
func stepBins(users int, times [][]int64) []any {
	edges := []time.Duration{
		0, time.Second, 10 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, time.Hour,
		6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour, 367 * 24 * time.Hour,
	}
	bin := func(b, n int) any {
		return map[string]any{
			"start": edges[b].Milliseconds(), "end": edges[b+1].Milliseconds(),
			"bin_dist": map[string]any{"tempKey": []any{}, "uniques": n, "sums": 0.0, "totals": n},
		}
	}
	steps := []any{map[string]any{"bins": []any{bin(0, users)}}}
	for _, step := range times[1:] {
		counts := make([]int, len(edges)-1)
		for _, t := range step {
			above := slices.IndexFunc(edges, func(e time.Duration) bool { return t < e.Microseconds() })
			counts[above-1]++
		}
		bins := []any{}
		for b, n := range counts {
			if n > 0 {
				bins = append(bins, bin(b, n))
			}
		}
		steps = append(steps, map[string]any{"bins": bins})
	}
	return steps
}
