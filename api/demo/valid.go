package demo

import "encoding/binary"

// deepest is how far values may be nested, as encoding/json has it.
const deepest = 10000

// object goes through the keys, in their quotation marks, and values of a JSON object
// and says whether it is one, with nothing behind it. What it has handed out by then is
// good as far as it goes.
// encoding/json would say the same of it, in more than twice the time.
func object(b []byte, each func(key, value []byte)) bool {
	if len(b) == 0 || b[0] != '{' {
		return false
	}
	i := skip(b, 1)
	if at(b, i) == '}' {
		return skip(b, i+1) == len(b)
	}
	for {
		end := validString(b, i)
		if end < 0 {
			return false
		}
		key := b[i:end]
		if i = skip(b, end); at(b, i) != ':' {
			return false
		}
		i = skip(b, i+1)
		if end = validValue(b, i, 2); end < 0 {
			return false
		}
		each(key, b[i:end])
		i = skip(b, end)
		switch at(b, i) {
		case '}':
			return skip(b, i+1) == len(b)
		case ',':
			i = skip(b, i+1)
		default:
			return false
		}
	}
}

// members goes through an object that has been found to be one, with its keys read.
func members(b []byte, each func(key, value []byte)) {
	object(b, func(key, value []byte) { each(wordOf(key), value) })
}

// at is the byte at i, or 0 behind the end: no JSON has that outside of a string.
func at(b []byte, i int) byte {
	if i < len(b) {
		return b[i]
	}
	return 0
}

func skip(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\n' || b[i] == '\r') {
		i++
	}
	return i
}

// validValue is where the value that begins at i ends, or -1 if it is none.
func validValue(b []byte, i, depth int) int {
	switch c := at(b, i); c {
	case '"':
		return validString(b, i)
	case 'n':
		return literal(b, i, "null")
	case 't':
		return literal(b, i, "true")
	case 'f':
		return literal(b, i, "false")
	case '{', '[':
		if depth > deepest {
			return -1
		}
		return validNest(b, i, c, depth)
	}
	return validNumber(b, i)
}

// validNest is where an object or a list ends.
func validNest(b []byte, i int, open byte, depth int) int {
	shut := open + 2 // as '{' and '}', '[' and ']' stand in ASCII
	if i = skip(b, i+1); at(b, i) == shut {
		return i + 1
	}
	for {
		if open == '{' {
			if i = validString(b, i); i < 0 {
				return -1
			}
			if i = skip(b, i); at(b, i) != ':' {
				return -1
			}
			i = skip(b, i+1)
		}
		if i = validValue(b, i, depth+1); i < 0 {
			return -1
		}
		i = skip(b, i)
		switch at(b, i) {
		case shut:
			return i + 1
		case ',':
			i = skip(b, i+1)
		default:
			return -1
		}
	}
}

func literal(b []byte, i int, word string) int {
	if end := i + len(word); end <= len(b) && string(b[i:end]) == word {
		return end
	}
	return -1
}

func validString(b []byte, i int) int {
	if at(b, i) != '"' {
		return -1
	}
	for i++; i < len(b); i++ {
		for i+8 <= len(b) && plain(binary.LittleEndian.Uint64(b[i:])) {
			i += 8
		}
		if i == len(b) {
			break
		}
		switch c := b[i]; {
		case c == '"':
			return i + 1
		case c < ' ':
			return -1
		case c == '\\':
			i++
			switch at(b, i) {
			case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
			case 'u':
				for range 4 {
					if i++; !isHex(at(b, i)) {
						return -1
					}
				}
			default:
				return -1
			}
		}
	}
	return -1
}

// plain says that none of eight bytes ends a string or needs a look: a quotation mark, a
// backslash, or a control. Each test sets the high bit of a byte that is so.
func plain(x uint64) bool {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	quote, slash := x^ones*'"', x^ones*'\\'
	return ((x-ones*' ')&^x|(quote-ones)&^quote|(slash-ones)&^slash)&highs == 0
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func validNumber(b []byte, i int) int {
	if at(b, i) == '-' {
		i++
	}
	if at(b, i) == '0' {
		i++
	} else if i = digits(b, i); i < 0 {
		return -1
	}
	if at(b, i) == '.' {
		if i = digits(b, i+1); i < 0 {
			return -1
		}
	}
	if c := at(b, i); c == 'e' || c == 'E' {
		if i++; at(b, i) == '+' || at(b, i) == '-' {
			i++
		}
		return digits(b, i)
	}
	return i
}

// digits is where one digit or more end.
func digits(b []byte, i int) int {
	from := i
	for at(b, i) >= '0' && at(b, i) <= '9' {
		i++
	}
	if i == from {
		return -1
	}
	return i
}
