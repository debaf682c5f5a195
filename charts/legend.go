package charts

import (
	"fmt"
	"slices"
	"strings"

	"amptui/charts/theme"
)

// legend draws the names of the series with their values, beside the plot where
// there is room, else under it. It returns what is left for the plot.
func (l Line) legend(g *grid, th theme.Theme) (plotWidth, plotHeight int) {
	table := newLegendTable(l, l.Cursor, th)
	rows := table.rows
	if l.Bare || len(rows) == 0 {
		return g.w, g.h - l.noteUnder(g, th, g.h-1)
	}
	if l.Cursor < 0 {
		if full := newLegendTable(l, l.told(), th); g.w-full.width()-2 >= goodPlot {
			table = full
		}
	}
	said := l.remarks()
	wide := table.used(g.w / 2)
	for _, text := range said {
		wide = min(max(wide, Width(text)), g.w/2)
	}
	crowded := l.crowded(len(rows), g.w, th)
	if g.w >= sideLegendFrom && g.w-wide-2 >= leastPlot && !crowded {
		table.draw(g, g.w-wide, 0, wide, g.h-1-len(said))
		for i, text := range said {
			g.write(g.w-wide, g.h-len(said)+i, wide, text, th.Dim)
		}
		return g.w - wide - 2, g.h
	}
	if crowded || g.h < 12 || g.h < 18 && len(rows)+1 > g.h/4 {
		end := l.inline(g, rows, g.h-1, th)
		if said := strings.Join(said, " · "); end+Width(said)+1 < g.w {
			g.write(g.w-1-Width(said), g.h-1, g.w, said, th.Dim)
			return g.w, g.h - 1
		}
		return g.w, g.h - 1 - l.noteUnder(g, th, g.h-2)
	}
	under := min(len(rows)+1, max(g.h/3, 1))
	if g.h-under < leastChartHeight+1 {
		return g.w, g.h - l.noteUnder(g, th, g.h-1)
	}
	used := l.noteUnder(g, th, g.h-1)
	table.draw(g, 1, g.h-under-used, g.w-2, under)
	return g.w, g.h - under - used
}

// crowded says whether one or two series have more points than the plot beside their
// legend has dots for: then they get all of the width, wherever the cursor is.
func (l Line) crowded(rows, w int, th theme.Theme) bool {
	if rows > 2 || l.To-l.From <= w {
		return false
	}
	wide := newLegendTable(l, l.told(), th).used(w / 2)
	return l.To-l.From > 2*(w-wide-2)
}

// inline is the legend in one line: marks, names and values, the series in
// focus first. It returns where it ends.
func (l Line) inline(g *grid, rows []legendRow, y int, th theme.Theme) int {
	for i, r := range rows {
		if r.index == l.Focus {
			rows = append(slices.Clone(rows[i:]), rows[:i]...)
			break
		}
	}
	x := 1
	if head := l.inlineHead(rows, g.w); head != "" {
		g.write(x, y, g.w-x, head, th.Dim)
		x += Width(head) + 2
	}
	fit := fitting(rows, x, g.w)
	for _, r := range rows[:fit] {
		style := theme.Style{}
		switch {
		case r.dim:
			style = th.Dim
		case r.index == l.Focus:
			style = th.Title
		}
		g.write(x, y, 1, r.mark, r.style)
		g.write(x+2, y, g.w-x-2, r.brief(), style)
		x += 2 + Width(r.brief()) + 2
	}
	if fit < len(rows) {
		more := fmt.Sprintf("+%d", len(rows)-fit)
		g.write(x, y, g.w-x, more, th.Dim)
		x += Width(more)
	}
	return x
}

// fitting is how many series a legend of one line has room for from a cell on, the first
// one in any case.
func fitting(rows []legendRow, x, w int) int {
	for i, r := range rows {
		wide := 2 + Width(r.brief())
		if more := fmt.Sprintf("+%d", len(rows)-i); i > 0 && x+wide > w-Width(more)-2 {
			return i
		}
		x += wide + 2
	}
	return len(rows)
}

// brief is a series in the legend of one line: its name and one number.
func (r legendRow) brief() string {
	text := Cut(r.name, 20)
	if len(r.columns) > 0 {
		text += " " + r.columns[0]
	}
	return text
}

// inlineHead says what the numbers in the legend of one line are: of the point under
// the cursor; else what the first column is, unless a series had to leave for it.
func (l Line) inlineHead(rows []legendRow, w int) string {
	if l.Cursor >= 0 {
		return l.Axis.name(l.Cursor)
	}
	if len(l.Heads) == 0 || len(rows[0].columns) == 0 {
		return ""
	}
	if fitting(rows, 1+Width(l.Heads[0])+2, w) < fitting(rows, 1, w) {
		return ""
	}
	return l.Heads[0]
}

// remarks are what must be said of the value axis, and the note.
func (l Line) remarks() []string {
	var said []string
	if l.instead != "" {
		said = append(said, "as lines: "+l.instead)
	}
	switch {
	case l.Log:
		said = append(said, "log scale")
	case l.Fit && l.aboveZero():
		said = append(said, "not from zero")
	}
	if l.before != "" {
		said = append(said, l.before)
	}
	if l.Note != "" {
		said = append(said, l.Note)
	}
	return said
}

// aboveZero says whether a fitted axis leaves zero out.
func (l Line) aboveZero() bool {
	s, ok := newScale(l, l.From, l.To, 10)
	return ok && (s.low > 0 || s.high < 0)
}

func (l Line) noteUnder(g *grid, th theme.Theme, y int) int {
	said := strings.Join(l.remarks(), " · ")
	if said == "" || g.h < leastChartHeight+2 {
		return 0
	}
	said = Cut(said, g.w-1)
	g.write(g.w-1-Width(said), y, g.w, said, th.Dim)
	return 1
}

