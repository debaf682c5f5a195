package users

import (
	"fmt"
	"slices"
)

// absent names the events that are to be shown alone, or left out, and of which none
// is loaded: a wrong name would else look like a user without events.
func (v *view) absent() []string {
	var notes []string
	names := slices.Clone(v.state.Mute)
	if !v.state.Only.IsZero() {
		names = append(names, v.state.Only)
	}
	for _, name := range names {
		if _, ok := v.person.history.names[name]; !ok {
			notes = append(notes, fmt.Sprintf("no %s is loaded", name.Safe()))
		}
	}
	return notes
}
