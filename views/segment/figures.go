package segment

import (
	"math"

	"amptui/api"
	"amptui/views"
)

// figures are what checks can compare: of each series its last complete point,
// beside the same point of the period before, and its total where all of it is
// over.
func (r *answer) figures(s State) []views.Figure {
	var out []views.Figure
	at := r.lastComplete()
	for _, one := range r.series {
		name := one.shown.Safe()
		if at >= 0 && r.times != nil && !math.IsNaN(one.values[at]) {
			before, since := r.beforePoint(s, one, at)
			out = append(out, views.Figure{
				Name: "value", Of: views.Joined(", ", name, shortName(r.times[at], s.Interval)),
				Value: one.values[at], Before: before, Since: since,
			})
		}
		if !r.anyOpen() && !math.IsNaN(one.total) {
			out = append(out, views.Figure{Name: "total", Of: name, Value: one.total, Before: one.before, Since: "the period before"})
		}
	}
	return out
}

func (r *answer) anyOpen() bool {
	for _, open := range r.open {
		if open {
			return true
		}
	}
	return false
}

// beforePoint is what a point is compared with: the same of the period before
// where that was asked, else the same weekday a week before, else the point before.
func (r *answer) beforePoint(s State, one series, at int) (float64, string) {
	if one.previous != nil {
		return one.previous[at], "the period before"
	}
	back := 1
	switch s.Interval {
	case api.Day:
		back = 7
	case api.Hour:
		back = 24
	}
	if at < back || r.open[at-back] {
		return math.NaN(), ""
	}
	return one.values[at-back], shortName(r.times[at-back], s.Interval)
}
