package segment

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.q.Prompt.IsOpen() {
		return k.TypingActions("", true)
	}
	actions := append(v.q.Standing(), []keys.Action{
		{Key: k.Metric, Do: v.nextMetric},
		{Key: k.Interval, Do: v.nextInterval},
		{Key: k.Dates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		{Key: k.By, Do: v.chooseGroup},
		{Key: k.Compare, Do: v.toggleCompare},
		{Key: k.Face, Do: v.nextFace, Label: string(v.nextFaceName())},
	}...)
	actions = append(actions, v.moving()...)
	actions = append(actions,
		keys.Action{Key: k.Where, Do: v.chooseFilter},
		keys.Action{Key: k.Second, Do: v.chooseSecond, Quiet: true},
		keys.Action{Key: k.AnyMetric, Do: v.chooseMetric, Quiet: true},
		keys.Action{Key: k.Segments, Do: func() tea.Cmd { return v.q.ChooseSegment(who) }, Quiet: true},
		keys.Action{Key: k.Complete, Do: v.q.Ask(func(s *State) { s.Complete = !s.Complete })},
		keys.Action{Key: k.Users, Do: v.q.Ask(nextUsers), Quiet: true},
		keys.Action{Key: k.Rolling, Do: v.chooseRolling, Quiet: true},
		keys.Action{Key: k.Limit, Do: v.chooseLimit, Quiet: true, Blocked: v.notGrouped()},
		keys.Action{Key: k.Log, Do: v.q.Look(func(s *State) { s.Log, s.Fit = !s.Log, false }), Quiet: true},
		keys.Action{Key: k.Zero, Do: v.q.Look(func(s *State) { s.Log, s.Fit = false, !s.Fit }), Quiet: true},
	)
	actions = append(actions, v.onSeries()...)
	actions = append(actions, v.zooming()...)
	return append(actions, v.q.Refreshing()...)
}

func (v *view) nothing() string {
	if !v.q.Have || v.points() == 0 || len(v.answer.series) == 0 {
		return "there is nothing to move over yet"
	}
	return ""
}

func (v *view) notGrouped() string {
	if !v.q.State.grouped() {
		return "group by a property first"
	}
	return ""
}

// moving walks over points and series; in the table points are rows.
func (v *view) moving() []keys.Action {
	k, blocked := v.env.Keys, v.nothing()
	left, right, up, down := k.Left, k.Right, k.Up, k.Down
	word, other := "cursor", "series"
	if v.q.State.Face == tableFace {
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
		pickFirst = "pick a series with " + views.Named(k.Down) + " and " + views.Named(k.Up) + " first"
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
		all = "all dates are shown: " + views.Named(k.ZoomIn) + " zooms in"
	}
	return []keys.Action{
		{Key: k.ZoomIn, Do: func() tea.Cmd { return v.zoom(true) }, Blocked: blocked, Quiet: true},
		{Key: k.ZoomOut, Do: func() tea.Cmd { return v.zoom(false) }, Blocked: all, Quiet: true},
		{Key: k.PanLeft, Do: func() tea.Cmd { return v.pan(-1) }, Blocked: all},
		{Key: k.PanRight, Do: func() tea.Cmd { return v.pan(1) }, Blocked: all},
		{Key: k.ZoomAll, Do: v.zoomAll, Blocked: all},
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
	return v.q.Ask(func(s *State) {
		if s.Compare == previous {
			s.Compare = noComparison
			return
		}
		s.Compare = previous
	})()
}

// nextMetric goes on among the metrics that need nothing more.
func (v *view) nextMetric() tea.Cmd {
	easy := []api.Metric{api.Uniques, api.Totals, api.Average, api.ActivePercent}
	return v.q.Ask(func(s *State) { s.Metric, s.Formula = views.Next(easy, s.Metric), "" })()
}

func (v *view) nextInterval() tea.Cmd {
	order := []api.Interval{api.Day, api.Week, api.Month, api.Hour, api.FiveMinutes}
	return v.q.Ask(func(s *State) { s.Interval = views.Next(order, s.Interval) })()
}

// nextFaceName passes over stacks where values do not add up.
func (v *view) nextFaceName() Face {
	next := views.Next(faces(), v.q.State.Face)
	if next == stackedFace && !v.q.State.adds() {
		next = tableFace
	}
	return next
}

func (v *view) nextFace() tea.Cmd {
	return v.q.Look(func(s *State) { s.Face = v.nextFaceName() })()
}

func (v *view) hide() tea.Cmd {
	name := v.answer.series[v.look.focus].name
	return v.q.Look(func(s *State) { s.Hide = query.Toggled(s.Hide, name, query.PrintWord) })()
}

// only hides all series but the one in focus, or shows all again.
func (v *view) only() tea.Cmd {
	return v.q.Look(func(s *State) {
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
	})()
}

func (v *view) findSeries() tea.Cmd {
	var choices []views.Choice
	for i, one := range v.answer.series {
		choices = append(choices, views.Choice{Value: fmt.Sprint(i), Label: one.shown.Safe()})
	}
	v.q.Prompt.Open("series", "", false, choices, func(value string) (tea.Cmd, error) {
		_, err := fmt.Sscan(value, &v.look.focus)
		v.q.Redraw()
		return nil, err
	})
	v.q.Prompt.Hint = "a part of its name"
	return nil
}
