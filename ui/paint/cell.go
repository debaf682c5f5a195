package paint

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"amptui/charts/width"
)

// foreign stands where a frame held a byte that could drive the terminal.
const foreign = '\uFFFD'

// maxClusters bounds the table of clusters of several code points; a screen
// that has seen more starts again with an empty one.
const maxClusters = 1 << 12

// cell is one column of a row, comparable with ==.
type cell struct {
	// text is a code point, or -1-n for the n-th entry in the clusters table.
	text rune
	style
	// width is 2 for a wide cluster, whose second column is a cell of width 0.
	width uint8
	// odd marks a cluster whose width terminals disagree on.
	odd bool
}

func blank() cell { return cell{text: ' ', width: 1} }

// clusters holds the grapheme clusters of more than one code point.
type clusters struct {
	texts []string
	ids   map[string]rune
}

func (c *clusters) id(text string) rune {
	if id, ok := c.ids[text]; ok {
		return id
	}
	if c.ids == nil {
		c.ids = map[string]rune{}
	}
	text = strings.Clone(text)
	c.texts = append(c.texts, text)
	id := rune(-len(c.texts))
	c.ids[text] = id
	return id
}

func (c *clusters) append(b []byte, text rune) []byte {
	if text < 0 {
		return append(b, c.texts[-1-text]...)
	}
	return utf8.AppendRune(b, text)
}

// parser turns one line of text and SGR into cells.
type parser struct {
	clusters *clusters
	pen      style
	foreign  int
}

// line fills the whole row, cut or blank-filled; a wide cluster that does not
// fit at the right edge becomes a blank.
func (p *parser) line(row []cell, line string) {
	x := 0
	for len(line) > 0 && x < len(row) {
		c, n := p.next(line)
		line = line[n:]
		switch {
		case c.width == 0:
			continue
		case x+int(c.width) > len(row):
			c.text, c.width, c.odd = ' ', 1, false
		}
		row[x] = c.tidy()
		if x++; c.width == 2 {
			row[x] = cell{style: c.style}
			x++
		}
	}
	for ; x < len(row); x++ {
		row[x] = blank()
	}
}

// tidy drops from a blank what cannot be seen, so that blanks are equal.
func (c cell) tidy() cell {
	if c.text == ' ' && c.attrs&seenOnBlank == 0 {
		c.fg, c.attrs = 0, 0
	}
	return c
}

// next reads one cluster, or one SGR sequence (then the cell has no width).
func (p *parser) next(s string) (c cell, size int) {
	if b := s[0]; b < utf8.RuneSelf {
		switch {
		case b == '\x1b':
			return p.escape(s)
		case b < ' ' || b == 0x7f:
			return p.bad(), 1
		case len(s) == 1 || s[1] < utf8.RuneSelf:
			return cell{text: rune(b), style: p.pen, width: 1}, 1
		}
	}
	r, size := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && size == 1 || drives(r) {
		return p.bad(), size
	}
	if w := width.Plain(r); w > 0 && endsCluster(s[size:]) {
		return cell{text: r, style: p.pen, width: uint8(w)}, size
	}
	return p.cluster(s, size)
}

// cluster reads a cluster the slow way, by the rules of Unicode.
func (p *parser) cluster(s string, first int) (cell, int) {
	text, width := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
	for i, r := range text {
		if i > 0 && (drives(r) || r == utf8.RuneError) {
			text = text[:i]
			width = ansi.StringWidth(text)
			break
		}
	}
	if len(text) == 0 {
		return p.bad(), first
	}
	c := cell{style: p.pen, width: uint8(min(width, 2))}
	if r, n := utf8.DecodeRuneInString(text); n == len(text) {
		c.text, c.odd = r, isOdd(r)
	} else {
		c.text, c.odd = p.clusters.id(text), true
	}
	return c, len(text)
}

// escape applies an SGR sequence to the pen; any other escape is foreign.
func (p *parser) escape(s string) (cell, int) {
	if len(s) < 3 || s[1] != '[' {
		return p.bad(), 1
	}
	for i := 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			p.pen = p.pen.sgr(s[2:i])
			return cell{}, i + 1
		case c < '0' || c > ';': // digits, colon, semicolon
			return p.bad(), 1
		}
	}
	return p.bad(), 1
}

func (p *parser) bad() cell {
	p.foreign++
	return cell{text: foreign, style: p.pen, width: 1}
}

// drives reports that a code point could drive or reorder the terminal: C0,
// DEL, C1, line separators and bidi controls.
func drives(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r < 0xa0:
		return true
	case r < 0x061c:
		return false
	}
	return r == 0x061c || r == 0x200e || r == 0x200f ||
		r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// endsCluster reports that what follows surely begins a cluster of its own.
func endsCluster(s string) bool {
	if len(s) == 0 || s[0] < utf8.RuneSelf {
		return true
	}
	r, _ := utf8.DecodeRuneInString(s)
	return width.Plain(r) > 0
}

// isOdd reports that terminals disagree on the code point's width, or join it
// to its neighbour.
func isOdd(r rune) bool {
	return r >= 0x1f000 && r < 0x20000 || r >= 0x1100 && r < 0x1200 ||
		r >= 0xa960 && r < 0xa980 || r >= 0xd7b0 && r < 0xd800 ||
		unicode.In(r, unicode.M, unicode.Cf, unicode.Co)
}
