package users

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// called is the event of these that is meant by a name: that which is called so, else the
// only one that is when capitals do not count; else the name as it is.
func called(name text.Raw, names map[text.Raw]text.Raw) text.Raw {
	if _, ok := names[name]; ok {
		return name
	}
	meant, word := name, query.PrintWord(name)
	for one := range names {
		if !strings.EqualFold(query.PrintWord(one), word) {
			continue
		}
		if meant != name {
			return name // of two neither is meant
		}
		meant = one
	}
	return meant
}

// named are the loaded events that are meant by the state's names.
func (v *view) named() (only text.Raw, mute []text.Raw) {
	names := v.person.history.names
	if only = v.state.Only; !only.IsZero() {
		only = called(only, names)
	}
	for _, name := range v.state.Mute {
		mute = append(mute, called(name, names))
	}
	return only, mute
}

// missing are the events that are to be shown alone, or left out, and of which none is
// loaded.
func (v *view) missing() []text.Raw {
	only, names := v.named()
	if !only.IsZero() {
		names = append(names, only)
	}
	return slices.DeleteFunc(names, func(name text.Raw) bool {
		_, ok := v.person.history.names[name]
		return ok
	})
}

// near is a loaded event whose name is nearly that; empty where none is.
func (v *view) near(name text.Raw) string {
	var names []string
	for one := range v.person.history.names {
		names = append(names, query.PrintWord(one))
	}
	slices.Sort(names)
	return query.Nearest(query.PrintWord(name), names)
}

// absent names the events that are to be shown alone, or left out, and of which none
// is loaded: a wrong name would else look like a user without events.
func (v *view) absent() []string {
	var notes []string
	for _, name := range v.missing() {
		note := fmt.Sprintf("no %s is loaded", name.Safe())
		if near := v.near(name); near != "" {
			note += fmt.Sprintf(": did you mean %s?", text.Clean(near))
		}
		notes = append(notes, note)
	}
	return notes
}

// misspelt is why a name is a mistake: the project lists no such event, but one of nearly
// that name. Where the list is not at hand nobody can tell a wrong name from an event
// that this user has not done.
func (v *view) misspelt(ctx context.Context) error {
	missing := v.missing()
	if len(missing) == 0 || !v.env.ListAtHand() {
		return nil
	}
	list, failed := v.env.API.Events(ctx)
	if failed != nil {
		return nil // what was found of the user is good without the list
	}
	for _, name := range missing {
		near, unlisted := views.Unlisted(list, api.Event{Name: name})
		if loaded := v.near(name); loaded != "" {
			near = loaded
		}
		if unlisted && near != "" {
			return views.Mistake(fmt.Errorf("there is no event called %s: did you mean %s?", name.Safe(), text.Clean(near)))
		}
	}
	return nil
}
