package keys

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// An Action is what a key does on this screen now. The same rows feed dispatch,
// footer, help and palette.
type Action struct {
	Key     Key
	Do      func() tea.Cmd
	Blocked string // why it cannot be done now; the key then says so
	Label   string // for the footer, where the key's own word would mislead
	Quiet   bool   // works, but is not worth room in the footer

	// Take does it with words that the palette got behind the key's name, as in
	// "at 2 mar 14:00"; nil where it takes none.
	Take func(words string) (tea.Cmd, error)
}

// Find is the action of a keystroke.
func Find(actions []Action, keystroke string) (Action, bool) {
	for _, a := range actions {
		if slices.Contains(a.Key.Keys(), keystroke) {
			return a, true
		}
	}
	return Action{}, false
}

// Word is what the footer calls the action.
func (a Action) Word() string {
	if a.Label != "" {
		return a.Label
	}
	return a.Key.Help().Key
}

// A Hint is one entry of the footer: keys and what they do.
type Hint struct{ Keys, Word string }

// Footer lists the hints of what can be done now, keys of one pair together.
func Footer(actions []Action) []Hint {
	var hints []Hint
	pairs := map[string]int{}
	for _, a := range actions {
		if a.Quiet || a.Blocked != "" || len(a.Key.Keys()) == 0 {
			continue
		}
		if at, ok := pairs[a.Key.Pair]; ok && a.Key.Pair != "" {
			hints[at].Keys += "/" + a.Key.Shown()
			continue
		}
		word := a.Word()
		if a.Key.Pair != "" {
			pairs[a.Key.Pair] = len(hints)
			word = a.Key.Pair
			if a.Label != "" {
				word = a.Label
			}
		}
		hints = append(hints, Hint{a.Key.Shown(), word})
	}
	return hints
}

// TypingActions are what a text field's keys do, for the footer. esc says what
// leaving means there; choices says whether there are suggestions.
func (m Map) TypingActions(esc string, choices bool) []Action {
	actions := []Action{{Key: m.Take}}
	if choices {
		actions = append(actions, Action{Key: m.ChooseUp}, Action{Key: m.ChooseDown}, Action{Key: m.TypeOut})
	}
	return append(actions, Action{Key: m.Close, Label: esc})
}
