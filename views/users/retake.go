package users

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Retake shows more or less of the same user's story, goes elsewhere in it, or shows a user
// again who was on the screen lately: nobody is looked up, and what is loaded stays. It
// takes no other change.
func (v *view) Retake(args []string) (tea.Cmd, bool) {
	s, err := parse(args)
	if err != nil {
		return nil, false
	}
	loading := v.look.Loading()
	switch {
	case loading && sameStory(s, v.state):
		v.state = s
		return nil, true
	case !loading && v.person != nil && v.look.Err == nil && sameUser(s, v.state):
		return v.change(s), true
	}
	i := slices.IndexFunc(v.former, func(f former) bool { return sameUser(f.state, s) })
	if i < 0 || !s.Beside.IsZero() {
		return nil, false // somebody would have to be looked up
	}
	was := v.former[i]
	v.restore(was, s)
	return v.seekAgain(State{At: was.state.At}, s), true
}

// change takes another state of the same user's story.
func (v *view) change(s State) tea.Cmd {
	was := v.state
	v.state = s
	v.tell()
	var beside tea.Cmd
	switch {
	case s.Beside == was.Beside:
	case s.Beside.IsZero():
		v.other, v.marked = nil, nil
	default:
		beside = v.lookBeside()
	}
	return tea.Batch(beside, v.seekAgain(was, s))
}

// seekAgain asks within the story what one state wants and the other did not.
func (v *view) seekAgain(was, s State) tea.Cmd {
	var cmds []tea.Cmd
	if s.At != "" && s.At != was.At {
		cmds = append(cmds, v.goToMoment())
	}
	if s.Find != was.Find {
		cmds = append(cmds, v.seekText(s.Find))
	}
	if s.Funnel != was.Funnel {
		cmds = append(cmds, v.askAll()...)
	}
	return tea.Batch(cmds...)
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

// sameUser says that two states look the same user up.
func sameUser(a, b State) bool { return a.Who == b.Who && a.Limit == b.Limit }

// sameStory says that two states are of the same user's story, as far as anything is
// asked for it.
func sameStory(a, b State) bool {
	return sameUser(a, b) && a.Beside == b.Beside &&
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
