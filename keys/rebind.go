package keys

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// A Problem is what cannot be done of the configuration's [keys].
type Problem struct {
	Line int    // of the file, from 1; 0 where that is not known
	Text string // one sentence without the line
}

// wayOut is the keystroke that always quits: a terminal in raw mode has no other
// way to end a program whose keys were all given away.
const wayOut = "ctrl+c"

// Rebind gives keys other keystrokes by name, as the configuration's [keys] does;
// line tells where the file names an action. No two keys of one screen share a
// keystroke in what comes back: who was given it in the file keeps it, of two such
// the first, and the problems say who has lost it.
func (m Map) Rebind(to map[string][]string, line func(name string) int) (Map, []Problem) {
	if len(to) == 0 {
		return m, nil
	}
	var problems []Problem
	names := make([]string, 0, len(to))
	for name := range to {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int {
		if by := line(a) - line(b); by != 0 {
			return by
		}
		return strings.Compare(a, b)
	})
	all := m.All()
	given := map[string]int{} // when a key was given its keystrokes, from 1
	for _, name := range names {
		say := func(format string, args ...any) {
			problems = append(problems, Problem{line(name), fmt.Sprintf(format, args...)})
		}
		i := slices.IndexFunc(all, func(k *Key) bool { return k.Name == name })
		switch {
		case i < 0:
			say("there is no key called %q: amptui keys lists the names", name)
			continue
		case all[i].Place == Typing:
			say("%s belongs to text fields and cannot be changed", name)
			continue
		}
		var keystrokes []string
		for _, typed := range to[name] {
			k, ok := Keystroke(typed)
			if !ok {
				say("%s: %q is no keystroke: write one such as m, M, space, tab, up or ctrl+x", name, typed)
				continue
			}
			keystrokes = append(keystrokes, k)
		}
		if len(keystrokes) == 0 && len(to[name]) > 0 {
			continue // a slip of the pen takes no key away
		}
		given[name] = len(given) + 1
		all[i].SetKeys(keystrokes...)
	}
	problems = append(problems, m.settle(given, line)...)
	slices.SortStableFunc(problems, func(a, b Problem) int { return a.Line - b.Line })
	return m, problems
}

// settle leaves each keystroke of a screen to one key, and says what that has cost.
func (m *Map) settle(given map[string]int, line func(string) int) []Problem {
	var problems []Problem
	if !slices.Contains(m.Quit.Keys(), wayOut) {
		m.Quit.SetKeys(append(slices.Clone(m.Quit.Keys()), wayOut)...)
	}
	for _, c := range m.conflicts() {
		keeps, loses := c.a, c.b
		if !slices.Contains(keeps.Keys(), c.keystroke) || !slices.Contains(loses.Keys(), c.keystroke) {
			continue // a third one has it already
		}
		first, second := given[keeps.Name], given[loses.Name]
		later := first == 0 || second > 0 && second < first
		if c.keystroke == wayOut {
			later = loses.Name == m.Quit.Name
		}
		if later {
			keeps, loses = loses, keeps
		}
		at := 0
		for _, k := range []*Key{keeps, loses} {
			if given[k.Name] > 0 {
				at = max(at, line(k.Name))
			}
		}
		left := slices.DeleteFunc(slices.Clone(loses.Keys()), func(k string) bool { return k == c.keystroke })
		loses.SetKeys(left...)
		says := fmt.Sprintf("%s means %s, and no longer %s", Show(c.keystroke), keeps.Name, loses.Name)
		if len(left) == 0 {
			says += ", which has no key now"
		}
		problems = append(problems, Problem{at, says})
	}
	return problems
}

// A conflict is a keystroke that two keys of one screen share.
type conflict struct {
	a, b      *Key
	keystroke string
}

func (m *Map) conflicts() []conflict {
	var found []conflict
	all := m.All()
	for i, a := range all {
		for _, b := range all[i+1:] {
			if !a.Place.Meets(b.Place) {
				continue
			}
			for _, k := range a.Keys() {
				if slices.Contains(b.Keys(), k) {
					found = append(found, conflict{a, b, k})
				}
			}
		}
	}
	return found
}

// Keystroke is a keystroke as terminals report it, of one as somebody writes it;
// false for what no terminal reports.
func Keystroke(typed string) (string, bool) {
	if len([]rune(typed)) == 1 {
		return typed, true
	}
	k := strings.ToLower(strings.TrimSpace(typed))
	if strings.HasPrefix(k, "alt+") {
		rest, ok := Keystroke(strings.TrimSpace(typed)[len("alt+"):])
		return "alt+" + rest, ok
	}
	others := map[string]string{"space": " ", "pgdn": "pgdown", "pagedown": "pgdown", "pageup": "pgup", "escape": "esc", "return": "enter", "del": "delete"}
	if other, ok := others[k]; ok {
		return other, true
	}
	return k, slices.Contains(named(), k)
}

// named are the keystrokes that have a name, such as tab and ctrl+x.
func named() []string {
	var names []string
	// Control characters are 0 to 127, all others count down from -1.
	for t := tea.KeyType(-100); t < 128; t++ {
		if name := t.String(); name != "" && name != "runes" {
			names = append(names, name)
		}
	}
	return names
}
