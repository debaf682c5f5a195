package demo

import (
	"math"
	"slices"
	"strconv"
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
			if k > 0 {
				times[k] = append(times[k], q.log.times[t[k]]-q.log.times[t[k-1]])
			}
		}
		if len(t) == steps && steps > 1 {
			times[0] = append(times[0], q.log.times[t[steps-1]]-q.log.times[t[0]])
		}
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
	return map[string]any{
		"events": names, "groupValue": f.label, "meta": map[string]any{"segmentIndex": segment}, "novaSegmentIndex": segment,
		"cumulativeRaw": raw, "cumulative": ofFirst, "stepByStep": ofPrevious,
		"medianTransTimes": each(times, median), "avgTransTimes": each(times, mean),
		"dayFunnels":          q.dayFrame(f.daily, true),
		"dayMedianTransTimes": q.dayFrame(dayTimes(f.dayTime, median), false),
		"dayAvgTransTimes":    q.dayFrame(dayTimes(f.dayTime, mean), false),
		"propsum":             []any{}, "convertedCounts": converted, "dropoffCounts": dropped,
		"stepTransTimeDistribution": map[string]any{"segment_index": segment, "step_bins": stepBins(times)},
	}
}

// display is a step as the API shows it, with its filters' values.
func (e eventArg) display() string {
	name := e.name
	for _, f := range e.filters {
		for _, v := range f.values {
			name += " (" + v + ")"
		}
	}
	return name
}

func each(times [][]int64, of func([]int64) float64) []float64 {
	out := make([]float64, len(times))
	for k, t := range times {
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

// median is in milliseconds, -1 for nobody; of an even number it is the mean of
// the two in the middle.
func median(times []int64) float64 {
	if len(times) == 0 {
		return -1
	}
	sorted := slices.Clone(times)
	slices.Sort(sorted)
	n := len(sorted)
	return math.Round(float64(sorted[(n-1)/2]+sorted[n/2]) / 2 / 1000)
}

func (q *funnelQuery) dayFrame(series [][]float64, complete bool) map[string]any {
	a := q.axis
	formatted := make([]string, len(a.starts))
	done := make([]bool, len(a.starts))
	for i, t := range a.starts {
		formatted[i] = t.Format("Jan 02")
		done[i] = a.interval.next(t).UnixMicro()+q.window <= q.now
	}
	frame := map[string]any{"xValues": a.labels(), "formattedXValues": formatted, "series": series}
	if complete {
		frame["isComplete"] = done
	}
	return frame
}

// stepBins are the times of each step in bins of growing width.
func stepBins(times [][]int64) []any {
	edges := []time.Duration{
		0, time.Second, 10 * time.Second, time.Minute, 5 * time.Minute, 30 * time.Minute, time.Hour,
		6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour, 30 * 24 * time.Hour, 366 * 24 * time.Hour,
	}
	steps := []any{}
	for _, step := range times {
		counts := make([]int, len(edges)-1)
		for _, t := range step {
			for b := range counts {
				if t < edges[b+1].Microseconds() || b == len(counts)-1 {
					counts[b]++
					break
				}
			}
		}
		bins := []any{}
		for b, n := range counts {
			if n > 0 {
				bins = append(bins, map[string]any{
					"start": edges[b].Milliseconds(), "end": edges[b+1].Milliseconds(),
					"bin_dist": map[string]any{"tempKey": []any{}, "uniques": n, "sums": 0.0, "totals": n},
				})
			}
		}
		steps = append(steps, map[string]any{"bins": bins})
	}
	return steps
}
