package charts

import (
	"math"

	"amptui/charts/theme"
)

// markGap is how many columns of a line have one mark, where only marks tell the lines
// apart.
const markGap = 12

// marks draws what must not be lost in the line: unfinished points hollow, points
// without neighbours, and without a cursor the last one that is over. Without colours
// there are marks along the line too, those of other series beside them.
func (p *plot) marks(l Line, of int) {
	s := l.Series[of]
	if s.Previous || s.Hidden {
		return
	}
	p.trace(s)
	style, own := seriesStyle(p.th, s), marker(p.th, s)
	last, next := -1, math.MaxInt
	if !l.Bare {
		if !p.pointed(l) { // else the marks are those under the cursor
			last = p.lastOver(s)
		}
		next = p.firstMark(l, of, style)
	}
	for k, at := range p.track {
		if at.y < 0 {
			continue
		}
		i := p.from + k
		alone := (k == 0 || p.track[k-1].y < 0) && (k+1 == len(p.track) || p.track[k+1].y < 0)
		switch {
		case isOpen(s, i):
			p.set(p.column(i), at.y/4, p.th.Glyphs.Hollow, style)
		case alone || k == last || p.column(i) >= next:
			p.set(p.column(i), at.y/4, own, style)
		}
		for p.column(i) >= next {
			next += markGap
		}
	}
}

// pointed says whether the cursor stands on a point that is seen.
func (p *plot) pointed(l Line) bool { return l.Cursor >= p.from && l.Cursor < p.to }

// lastOver is the last point of the track that is over and that no unfinished one
// behind it hides, or -1.
func (p *plot) lastOver(s Series) int {
	hidden := -1 // the column of the first unfinished point at the end
	for k := len(p.track) - 1; k >= 0; k-- {
		switch i := p.from + k; {
		case p.track[k].y < 0:
		case isOpen(s, i):
			hidden = p.column(i)
		case p.column(i) != hidden:
			return k
		}
	}
	return -1
}

// firstMark is the column of the first mark along a line, beyond the plot where colours
// or glyphs tell the lines apart, or where there is only one.
func (p *plot) firstMark(l Line, of int, style theme.Style) int {
	if !style.IsZero() || p.th.Glyphs.Tier != theme.Braille {
		return math.MaxInt
	}
	before, all := 0, 0
	for i, s := range l.Series {
		if s.Previous || s.Hidden {
			continue
		}
		if all++; i < of {
			before++
		}
	}
	if all < 2 {
		return math.MaxInt
	}
	return p.left + (2*before+1)*markGap/(2*all)
}

// marker is the sign of a series; that of the period before is the same for all.
func marker(th theme.Theme, s Series) string {
	switch {
	case s.Previous:
		return th.Glyphs.Before
	case len(th.Glyphs.Markers) == 0:
		return "*"
	}
	return th.Glyphs.Markers[max(s.Color, 0)%len(th.Glyphs.Markers)]
}

// fill is what the stacked parts of a series are filled with. Where colours do not tell
// the series apart, since there are none or since they begin anew, the fill does.
func fill(th theme.Theme, s Series) string {
	fills := th.Glyphs.Fills
	return fills[fillOf(th, s)%len(fills)]
}

// fillOf is the number of a series' fill; 0 is a solid one. In ASCII solid parts of
// several colours are no handsomer than parts of several signs.
func fillOf(th theme.Theme, s Series) int {
	if seriesStyle(th, s).IsZero() || th.Glyphs.Tier == theme.ASCII {
		return max(s.Color, 0)
	}
	return max(s.Color, 0) / max(len(th.Series), 1)
}

// mark is the sign of a series in the legend: what it looks like in the plot.
func (l Line) mark(th theme.Theme, s Series) string {
	if l.filled {
		return fill(th, s)
	}
	return marker(th, s)
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
