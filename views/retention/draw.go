package retention

import (
	"math"
	"slices"
	"strconv"
	"time"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
)

// chart is the answer as the state's face, with the cursor; without one all
// groups of a table stand under each other.
func (r *answer) chart(s State, at *views.Cells) charts.Chart {
	switch s.Face {
	case curveFace:
		return r.curve(s, at)
	case trendFace:
		return r.trend(s, at)
	}
	return r.triangle(s, at)
}

func (r *answer) triangle(s State, at *views.Cells) charts.Heat {
	t := charts.Heat{Corner: s.cohortWord(), Fixed: []string{"users"}, Heads: r.heads, Empty: r.empty}
	groups := make([]views.Cohorts, len(r.groups))
	for i, g := range r.groups {
		groups[i] = views.Cohorts{Label: g.label.Safe(), All: g.all}
		if at != nil && i != at.Group {
			continue // there may be hundreds
		}
		groups[i].Rows = r.rowsOf(s, i)
	}
	return views.Triangle(t, groups, at)
}

// rowsOf are the rows of a group.
func (r *answer) rowsOf(s State, group int) []charts.HeatRow {
	if m := r.made; m != nil && m.group == group && m.counts == s.Counts {
		return m.rows
	}
	var rows []charts.HeatRow
	for _, one := range r.groups[group].rows {
		line := charts.HeatRow{Name: one.name, Fixed: []string{charts.Exact(one.size)}, Cells: make([]charts.HeatCell, len(one.cells))}
		for n, c := range one.cells {
			line.Cells[n] = r.cell(s, c)
		}
		rows = append(rows, line)
	}
	r.made = &madeRows{group, s.Counts, rows}
	return rows
}

func (s State) cohortWord() string {
	switch s.Interval {
	case api.Week:
		return "week of"
	case api.Month:
		return "month"
	}
	return "cohort"
}

// cell is a number as the triangle shows it. Its colour is its rate, whatever
// the number: what is not certain has none.
func (r *answer) cell(s State, c api.RetentionCell) charts.HeatCell {
	out := charts.HeatCell{Level: math.NaN(), Open: c.Incomplete}
	if out.Text = sure(c, wholePercent); s.Counts {
		out.Text = charts.Exact(c.Count)
	}
	if v := rate(c); !c.Incomplete && !math.IsNaN(v) && r.top > 0 {
		out.Level = v / r.top
	}
	return out
}

// sure is a rate as written, or nothing: that nobody came so far is no rate.
func sure(c api.RetentionCell, written func(float64) string) string {
	if c.Incomplete && c.Count == 0 {
		return ""
	}
	return written(rate(c))
}

// wholePercent has no digits behind the point: the cell under the cursor is read
// out exactly. What is above nothing is no 0%, what is below all no 100%.
func wholePercent(v float64) string {
	switch {
	case math.IsNaN(v):
		return charts.Percent(v)
	case v > 0 && v < 0.005:
		return "<1%"
	case v < 1 && v >= 0.995:
		return ">99%"
	}
	return strconv.Itoa(int(math.Round(100*v))) + "%" // a half goes up
}

// curve is how the rate falls: of all cohorts together, group by group, and of
// the cohort under the cursor.
func (r *answer) curve(s State, at *views.Cells) charts.Line {
	line := charts.Line{
		Axis: charts.Axis{Labels: r.heads, Unit: s.unit(), Step: charts.Day}, Percent: true,
		Cursor: -1, Focus: -1, Heads: []string{"users"}, Empty: r.empty,
	}
	for i, g := range r.groups {
		if !g.all {
			continue
		}
		one := series(g.rows[0], i)
		if one.Name = g.label.Safe(); one.Name == "" {
			one.Name = "all cohorts"
		}
		line.Series = append(line.Series, one)
	}
	if len(line.Series) == 0 {
		r.each(&line, at)
	} else if at != nil {
		if cohort, ok := r.under(at); ok {
			line.Series = append(line.Series, series(cohort, len(r.groups)))
			line.Focus = len(line.Series) - 1
		} else if len(r.groups) > 1 {
			line.Focus = at.Group
		}
	}
	if at != nil {
		line.Cursor = at.Col
	}
	if r.open {
		line.Note = "○: may still rise"
	}
	return line
}

// each is every cohort as a curve of its own, where no row of all was sent.
func (r *answer) each(line *charts.Line, at *views.Cells) {
	for i, g := range r.groups {
		for k, cohort := range g.rows {
			if at != nil && at.Group == i && at.Row == k {
				line.Focus = len(line.Series)
			}
			line.Series = append(line.Series, series(cohort, len(line.Series)))
		}
	}
}

// under is the cohort under the cursor, if it is one.
func (r *answer) under(at *views.Cells) (row, bool) {
	if at == nil || at.Group >= len(r.groups) || at.Row >= len(r.groups[at.Group].rows) {
		return row{}, false
	}
	g := r.groups[at.Group]
	return g.rows[at.Row], at.Row > 0 || !g.all
}

func series(of row, color int) charts.Series {
	one := charts.Series{Name: of.name, Color: color, Columns: []string{charts.Exact(of.size)}}
	for _, c := range of.cells {
		one.Values = append(one.Values, rate(c))
		one.Open = append(one.Open, c.Incomplete)
	}
	return one
}

