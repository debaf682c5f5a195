package users

import (
	"testing"

	"amptui/api/text"
)

// A name means the event that is called so, else the only one that differs in capitals.
func TestCapitalsOfAnEventsNameDoNotCountWhereOneIsMeant(t *testing.T) {
	names := map[text.Raw]text.Raw{}
	for _, name := range []string{"Purchase", "play", "Play", "Jährlich"} {
		names[text.New(name)] = text.New(name)
	}
	for typed, want := range map[string]string{
		"Purchase": "Purchase", "purchase": "Purchase", "PURCHASE": "Purchase", "Purchse": "Purchse",
		"play": "play", "Play": "Play", "PLAY": "PLAY", "JÄHRLICH": "Jährlich", "": "",
	} {
		if got := called(text.New(typed), names); got != text.New(want) {
			t.Errorf("%q means %q, want %q", typed, got.Safe(), want)
		}
	}
}
