package form

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Outcome is what has become of a form after a key.
type Outcome int

// The outcomes there are.
const (
	Editing Outcome = iota
	Left            // without a change
	Taken           // the question is to be asked
)

// Press takes a key. Every key is the form's own; what is pasted is text.
func (f *Form) Press(msg tea.KeyMsg) Outcome {
	if msg.Paste {
		f.edit(msg)
		return Editing
	}
	switch msg.Type {
	case tea.KeyEsc, tea.KeyCtrlC:
		return Left
	case tea.KeyEnter:
		return f.take()
	case tea.KeyUp, tea.KeyShiftTab:
		f.move(f.at - 1)
	case tea.KeyDown:
		f.move(f.at + 1)
	case tea.KeyPgUp:
		f.move(0)
	case tea.KeyPgDown:
		f.move(len(f.fields) - 1)
	case tea.KeyTab:
		if !f.complete() {
			f.move(f.at + 1)
		}
	case tea.KeyCtrlU:
		if one := &f.fields[f.at]; len(one.of) > 0 {
			one.set(one.was)
		} else {
			one.set("")
		}
		f.changed()
	default:
		f.edit(msg)
	}
	return Editing
}

// move goes to a field. Its text is chosen, as in other forms: what is typed replaces
// it, and a key that moves in it does not.
func (f *Form) move(to int) {
	f.fields[f.at].chosen = false
	f.at = (to + len(f.fields)) % len(f.fields)
	f.fields[f.at].chosen = f.fields[f.at].value() != ""
}

// edit changes the text of the field under the cursor.
func (f *Form) edit(msg tea.KeyMsg) {
	one := &f.fields[f.at]
	if len(one.of) > 0 && !msg.Paste {
		one.choose(msg)
		f.changed()
		return
	}
	was := one.input.Value()
	changes := msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace || msg.Type == tea.KeyBackspace || msg.Type == tea.KeyDelete
	if changes && (one.chosen || len(one.of) > 0) {
		one.input.SetValue("")
	}
	one.chosen = false
	if one.input, _ = one.input.Update(msg); one.input.Value() != was {
		one.typed = true
		f.changed()
	}
}

// choose takes a key on a field that is one of a few words: the next one, the one
// before, the next one that begins with a letter, or the default.
func (one *field) choose(msg tea.KeyMsg) {
	by, begins := 1, ""
	switch {
	case msg.Type == tea.KeyLeft:
		by = -1
	case msg.Type == tea.KeyRight, msg.Type == tea.KeySpace:
	case msg.Type == tea.KeyBackspace, msg.Type == tea.KeyDelete:
		one.set(one.was)
		return
	case msg.Type == tea.KeyRunes && len(msg.Runes) == 1:
		begins = strings.ToLower(string(msg.Runes))
	default:
		return
	}
	at, n := slices.Index(one.of, one.value()), len(one.of)
	if at < 0 && by < 0 {
		at = 0
	}
	for range n {
		if at = (at + by + n) % n; strings.HasPrefix(one.of[at], begins) {
			one.set(one.of[at])
			return
		}
	}
}

// grow adds a field behind the last one of those that there may be more of, as soon
// as that is used.
func (f *Form) grow() {
	for i := len(f.fields) - 1; i >= 0; i-- {
		one := f.fields[i]
		last := i == len(f.fields)-1 || f.fields[i+1].name != one.name || !f.fields[i+1].many
		if !one.many || !last || one.value() == "" {
			continue
		}
		more := newField("")
		more.name, more.word, more.usage, more.kind, more.of, more.many = one.name, one.word, one.usage, one.kind, one.of, true
		f.fields = slices.Insert(f.fields, i+1, more)
	}
}

// wholeByEnter says whether enter makes a part of an event's name whole.
func (one *field) wholeByEnter() bool {
	return one.kind == "EVENT" && one.typed && !strings.Contains(one.input.Value(), "[")
}

// take is enter: names of events that were typed in part become whole. A question
// that is wrong is not taken; the cursor goes to what is wrong with it.
func (f *Form) take() Outcome {
	at := f.at
	for f.at = range f.fields {
		if one := &f.fields[f.at]; one.wholeByEnter() {
			if s := f.completion(); len(s.found) > 0 {
				f.fields[f.at].set(s.before + s.found[0])
			}
		}
	}
	f.at = at
	f.changed()
	if f.wrong == nil {
		return Taken
	}
	f.move(f.wrongAt)
	f.fields[f.at].chosen = false // it is to be mended
	return Editing
}
