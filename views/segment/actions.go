package segment

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/keys"
	"amptui/views"
)

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.prompt.IsOpen() {
		return k.TypingActions("", true)
	}
	var actions []keys.Action
	if v.dear {
		actions = append(actions, keys.Action{Key: k.Refresh, Do: func() tea.Cmd { return v.ask(true) }, Label: "ask all the same"})
	}
	if v.req.Loading() {
		actions = append(actions, keys.Action{Key: k.Cancel, Do: func() tea.Cmd { v.req.Stop(); return nil }, Label: "cancel"})
	}
	actions = append(actions, []keys.Action{
		{Key: k.Metric, Do: v.nextMetric},
		{Key: k.Interval, Do: v.nextInterval},
		{Key: k.Dates, Do: v.chooseDates},
		{Key: k.By, Do: v.chooseGroup},
		{Key: k.Compare, Do: v.toggleCompare},
		{Key: k.Face, Do: v.nextFace, Label: string(v.nextFaceName())},
	}...)
	actions = append(actions, v.moving()...)
	actions = append(actions,
		keys.Action{Key: k.Where, Do: v.chooseFilter},
		keys.Action{Key: k.Event, Do: v.chooseEvent(0)},
		keys.Action{Key: k.Second, Do: v.chooseEvent(1), Quiet: true},
		keys.Action{Key: k.AnyMetric, Do: v.chooseMetric, Quiet: true},
		keys.Action{Key: k.Segments, Do: v.chooseSegment, Quiet: true},
		keys.Action{Key: k.Complete, Do: v.toggle(func(s *State) { s.Complete = !s.Complete }, true)},
		keys.Action{Key: k.Users, Do: v.toggle(nextUsers, true), Quiet: true},
		keys.Action{Key: k.Rolling, Do: v.chooseRolling, Quiet: true},
		keys.Action{Key: k.Limit, Do: v.chooseLimit, Quiet: true, Blocked: v.notGrouped()},
		keys.Action{Key: k.Log, Do: v.toggle(func(s *State) { s.Log = !s.Log }, false), Quiet: true},
		keys.Action{Key: k.Zero, Do: v.toggle(func(s *State) { s.Fit = !s.Fit }, false), Quiet: true},
	)
	actions = append(actions, v.onSeries()...)
	actions = append(actions, v.zooming()...)
	if !v.dear {
		actions = append(actions, keys.Action{Key: k.Refresh, Do: func() tea.Cmd { return v.ask(true) }, Quiet: true})
	}
	return actions
}

func (v *view) nothing() string {
	if !v.have || v.points() == 0 || len(v.answer.series) == 0 {
		return "there is nothing to move over yet"
	}
	return ""
}

func (v *view) notGrouped() string {
	if !v.state.grouped() {
		return "group by a property first"
	}
	return ""
}

// moving walks over points and series; in the table points are rows.
func (v *view) moving() []keys.Action {
	k, blocked := v.env.Keys, v.nothing()
	left, right, up, down := k.Left, k.Right, k.Up, k.Down
	word, other := "cursor", "series"
	if v.state.Face == tableFace {
		left, right, up, down = up, down, left, right
		word, other = "row", "column"
	}
	step := func(by int) func() tea.Cmd { return func() tea.Cmd { return v.moveCursor(by) } }
	pick := func(by int) func() tea.Cmd { return func() tea.Cmd { return v.moveFocus(by) } }
	single := len(v.answer.series) < 2
	far := max(v.points()/6, 1)
	return []keys.Action{
		{Key: left, Do: step(-1), Blocked: blocked, Label: word},
		{Key: right, Do: step(1), Blocked: blocked, Label: word},
		{Key: down, Do: pick(1), Blocked: blocked, Label: other, Quiet: single},
		{Key: up, Do: pick(-1), Blocked: blocked, Label: other, Quiet: single},
		{Key: k.Top, Do: step(-v.points()), Blocked: blocked, Quiet: true},
		{Key: k.Bottom, Do: step(v.points()), Blocked: blocked, Quiet: true},
		{Key: k.PageUp, Do: step(-far), Blocked: blocked, Quiet: true},
		{Key: k.PageDown, Do: step(far), Blocked: blocked, Quiet: true},
	}
}

func (v *view) onSeries() []keys.Action {
	k, blocked := v.env.Keys, v.nothing()
	pickFirst := blocked
	if blocked == "" && v.look.focus < 0 {
		pickFirst = "pick a series with " + k.Down.Shown() + " and " + k.Up.Shown() + " first"
	}
	return []keys.Action{
		{Key: k.Hide, Do: v.hide, Blocked: pickFirst, Quiet: v.look.focus < 0},
		{Key: k.Solo, Do: v.only, Blocked: pickFirst, Quiet: true},
		{Key: k.Find, Do: v.findSeries, Blocked: blocked, Quiet: len(v.answer.series) < 9},
	}
}

