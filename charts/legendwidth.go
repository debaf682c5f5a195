package charts

import (
	"math"
	"slices"
)

// cursorWidth is what the column of the cursor takes at its widest, wherever the cursor
// stands: the plot stands still while it moves, also where the zoom follows it.
func (l Line) cursorWidth() int {
	if l.Kept == nil {
		return l.widest()
	}
	series := l.drawnFrom()
	if l.Kept.column.wide == 0 || !slices.Equal(l.Kept.column.series, series) {
		l.Kept.column = columnWidth{series, l.widest()}
	}
	return l.Kept.column.wide
}

// columnWidth is how wide the column of the cursor is for some series.
type columnWidth struct {
	series []backdropSeries
	wide   int
}

// widest is the room of the widest name of a point, and of the widest value.
func (l Line) widest() int {
	wide := 0
	for i := range l.Axis.length() {
		wide = max(wide, Width(l.Axis.name(i)))
	}
	for _, s := range l.Series {
		if !s.Previous {
			wide = max(wide, l.widestOf(s))
		}
	}
	return wide
}

// widestOf is the room of a series' widest value. Of whole numbers it is one of the
// bounds, so that not all of them need to be written.
func (l Line) widestOf(s Series) int {
	wide, counts := Width(missing), l.Write == nil && !l.Percent
	var low, high [2]float64 // of values that are over, and of those with a mark
	var some [2]bool
	for i, v := range s.Values[:min(len(s.Values), l.Axis.length())] {
		mark := 0
		if isOpen(s, i) && !isMissing(v) {
			mark = 1
		}
		if counts && v == math.Trunc(v) && math.Abs(v) < 1e15 {
			low[mark], high[mark], some[mark] = min(low[mark], v), max(high[mark], v), true
			continue
		}
		wide = max(wide, Width(l.exact(v))+mark)
	}
	for mark := range low {
		if some[mark] {
			wide = max(wide, Width(Exact(low[mark]))+mark, Width(Exact(high[mark]))+mark)
		}
	}
	return wide
}
