package config

import (
	"strings"

	"github.com/BurntSushi/toml"
)

// A statement is a table's head or a key with its value.
type statement struct {
	first, last int // lines, from 0, last inclusive
	head        toml.Key
	keys        []toml.Key // in full, with the table's name
}

// statements splits a valid TOML text. A statement goes on until it is valid by
// itself, which makes brackets and quotes over several lines come out right.
func statements(data string) []statement {
	var all []statement
	var table toml.Key
	rows := strings.Split(data, "\n")
	for first := 0; first < len(rows); first++ {
		trimmed := strings.TrimSpace(rows[first])
		if trimmed == "" || trimmed[0] == '#' {
			continue
		}
		s, ok := statementAt(rows, first)
		if !ok {
			return all
		}
		if trimmed[0] == '[' {
			table = s.keys[len(s.keys)-1]
			s.head, s.keys = table, []toml.Key{table}
		} else {
			for i, key := range s.keys {
				s.keys[i] = append(append(toml.Key{}, table...), key...)
			}
		}
		all = append(all, s)
		first = s.last
	}
	return all
}

// statementAt reads the statement that begins at a line. It gives up after 256
// lines: no value of this file is that long, and trying costs more with each.
func statementAt(rows []string, first int) (statement, bool) {
	for last := first; last < len(rows) && last < first+256; last++ {
		var any map[string]any
		md, err := toml.Decode(strings.Join(rows[first:last+1], "\n"), &any)
		if err == nil && len(md.Keys()) > 0 {
			return statement{first: first, last: last, keys: md.Keys()}, true
		}
	}
	return statement{}, false
}

// lines is where each key stands first, from 1.
func lines(data string) map[string]int {
	at := map[string]int{}
	for _, s := range statements(data) {
		for _, key := range s.keys {
			if at[key.String()] == 0 {
				at[key.String()] = s.first + 1
			}
		}
	}
	return at
}
