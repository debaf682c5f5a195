package segment

import (
	"fmt"
	"math"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// look is how the answer is looked at: nothing of it changes the question.
type look struct {
	cursor   int // point, -1 is none
	focus    int // series, -1 is none
	from, to int // visible points; to 0 is all
	kept     *charts.Backdrop
}

// chart is the answer as the state's face.
func (r *answer) chart(s State, a asked, l look) charts.Chart {
	line := r.line(s, a, l)
	switch {
	case r.times == nil && len(r.labels) > 0:
		return r.categories(s, l)
	case s.Face == tableFace:
		return r.table(s, l)
	case s.Face == barFace && len(r.series) > 1:
		return r.bars(s, l)
	case s.Face == barFace, s.Face == stackedFace && s.adds():
		return charts.Columns(line)
	}
	return line
}

func (r *answer) line(s State, a asked, l look) charts.Line {
	line := charts.Line{
		Axis:   charts.Axis{Times: r.times, Step: views.Step(s.Interval), Labels: safe(r.labels)},
		Heads:  r.heads(s, l.cursor),
		Room:   r.room,
		Cursor: l.cursor, Focus: l.focus, From: l.from, To: l.to,
		Log: s.Log, Fit: s.Fit, Kept: l.kept,
		Note:  r.unfinished(s, a),
		Empty: r.empty,
	}
	if s.Metric == api.ActivePercent {
		line.Write = s.exact
	}
	parts := r.parts(s)
	for i, one := range r.series {
		columns := r.columns(s, one, l.cursor)
		if parts != nil {
			columns = append(columns, parts[i])
		}
		line.Series = append(line.Series, charts.Series{
			Name: one.shown.Safe(), Values: one.values, Open: r.open, Color: i,
			Hidden: s.hidden(one.name), Columns: columns,
		})
	}
	for i, one := range r.series {
		if one.previous != nil && !s.hidden(one.name) {
			line.Series = append(line.Series, charts.Series{
				Name: "before", Values: one.previous, Previous: true, Color: i,
			})
		}
	}
	return line
}

func safe(labels []text.Raw) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = l.Safe()
	}
	return out
}

// heads are the titles of the legend's columns.
func (r *answer) heads(s State, cursor int) []string {
	heads := []string{"total"}
	switch {
	case s.Compare == previous && cursor >= 0: // of the point that the legend names
		heads = []string{r.earlierName(cursor), "change"}
	case s.Compare == previous:
		heads = append(heads, r.changeHead())
	}
	if r.shares(s) {
		heads = append(heads, "share")
	}
	return heads
}

// changeHead says of the changes of totals whether the dates are over.
func (r *answer) changeHead() string {
	if r.soFar {
		return "change so far"
	}
	return "change"
}

func (r *answer) shares(s State) bool { return s.adds() && len(r.series) > 1 }

// columns are one series' legend cells without its share: under a cursor the point's
// change.
func (r *answer) columns(s State, one series, cursor int) []string {
	cells := []string{s.brief(one.total)}
	if s.Compare == previous {
		if cursor >= 0 {
			cells[0] = s.exact(one.earlierAt(cursor))
		}
		cells = append(cells, charts.Delta(r.changeOf(one, cursor)))
	}
	return cells
}

// legendRoom is what the columns of the legend take at most that are other ones at each
// point.
func (r *answer) legendRoom(s State) []int {
	room := []int{0, 0}
	note := func(cells []string) {
		for i := range room {
			room[i] = max(room[i], charts.Width(cells[i]))
		}
	}
	note(r.heads(s, -1))
	for at := range r.labels {
		note([]string{r.earlierName(at), "change"})
	}
	for _, one := range r.series {
		note(r.columns(s, one, -1))
		for at := range r.labels {
			note([]string{s.exact(one.earlierAt(at)), charts.Delta(r.changeOf(one, at))})
		}
	}
	return room
}

// earlierName names the point of the period before that a point is compared with:
// its weekday and its hour are those of the point.
func (r *answer) earlierName(at int) string {
	if at >= len(r.earlier) {
		return "before"
	}
	return r.earlier[at].Format("2 Jan")
}

// earlierAt is the value that a point is compared with; NaN is none.
func (l series) earlierAt(at int) float64 {
	if at >= len(l.previous) {
		return math.NaN()
	}
	return l.previous[at]
}

// changeOf is the change of a point; at -1 that of the totals, which stand beside it.
func (r *answer) changeOf(one series, at int) float64 {
	switch {
	case at < 0:
		return change(one.total, one.before)
	case r.open[at]:
		return math.NaN()
	}
	return change(one.values[at], one.earlierAt(at))
}

// bars ranks the series by their totals.
func (r *answer) bars(s State, l look) charts.Bars {
	b := charts.Bars{Cursor: l.focus, Empty: r.empty, Compared: s.Compare == previous}
	if b.Compared {
		b.Heads = []string{"total", "before", r.changeHead()}
	}
	parts := r.parts(s)
	for i, one := range r.series {
		bar := charts.Bar{
			Name: one.shown.Safe(), Value: one.total, Text: s.exact(one.total), Color: i, Before: one.before,
			Hidden: s.hidden(one.name),
		}
		if b.Compared {
			bar.Columns = []string{s.exact(one.before), charts.Delta(r.changeOf(one, -1))}
		}
		if parts != nil {
			bar.Extra = parts[i]
		}
		b.Bars = append(b.Bars, bar)
	}
	return b
}

