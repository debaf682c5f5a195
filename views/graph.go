package views

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
)

// A Graph is an answer that is series over points and no more: of active users,
// sessions, real-time. It is drawn as lines, columns or bars, or is a table; what
// the numbers mean is the view's.
type Graph struct {
	Points string      // what a point is called, as the head of its column
	Labels []text.Raw  // one per point, as it may be shown
	Times  []time.Time // one per point; nil where the points are no dates
	Step   charts.Step
	Open   []bool // points that are not over; nil is none
	Series []GraphSeries
	Write  func(float64) string // writes a value; nil has all its digits
	Counts string               // what the values are numbers of: user; nothing for other values
	Empty  string               // said where there is nothing
	Note   string
	Marks  []int // points at which something is written
}

// GraphSeries is one series of a graph, with a value for each point.
type GraphSeries struct {
	Name     text.Raw // what tells it from the others, as it may be shown
	Word     string   // what it is called where nothing tells it from others
	Values   []float64
	Total    float64 // of all points, as the API has it; NaN is none
	Previous bool    // of the time before
}

// title is what a series is called on the screen.
func (s GraphSeries) title() string {
	if s.Name.IsZero() {
		return s.Word
	}
	return s.Name.Safe()
}

// OpenPoints are the points whose interval is not over now, or that the range cuts
// through at its end, or that the record of the project begins in. Of points whose dates
// cannot be read the last is not over as long as the range is not.
func OpenPoints(got api.Segmentation, i api.Interval, dates api.Dates, now time.Time) []bool {
	times, points := got.Times, len(got.Labels)
	open := make([]bool, points)
	end := api.AddDays(dates.End, 1)
	if times == nil && points > 0 {
		open[points-1] = end.After(now)
	}
	for k, t := range times {
		next := i.Next(t)
		open[k] = next.After(now) || next.After(end) || t.Before(api.AddDays(dates.Start, 0)) || got.Meta.Partly(t, next)
	}
	return open
}

// Say writes a value as the graph does.
func (g *Graph) Say(v float64) string {
	if g.Write == nil {
		return charts.Exact(v)
	}
	return g.Write(v)
}

// Line is the graph as lines; at is nil where nobody looks.
func (g *Graph) Line(at *Spot) charts.Line {
	line := charts.Line{
		Axis:   charts.Axis{Times: g.Times, Step: g.Step, Labels: safeAll(g.Labels), Marks: g.Marks},
		Cursor: -1, Focus: -1, Empty: g.Empty, Note: g.Note, Write: g.Write,
	}
	if at != nil && len(g.Labels) > 0 && len(g.Series) > 0 {
		line.Cursor, line.Kept = at.Point, &at.kept
		if len(g.Series) > 1 {
			line.Focus = at.Series
		}
	}
	totals := slices.ContainsFunc(g.Series, func(s GraphSeries) bool { return !math.IsNaN(s.Total) })
	if totals {
		line.Heads = []string{"total"}
	}
	color := 0
	for _, s := range g.Series {
		one := charts.Series{Name: s.title(), Values: s.Values, Open: g.Open, Previous: s.Previous, Color: color}
		if totals {
			one.Columns = []string{g.Say(s.Total)}
		}
		if color++; s.Previous {
			one.Color, one.Open = max(color-2, 0), nil
		}
		line.Series = append(line.Series, one)
	}
	return line
}

// Bars ranks the points of a graph whose points are no dates, with their shares
// where those mean something.
func (g *Graph) Bars(at *Spot, shares bool) charts.Bars {
	b := charts.Bars{Cursor: -1, Empty: g.Empty}
	if at != nil {
		b.Cursor = at.Point
	}
	for k, one := range g.Series {
		sum := 0.0
		for _, v := range one.Values {
			if !math.IsNaN(v) {
				sum += v
			}
		}
		for i, label := range g.Labels {
			bar := charts.Bar{Name: label.Safe(), Value: one.Values[i], Text: g.Say(one.Values[i]), Color: k}
			if len(g.Series) > 1 {
				bar.Name += "  " + one.title()
			}
			if shares && sum > 0 && !math.IsNaN(one.Values[i]) {
				bar.Extra = charts.Percent(one.Values[i] / sum)
			}
			b.Bars = append(b.Bars, bar)
		}
	}
	return b
}