// told is the point whose values the legend shows without a cursor, where there is
// room: the last one in sight that is over, so that the plot keeps its width when the
// cursor comes. It is -1 where no series has a value.
func (l Line) told() int {
	latest := -1
	for i := l.To - 1; i >= l.From; i-- {
		open, some := l.stateOf(i)
		if some && !open {
			return i
		}
		if some && latest < 0 {
			latest = i
		}
	}
	return latest
}

// stateOf says whether a point of any series is unfinished, and whether any has a
// value there.
func (l Line) stateOf(i int) (open, some bool) {
	for _, s := range l.Series {
		if s.Previous || s.Hidden || i >= len(s.Values) {
			continue
		}
		open = open || isOpen(s, i)
		some = some || !isMissing(s.Values[i])
	}
	return open, some
}

// legendRow is one series in the legend.
type legendRow struct {
	index   int
	mark    string
	style   theme.Style
	name    string
	columns []string
	dim     bool
}

// legendRows are the series with their values at a point; at -1 with none.
func (l Line) legendRows(at int, th theme.Theme) []legendRow {
	var rows []legendRow
	for i, s := range l.Series {
		if s.Previous {
			continue
		}
		r := legendRow{index: i, mark: l.mark(th, s), style: seriesStyle(th, s), name: s.Name, dim: s.Hidden}
		if s.Hidden {
			r.mark, r.style = th.Glyphs.Hollow, th.Dim
		}
		if at >= 0 {
			value := missing
			if at < len(s.Values) {
				value = l.exact(s.Values[at])
				if isOpen(s, at) && !isMissing(s.Values[at]) {
					value += "*"
				}
			}
			r.columns = append(r.columns, value)
		}
		r.columns = append(r.columns, s.Columns...)
		rows = append(rows, r)
	}
	return rows
}

func (l Line) exact(v float64) string {
	switch {
	case l.Percent:
		return Percent(v)
	case l.Write != nil:
		return l.Write(v)
	}
	return Exact(v)
}

// legendTable is the rows with the widths of their columns.
type legendTable struct {
	l     Line
	rows  []legendRow
	heads []string
	name  int
	wide  []int
	th    theme.Theme
}

// newLegendTable is the legend with the values at a point; at -1 without.
func newLegendTable(l Line, at int, th theme.Theme) legendTable {
	t := legendTable{l: l, rows: l.legendRows(at, th), th: th}
	if at >= 0 {
		t.heads = append(t.heads, l.Axis.name(at))
	}
	t.heads = append(t.heads, l.Heads...)
	t.wide = make([]int, len(t.heads))
	for i, h := range t.heads {
		t.wide[i] = Width(h)
	}
	for i, room := range l.Room[:min(len(l.Room), len(l.Heads))] {
		own := len(t.heads) - len(l.Heads) + i
		t.wide[own] = max(t.wide[own], room)
	}
	if at >= 0 {
		t.wide[0] = max(t.wide[0], l.cursorWidth())
	}
	for _, r := range t.rows {
		t.name = max(t.name, Width(r.name))
		for i, c := range r.columns {
			if i < len(t.wide) {
				t.wide[i] = max(t.wide[i], Width(c))
			}
		}
	}
	t.name = min(t.name, 28)
	return t
}

// width is what the legend takes at its best.
func (t legendTable) width() int {
	w := 4 + t.name
	for _, c := range t.wide {
		w += c + 2
	}
	return w
}

// nameIn is the room of the names in w cells. A name must stay readable; the last columns
// make room for it.
func (t legendTable) nameIn(w int) int {
	return max(min(t.name, w-4-(t.width()-4-t.name)), min(t.name, 14, w/2))
}

// used is what the legend takes of w cells: columns without room take none, and leave it
// to the plot.
func (t legendTable) used(w int) int {
	w = min(w, t.width())
	used := 4 + t.nameIn(w)
	for _, c := range t.wide {
		if used+c+2 > w {
			break
		}
		used += c + 2
	}
	if t.nameIn(used) != t.nameIn(w) {
		return w
	}
	return used
}

// draw draws as many series as fit, so that the one in focus is among them.
func (t legendTable) draw(g *grid, x, y, w, h int) {
	name := t.nameIn(w)
	if h < 1 {
		return
	}
	t.cells(g, x+4+name, y, w-4-name, t.heads, t.th.Dim)
	room, from := h-1, 0
	if len(t.rows) > room {
		room = max(room-1, 0)
		for i, r := range t.rows {
			if r.index == t.l.Focus {
				from = max(0, min(i-room/2, len(t.rows)-room))
			}
		}
		g.write(x+4, y+1+room, w-4, fmt.Sprintf("+%d more", len(t.rows)-room), t.th.Dim)
	}
	for i := range min(room, len(t.rows)-from) {
		r := t.rows[from+i]
		style := theme.Style{}
		if r.dim {
			style = t.th.Dim
		}
		if r.index == t.l.Focus {
			g.set(x, y+1+i, t.th.Glyphs.Pointer, t.th.Accent)
			style = t.th.Title
		}
		g.write(x+2, y+1+i, 1, r.mark, r.style)
		g.write(x+4, y+1+i, name, r.name, style)
		t.cells(g, x+4+name, y+1+i, w-4-name, r.columns, style)
	}
}

// cells writes the columns of one row, each to the right of its width, as far as
// there is room.
func (t legendTable) cells(g *grid, x, y, room int, columns []string, style theme.Style) {
	for i, c := range columns {
		if i >= len(t.wide) {
			return
		}
		wide := t.wide[i] + 2
		if wide > room {
			return
		}
		g.write(x+wide-Width(c), y, wide, c, style)
		x, room = x+wide, room-wide
	}
}
