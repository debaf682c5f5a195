package views

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
)

// A Retaker is a view that takes another question where it stands: cursor, zoom and
// the answer on the screen stay as far as they still mean the same. false means
// that it cannot, and that nothing has changed.
type Retaker interface {
	Retake(args []string) (tea.Cmd, bool)
}

// Retake gives a view another question of its own, if it takes one.
func Retake(v View, args []string) (tea.Cmd, bool) {
	r, ok := v.(Retaker)
	if !ok {
		return nil, false
	}
	return r.Retake(args)
}

// Retake takes the state of other arguments. Where the answer on the screen is of
// the same question it stays, and nothing is asked.
func (q *Question[S, A, T]) Retake(parse func([]string) (S, error), args []string) (tea.Cmd, bool) {
	s, err := parse(args)
	if err != nil {
		return nil, false
	}
	q.Prompt.Close()
	q.State = s
	a, err := s.Query(q.env.Today())
	if err != nil || !q.Have || q.req.Err != nil || !sameQuestions(a.Questions(), q.Of.Questions()) {
		return q.Load(), true
	}
	q.giveUp()
	q.wrong = nil
	q.Shown, q.Of = s, a
	q.Take()
	q.turn++
	return nil, true
}

func sameQuestions(a, b []api.Question) bool {
	return slices.EqualFunc(a, b, func(x, y api.Question) bool {
		return x.Endpoint() == y.Endpoint() && x.Values().Encode() == y.Values().Encode()
	})
}
