package retention

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.q.Prompt.IsOpen() {
		return k.TypingActions("", true)
	}
	who := v.q.WhoActions(who)
	row, column := "cohort", v.q.State.unit()
	cells := v.at.Actions(k, row, column, v.q.H-6, v.moved)
	if v.q.State.Face == trendFace {
		// Cohorts stand side by side there, the oldest first.
		cells = v.at.Actions(turned(k), row, column, v.q.H-6, v.moved)
	}
	actions := append(v.q.Standing(),
		keys.Action{Key: k.StartEvent, Do: v.chooseEvent("start event", start)},
		keys.Action{Key: k.ReturnEvent, Do: v.chooseEvent("return event", back)},
		keys.Action{Key: k.Interval, Do: v.q.Ask(func(s *State) { s.Interval = views.Next(intervals(), s.Interval) })},
		keys.Action{Key: k.Dates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		who[0],
		keys.Action{Key: k.Face, Do: v.look(func(s *State) { s.Face = views.Next(faces(), s.Face) }), Label: string(views.Next(faces(), v.q.State.Face))},
	)
	actions = append(actions, cells...)
	actions = append(actions,
		keys.Action{Key: k.Percent, Do: v.look(func(s *State) { s.Counts = !s.Counts }), Blocked: v.onlyTable()},
		keys.Action{Key: k.Mode, Do: v.q.Ask(nextMode)},
		keys.Action{Key: k.Brackets, Do: v.chooseBrackets, Quiet: true},
	)
	return append(append(actions, who[1:]...), v.q.Refreshing()...)
}

func who(s *State) *query.Who { return &s.Who }

// turned exchanges rows and columns: right is to a younger cohort, which stands
// higher in the table.
func turned(k keys.Map) keys.Map {
	k.Left, k.Right, k.Up, k.Down = k.Up, k.Down, k.Right, k.Left
	return k
}

func (v *view) onlyTable() string {
	if v.q.State.Face != tableFace {
		return "the " + string(v.q.State.Face) + " is in percent: users of different cohorts are not one scale"
	}
	return ""
}

// look edits how the answer is drawn.
func (v *view) look(edit func(*State)) func() tea.Cmd {
	return func() tea.Cmd {
		cmd := v.q.Look(edit)()
		v.follow()
		return cmd
	}
}

// Point moves to the cell at a place of the view.
func (v *view) Point(x, y int) (on, ok bool) {
	return v.q.PointCells(&v.at, v.answer.chart(v.drawn(), &v.at), v.title(), x, y)
}

func (v *view) moved() {
	v.follow()
	v.q.Redraw()
}

func nextMode(s *State) {
	s.Brackets = nil
	s.Mode = views.Next([]Mode{nDay, rolling}, s.Mode)
}

func start(s *State) *api.Event { return &s.Start }
func back(s *State) *api.Event  { return &s.Return }

func (v *view) chooseEvent(title string, of func(*State) *api.Event) func() tea.Cmd {
	offered := []views.Choice{{Value: "_active", Note: "any active event"}, {Value: "_all", Note: "any event"}}
	if title == "start event" {
		offered = []views.Choice{{Value: "_new", Note: "a user's very first event"}, {Value: "_active", Note: "any active event"}}
	}
	return func() tea.Cmd {
		return v.q.ChooseEvent(title, "a name, then filters: Song Played[event:source is push]",
			func(known api.EventList) []views.Choice {
				return append(slices.Clone(offered), views.EventChoices(known.Events)...)
			},
			func(value string) (tea.Cmd, error) {
				return v.q.Change(func(s *State) (err error) {
					*of(s), err = query.ParseEvent(value)
					return err
				})
			})
	}
}

func (v *view) chooseBrackets() tea.Cmd {
	return v.q.Choose("brackets of days", "0,1-7,8-14 (both ends included)", views.Values("0,1-7,8-14,15-30", "0-6,7-13,14-20,21-27", query.None),
		func(s *State, value string) (err error) {
			if s.Mode, s.Brackets = nDay, nil; value == query.None {
				return nil
			}
			s.Mode = bracket
			s.Brackets, err = parseBrackets(value)
			return err
		})
}
