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
	name, value, extra, reach := b.measure(w)
	reach.room = max(w-3-name-1-value-extra-1, 0)
	rows := h
	if len(b.Bars) > h {
		rows = max(h-1, 1) // the last line says how many more there are
	}
	top := min(Scroll(max(b.Cursor, 0), 0, len(b.Bars), rows), max(len(b.Bars)-h, 0))
	var lines []string
	for i := top; i < min(top+h, len(b.Bars)); i++ {
		one := b.Bars[i]
		pointer, style := "  ", theme.Style{}
		if i == b.Cursor {
			pointer, style = th.Accent.Paint(th.Glyphs.Pointer)+" ", th.Selected
		}
		label := Cut(one.Name, name)
		bar := reach.draw(one, th)
		line := " " + pointer + style.Paint(label) + blanks(name-Width(label)) + " " + bar +
			" " + PadLeft(first(one.Text, missing), value)
		if extra > 0 {
			line += th.Dim.Paint(PadLeft(one.Extra, extra))
		}
		lines = append(lines, line)
	}
	if top+h < len(b.Bars) && h > 1 {
		more := " " + "  +" + Exact(float64(len(b.Bars)-top-h+1)) + " more"
		lines[len(lines)-1] = th.Dim.Paint(more)
	}
	return Fit(strings.Join(lines, "\n"), w, h)
}

// reach is how far the bars of a picture go to both sides of zero, and the cells
// that they have for it.
type reach struct {
	below, above float64
	room         int
}

// measure finds the widths of the names, values and extras, and how far the
// values go.
func (b Bars) measure(w int) (name, value, extra int, r reach) {
	for _, one := range b.Bars {
		name = max(name, Width(one.Name))
		value = max(value, Width(first(one.Text, missing)))
		if one.Extra != "" {
			extra = max(extra, Width(one.Extra)+2)
		}
		if !isMissing(one.Value) {
			r.below = max(r.below, min(-one.Value, most))
			r.above = max(r.above, min(one.Value, most))
		}
	}
	name = min(name, max(w*2/5, 4))
	if name+value+extra+8 > w {
		extra = 0
		name = max(min(name, w-value-6), 1)
	}
	return name, value, extra, r
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
		return style.Paint(bar) + blanks(r.room-Width(bar))
	}
	left := max(1, min(int(math.Round(r.below/(r.below+r.above)*float64(r.room-1))), r.room-1))
	right := r.room - 1 - left
	before, after := "", ""
	if one.Value < 0 {
		before = r.leftward(one, left, th)
	} else {
		after = r.eighths(one, r.above, right, th)
	}
	return blanks(left-Width(before)) + style.Paint(before) + th.Rule.Paint(th.Glyphs.VRule) +
		style.Paint(after) + blanks(right-Width(after))
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
