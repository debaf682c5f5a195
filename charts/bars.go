package charts

import (
	"math"
	"strings"

	"amptui/charts/theme"
)

// Draw draws as many bars as fit, the one under the cursor among them. The
// length is that of the absolute value; a negative one says so by its sign.
func (b Bars) Draw(w, h int, th theme.Theme) string {
	switch {
	case w <= 0 || h <= 0:
		return Fit("", w, h)
	case len(b.Bars) == 0:
		return notice(first(b.Empty, "no data"), w, h, th)
	case w < leastChartWidth:
		return notice("too small", w, h, th)
	}
	name, value, extra, longest := b.measure(w)
	room := max(w-3-name-1-value-extra-1, 0)
	top := Scroll(max(b.Cursor, 0), 0, len(b.Bars), h)
	var lines []string
	for i := top; i < min(top+h, len(b.Bars)); i++ {
		one := b.Bars[i]
		pointer, style := "  ", theme.Style{}
		if i == b.Cursor {
			pointer, style = th.Accent.Paint(th.Glyphs.Pointer)+" ", th.Selected
		}
		label := Cut(one.Name, name)
		bar := drawBar(one, longest, room, th)
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

// measure finds the widths of the names, values and extras, and the longest
// value.
func (b Bars) measure(w int) (name, value, extra int, longest float64) {
	for _, one := range b.Bars {
		name = max(name, Width(one.Name))
		value = max(value, Width(first(one.Text, missing)))
		if one.Extra != "" {
			extra = max(extra, Width(one.Extra)+2)
		}
		if !isMissing(one.Value) {
			longest = max(longest, min(math.Abs(one.Value), most))
		}
	}
	name = min(name, max(w*2/5, 4))
	if name+value+extra+8 > w {
		extra = 0
		name = max(min(name, w-value-6), 1)
	}
	return name, value, extra, longest
}

func drawBar(one Bar, longest float64, room int, th theme.Theme) string {
	if isMissing(one.Value) || longest == 0 || room == 0 {
		return blanks(room)
	}
	eighths := int(math.Round(min(math.Abs(one.Value)/longest, 1) * float64(8*room)))
	if one.Value != 0 {
		eighths = max(eighths, 1)
	}
	full := th.Glyphs.Eighths[len(th.Glyphs.Eighths)-1]
	if one.Open {
		full = th.Glyphs.Shade
	}
	bar := strings.Repeat(full, eighths/8)
	if part := eighths % 8; part > 0 {
		bar += first(th.Glyphs.Eighths[part-1], " ")
	}
	style := theme.Style{}
	if len(th.Series) > 0 {
		style = th.Series[max(one.Color, 0)%len(th.Series)]
	}
	return style.Paint(bar) + blanks(room-Width(bar))
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