// Point is a point as tables and exports name it.
func (g *Graph) Point(i int) string {
	if i >= len(g.Times) {
		return g.Labels[i].Safe()
	}
	if g.Step == charts.FiveMinutes || g.Step == charts.Hour {
		return g.Times[i].Format(time.RFC3339)
	}
	return g.Times[i].Format(time.DateOnly)
}

// Table has a row for each point and a column for each series.
func (g *Graph) Table(at *Spot) charts.Table {
	wide := g.widest()
	t := charts.Table{
		Columns: []charts.Column{{Title: g.Points, Min: min(wide, 32), Want: wide}}, // a good half of a narrow screen
		Len:     len(g.Labels), Cursor: -1, Empty: g.Empty,
	}
	if len(g.Series) == 0 {
		t.Len = 0
	}
	first, dated := 0, len(g.Open) > 0
	if at != nil {
		t.Cursor, first = at.Point, min(at.Series, max(len(g.Series)-1, 0))
	}
	if dated {
		t.Columns = append(t.Columns, charts.Column{Min: 2})
	}
	series := append(slices.Clone(g.Series[first:]), g.Series[:first]...)
	for i, one := range series {
		t.Columns = append(t.Columns, charts.Column{Title: one.title(), Right: true, Min: 10, Drop: i})
	}
	t.Row = func(i int) charts.Row {
		row := charts.Row{Cells: []charts.Cell{{Text: g.Point(i)}}}
		if dated {
			mark := charts.Cell{}
			if row.Dim = g.Open[i]; row.Dim {
				mark.Text = "*"
			}
			row.Cells = append(row.Cells, mark)
		}
		for _, one := range series {
			row.Cells = append(row.Cells, charts.Number(one.Values[i], g.Say(one.Values[i])))
		}
		return row
	}
	return t
}

// widest is the room that the names of points need.
func (g *Graph) widest() int {
	wide := 10
	for i := range g.Labels {
		wide = max(wide, charts.Width(g.Point(i)))
	}
	return wide
}

// Data is the documented JSON of the graph.
func (g *Graph) Data() any {
	type oneSeries struct {
		Label      text.Raw `json:"label"`
		Values     []Number `json:"values"`
		Total      Number   `json:"total"`
		Incomplete []bool   `json:"incomplete"`
	}
	open := g.Open
	if open == nil {
		open = make([]bool, len(g.Labels))
	}
	x, all := make([]any, len(g.Labels)), make([]oneSeries, len(g.Series))
	for i := range x {
		if x[i] = g.Labels[i]; i < len(g.Times) {
			x[i] = g.Point(i)
		}
	}
	for i, one := range g.Series {
		all[i] = oneSeries{one.Name, Numbers(one.Values), Number(one.Total), open}
	}
	return struct {
		X      []any       `json:"x"`
		Series []oneSeries `json:"series"`
	}{x, all}
}

// LastOver is the last point that is over; -1 where none is.
func (g *Graph) LastOver() int {
	for i := len(g.Labels) - 1; i >= 0; i-- {
		if i >= len(g.Open) || !g.Open[i] {
			return i
		}
	}
	return -1
}

func safeAll(labels []text.Raw) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = l.Safe()
	}
	return out
}

// A Spot is the point and the series of a graph under the cursor.
type Spot struct {
	Point, Series int
	points, all   int // there are
	page          int // points that a page key goes by
	kept          charts.Backdrop
}

