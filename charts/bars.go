package charts

import (
	"math"
	"strings"

	"amptui/charts/theme"
)

// Draw draws as many bars as fit, the one under the cursor among them.
func (b Bars) Draw(w, h int, th theme.Theme) string {
	switch {
	case w <= 0 || h <= 0:
		return Fit("", w, h)
	case len(b.Bars) == 0:
		return notice(first(b.Empty, "no data"), w, h, th)
	case w < leastChartWidth:
		return notice("too small", w, h, th)
	}
	lay, high := b.measure(w, th), h
	var lines []string
	if b.headed() && h > 2 {
		lines = append(lines, lay.head(th))
		h--
	}
	rows := h
	if len(b.Bars) > h {
		rows = max(h-1, 1) // the last line says how many more there are
	}
	top := min(Scroll(max(b.Cursor, 0), 0, len(b.Bars), rows), max(len(b.Bars)-h, 0))
	for i := top; i < min(top+h, len(b.Bars)); i++ {
		lines = append(lines, lay.line(b.Bars[i], i == b.Cursor, th))
	}
	if top+h < len(b.Bars) && h > 1 {
		more := " " + "  +" + Exact(float64(len(b.Bars)-top-h+1)) + " more"
		lines[len(lines)-1] = th.Dim.Paint(more)
	}
	return Fit(strings.Join(lines, "\n"), w, high)
}

func (b Bars) headed() bool { return len(b.Heads) > 0 }

// Height is how many lines all of it takes.
func (b Bars) Height() int {
	if b.headed() && len(b.Bars) > 0 {
		return len(b.Bars) + 1
	}
	return max(len(b.Bars), 1)
}

// barLayout is where the parts of the lines stand.
type barLayout struct {
	name, value, extra int // widths
	columns            []int
	heads              []string
	reach              reach
}

// measure finds the widths of the names, values and what stands behind them, and how
// far the values go. What has no room leaves, the last column first.
func (b Bars) measure(w int, th theme.Theme) barLayout {
	l := barLayout{heads: append([]string{}, b.Heads...), reach: reach{marks: b.Compared}}
	if b.Compared && len(l.heads) > 1 {
		l.heads[1] = th.Glyphs.VRule + " " + l.heads[1]
	}
	for i, head := range l.heads {
		if i == 0 {
			l.value = Width(head)
			continue
		}
		l.columns = append(l.columns, Width(head))
	}
	for _, one := range b.Bars {
		l.name = max(l.name, Width(one.Name))
		l.value = max(l.value, Width(first(one.Text, missing)))
		for i, c := range one.Columns[:min(len(one.Columns), len(l.columns))] {
			l.columns[i] = max(l.columns[i], Width(c))
		}
		if one.Extra != "" {
			l.extra = max(l.extra, Width(one.Extra)+2)
		}
		if one.Hidden {
			continue
		}
		l.reach.include(one.Value)
		if b.Compared {
			l.reach.include(one.Before)
		}
	}
	l.name = min(l.name, max(w*2/5, 4))
	if l.taken()+8 > w {
		l.extra = 0
	}
	for len(l.columns) > 0 && l.taken()+leastBar > w {
		l.columns = l.columns[:len(l.columns)-1]
	}
	if l.taken()+8 > w {
		l.name = max(min(l.name, w-l.value-6), 1)
	}
	l.reach.room = max(w-5-l.taken(), 0)
	return l
}

// leastBar is the room that a bar has before further columns stand behind it.
const leastBar = 16

// taken is the room of all but the bar.
func (l barLayout) taken() int {
	n := l.name + l.value + l.extra
	for _, c := range l.columns {
		n += c + 2
	}
	return n
}

func (l barLayout) head(th theme.Theme) string {
	line := blanks(l.name+5+l.reach.room) + PadLeft(l.heads[0], l.value)
	for i, wide := range l.columns {
		line += "  " + PadLeft(l.heads[i+1], wide)
	}
	return th.Dim.Paint(line)
}

func (l barLayout) line(one Bar, under bool, th theme.Theme) string {
	pointer, style := "  ", theme.Style{}
	if under {
		pointer, style = th.Accent.Paint(th.Glyphs.Pointer)+" ", th.Selected
	}
	bar, numbers := l.reach.draw(one, th), theme.Style{}
	if one.Hidden {
		bar, numbers = th.Dim.Paint(Pad(Cut("hidden", l.reach.room), l.reach.room)), th.Dim
		if !under {
			style = th.Dim
		}
	}
	label := Cut(one.Name, l.name)
	line := " " + pointer + style.Paint(label) + blanks(l.name-Width(label)) + " " + bar + " " + numbers.Paint(l.numbers(one))
	if l.extra > 0 {
		line += th.Dim.Paint(PadLeft(one.Extra, l.extra))
	}
	return line
}

// numbers are the value and the columns behind a bar.
func (l barLayout) numbers(one Bar) string {
	line := PadLeft(first(one.Text, missing), l.value)
	for i, wide := range l.columns {
		cell := ""
		if i < len(one.Columns) {
			cell = one.Columns[i]
		}
		line += "  " + PadLeft(cell, wide)
	}
	return line
}

