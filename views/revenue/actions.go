package revenue

import (
	tea "github.com/charmbracelet/bubbletea"

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
	row, column := "cohort", "age"
	if v.answer.old != nil {
		row, column = "series", "cursor"
	}
	face := keys.Action{Key: k.Face, Do: v.nextFace, Label: string(v.nextFaceName())}
	actions := append(v.q.Standing(),
		keys.Action{Key: k.RevenueMetric, Do: v.q.Ask(func(s *State) { s.Metric = views.Next(metrics(), s.Metric) })},
		keys.Action{Key: k.Interval, Do: v.q.Ask(func(s *State) { s.Interval = views.Next(intervals(), s.Interval) })},
		keys.Action{Key: k.Dates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		who[0], face,
	)
	actions = append(actions, v.at.Actions(k, row, column, v.q.H-6, v.moved)...)
	return append(append(actions, who[1:]...), v.q.Refreshing()...)
}

func who(s *State) *query.Who { return &s.Who }

// nextFaceName passes over the heat map where there are no cohorts.
func (v *view) nextFaceName() Face {
	next := views.Next(faces(), v.q.State.Face)
	if next == heatFace && v.answer.old != nil {
		next = tableFace
	}
	return next
}

func (v *view) nextFace() tea.Cmd {
	cmd := v.q.Look(func(s *State) { s.Face = v.nextFaceName() })()
	v.follow()
	return cmd
}

// Point moves to the cell at a place of the view.
func (v *view) Point(x, y int) (on, ok bool) {
	return v.q.PointCells(&v.at, v.answer.chart(v.drawn(), &v.at), v.title(), x, y)
}

func (v *view) moved() {
	v.follow()
	v.q.Redraw()
}
