package segment

import (
	"math"
	"slices"

	"amptui/api"
	"amptui/views"
)

// figureNames are what checks can compare of a question.
func figureNames(args []string) []views.FigureName {
	s, _ := parse(args) // what cannot be read is named elsewhere
	unit := views.Plain
	if s.Metric == api.Formula {
		unit = views.Ratio
	}
	names := []views.FigureName{
		{Name: "value", Means: "the last point that is over, of each series; its change is against the same weekday a week before, the same hour a day before, with --vs prev the period before", Unit: unit, Changes: true},
		{Name: "total", Means: "of all dates, of each series; its change needs --vs prev", Unit: unit, Changes: s.Compare != ""},
	}
	if s.Metric == api.Histogram {
		return names[1:]
	}
	return names
}

// figures are what checks can compare: of each series that is not hidden its last
// complete point, beside the same point of the period before, and its total.
func (r *answer) figures(s State) []views.Figure {
	var out []views.Figure
	at := r.lastComplete()
	for _, one := range r.columnsFrom(s, 0) {
		name := one.shown.Safe()
		switch {
		case r.times == nil:
		case at < 0:
			out = append(out, views.Figure{Name: "value", Of: name, Value: math.NaN(), Before: math.NaN(), Open: "no " + bucketWord(s.Interval) + " of this answer is over, ask for more dates"})
		default:
			before, since := r.beforePoint(s, one, at)
			out = append(out, views.Figure{
				Name: "value", Counts: s.numberOf(), Of: views.Joined(", ", name, shortName(r.times[at], s.Interval)),
				Value: one.values[at], Before: before, Since: since,
			})
		}
		total := views.Figure{
			Name: "total", Counts: s.numberOf(), Of: name, Value: one.total, Before: one.before, Since: "the period before",
			Rises: s.Metric == api.Uniques || s.Metric == api.Totals,
		}
		if slices.Contains(r.open, true) {
			total.Open = "the last " + bucketWord(s.Interval) + " is not over, --complete leaves it out"
		}
		out = append(out, total)
	}
	return out
}

// numberOf is what the numbers of the metric are numbers of; nothing where they are
// sums, averages or shares.
func (s State) numberOf() string {
	switch s.Metric {
	case api.Uniques:
		return "user"
	case api.Totals:
		return "event"
	}
	return ""
}

// beforePoint is what a point is compared with: the same of the period before
// where that was asked, else the same weekday a week before, the same hour a day
// before, or the point before.
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
