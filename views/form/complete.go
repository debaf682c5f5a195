package form

import (
	"slices"
	"strings"

	"github.com/sahilm/fuzzy"

	"amptui/views/query"
)

// Known are the names that fields are completed from.
type Known struct {
	Events     []string // as words of a query line; empty while they are not known
	Names      []string // the same as they are
	Properties []string // as filters write them
	Cohorts    []string // as filters write them
}

// completion is what the end of a field could become.
type completion struct {
	before string   // what stands before the part that is completed
	part   string   // that part, as far as it is typed
	found  []string // what it could be, the best first
	nearly string   // where nothing holds what is typed: what is nearest
}

// completion is what the field under the cursor could become.
func (f *Form) completion() completion {
	one := f.fields[f.at]
	value := one.input.Value()
	switch one.kind {
	case "EVENT":
		if open := strings.LastIndex(value, "["); one.name == "" && open > 0 && !strings.HasSuffix(value, "]") {
			return f.inBrackets(value[:open+1], value[open+1:])
		}
		if one.name == "" {
			return found("", value, slices.Concat(f.Known.Events, special()))
		}
		return found("", value, f.Known.Names)
	case "PROPERTY":
		return found("", value, f.properties("", "event:"))
	case "FILTER", "FILTER; FILTER":
		from := 0
		if one.kind != "FILTER" {
			from = strings.LastIndex(value, ";") + 1
		}
		for from < len(value) && value[from] == ' ' {
			from++
		}
		return f.condition(value[:from], value[from:])
	case "SPAN":
		return found("", value, []string{"7d", "30d", "90d", "12w", "26w", "52w", "6mo", "12mo", "48h"})
	case "DATE", "MOMENT":
		return found("", value, []string{
			"today", "yesterday", "last monday", "last tuesday", "last wednesday",
			"last thursday", "last friday", "last saturday", "last sunday", "7d ago", "30d ago",
		})
	case "WINDOW":
		return found("", value, []string{"30m", "1h", "12h", "1d", "7d", "14d", "30d", "90d"})
	}
	return completion{}
}

// special are the events that are none of the list.
func special() []string { return []string{"_active", "_all", "_new"} }

// inBrackets completes a group-by or a filter behind an event's name.
func (f *Form) inBrackets(before, part string) completion {
	if by, ok := strings.CutPrefix(part, "by "); ok {
		return found(before+"by ", by, f.properties("]", ""))
	}
	return f.filter(before, part, append(f.properties("", ""), "by "))
}

// condition completes a filter of users, a cohort, or what users have performed.
func (f *Form) condition(before, part string) completion {
	if event, ok := strings.CutPrefix(part, "performed "); ok {
		if strings.Count(event, `"`) > 1 {
			return completion{before: before, part: part}
		}
		var names []string
		for _, name := range f.Known.Events {
			names = append(names, query.QuoteInside(name)+" >= 1 in 30d")
		}
		return found(before+"performed ", event, names)
	}
	for _, is := range []string{"cohort is not ", "cohort is "} {
		if name, ok := strings.CutPrefix(part, is); ok {
			return found(before+is, name, f.Known.Cohorts)
		}
	}
	return f.filter(before, part, append(f.properties("", "event:"), "cohort is ", "performed "))
}

// filter completes the property of a filter, with the commonest operator, or another
// operator. What ends with a blank is no property.
func (f *Form) filter(before, part string, properties []string) completion {
	could := slices.Clone(properties)
	for i, p := range properties {
		if strings.HasSuffix(p, " ") {
			continue
		}
		could[i] = p + " is "
		if op, ok := strings.CutPrefix(part, p+" "); ok {
			var words []string
			for _, word := range query.Operators() {
				words = append(words, word+" ")
			}
			if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(op, w) }) {
				return completion{before: before, part: part}
			}
			return found(before+p+" ", op, words)
		}
	}
	return found(before, part, could)
}

// properties are all that are known, but for those with a prefix, with what follows
// them.
func (f *Form) properties(then, but string) []string {
	var out []string
	for _, p := range slices.Concat(query.BuiltIn(), f.Known.Properties) {
		if p += then; (but == "" || !strings.HasPrefix(p, but)) && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// found is what of the known a part could be. A part that is one of them is complete.
func found(before, part string, known []string) completion {
	c := completion{before: before, part: part}
	if strings.TrimSpace(part) == "" || slices.Contains(known, part) {
		return c
	}
	for _, m := range fuzzy.Find(strings.TrimSpace(part), known) {
		c.found = append(c.found, known[m.Index])
	}
	if len(c.found) == 0 {
		c.nearly = query.Nearest(part, known)
	}
	return c
}

// complete takes the best that the field could become; false where there is none.
func (f *Form) complete() bool {
	c := f.completion()
	best := c.nearly
	if len(c.found) > 0 {
		best = c.found[0]
	}
	if best == "" {
		return false
	}
	f.fields[f.at].set(c.before + best)
	f.changed()
	return true
}

// Properties are those that the question is about, as filters write them: names to
// complete from.
func (f *Form) Properties() []string {
	var out []string
	for i := range f.fields {
		one := &f.fields[i]
		if value, ok := one.says(); ok {
			out = append(out, query.PropertiesOf(one.kind, value)...)
		}
	}
	return out
}
