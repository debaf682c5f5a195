package revenue

import (
	"fmt"
	"math"

	"amptui/views"
)

// figures are what checks can compare: at each age the metric of all new users
// together, where all of them have reached it, else of the newest cohort that has;
// and how many new users there are.
func (r *answer) figures() []views.Figure {
	var out []views.Figure
	for _, g := range r.groups {
		if g.all && !math.IsNaN(g.rows[0].users) {
			out = append(out, views.Figure{Name: "users", Of: g.label.Safe(), Value: g.rows[0].users, Before: math.NaN()})
		}
		for n, day := range r.days {
			for k, one := range g.rows {
				c := one.cells[n]
				if !c.sent || c.pending || math.IsNaN(c.value) || one.users == 0 {
					continue
				}
				of := views.Joined(", ", g.label.Safe(), one.name)
				if k == 0 && g.all {
					of = g.label.Safe()
				}
				out = append(out, views.Figure{Name: fmt.Sprintf("day %d", day), Of: of, Value: c.value, Before: math.NaN()})
				break
			}
		}
	}
	return out
}
