package views

import (
	"slices"

	"amptui/views/query"
)

// A Seer is a view that has seen properties in its answers, whose names can be
// completed then: as filters write them.
type Seer interface{ Seen() []string }

// Known are the properties to choose from: the built-in ones, then those that were
// seen; those of events only where they can be asked for.
func (e Env) Known(ofEvents bool) []string {
	known := query.BuiltIn()
	if e.Properties == nil {
		return known
	}
	for _, p := range e.Properties() {
		if !slices.Contains(known, p) && (ofEvents || !query.IsEventFilter(p)) {
			known = append(known, p)
		}
	}
	return known
}
