package demo

import (
	"cmp"
	"slices"
)

// seriesOf is one series of an answer, as its metric's numbers.
type seriesOf struct {
	event, segment, formula int
	source                  string // of the formula
	label                   string
	grouped                 bool
	values                  []float64
	total                   float64
	done                    bool // something of it was done
}

// cut orders the series (by segment, formula and event; groups by their total,
// then by name) and keeps as many groups as the limit says. A group that nobody
// is in is none. A series without groups stays with its zeros beside others, so
// that what is compared stays in its place; if nothing at all was done there are
// no series, as in live answers.
func (q *segmentation) cut(all []seriesOf) (kept []seriesOf, limited bool) {
	slices.SortStableFunc(all, func(a, b seriesOf) int {
		return cmp.Or(
			cmp.Compare(a.segment, b.segment), cmp.Compare(a.formula, b.formula), cmp.Compare(a.event, b.event),
			cmp.Compare(b.total, a.total), cmp.Compare(a.label, b.label),
		)
	})
	if !slices.ContainsFunc(all, func(s seriesOf) bool { return s.done }) {
		return nil, false
	}
	count := map[[3]int]int{}
	for _, s := range all {
		if s.grouped && !s.done {
			continue
		}
		of := [3]int{s.segment, s.event, s.formula}
		if count[of]++; s.grouped && count[of] > q.limit {
			limited = true
			continue
		}
		kept = append(kept, s)
	}
	return kept, limited
}

// wireSeries is the live shape: ungrouped labels are numbers, grouped ones pairs
// of the event's number and the value.
func wireSeries(all []seriesOf, x []string, limited bool) answer {
	series, labels, collapsed, meta := []any{}, []any{}, []any{}, []any{}
	for i, s := range all {
		series = append(series, numbersOf(s.values))
		if s.grouped {
			labels = append(labels, []any{s.event, s.label})
		} else {
			labels = append(labels, i)
		}
		collapsed = append(collapsed, []any{map[string]any{"setId": "", "value": number(s.total)}})
		m := map[string]any{"segmentIndex": s.segment, "eventIndex": s.event}
		if s.source != "" {
			m["formulaIndex"], m["formula"] = s.formula, s.source
		}
		meta = append(meta, m)
	}
	return answer{data: map[string]any{
		"series": series, "seriesLabels": labels, "seriesCollapsed": collapsed, "seriesMeta": meta, "xValues": x,
	}, groupLimit: limited}
}

// numbersOf are the values of a row as they are written.
func numbersOf(values []float64) any {
	if !slices.ContainsFunc(values, func(v float64) bool { return number(v) == nil }) {
		return values
	}
	row := make([]any, len(values))
	for i, v := range values {
		row[i] = number(v)
	}
	return row
}
