package charts

import (
	"math"
	"slices"

	"amptui/charts/theme"
)

// Draw draws a column for each point, the series stacked, and a mark as high as what
// they come to in the comparison period. Where there are more points than columns, or
// negative values, lines are drawn instead, and it is said.
func (c Columns) Draw(w, h int, th theme.Theme) string {
	l := Line(c).sane()
	l.Fit, l.Log = false, false
	if negative(l) {
		return Line(c).insteadOfColumns("below zero").Draw(w, h, th)
	}
	tooMany := false
	before := l.earlier()
	if before != nil {
		l.before = th.Glyphs.Thick + " before"
	}
	stacked := l
	stacked.filled = true
	// The sums give the scale; they stand last, so that the focus keeps its series.
	stacked.Series = append(slices.Clone(l.Series), Series{Values: l.sums(), Previous: true}, Series{Values: before, Previous: true})
	drawn := drawFramed(stacked, w, h, th, true, func(p *plot, _ Line) {
		if p.to-p.from > p.wide {
			tooMany = true
			return
		}
		p.stacks(l, before)
	})
	if tooMany {
		return Line(c).insteadOfColumns("too many points").Draw(w, h, th)
	}
	return drawn
}

func (l Line) insteadOfColumns(why string) Line {
	l.instead = why
	return l
}

func negative(l Line) bool {
	for _, s := range l.Series {
		for _, v := range s.Values {
			if v < 0 {
				return true
			}
		}
	}
	return false
}

// sums are the heights of the stacks, for the scale.
func (l Line) sums() []float64 {
	out := make([]float64, l.Axis.length())
	for i := range out {
		out[i] = math.NaN()
		for _, s := range l.Series {
			if s.Hidden || s.Previous || i >= len(s.Values) || isMissing(s.Values[i]) {
				continue
			}
			if isMissing(out[i]) {
				out[i] = 0
			}
			out[i] = min(out[i]+min(s.Values[i], most), most)
		}
	}
	return out
}

// earlier are the heights of the stacks in the comparison period; nil without one. What
// lacks the value of a series is missing.
func (l Line) earlier() []float64 {
	if !slices.ContainsFunc(l.Series, func(s Series) bool { return s.Previous }) {
		return nil
	}
	out := make([]float64, l.Axis.length())
	for i := range out {
		for _, s := range l.Series {
			switch {
			case !s.Previous:
			case i >= len(s.Values) || isMissing(s.Values[i]):
				out[i] = math.NaN()
			default:
				out[i] = min(out[i]+min(s.Values[i], most), most)
			}
		}
	}
	return out
}

// stacks draws the columns side by side. Where all have three cells or more, the
// last of each is left free.
func (p *plot) stacks(l Line, before []float64) {
	n := p.to - p.from
	for i := p.from; i < p.to; i++ {
		x0 := p.left + (i-p.from)*p.wide/n
		x1 := p.left + (i-p.from+1)*p.wide/n
		if p.wide/n > 2 {
			x1--
		}
		p.stack(l, i, x0, max(x1, x0+1))
		if i < len(before) && !isMissing(before[i]) {
			row, _ := p.row(before[i])
			for x := x0; x < max(x1, x0+1); x++ {
				p.set(x, row, p.th.Glyphs.Thick, p.th.Dim)
			}
		}
	}
}

func (p *plot) stack(l Line, i, x0, x1 int) {
	sum, any := 0.0, false
	for _, s := range l.Series {
		if s.Hidden || s.Previous || i >= len(s.Values) || isMissing(s.Values[i]) {
			continue
		}
		any = true
		from, to := p.eighth(sum), p.eighth(sum+min(s.Values[i], most))
		sum += min(s.Values[i], most)
		p.part(from, to, x0, x1, isOpen(s, i), s)
	}
	if !any {
		p.set((x0+x1-1)/2, p.high-1, p.th.Glyphs.Missing, p.th.Dim)
	}
}

// eighth is a value's height in eighths of a cell.
func (p *plot) eighth(v float64) int {
	return int(math.Round(max(0, min((v-p.scale.low)/(p.scale.high-p.scale.low), 1)) * float64(8*p.high)))
}

// part fills the cells between two heights. A cell belongs to the series that
// ends in it.
func (p *plot) part(from, to, x0, x1 int, open bool, s Series) {
	if from == to {
		return // nothing to draw, and nothing to draw over
	}
	levels, style := p.th.Glyphs.Levels, seriesStyle(p.th, s)
	for y := from / 8; y < (to+7)/8; y++ {
		full := min(to-8*y, 8)
		glyph := levels[max(full, 1)*len(levels)/8-1]
		if fillOf(p.th, s) > 0 {
			glyph = fill(p.th, s)
		}
		if open {
			glyph = p.th.Glyphs.Shade
		}
		for x := x0; x < x1; x++ {
			p.set(x, p.high-1-y, glyph, style)
		}
	}
}
