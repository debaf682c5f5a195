package charts

import (
	"math"
	"strings"

	"amptui/charts/theme"
)

// gutter is what stands before a row: cursor, mark, blank.
const gutter = 3

// Scroll is the first visible row so that the cursor is visible, with a row or
// two round it, and the view moves no more than it must.
func Scroll(cursor, top, rows, height int) int {
	if height <= 0 || rows <= height {
		return 0
	}
	margin := min(2, (height-1)/2)
	top = min(top, cursor-margin)
	top = max(top, cursor+margin+1-height)
	return max(0, min(top, rows-height))
}

// Draw draws a head and the visible rows. Rows behind the visible ones are not
// asked for.
func (t Table) Draw(w, h int, th theme.Theme) string {
	switch {
	case w <= 0 || h <= 0:
		return Fit("", w, h)
	case t.Len == 0:
		return notice(first(t.Empty, "nothing"), w, h, th)
	}
	columns := t.layout(w - gutter)
	lines := []string{t.head(columns, th)}
	top := max(0, min(t.Top, t.Len-1))
	for i := top; i < t.Len && len(lines) < h; i++ {
		lines = append(lines, t.row(i, columns, th))
	}
	return Fit(strings.Join(lines, "\n"), w, h)
}

func (t Table) head(columns []placed, th theme.Theme) string {
	line := blanks(gutter)
	for _, p := range columns {
		c := t.Columns[p.index]
		title := c.Title
		switch {
		case c.Sort < 0:
			title += " " + th.Glyphs.Falling
		case c.Sort > 0:
			title += " " + th.Glyphs.Rising
		}
		title = Cut(title, p.width)
		pad := blanks(p.width - Width(title))
		style := th.Dim
		if c.Sort != 0 {
			style = th.Title
		}
		if c.Right {
			line += pad + style.Paint(title) + "  "
		} else {
			line += style.Paint(title) + pad + "  "
		}
	}
	return line
}

func (t Table) row(i int, columns []placed, th theme.Theme) string {
	r := t.Row(i)
	pointer, mark := " ", " "
	if i == t.Cursor {
		pointer = th.Accent.Paint(th.Glyphs.Pointer)
	}
	if r.Marked {
		mark = th.Mark.Paint(th.Glyphs.Marked)
	}
	var b strings.Builder
	b.WriteString(pointer + mark + " ")
	for _, p := range columns {
		cell := Cell{}
		if p.index < len(r.Cells) {
			cell = r.Cells[p.index]
		}
		style := cell.Style
		switch {
		case i == t.Cursor && p.index == 0:
			style = th.Selected
		case style.IsZero() && r.Dim:
			style = th.Dim
		}
		b.WriteString(t.cell(cell, p, style, th))
		b.WriteString("  ")
	}
	return b.String()
}

func (t Table) cell(cell Cell, p placed, style theme.Style, th theme.Theme) string {
	c := t.Columns[p.index]
	if c.Bar {
		bar := shareBar(cell.Bar, p.width, th)
		return th.Accent.Paint(bar) + blanks(p.width-Width(bar))
	}
	text := Cut(cell.Text, p.width)
	pad := blanks(p.width - Width(text))
	drawn := highlight(text, cell.Text, cell.Match, style, th)
	if c.Right {
		return pad + drawn
	}
	return drawn + pad
}

// Meter is how much of a whole is done, on so many cells.
func Meter(part float64, w int, th theme.Theme) string {
	done := int(math.Round(max(min(part, 1), 0) * float64(max(w, 0))))
	return th.Accent.Paint(strings.Repeat(th.Glyphs.Thick, done)) + th.Dim.Paint(strings.Repeat(th.Glyphs.Thin, max(w-done, 0)))
}

// shareBar is a bar of a part of one.
func shareBar(part float64, w int, th theme.Theme) string {
	if isMissing(part) || part <= 0 {
		return ""
	}
	eighths := max(int(math.Round(min(part, 1)*float64(8*w))), 1)
	glyphs := th.Glyphs.Eighths
	bar := strings.Repeat(glyphs[len(glyphs)-1], eighths/8)
	if rest := eighths % 8; rest > 0 {
		bar += glyphs[rest-1]
	}
	return bar
}

// highlight paints the letters that a filter matched; what was cut off is gone.
func highlight(text, whole string, match []int, style theme.Style, th theme.Theme) string {
	if len(match) == 0 {
		return style.Paint(text)
	}
	var b strings.Builder
	kept := len(text)
	if text != whole {
		kept = len(strings.TrimSuffix(text, "…"))
	}
	next := 0
	var run strings.Builder
	matched := false
	flush := func() {
		if matched {
			b.WriteString(th.Match.Paint(run.String()))
		} else {
			b.WriteString(style.Paint(run.String()))
		}
		run.Reset()
	}
	for at, r := range text {
		is := false
		for next < len(match) && match[next] < at {
			next++
		}
		if at < kept && next < len(match) && match[next] == at {
			is = true
		}
		if is != matched {
			flush()
			matched = is
		}
		run.WriteRune(r)
	}
	flush()
	return b.String()
}