func (v *view) zooming() []keys.Action {
	k, blocked := v.env.Keys, v.nothing()
	all := blocked
	if blocked == "" && v.look.to == 0 {
		all = "all dates are shown: " + k.ZoomIn.Shown() + " zooms in"
	}
	return []keys.Action{
		{Key: k.ZoomIn, Do: func() tea.Cmd { return v.zoom(true) }, Blocked: blocked, Quiet: true},
		{Key: k.ZoomOut, Do: func() tea.Cmd { return v.zoom(false) }, Blocked: all, Quiet: true},
		{Key: k.PanLeft, Do: func() tea.Cmd { return v.pan(-1) }, Blocked: all},
		{Key: k.PanRight, Do: func() tea.Cmd { return v.pan(1) }, Blocked: all},
		{Key: k.ZoomAll, Do: v.zoomAll, Blocked: all},
	}
}

// change asks another question, made from the one that stands. A question that
// cannot be asked changes nothing and says why.
func (v *view) change(edit func(*State)) (tea.Cmd, error) {
	s := v.state
	edit(&s)
	if _, err := s.Query(v.env.Today()); err != nil {
		return nil, err
	}
	v.state = s
	return v.load(), nil
}

// toggle is an action that edits the state. Where the question stays the same,
// nothing is asked.
func (v *view) toggle(edit func(*State), asks bool) func() tea.Cmd {
	return func() tea.Cmd {
		if !asks {
			edit(&v.state)
			v.turn++
			return nil
		}
		cmd, err := v.change(edit)
		if err != nil {
			return views.Send(views.Notice{Text: text.Clean(err.Error()), Bad: true})
		}
		return cmd
	}
}

func nextUsers(s *State) {
	if s.Users == api.ActiveUsers {
		s.Users = api.AnyUsers
		return
	}
	s.Users = api.ActiveUsers
}

func (v *view) toggleCompare() tea.Cmd {
	return v.toggle(func(s *State) {
		if s.Compare == previous {
			s.Compare = noComparison
			return
		}
		s.Compare = previous
	}, true)()
}

// nextMetric goes on among the metrics that need nothing more.
func (v *view) nextMetric() tea.Cmd {
	easy := []api.Metric{api.Uniques, api.Totals, api.Average, api.ActivePercent}
	at := slices.Index(easy, v.state.Metric)
	return v.toggle(func(s *State) {
		s.Metric, s.Formula = easy[(at+1)%len(easy)], ""
	}, true)()
}

func (v *view) nextInterval() tea.Cmd {
	order := []api.Interval{api.Day, api.Week, api.Month, api.Hour, api.FiveMinutes}
	at := slices.Index(order, v.state.Interval)
	return v.toggle(func(s *State) { s.Interval = order[(at+1)%len(order)] }, true)()
}

// nextFaceName passes over stacks where values do not add up.
func (v *view) nextFaceName() Face {
	all := faces()
	next := all[(slices.Index(all, v.state.Face)+1)%len(all)]
	if next == stackedFace && !v.state.adds() {
		next = tableFace
	}
	return next
}

func (v *view) nextFace() tea.Cmd {
	return v.toggle(func(s *State) { s.Face = v.nextFaceName() }, false)()
}

func (v *view) hide() tea.Cmd {
	name := v.answer.series[v.look.focus].name
	return v.toggle(func(s *State) {
		if at := slices.Index(s.Hide, name); at >= 0 {
			s.Hide = slices.Delete(slices.Clone(s.Hide), at, at+1)
			return
		}
		s.Hide = append(slices.Clone(s.Hide), name)
	}, false)()
}

// only hides all series but the one in focus, or shows all again.
func (v *view) only() tea.Cmd {
	return v.toggle(func(s *State) {
		keep := v.answer.series[v.look.focus].name
		var others []text.Raw
		for _, one := range v.answer.series {
			if one.name != keep {
				others = append(others, one.name)
			}
		}
		if slices.Equal(s.Hide, others) {
			others = nil
		}
		s.Hide = others
	}, false)()
}

func (v *view) findSeries() tea.Cmd {
	var choices []views.Choice
	for i, one := range v.answer.series {
		choices = append(choices, views.Choice{Value: fmt.Sprint(i), Label: one.name.Safe()})
	}
	v.prompt.Hint = "a part of its name"
	v.prompt.Open("series", "", false, choices, func(value string) (tea.Cmd, error) {
		_, err := fmt.Sscan(value, &v.look.focus)
		v.turn++
		return nil, err
	})
	return nil
}
