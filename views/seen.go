package views

import (
	"slices"
	"strings"

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

// GroupHint shows how properties to group by are written: by names of the log, where all
// of them are known.
func (e Env) GroupHint(ofEvents bool) string {
	custom, own := "gp:plan", "event:genre"
	if e.Inside && e.Properties != nil {
		known := e.Properties()
		custom, own = beginning(known, "gp:"), beginning(known, "event:")
	}
	words := []string{"country"}
	if custom != "" {
		words = append(words, custom+" (custom user property)")
	}
	if own != "" && ofEvents {
		words = append(words, own+" (event property)")
	}
	return strings.Join(words, ", ")
}

// beginning is the first word that begins so; empty where none does.
func beginning(words []string, with string) string {
	if at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, with) }); at >= 0 {
		return words[at]
	}
	return ""
}
