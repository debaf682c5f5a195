package views

import (
	"fmt"
	"slices"
	"strings"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// ListAtHand says that asking for the list of events costs nothing: it is kept, or it is
// this program's own.
func (e Env) ListAtHand() bool { return e.Inside || e.API.Price(api.EventListQuery{}) == 0 }

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
	return query.Nearest(name, append(several, listed(list)...)), true
}

// listed are the events of a list as a question writes them.
func listed(list api.EventList) []string {
	names := make([]string, len(list.Events))
	for i, known := range list.Events {
		names[i] = query.PrintEvent(api.Event{Name: known.Name})
	}
	return names
}

// A Stranger is an event of a question that the project does not list.
type Stranger struct {
	Name string // as it was written
	Near string // what was probably meant; empty where no listed event is near

	// Sure says that nothing else can be meant: it is a listed event in other letters, or
	// its words were written without the quotes that keep them together.
	Sure  bool
	apart bool
}

// FirstStranger is the first event of a question that a project does not list.
func FirstStranger(list api.EventList, events []api.Event) (s Stranger, ok bool) {
	for i, e := range events {
		near, unlisted := Unlisted(list, e)
		if !unlisted {
			continue
		}
		s = Stranger{Name: query.PrintEvent(api.Event{Name: e.Name}), Near: near}
		s.Sure = strings.EqualFold(s.Name, near)
		if whole := together(listed(list), events, i); whole != "" && !s.Sure {
			s.Near, s.Sure, s.apart = whole, true, true
		}
		return s, true
	}
	return Stranger{}, false
}

// together is the event of the list that the i-th word is a part of, with those beside
// it; empty where there is none.
func together(listed []string, events []api.Event, i int) string {
	words := make([]string, len(events))
	for j, e := range events {
		words[j] = query.PrintEvent(api.Event{Name: e.Name})
	}
	for from := range i + 1 {
		for to := max(i+1, from+2); to <= len(words); to++ {
			whole := strings.Join(words[from:to], " ")
			if at := slices.IndexFunc(listed, func(name string) bool { return strings.EqualFold(name, whole) }); at >= 0 {
				return listed[at]
			}
		}
	}
	return ""
}

// Error says what was probably meant, as a command line writes it.
func (s Stranger) Error() string {
	said := "there is no event called " + text.Clean(s.Name)
	switch {
	case s.apart:
		return said + ": did you mean " + text.Clean(query.Quote(s.Near)) + ", with the quotes?"
	case s.Near != "":
		return said + ": did you mean " + text.Clean(query.Quote(s.Near)) + "?"
	}
	return said
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
