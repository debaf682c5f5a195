package paint

import "slices"

const (
	// resetScroll makes the whole screen scroll again; the cursor goes home.
	resetScroll = "\x1b[r"
	reverseFeed = "\x1bM"
)

const (
	// worthScroll is how many bytes the plain difference takes before scrolling
	// is tried at all: a step that scrolls nothing is far below it.
	worthScroll = 160
	// farthest is how many rows at once are tried: a key scrolls one, a wheel three.
	farthest = 4
	// sampled is how many of the changed rows tell which way to try.
	sampled = 8
)

// band is rows top to bottom, both inside, whose content goes up by some rows,
// or down where that is below zero. What comes in is blank.
type band struct{ top, bottom, up int }

// source is the row that stands at y after the scroll; ok is false where a
// blank row came in.
func (b band) source(y int) (row int, ok bool) {
	if y < b.top || y > b.bottom {
		return y, true
	}
	y += b.up
	return y, y >= b.top && y <= b.bottom
}

// scroll moves the band on the terminal, in the way that every terminal knows:
// by line feeds at the edge of a scroll region.
func (p *pen) scroll(b band) {
	p.dress(blank()) // some terminals fill what comes in with the background
	p.out = append(p.out, "\x1b["...)
	if b.top > 0 {
		p.out = number(p.out, b.top+1)
	}
	p.out = append(number(append(p.out, ';'), b.bottom+1), 'r')
	p.y, p.x = 0, 0
	feed, times := "\n", b.up
	if b.up > 0 {
		p.move(b.bottom, 0)
	} else {
		p.move(b.top, 0)
		feed, times = reverseFeed, -b.up
	}
	for range times {
		p.out = append(p.out, feed...)
	}
	p.out = append(p.out, resetScroll...)
	p.y, p.x = 0, 0
}

// differences writes what brings the terminal from the grid to what is wanted:
// cell by cell, or by scrolling a band first where that takes fewer bytes. On a
// screen that was just cleared there is nothing to scroll.
func (s *Screen) differences(cleared bool) {
	start := len(s.pen.out)
	before := s.pen
	for y, changed := range s.changed {
		if changed {
			s.pen.row(y, s.shown(y), s.wanted(y))
		}
	}
	if cleared || len(s.pen.out)-start < worthScroll {
		return
	}
	b, ok := s.scrolled()
	if !ok {
		return
	}
	plain := s.pen
	s.pen = before
	s.pen.out = append(s.other[:0], plain.out[:start]...)
	s.pen.scroll(b)
	for y := range s.height {
		old, ok := b.source(y)
		switch {
		case !ok:
			s.pen.row(y, s.blanks, s.wanted(y))
		case old != y || s.changed[y]:
			s.pen.row(y, s.shown(old), s.wanted(y))
		}
	}
	if len(s.pen.out) < len(plain.out) {
		s.other = plain.out
		return
	}
	s.other = s.pen.out
	s.pen = plain
}

// shown is row y as the terminal shows it.
func (s *Screen) shown(y int) []cell { return s.grid[y*s.width : (y+1)*s.width] }

// wanted is row y as it shall be.
func (s *Screen) wanted(y int) []cell {
	if !s.changed[y] {
		return s.shown(y)
	}
	return s.next[y*s.width : (y+1)*s.width]
}

// scrolled finds the band whose scroll leaves the fewest cells to write.
func (s *Screen) scrolled() (b band, ok bool) {
	up := s.direction()
	if up == 0 {
		return b, false
	}
	// The stretch of rows that gain most when each takes the cells of the row
	// that is up rows below.
	gain, best, from := 0, 0, 0
	for y := max(0, -up); y < s.height-max(0, up); y++ {
		if gain <= 0 {
			gain, from = 0, y
		}
		gain += s.plainly(y) - differing(s.shown(y+up), s.wanted(y))
		if gain > best {
			best, b = gain, band{top: from, bottom: y, up: up}
		}
	}
	if best == 0 {
		return b, false
	}
	// The rows at the edge come in blank.
	b.top, b.bottom = b.top-max(0, -up), b.bottom+max(0, up)
	return b, true
}

// direction is by how many rows the screen seems to have been scrolled up, by
// a few of the rows that changed; zero where it was not.
func (s *Screen) direction() (up int) {
	var rows, plain [sampled]int // some of the rows, and what they cost where nothing scrolls
	n, seen, changed := 0, 0, 0
	for _, c := range s.changed {
		if c {
			changed++
		}
	}
	for y, c := range s.changed {
		if !c {
			continue
		}
		if n < sampled && seen*sampled >= n*changed {
			rows[n], plain[n] = y, s.plainly(y)
			n++
		}
		seen++
	}
	best := 0
	for by := -farthest; by <= farthest; by++ {
		if by == 0 {
			continue
		}
		gain := 0
		for i, y := range rows[:n] {
			if y+by >= 0 && y+by < s.height {
				gain += plain[i] - differing(s.shown(y+by), s.wanted(y))
			}
		}
		if gain > best {
			best, up = gain, by
		}
	}
	return up
}

// plainly is how many cells of row y differ where nothing scrolls.
func (s *Screen) plainly(y int) int {
	if !s.changed[y] {
		return 0
	}
	return differing(s.shown(y), s.wanted(y))
}

func differing(a, b []cell) (n int) {
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// blankRow makes row at least width blank cells.
func blankRow(row []cell, width int) []cell {
	row = slices.Grow(row[:0], width)[:width]
	for i := range row {
		row[i] = blank()
	}
	return row
}
