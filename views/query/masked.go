package query

import (
	"slices"

	"amptui/api"
	"amptui/api/text"
)

// A Change puts another value in the place of a property's value.
type Change func(api.Property, text.Raw) text.Raw

// Masked is w with every value of its filters changed. Cohorts stay: their ids
// are the project's own.
func (w Who) Masked(change Change) Who {
	where := MaskedSegment(w.Where, change)
	segments := slices.Clone(w.Segments)
	for i, s := range segments {
		segments[i] = MaskedSegment(s, change)
	}
	return Who{By: w.By, Where: where, Segments: segments}
}

// MaskedSegment is s with every value of its filters changed.
func MaskedSegment(s api.Segment, change Change) api.Segment {
	out := slices.Clone(s)
	for i, c := range out {
		switch {
		case c.Filter != nil:
			f := masked(*c.Filter, change)
			out[i].Filter = &f
		case c.Performed != nil:
			p := *c.Performed
			p.Event = MaskedEvent(p.Event, change)
			out[i].Performed = &p
		}
	}
	return out
}

// MaskedEvent is e with every value of its filters changed.
func MaskedEvent(e api.Event, change Change) api.Event {
	e.Filters = slices.Clone(e.Filters)
	for i, f := range e.Filters {
		e.Filters[i] = masked(f, change)
	}
	return e
}

// MaskedEvents is MaskedEvent of each.
func MaskedEvents(events []api.Event, change Change) []api.Event {
	events = slices.Clone(events)
	for i, e := range events {
		events[i] = MaskedEvent(e, change)
	}
	return events
}

// MaskedWord is a word of a query line with the values of its filters changed:
// a filter, a segment or an event. ok is false where nothing in it is a filter's
// value that is another now.
func MaskedWord(word string, change Change) (masked string, ok bool) {
	noting := func(p api.Property, v text.Raw) text.Raw {
		is := change(p, v)
		ok = ok || is != v
		return is
	}
	if s, err := ParseSegment(word); err == nil {
		if s = MaskedSegment(s, noting); ok {
			return PrintSegment(s), true
		}
	}
	if e, err := ParseEvent(word); err == nil {
		if e = MaskedEvent(e, noting); ok {
			return PrintEvent(e), true
		}
	}
	return word, false
}

func masked(f api.Filter, change Change) api.Filter {
	f.Values = slices.Clone(f.Values)
	for i, v := range f.Values {
		f.Values[i] = change(f.Property, v)
	}
	return f
}
