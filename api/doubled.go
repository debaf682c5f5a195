package api

import (
	"encoding/json"
	"strings"
)

// deepest is how deep encoding/json reads.
const deepest = 10_000

// fewKeys is how many keys of an object are compared one by one.
const fewKeys = 32

// doubledKey is a key that an object of the body has two times. Which of the two
// values is meant cannot be known, and encoding/json takes the last without a word.
// Keys that differ in capitals are the same, since it takes those for one another
// too; but not inside of users and their events, where the keys are their own. What
// is no JSON is left to the decoder.
func doubledKey(body []byte, ofUsers bool) (string, bool) {
	s := scanner{ofUsers: ofUsers}
	for i := 0; i < len(body); {
		switch c := body[i]; c {
		case '{', '[':
			if len(s.open) == deepest {
				return "", false
			}
			s.open = append(s.open, object{begin: len(s.keys), isList: c == '['})
			s.key = c == '{'
		case '}', ']':
			if !s.leave() {
				return "", false
			}
		case ',':
			s.key = len(s.open) > 0 && !s.open[len(s.open)-1].isList
		case '"':
			end := stringEnd(body, i)
			if end < 0 {
				return "", false
			}
			if s.key && s.has(body[i:end]) {
				return s.keys[len(s.keys)-1], true
			}
			s.key = false
			i = end
			continue
		}
		i++
	}
	return "", false
}

// stringEnd is the index behind a JSON string that begins at i, -1 if it does not
// end.
func stringEnd(body []byte, i int) int {
	for i++; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

type scanner struct {
	ofUsers bool
	key     bool // the next string is a key
	open    []object
	keys    []string // of all open objects
}

type object struct {
	begin  int // its first key in scanner.keys
	isList bool
	many   map[string]bool // its keys, where they are more than a few
}

// leave closes the innermost object or list.
func (s *scanner) leave() bool {
	if len(s.open) == 0 {
		return false
	}
	last := len(s.open) - 1
	s.keys, s.open, s.key = s.keys[:s.open[last].begin], s.open[:last], false
	return true
}

// isOwn says whether the keys of the innermost object are users' own: it is neither the
// answer, nor a user in it, nor an event in a list of it.
func (s *scanner) isOwn() bool {
	level := len(s.open)
	return s.ofUsers && level > 2 && !(level == 3 && s.open[1].isList)
}

// has takes a key in, and says whether it was there before.
func (s *scanner) has(quoted []byte) bool {
	key := string(quoted[1 : len(quoted)-1])
	if strings.Contains(key, `\`) && json.Unmarshal(quoted, &key) != nil {
		return false
	}
	if !s.isOwn() {
		key = strings.ToLower(key)
	}
	o := &s.open[len(s.open)-1]
	own := s.keys[o.begin:]
	s.keys = append(s.keys, key)
	if len(own) < fewKeys {
		for _, k := range own {
			if k == key {
				return true
			}
		}
		return false
	}
	if o.many == nil {
		o.many = map[string]bool{}
		for _, k := range own {
			o.many[k] = true
		}
	}
	if o.many[key] {
		return true
	}
	o.many[key] = true
	return false
}