// categories draws an answer whose points are not dates, such as a histogram.
func (r *answer) categories(s State, l look) charts.Chart {
	if s.Face == tableFace {
		return r.table(s, l)
	}
	b := charts.Bars{Cursor: l.cursor, Empty: r.empty, Compared: s.Compare == previous}
	if b.Compared {
		b.Heads = []string{"value", "before", r.changeHead()}
	}
	for i, label := range r.labels {
		for j, one := range r.series {
			if s.hidden(one.name) {
				continue
			}
			name := label.Safe()
			if len(r.series) > 1 {
				name += "  " + one.shown.Safe()
			}
			bar := charts.Bar{Name: name, Value: one.values[i], Text: charts.Exact(one.values[i]), Color: j, Before: one.earlierAt(i)}
			if b.Compared {
				bar.Columns = []string{charts.Exact(bar.Before), charts.Delta(r.changeOf(one, i))}
			}
			b.Bars = append(b.Bars, bar)
		}
	}
	return b
}

// table has a row for each point and a column for each series that is not hidden,
// beginning with the series in focus.
func (r *answer) table(s State, l look) charts.Table {
	head := bucketWord(s.Interval)
	if r.times == nil {
		head = "value"
	}
	names := 10
	for i := range r.labels {
		names = max(names, charts.Width(r.rowName(i, s.Interval)))
	}
	t := charts.Table{
		Columns: []charts.Column{{Title: head, Min: min(names, 32), Want: names}, {Title: "", Min: 2}},
		Len:     len(r.labels), Cursor: l.cursor, Empty: r.empty,
	}
	if len(r.series) == 0 {
		t.Len = 0
	}
	drawn := r.columnsFrom(s, max(l.focus, 0))
	for i, one := range drawn {
		name, wide := one.shown.Safe(), max(10, s.widest(one.values), s.widest(one.previous))
		t.Columns = append(t.Columns, charts.Column{Title: name, Right: true, Min: wide, Drop: i + 1})
		if one.previous != nil {
			t.Columns = append(t.Columns,
				charts.Column{Title: "before", Of: name, Right: true, Min: wide, Drop: i + 1},
				charts.Column{Title: "change", Of: name, Right: true, Min: r.widestChange(one), Drop: i + 1})
		}
	}
	t.Row = func(i int) charts.Row { return r.row(s, i, drawn) }
	return t
}

// widest is the room that the numbers need.
func (s State) widest(values []float64) int {
	wide := 0
	for _, v := range values {
		wide = max(wide, charts.Width(s.exact(v)))
	}
	return wide
}

// widestChange is the room that the changes need: the longest is the largest one.
func (r *answer) widestChange(one series) int {
	largest := 0.0
	for i := range one.previous {
		if c := math.Abs(r.changeOf(one, i)); c > largest {
			largest = c
		}
	}
	return max(charts.Width("± 99.9%"), charts.Width(charts.Delta(largest)))
}

func (r *answer) row(s State, i int, drawn []series) charts.Row {
	mark := ""
	if r.open[i] {
		mark = "*"
	}
	cells := []charts.Cell{{Text: r.rowName(i, s.Interval)}, {Text: mark}}
	cell := func(v float64) charts.Cell { return charts.Number(v, s.exact(v)) }
	for _, one := range drawn {
		cells = append(cells, cell(one.values[i]))
		if one.previous != nil {
			change := r.changeOf(one, i)
			cells = append(cells, cell(one.previous[i]), charts.Number(change, charts.Delta(change)))
		}
	}
	return charts.Row{Cells: cells, Dim: r.open[i]}
}

// rowName is the point as tables and exports name it: an ISO date or time.
func (r *answer) rowName(i int, interval api.Interval) string {
	if i >= len(r.times) {
		return r.labels[i].Safe()
	}
	return isoPoint(r.times[i], interval)
}

func isoPoint(t time.Time, interval api.Interval) string {
	if interval == api.Hour || interval == api.FiveMinutes {
		return t.Format(time.RFC3339)
	}
	return t.Format(time.DateOnly)
}

// data is the documented JSON of the answer.
func (r *answer) data(s State) any {
	type before struct {
		Values []views.Number `json:"values"`
		Total  views.Number   `json:"total"`
	}
	type oneSeries struct {
		Label      text.Raw       `json:"label"`
		Values     []views.Number `json:"values"`
		Total      views.Number   `json:"total"`
		Incomplete []bool         `json:"incomplete"`
		Hidden     bool           `json:"hidden,omitempty"`
		Previous   *before        `json:"previous,omitempty"`
	}
	all := make([]oneSeries, len(r.series))
	for i, one := range r.series {
		all[i] = oneSeries{Label: one.shown, Values: views.Numbers(one.values), Total: views.Number(one.total), Incomplete: r.open, Hidden: s.hidden(one.name)}
		if one.previous != nil {
			all[i].Previous = &before{views.Numbers(one.previous), views.Number(one.before)}
		}
	}
	x := make([]any, len(r.labels))
	for i := range x {
		if x[i] = r.labels[i]; i < len(r.times) {
			x[i] = isoPoint(r.times[i], s.Interval)
		}
	}
	return struct {
		X      []any       `json:"x"`
		Series []oneSeries `json:"series"`
	}{x, all}
}

// info says in words what the picture shows.
func (r *answer) info(s State, a asked) string {
	d := a.query.Dates
	metric := metricWord(s)
	if s.Metric == api.ActivePercent {
		metric += ", as the API counts it"
	}
	said := fmt.Sprintf("%s per %s · %s to %s", metric, bucketWord(s.Interval),
		d.Start.Format("2 Jan 2006"), d.End.Format("2 Jan 2006"))
	if a.before != nil {
		said += fmt.Sprintf(" · before: %s to %s", a.before.Dates.Start.Format("2 Jan"), a.before.Dates.End.Format("2 Jan 2006"))
	}
	return said
}