// trend is how one column changes from cohort to cohort: a few columns side by
// side, or one of each group.
func (r *answer) trend(s State, at *views.Cells) charts.Line {
	line := charts.Line{
		Axis: charts.Axis{Step: views.Step(s.Interval)}, Percent: true, Cursor: -1, Focus: -1, Empty: r.empty,
	}
	times, labels := r.cohorts()
	line.Axis.Times, line.Axis.Labels = times, labels
	column := min(1, len(r.heads)-1)
	if at != nil {
		column = at.Col
	}
	if len(r.groups) == 0 {
		return line
	}
	if cohort, ok := r.under(at); ok {
		line.Cursor = slices.Index(labels, cohort.date)
	}
	if len(r.groups) > 1 {
		for i, g := range r.groups {
			one := r.overCohorts(g, column, labels)
			one.Name, one.Color = g.label.Safe(), i
			line.Series = append(line.Series, one)
		}
		line.Note = s.when(column)
		return line
	}
	for i, n := range r.picked(s, column) {
		one := r.overCohorts(r.groups[0], n, labels)
		one.Name, one.Color = s.when(n), i
		line.Series = append(line.Series, one)
		if at != nil && n == column {
			line.Focus = i
		}
	}
	return line
}

// cohorts are the dates of all cohorts of all groups, oldest first. Without
// dates the times are nil.
func (r *answer) cohorts() (times []time.Time, dates []string) {
	var all []row
	dated := true
	for _, g := range r.groups {
		for _, one := range g.cohorts() {
			if !slices.ContainsFunc(all, func(x row) bool { return x.date == one.date }) {
				all = append(all, one)
				dated = dated && !one.time.IsZero()
			}
		}
	}
	if slices.Reverse(all); dated {
		slices.SortStableFunc(all, func(a, b row) int { return a.time.Compare(b.time) })
	}
	for _, one := range all {
		dates = append(dates, one.date)
		if dated {
			times = append(times, one.time)
		}
	}
	return times, dates
}

// cohorts are the rows without the one of all cohorts together.
func (g group) cohorts() []row {
	if g.all {
		return g.rows[1:]
	}
	return g.rows
}

// overCohorts is one column of a group, cohort by cohort.
func (r *answer) overCohorts(g group, column int, dates []string) charts.Series {
	one := charts.Series{Values: make([]float64, len(dates)), Open: make([]bool, len(dates))}
	for i, date := range dates {
		one.Values[i] = math.NaN()
		for _, c := range g.cohorts() {
			if c.date == date && column < len(c.cells) {
				one.Values[i], one.Open[i] = rate(c.cells[column]), c.cells[column].Incomplete
			}
		}
	}
	return one
}

// picked are the columns that a trend shows: some that people ask for, and the
// one under the cursor.
func (r *answer) picked(s State, column int) []int {
	usual := map[api.Interval][]int{api.Day: {1, 7, 14, 30}, api.Week: {1, 4, 8, 12}, api.Month: {1, 3, 6, 12}}[s.Interval]
	if s.Mode == bracket {
		usual = []int{0, 1, 2, 3}
	}
	if !slices.Contains(usual, column) {
		usual = append([]int{column}, usual...)
	}
	return slices.DeleteFunc(usual, func(n int) bool { return n < 0 || n >= len(r.heads) })
}

// table has a line for each cell: what spreadsheets and other programs want.
func (r *answer) table(s State) charts.Table {
	t := charts.Table{Empty: r.empty, Cursor: -1}
	grouped := len(r.groups) > 0 && !r.groups[0].label.IsZero()
	if grouped {
		t.Columns = append(t.Columns, charts.Column{Title: "group", Min: 8, Max: 20})
	}
	t.Columns = append(t.Columns,
		charts.Column{Title: "cohort", Min: 12}, charts.Column{Title: "users", Right: true, Min: 7, Drop: 1},
		charts.Column{Title: s.unit(), Right: true, Min: 5}, charts.Column{Title: "came back", Right: true},
		charts.Column{Title: "of", Right: true, Min: 7}, charts.Column{Title: "rate", Right: true, Min: 6}, charts.Column{Min: 2})
	var rows []charts.Row
	for _, g := range r.groups {
		for k, one := range g.rows {
			name := one.date
			if k == 0 && g.all {
				name = one.name
			}
			for n := range one.cells {
				line := one.line(n, name, r.heads[n])
				if grouped {
					line.Cells = append([]charts.Cell{{Text: g.label.Safe()}}, line.Cells...)
				}
				rows = append(rows, line)
			}
		}
	}
	t.Len, t.Row = len(rows), func(i int) charts.Row { return rows[i] }
	return t
}

func (o row) line(n int, name, column string) charts.Row {
	c, mark := o.cells[n], ""
	if c.Incomplete {
		mark = "*"
	}
	return charts.Row{Dim: c.Incomplete, Cells: []charts.Cell{
		{Text: name},
		charts.Number(o.size, charts.Exact(o.size)),
		{Text: column},
		charts.Number(c.Count, charts.Exact(c.Count)), charts.Number(c.Of, charts.Exact(c.Of)),
		charts.Number(rate(c), sure(c, charts.Percent)),
		{Text: mark},
	}}
}
