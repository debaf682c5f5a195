// Package events is the view that lists a project's event types.
package events

import (
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"amptui/views"
	"amptui/views/query"
)

// Sort is the column that orders the list.
type Sort string

// The columns that can order the list.
const (
	byTotals Sort = "totals"
	byDelta  Sort = "delta"
	byName   Sort = "name"
	byFlags  Sort = "flags"
)

func sorts() []Sort { return []Sort{byTotals, byDelta, byName, byFlags} }

// State is what the user asks: which events, in which order.
type State struct {
	Find    string // filter words, see views.Find
	Changed bool   // only what has changed since the last visit, and near twins
	Sort    Sort
	Reverse bool // against the column's own order (numbers downwards, names upwards)
}

// Default is the question a fresh list asks.
func Default() State { return State{Sort: byTotals} }

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Sort, sorts()...), "sort", "order by this column")
	fs.BoolVar(&s.Changed, "changed", s.Changed, "only events that are new, silent or have jumped since you last looked, and near twins")
	fs.BoolVar(&s.Reverse, "reverse", s.Reverse, "turn the order round")
}

// Take reads the filter words. One that has blanks is words that stand beside each other.
func (s *State) Take(words []string) error {
	var find []string
	for _, w := range words {
		switch parts := strings.Fields(w); {
		case len(parts) == 0:
			return errors.New("a filter word is empty: leave it out")
		case len(parts) > 1 && strings.Contains(w, `"`):
			return errors.New("a filter word with blanks has no quotes in it: write two words, as in events song play")
		case len(parts) > 1:
			w = strings.Join(parts, " ")
			not := len(w) - len(strings.TrimLeft(w, "!'"))
			find = append(find, w[:not]+`"`+w[not:]+`"`)
		default:
			find = append(find, parts[0])
		}
	}
	s.Find = strings.Join(find, " ")
	return nil
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	words := views.FilterWords(s.Find)
	for i, w := range words {
		if strings.Contains(w, " ") {
			words[i] = strings.ReplaceAll(w, `"`, "")
		}
	}
	return words
}
