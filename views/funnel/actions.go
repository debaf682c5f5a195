package funnel

import (
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
		return v.typing()
	}
	actions := append(v.q.Standing(), keys.Action{Key: k.AddStep, Do: v.addStep})
	who := v.q.WhoActions(who)
	if len(v.q.State.Steps) < 2 {
		actions = append(actions, v.onSteps()...)
		actions = append(actions, who...)
	} else {
		actions = append(actions, who[0], // by
			keys.Action{Key: k.Face, Do: v.q.Look(func(s *State) { s.Face = views.Next(faces(), s.Face) }), Label: string(views.Next(faces(), v.q.State.Face))})
		actions = append(actions, v.moving()...)
		actions = append(actions, v.onSteps()...)
		actions = append(actions, who[1:]...)
	}
	return append(append(actions,
		keys.Action{Key: k.Window, Do: v.chooseWindow},
		keys.Action{Key: k.FunnelDates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		keys.Action{Key: k.Order, Do: v.ask(func(s *State) { s.Order = views.Next(query.Orders(), s.Order) })},
		keys.Action{Key: k.FunnelUsers, Do: v.ask(func(s *State) {
			s.Users = views.Next([]api.Users{api.ActiveUsers, api.NewUsers}, s.Users)
		}), Quiet: true},
		keys.Action{Key: k.Interval, Do: v.ask(func(s *State) { s.Interval = views.Next(query.FunnelIntervals(), s.Interval) }), Quiet: true},
		keys.Action{Key: k.FunnelLimit, Do: func() tea.Cmd { return v.q.ChooseLimit(func(s *State) *int { return &s.Limit }) }, Quiet: true, Blocked: v.notGrouped()},
	), v.q.Refreshing()...)
}

// typing is what the keys of the prompt do. While steps are being chosen, leaving it
// asks.
func (v *view) typing() []keys.Action {
	if !v.q.Held() {
		return v.env.Keys.TypingActions("", true)
	}
	actions := v.env.Keys.TypingActions("ask", true)
	if v.q.Prompt.Chosen() == "" {
		actions[0].Label = "ask"
	}
	return actions
}

func who(s *State) *query.Who { return &s.Who }

// ask edits the state. While there are too few steps it stays an edit.
func (v *view) ask(edit func(*State)) func() tea.Cmd {
	if len(v.q.State.Steps) >= 2 {
		return v.q.Ask(edit)
	}
	return func() tea.Cmd {
		s := v.q.State
		edit(&s)
		if err := s.Check(); err != nil {
			return views.Send(views.Notice{Text: text.Clean(err.Error()), Bad: true})
		}
		return v.q.Set(s)
	}
}

func (v *view) notGrouped() string {
	if len(v.q.State.Who.By) == 0 {
		return "group by a property first"
	}
	return ""
}

// noStep says why nothing can be done to the step under the cursor.
func (v *view) noStep() string {
	if len(v.q.State.Steps) == 0 {
		return "there is no step yet: " + views.Named(v.env.Keys.AddStep) + " adds one"
	}
	return ""
}

// moving walks over the steps and, where there are any, days or groups.
func (v *view) moving() []keys.Action {
	k := v.env.Keys
	step := func(by int) func() tea.Cmd { return func() tea.Cmd { return v.move(by) } }
	side := func(by int) func() tea.Cmd { return func() tea.Cmd { return v.aside(by) } }
	far := len(v.q.State.Steps) * max(len(v.answer.groups), 1)
	actions := []keys.Action{
		{Key: k.Down, Do: step(1), Label: "step"},
		{Key: k.Up, Do: step(-1), Label: "step"},
		{Key: k.Top, Do: step(-far), Quiet: true},
		{Key: k.Bottom, Do: step(far), Quiet: true},
	}
	switch face := v.q.State.Face; {
	case face == dayFace && v.days() > 0:
		actions = append(actions, keys.Action{Key: k.Left, Do: side(-1)}, keys.Action{Key: k.Right, Do: side(1)})
	case face == timeFace && len(v.answer.groups) > 1:
		actions = append(actions, keys.Action{Key: k.Left, Do: side(-1), Label: "group"}, keys.Action{Key: k.Right, Do: side(1), Label: "group"})
	}
	return actions
}

