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
	for _, args := range everyScreen() {
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

// everyScreen are questions whose screens name keys in sentences: full ones, empty ones,
// and ones that cannot be asked.
func everyScreen() [][]string {
	return [][]string{
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
	}
}

// With no key bound a sentence names the entry of the palette: none has a hole where the
// key would stand, on any screen, in its help, in what is said of an action that cannot
// be done and of one that was.
func TestNoSentenceHasAHoleWhereAKeyWouldStand(t *testing.T) {
	unbound := map[string][]string{}
	defaults := keys.Default()
	for _, k := range defaults.All() {
		if k.Place != keys.Typing {
			unbound[k.Name] = []string{}
		}
	}
	none, problems := keys.Default().Rebind(unbound, func(string) int { return 0 })
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	does := `(?:adds|asks|begins|clears|gives|goes|loads|looks|makes|marks|moves|opens|shows|takes|turns|zooms)\b`
	hole := regexp.MustCompile(`“”|""|''|\( *\)|[:;,(.] {1,2}` + does + `|[:;,] {2,}\p{L}|\b(?:with|press|choose|and|or|by) *(?:[.,;:)]|$|and\b)|(?m:^ {0,3}` + does + `)`)
	goesOn := regexp.MustCompile(`in the palette *\n *`) // a sentence that is longer than the line
	hold := func(where, said string) {
		t.Helper()
		said = goesOn.ReplaceAllString(said, "in the palette ")
		for _, word := range hole.FindAllString(said, -1) {
			t.Errorf("%s has a hole at %q:\n%s", where, word, said)
		}
	}
	sentence := func(where, said string) {
		t.Helper()
		hold(where, said)
		if strings.Contains(said, "  ") || strings.TrimRight(said, " :;,") != said {
			t.Errorf("%s says %q", where, said)
		}
	}
	for _, args := range everyScreen() {
		where := strings.Join(args, " ")
		story(t, demoServer(), func(d *driver) {
			d.app.env.Keys = none
			d.putBoard(d.remembering(), "morning", "segment Purchase\nfunnel Purchase\n")
			d.open("events")
			d.open(args[0], args[1:]...)
			d.Wait(3 * time.Second)
			if slices.ContainsFunc(d.app.actions(), func(a keys.Action) bool { return a.Key.Place == keys.Typing }) {
				return
			}
			hold(where, d.Frame())
			for _, action := range d.app.actions() {
				if action.Blocked != "" {
					sentence(where+", "+action.Key.Name, action.Blocked)
				}
			}
			d.do("mask", "mute", "cancel", "compare-user", "follow")
			hold(where+", after actions", d.Frame())
			d.do("help")
			hold("the help of "+where, d.Frame())
			d.do("help", "cancel", "refresh", "cancel")
			hold(where+", given up", d.Frame())
		})
	}
}

// do does what keys of these names do, where that can be done, as the palette would.
func (d *driver) do(names ...string) {
	for _, name := range names {
		for _, action := range d.app.actions() {
			if action.Key.Name == name && action.Blocked == "" {
				d.run(action.Do())
				d.Wait(time.Second)
				break
			}
		}
	}
}
