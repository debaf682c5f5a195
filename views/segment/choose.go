package segment

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/views"
	"amptui/views/query"
)

// chooseSecond picks, changes or drops the second event.
func (v *view) chooseSecond() tea.Cmd {
	offered := []views.Choice{
		{Value: "_active", Note: "any active event"}, {Value: "_all", Note: "any event"}, {Value: query.None, Note: "no second event"},
	}
	return v.q.ChooseEvent("second event", "a name, then filters and groups: Song Played[event:source is push][by event:genre]",
		func(known api.EventList) []views.Choice {
			return append(slices.Clone(offered), views.EventChoices(known.Events)...)
		},
		func(value string) (tea.Cmd, error) {
			return v.q.Change(func(s *State) error { return s.setSecond(value) })
		})
}

func (s *State) setSecond(value string) error {
	events := slices.Clone(s.Events[:1])
	if value != query.None {
		e, err := query.ParseEvent(value)
		if err != nil {
			return err
		}
		events = append(events, e)
	}
	s.Events, s.Hide = events, nil
	return nil
}

// chooseGroup adds a group-by, or drops one that is there.
func (v *view) chooseGroup() tea.Cmd {
	return v.q.ChooseGroup(v.q.State.properties(), true, (*State).toggleGroup)
}

// properties are all group-bys, of users and of the first event.
func (s State) properties() []api.Property {
	return append(slices.Clone(s.Who.By), s.Events[0].By...)
}

func (s *State) toggleGroup(value string) error {
	s.Hide = nil
	s.Events = slices.Clone(s.Events)
	if value == query.None {
		for i := range s.Events {
			s.Events[i].By = nil
		}
	}
	if !query.IsEventFilter(value) {
		return s.Who.Group(value, 2)
	}
	p, err := query.ParseProperty(value, false)
	if err != nil {
		return err
	}
	for i := range s.Events {
		s.Events[i].By = query.Toggled(s.Events[i].By, p, query.PrintProperty)
	}
	return nil
}

// chooseFilter adds a filter of users or of the events, or drops one.
func (v *view) chooseFilter() tea.Cmd {
	var active []string
	shown := v.q.State.masked(v.env.Mask)
	for _, c := range shown.Who.Where {
		active = append(active, query.PrintCondition(c))
	}
	for _, f := range shown.Events[0].Filters {
		active = append(active, query.PrintFilter(f))
	}
	return v.q.ChooseFilter("where", "country is Germany, France; gp:plan is not free; event:source is push", true, active, (*State).toggleFilter)
}

func (s *State) toggleFilter(value string) error {
	if !query.IsEventFilter(value) {
		return s.Who.Filter(value)
	}
	f, err := query.ParseFilter(value, false)
	if err != nil {
		return err
	}
	s.Events = slices.Clone(s.Events)
	for i := range s.Events {
		s.Events[i].Filters = query.Toggled(s.Events[i].Filters, f, query.PrintFilter)
	}
	return nil
}

func (v *view) chooseMetric() tea.Cmd {
	notes := map[api.Metric]string{
		api.Uniques: "users", api.Totals: "times", api.Average: "times per user",
		api.ActivePercent: "of the active users", api.Sums: "sum of an event property, [by NAME]",
		api.ValueAverage: "average of an event property, [by NAME]", api.Histogram: "how often which value, [by NAME]",
	}
	var choices []views.Choice
	for _, m := range metrics() {
		if m != api.Formula {
			choices = append(choices, views.Choice{Value: string(m), Note: notes[m]})
		}
	}
	return v.q.ChooseName("metric", "or a formula: UNIQUES(B)/UNIQUES(A)", choices, func(s *State, value string) error {
		if strings.Contains(value, "(") {
			s.Metric, s.Formula = api.Formula, strings.TrimSpace(value)
			return nil
		}
		s.Formula = ""
		return query.ChoiceFlag(&s.Metric, metrics()...).Set(strings.TrimSpace(value))
	})
}

func (v *view) chooseRolling() tea.Cmd {
	return v.q.Choose("rolling", "average 7 or window 28, in intervals",
		views.Values(query.None, "average 7", "average 28", "window 7", "window 28"), func(s *State, value string) error {
			s.RollingAverage, s.RollingWindow = 0, 0
			word, number, _ := strings.Cut(strings.TrimSpace(value), " ")
			n, err := strconv.Atoi(strings.TrimSpace(number))
			switch {
			case value == query.None:
				return nil
			case err == nil && n > 1 && word == "average":
				s.RollingAverage = n
				return nil
			case err == nil && n > 1 && word == "window":
				s.RollingWindow = n
				return nil
			}
			return fmt.Errorf("write average 7 or window 28, or none")
		})
}

func (v *view) chooseLimit() tea.Cmd {
	return v.q.ChooseLimit(func(s *State) *int { return &s.Limit })
}

func who(s *State) *query.Who { return &s.Who }
