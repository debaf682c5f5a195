package charts

import "amptui/charts/theme"

// Heat is a table of cohorts: a number in every cell, with a colour behind it
// where there are colours. Rows may be of different length. The head, the names
// and the first rows stay where they are while the rest scrolls.
type Heat struct {
	Corner string   // head of the rows' names
	Fixed  []string // heads of further columns that do not scroll
	Heads  []string // one per column of cells
	Rows   []HeatRow
	Frozen int // so many rows stay on top while the others scroll
	Row    int // row of the cell under the cursor, -1 is none
	Col    int // column of the cell under the cursor
	Top    int // first visible row behind the frozen ones; see Follow
	Left   int // first visible column; see Follow
	Empty  string
}

// HeatRow is one cohort.
type HeatRow struct {
	Name  string
	Fixed []string
	Cells []HeatCell // a row may end before the others
}

// HeatCell is one number. An open one will still change: it is dim, has a star,
// and no colour.
type HeatCell struct {
	Text  string
	Level float64 // 0..1 on the scale of colours; NaN has none
	Open  bool
}

const (
	leastCell = 5 // "100%" and the mark behind it
	mostCell  = 8
)

// heatLayout is where the parts of a picture stand.
type heatLayout struct {
	name  int   // width of the rows' names
	fixed []int // widths of the fixed columns
	left  int   // where the cells begin
	cell  int   // width of a cell
	rows  int   // rows that fit behind the frozen ones
	cols  int   // columns of cells that fit
}

func (t Heat) layout(w, h int) heatLayout {
	l := heatLayout{name: Width(t.Corner), cell: leastCell, fixed: make([]int, len(t.Fixed))}
	for i, head := range t.Fixed {
		l.fixed[i] = Width(head)
	}
	for _, r := range t.Rows {
		l.name = max(l.name, Width(r.Name))
		for i := range min(len(r.Fixed), len(l.fixed)) {
			l.fixed[i] = max(l.fixed[i], Width(r.Fixed[i]))
		}
		for _, c := range r.Cells {
			l.cell = max(l.cell, Width(c.Text)+2)
		}
	}
	for _, head := range t.Heads {
		l.cell = max(l.cell, Width(head)+2)
	}
	l.name = min(l.name, max(w/3, 1))
	for l.left = 2 + l.name; len(l.fixed) > 0 && l.left+l.fixedWidth()+1+l.cell > w; {
		l.fixed = l.fixed[:len(l.fixed)-1]
	}
	l.left += l.fixedWidth() + 1
	if n := len(t.Heads); n > 0 && w > l.left {
		l.cell = max(l.cell, min((w-l.left)/n, mostCell))
		l.cols = max(min((w-l.left)/l.cell, n), 1)
	}
	l.rows = max(h-1-t.Frozen, 0)
	return l
}

func (l heatLayout) fixedWidth() int {
	wide := 0
	for _, f := range l.fixed {
		wide += f + 2
	}
	return wide
}

// Follow scrolls so that the cell under the cursor is visible on w by h cells,
// no further than it must.
func (t Heat) Follow(w, h int) (top, left int) {
	l := t.layout(w, h)
	return Scroll(max(t.Row-t.Frozen, 0), t.Top, len(t.Rows)-t.Frozen, l.rows), Scroll(t.Col, t.Left, len(t.Heads), l.cols)
}

// inSight is the layout on w by h cells, and the picture scrolled no further than it goes.
func (t Heat) inSight(w, h int) (Heat, heatLayout) {
	l := t.layout(w, h)
	t.Left = max(0, min(t.Left, len(t.Heads)-l.cols))
	t.Top = max(0, min(t.Top, len(t.Rows)-t.Frozen-l.rows))
	return t, l
}

