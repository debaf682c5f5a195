package events

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"
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
	// enoughEvents is how many events must tell how the week goes, before one can
	// be told from the others.
	enoughEvents = 4
)

// changes says of each event how it has changed since a visit, and which events
// of that visit are gone. Totals are of a week that has begun at some time and is
// not over, here and there; so each is compared with how the week goes, which the
// events tell together. It has jumped when it is off by more than a half and by
// more than five times what chance makes of the two counts (the square root of
// their variance, that of a count being the count), and when the API's own change
// against last week does not deny it: an event of weekends is not silent on a
// Wednesday.
func changes(list []api.EventType, last views.Visit, now time.Time) (kinds []changeKind, gone []text.Raw) {
	kinds = make([]changeKind, len(list))
	if !last.Known() {
		return kinds, nil
	}
	ratio, ok := howTheWeekGoes(list, last)
	ask := now.Sub(last.Taken) <= 7*24*time.Hour && slices.ContainsFunc(list, func(e api.EventType) bool { return e.Delta != 0 && isNumber(e.Delta) })
	listed := make(map[text.Raw]bool, len(list))
	for i, e := range list {
		listed[e.Name] = true
		before, was := last.Totals[e.Name]
		switch {
		case !was:
			kinds[i] = isNew
		case ok && isNumber(before) && isNumber(e.Totals):
			if kinds[i] = moved(e.Totals, before*ratio, ratio); ask && denies(e.Delta, kinds[i]) {
				kinds[i] = unchanged
			}
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

// howTheWeekGoes is how much more of an event there is than at the visit, in the
// middle of those that are common enough to tell: not of their sum, since one event
// that is most of all and jumps would make all others fall.
func howTheWeekGoes(list []api.EventType, last views.Visit) (ratio float64, ok bool) {
	now, then := 0.0, 0.0
	for _, e := range list {
		if before := last.Totals[e.Name]; isNumber(before) && isNumber(e.Totals) && before > 0 {
			now, then = now+e.Totals, then+before
		}
	}
	var ratios []float64
	for _, e := range list {
		if before := last.Totals[e.Name]; isNumber(e.Totals) && before > 0 && before*now/then >= enough {
			ratios = append(ratios, e.Totals/before)
		}
	}
	if len(ratios) < enoughEvents {
		return 0, false
	}
	slices.Sort(ratios)
	n := len(ratios)
	return (ratios[(n-1)/2] + ratios[n/2]) / 2, true
}

func isNumber(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// denies says whether the change against last week goes the other way, or there is
// none; its unit is not documented, its sign is enough. A visit of more than a week
// ago it says nothing of.
func denies(delta float64, kind changeKind) bool {
	switch kind {
	case isSilent, isDown:
		return isNumber(delta) && delta >= 0
	case isUp:
		return isNumber(delta) && delta <= 0
	}
	return false
}

// moved compares a total with what is expected; ratio is how the week goes.
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
// that are equal but for case, blanks and punctuation, or else, with six letters or
// more, but for one letter. Names that differ in a digit are a series, not twins.
// Of several it is the first by name, in whatever order they are listed.
func twins(list []api.EventType) []int {
	out, order := make([]int, len(list)), make([]int, len(list))
	for i := range list {
		out[i], order[i] = -1, i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(list[a].Name.Safe(), list[b].Name.Safe()) })
	pair := func(i, j int) {
		if out[i] < 0 {
			out[i] = j
		}
		if out[j] < 0 {
			out[j] = i
		}
	}
	firsts, byFolded := make([]int, 0, len(list)), make(map[string]int, len(list))
	folded := make([]string, len(list))
	for _, i := range order {
		folded[i] = fold(list[i].Name.Safe())
		if j, ok := byFolded[folded[i]]; ok {
			pair(i, j)
		} else if folded[i] != "" {
			byFolded[folded[i]] = i
			firsts = append(firsts, i)
		}
	}
	byGap := make(map[uint64][]int32, 16*len(list))
	for _, i := range firsts {
		for _, gap := range gaps(folded[i]) {
			for _, j := range byGap[gap] {
				if oneLetterApart(folded[j], folded[i]) {
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
