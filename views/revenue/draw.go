package revenue

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"amptui/charts"
	"amptui/views"
)

// empty says why there is nothing to draw: nobody is new, or of those who are no number
// is known.
func (r *answer) empty() string {
	users := 0.0
	for _, g := range r.groups {
		for k, one := range g.rows {
			if (k == 0) == g.all && !math.IsNaN(one.users) { // of all, else each
				users += one.users
			}
		}
	}
	switch users {
	case 0:
		return r.nobody
	case 1:
		return "no number yet: what the new user pays is pending"
	}
	return fmt.Sprintf("no number yet: what the %s new users pay is pending", charts.Exact(users))
}

// chart is the answer as the state's face, with the cursor; without one all
// groups of a table stand under each other.
func (r *answer) chart(s State, at *views.Cells) charts.Chart {
	switch {
	case r.old != nil && s.Face == tableFace:
		t := r.seriesTable(s)
		t.Cursor = -1
		return t
	case r.old != nil:
		return r.overTime(s, at)
	case s.Face == curveFace:
		return r.curve(s, at)
	}
	return r.triangle(s, at)
}

// triangle is the cohorts as a heat map, or with all their sums as a table.
func (r *answer) triangle(s State, at *views.Cells) charts.Heat {
	t := charts.Heat{Corner: "cohort", Fixed: []string{"users"}, Heads: r.heads(), Empty: r.empty()}
	if s.Face == tableFace {
		t.Fixed = append(t.Fixed, "paying", "revenue")
	}
	groups := make([]views.Cohorts, len(r.groups))
	for i, g := range r.groups {
		groups[i] = views.Cohorts{Label: g.label.Safe(), All: g.all}
		if at != nil && i != at.Group {
			continue // there may be hundreds
		}
		for k, one := range g.rows {
			line := charts.HeatRow{Name: one.name, Fixed: []string{charts.Exact(one.users), charts.Exact(one.paid), money(one.amount)}[:len(t.Fixed)]}
			for _, c := range one.cells[:r.shown] {
				line.Cells = append(line.Cells, r.cell(s, c, k == 0 && g.all))
			}
			groups[i].Rows = append(groups[i].Rows, line)
		}
	}
	return views.Triangle(t, groups, at)
}

func (r *answer) heads() []string {
	heads := make([]string, r.shown)
	for i, d := range r.days[:r.shown] {
		heads[i] = strconv.Itoa(d) + "d"
	}
	return heads
}

// cell is a number as the heat map shows it. What is pending has no colour, nor
// has the row of all, which is on another scale where sums are shown.
func (r *answer) cell(s State, c cell, all bool) charts.HeatCell {
	out := charts.HeatCell{Level: math.NaN(), Open: c.sent && c.marked(all)}
	switch {
	case !c.sent:
		out.Text = charts.Exact(math.NaN())
	case c.known():
		out.Text = s.Metric.shown(c.value)
	}
	if s.Face == heatFace && c.known() && !c.pending && !all && r.top > 0 {
		out.Level = c.value / r.top
	}
	return out
}

// curve is what users are worth by age: of all new users, group by group, and of
// the cohort under the cursor.
func (r *answer) curve(s State, at *views.Cells) charts.Line {
	line := charts.Line{
		Axis: charts.Axis{Labels: r.heads(), Step: charts.Day}, Cursor: -1, Focus: -1,
		Heads: []string{"users"}, Empty: r.empty(), Note: "ages as sent, not to scale", Write: s.Metric.shown,
	}
	for i, g := range r.groups {
		if !g.all {
			continue
		}
		one := r.byAge(g.rows[0], i, true)
		if one.Name = g.label.Safe(); one.Name == "" {
			one.Name = g.rows[0].name
		}
		line.Series = append(line.Series, one)
	}
	if len(line.Series) == 0 {
		r.each(&line, at)
	}
	if at == nil || len(r.groups) == 0 {
		return line
	}
	if line.Cursor = at.Col; !slices.ContainsFunc(r.groups, func(g group) bool { return g.all }) {
		return line
	}
	if g := r.groups[at.Group]; len(g.rows) > 0 && (at.Row > 0 || !g.all) {
		line.Series = append(line.Series, r.byAge(g.rows[at.Row], len(r.groups), g.all && at.Row == 0))
		line.Focus = len(line.Series) - 1
	} else if len(r.groups) > 1 {
		line.Focus = at.Group
	}
	return line
}

// each is every cohort that has a number as a curve of its own, where no row of
// all was sent.
func (r *answer) each(line *charts.Line, at *views.Cells) {
	for i, g := range r.groups {
		for k, cohort := range g.rows {
			if !slices.ContainsFunc(cohort.cells, cell.known) {
				continue
			}
			if at != nil && at.Group == i && at.Row == k {
				line.Focus = len(line.Series)
			}
			line.Series = append(line.Series, r.byAge(cohort, len(line.Series), false))
		}
	}
}

