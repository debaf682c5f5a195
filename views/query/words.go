// Package query is the one grammar of questions: words and their quoting,
// filters, event arguments, segments, dates and intervals, each with a parser
// and a printer that are inverse to each other.
//
// What it prints is safe to show on a terminal and, as a whole line, means the
// same to this program and to a POSIX shell with $'…' quoting.
package query

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"amptui/api/text"
)

// Join writes words as one line that Split and a shell read back as they were.
func Join(words []string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = Quote(w)
	}
	return strings.Join(quoted, " ")
}

// Quote writes one word so that Split and a shell read it back as it was:
// bare where that is possible, else in double, single or $'…' quotes. Bytes
// that a terminal must not see are written as escapes.
func Quote(word string) string {
	switch {
	case word != "" && strings.IndexFunc(word, special) < 0 && text.IsFit(word):
		return word
	case !text.IsFit(word):
		return QuoteHard(word)
	case !strings.ContainsAny(word, "\"$`\\!"):
		return `"` + word + `"`
	case !strings.Contains(word, "'"):
		return "'" + word + "'"
	}
	return QuoteHard(word)
}

// QuoteHard writes one word in $'…' quotes, whether it needs them or not.
func QuoteHard(word string) string { return "$'" + escape(word, '\'') + "'" }

// special says whether r needs quotes in a shell word.
func special(r rune) bool {
	switch {
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r >= utf8.RuneSelf:
		return false
	}
	return !strings.ContainsRune("_-./:@%+,=", r)
}

// escape writes s with backslash escapes for the quote, the backslash and
// everything that a terminal must not see.
func escape(s string, quote rune) string {
	plain := text.IsFit(s)
	var b strings.Builder
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == utf8.RuneError && n <= 1:
			fmt.Fprintf(&b, `\x%02x`, s[0])
		case r == quote || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r >= 0x20 && r < 0x7f, plain:
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		s = s[n:]
	}
	return b.String()
}

// unescape reads one escape sequence behind a backslash and returns what it
// stands for and how long it was. An unknown one stands for itself.
func unescape(s string) (string, int) {
	if s == "" {
		return `\`, 0
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s[0]]
	if digits == 0 || len(s) < 1+digits {
		_, n := utf8.DecodeRuneInString(s)
		return s[:n], n
	}
	v, err := strconv.ParseUint(s[1:1+digits], 16, 32)
	if err != nil {
		return s[:1], 1
	}
	if s[0] == 'x' {
		return string([]byte{byte(v)}), 3
	}
	return string(rune(v)), 1 + digits
}

// Split reads a line into words as a shell would: blanks separate, '…', "…"
// and $'…' quote, a backslash outside quotes takes the next character as it is.
func Split(line string) ([]string, error) {
	var words []string
	for {
		line = strings.TrimLeft(line, " \t\n\r")
		if line == "" {
			return words, nil
		}
		word, rest, err := firstWord(line)
		if err != nil {
			return nil, err
		}
		words, line = append(words, word), rest
	}
}

func firstWord(line string) (word, rest string, err error) {
	var b strings.Builder
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case strings.IndexByte(" \t\n\r", c) >= 0:
			return b.String(), line[i:], nil
		case c == '\'' || c == '"' || (c == '$' && strings.HasPrefix(line[i:], "$'")):
			s, n, ok := quoted(line[i:])
			if !ok {
				return "", "", fmt.Errorf("the quote in %s is not closed: add a %c at its end", text.Clean(line[i:]), line[i+n])
			}
			b.WriteString(s)
			i += n
		case c == '\\' && i+1 < len(line):
			_, n := utf8.DecodeRuneInString(line[i+1:])
			b.WriteString(line[i+1 : i+1+n])
			i += 1 + n
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String(), "", nil
}

// quoted reads the quoted part that s begins with. Where the quote is not
// closed, n is the place of the opening quote mark.
func quoted(s string) (value string, n int, ok bool) {
	dollar := s[0] == '$'
	open := 0
	if dollar {
		open = 1
	}
	q := s[open]
	var b strings.Builder
	for i := open + 1; i < len(s); {
		switch {
		case s[i] == q:
			return b.String(), i + 1, true
		case s[i] == '\\' && dollar:
			v, m := unescape(s[i+1:])
			b.WriteString(v)
			i += 1 + m
		case s[i] == '\\' && q == '"' && i+1 < len(s) && strings.IndexByte("\"\\$`", s[i+1]) >= 0:
			b.WriteByte(s[i+1])
			i += 2
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return "", open, false
}
