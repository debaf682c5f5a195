package paint

import "strconv"

// attrs is a set of text attributes.
type attrs uint8

const (
	bold attrs = 1 << iota
	dim
	italic
	underline
	reverse
	strike
)

// seenOnBlank are the attributes that show on a blank.
const seenOnBlank = underline | reverse | strike

// A color is zero for the terminal's own, else a kind in the top byte and a
// palette index or 0xRRGGBB below it.
type color uint32

const (
	kindBasic color = (iota + 1) << 24 // 0 to 15
	kind256
	kindRGB
	kindMask color = 0xff << 24
)

// style is one state of SGR, comparable with ==.
type style struct {
	fg, bg color
	attrs  attrs
}

// sgr applies the parameters of one SGR sequence, the text between "ESC[" and
// "m". What it does not know it leaves out.
func (s style) sgr(params string) style {
	p := sgrParams{rest: params}
	for {
		n, ok := p.next()
		if !ok {
			return s
		}
		s = s.apply(n, &p)
	}
}

func (s style) apply(n int, p *sgrParams) style {
	switch {
	case n == 0:
		return style{}
	case n == 4 && p.sub:
		if m, _ := p.next(); m == 0 {
			s.attrs &^= underline
			return s
		}
		s.attrs |= underline
	case n < 30:
		s.attrs = s.attrs&^attrOff(n) | attrOn(n)
	case n <= 37:
		s.fg = kindBasic | color(n-30)
	case n == 38:
		s.fg = p.color(s.fg)
	case n == 39:
		s.fg = 0
	case n >= 40 && n <= 47:
		s.bg = kindBasic | color(n-40)
	case n == 48:
		s.bg = p.color(s.bg)
	case n == 49:
		s.bg = 0
	case n >= 90 && n <= 97:
		s.fg = kindBasic | color(n-90+8)
	case n >= 100 && n <= 107:
		s.bg = kindBasic | color(n-100+8)
	}
	return s
}

func attrOn(n int) attrs {
	switch n {
	case 1:
		return bold
	case 2:
		return dim
	case 3:
		return italic
	case 4, 21:
		return underline
	case 7:
		return reverse
	case 9:
		return strike
	}
	return 0
}

func attrOff(n int) attrs {
	switch n {
	case 22:
		return bold | dim
	case 23:
		return italic
	case 24:
		return underline
	case 27:
		return reverse
	case 29:
		return strike
	}
	return 0
}

// sgrParams reads parameters one after the other. After next, sub says that
// the following one is a sub-parameter (a colon came between).
type sgrParams struct {
	rest string
	sub  bool
	done bool
}

func (p *sgrParams) next() (n int, ok bool) {
	if p.done {
		return 0, false
	}
	for i := 0; i < len(p.rest); i++ {
		switch c := p.rest[i]; c {
		case ';', ':':
			p.rest, p.sub = p.rest[i+1:], c == ':'
			return n, true
		default:
			n = min(n*10+int(c-'0'), 1<<16)
		}
	}
	p.done, p.sub = true, false
	return n, true
}

// color reads what follows 38 or 48: 5;n, 2;r;g;b, or the same with colons,
// where the RGB form may hold a colour space before its red.
func (p *sgrParams) color(old color) color {
	colons := p.sub
	switch kind, _ := p.next(); kind {
	case 5:
		if n, ok := p.next(); ok && n < 256 {
			return kind256 | color(n)
		}
	case 2:
		v, got := [4]int{}, 0
		for got < 4 && (got < 3 || colons && p.sub) {
			n, ok := p.next()
			if !ok {
				break
			}
			v[got] = min(n, 255)
			got++
			if colons && !p.sub {
				break
			}
		}
		switch got {
		case 3:
			return rgb(v[0], v[1], v[2])
		case 4:
			return rgb(v[1], v[2], v[3])
		}
	}
	return old
}

func rgb(r, g, b int) color { return kindRGB | color(r)<<16 | color(g)<<8 | color(b) }

// change appends the shortest SGR that leads from s to want.
func (s style) change(b []byte, want style) []byte {
	if s == want {
		return b
	}
	if want == (style{}) {
		return append(b, "\x1b[m"...)
	}
	start := len(b)
	b = s.steps(append(b, "\x1b["...), want)
	b[len(b)-1] = 'm'
	length := len(b) - start
	b = style{}.steps(append(b, "\x1b[0;"...), want)
	b[len(b)-1] = 'm'
	if again := b[start+length:]; len(again) < length {
		b = b[:start+copy(b[start:], again)]
		return b
	}
	return b[:start+length]
}

// steps appends the parameters that differ, each with a semicolon behind it.
func (s style) steps(b []byte, want style) []byte {
	off, on := s.attrs&^want.attrs, want.attrs&^s.attrs
	if off&(bold|dim) != 0 {
		b = append(b, "22;"...)
		on |= want.attrs & (bold | dim)
	}
	for _, a := range [...]struct {
		attr    attrs
		off, on string
	}{
		{bold, "", "1;"},
		{dim, "", "2;"},
		{italic, "23;", "3;"},
		{underline, "24;", "4;"},
		{reverse, "27;", "7;"},
		{strike, "29;", "9;"},
	} {
		if off&a.attr != 0 {
			b = append(b, a.off...)
		} else if on&a.attr != 0 {
			b = append(b, a.on...)
		}
	}
	if s.fg != want.fg {
		b = want.fg.params(b, 30)
	}
	if s.bg != want.bg {
		b = want.bg.params(b, 40)
	}
	return b
}

// params appends the colour's parameters; base is 30 for text, 40 for ground.
func (c color) params(b []byte, base int) []byte {
	n := int(c &^ kindMask)
	switch c & kindMask {
	case 0:
		return append(number(b, base+9), ';')
	case kindBasic:
		if n < 8 {
			return append(number(b, base+n), ';')
		}
		return append(number(b, base+60+n-8), ';')
	case kind256:
		return append(number(append(number(b, base+8), ";5;"...), n), ';')
	}
	b = append(number(b, base+8), ";2;"...)
	b = append(number(b, n>>16), ';')
	b = append(number(b, n>>8&0xff), ';')
	return append(number(b, n&0xff), ';')
}

func number(b []byte, n int) []byte { return strconv.AppendInt(b, int64(n), 10) }
