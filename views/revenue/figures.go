package revenue

import (
	"fmt"
	"math"

	"amptui/views"
)

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return append([]views.FigureName{{Name: "users", Means: "how many are new"}}, views.Ages("day", "the metric by that age; of all who are so old, else of the newest cohort that is", views.Plain)...)
}

// figures are what checks can compare: at each age the metric of all new users
// together, where all of them have reached it, else of the newest cohort that has;
// and how many new users there are, who may become more while the last day of the
// range runs.
func (r *answer) figures(running bool) []views.Figure {
	var out []views.Figure
	for _, g := range r.groups {
		if g.all {
			users := views.Figure{Name: "users", Of: g.label.Safe(), Value: g.rows[0].users, Before: math.NaN(), Rises: true}
			if running {
				users.Open = views.StillRunning
			}
			out = append(out, users)
		}
		for n := range r.days {
			out = append(out, r.atAge(g, n))
		}
	}
	return out
}

// atAge is the metric at the n-th age.
func (r *answer) atAge(g group, n int) views.Figure {
	f := views.Figure{
		Name: fmt.Sprintf("day %d", r.days[n]), Of: g.label.Safe(), Value: math.NaN(), Before: math.NaN(), Write: r.write,
		Open: "no new users are so old yet, ask for earlier dates",
	}
	for k, one := range g.rows {
		c := one.cells[n]
		if !c.sent || c.pending || math.IsNaN(c.value) || one.users == 0 {
			continue
		}
		if k > 0 || !g.all {
			f.Of = views.Joined(", ", f.Of, one.name)
		}
		f.Value, f.Open = c.value, ""
		return f
	}
	return f
}
