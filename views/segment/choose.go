package segment

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/views"
	"amptui/views/query"
)

// none is the choice that takes something away.
const none = "none"

// chooseName opens a prompt whose suggestions are names: a part of one is enough.
func (v *view) chooseName(title, hint string, choices []views.Choice, edit func(*State, string) error) tea.Cmd {
	cmd := v.choose(title, hint, true, choices, edit)
	v.prompt.Best = true
	return cmd
}

// choose opens a prompt whose value edits the state.
func (v *view) choose(title, hint string, free bool, choices []views.Choice, edit func(*State, string) error) tea.Cmd {
	v.prompt.Hint, v.prompt.Best = hint, false
	v.prompt.Open(title, "", free, choices, func(value string) (tea.Cmd, error) {
		var wrong error
		cmd, err := v.change(func(s *State) { wrong = edit(s, value) })
		if wrong != nil {
			return nil, wrong
		}
		return cmd, err
	})
	return nil
}

func values(list ...string) []views.Choice {
	choices := make([]views.Choice, len(list))
	for i, s := range list {
		choices[i].Value = s
	}
	return choices
}

func (v *view) chooseDates() tea.Cmd {
	choices := values("7d", "30d", "90d", "12w", "26w", "52w", "6mo", "12mo", "36mo", "48h", "today", "yesterday to yesterday")
	return v.choose("dates", "30d, 12w, 2026-03-01 to 2026-03-09, last monday, 1 mar to yesterday", true, choices,
		func(s *State, value string) (err error) {
			r, err := query.ParseRange(value)
			if err == nil {
				s.Range = r
			}
			return err
		})
}

// chooseEvent picks the first or second event.
func (v *view) chooseEvent(which int) func() tea.Cmd {
	return func() tea.Cmd {
		title := "event"
		if which == 1 {
			title = "second event"
		}
		v.chooseName(title, "a name, then filters and groups: Song Played[event:source is push][by event:genre]", v.eventChoices(),
			func(s *State, value string) error { return s.setEvent(which, value) })
		if v.names.Has || v.names.Loading() {
			return nil
		}
		client := v.env.API
		return v.names.Start(func(ctx context.Context) (api.EventList, error) { return client.Events(ctx) })
	}
}

func (s *State) setEvent(which int, value string) error {
	events := slices.Clone(s.Events)
	if value == none && which == 1 {
		s.Events = events[:1]
		return nil
	}
	e, err := query.ParseEvent(value)
	if err != nil {
		return err
	}
	if which < len(events) {
		events[which] = e
	} else {
		events = append(events, e)
	}
	s.Events, s.Hide = events, nil
	return nil
}

// eventChoices are the project's events, once they are known.
func (v *view) eventChoices() []views.Choice {
	choices := []views.Choice{
		{Value: "_active", Note: "any active event"},
		{Value: "_all", Note: "any event"},
		{Value: none, Note: "no second event"},
	}
	if v.prompt.Title != "second event" {
		choices = choices[:2]
	}
	for _, e := range v.names.Value.Events {
		c := views.Choice{Value: query.PrintEvent(api.Event{Name: e.Name}), Label: e.Name.Safe()}
		if display := e.Display.Safe(); display != c.Label {
			c.Note = display
		}
		choices = append(choices, c)
	}
	return choices
}

// chooseGroup adds a group-by, or drops one that is there.
func (v *view) chooseGroup() tea.Cmd {
	choices := []views.Choice{{Value: none, Note: "no groups"}}
	for _, p := range v.state.properties() {
		choices = append(choices, views.Choice{Value: query.PrintProperty(p), Note: "drop it"})
	}
	for _, p := range query.BuiltIn() {
		if !slices.ContainsFunc(choices, func(c views.Choice) bool { return c.Value == p }) {
			choices = append(choices, views.Choice{Value: p})
		}
	}
	return v.chooseName("group by", "country, gp:plan (custom user property), event:genre (event property)", choices, (*State).toggleGroup)
}

// properties are all group-bys, of users and of the first event.
func (s State) properties() []api.Property { return append(slices.Clone(s.By), s.Events[0].By...) }

