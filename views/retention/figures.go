package retention

import (
	"math"

	"amptui/api"
	"amptui/views"
	"amptui/views/query"
)

// figureNames are what checks can compare of a question.
func figureNames(args []string) []views.FigureName {
	s, _ := parse(args) // what cannot be read is named elsewhere
	size := views.FigureName{Name: "size", Means: "how many began"}
	if s.Mode != bracket {
		return append([]views.FigureName{size}, views.Ages(query.IntervalWord(s.Interval), "who came back, of all cohorts that are so old; by --interval week 3, month 2, by --brackets days 1-7", views.Percent)...)
	}
	names := []views.FigureName{size}
	for n := range s.Brackets {
		names = append(names, views.FigureName{Name: s.figureName(n), Means: "who came back", Unit: views.Percent})
	}
	return names
}

// figures are what checks can compare: who came back, of all cohorts together,
// and how many began, who may become more while the last day of the range runs.
func (r *answer) figures(s State, running bool) []views.Figure {
	var out []views.Figure
	for _, g := range r.groups {
		if !g.all || len(g.rows) == 0 {
			continue
		}
		all := g.rows[0]
		size := views.Figure{Name: "size", Counts: "user", Of: g.label.Safe(), Value: all.size, Before: math.NaN(), Rises: true}
		if running {
			size.Open = views.StillRunning
		}
		out = append(out, size)
		for n, c := range all.cells {
			one := views.Figure{Name: s.figureName(n), Of: g.label.Safe(), Value: rate(c), Percent: true, Before: math.NaN()}
			if c.Incomplete {
				one.Open = "no cohort is so old yet, ask for earlier dates"
			}
			out = append(out, one)
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