// CellAt is the cell at a place of what Draw draws on w by h cells, by its row and its
// column. A place beside the columns is that of the first or the last in sight; ok is
// false where there is no row.
func (t Heat) CellAt(x, y, w, h int) (row, col int, ok bool) {
	if len(t.Rows) == 0 || len(t.Heads) == 0 || w < leastChartWidth || h < 2 || x < 0 || x >= w {
		return 0, 0, false
	}
	t, l := t.inSight(w, h)
	row = y - 1
	if row >= t.Frozen {
		row += t.Top
	}
	if y < 1 || y >= h || row >= len(t.Rows) {
		return 0, 0, false
	}
	col = t.Left
	if l.cols > 0 {
		col += max(0, min((x-l.left)/l.cell, l.cols-1))
	}
	return row, min(col, len(t.Heads)-1), true
}

// Draw draws the head, the frozen rows, and what is in sight of the others.
func (t Heat) Draw(w, h int, th theme.Theme) string {
	switch {
	case w <= 0 || h <= 0:
		return Fit("", w, h)
	case len(t.Rows) == 0 || len(t.Heads) == 0:
		return notice(first(t.Empty, "no data"), w, h, th)
	case w < leastChartWidth || h < 2:
		return notice("too small", w, h, th)
	}
	t, l := t.inSight(w, h)
	g := newGrid(w, h)
	t.head(g, l, th)
	y := 1
	for i := 0; i < len(t.Rows) && y < h; i++ {
		if i >= t.Frozen && i < t.Frozen+t.Top {
			continue
		}
		t.row(g, l, y, i, th)
		y++
	}
	return g.String()
}

func (t Heat) head(g *grid, l heatLayout, th theme.Theme) {
	g.write(2, 0, l.name, t.Corner, th.Dim)
	x := 2 + l.name
	for i, wide := range l.fixed {
		g.write(x+wide+2-Width(t.Fixed[i]), 0, wide, t.Fixed[i], th.Dim)
		x += wide + 2
	}
	for i := range l.cols {
		head := t.Heads[t.Left+i]
		style := th.Dim
		if t.Row >= 0 && t.Left+i == t.Col {
			style = th.Title
		}
		g.write(l.left+(i+1)*l.cell-1-Width(head), 0, l.cell, head, style)
	}
	if t.Left > 0 {
		g.write(l.left, 0, 1, "<", th.Accent)
	}
	if end := l.left + l.cols*l.cell; t.Left+l.cols < len(t.Heads) {
		g.write(min(end, g.w-1), 0, 1, ">", th.Accent)
	}
}

func (t Heat) row(g *grid, l heatLayout, y, i int, th theme.Theme) {
	r := t.Rows[i]
	style := theme.Style{}
	if i == t.Row {
		g.set(0, y, th.Glyphs.Pointer, th.Accent)
		style = th.Title
	}
	g.write(2, y, l.name, r.Name, style)
	x := 2 + l.name
	for k, wide := range l.fixed {
		if k < len(r.Fixed) {
			g.write(x+wide+2-Width(r.Fixed[k]), y, wide, r.Fixed[k], style)
		}
		x += wide + 2
	}
	for k := range l.cols {
		if at := t.Left + k; at < len(r.Cells) {
			t.cell(g, l, l.left+k*l.cell, y, r.Cells[at], i == t.Row && at == t.Col, th)
		}
	}
}

func (t Heat) cell(g *grid, l heatLayout, x, y int, c HeatCell, under bool, th theme.Theme) {
	mark, style := " ", heatStyle(c, th)
	if c.Open {
		mark, style = "*", th.Dim
	}
	text := Cut(c.Text, l.cell-1)
	before := blanks(l.cell - 1 - Width(text))
	if under {
		style = th.Selected
		before = pointed(before, th)
	}
	g.write(x, y, l.cell, before+text+mark, style)
}

// pointed is the blanks before a number with the pointer among them, a blank from the
// number if there is room: reversed text alone looks much like what is pale beside it,
// and ">29%" like more than that.
func pointed(before string, th theme.Theme) string {
	switch n := len(before); n {
	case 0:
		return before
	case 1:
		return th.Glyphs.Pointer
	default:
		return before[2:] + th.Glyphs.Pointer + " "
	}
}

func heatStyle(c HeatCell, th theme.Theme) theme.Style {
	if isMissing(c.Level) || len(th.Heat) == 0 {
		return theme.Style{}
	}
	return th.Heat[max(0, min(int(c.Level*float64(len(th.Heat))), len(th.Heat)-1))]
}
