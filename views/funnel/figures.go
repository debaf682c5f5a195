package funnel

import (
	"math"

	"amptui/api"
	"amptui/views"
)

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "conversion", Means: "from the first step to the last, of each group; of tries whose window is over", Unit: views.Percent},
		{Name: "drop", Means: "the part that is lost at a step, of each step", Unit: views.Percent},
		{Name: "users", Means: "how many began"},
	}
}

// figures are what checks can compare: the conversion of the whole funnel, the
// part that is lost at each step, and who began. Where some days are immature,
// only tries that began on the others count: who began lately may still convert.
func (r *answer) figures(a asked) []views.Figure {
	var out []views.Figure
	running := api.AddDays(a.query.Dates.End, 1).After(r.meta.Reaches(a.now))
	for _, g := range r.groups {
		if len(g.steps) == 0 {
			continue
		}
		label := g.label.Safe()
		users := views.Figure{Name: "users", Of: label, Value: g.steps[0].Count, Before: math.NaN(), Rises: true}
		if running {
			users.Open = views.StillRunning
		}
		out = append(out, users)
		counts, of, open := g.certain()
		add := func(name, where string, v float64) {
			out = append(out, views.Figure{Name: name, Of: views.Joined(", ", label, where, of), Value: v, Percent: true, Before: math.NaN(), Open: open})
		}
		n := len(counts)
		if n > 1 {
			add("conversion", "", ratio(counts[n-1], counts[0]))
		}
		for k := 1; k < n && k < len(r.steps); k++ {
			add("drop", r.between(k), 1-ratio(counts[k], counts[k-1]))
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
// which those are where they are not all, open that there are none.
func (g group) certain() (counts []float64, of, open string) {
	over := 0
	all, sums := make([]float64, len(g.steps)), make([]float64, len(g.steps))
	for k, s := range g.steps {
		all[k] = s.Count
	}
	for _, d := range g.days {
		if !d.Complete {
			continue
		}
		over++
		for k := range min(len(sums), len(d.Counts)) {
			if !math.IsNaN(d.Counts[k]) {
				sums[k] += d.Counts[k]
			}
		}
	}
	switch over {
	case len(g.days):
		return all, "", ""
	case 0:
		return all, "", "who began last may still convert, ask for a shorter --within or earlier dates"
	}
	return sums, "tries begun on days that are over", ""
}
