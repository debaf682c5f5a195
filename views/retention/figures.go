package retention

import (
	"math"

	"amptui/api"
	"amptui/views"
	"amptui/views/query"
)

// figures are what checks can compare: who came back, of all cohorts together,
// where that is over; and how many began.
func (r *answer) figures(s State) []views.Figure {
	var out []views.Figure
	for _, g := range r.groups {
		if !g.all || len(g.rows) == 0 {
			continue
		}
		all := g.rows[0]
		if !math.IsNaN(all.size) {
			out = append(out, views.Figure{Name: "size", Of: g.label.Safe(), Value: all.size, Before: math.NaN()})
		}
		for n, c := range all.cells {
			if v := rate(c); !c.Incomplete && !math.IsNaN(v) {
				out = append(out, views.Figure{Name: s.figureName(n), Of: g.label.Safe(), Value: v, Percent: true, Before: math.NaN()})
			}
		}
	}
	return out
}

// figureName is what a check calls a column: day 7, week 2, days 1-7.
func (s State) figureName(n int) string {
	word := query.IntervalWord(s.Interval)
	if s.Mode == bracket {
		word = query.IntervalWord(api.Day) + "s"
	}
	return word + " " + s.column(n)
}
