package funnel

import (
	"fmt"
	"math"
	"strings"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

// look is how the answer is looked at: nothing of it changes the question.
type look struct {
	step  int // under the cursor
	group int // the one that is shown where one is shown at a time
	day   int // point under the cursor of the days, -1 is none
}

// chart is the answer as the state's face, with so many bars of times at most.
func (r *answer) chart(s State, l look, rows int) charts.Chart {
	switch s.Face {
	case dayFace:
		return r.overDays(s, l)
	case timeFace:
		return r.times(l, rows)
	case tableFace:
		return r.table(l)
	}
	return r.bars(l)
}

func (r *answer) bars(l look) charts.Funnel {
	f := charts.Funnel{Cursor: l.step, Empty: r.empty, Heads: []string{"users", "of first", "of previous", "lost", "median", "average"}}
	worst, any := r.biggestDrop()
	for k, name := range r.steps {
		step := charts.FunnelStep{Name: name.Safe()}
		for i, g := range r.groups {
			if k >= len(g.steps) {
				continue
			}
			bar := charts.FunnelBar{
				Name: g.label.Safe(), Left: g.conversion(k), Before: math.NaN(), Color: i,
				Columns: g.columns(k), Worst: any && worst == place{i, k},
			}
			if k > 0 {
				bar.Before = g.conversion(k - 1)
			}
			step.Bars = append(step.Bars, bar)
		}
		f.Steps = append(f.Steps, step)
	}
	return f
}

// columns are the numbers of a step; the first has nothing before it.
func (g group) columns(k int) []string {
	s := g.steps[k]
	if k == 0 {
		return []string{charts.Exact(s.Count), charts.Rate(s.OfFirst)}
	}
	return []string{
		charts.Exact(s.Count), charts.Rate(s.OfFirst), charts.Rate(s.OfPrevious),
		charts.Exact(g.lost(k)), charts.Duration(s.Median), charts.Duration(s.Average),
	}
}

// target is the step that the conversion over days is about: the one under the
// cursor, at the first the last.
func (r *answer) target(l look) int {
	if l.step > 0 && l.step < len(r.steps) {
		return l.step
	}
	return len(r.steps) - 1
}

// overDays draws the part of each day's starters that got to the target.
func (r *answer) overDays(s State, l look) charts.Line {
	line := charts.Line{
		Percent: true, Cursor: l.day, Focus: -1, Heads: []string{"all days"}, Empty: r.empty,
		Axis: charts.Axis{Step: views.Step(s.Interval)},
	}
	to := r.target(l)
	immature := false
	for i, g := range r.groups {
		series := charts.Series{Name: g.label.Safe(), Color: i}
		if g.label.IsZero() {
			series.Name = "conversion"
		}
		if to >= 0 && len(g.steps) > 0 {
			series.Columns = []string{charts.Rate(g.conversion(to))}
		}
		for k, d := range g.days {
			if i == 0 {
				line.Axis.Labels = append(line.Axis.Labels, d.Label.Safe())
				if !d.Time.IsZero() && len(line.Axis.Times) == k {
					line.Axis.Times = append(line.Axis.Times, d.Time)
				}
			}
			series.Values = append(series.Values, rate(d.Counts, to))
			series.Open = append(series.Open, !d.Complete)
			immature = immature || !d.Complete
		}
		line.Series = append(line.Series, series)
	}
	if len(line.Axis.Times) < len(line.Axis.Labels) {
		line.Axis.Times = nil
	}
	if immature {
		line.Note = "○: may still rise"
	}
	return line
}

// rate is the part of a day's starters that got to a step, NaN where nobody
// started.
func rate(counts []float64, to int) float64 {
	if to >= len(counts) || len(counts) == 0 || counts[0] == 0 {
		return math.NaN()
	}
	return counts[to] / counts[0]
}

// times draws how long those took who came to the target from the step before.
func (r *answer) times(l look, rows int) charts.Bars {
	b := charts.Bars{Cursor: -1, Empty: "nobody got to this step"}
	if l.group >= len(r.groups) {
		return b
	}
	g, to := r.groups[l.group], r.arrival(l)
	if to >= len(g.steps) {
		return b
	}
	for _, bin := range merged(joined(g.steps[to].Bins), rows) {
		b.Bars = append(b.Bars, charts.Bar{
			Name:  charts.Duration(bin.From) + " to " + charts.Duration(bin.To),
			Value: bin.Users, Text: charts.Exact(bin.Users),
			Extra: charts.Rate(bin.Users / g.steps[to].Count), Color: l.group,
		})
	}
	return b
}

// arrival is the step that the times are about: there are none to the first.
func (r *answer) arrival(l look) int {
	if l.step > 0 && l.step < len(r.steps) {
		return l.step
	}
	return min(1, max(len(r.steps)-1, 0))
}

// table has a row for each step of each group.
func (r *answer) table(l look) charts.Table {
	t := charts.Table{Empty: r.empty, Cursor: l.group*len(r.steps) + l.step}
	grouped := len(r.groups) > 1 || len(r.groups) == 1 && !r.groups[0].label.IsZero()
	if grouped {
		t.Columns = append(t.Columns, charts.Column{Title: "group", Min: 8, Max: 20})
	}
	t.Columns = append(t.Columns,
		charts.Column{Title: "step", Right: true}, charts.Column{Title: "event", Min: 16, Max: 40, Flex: true},
		charts.Column{Title: "users", Right: true, Min: 7}, charts.Column{Title: "of first", Right: true, Drop: 1},
		charts.Column{Title: "of previous", Right: true}, charts.Column{Title: "lost", Right: true, Min: 6, Drop: 2},
		charts.Column{Title: "median", Unit: "ms", Right: true, Min: 7, Drop: 3},
		charts.Column{Title: "average", Unit: "ms", Right: true, Min: 7, Drop: 4})
	var rows []charts.Row
	for _, g := range r.groups {
		for k := range g.steps {
			row := g.row(k, r.steps[k])
			if grouped {
				row.Cells = append([]charts.Cell{{Text: g.label.Safe()}}, row.Cells...)
			}
			rows = append(rows, row)
		}
	}
	t.Len, t.Row = len(rows), func(i int) charts.Row { return rows[i] }
	return t.Measured()
}

func (g group) row(k int, event text.Raw) charts.Row {
	s := g.steps[k]
	of, lost := s.OfPrevious, math.NaN()
	if k > 0 {
		lost = g.lost(k)
	} else {
		of = math.NaN()
	}
	cells := []charts.Cell{
		charts.Number(float64(k+1), fmt.Sprint(k+1)),
		{Text: event.Safe()},
		charts.Number(s.Count, charts.Exact(s.Count)), charts.Number(s.OfFirst, charts.Rate(s.OfFirst)),
		charts.Number(of, charts.Rate(of)), charts.Number(lost, charts.Exact(lost)),
		charts.Number(s.Median, charts.Duration(s.Median)), charts.Number(s.Average, charts.Duration(s.Average)),
	}
	for i := range cells {
		if k == 0 && math.IsNaN(cells[i].Number) {
			cells[i].Text = "" // nothing is before the first step: that is no rate of nobody
		}
	}
	return charts.Row{Cells: cells}
}

// caption is the sentences above the picture: the first, and of the others what
// goes whole into as many lines as there may be.
func (r *answer) caption(s State, l look, w, most int, th theme.Theme) []string {
	parts := r.sentence()
	switch s.Face {
	case dayFace:
		parts = nil
		if to := r.target(l); to > 0 {
			parts = []string{"Of those who did " + r.steps[0].Safe() + ", how many got to " + r.steps[to].Safe()}
		}
	case timeFace:
		parts = r.timeCaption(l)
	}
	var lines []string
	for i, part := range parts {
		wrapped := charts.Wrap(part, max(w-2, 1))
		if i > 0 && len(lines)+len(wrapped) > most {
			continue // half a sentence says nothing
		}
		for _, line := range wrapped[:min(len(wrapped), mostCaption)] {
			lines = append(lines, " "+th.Title.Paint(line))
		}
	}
	return lines
}

// mostCaption is how many lines the sentences take at most.
const mostCaption = 3

func (r *answer) timeCaption(l look) []string {
	to := r.arrival(l)
	if l.group >= len(r.groups) || to == 0 || to >= len(r.groups[l.group].steps) {
		return nil
	}
	g := r.groups[l.group]
	s := g.steps[to]
	said := fmt.Sprintf("From %s%s: %s users, median %s, average %s", r.between(to), of(g),
		charts.Exact(s.Count), charts.Duration(s.Median), charts.Duration(s.Average))
	return append([]string{said}, g.whole()...)
}

// draw is the caption and the chart under it.
func (r *answer) draw(s State, l look, w, h int, th theme.Theme) string {
	most := mostCaption
	if s.Face == barFace {
		most = max(1, min(most, h-r.bars(l).Lines()))
	}
	lines := r.caption(s, l, w, most, th)
	if h < 6 {
		lines = nil
	}
	room := h - len(lines)
	chart := r.chart(s, l, room)
	if c, ok := chart.(charts.Table); ok {
		c.Top = charts.Scroll(c.Cursor, 0, c.Len, room-1)
		chart = c
	}
	return strings.Join(append(lines, chart.Draw(w, room, th)), "\n")
}

// joined has a bin of nobody where some were left out between two others: what
// is far apart must not stand as if it were near.
func joined(bins []api.FunnelBin) []api.FunnelBin {
	var out []api.FunnelBin
	for i, b := range bins {
		if i > 0 && bins[i-1].To < b.From {
			out = append(out, api.FunnelBin{From: bins[i-1].To, To: b.From})
		}
		out = append(out, b)
	}
	return out
}

// merged joins neighbours so that no more than so many bins are left: their
// users add up, for nobody is in two.
func merged(bins []api.FunnelBin, most int) []api.FunnelBin {
	each := (len(bins) + max(most, 1) - 1) / max(most, 1)
	if each < 2 {
		return bins
	}
	var out []api.FunnelBin
	for i, b := range bins {
		if i%each == 0 {
			out = append(out, b)
			continue
		}
		last := &out[len(out)-1]
		last.To, last.Users = b.To, last.Users+b.Users
	}
	return out
}
