package views

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"
)

// Find filters a list of names as a user types a filter: words separated by
// blanks must all hold; a word matches fuzzily, 'word exactly as written, and
// !word must not occur. The matches come in the order of the names, with the
// byte offsets of the letters that matched.
func Find(filter string, names []string) []Found {
	found := make([]Found, len(names))
	for i := range names {
		found[i].Index = i
	}
	for _, word := range strings.Fields(filter) {
		found = findWord(word, names, found)
	}
	return found
}

// Found is one name that passes a filter.
type Found struct {
	Index   int   // in the names
	Letters []int // byte offsets of the letters that matched
}

func findWord(word string, names []string, in []Found) []Found {
	not := strings.HasPrefix(word, "!")
	exact := not || strings.HasPrefix(word, "'")
	if exact {
		word = strings.ToLower(word[1:])
	}
	if word == "" {
		return in
	}
	if !exact {
		return findFuzzy(word, names, in)
	}
	return slices.DeleteFunc(in, func(f Found) bool {
		return strings.Contains(strings.ToLower(names[f.Index]), word) == not
	})
}

type source struct {
	names []string
	in    []Found
}

func (s source) String(i int) string { return s.names[s.in[i].Index] }
func (s source) Len() int            { return len(s.in) }

func findFuzzy(word string, names []string, in []Found) []Found {
	var out []Found
	for _, m := range fuzzy.FindFromNoSort(word, source{names, in}) {
		f := in[m.Index]
		f.Letters = append(slices.Clone(f.Letters), m.MatchedIndexes...)
		slices.Sort(f.Letters)
		f.Letters = slices.Compact(f.Letters)
		out = append(out, f)
	}
	return out
}
