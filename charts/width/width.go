// Package width says how many cells text takes on a terminal. Charts lay out by
// it and the painter moves by it.
package width

import (
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// Of is how many cells a text takes, SGR sequences none. Text of code points
// that every terminal draws alike is counted here; anything else goes through
// the rules of Unicode, which are thirty times as dear.
func Of(s string) int {
	n := 0
	for i := 0; i < len(s); {
		switch c := s[i]; {
		case c >= ' ' && c < 0x7f:
			n, i = n+1, i+1
			continue
		case c == '\x1b':
			end := sgrEnd(s, i)
			if end < 0 {
				return ansi.StringWidth(s)
			}
			i = end
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		w := Plain(r)
		if w == 0 {
			return ansi.StringWidth(s)
		}
		n, i = n+w, i+size
	}
	return n
}

// sgrEnd is behind the SGR sequence that begins at i, -1 if there is none.
func sgrEnd(s string, i int) int {
	if i+1 >= len(s) || s[i+1] != '[' {
		return -1
	}
	for i += 2; i < len(s); i++ {
		switch c := s[i]; {
		case c == 'm':
			return i + 1
		case c < '0' || c > ';': // digits, colon, semicolon
			return -1
		}
	}
	return -1
}

// Plain is the width of code points that every terminal draws alike and that
// never join the one before them; 0 for all others.
func Plain(r rune) int {
	switch {
	case r < ' ':
		return 0
	case r < 0x7f, r > 0xa0 && r < 0x300 && r != 0xad && r != 0xa9 && r != 0xae,
		r >= 0x391 && r <= 0x3c9 && r != 0x3a2, r >= 0x410 && r <= 0x44f,
		r >= 0x2010 && r <= 0x2027, r >= 0x2190 && r <= 0x2193,
		r >= 0x2500 && r <= 0x25a9, r >= 0x25b2 && r <= 0x25b5, r >= 0x25b8 && r <= 0x25bf,
		r >= 0x25c6 && r <= 0x25cf, r >= 0x2801 && r <= 0x28ff:
		return 1
	case r >= 0x3041 && r <= 0x3096, r >= 0x30a1 && r <= 0x30fa,
		r >= 0x4e00 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3:
		return 2
	}
	return 0
}