// reach is how far the bars of a picture go to both sides of zero, and the cells
// that they have for it.
type reach struct {
	below, above float64
	room         int
	marks        bool // of the values before
}

func (r *reach) include(v float64) {
	if !isMissing(v) {
		r.below = max(r.below, min(-v, most))
		r.above = max(r.above, min(v, most))
	}
}

// draw draws one bar in the room. Where some go to the left, a rule stands at
// zero.
func (r reach) draw(one Bar, th theme.Theme) string {
	style := theme.Style{}
	if len(th.Series) > 0 {
		style = th.Series[max(one.Color, 0)%len(th.Series)]
	}
	if r.below == 0 || r.room < 3 {
		bar := r.eighths(one, r.above, r.room, th)
		return r.marked(one, 0, -1, bar+blanks(r.room-Width(bar)), style, th)
	}
	left := max(1, min(int(math.Round(r.below/(r.below+r.above)*float64(r.room-1))), r.room-1))
	right := r.room - 1 - left
	before, after := "", ""
	if one.Value < 0 {
		before = r.leftward(one, left, th)
	} else {
		after = r.eighths(one, r.above, right, th)
	}
	bar := blanks(left-Width(before)) + before + th.Glyphs.VRule + after + blanks(right-Width(after))
	return r.marked(one, left+1, left, bar, style, th)
}

// marked paints a bar, the rule at zero (-1 is none) and the mark of the value before,
// which is counted from a cell to both sides.
func (r reach) marked(one Bar, from, zero int, bar string, style theme.Style, th theme.Theme) string {
	at := -1
	if v := one.Before; r.marks && !isMissing(v) && r.room > 0 {
		cells := func(part, of float64, room int) int {
			if of == 0 || room == 0 {
				return 1
			}
			return max(int(math.Ceil(min(part/of, 1)*float64(room)-0.001)), 1)
		}
		if at = from + cells(v, r.above, r.room-from) - 1; v < 0 {
			at = zero - cells(-v, r.below, zero)
		}
		at = max(0, min(at, r.room-1))
	}
	var out, run strings.Builder
	for x, glyph := range []rune(bar) {
		if x != at && x != zero {
			run.WriteRune(glyph)
			continue
		}
		out.WriteString(style.Paint(run.String()))
		run.Reset()
		if x == at {
			out.WriteString(th.Dim.Paint(th.Glyphs.VRule))
		} else {
			out.WriteString(th.Rule.Paint(string(glyph)))
		}
	}
	out.WriteString(style.Paint(run.String()))
	return out.String()
}

// eighths is a bar to the right, in eighths of a cell.
func (r reach) eighths(one Bar, longest float64, room int, th theme.Theme) string {
	if isMissing(one.Value) || longest == 0 || room == 0 {
		return ""
	}
	eighths := int(math.Round(max(0, min(one.Value/longest, 1)) * float64(8*room)))
	if one.Value != 0 {
		eighths = max(eighths, 1)
	}
	bar := strings.Repeat(fullCell(one, th), eighths/8)
	if part := eighths % 8; part > 0 {
		bar += th.Glyphs.Eighths[part-1]
	}
	return bar
}

// leftward is a bar to the left, in whole cells: there are no eighths that stand
// at the right of theirs.
func (r reach) leftward(one Bar, room int, th theme.Theme) string {
	if isMissing(one.Value) {
		return ""
	}
	cells := int(math.Round(min(-one.Value/r.below, 1) * float64(room)))
	return strings.Repeat(fullCell(one, th), max(cells, 1))
}

func fullCell(one Bar, th theme.Theme) string {
	if one.Open {
		return th.Glyphs.Shade
	}
	return th.Glyphs.Eighths[len(th.Glyphs.Eighths)-1]
}

// Draw draws one line of levels, in the height's last line. Where there are
// more values than cells, the last ones are shown.
func (s Spark) Draw(w, h int, th theme.Theme) string {
	if w <= 0 || h <= 0 {
		return Fit("", w, h)
	}
	values := s.Values
	if len(values) > w {
		values = values[len(values)-w:]
	}
	highest := 0.0
	for _, v := range values {
		if !isMissing(v) {
			highest = max(highest, v)
		}
	}
	var b strings.Builder
	for i, v := range values {
		switch {
		case isMissing(v):
			b.WriteByte(' ')
		case s.Open && i == len(values)-1:
			b.WriteString(th.Glyphs.Hollow)
		case highest == 0 || v <= 0:
			b.WriteString(th.Glyphs.Levels[0])
		default:
			level := int(math.Ceil(min(v, most)/min(highest, most)*float64(len(th.Glyphs.Levels)))) - 1
			b.WriteString(th.Glyphs.Levels[max(0, min(level, len(th.Glyphs.Levels)-1))])
		}
	}
	return Fit(strings.Repeat("\n", h-1)+b.String(), w, h)
}