// byAge is a row as a series: what is not known is a gap.
func (r *answer) byAge(of row, color int, all bool) charts.Series {
	one := charts.Series{Name: of.name, Color: color, Columns: []string{charts.Exact(of.users)}}
	for _, c := range of.cells[:r.shown] {
		v := c.value
		if !c.known() {
			v = math.NaN()
		}
		one.Values, one.Open = append(one.Values, v), append(one.Open, c.marked(all))
	}
	return one
}

// overTime draws the older endpoint's answer as the time series that it is.
func (r *answer) overTime(s State, at *views.Cells) charts.Line {
	line := charts.Line{
		Axis:   charts.Axis{Times: r.old.Times, Step: views.Step(s.Interval)},
		Cursor: -1, Focus: -1, Heads: []string{"total"}, Empty: "no data: no revenue in these dates", Write: s.Metric.shown,
	}
	if at != nil && len(r.old.Labels) > 0 {
		line.Cursor, line.Focus = at.Col, at.Row
	}
	if slices.Contains(r.open, true) {
		line.Note = "○: not over yet"
	}
	for _, l := range r.old.Labels {
		line.Axis.Labels = append(line.Axis.Labels, l.Safe())
	}
	for i, one := range r.old.Series {
		line.Series = append(line.Series, charts.Series{Name: r.seriesName(s, i), Values: one.Values, Open: r.open, Color: i, Columns: []string{s.Metric.shown(one.Total)}})
	}
	return line
}

func (r *answer) seriesName(s State, i int) string {
	if name := r.names[i]; !name.IsZero() {
		return name.Safe()
	}
	return s.Metric.word()
}

// table has a line for each cell: what spreadsheets and other programs want.
func (r *answer) table(s State) charts.Table {
	if r.old != nil {
		return r.seriesTable(s)
	}
	t := charts.Table{Empty: r.empty(), Cursor: -1}
	grouped := len(r.groups) > 0 && !r.groups[0].label.IsZero()
	if grouped {
		t.Columns = append(t.Columns, charts.Column{Title: "group", Min: 8, Max: 20})
	}
	t.Columns = append(t.Columns,
		charts.Column{Title: "cohort", Min: 13}, charts.Column{Title: "users", Right: true, Min: 7},
		charts.Column{Title: "paying", Right: true, Min: 6, Drop: 2}, charts.Column{Title: "revenue", Right: true, Min: 9, Drop: 1},
		charts.Column{Title: "day", Right: true, Min: 4}, charts.Column{Title: s.Metric.word(), Right: true, Min: 8},
		charts.Column{Min: 2})
	var rows []charts.Row
	for _, g := range r.groups {
		for k, one := range g.rows {
			for n := range one.cells {
				if line, ok := r.line(s, one, n, k == 0 && g.all); ok {
					if grouped {
						line.Cells = append([]charts.Cell{{Text: g.label.Safe()}}, line.Cells...)
					}
					rows = append(rows, line)
				}
			}
		}
	}
	t.Len, t.Row = len(rows), func(i int) charts.Row { return rows[i] }
	return t
}

func (r *answer) line(s State, one row, n int, all bool) (charts.Row, bool) {
	c, name, mark := one.cells[n], one.date, ""
	if all {
		name = one.name
	}
	if c.marked(all) {
		mark = "*"
	}
	value := c.value
	if !c.known() {
		value = math.NaN()
	}
	return charts.Row{Dim: c.marked(all), Cells: []charts.Cell{
		{Text: name},
		charts.Number(one.users, charts.Exact(one.users)), charts.Number(one.paid, charts.Exact(one.paid)),
		charts.Number(one.amount, money(one.amount)), charts.Number(float64(r.days[n]), fmt.Sprint(r.days[n])),
		charts.Number(value, s.Metric.shown(value)),
		{Text: mark},
	}}, c.sent
}

func (r *answer) seriesTable(s State) charts.Table {
	t := charts.Table{Columns: []charts.Column{{Title: "date", Min: 10}}, Len: len(r.old.Labels), Cursor: -1, Empty: r.empty()}
	for i := range r.old.Series {
		t.Columns = append(t.Columns, charts.Column{Title: r.seriesName(s, i), Right: true, Min: 10, Drop: i + 1})
	}
	t.Row = func(i int) charts.Row {
		cells := []charts.Cell{{Text: r.point(i)}}
		for _, one := range r.old.Series {
			v := math.NaN()
			if i < len(one.Values) {
				v = one.Values[i]
			}
			cells = append(cells, charts.Number(v, s.Metric.shown(v)))
		}
		return charts.Row{Cells: cells, Dim: i < len(r.open) && r.open[i]}
	}
	return t
}
