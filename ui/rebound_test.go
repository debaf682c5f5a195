package ui

import (
	"strings"
	"testing"

	"amptui/keys"
)

// Footer, help and palette show the user's own keys, and the old ones do nothing.
func TestYourOwnKeysAreShownWhereverKeysAre(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		to := map[string][]string{"metric": {"x"}, "palette": {"ctrl+p"}, "help": {"h"}, "left": {"left"}, "zero": {}, "view-3": {"9"}}
		own, problems := keys.Default().Rebind(to, func(string) int { return 0 })
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		d.app.env.Keys = own
		d.open("segment", "Song Played")
		d.Sees("x metric", "h help", "9 Funnel")
		d.SeesNot("m metric", "? help")
		d.Press("m", "?", ":")
		d.Sees(`segment "Song Played"  `, "x metric")
		d.Press("x")
		d.Sees("--metric totals")
		d.Press("h")
		if !strings.Contains(strings.Join(strings.Fields(d.Frame()), " "), "x next metric:") {
			t.Errorf("the help is\n%s", d.Frame())
		}
		d.Press("esc", "ctrl+p")
		d.Type("next metric")
		if !strings.Contains(strings.Join(strings.Fields(d.Frame()), " "), "next metric: uniques, totals, average, % active x") {
			t.Errorf("the palette is\n%s", d.Frame())
		}
		d.Press("esc", "ctrl+p")
		d.Type("value axis from zero")
		d.Press("enter")
		d.Sees("--fit") // without a key the palette still has it
	})
}
