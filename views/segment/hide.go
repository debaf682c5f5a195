package segment

import (
	"math"
	"slices"
	"strings"

	"amptui/charts"
	"amptui/views"
)

// unknown are those of the hidden names that no series has, as they may be shown.
func (r *answer) unknown(s State, m *views.Mask) []string {
	var gone []string
	names := s.hiddenNames(m)
	for i, name := range s.Hide {
		if !slices.ContainsFunc(r.series, func(one series) bool { return one.name == name }) {
			gone = append(gone, names[i].Safe())
		}
	}
	return gone
}

// leftOut names the series that are hidden: a picture has them in its legend, a table
// has no column of them.
func (r *answer) leftOut(s State) []string {
	var names []string
	for _, one := range r.series {
		if s.hidden(one.name) {
			names = append(names, one.shown.Safe())
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"hidden: " + strings.Join(names, ", ")}
}

// columnsFrom are the series that a table has, beginning with one and going round.
func (r *answer) columnsFrom(s State, first int) []series {
	var out []series
	for i := range r.series {
		if one := r.series[(first+i)%len(r.series)]; !s.hidden(one.name) {
			out = append(out, one)
		}
	}
	return out
}

// parts are what part each series has of the total of those that are drawn, in words;
// none of one that is hidden. They are nil where totals do not add up.
func (r *answer) parts(s State) []string {
	if !r.shares(s) {
		return nil
	}
	sum := 0.0
	for _, one := range r.series {
		if !s.hidden(one.name) {
			sum += one.total
		}
	}
	parts := make([]string, len(r.series))
	for i, one := range r.series {
		part := math.NaN()
		if !s.hidden(one.name) {
			part = one.total / sum
		}
		parts[i] = charts.Percent(part)
	}
	return parts
}