// Over makes the spot one of a graph: it stays where that exists, and begins at the
// last point that is over.
func (s *Spot) Over(g *Graph, page int) {
	if s.points != len(g.Labels) {
		if s.Point = 0; g.Times != nil {
			s.Point = max(g.LastOver(), 0)
		}
	}
	s.points, s.all, s.page = len(g.Labels), len(g.Series), max(page, 1)
	s.Point = max(0, min(s.Point, s.points-1))
	s.Series = max(0, min(s.Series, s.all-1))
}

// Actions move the spot; with down the points stand under each other, as rows.
func (s *Spot) Actions(k keys.Map, down bool, moved func()) []keys.Action {
	blocked := ""
	if s.points == 0 || s.all == 0 {
		blocked = "there is nothing to move over yet"
	}
	point := func(key keys.Key, by int, label string, quiet bool) keys.Action {
		return keys.Action{Key: key, Blocked: blocked, Label: label, Quiet: quiet, Do: func() tea.Cmd {
			s.Point = max(0, min(s.Point+by, s.points-1))
			moved()
			return nil
		}}
	}
	series := func(key keys.Key, by int, label string) keys.Action {
		return keys.Action{Key: key, Blocked: blocked, Label: label, Quiet: s.all < 2, Do: func() tea.Cmd {
			s.Series = max(0, min(s.Series+by, s.all-1))
			moved()
			return nil
		}}
	}
	left, right, up, down1, word, other := k.Left, k.Right, k.Up, k.Down, "cursor", "series"
	if down {
		left, right, up, down1, word, other = k.Up, k.Down, k.Left, k.Right, "row", "column"
	}
	actions := []keys.Action{
		point(left, -1, word, false), point(right, 1, word, false),
		series(down1, 1, other), series(up, -1, other),
		point(k.Top, -s.points, "", true), point(k.Bottom, s.points, "", true),
		point(k.PageUp, -s.page, "", true), point(k.PageDown, s.page, "", true),
	}
	if down { // the footer names h before l, and j before k, as everywhere
		actions[0], actions[1], actions[2], actions[3] = actions[1], actions[0], actions[3], actions[2]
	}
	return append(actions, point(k.HalfUp, -max(s.page/2, 1), "", true), point(k.HalfDown, max(s.page/2, 1), "", true))
}

// InSight is a table scrolled so that its cursor can be seen.
func InSight(t charts.Table, h int) charts.Table {
	if t.Cursor >= 0 {
		t.Top = charts.Scroll(t.Cursor, max(t.Len-h+1, 0), t.Len, h-1)
	}
	return t
}

// Decimal is a number with two digits behind the point, as averages are read.
func Decimal(v float64) string {
	if math.IsNaN(v) {
		return charts.Exact(v)
	}
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', 2, 64), ".00")
}

// LastFigures are what checks can compare of a graph over dates: of each series its
// last point that is over beside the same weekday of the week before (another point:
// the one before), and its total.
func (g *Graph) LastFigures(i api.Interval, rises bool) []Figure {
	at, back := g.LastOver(), 1
	if i == api.Day {
		back = 7
	}
	var out []Figure
	for _, one := range g.Series {
		name := ""
		if !one.Name.IsZero() {
			name = one.Name.Safe()
		}
		value := Figure{Name: "value", Of: name, Value: math.NaN(), Before: math.NaN(), Open: "no point of this answer is over, ask for more dates"}
		if at >= 0 {
			value = Figure{Name: "value", Counts: g.Counts, Write: g.Write, Of: Joined(", ", name, g.Point(at)), Value: one.Values[at], Before: math.NaN()}
			if at >= back && !g.Open[at-back] {
				value.Before, value.Since = one.Values[at-back], g.Point(at-back)
			}
		}
		total := Figure{Name: "total", Counts: g.Counts, Write: g.Write, Of: name, Value: one.Total, Before: math.NaN(), Rises: rises}
		if slices.Contains(g.Open, true) {
			total.Open = "its last point is not over, end with yesterday as in --from '30d ago' --to yesterday"
		}
		out = append(out, value, total)
	}
	return out
}
