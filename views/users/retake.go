package users

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
)

// Retake shows more or less of the same user's story: nobody is looked up. It takes
// no other change.
func (v *view) Retake(args []string) (tea.Cmd, bool) {
	s, err := parse(args)
	if err != nil || v.person == nil && !v.look.Loading() {
		return nil, false
	}
	was := v.state
	same := s.Who == was.Who && s.Beside == was.Beside && s.Limit == was.Limit &&
		s.At == was.At && s.Find == was.Find && s.Funnel == was.Funnel
	if !same {
		return nil, false
	}
	if s.Only != was.Only || !slices.Equal(s.Mute, was.Mute) {
		v.state = s
		v.tell()
	}
	return nil, true
}
