package charts

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"amptui/charts/theme"
)

// grid is a block of cells that becomes text with runs of equal style joined.
// Everything outside of it is left away.
type grid struct {
	w, h   int
	cells  []gridCell
	styles []theme.Style
}

// gridCell is one cell; behind a wide cluster stands one without text.
type gridCell struct {
	text  string
	style uint8
	tail  bool // the second cell of a wide cluster
}

func newGrid(w, h int) *grid {
	return &grid{w: w, h: h, cells: make([]gridCell, w*h), styles: []theme.Style{{}}}
}

// style is the number of a style in this grid.
func (g *grid) style(s theme.Style) uint8 {
	for i, have := range g.styles {
		if have == s {
			return uint8(i)
		}
	}
	if len(g.styles) > 250 {
		return 0
	}
	g.styles = append(g.styles, s)
	return uint8(len(g.styles) - 1)
}

// set puts one glyph of one cell.
func (g *grid) set(x, y int, glyph string, s theme.Style) {
	if x < 0 || y < 0 || x >= g.w || y >= g.h {
		return
	}
	g.free(x, y)
	g.cells[y*g.w+x] = gridCell{text: glyph, style: g.style(s)}
}

// free makes a cell fit to be written: of a wide cluster that is written over by half
// the other half becomes a blank.
func (g *grid) free(x, y int) {
	row := g.cells[y*g.w : (y+1)*g.w]
	if row[x].tail && x > 0 {
		row[x-1] = gridCell{}
	}
	if x+1 < g.w && row[x+1].tail {
		row[x+1] = gridCell{}
	}
}

// write puts text from x on, cut at the right edge or after w cells.
func (g *grid) write(x, y, w int, text string, s theme.Style) {
	if y < 0 || y >= g.h || x < 0 {
		return
	}
	style := g.style(s)
	text = Cut(text, min(w, g.w-x))
	for text != "" {
		cluster, wide := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		if cluster == "" {
			return
		}
		text = text[len(cluster):]
		if wide == 0 || x+wide > g.w {
			continue
		}
		g.free(x, y)
		g.cells[y*g.w+x] = gridCell{text: cluster, style: style}
		if wide == 2 {
			g.free(x+1, y)
			g.cells[y*g.w+x+1] = gridCell{tail: true, style: style}
		}
		x += wide
	}
}

// String is h lines of w cells.
func (g *grid) String() string {
	var b strings.Builder
	b.Grow(2 * g.w * g.h)
	for y := range g.h {
		if y > 0 {
			b.WriteByte('\n')
		}
		style, end := uint8(0), ""
		for _, c := range g.cells[y*g.w : (y+1)*g.w] {
			if c.tail {
				continue
			}
			text, of := c.text, c.style
			if text == "" {
				text, of = " ", 0
			}
			if of != style {
				b.WriteString(end)
				var open string
				open, end = g.styles[of].Around()
				b.WriteString(open)
				style = of
			}
			b.WriteString(text)
		}
		b.WriteString(end)
	}
	return b.String()
}
