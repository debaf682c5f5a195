package query

import (
	"slices"

	"amptui/api"
)

// PropertiesOf are the properties that a value of a flag is about, as filters write
// them. kind is what the flag's values are called in the help; of most there are
// none.
func PropertiesOf(kind, value string) []string {
	var out []string
	add := func(p api.Property) {
		if word := PrintProperty(p); !slices.Contains(out, word) && !slices.Contains(BuiltIn(), word) {
			out = append(out, word)
		}
	}
	event := func(e api.Event) {
		for _, p := range e.By {
			add(p)
		}
		for _, f := range e.Filters {
			add(f.Property)
		}
	}
	switch kind {
	case "EVENT":
		if e, err := ParseEvent(value); err == nil {
			event(e)
		}
	case "PROPERTY":
		if p, err := ParseProperty(value, false); err == nil {
			add(p)
		}
	case "FILTER", "FILTER; FILTER":
		s, _ := ParseSegment(value)
		for _, c := range s {
			switch {
			case c.Filter != nil:
				add(c.Filter.Property)
			case c.Performed != nil:
				event(c.Performed.Event)
			}
		}
	}
	return out
}
