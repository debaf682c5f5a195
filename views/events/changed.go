package events

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// changeKind is how an event has changed since the last visit.
type changeKind string

// The changes there are.
const (
	unchanged changeKind = ""
	isNew     changeKind = "new"
	isSilent  changeKind = "silent"
	isUp      changeKind = "up"
	isDown    changeKind = "down"
)

const (
	// enough is how many of an event must be expected before silence or a jump
	// says something.
	enough = 20
	// jump is the least change that is a jump, as a part of what is expected.
	jump = 0.5
)

// changes says of each event how it has changed since a visit, and which events
// of that visit are gone. Totals are of a week that has begun at some time and is
// not over, here and there; so an event is compared by its part of all: what was
// every tenth event then is expected to be every tenth now. It has jumped when it
// is off by more than a half and by more than five times what chance makes of the
// two counts (the square root of their variance, that of a count being the count).
func changes(list []api.EventType, last views.Visit) (kinds []changeKind, gone []text.Raw) {
	kinds = make([]changeKind, len(list))
	if !last.Known() {
		return kinds, nil
	}
	now, then := 0.0, 0.0 // of the events that are in both
	listed := map[text.Raw]bool{}
	for _, e := range list {
		listed[e.Name] = true
		if before, ok := last.Totals[e.Name]; ok && !math.IsNaN(before) && !math.IsNaN(e.Totals) {
			now, then = now+e.Totals, then+before
		}
	}
	for i, e := range list {
		before, ok := last.Totals[e.Name]
		switch {
		case !ok:
			kinds[i] = isNew
		case then > 0 && !math.IsNaN(before) && !math.IsNaN(e.Totals):
			kinds[i] = moved(e.Totals, before*now/then, now/then)
		}
	}
	for name := range last.Totals {
		if !listed[name] {
			gone = append(gone, name)
		}
	}
	slices.SortFunc(gone, func(a, b text.Raw) int { return cmp.Compare(a.Safe(), b.Safe()) })
	return kinds, gone
}

// moved compares a total with what is expected; ratio is how much more there is
// of all.
func moved(total, expected, ratio float64) changeKind {
	if max(total, expected) < enough {
		return unchanged
	}
	if total == 0 {
		return isSilent
	}
	chance := 5 * math.Sqrt(max(expected, 1)*(1+ratio))
	switch off := total - expected; {
	case math.Abs(off) <= max(chance, jump*expected):
		return unchanged
	case off > 0:
		return isUp
	}
	return isDown
}

// twins says of each event which other it is nearly named like, -1 for none: names
// that are equal but for case, blanks and punctuation, or, with six letters or
// more, but for one letter. Names that differ in a digit are a series, not twins.
func twins(list []api.EventType) []int {
	out := make([]int, len(list))
	byFolded, byGap := make(map[string]int, len(list)), make(map[uint64][]int32, 16*len(list))
	folded := make([]string, len(list))
	for i, e := range list {
		out[i] = -1
		folded[i] = fold(e.Name.Safe())
	}
	pair := func(i, j int) {
		if out[i] < 0 {
			out[i] = j
		}
		if out[j] < 0 {
			out[j] = i
		}
	}
	for i, f := range folded {
		if f == "" {
			continue
		}
		if j, ok := byFolded[f]; ok {
			pair(i, j)
			continue
		}
		byFolded[f] = i
		for _, gap := range gaps(f) {
			for _, j := range byGap[gap] {
				if oneLetterApart(folded[j], f) {
					pair(i, int(j))
				}
			}
			byGap[gap] = append(byGap[gap], int32(i))
		}
	}
	return out
}

// fold is a name without case, blanks and punctuation.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// leastTwin is how many letters a name has before one of them does not matter.
const leastTwin = 6

// gaps are numbers of a name and of the name without each of its letters: two
// names that are one letter apart have one of them in common.
func gaps(s string) []uint64 {
	letters := []rune(s)
	if len(letters) < leastTwin || len(letters) > 64 {
		return nil
	}
	out := make([]uint64, 0, len(letters)+1)
	for skip := -1; skip < len(letters); skip++ {
		hash := uint64(14695981039346656037) // FNV-1a, a letter at a time
		for i, r := range letters {
			if i != skip {
				hash = (hash ^ uint64(r)) * 1099511628211
			}
		}
		if !slices.Contains(out, hash) {
			out = append(out, hash)
		}
	}
	return out
}

// oneLetterApart says whether one letter was put in, left out or exchanged, and
// that letter is no digit.
func oneLetterApart(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || len(x) < leastTwin {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if i < len(y) && unicode.IsDigit(y[i]) || i < len(x) && unicode.IsDigit(x[i]) {
		return false
	}
	if len(x) == len(y) {
		return i < len(x) && slices.Equal(x[i+1:], y[i+1:])
	}
	return slices.Equal(x[i:], y[i+1:])
}

// visit is the list as a visit keeps it.
func visit(list []api.EventType) map[text.Raw]float64 {
	out := make(map[text.Raw]float64, len(list))
	for _, e := range list {
		out[e.Name] = e.Totals
	}
	return out
}
