package charts

// placed is a column that is shown, with its width.
type placed struct {
	index, width int
}

// least is the width below which a column is not drawn.
func (c Column) least() int { return max(c.Min, Width(c.Title)+c.mark()) }

// mark is the room that a sort mark takes.
func (c Column) mark() int {
	if c.Sort != 0 {
		return 2
	}
	return 0
}

// layout chooses the columns that fit and shares out what is left.
func (t Table) layout(w int) []placed {
	var out []placed
	for i, c := range t.Columns {
		out = append(out, placed{i, c.least()})
	}
	for total(out) > w {
		drop := -1
		for k, p := range out {
			if d := t.Columns[p.index].Drop; d > 0 && (drop < 0 || d >= t.Columns[out[drop].index].Drop) {
				drop = k
			}
		}
		if drop < 0 {
			break
		}
		out = append(out[:drop], out[drop+1:]...)
	}
	t.squeeze(out, total(out)-w)
	t.stretch(out, t.satisfy(out, w-total(out)))
	return out
}

// leastText is how short a name may be cut to spare another one.
const leastText = 6

// squeeze takes what is missing from columns of text, cell by cell from the widest: a
// number that is cut is another number. Where that is not enough the first one gives.
func (t Table) squeeze(out []placed, missing int) {
	for ; missing > 0; missing-- {
		widest := -1
		for k, p := range out {
			c := t.Columns[p.index]
			if !c.Right && !c.Bar && p.width > leastText && (widest < 0 || p.width > out[widest].width) {
				widest = k
			}
		}
		if widest < 0 {
			break
		}
		out[widest].width--
	}
	if missing > 0 && len(out) > 0 {
		out[0].width = max(out[0].width-missing, 1)
	}
}

// satisfy gives spare room to columns whose cells would be cut, cell by cell to the one
// that lacks the most, and returns what is left.
func (t Table) satisfy(out []placed, spare int) int {
	for ; spare > 0; spare-- {
		needy, lacks := -1, 0
		for k, p := range out {
			if short := t.Columns[p.index].Want - p.width; short > lacks {
				needy, lacks = k, short
			}
		}
		if needy < 0 {
			break
		}
		out[needy].width++
	}
	return spare
}

// stretch gives what is left to columns that look better wider.
func (t Table) stretch(out []placed, spare int) {
	for k := range out {
		if c := t.Columns[out[k].index]; c.Max > out[k].width && !c.Flex && spare > 0 {
			more := min(spare/2, c.Max-out[k].width)
			out[k].width += more
			spare -= more
		}
	}
	for k := range out {
		if c := t.Columns[out[k].index]; c.Flex && spare > 0 {
			more := spare
			if c.Max > 0 {
				more = min(more, max(c.Max-out[k].width, 0))
			}
			out[k].width += more
			spare -= more
		}
	}
}

func total(columns []placed) int {
	n := 0
	for _, p := range columns {
		n += p.width + 2
	}
	return n
}

// Measured is the table with columns that want what their widest cells take. It looks at
// every row: that is for tables that are printed, or are short.
func (t Table) Measured() Table {
	columns := append([]Column{}, t.Columns...)
	for i := range t.Len {
		for k, cell := range t.Row(i).Cells {
			if k < len(columns) && !columns[k].Bar {
				columns[k].Want = max(columns[k].Want, Width(cell.Text))
			}
		}
	}
	t.Columns = columns
	return t
}

// Whole is the width at which no column leaves and none of what they want is cut.
func (t Table) Whole() int {
	w := gutter
	for _, c := range t.Columns {
		wide := max(c.least(), c.Want)
		if c.Bar {
			wide = max(wide, c.Max)
		}
		w += wide + 2
	}
	return w
}
