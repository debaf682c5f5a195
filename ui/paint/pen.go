package paint

// unknown is a cursor column that terminals may disagree on.
const unknown = -1

// maxGap is the longest stretch of unchanged cells that is worth the look
// whether writing them again is shorter than jumping over them.
const maxGap = 10

// pen is where the terminal's cursor stands, in which style it writes, and the
// bytes that are on their way to it.
type pen struct {
	out      []byte
	style    style
	x, y     int // x may be unknown
	width    int
	clusters *clusters
	trial    []byte
}

// row writes what differs between a row as the terminal shows it and as it
// shall be.
func (p *pen) row(y int, old, row []cell) {
	tail := blankTail(row)
	forced := firstOdd(old, row)
	for x := 0; x < len(row); {
		n := max(int(row[x].width), 1)
		if x < forced && same(old, row, x, n) {
			x += n
			continue
		}
		if x >= tail && p.clearTail(y, x, old, forced) {
			return
		}
		p.goTo(y, x, row)
		p.put(&row[x])
		x += n
	}
}

// same reports that the n cells from x need no writing. A wide cell also
// differs where its second column did.
func same(old, row []cell, x, n int) bool {
	if old[x] != row[x] {
		return false
	}
	return n == 1 || old[x+1] == row[x+1]
}

// blankTail is the column from which on the row is blank in the default style.
func blankTail(row []cell) int {
	x := len(row)
	for x > 0 && row[x-1] == blank() {
		x--
	}
	return x
}

// firstOdd is the first column that differs and holds, before or after, a
// cluster whose width terminals disagree on. From there on nobody knows what
// the terminal shows, so all is written.
func firstOdd(old, row []cell) int {
	for x := range row {
		if (old[x].odd || row[x].odd) && old[x] != row[x] {
			return x
		}
	}
	return len(row)
}

// clearTail erases from x to the end of the line if that is shorter than
// writing blanks, or if what stands there is uncertain.
func (p *pen) clearTail(y, x int, old []cell, forced int) bool {
	last := len(old) - 1
	for last > x && old[last] == blank() {
		last--
	}
	if forced == len(old) && last-x < len(clearTail) {
		return false
	}
	p.move(y, x)
	p.dress(blank())
	p.out = append(p.out, clearTail...)
	return true
}

// goTo moves to a column of row y: by cursor movement, or, when that is
// shorter, by writing the unchanged cells between once more.
func (p *pen) goTo(y, x int, row []cell) {
	if p.y == y && p.x == x {
		return
	}
	if p.y != y || p.x == unknown || x < p.x || x-p.x > maxGap || !plainRun(row[p.x:x]) {
		p.move(y, x)
		return
	}
	was := *p
	start := len(p.out)
	for i := p.x; i < x; i++ {
		p.put(&row[i])
	}
	p.dress(row[x])
	p.trial = append(p.trial[:0], p.out[start:]...)
	written := *p
	p.out, p.style, p.x = was.out, was.style, was.x
	p.move(y, x)
	p.dress(row[x])
	if len(p.trial) < len(p.out)-start {
		p.out = append(p.out[:start], p.trial...)
		p.style, p.x = written.style, x
	}
}

// plainRun reports that the cells can be written again without harm.
func plainRun(cells []cell) bool {
	for i := range cells {
		if cells[i].width != 1 || cells[i].odd {
			return false
		}
	}
	return true
}

// put writes one cluster at the cursor.
func (p *pen) put(c *cell) {
	p.dress(*c)
	if c.odd && c.width == 2 {
		// A terminal that draws it narrow must not show what was there before.
		p.out = append(p.out, "  "...)
		x := p.x
		p.x = unknown
		p.move(p.y, x)
	}
	p.out = p.clusters.append(p.out, c.text)
	p.x += int(c.width)
	if c.odd || p.x >= p.width {
		p.x = unknown
	}
}

// dress changes the style to what the cell needs. A blank does not care for
// what cannot be seen on it.
func (p *pen) dress(c cell) {
	want := c.style
	if c.text == ' ' && c.attrs&seenOnBlank == 0 {
		want.fg, want.attrs = p.style.fg, p.style.attrs&^seenOnBlank
	}
	p.out = p.style.change(p.out, want)
	p.style = want
}

// move brings the cursor to row y, column x by the shortest sequence.
func (p *pen) move(y, x int) {
	if p.y == y && p.x == x {
		return
	}
	var a, b [32]byte
	best := absolute(a[:0], y, x)
	best = shorter(best, p.sideways(b[:0], y, x))
	best = shorter(best, p.vertical(b[:0], y, x))
	best = shorter(best, p.newline(b[:0], y, x))
	p.out = append(p.out, best...)
	p.y, p.x = y, x
}

// shorter puts other in best's place if it is a shorter way, and any way.
func shorter(best, other []byte) []byte {
	if len(other) > 0 && len(other) < len(best) {
		return append(best[:0], other...)
	}
	return best
}

func absolute(b []byte, y, x int) []byte {
	b = append(b, "\x1b["...)
	if y > 0 || x > 0 {
		b = number(b, y+1)
	}
	if x > 0 {
		b = number(append(b, ';'), x+1)
	}
	return append(b, 'H')
}

// sideways stays in the row.
func (p *pen) sideways(b []byte, y, x int) []byte {
	if y != p.y {
		return nil
	}
	if x == 0 {
		return append(b, '\r')
	}
	b = append(number(append(b, "\x1b["...), x+1), 'G')
	if p.x == unknown {
		return b
	}
	switch n := x - p.x; {
	case n > 0 && digits(n) < digits(x+1):
		b = count(b[:0], n, 'C')
	case n < 0 && -n < len(b):
		b = append(b[:0], "\b\b\b\b\b\b"[:-n]...)
	case n < 0 && digits(-n) < digits(x+1):
		b = count(b[:0], -n, 'D')
	}
	return b
}

// vertical goes up or down, and then some columns.
func (p *pen) vertical(b []byte, y, x int) []byte {
	if y == p.y || p.x == unknown {
		return nil
	}
	b = count(b, max(y-p.y, p.y-y), "AB"[min(max(y-p.y, 0), 1)])
	switch n := x - p.x; {
	case n > 0:
		b = count(b, n, 'C')
	case n < 0 && n > -4:
		b = append(b, "\b\b\b"[:-n]...)
	case n < 0:
		b = count(b, -n, 'D')
	}
	return b
}

// newline goes down by CR LF and then right. A bare LF may mean a CR too.
func (p *pen) newline(b []byte, y, x int) []byte {
	n := y - p.y
	if n <= 0 || n > 6 {
		return nil
	}
	b = append(b, '\r')
	for range n {
		b = append(b, '\n')
	}
	if x > 0 {
		b = count(b, x, 'C')
	}
	return b
}

// count appends a cursor movement of n steps.
func count(b []byte, n int, final byte) []byte {
	b = append(b, "\x1b["...)
	if n > 1 {
		b = number(b, n)
	}
	return append(b, final)
}

// digits is the length that a count adds; none for 1.
func digits(n int) int {
	switch {
	case n <= 1:
		return 0
	case n < 10:
		return 1
	case n < 100:
		return 2
	}
	return 3
}
