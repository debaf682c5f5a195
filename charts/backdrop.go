package charts

import (
	"slices"

	"amptui/charts/theme"
)

// Backdrop keeps the lines of a chart with very many points from one drawing to the
// next: a cursor that moves over a thousand series would draw them all at each step.
// The zero value keeps nothing yet. What it is given may not change afterwards.
type Backdrop struct {
	frame  backdropFrame
	series []backdropSeries
	cells  []gridCell
	styles []theme.Style
	column columnWidth // of the legend
}

// backdropFrame and backdropSeries are all that the lines depend on.
type backdropFrame struct {
	from, to, left, wide, high int
	low, top                   float64
	log, bare, columns         bool
	pointed                    bool // by the cursor
	tier                       theme.Tier
	dim                        theme.Style
	palette                    *theme.Style
}

type backdropSeries struct {
	values   *float64
	open     *bool
	points   int
	color    int
	previous bool
	hidden   bool
}

// worthKeeping is how many points make it worth while.
const worthKeeping = 20000

// linesOf draws all lines without what the cursor and the focus change, or puts them
// where they were drawn before.
func (p *plot) linesOf(l Line) {
	l.Cursor = -1
	if l.Kept == nil || len(l.Series)*(p.to-p.from) < worthKeeping {
		p.allLines(l)
		return
	}
	frame, series := p.kept(l)
	if l.Kept.cells == nil || l.Kept.frame != frame || !slices.Equal(l.Kept.series, series) {
		p.allLines(l)
		*l.Kept = Backdrop{frame, series, p.copied(), slices.Clone(p.styles), l.Kept.column}
		return
	}
	number := make([]uint8, len(l.Kept.styles))
	for i, s := range l.Kept.styles {
		number[i] = p.style(s)
	}
	for y := range p.high {
		for x := range p.wide {
			cell := l.Kept.cells[y*p.wide+x]
			cell.style = number[cell.style]
			p.cells[y*p.w+p.left+x] = cell
		}
	}
}

// copied are the cells of the plot.
func (p *plot) copied() []gridCell {
	cells := make([]gridCell, 0, p.wide*p.high)
	for y := range p.high {
		from := y*p.w + p.left
		cells = append(cells, p.cells[from:from+p.wide]...)
	}
	return cells
}

// drawnFrom is what the lines are drawn from, without the values.
func (l Line) drawnFrom() []backdropSeries {
	series := make([]backdropSeries, len(l.Series))
	for i, s := range l.Series {
		series[i] = backdropSeries{points: len(s.Values), color: s.Color, previous: s.Previous, hidden: s.Hidden}
		if len(s.Values) > 0 {
			series[i].values = &s.Values[0]
		}
		if len(s.Open) > 0 {
			series[i].open = &s.Open[0]
		}
	}
	return series
}

// kept is what the lines depend on.
func (p *plot) kept(l Line) (backdropFrame, []backdropSeries) {
	var palette *theme.Style
	if len(p.th.Series) > 0 {
		palette = &p.th.Series[0]
	}
	return backdropFrame{p.from, p.to, p.left, p.wide, p.high, p.scale.low, p.scale.high, p.scale.log, l.Bare, p.columns, p.pointed(l), p.th.Glyphs.Tier, p.th.Dim, palette}, l.drawnFrom()
}
