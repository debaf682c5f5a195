package fault

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// bare is text that stands in the answer as it is.
type bare string

// manner is how an answer is written.
type manner int

const (
	asItIs   manner = iota // invalid bytes stay, controls are escaped
	escaped                // everything in \u
	rawly                  // controls stay too, which is no JSON
	twice                  // every key two times, the second one with a lie
	lieFirst               // every key two times, the first one with a lie
	capitals               // every key once more in capitals, with a lie
)

// writeJSON appends v. It writes also what json.Marshal would refuse or mend.
func writeJSON(b []byte, v any, how manner) []byte {
	switch v := v.(type) {
	case map[string]any:
		b = append(b, '{')
		for i, k := range slices.Sorted(maps.Keys(v)) {
			if i > 0 {
				b = append(b, ',')
			}
			b = writePair(b, k, v[k], how)
		}
		return append(b, '}')
	case []any:
		b = append(b, '[')
		for i, in := range v {
			if i > 0 {
				b = append(b, ',')
			}
			b = writeJSON(b, in, how)
		}
		return append(b, ']')
	case string:
		return writeString(b, v, how)
	case bare:
		return append(b, v...)
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return append(b, "null"...)
	}
	return append(b, plain...)
}

func writePair(b []byte, key string, v any, how manner) []byte {
	pair := func(b []byte, key string, v any) []byte {
		return writeJSON(append(writeString(b, key, how), ':'), v, how)
	}
	switch {
	case how == twice:
		return pair(append(pair(b, key, v), ','), key, lie(v))
	case how == lieFirst:
		return pair(append(pair(b, key, lie(v)), ','), key, v)
	case how == capitals && strings.ToUpper(key) != key:
		return pair(append(pair(b, key, v), ','), strings.ToUpper(key), lie(v))
	}
	return pair(b, key, v)
}

// lie is a value of the same shape that is wrong.
func lie(v any) any {
	switch v := v.(type) {
	case json.Number:
		return json.Number("13")
	case bool:
		return !v
	case []any:
		out := make([]any, len(v))
		for i, in := range v {
			out[i] = lie(in)
		}
		return out
	}
	return v
}

func writeString(b []byte, s string, how manner) []byte {
	b = append(b, '"')
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case how == escaped && r > 0xffff:
			high, low := utf16.EncodeRune(r)
			b = fmt.Appendf(b, `\u%04x\u%04x`, high, low)
		case how == escaped:
			b = fmt.Appendf(b, `\u%04x`, r) // what is no rune is U+FFFD
		case r < ' ' && how != rawly:
			b = fmt.Appendf(b, `\u%04x`, r)
		default:
			b = append(b, s[:size]...)
		}
		s = s[size:]
	}
	return append(b, '"')
}
