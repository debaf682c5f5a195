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
	track    []spot // of the series that is being drawn
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

// lines draws every series: the period before behind, the one in focus once more in
// front, and what is at the cursor over all.
func (p *plot) lines(l Line) {
	p.linesOf(l)
	if l.Focus >= 0 && !l.Series[l.Focus].Previous {
		p.line(l.Series[l.Focus])
		p.marks(l, l.Focus)
	}
	for i, s := range l.Series {
		if i != l.Focus {
			p.atCursor(l, s)
		}
	}
	if l.Focus >= 0 {
		p.atCursor(l, l.Series[l.Focus])
	}
}

// allLines draws the lines, and the marks over all of them.
func (p *plot) allLines(l Line) {
	for _, s := range l.Series {
		if s.Previous {
			p.line(s)
		}
	}
	for _, s := range l.Series {
		if !s.Previous {
			p.line(s)
		}
	}
	for i := range l.Series {
		p.marks(l, i)
	}
}

// atCursor marks the value of a series at the cursor.
func (p *plot) atCursor(l Line, s Series) {
	if s.Previous || s.Hidden || l.Cursor < p.from || l.Cursor >= p.to {
		return
	}
	v, ok := p.valueAt(s, l.Cursor)
	if !ok {
		return
	}
	glyph := marker(p.th, s)
	if isOpen(s, l.Cursor) {
		glyph = p.th.Glyphs.Hollow
	}
	row, _ := p.row(v)
	p.set(p.column(l.Cursor), row, glyph, seriesStyle(p.th, s))
}

// line draws the segments of one series.
func (p *plot) line(s Series) {
	if s.Hidden {
		return
	}
	style := seriesStyle(p.th, s)
	pen := pen{plot: p, braille: p.th.Glyphs.Tier == theme.Braille, dash: dashOf(s)}
	if pen.braille && p.dots == nil {
		p.dots = newDots(p.wide, p.high)
	}
	pen.mark = marker(p.th, s)
	p.trace(s)
	// Strokes of the period before would fill the plot where several points share a dot.
	dotted := s.Previous && p.to-p.from > 2*p.wide
	for k, at := range p.track {
		switch {
		case at.y < 0:
		case k > 0 && p.track[k-1].y >= 0 && !dotted:
			i := p.from + k
			pen.segment(p.track[k-1], at, isOpen(s, i) || k == 1 && isOpen(s, i-1), style)
		default:
			pen.point(at, style)
		}
	}
	pen.flush(style)
}

// trace lays the track of a series: where its points are, in half columns and quarter
// rows from the top left; a point without a value has none, below zero.
func (p *plot) trace(s Series) {
	n := p.to - p.from
	if len(p.track) != n {
		p.track = make([]spot, n)
		for k := range p.track {
			p.track[k].x = min(p.dot(p.from+k), 2*p.wide-1)
		}
	}
	for k := range p.track {
		p.track[k].y = -1
		if v, ok := p.valueAt(s, p.from+k); ok {
			_, quarter := p.row(v)
			p.track[k].y = 4*p.high - 1 - quarter
		}
	}
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
	ink := ink{phase: q.step % (dash[0] + dash[1]), on: dash[0], period: dash[0] + dash[1], all: q.mark != "" && !q.braille && !open}
	if b.x-a.x <= 1 && b.x >= a.x {
		q.upright(a, b, ink, style)
		return
	}
	for _, at := range graph.GetLinePoints(canvas.Point{X: a.x, Y: a.y}, canvas.Point{X: b.x, Y: b.y}) {
		q.put(spot{at.X, at.Y}, &ink, style)
	}
}

// ink says which dots of a dashed line are drawn.
type ink struct {
	phase, on, period int
	all               bool
}

func (q *pen) put(at spot, ink *ink, style theme.Style) {
	q.step++
	if ink.phase++; ink.phase == ink.period {
		ink.phase = 0
	}
	if ink.phase < ink.on || ink.all {
		q.dot(at, style)
	}
}

// upright goes from one spot to another in the same column or the next, through the same
// spots as graph.GetLinePoints. Where points are dense all lines are of this kind, and
// there may be hundreds of thousands.
func (q *pen) upright(a, b spot, ink ink, style theme.Style) {
	if a.y == b.y {
		for x := a.x; x <= b.x; x++ {
			q.put(spot{x, a.y}, &ink, style)
		}
		return
	}
	if a.y > b.y {
		a, b = b, a
	}
	for half, y := (a.y+b.y)/2, a.y; y <= b.y; y++ {
		if y == half+1 {
			a.x = b.x
		}
		q.put(spot{a.x, y}, &ink, style)
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
