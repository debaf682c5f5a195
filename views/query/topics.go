package query

import (
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

// A Topic is a part of the grammar as the help explains it: what can be written,
// and what that means.
type Topic struct {
	Title string
	Rows  []Spelling
	Note  string // what no example says
}

// A Spelling is one thing that can be written.
type Spelling struct{ Write, Means string }

// Topics are the parts of the grammar that a command needs, by its usage line and
// its flags.
func Topics(use string, fs *pflag.FlagSet) []Topic {
	var out []Topic
	if TakesEvents(use) {
		out = append(out, EventTopic())
	}
	for _, t := range []struct {
		flag  string
		topic func() Topic
	}{{"where", FilterTopic}, {"last", DateTopic}, {"formula", FormulaTopic}} {
		if fs.Lookup(t.flag) != nil {
			out = append(out, t.topic())
		}
	}
	return out
}

// TakesEvents says whether the words of a command are events, by its usage line.
func TakesEvents(use string) bool {
	return strings.Contains(use, "EVENT") || strings.Contains(use, "START")
}

// EventTopic says how an event is written.
func EventTopic() Topic {
	return Topic{
		Title: "An EVENT is its name, in quotes where it has blanks, then bracket groups",
		Rows: []Spelling{
			{`"Song Played"`, "every Song Played"},
			{`"Song Played[event:source is push]"`, "only those with this property of the event"},
			{`"Song Played[source is push][length > 60]"`, "all brackets must hold; event: may be left out in them"},
			{`"Song Played[by genre]"`, "grouped by a property of the event (segment only)"},
			{"_active", "any active event"},
			{"_all", "any event"},
			{`"Odd \[name]"`, "a name that itself ends in brackets"},
		},
	}
}

// FilterTopic says how a filter is written.
func FilterTopic() Topic {
	var words, short []string
	for _, o := range operators() {
		if strings.ContainsAny(o.word[:1], "<>=!~") {
			short = append(short, o.word)
		} else {
			words = append(words, o.word)
		}
	}
	slices.Sort(words)
	return Topic{
		Title: "A FILTER is PROPERTY OPERATOR VALUE, VALUE, in quotes as a whole",
		Rows: []Spelling{
			{"country is Germany, France", "a built-in property; several values mean any of them"},
			{"gp:plan is not pro", "a custom property of the user"},
			{"gp:age >= 18", "numbers are compared as numbers"},
			{"version ~ 4.2", "contains, whatever the case"},
			{"gp:plan is (none)", "the property is not set"},
			{`city is "Frankfurt, Oder"`, "a value with a comma stands in double quotes"},
			{"cohort is 8xkq2v1", "in a cohort, by its name or the id in its address; also: is not"},
			{`performed "Song Played" >= 3 in 30d`, "did so often in 30 days; also: each 30d, this interval, ever"},
			{"platform is iOS; country is Germany", "--segment: both must hold"},
		},
		Note: "Built in are " + strings.Join(BuiltIn(), ", ") + ". Operators are " + strings.Join(words, ", ") +
			"; for short " + strings.Join(short, " ") + ".",
	}
}

// DateTopic says how dates are written.
func DateTopic() Topic {
	return Topic{
		Title: "Dates are a SPAN up to now, or a first DATE and a last one, both included",
		Rows: []Spelling{
			{"--last 30d", "today and the 29 days before it; also 48h, 12w, 6mo, 1y"},
			{"--from 2026-03-01 --to 2026-03-09", "from one day to another"},
			{"--from 'last monday'", "up to today; also yesterday, '3d ago', '1 mar', 2026-03"},
			{"--from '30d ago' --to yesterday", "days that are over, without today"},
		},
	}
}

// FormulaTopic says how a formula is written.
func FormulaTopic() Topic {
	var names []string
	for name := range functions {
		names = append(names, name)
	}
	slices.Sort(names)
	return Topic{
		Title: "A FORMULA, with --metric formula, counts with the events, which are A and B",
		Rows: []Spelling{
			{"UNIQUES(B)/UNIQUES(A)", "how many of the users of A did B"},
			{"TOTALS(A)/UNIQUES(A)", "how often a user did A"},
			{"%: TOTALS(B)/TOTALS(A)", "the same as a percentage; $: is for money"},
		},
		Note: "Functions are " + strings.Join(names, ", ") + ".",
	}
}

// Drawing marks flags that change how an answer is drawn, and not what is asked.
func Drawing(fs *pflag.FlagSet, names ...string) {
	for _, name := range names {
		_ = fs.SetAnnotation(name, drawing, []string{""}) // it fails for unknown flags only
	}
}

const drawing = "drawing"

// IsDrawing says whether a flag only changes how an answer is drawn.
func IsDrawing(f *pflag.Flag) bool {
	_, ok := f.Annotations[drawing]
	return ok
}
