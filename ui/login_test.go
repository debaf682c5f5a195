package ui

import (
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts/theme"
	"amptui/config"
)

// typed sends a form some keys: names of keys, else text.
func typed(f *form, what ...string) {
	named := map[string]tea.KeyType{"enter": tea.KeyEnter, "tab": tea.KeyTab, "up": tea.KeyUp, "ctrl+u": tea.KeyCtrlU}
	for _, w := range what {
		msg := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(w)}
		if key, ok := named[w]; ok {
			msg = tea.KeyMsg{Type: key}
		}
		if cmd := f.Update(msg); cmd != nil && w == "enter" {
			f.Update(cmd())
		}
	}
}

func TestTheLoginFormChecksAFieldBeforeTheNext(t *testing.T) {
	var got []string
	f := newForm("amptui login", theme.Plain(), loginFields("default", "us", "", ""), func(v []string) error { got = slices.Clone(v); return nil })
	f.Update(tea.WindowSizeMsg{Width: 60, Height: 15})
	for _, step := range []struct {
		keys []string
		at   int
		says string
	}{
		{[]string{"ctrl+u", "enter"}, 0, "a profile's name is"},
		{[]string{"shop", "enter"}, 1, ""},
		{[]string{"ctrl+u", "moon", "tab"}, 1, "region moon is neither us nor eu"},
		{[]string{"up"}, 0, ""},
		{[]string{"tab", "tab"}, 1, "region moon"},
		{[]string{"ctrl+u", "eu", "tab", "tab"}, 3, ""},
		{[]string{"Berlin", "enter"}, 3, "zone Berlin is not a time zone"},
		{[]string{"ctrl+u", "Europe/Berlin", "enter"}, 4, ""},
		{[]string{"enter"}, 4, "the API key is missing"},
		{[]string{"key", "enter", "up", "up", "x", "up", "up", "up", "up", "secret", "enter"}, 3, "zone Europe/Berlinx is not"},
	} {
		typed(f, step.keys...)
		if f.at != step.at || !strings.Contains(f.wrong, step.says) || (step.says == "") != (f.wrong == "") || !strings.Contains(f.Frame(), step.says) {
			t.Fatalf("%q: field %d, %q\n%s", step.keys, f.at, f.wrong, f.Frame())
		}
	}
	typed(f, "ctrl+u", "UTC", "enter", "enter", "enter")
	if want := []string{"shop", "eu", "", "UTC", "key", "secret"}; !slices.Equal(got, want) || !f.done {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheLoginFormSaysAtOnceThatThereIsNoKeyring(t *testing.T) {
	env := map[string]string{}
	p := &program{env: func(name string) string { return env[name] }}
	if config.KeyringInSight(p.env) == nil {
		t.Skip("a keyring is always in sight here")
	}
	said := p.nowhereToStore(loginFlags{})
	for _, want := range []string{"no keyring is in sight", "--session", "--insecure-storage", "AMPLITUDE_API_KEY"} {
		if !strings.Contains(said, want) {
			t.Errorf("%q is not in %q", want, said)
		}
	}
	f := newForm("amptui login", theme.Plain(), loginFields("default", "us", "", ""), nil)
	f.known = said
	f.Update(tea.WindowSizeMsg{Width: 60, Height: 15})
	if frame := f.Frame(); !strings.Contains(frame, "AMPLITUDE_SECRET_KEY.") {
		t.Errorf("not all of it is on the screen:\n%s", frame)
	}
	env["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere"
	if said := p.nowhereToStore(loginFlags{}); said != "" {
		t.Errorf("with a bus it says %q", said)
	}
	env = map[string]string{}
	if said := p.nowhereToStore(loginFlags{session: true}); said != "" {
		t.Errorf("with --session it says %q", said)
	}
}
