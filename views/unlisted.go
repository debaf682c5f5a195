package views

import (
	"fmt"
	"slices"
	"strings"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// Unlisted says that a project does not list an event, and which it lists was probably
// meant, as it is written; empty where none is near. The events that stand for several
// are in no list, nor are custom events; hidden ones may be in none.
func Unlisted(list api.EventList, e api.Event) (near string, unlisted bool) {
	several := []string{"_active", "_all", "_new"}
	name := query.PrintEvent(api.Event{Name: e.Name})
	if slices.Contains(several, name) || strings.HasPrefix(name, "ce:") ||
		slices.ContainsFunc(list.Events, func(known api.EventType) bool { return known.Name == e.Name }) {
		return "", false
	}
	names := several
	for _, known := range list.Events {
		names = append(names, query.PrintEvent(api.Event{Name: known.Name}))
	}
	return query.Nearest(name, names), true
}

// sure asks once whether an event that is not listed is meant all the same: the first
// time it is an error, with what was probably meant.
func sure(list api.EventList, asked *text.Raw, e api.Event) error {
	near, unlisted := Unlisted(list, e)
	if !unlisted || *asked == e.Name {
		return nil
	}
	*asked = e.Name
	said := fmt.Sprintf("the project lists no event called %s", e.Name.Safe())
	if near != "" {
		return fmt.Errorf("%s: did you mean %s? If not, enter once more takes it as it is", said, text.Clean(near))
	}
	return fmt.Errorf("%s: enter once more takes it as it is", said)
}