// move goes by so many steps; in the table on into the next group.
func (v *view) move(by int) tea.Cmd {
	n := len(v.q.State.Steps)
	if v.q.State.Face == tableFace {
		at := max(0, min(v.look.group*n+v.look.step+by, max(len(v.answer.groups), 1)*n-1))
		v.look.group, v.look.step = at/n, at%n
	} else {
		v.look.step = max(0, min(v.look.step+by, n-1))
	}
	v.q.Redraw()
	return nil
}

// aside goes to another day, or group.
func (v *view) aside(by int) tea.Cmd {
	switch {
	case v.q.State.Face == timeFace:
		v.look.group = max(0, min(v.look.group+by, len(v.answer.groups)-1))
	case v.look.day < 0:
		v.look.day = v.days() - 1
	default:
		v.look.day = max(0, min(v.look.day+by, v.days()-1))
	}
	v.q.Redraw()
	return nil
}

// onSteps are the actions on the step under the cursor.
func (v *view) onSteps() []keys.Action {
	k, blocked := v.env.Keys, v.noStep()
	at, last := v.look.step, len(v.q.State.Steps)-1
	up, down, undo := blocked, blocked, ""
	if blocked == "" && at == 0 {
		up = "this is the first step"
	}
	if blocked == "" && at >= last {
		down = "this is the last step"
	}
	if len(v.past) == 0 {
		undo = "no step was changed"
	}
	actions := []keys.Action{
		{Key: k.DropStep, Do: v.dropStep, Blocked: blocked, Label: v.dropLabel()},
		{Key: k.StepDown, Do: v.reorder(1), Blocked: down},
		{Key: k.StepUp, Do: v.reorder(-1), Blocked: up},
		{Key: k.Undo, Do: v.undo, Blocked: undo},
		{Key: k.FilterStep, Do: v.filterStep, Blocked: blocked, Quiet: true},
		{Key: k.ChangeStep, Do: v.changeStep, Blocked: blocked, Quiet: true},
	}
	if v.env.Has("segment") {
		actions = append(actions, keys.Action{Key: k.Open, Do: v.openChart, Label: "chart", Blocked: blocked})
	}
	return actions
}

func (v *view) openChart() tea.Cmd {
	return views.Send(views.Goto{View: "segment", Args: []string{query.PrintEvent(v.q.State.Steps[v.look.step])}})
}

// edit changes the steps, remembers how they were, and puts the cursor on a
// step. It may leave too few of them.
func (v *view) edit(at int, change func(steps []api.Event) []api.Event) (tea.Cmd, error) {
	s := v.q.State
	was := s.Steps
	s.Steps = change(slices.Clone(was))
	if err := s.Check(); err != nil {
		return nil, err
	}
	v.past = append(v.past, was)
	v.look.step = max(0, min(at, len(s.Steps)-1))
	return v.q.Set(s), nil
}

// dropLabel names the event where the rows do not.
func (v *view) dropLabel() string {
	if s := v.q.State; s.Order == query.AnyOrder && v.look.step < len(s.Steps) {
		return "drop " + s.Steps[v.look.step].Name.Safe()
	}
	return ""
}

func (v *view) dropStep() tea.Cmd {
	at := v.look.step
	cmd, _ := v.edit(at, func(steps []api.Event) []api.Event { return slices.Delete(steps, at, at+1) })
	return cmd
}

func (v *view) reorder(by int) func() tea.Cmd {
	return func() tea.Cmd {
		at := v.look.step
		cmd, _ := v.edit(at+by, func(steps []api.Event) []api.Event {
			steps[at], steps[at+by] = steps[at+by], steps[at]
			return steps
		})
		return cmd
	}
}

func (v *view) undo() tea.Cmd {
	s := v.q.State
	s.Steps, v.past = v.past[len(v.past)-1], v.past[:len(v.past)-1]
	v.look.step = max(0, min(v.look.step, len(s.Steps)-1))
	return v.q.Set(s)
}
