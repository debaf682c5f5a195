package charts

import "amptui/charts/theme"

// dots is a plot in braille: two columns and four rows of dots a cell. One is
// used for all series of a chart, one after the other.
type dots struct {
	wide, high int
	cells      []uint8 // the dots of each cell, as in the code point
	top, end   int     // the rows of cells that have some
}

func newDots(wide, high int) *dots {
	return &dots{wide: wide, high: high, cells: make([]uint8, max(wide, 0)*max(high, 0)), top: high}
}

// set puts a dot, if it is inside.
func (d *dots) set(x, y int) {
	if x < 0 || y < 0 || x >= 2*d.wide || y >= 4*d.high {
		return
	}
	// Code points number the dots of the left column 1 2 3 7, of the right 4 5 6 8.
	bit := [8]uint8{0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80}[4*(x&1)+y&3]
	d.cells[y/4*d.wide+x/2] |= bit
	d.top, d.end = min(d.top, y/4), max(d.end, y/4+1)
}

// moveTo puts the dots onto a grid, joined with those that are there, and takes
// them away for the next series.
func (d *dots) moveTo(g *grid, left int, s theme.Style) {
	style := g.style(s)
	for y := d.top; y < d.end; y++ {
		for x := range d.wide {
			bits := d.cells[y*d.wide+x]
			if bits == 0 {
				continue
			}
			d.cells[y*d.wide+x] = 0
			at := y*g.w + left + x
			if y >= g.h || left+x >= g.w {
				continue
			}
			g.cells[at] = gridCell{text: brailleOf(bits | dotsOf(g.cells[at].text)), style: style}
		}
	}
	d.top, d.end = d.high, 0
}

// dotsOf are the dots of a glyph of braille, none of any other.
func dotsOf(glyph string) uint8 {
	if len(glyph) != 3 || glyph[0] != 0xe2 || glyph[1] < 0xa0 || glyph[1] > 0xa3 {
		return 0
	}
	return (glyph[1]-0xa0)<<6 | glyph[2]&0x3f
}

// brailleOf is a glyph out of the table of all of them, so that none is made.
func brailleOf(bits uint8) string { return brailleTable[3*int(bits):][:3] }

// brailleTable is U+2800 to U+28FF, three bytes each.
const brailleTable = "" +
	"⠀⠁⠂⠃⠄⠅⠆⠇⠈⠉⠊⠋⠌⠍⠎⠏" +
	"⠐⠑⠒⠓⠔⠕⠖⠗⠘⠙⠚⠛⠜⠝⠞⠟" +
	"⠠⠡⠢⠣⠤⠥⠦⠧⠨⠩⠪⠫⠬⠭⠮⠯" +
	"⠰⠱⠲⠳⠴⠵⠶⠷⠸⠹⠺⠻⠼⠽⠾⠿" +
	"⡀⡁⡂⡃⡄⡅⡆⡇⡈⡉⡊⡋⡌⡍⡎⡏" +
	"⡐⡑⡒⡓⡔⡕⡖⡗⡘⡙⡚⡛⡜⡝⡞⡟" +
	"⡠⡡⡢⡣⡤⡥⡦⡧⡨⡩⡪⡫⡬⡭⡮⡯" +
	"⡰⡱⡲⡳⡴⡵⡶⡷⡸⡹⡺⡻⡼⡽⡾⡿" +
	"⢀⢁⢂⢃⢄⢅⢆⢇⢈⢉⢊⢋⢌⢍⢎⢏" +
	"⢐⢑⢒⢓⢔⢕⢖⢗⢘⢙⢚⢛⢜⢝⢞⢟" +
	"⢠⢡⢢⢣⢤⢥⢦⢧⢨⢩⢪⢫⢬⢭⢮⢯" +
	"⢰⢱⢲⢳⢴⢵⢶⢷⢸⢹⢺⢻⢼⢽⢾⢿" +
	"⣀⣁⣂⣃⣄⣅⣆⣇⣈⣉⣊⣋⣌⣍⣎⣏" +
	"⣐⣑⣒⣓⣔⣕⣖⣗⣘⣙⣚⣛⣜⣝⣞⣟" +
	"⣠⣡⣢⣣⣤⣥⣦⣧⣨⣩⣪⣫⣬⣭⣮⣯" +
	"⣰⣱⣲⣳⣴⣵⣶⣷⣸⣹⣺⣻⣼⣽⣾⣿"
