package charts

import (
	"math"

	"github.com/NimbleMarkets/ntcharts/canvas"
	"github.com/NimbleMarkets/ntcharts/canvas/graph"

	"amptui/charts/theme"
)

const (
	leastChartWidth, leastChartHeight = 12, 5
	sideLegendFrom                    = 76 // columns from which the legend stands beside the plot
	leastPlot                         = 34
	goodPlot                          = 60 // columns that a plot has before the legend tells more than it must
)

// Draw draws the lines, their axes and the legend.
func (l Line) Draw(w, h int, th theme.Theme) string {
	return drawFramed(l, w, h, th, false, (*plot).lines)
}

// plot is the part of a chart inside of its axes.
type plot struct {
	*grid
	th       theme.Theme
	scale    scale
	from, to int // visible points
	left     int // first column of the plot
	wide     int
	high     int
	columns  bool // points stand in the middle of columns of equal width
	dots     *dots
}

// drawFramed draws axes and legend, and what is in the frame. With columns a
// point stands in the middle of its column.
func drawFramed(l Line, w, h int, th theme.Theme, columns bool, inside func(*plot, Line)) string {
	if w <= 0 || h <= 0 {
		return Fit("", w, h)
	}
	if w < leastChartWidth || h < leastChartHeight {
		return notice("too small", w, h, th)
	}
	l = l.sane()
	g := newGrid(w, h)
	plotWidth, plotHeight := l.legend(g, th)
	p := &plot{grid: g, th: th, from: l.From, to: l.To, columns: columns}
	p.high = plotHeight - 2
	var ok bool
	if p.scale, ok = newScale(l, p.from, p.to, p.high); !ok {
		if len(l.Series) == 0 || allMissing(l) {
			return notice(first(l.Empty, "no data"), w, h, th)
		}
		p.scale = scale{low: 0, high: 1, ticks: []float64{0, 1}}
	}
	for _, t := range p.scale.ticks {
		p.left = max(p.left, Width(p.scale.label(t))+2)
	}
	p.wide = plotWidth - p.left - 1
	if p.wide < 4 {
		return notice("too small", w, h, th)
	}
	p.axes(l)
	inside(p, l)
	return g.String()
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func allMissing(l Line) bool {
	for _, s := range l.Series {
		for _, v := range s.Values {
			if !isMissing(v) {
				return false
			}
		}
	}
	return true
}

// sane brings what the caller gives into range.
func (l Line) sane() Line {
	n := l.Axis.length()
	if l.To <= 0 || l.To > n {
		l.To = n
	}
	l.From = max(0, min(l.From, l.To-1))
	if l.Cursor >= n {
		l.Cursor = -1
	}
	if l.Focus >= len(l.Series) {
		l.Focus = -1
	}
	return l
}

// column is the column of a point inside of the grid.
func (p *plot) column(i int) int { return p.left + p.dot(i)/2 }

// dot is the column of a point in half cells from the left of the plot.
func (p *plot) dot(i int) int {
	n := p.to - p.from
	if p.columns {
		return int((float64(i-p.from) + 0.5) * float64(2*p.wide) / float64(n))
	}
	if n <= 1 {
		return p.wide
	}
	return int(math.Round(float64(i-p.from) * float64(2*p.wide-1) / float64(n-1)))
}

// row is the row of a value, and its height in quarter cells from the bottom.
func (p *plot) row(v float64) (row, quarter int) {
	quarter = int(math.Round((v - p.scale.low) / (p.scale.high - p.scale.low) * float64(4*p.high-1)))
	quarter = max(0, min(quarter, 4*p.high-1))
	return p.high - 1 - quarter/4, quarter
}

// axes draws value ticks, the date axis with its labels, and the cursor.
func (p *plot) axes(l Line) {
	th, glyphs := p.th, p.th.Glyphs
	bottom := p.high
	for y := range p.high {
		p.set(p.left-1, y, glyphs.VRule, th.Rule)
	}
	for _, t := range p.scale.ticks {
		y, _ := p.row(t)
		if t == p.scale.low {
			y = bottom
		}
		label := p.scale.label(t)
		p.write(p.left-2-Width(label), y, p.left, label, th.Dim)
		p.set(p.left-1, y, glyphs.VTick, th.Rule)
	}
	p.set(p.left-1, bottom, glyphs.Corner, th.Rule)
	for x := range p.wide {
		p.set(p.left+x, bottom, glyphs.HRule, th.Rule)
	}
	at := func(i int) int { return p.column(i) - p.left }
	for _, t := range l.Axis.ticks(p.from, p.to, p.wide, at) {
		p.set(p.column(t.point), bottom, glyphs.Tick, th.Rule)
		p.write(p.left+labelStart(at(t.point), Width(t.text), p.wide), bottom+1, p.wide, t.text, th.Dim)
	}
	for _, i := range l.Axis.Marks {
		if i >= p.from && i < p.to {
			p.set(p.column(i), bottom, glyphs.Note, th.Accent)
		}
	}
	if l.Cursor >= p.from && l.Cursor < p.to {
		p.set(p.column(l.Cursor), bottom, glyphs.CursorTick, th.Title)
	}
}

// lines draws every series: the period before behind, the one in focus in front.
func (p *plot) lines(l Line) {
	for i, s := range l.Series {
		if s.Previous {
			p.line(l, i, s)
		}
	}
	for i, s := range l.Series {
		if !s.Previous && i != l.Focus {
			p.line(l, i, s)
		}
	}
	if l.Focus >= 0 {
		p.line(l, l.Focus, l.Series[l.Focus])
	}
}

// line draws one series: its segments, then the marks that must be seen.
func (p *plot) line(l Line, index int, s Series) {
	if s.Hidden {
		return
	}
	style := seriesStyle(p.th, s)
	pen := pen{plot: p, braille: p.th.Glyphs.Tier == theme.Braille, dash: dashOf(s)}
	if pen.braille && p.dots == nil {
		p.dots = newDots(p.wide, p.high)
	}
	pen.mark = marker(p.th, s)
	for i := p.from; i < p.to; i++ {
		v, ok := p.valueAt(s, i)
		if !ok {
			continue
		}
		if before, ok := p.valueAt(s, i-1); ok && i > p.from {
			pen.segment(p.spot(i-1, before), p.spot(i, v), isOpen(s, i) || isOpen(s, i-1) && i-1 == p.from, style)
		} else {
			pen.point(p.spot(i, v), style)
		}
	}
	pen.flush(style)
	p.marks(l, index, s, style)
}

func isOpen(s Series, i int) bool { return i < len(s.Open) && s.Open[i] }

func (p *plot) valueAt(s Series, i int) (float64, bool) {
	if i < 0 || i >= len(s.Values) {
		return 0, false
	}
	return p.scale.value(s.Values[i])
}

// spot is a place in the plot, in half columns and quarter rows from the top
// left.
type spot struct{ x, y int }

func (p *plot) spot(i int, v float64) spot {
	_, quarter := p.row(v)
	return spot{min(p.dot(i), 2*p.wide-1), 4*p.high - 1 - quarter}
}

// marks draws what must not be lost in the line: unfinished points hollow,
// points without neighbours, the point under the cursor, and the last one.
func (p *plot) marks(l Line, _ int, s Series, style theme.Style) {
	if s.Previous {
		return
	}
	last := -1
	for i := p.from; i < p.to; i++ {
		if _, ok := p.valueAt(s, i); ok {
			last = i
		}
	}
	for i := p.from; i < p.to; i++ {
		v, ok := p.valueAt(s, i)
		if !ok {
			continue
		}
		_, before := p.valueAt(s, i-1)
		_, after := p.valueAt(s, i+1)
		alone := (!before || i == p.from) && (!after || i == p.to-1)
		row, _ := p.row(v)
		switch {
		case isOpen(s, i):
			p.set(p.column(i), row, p.th.Glyphs.Hollow, style)
		case i == l.Cursor || alone || i == last && !l.Bare:
			p.set(p.column(i), row, marker(p.th, s), style)
		}
	}
}

func marker(th theme.Theme, s Series) string {
	if len(th.Glyphs.Markers) == 0 {
		return "*"
	}
	return th.Glyphs.Markers[max(s.Color, 0)%len(th.Glyphs.Markers)]
}

func seriesStyle(th theme.Theme, s Series) theme.Style {
	if s.Previous || len(th.Series) == 0 {
		return th.Dim
	}
	return th.Series[max(s.Color, 0)%len(th.Series)]
}

// dashOf is a pattern of a series' line: so many dots on, so many off.
func dashOf(s Series) [2]int {
	if s.Previous {
		return [2]int{1, 3}
	}
	return [][2]int{{1, 0}, {7, 2}, {4, 2}, {12, 3}, {3, 1}, {5, 4}}[max(s.Color, 0)%6]
}

// pen draws lines in dots where there is braille, else in marks.
type pen struct {
	*plot
	braille bool
	dash    [2]int
	step    int
	mark    string
}

func (q *pen) segment(a, b spot, open bool, style theme.Style) {
	if !q.braille {
		a, b = spot{a.x / 2, a.y / 4}, spot{b.x / 2, b.y / 4}
	}
	dash := q.dash
	if open {
		dash = [2]int{1, 2}
	}
	for _, at := range graph.GetLinePoints(canvas.Point{X: a.x, Y: a.y}, canvas.Point{X: b.x, Y: b.y}) {
		q.step++
		if q.step%(dash[0]+dash[1]) < dash[0] || q.mark != "" && !q.braille && !open {
			q.dot(spot{at.X, at.Y}, style)
		}
	}
}

func (q *pen) point(a spot, style theme.Style) {
	if !q.braille {
		a = spot{a.x / 2, a.y / 4}
	}
	q.dot(a, style)
}

func (q *pen) dot(a spot, style theme.Style) {
	if q.braille {
		q.dots.set(a.x, a.y)
		return
	}
	q.set(q.left+a.x, a.y, q.mark, style)
}

// flush puts the dots onto the grid, joined with those of earlier series.
func (q *pen) flush(style theme.Style) {
	if q.braille {
		q.dots.moveTo(q.grid, q.left, style)
	}
}
