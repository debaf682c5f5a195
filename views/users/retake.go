package users

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Retake shows more or less of the same user's story, or a user again who was on the
// screen lately: nobody is looked up. It takes no other change.
func (v *view) Retake(args []string) (tea.Cmd, bool) {
	s, err := parse(args)
	if err != nil {
		return nil, false
	}
	was := v.state
	if (v.person != nil || v.look.Loading()) && sameStory(s, was) {
		if s.Only != was.Only || !slices.Equal(s.Mute, was.Mute) {
			v.state = s
			v.tell()
		}
		return nil, true
	}
	i := slices.IndexFunc(v.former, func(f former) bool { return sameStory(f.state, s) })
	if i < 0 || s.At != "" || s.Find != "" || s.Funnel != "" || !s.Beside.IsZero() {
		return nil, false // more would have to be asked
	}
	v.restore(v.former[i], s)
	return nil, true
}

// restore shows a former user in the place of the one on the screen.
func (v *view) restore(f former, s State) {
	v.keep()
	v.Stop()
	v.look.Err = nil
	v.state, v.found, v.asked = s, f.found, s
	v.show(f.person)
	v.cursor.At, v.cursor.Top = f.at, f.top
	v.cursor.Move(0)
	v.redraw()
}

// sameStory says that two states are of the same user's story, as far as anything is
// asked for it.
func sameStory(a, b State) bool {
	return a.Who == b.Who && a.Beside == b.Beside && a.Limit == b.Limit &&
		a.At == b.At && a.Find == b.Find && a.Funnel == b.Funnel
}

// former is a user who is or was on the screen, as far as the story is loaded.
type former struct {
	state   State
	found   found
	person  *person
	at, top int // the cursor, once another is on the screen
}

// mostFormer bounds how many stories are held in memory besides the one on the screen.
const mostFormer = 5

// keep remembers the user on the screen, who makes room for another.
func (v *view) keep() {
	if v.person == nil {
		return
	}
	last := v.told
	last.at, last.top = v.cursor.At, v.cursor.Top
	v.former = slices.DeleteFunc(v.former, func(f former) bool { return f.state.Who == last.state.Who })
	v.former = slices.Insert(v.former, 0, last)
	v.former = v.former[:min(len(v.former), mostFormer)]
}
