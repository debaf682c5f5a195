package views

import (
	"testing"

	"amptui/api"
	"amptui/api/text"
)

func TestAnUnlistedEventIsToldFromOneWithoutItsQuotes(t *testing.T) {
	var list api.EventList
	for _, name := range []string{"Search", "Sign Up", "Search Performed", "Song Played To End"} {
		list.Events = append(list.Events, api.EventType{Name: text.New(name)})
	}
	for _, c := range []struct {
		words []string
		near  string
		sure  bool
	}{
		{[]string{"Sign", "Up"}, "Sign Up", true},
		{[]string{"Search", "sign", "up"}, "Sign Up", true},
		{[]string{"Search", "Performed"}, "Search Performed", true},
		{[]string{"Song", "Played", "To", "End"}, "Song Played To End", true},
		{[]string{"SIGN UP"}, "Sign Up", true},
		{[]string{"Sgin Up"}, "Sign Up", false},
		{[]string{"Up", "Sign"}, "", false},
	} {
		var events []api.Event
		for _, w := range c.words {
			events = append(events, api.Event{Name: text.New(w)})
		}
		s, ok := FirstStranger(list, events)
		if !ok || s.Near != c.near || s.Sure != c.sure {
			t.Errorf("%q: got %+v, %v", c.words, s, ok)
		}
	}
	if s, ok := FirstStranger(list, []api.Event{{Name: text.New("Search")}, {Name: text.New("_all")}}); ok {
		t.Errorf("a listed event is a stranger: %+v", s)
	}
}
