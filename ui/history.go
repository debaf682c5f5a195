package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/views"
)

// trail is where the user has been, question by question, as a browser keeps it.
type trail struct {
	steps []step
	at    int
}

// step is a question in a view, as it is asked: without pseudonyms. The view itself
// is kept too, nil where it was long ago.
type step struct {
	link views.Link
	view views.View
}

const (
	mostSteps = 100 // how far back the trail goes
	mostKept  = 8   // how many views are kept, with what they have found
)

// note adds the question in front, if it is another than the last one, and says
// whether it is. What was ahead on the trail is gone then.
func (t *trail) note(s step) bool {
	if len(t.steps) > 0 && same(t.steps[t.at].link, s.link) {
		t.steps[t.at].view = s.view
		return false
	}
	if len(t.steps) > 0 {
		t.steps = t.steps[:t.at+1]
	}
	t.steps = append(t.steps, s)
	if len(t.steps) > mostSteps {
		t.steps = slices.Delete(t.steps, 0, 1)
	}
	t.at = len(t.steps) - 1
	t.forget()
	return true
}

// forget lets go of the views of long ago; their questions stay.
func (t *trail) forget() {
	var kept []views.View
	for i := len(t.steps) - 1; i >= 0; i-- {
		switch v := t.steps[i].view; {
		case v == nil || slices.Contains(kept, v):
		case len(kept) < mostKept:
			kept = append(kept, v)
		default:
			t.steps[i].view = nil
		}
	}
}

// walk goes along the trail; false where it ends.
func (t *trail) walk(by int) (step, bool) {
	to := t.at + by
	if to < 0 || to >= len(t.steps) {
		return step{}, false
	}
	t.at = to
	return t.steps[to], true
}

// links are the questions of the trail but for the one in front, the last one
// first, each once.
func (t *trail) links() []views.Link {
	var out []views.Link
	seen := map[string]bool{}
	if len(t.steps) > 0 {
		seen[t.steps[t.at].link.Line()] = true
	}
	for _, s := range slices.Backward(t.steps) {
		if line := s.link.Line(); !seen[line] {
			seen[line] = true
			out = append(out, s.link)
		}
	}
	return out
}

func same(a, b views.Link) bool { return a.View == b.View && slices.Equal(a.Args, b.Args) }

// asked is the question of a view as it is asked, without pseudonyms.
func (a *App) asked(v views.View) views.Link {
	return a.unmasked(v.Link())
}

// unmasked is a link as it was shown, with the words that pseudonyms stand for.
func (a *App) unmasked(l views.Link) views.Link {
	if a.env.Mask.On() {
		l.Args = a.env.Mask.RevealArgs(l.Args)
	}
	return l
}

// shownLine is a question as the screen may show it, with pseudonyms while the mask
// is on.
func (a *App) shownLine(l views.Link) string {
	if !a.env.Mask.On() {
		return l.Line()
	}
	spec, ok := a.spec(l.View)
	if !ok {
		return l.View
	}
	v, err := spec.New(a.env, l.Args)
	if err != nil {
		return l.View
	}
	return v.Link().Line()
}

// follow notes where the user is now, and says whether that is somewhere else.
func (a *App) follow() bool {
	v := a.view()
	return v != nil && !v.Typing() && a.trail.note(step{a.asked(v), v})
}

// walk goes to the question before or after this one, in whatever view.
func (a *App) walk(by int) func() tea.Cmd {
	return func() tea.Cmd {
		s, ok := a.trail.walk(by)
		if !ok {
			return nil
		}
		if cmd, ok := a.takeUp(s); ok {
			return cmd
		}
		a.leaveBack()
		return a.goTo(s.link, false)
	}
}

// takeUp shows the view of a step as it was; false where that cannot be. The view
// in front only changes its question: the cursor and the way back stay.
func (a *App) takeUp(s step) (tea.Cmd, bool) {
	v := s.view
	if v == nil {
		return nil, false
	}
	was := a.asked(v)
	cmd, ok := views.Retake(v, s.link.Args)
	if !ok && !same(was, s.link) {
		return nil, false
	}
	if v == a.view() {
		return cmd, true
	}
	away := !slices.Contains(a.live(), v) // it has heard of nothing since
	a.leaveBack()
	left := a.open[s.link.View]
	a.front, a.open[s.link.View] = s.link.View, v
	if left != nil && !slices.Contains(a.live(), left) {
		left.Stop()
	}
	var news tea.Cmd
	if away {
		news = v.Update(views.Masked{})
	}
	return tea.Batch(v.Update(a.room()), news, cmd), true
}

// noWay says why the trail ends here.
func (a *App) noWay(by int) string {
	if to := a.trail.at + by; to >= 0 && to < len(a.trail.steps) {
		return ""
	}
	return map[bool]string{true: "there is no question before this one", false: "there is no question after this one"}[by < 0]
}
