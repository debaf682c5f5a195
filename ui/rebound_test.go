package ui

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

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

// No sentence names a key that the user has not: with every key bound anew, nothing on
// any screen, in its help or in what is said when a key does nothing names an old one.
func TestNoSentenceNamesAKeyThatWasGivenAway(t *testing.T) {
	anew := map[string][]string{}
	next := 'Ѐ'
	defaults := keys.Default()
	for _, k := range defaults.All() {
		if k.Place != keys.Typing {
			anew[k.Name] = []string{string(next)}
			next++
		}
	}
	own, problems := keys.Default().Rebind(anew, func(string) int { return 0 })
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	// Words that only a key can mean, and what sentences do with letters.
	old := regexp.MustCompile(`\b(?:esc|enter|space|tab|backspace|pgup|pgdn|shift\+\w+|ctrl\+[^c])\b|\b[Pp]ress [!-~]+|\b[a-zA-Z] (?:asks|adds|shows|opens|clears|takes|goes)\b|\b[a-z] and [a-z]\b|\bwith [a-z+/-](?:[ ,.]|$)`)
	hold := func(d *driver, where, said string) {
		t.Helper()
		said = strings.ReplaceAll(said, "enter takes it", "") // in a text field
		for _, word := range old.FindAllString(said, -1) {
			t.Errorf("%s says %q:\n%s", where, word, said)
		}
	}
	for _, args := range [][]string{
		{"events"},
		{"events", "zzz"},
		{"events", "--changed"},
		{"segment"},
		{"segment", "Song Played"},
		{"segment", "Song Played", "--by", "platform"},
		{"segment", "Song Played", "--complete", "--from", "today"},
		{"segment", "Nothing Of The Kind"},
		{"funnel"},
		{"funnel", "Sign Up"},
		{"funnel", "Sign Up", "Purchase"},
		{"funnel", "Sign Up", "Purchase", "--by", "platform"},
		{"retention"},
		{"revenue"},
		{"revenue", "--face", "heat"},
		{"active"},
		{"sessions"},
		{"composition"},
		{"realtime"},
		{"chart"},
		{"chart", "plays7d"},
		{"users"},
		{"users", "user"},
		{"users", "ada@example.com"},
		{"users", "nobody-here"},
		{"board", "morning"},
	} {
		where := strings.Join(args, " ")
		story(t, demoServer(), func(d *driver) {
			d.app.env.Keys = own
			d.putBoard(d.remembering(), "morning", "segment Purchase\nfunnel Purchase\n")
			d.open("events") // the first one was made with the keys before
			d.open(args[0], args[1:]...)
			d.app.back = d.app.back[len(d.app.back)-1:]
			d.Wait(3 * time.Second)
			if slices.ContainsFunc(d.app.actions(), func(a keys.Action) bool { return a.Key.Place == keys.Typing }) {
				return // a text field's own keys stay what they are
			}
			hold(d, where, d.Frame())
			for _, action := range d.app.actions() {
				if action.Blocked != "" {
					hold(d, where+", "+action.Key.Name, action.Blocked)
				}
			}
			d.Press(own.Help.Keys()[0])
			hold(d, "the help of "+where, d.Frame())
			d.Press(own.Cancel.Keys()[0])
			d.Press(own.Refresh.Keys()[0], own.Cancel.Keys()[0])
			d.Wait(time.Second)
			hold(d, where+", given up", d.Frame())
		})
	}
}
