package ui

import (
	"context"
	"slices"
	"strings"

	"amptui/views"
)

// A word is what a conversation understands beside the questions.
type word struct {
	names []string // the first one is told, the others are as good
	takes string   // what may follow it: the number of a row, a view, a board
	needs bool     // it must follow
	does  string   // told by help, behind the name
	do    func(ctx context.Context, rest []string) error
}

// The things that may follow a word.
const (
	aRow  = "the number of a row"
	aView = "the name of a view"
)

// words are all there are, in the order in which help tells them. What is typed, what
// is suggested for a mistyped one, and what a prompt passes on go by this list.
func (t *talk) words() []word {
	plain := func(do func() error) func(context.Context, []string) error {
		return func(context.Context, []string) error { return do() }
	}
	return []word{
		{names: []string{"more"}, does: "reads further rows of the table", do: plain(t.more)},
		{names: []string{"last"}, does: "reads the last rows", do: plain(t.last)},
		{
			names: []string{"row"}, takes: aRow, needs: true, does: "reads all there is to one row",
			do: func(_ context.Context, rest []string) error { return t.readRow(rest) },
		},
		{names: []string{"open"}, takes: aRow, needs: true, does: "asks what the row of an event or a user leads to", do: t.open},
		{names: []string{"again"}, does: "asks the last question anew", do: func(ctx context.Context, _ []string) error { return t.again(ctx) }},
		{names: []string{"back"}, does: "goes to the question before", do: func(ctx context.Context, _ []string) error { return t.back(ctx) }},
		{
			names: []string{boardName}, takes: "the name of a board", needs: true, does: "asks its questions, one after the other",
			do: func(ctx context.Context, rest []string) error { return t.board(ctx, strings.Join(rest, " ")) },
		},
		{names: []string{"menu"}, does: "lists what can be asked", do: plain(func() error { t.menu(); return nil })},
		{
			names: []string{"help", "?"}, takes: aView, does: "tells its words; help alone tells these",
			do: func(_ context.Context, rest []string) error { return t.helpOn(rest) },
		},
		{names: []string{"quit", "exit", "q"}, does: "ends", do: plain(func() error { return errLeft })},
	}
}

// word is the one that is called so.
func (t *talk) word(name string) (word, bool) {
	all := t.words()
	at := slices.IndexFunc(all, func(w word) bool { return slices.Contains(w.names, name) })
	if at < 0 {
		return word{}, false
	}
	return all[at], true
}

// forUs says of what was typed where a view asks for its words that it is one of ours:
// alone, or with the number of a row. In quotes it is a name.
func (t *talk) forUs(line string, words []string) bool {
	if len(words) == 0 || strings.ContainsAny(line, `"'`) {
		return false
	}
	w, ok := t.word(words[0])
	switch {
	case !ok:
		return false
	case w.takes == aRow:
		return len(words) == 2 && strings.Trim(words[1], "0123456789") == ""
	case w.needs:
		return false
	}
	return len(words) == 1
}

// help says what can be typed.
func (t *talk) help() {
	t.say("A number chooses what to ask; what it needs is asked for.")
	t.say("A query line asks at once, in the words of the command line, such as: %s", strings.TrimPrefix(strings.Split(t.specs[0].Example, "\n")[0], "amptui "))
	t.say("The views are: %s.", strings.Join(t.names(), ", "))
	for _, w := range t.words() {
		if w.takes != "" {
			t.say("%s and %s %s.", w.names[0], w.takes, w.does)
			continue
		}
		t.say("%s %s.", w.names[0], w.does)
	}
}

// spec is the view of a name; where there is none, the error suggests what was meant.
func (t *talk) spec(name string) (views.Spec, error) {
	for _, s := range t.specs {
		if s.Name == name {
			return s, nil
		}
	}
	known := t.names()
	for _, w := range t.words() {
		if !slices.Contains(known, w.names[0]) {
			known = append(known, w.names[0])
		}
	}
	return views.Spec{}, noSuch("view or word", name, known)
}
