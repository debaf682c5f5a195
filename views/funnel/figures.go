package funnel

import (
	"math"

	"amptui/api"
	"amptui/views"
)

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "conversion", Means: "from the first step to the last, of each group; where recent days may still rise, of the dates whose window is over, which are asked for", Unit: views.Percent},
		{Name: "drop", Means: "the part that is lost at a step, of each step; of the same dates", Unit: views.Percent},
		{Name: "users", Means: "how many began"},
	}
}

// figures are what checks can compare: the conversion of the whole funnel, the
// part that is lost at each step, and who began. Where some days may still rise, the
// rates are those of the dates that do not.
func (r *answer) figures(a asked, of settled) []views.Figure {
	var out []views.Figure
	running := api.AddDays(a.query.Dates.End, 1).After(r.meta.Reaches(a.now))
	for _, whole := range r.groups {
		if len(whole.steps) == 0 {
			continue
		}
		label := whole.label.Safe()
		users := views.Figure{Name: "users", Of: label, Value: whole.steps[0].Count, Before: math.NaN(), Rises: true}
		if running {
			users.Open = views.StillRunning
		}
		out = append(out, users)
		g, open := of.group(whole)
		add := func(name, where string, v float64, printed string) {
			out = append(out, views.Figure{Name: name, Of: views.Joined(", ", label, where, of.dates), Value: v, Percent: true, Before: math.NaN(), Open: open, Printed: printed})
		}
		n := len(g.steps)
		if n > 1 {
			add("conversion", "", ratio(g.count(n-1), g.count(0)), of.printed(part{g.count(n - 1), g.count(0), ""}, "of first", n-1, whole.steps[n-1].OfFirst))
		}
		for k := 1; k < n && k < len(r.steps); k++ {
			add("drop", r.between(k), 1-ratio(g.count(k), g.count(k-1)), of.printed(part{g.count(k), g.count(k - 1), " went on"}, "of previous", k, whole.steps[k].OfPrevious))
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
