package charts

import (
	"fmt"
	"math"
	"strings"

	"amptui/charts/theme"
)

// Funnel draws the steps of a funnel as horizontal bars: how much of the first
// step is left, and shaded behind it what was lost since the step before. With
// several groups every step has a bar for each.
type Funnel struct {
	Heads  []string // titles of the bars' Columns; the last ones leave where there is no room
	Steps  []FunnelStep
	Cursor int  // step under the cursor, -1 is none; the picture scrolls so that it is visible
	Ends   bool // where there is no room for all steps, and no cursor, the last ones are seen
	Empty  string
}

// FunnelStep is one step with a bar for each group.
type FunnelStep struct {
	Name string
	Bars []FunnelBar
}

// FunnelBar is one group at one step.
type FunnelBar struct {
	Name    string   // the group; "" where there is one only
	Left    float64  // fraction of the first step; NaN draws nothing
	Before  float64  // the same of the step before
	Columns []string // the numbers, one per head
	Worst   bool     // the biggest loss
	Color   int
}

// funnelLayout is where the parts of a picture stand.
type funnelLayout struct {
	w, h    int
	name    int   // width of the steps' or groups' names
	columns []int // widths of the columns that are shown
	thick   int   // lines of a bar; 0 stands beside the name
	gap     int   // blank lines between steps
}

// Draw draws the heads and the steps that fit, as thick as there is room for.
func (f Funnel) Draw(w, h int, th theme.Theme) string {
	switch {
	case w <= 0 || h <= 0:
		return Fit("", w, h)
	case len(f.Steps) == 0 || f.groups() == 0:
		return notice(first(f.Empty, "no data"), w, h, th)
	case w < leastChartWidth:
		return notice("too small", w, h, th)
	}
	l := f.layout(w, h)
	g := newGrid(w, h)
	x := w
	for i := len(l.columns) - 1; i >= 0; i-- {
		x -= l.columns[i]
		g.write(x+l.columns[i]-1-Width(f.Heads[i]), 0, l.columns[i], f.Heads[i], th.Dim)
	}
	each := f.lines(l)
	visible := max((h-1+l.gap)/max(each, 1), 1)
	see := max(f.Cursor, 0)
	if f.Ends && f.Cursor < 0 {
		see = len(f.Steps) - 1
	}
	top := Scroll(see, 0, len(f.Steps), visible)
	last := f.last(l, top)
	if top > 0 || last < len(f.Steps) {
		g.write(2, 0, max(x-3, 0), seenSteps(top+1, last, len(f.Steps)), th.Dim)
	}
	for i := top; i < last; i++ {
		f.step(g, l, 1+(i-top)*each, i, th)
	}
	return g.String()
}

// last is the end of the steps that have room from top on, for the name and, of
// several groups, for one bar at least.
func (f Funnel) last(l funnelLayout, top int) int {
	least := min(f.groups()-1, 1)
	i := top + 1
	for i < len(f.Steps) && 1+(i-top)*f.lines(l)+least < l.h {
		i++
	}
	return i
}

// seenSteps says which steps of how many there is room for.
func seenSteps(first, last, of int) string {
	if first == last {
		return fmt.Sprintf("step %d of %d", first, of)
	}
	return fmt.Sprintf("steps %d to %d of %d", first, last, of)
}

func (f Funnel) groups() int {
	most := 0
	for _, s := range f.Steps {
		most = max(most, len(s.Bars))
	}
	return most
}

// Lines is how many lines the head and all steps take at least, each bar on a
// line of its own.
func (f Funnel) Lines() int { return 1 + len(f.Steps)*f.lines(funnelLayout{thick: 1}) }

// lines is how many lines a step takes.
func (f Funnel) lines(l funnelLayout) int {
	switch groups := f.groups(); {
	case groups > 1:
		return 1 + groups*max(l.thick, 1) + l.gap
	case l.thick == 0:
		return 1
	}
	return 1 + l.thick + l.gap
}

func (f Funnel) layout(w, h int) funnelLayout {
	l := funnelLayout{w: w, h: h}
	for i, head := range f.Heads {
		wide := Width(head)
		for _, s := range f.Steps {
			for _, b := range s.Bars {
				if i < len(b.Columns) {
					wide = max(wide, Width(b.Columns[i]))
				}
			}
		}
		l.columns = append(l.columns, wide+2)
	}
	for _, s := range f.Steps {
		if f.groups() == 1 {
			l.name = max(l.name, Width(s.Name)+4)
		}
		for _, b := range s.Bars {
			l.name = max(l.name, Width(b.Name)+2)
		}
	}
	l.name = min(l.name, max(w*2/5, 8))
	least := 10 // a bar must tell something
	if f.groups() == 1 && h-1 >= 2*len(f.Steps) {
		least = 2 // it has a line of its own
	}
	for 2+l.name+least+sum(l.columns) > w && len(l.columns) > 1 {
		if len(l.columns) <= worthAName && l.name > leastName {
			l.name--
			continue
		}
		l.columns = l.columns[:len(l.columns)-1]
	}
	l.thick, l.gap = f.thickness(h)
	return l
}