func (s *State) toggleGroup(value string) error {
	s.Hide = nil
	s.Events = slices.Clone(s.Events)
	if value == none {
		s.By = nil
		for i := range s.Events {
			s.Events[i].By = nil
		}
		return nil
	}
	p, err := query.ParseProperty(value, false)
	if err != nil {
		return err
	}
	if p.Scope == api.UserProperty {
		s.By = toggled(s.By, p)
		return nil
	}
	for i := range s.Events {
		s.Events[i].By = toggled(s.Events[i].By, p)
	}
	return nil
}

func toggled(list []api.Property, p api.Property) []api.Property {
	if at := slices.Index(list, p); at >= 0 {
		return slices.Delete(slices.Clone(list), at, at+1)
	}
	return append(slices.Clone(list), p)
}

// chooseFilter adds a filter of users or of the events, or drops one.
func (v *view) chooseFilter() tea.Cmd {
	var choices []views.Choice
	for _, c := range v.state.Where {
		choices = append(choices, views.Choice{Value: query.PrintCondition(c), Note: "drop it"})
	}
	for _, f := range v.state.Events[0].Filters {
		choices = append(choices, views.Choice{Value: query.PrintFilter(f), Note: "drop it"})
	}
	for _, p := range query.BuiltIn() {
		choices = append(choices, views.Choice{Value: p + " is "})
	}
	return v.choose("where", "country is Germany, France; gp:plan is not free; event:source is push", true, choices, (*State).toggleFilter)
}

func (s *State) toggleFilter(value string) error {
	if strings.HasPrefix(strings.TrimSpace(value), "event:") {
		f, err := query.ParseFilter(value, false)
		if err != nil {
			return err
		}
		s.Events = slices.Clone(s.Events)
		for i := range s.Events {
			s.Events[i].Filters = toggledPrinted(s.Events[i].Filters, f, query.PrintFilter)
		}
		return nil
	}
	segment, err := query.ParseSegment(value)
	if err != nil {
		return err
	}
	for _, c := range segment {
		s.Where = toggledPrinted(s.Where, c, query.PrintCondition)
	}
	return nil
}

// toggledPrinted adds what is not in the list, or drops what is; two that print
// alike are the same.
func toggledPrinted[T any](list []T, x T, printed func(T) string) []T {
	at := slices.IndexFunc(list, func(y T) bool { return printed(x) == printed(y) })
	if at >= 0 {
		return slices.Delete(slices.Clone(list), at, at+1)
	}
	return append(slices.Clone(list), x)
}

func (v *view) chooseSegment() tea.Cmd {
	choices := []views.Choice{{Value: none, Note: "all users, no comparison"}}
	for _, seg := range v.state.Segments {
		choices = append(choices, views.Choice{Value: query.PrintSegment(seg), Note: "drop it"})
	}
	return v.choose("segment to compare", "country is Germany; gp:plan is pro", true, choices, func(s *State, value string) error {
		if s.Hide = nil; value == none {
			s.Segments = nil
			return nil
		}
		segment, err := query.ParseSegment(value)
		if err == nil {
			s.Segments = toggledPrinted(s.Segments, segment, query.PrintSegment)
		}
		return err
	})
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
	return v.chooseName("metric", "or a formula: UNIQUES(B)/UNIQUES(A)", choices, func(s *State, value string) error {
		if strings.Contains(value, "(") {
			s.Metric, s.Formula = api.Formula, strings.TrimSpace(value)
			return nil
		}
		s.Formula = ""
		return query.ChoiceFlag(&s.Metric, metrics()...).Set(strings.TrimSpace(value))
	})
}

func (v *view) chooseRolling() tea.Cmd {
	return v.choose("rolling", "average 7 or window 28, in intervals", true,
		values(none, "average 7", "average 28", "window 7", "window 28"), func(s *State, value string) error {
			s.RollingAverage, s.RollingWindow = 0, 0
			word, number, _ := strings.Cut(strings.TrimSpace(value), " ")
			n, err := strconv.Atoi(strings.TrimSpace(number))
			switch {
			case value == none:
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
	return v.choose("groups at most", "a whole number up to 1000", true, values("5", "10", "20", "100", "1000"),
		func(s *State, value string) error {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil {
				return fmt.Errorf("%q is not a whole number", value)
			}
			s.Limit = n
			return nil
		})
}
