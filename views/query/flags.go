package query

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
)

// A List is a flag that may be given several times; every word of it is one
// value.
type List[T any] struct {
	to    *[]T
	parse func(string) (T, error)
	print func(T) string
	kind  string
	given bool
}

// ListFlag binds a repeatable flag to a list. kind names a value in the help.
func ListFlag[T any](to *[]T, kind string, parse func(string) (T, error), print func(T) string) *List[T] {
	return &List[T]{to: to, parse: parse, print: print, kind: kind}
}

// Set adds a value; the first one replaces what was there by default. The same
// value once more would say nothing.
func (l *List[T]) Set(s string) error {
	v, err := l.parse(s)
	if err != nil {
		return err
	}
	if printed := l.print(v); l.given && slices.Contains(l.Strings(), printed) {
		return fmt.Errorf("%s is given twice: leave one out", text.Clean(printed))
	}
	if !l.given {
		*l.to, l.given = nil, true
	}
	*l.to = append(*l.to, v)
	return nil
}

// String is all values, for comparing and for help.
func (l *List[T]) String() string { return Join(l.Strings()) }

// Strings is every value as it is typed.
func (l *List[T]) Strings() []string {
	if l.to == nil {
		return nil
	}
	out := make([]string, len(*l.to))
	for i, v := range *l.to {
		out[i] = l.print(v)
	}
	return out
}

// Type names a value in the help.
func (l *List[T]) Type() string { return l.kind }

// A Choice is a flag with one of a few words.
type Choice[T ~string] struct {
	to *T
	of []T
}

// ChoiceFlag binds a flag that is one of a few words.
func ChoiceFlag[T ~string](to *T, of ...T) *Choice[T] { return &Choice[T]{to, of} }

// Set takes a word or names the nearest right one.
func (c *Choice[T]) Set(s string) error {
	words := c.Words()
	for _, w := range c.of {
		if strings.EqualFold(s, string(w)) {
			*c.to = w
			return nil
		}
	}
	if near := Nearest(s, words); near != "" {
		return fmt.Errorf("%s is not one of them: did you mean %s?", text.Clean(s), near)
	}
	if len(words) == 1 {
		return fmt.Errorf("%s is not understood: write %s", text.Clean(s), words[0])
	}
	return fmt.Errorf("%s is not one of %s", text.Clean(s), strings.Join(words, ", "))
}

// String is the word chosen.
func (c *Choice[T]) String() string {
	if c.to == nil {
		return ""
	}
	return string(*c.to)
}

// Words are those that can be chosen.
func (c *Choice[T]) Words() []string {
	words := make([]string, len(c.of))
	for i, w := range c.of {
		words[i] = string(w)
	}
	return words
}

// Type lists the words in the help.
func (c *Choice[T]) Type() string { return strings.Join(c.Words(), "|") }

// Intervals lists the intervals with their words, from the shortest.
func Intervals() []struct {
	Word string
	Is   api.Interval
} {
	return []struct {
		Word string
		Is   api.Interval
	}{
		{"5min", api.FiveMinutes},
		{"hour", api.Hour},
		{"day", api.Day},
		{"week", api.Week},
		{"month", api.Month},
	}
}

// IntervalWord is the interval's word.
func IntervalWord(i api.Interval) string {
	for _, x := range Intervals() {
		if x.Is == i {
			return x.Word
		}
	}
	return ""
}

// IntervalFlag is a flag that is one of some intervals; of all, if Of is nil.
type IntervalFlag struct {
	To *api.Interval
	Of []api.Interval
}

// Words are those that can be chosen.
func (f IntervalFlag) Words() []string {
	var words []string
	for _, x := range Intervals() {
		if f.Of == nil || slices.Contains(f.Of, x.Is) {
			words = append(words, x.Word)
		}
	}
	return words
}

// Set takes an interval's word.
func (f IntervalFlag) Set(s string) error {
	word := s
	if err := ChoiceFlag(&word, f.Words()...).Set(s); err != nil {
		return err
	}
	for _, x := range Intervals() {
		if x.Word == word {
			*f.To = x.Is
		}
	}
	return nil
}

// String is the interval's word.
func (f IntervalFlag) String() string {
	if f.To == nil {
		return ""
	}
	return IntervalWord(*f.To)
}

// Type lists the words in the help.
func (f IntervalFlag) Type() string { return strings.Join(f.Words(), "|") }

// A Custom flag reads and prints through two functions.
type Custom struct {
	Kind  string
	Read  func(string) error
	Print func() string
}

// Set reads the word.
func (c Custom) Set(s string) error { return c.Read(s) }

// String prints the value.
func (c Custom) String() string {
	if c.Print == nil {
		return ""
	}
	return c.Print()
}

// Type names a value in the help.
func (c Custom) Type() string { return c.Kind }

// Bind names the flags --last, --from and --to.
func (r *Range) Bind(fs *pflag.FlagSet) {
	var given string // which way the range was given
	either := func(way string) error {
		if given != "" && given != way {
			return fmt.Errorf("%s and %s contradict each other: drop one", way, given)
		}
		given = way
		return nil
	}
	last := Custom{
		Kind: "SPAN",
		Read: func(s string) error {
			span, err := ParseSpan(s)
			if err != nil {
				return err
			}
			*r = Range{Last: span}
			return either("a span")
		},
		Print: func() string { return r.Last.String() },
	}
	date := func(field func() *string) Custom {
		return Custom{
			Kind: "DATE",
			Read: func(s string) error {
				d, err := ParseDate(s)
				if err != nil {
					return err
				}
				r.Last = Span{}
				*field() = d
				return either("dates")
			},
			Print: func() string { return *field() },
		}
	}
	fs.Var(last, "last", "the last so many hours, days, weeks or months: 48h, 30d, 12w, 6mo")
	fs.Var(date(func() *string { return &r.From }), "from", "first date: 2026-03-01, 'last monday', '1 mar', 2026-03")
	fs.Var(date(func() *string { return &r.To }), "to", "last date, today if left out")
}

// ParseWord takes any word as it is.
func ParseWord(s string) (text.Raw, error) { return text.New(s), nil }

// PrintWord is the inverse of ParseWord.
func PrintWord(w text.Raw) string { return w.Exact() }

// JoinNames makes one name of several, for what is told apart by all of them.
func JoinNames(names ...text.Raw) text.Raw {
	parts := make([]string, len(names))
	for i, n := range names {
		parts[i] = n.Exact()
	}
	return text.New(strings.Join(parts, " · "))
}