const (
	worthAName = 4 // so many columns say more than whole names
	leastName  = 14
)

func sum(list []int) int {
	n := 0
	for _, x := range list {
		n += x
	}
	return n
}

// thickness is the most that fits: bars of three lines and a blank one at best.
func (f Funnel) thickness(h int) (thick, gap int) {
	best := funnelLayout{}
	for _, try := range []funnelLayout{{thick: 1}, {thick: 1, gap: 1}, {thick: 2, gap: 1}, {thick: 3, gap: 1}, {thick: 4, gap: 2}} {
		if f.groups() > 1 && try.thick > 2 {
			break
		}
		if len(f.Steps)*f.lines(try)-try.gap <= h-1 {
			best = try
		}
	}
	return best.thick, best.gap
}

// step draws the name and the bars of a step from line y on.
func (f Funnel) step(g *grid, l funnelLayout, y, i int, th theme.Theme) {
	s := f.Steps[i]
	style := theme.Style{}
	if i == f.Cursor {
		g.set(0, y, th.Glyphs.Pointer, th.Accent)
		style = th.Selected
	}
	name := fmt.Sprintf("%d %s", i+1, s.Name)
	if f.groups() == 1 {
		if len(s.Bars) == 0 {
			return
		}
		g.write(2, y, l.name-2, name, style)
		f.columns(g, l, y, s.Bars[0], th)
		if l.thick == 0 {
			drawFunnelBar(g, 2+l.name, y, l.w-2-l.name-sum(l.columns), 1, s.Bars[0], th)
		} else {
			drawFunnelBar(g, 4, y+1, l.w-5, l.thick, s.Bars[0], th)
		}
		return
	}
	g.write(2, y, g.w-2, name, style)
	y++
	thick := max(l.thick, 1)
	for n, b := range s.Bars {
		if rest := len(s.Bars) - n; rest > 1 && y+thick >= g.h {
			g.write(4, y, g.w-4, fmt.Sprintf("+%d more", rest), th.Dim)
			return
		}
		g.write(4, y, l.name-2, b.Name, theme.Style{})
		drawFunnelBar(g, 4+l.name, y, l.w-5-l.name-sum(l.columns), thick, b, th)
		f.columns(g, l, y, b, th)
		y += thick
	}
}

func (f Funnel) columns(g *grid, l funnelLayout, y int, b FunnelBar, th theme.Theme) {
	style := theme.Style{}
	if b.Worst {
		style = th.Warn
	}
	x := l.w
	for i := len(l.columns) - 1; i >= 0; i-- {
		x -= l.columns[i]
		if i < len(b.Columns) {
			g.write(x+l.columns[i]-1-Width(b.Columns[i]), y, l.columns[i], b.Columns[i], style)
		}
	}
}

// drawFunnelBar draws what is left and, shaded, what was lost since the step
// before.
func drawFunnelBar(g *grid, x, y, room, thick int, b FunnelBar, th theme.Theme) {
	if room <= 0 || isMissing(b.Left) {
		return
	}
	bar, lost := shareBar(b.Left, room, th), 0
	if !isMissing(b.Before) {
		// Whole cells: between a part of a cell and the shade would be a gap.
		cells := int(math.Round(max(0, min(b.Left, 1)) * float64(room)))
		if lost = int(math.Round(max(0, min(b.Before, 1))*float64(room))) - cells; lost > 0 && cells > 0 {
			bar = strings.Repeat(th.Glyphs.Eighths[len(th.Glyphs.Eighths)-1], cells)
		}
		lost = max(lost, 0)
	}
	if b.Left > 0 && Width(bar) == 0 {
		bar, lost = th.Glyphs.Eighths[len(th.Glyphs.Eighths)-1], lost-1
	}
	for line := y; line < y+thick; line++ {
		g.write(x, line, room, bar, seriesStyle(th, Series{Color: b.Color}))
		if lost > 0 {
			g.write(x+Width(bar), line, lost, strings.Repeat(th.Glyphs.Shade, lost), th.Dim)
		}
	}
}
