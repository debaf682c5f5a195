package demo

import (
	"context"
	"slices"
	"strconv"
)

// histogram counts the events by value: each value by itself where there are
// few, else in ten equal spans, the upper bound belonging to the next. The x
// values are the values or spans. Events without a number are left out.
func (q *segmentation) histogram(ctx context.Context) (any, error) {
	var all []seriesOf
	values := map[float64]bool{}
	var tallies []*tally
	pruned := false
	for si, segment := range q.segments {
		for ei, e := range q.events {
			c, err := q.count(ctx, e, segment)
			if err != nil {
				return nil, err
			}
			pruned = pruned || c.pruned
			for g, t := range c.tallies {
				all = append(all, seriesOf{
					event: ei, segment: si, label: c.labels.text[g], grouped: len(c.labels.keys) > 0,
					total: sum(t.counted), done: len(t.values) > 0,
				})
				tallies = append(tallies, t)
				for v := range t.values {
					values[v] = true
				}
			}
		}
	}
	labels, find := spans(values)
	for i, t := range tallies {
		all[i].values = make([]float64, len(labels))
		for v, n := range t.values {
			all[i].values[find(v)] += float64(n)
		}
	}
	all, limited := q.cut(all)
	return wireSeries(all, labels, limited || pruned), nil
}

// spans are the bars of a histogram, and which bar a value falls into.
func spans(values map[float64]bool) (labels []string, find func(float64) int) {
	sorted := make([]float64, 0, len(values))
	for v := range values {
		sorted = append(sorted, v)
	}
	slices.Sort(sorted)
	const few, bars = 20, 10
	labels = []string{}
	if len(sorted) <= few {
		for _, v := range sorted {
			labels = append(labels, textNumber(v))
		}
		return labels, func(v float64) int { i, _ := slices.BinarySearch(sorted, v); return i }
	}
	low, wide := sorted[0], (sorted[len(sorted)-1]-sorted[0])/bars
	for i := range bars {
		labels = append(labels, round(low+float64(i)*wide)+" to "+round(low+float64(i+1)*wide))
	}
	return labels, func(v float64) int { return max(0, min(int((v-low)/wide), bars-1)) }
}

func round(v float64) string { return strconv.FormatFloat(v, 'g', 5, 64) }
