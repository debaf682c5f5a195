package funnel

import (
	"math"

	"amptui/views"
)

// figures are what checks can compare: the conversion of the whole funnel, the
// part that is lost at each step, and who began. Where some days are immature,
// only tries that began on the others count: who began lately may still convert.
func (r *answer) figures() []views.Figure {
	var out []views.Figure
	for _, g := range r.groups {
		counts, of := g.certain()
		if len(counts) == 0 {
			continue
		}
		label := g.label.Safe()
		add := func(name, where string, v float64, percent bool) {
			if !math.IsNaN(v) {
				out = append(out, views.Figure{Name: name, Of: views.Joined(", ", label, where, of), Value: v, Percent: percent, Before: math.NaN()})
			}
		}
		add("users", "", counts[0], false)
		if n := len(counts); n > 1 {
			add("conversion", "", ratio(counts[n-1], counts[0]), true)
		}
		for k := 1; k < len(counts) && k < len(r.steps); k++ {
			add("drop", r.between(k), 1-ratio(counts[k], counts[k-1]), true)
		}
	}
	return out
}

func ratio(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return math.NaN()
}

// certain is how many got to each step, of tries whose window is over; of says
// which those are where they are not all.
func (g group) certain() (counts []float64, of string) {
	over := 0
	sums := make([]float64, len(g.steps))
	for _, d := range g.days {
		if !d.Complete {
			continue
		}
		over++
		for k := range min(len(sums), len(d.Counts)) {
			sums[k] += d.Counts[k]
		}
	}
	switch {
	case over == len(g.days):
		for k, s := range g.steps {
			sums[k] = s.Count
		}
		return sums, ""
	case over == 0:
		return nil, ""
	}
	return sums, "tries begun on days that are over"
}
