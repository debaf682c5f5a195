package api

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode/utf8"
)

// Large answers are almost all numbers, and encoding/json goes through them once
// for each level that they are nested in. scanSegmentation goes through them
// once. It takes only what is plainly what it should be; with anything else
// encoding/json decides, and a fuzz test holds that both say the same.

// segmentationPieces is a segmentation answer in pieces.
type segmentationPieces struct {
	meta Meta
	wire wireSegmentation // all but the series
	rows [][]float64
}

func scanSegmentation(body []byte) (s segmentationPieces, ok bool) {
	around, ok := split(body)
	if !ok {
		return s, false
	}
	for key, value := range around {
		if key != "data" && !json.Valid(value) {
			return s, false
		}
	}
	data, ok := split(around["data"])
	if !ok {
		return s, false
	}
	series := data["series"]
	to := map[string]any{
		"xValues": &s.wire.X, "seriesLabels": &s.wire.Labels, "seriesCollapsed": &s.wire.Collapsed, "seriesMeta": &s.wire.Meta,
	}
	for key, value := range data {
		switch into, known := to[key]; {
		case key == "series":
		case known:
			if json.Unmarshal(value, into) != nil {
				return s, false
			}
		case !json.Valid(value) || likeOne(key):
			return s, false
		}
	}
	if s.wire.X == nil {
		return s, false
	}
	s.meta = readEnvelope(around).meta()
	s.rows, ok = scanRows(series, len(*s.wire.X))
	return s, ok
}

// likeOne says that encoding/json would take the key for one of the data's,
// since it does not tell capitals from small letters.
func likeOne(key string) bool {
	for _, name := range []string{"xValues", "series", "seriesLabels", "seriesCollapsed", "seriesMeta"} {
		if strings.EqualFold(key, name) {
			return true
		}
	}
	return false
}

// scanRows reads rows of plain numbers into one array.
func scanRows(raw []byte, n int) ([][]float64, bool) {
	if len(raw) < 2 || raw[0] != '[' {
		return nil, false
	}
	count := bytes.Count(raw, []byte("[")) - 1
	if count*n > len(raw) {
		return nil, false // more points than there can be numbers
	}
	all := make([]float64, count*n)
	rows := make([][]float64, 0, count)
	i := skipBlanks(raw, 1)
	if count == 0 {
		return rows, i == len(raw)-1 && raw[i] == ']'
	}
	for {
		end := bytes.IndexByte(raw[min(i, len(raw)):], ']')
		if end < 0 || raw[i] != '[' || len(rows) == count {
			return nil, false
		}
		row := all[:n:n]
		all = all[n:]
		if sent, ok := scanRow(raw[i:i+end+1], row); !ok || sent != n {
			return nil, false
		}
		rows = append(rows, row)
		if i = skipBlanks(raw, i+end+1); i >= len(raw) {
			return nil, false
		}
		if raw[i] == ']' {
			return rows, i == len(raw)-1
		}
		if raw[i] != ',' {
			return nil, false
		}
		i = skipBlanks(raw, i+1)
	}
}

func skipBlanks(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// split takes a JSON object apart into its members. The values are not looked
// into: whether they are JSON must be seen by who reads them. It gives up on
// keys that are there twice or are written with escapes.
func split(object []byte) (members map[string]json.RawMessage, ok bool) {
	i := skipBlanks(object, 0)
	if i >= len(object) || object[i] != '{' {
		return nil, false
	}
	members = map[string]json.RawMessage{}
	if i = skipBlanks(object, i+1); i < len(object) && object[i] == '}' {
		return members, skipBlanks(object, i+1) == len(object)
	}
	for {
		key, next, ok := plainKey(object, i)
		if _, twice := members[key]; !ok || twice {
			return nil, false
		}
		if i = skipBlanks(object, next); i >= len(object) || object[i] != ':' {
			return nil, false
		}
		i = skipBlanks(object, i+1)
		end, ok := valueEnd(object, i)
		if !ok {
			return nil, false
		}
		members[key] = bytes.TrimRight(object[i:end], " \n\t\r")
		switch i = end; object[i] {
		case '}':
			return members, skipBlanks(object, i+1) == len(object)
		default: // a comma
			i = skipBlanks(object, i+1)
		}
	}
}

// plainKey is the string that begins at i, if its bytes are its text.
func plainKey(b []byte, i int) (key string, next int, ok bool) {
	if i >= len(b) || b[i] != '"' {
		return "", 0, false
	}
	n := bytes.IndexByte(b[i+1:], '"')
	if n < 0 {
		return "", 0, false
	}
	raw := b[i+1 : i+1+n]
	for _, c := range raw {
		if c < ' ' || c == '\\' {
			return "", 0, false
		}
	}
	return string(raw), i + n + 2, utf8.Valid(raw)
}

// valueEnd is where the comma or the brace stands that ends the value at i.
func valueEnd(b []byte, i int) (end int, ok bool) {
	start, depth := i, 0
	for i < len(b) {
		if c := b[i]; depth > 0 && c > '"' && c <= '9' {
			i++ // most of an answer: digits, points and commas
			continue
		}
		switch b[i] {
		case '"':
			for i++; i < len(b) && b[i] != '"'; i++ {
				if b[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
		case ']':
			depth--
		case '}':
			if depth == 0 {
				return i, i > start
			}
			depth--
		case ',':
			if depth == 0 {
				return i, i > start
			}
		}
		i++
	}
	return 0, false
}
