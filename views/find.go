package views

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Find filters a list of names as a user types a filter: words separated by
// blanks must all hold; of a word the letters must come in their order, 'word
// exactly as written, "two words" as they stand beside each other, and !word must not
// occur. The matches are indexes in the order of the names.
func Find(filter string, names []string) []int {
	words := sought(filter)
	found := make([]int, 0, len(names))
	for i, name := range names {
		if !slices.ContainsFunc(words, func(w soughtWord) bool { return !w.in(name) }) {
			found = append(found, i)
		}
	}
	return found
}

// Letters are the byte offsets of what a filter matched in a name that it finds.
// They are worked out for the rows on the screen only: a filter that finds ten
// thousand names shows forty.
func Letters(filter, name string) []int {
	var letters []int
	for _, w := range sought(filter) {
		if !w.exact {
			letters = append(letters, w.letters(name)...)
		}
	}
	slices.Sort(letters)
	return slices.Compact(letters)
}

// soughtWord is one word of a filter, in small letters.
type soughtWord struct {
	text       string
	not, exact bool
}

// FilterWords are the words of a filter, with what is between quotes as one of them.
func FilterWords(filter string) []string {
	var words []string
	fields := strings.Fields(filter)
	for i := 0; i < len(fields); i++ {
		to := i + quotedAt(fields[i:])
		words = append(words, strings.Join(fields[i:to+1], " "))
		i = to
	}
	return words
}

// quotedAt is with which field the quotes are closed that the first one opens; 0 where it
// opens none.
func quotedAt(fields []string) int {
	begun, ok := strings.CutPrefix(strings.TrimLeft(fields[0], "!'"), `"`)
	if !ok || begun == "" || strings.Contains(begun, `"`) {
		return 0
	}
	end := 1 + slices.IndexFunc(fields[1:], func(f string) bool { return strings.Contains(f, `"`) })
	if end > 0 && strings.Index(fields[end], `"`) == len(fields[end])-1 && len(fields[end]) > 1 {
		return end
	}
	return 0
}

func sought(filter string) []soughtWord {
	var words []soughtWord
	for _, word := range FilterWords(filter) {
		w := soughtWord{not: strings.HasPrefix(word, "!")}
		if w.exact = w.not || strings.HasPrefix(word, "'"); w.exact {
			word = word[1:]
		}
		if begun, ok := strings.CutPrefix(word, `"`); ok { // it may not be closed yet
			w.exact, word = true, strings.TrimSuffix(begun, `"`)
		}
		if w.text = strings.Map(unicode.ToLower, word); w.text != "" {
			words = append(words, w)
		}
	}
	return words
}

func (w soughtWord) in(name string) bool {
	if w.exact {
		return strings.Contains(strings.ToLower(name), w.text) != w.not
	}
	rest := w.text
	for i := 0; i < len(name); {
		r, size := smallLetter(name[i:])
		want, wide := utf8.DecodeRuneInString(rest)
		if r == want {
			if rest = rest[wide:]; rest == "" {
				return true
			}
		}
		i += size
	}
	return false
}

// smallLetter is the first letter of a name as a small one, and its bytes.
func smallLetter(s string) (rune, int) {
	if c := s[0]; c < utf8.RuneSelf {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		return rune(c), 1
	}
	r, size := utf8.DecodeRuneInString(s)
	return unicode.ToLower(r), size
}

// letters are where the word stands in a name that it is in: in one piece if
// that can be, at the beginning of a word before inside of one; else each letter
// as early as it comes.
func (w soughtWord) letters(name string) []int {
	var best []int
	starts := true // a word begins here
	for i, r := range name {
		if at := w.pieceAt(name, i); at != nil && (best == nil || starts) {
			best = at
			if starts {
				return best
			}
		}
		starts = !isWordRune(r)
	}
	if best != nil {
		return best
	}
	rest := w.text
	for i := 0; i < len(name) && rest != ""; {
		r, size := smallLetter(name[i:])
		if want, wide := utf8.DecodeRuneInString(rest); r == want {
			best, rest = append(best, i), rest[wide:]
		}
		i += size
	}
	return best
}

// pieceAt is the word's letters from offset i on, nil if it does not stand there.
func (w soughtWord) pieceAt(name string, i int) []int {
	var at []int
	for _, want := range w.text {
		if i >= len(name) {
			return nil
		}
		r, size := smallLetter(name[i:])
		if r != want {
			return nil
		}
		at = append(at, i)
		i += size
	}
	return at
}
