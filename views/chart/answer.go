package chart

import (
	"math"
	"slices"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// answer is a saved chart as it may be shown. What it is of, the API does not say,
// so that with the mask on all its names are pseudonyms.
type answer struct {
	title string
	about []string
	heads []text.Raw
	rows  []row
	graph views.Graph // the rows as series over the columns of numbers
	words bool        // some cells are no numbers: it is a list, not a chart
}

// row is one row of the table.
type row struct {
	names  []text.Raw
	values []float64
	words  []text.Raw // nil where all cells are numbers
}

// newAnswer turns what the API said into what is drawn. It is pure.
func newAnswer(got api.Chart, now time.Time, m *views.Mask) answer {
	masked := func(words []text.Raw) []text.Raw {
		out := make([]text.Raw, len(words))
		for i, w := range words {
			out[i] = m.Pseudonym("text", w)
		}
		return out
	}
	r := answer{title: m.Pseudonym("text", got.Title).Safe(), heads: got.Heads}
	for _, line := range masked(got.About) {
		r.about = append(r.about, line.Safe())
	}
	r.graph = views.Graph{Points: "point", Labels: got.X, Times: got.Times, Step: step(got), Empty: "no data: the chart has no rows"}
	if len(r.graph.Labels) == 0 {
		r.graph.Times = nil
	}
	for _, t := range r.graph.Times {
		open := interval(r.graph.Step).Next(t).After(now)
		if r.graph.Open = append(r.graph.Open, open); open {
			r.graph.Note = "○: not over yet"
		}
	}
	for _, one := range got.Rows {
		names := masked(one.Names)
		r.rows = append(r.rows, row{names, one.Values, masked(one.Words)})
		r.words = r.words || one.Words != nil
		r.graph.Series = append(r.graph.Series, views.GraphSeries{Name: query.JoinNames(names...), Word: "values", Values: one.Values, Total: math.NaN()})
	}
	return r
}

// step is how far the points of a dated axis are from each other.
func step(got api.Chart) charts.Step {
	if len(got.Times) < 2 {
		return charts.Day
	}
	switch days := got.Times[1].Sub(got.Times[0]).Hours() / 24; {
	case days >= 27:
		return charts.Month
	case days >= 6:
		return charts.Week
	case days >= 0.9:
		return charts.Day
	case days >= 0.04:
		return charts.Hour
	}
	return charts.FiveMinutes
}

// interval is the interval of a step.
func interval(step charts.Step) api.Interval {
	return map[charts.Step]api.Interval{
		charts.FiveMinutes: api.FiveMinutes, charts.Hour: api.Hour, charts.Day: api.Day, charts.Week: api.Week, charts.Month: api.Month,
	}[step]
}

// interval is how long a point of the chart is, as far as it is one of time.
func (r *answer) interval() api.Interval { return interval(r.graph.Step) }

// face is how an answer is drawn where auto was asked, and what cannot be drawn is a
// table.
func (r *answer) face(f Face) Face {
	switch {
	case r.words || len(r.graph.Labels) == 0:
		return tableFace
	case f == barFace || f == tableFace:
		return f
	case f == lineFace && len(r.graph.Times) > 0, len(r.graph.Times) > 1:
		return lineFace
	}
	return barFace // between points that are no dates there is no line
}

// next is the next face that draws something else; false where there is none.
func (r *answer) next(f Face) (Face, bool) {
	next := views.Next(faces(), f)
	for ; next != f; next = views.Next(faces(), next) {
		if r.face(next) != r.face(f) {
			return next, true
		}
	}
	return f, false
}

// why says why something is a table that was to be drawn.
func (r *answer) why(f Face) string {
	switch {
	case len(r.rows) == 0:
		return ""
	case f != tableFace && r.words:
		return "not all cells are numbers: this is a table"
	case f == lineFace && len(r.graph.Times) == 0:
		return "the points are no dates: there is no line between them"
	}
	return ""
}

// picture is the answer as a face.
func (r *answer) picture(f Face, at *views.Spot) charts.Chart {
	switch r.face(f) {
	case lineFace:
		return r.graph.Line(at)
	case barFace:
		return r.bars(at)
	}
	return r.table(at)
}

// bars has a bar for each row, of the column under the cursor: the columns may be
// different measures.
func (r *answer) bars(at *views.Spot) charts.Bars {
	b := charts.Bars{Cursor: -1, Empty: r.graph.Empty}
	column := 0
	if at != nil {
		b.Cursor, column = at.Series, at.Point
	}
	for _, one := range r.rows {
		v := one.values[column]
		b.Bars = append(b.Bars, charts.Bar{Name: query.JoinNames(one.names...).Safe(), Value: v, Text: charts.Exact(v)})
	}
	return b
}

// table is the rows as they were sent. With a cursor the columns begin at the one
// under it; where they are dates they go back in time from there.
func (r *answer) table(at *views.Spot) charts.Table {
	t := charts.Table{Len: len(r.rows), Cursor: -1, Empty: r.graph.Empty}
	for _, h := range r.heads {
		wide := charts.Width(h.Safe())
		for _, one := range r.rows {
			for i, name := range one.names {
				if r.heads[i] == h {
					wide = max(wide, charts.Width(name.Safe()))
				}
			}
		}
		t.Columns = append(t.Columns, charts.Column{Title: h.Safe(), Min: min(wide, 24), Want: wide})
	}
	order := make([]int, len(r.graph.Labels))
	for i := range order {
		order[i] = i
	}
	if at != nil {
		t.Cursor = at.Series
		first := min(at.Point, len(order))
		order = append(slices.Clone(order[first:]), order[:first]...)
		if len(r.graph.Times) > 0 && len(order) > 0 {
			slices.Reverse(order[1:]) // back in time
		}
	}
	for n, i := range order {
		drop := n + 1
		if at == nil && len(r.graph.Times) > 0 {
			drop = len(order) - n // the newest stay
		}
		t.Columns = append(t.Columns, charts.Column{Title: r.graph.Labels[i].Safe() + r.mark(i), Right: true, Min: 8, Drop: drop})
	}
	t.Row = func(i int) charts.Row {
		one := r.rows[i]
		var cells []charts.Cell
		for _, name := range one.names {
			cells = append(cells, charts.Cell{Text: name.Safe()})
		}
		for _, k := range order {
			if len(one.words) > 0 && math.IsNaN(one.values[k]) {
				cells = append(cells, charts.Cell{Text: one.words[k].Safe()})
				continue
			}
			cells = append(cells, charts.Number(one.values[k], charts.Exact(one.values[k])))
		}
		return charts.Row{Cells: cells}
	}
	return t
}

// mark is what stands behind the name of a point that is not over.
func (r *answer) mark(i int) string {
	if i < len(r.graph.Open) && r.graph.Open[i] {
		return "*"
	}
	return ""
}

// remarks are what the chart is called, what it is about, and which of its points are
// not over.
func (r *answer) remarks() []string {
	var notes []string
	if r.title != "" && !slices.Contains(r.about, r.title) {
		notes = append(notes, r.title)
	}
	notes = append(notes, r.about...)
	if at := slices.Index(r.graph.Open, true); at >= 0 && at == len(r.graph.Open)-1 {
		notes = append(notes, "* "+r.graph.Point(at)+" is not over yet")
	} else if at >= 0 {
		notes = append(notes, "* not over yet from "+r.graph.Point(at)+" on")
	}
	return notes
}

// data is the documented JSON of the answer.
func (r *answer) data() any {
	type oneRow struct {
		Names  []text.Raw     `json:"names"`
		Values []views.Number `json:"values"`
		Words  []text.Raw     `json:"words,omitempty"`
	}
	rows := make([]oneRow, len(r.rows))
	for i, one := range r.rows {
		rows[i] = oneRow{one.names, views.Numbers(one.values), one.words}
	}
	heads, x := r.heads, make([]any, len(r.graph.Labels))
	if heads == nil {
		heads = []text.Raw{}
	}
	for i := range x {
		if x[i] = r.graph.Labels[i]; i < len(r.graph.Times) {
			x[i] = r.graph.Point(i)
		}
	}
	return struct {
		Title      string     `json:"title"`
		Heads      []text.Raw `json:"heads"`
		X          []any      `json:"x"`
		Incomplete []bool     `json:"incomplete,omitempty"`
		Rows       []oneRow   `json:"rows"`
	}{r.title, heads, x, r.graph.Open, rows}
}

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "value", Means: "the last number of each row, of dates the last one that is over", Unit: views.Ratio},
		{Name: "rows", Means: "how many rows there are", Unit: views.Plain},
	}
}

// figures are what checks can compare.
func (r *answer) figures() []views.Figure {
	out := []views.Figure{{Name: "rows", Value: float64(len(r.rows)), Before: math.NaN()}}
	for i, one := range r.rows {
		if at := r.graph.LastOver(); at >= 0 {
			out = append(out, views.Figure{Name: "value", Of: r.graph.Series[i].Name.Safe() + ", " + r.graph.Point(at), Value: one.values[at], Before: math.NaN()})
		}
	}
	return out
}
