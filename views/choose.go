package views

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/keys"
	"amptui/views/query"
)

// Choose opens a prompt whose value edits the state and asks.
func (q *Question[S, A, T]) Choose(title, hint string, choices []Choice, edit func(*S, string) error) tea.Cmd {
	q.choose(title, hint, choices, func(value string) (tea.Cmd, error) {
		return q.Change(func(s *S) error { return edit(s, value) })
	})
	return nil
}

// ChooseName opens a prompt whose suggestions are names: a part of one is
// enough.
func (q *Question[S, A, T]) ChooseName(title, hint string, choices []Choice, edit func(*S, string) error) tea.Cmd {
	q.Choose(title, hint, choices, edit)
	q.Prompt.PickBest()
	return nil
}

func (q *Question[S, A, T]) choose(title, hint string, choices []Choice, take func(string) (tea.Cmd, error)) {
	q.events, q.filters = nil, nil
	q.Prompt.Open(title, "", true, choices, func(value string) (tea.Cmd, error) {
		return take(q.env.Mask.Reveal([]string{value})[0]) // what is offered is masked
	})
	q.Prompt.Hint = hint
}

// ChooseEvent opens a prompt for an event: what is offered first, then the
// project's events, which are asked for if they are not known yet. take gets
// what was typed or picked.
func (q *Question[S, A, T]) ChooseEvent(title, hint string, offered func(api.EventList) []Choice, take func(string) (tea.Cmd, error)) tea.Cmd {
	var asked text.Raw
	q.choose(title, hint, nil, func(value string) (tea.Cmd, error) {
		if e, err := query.ParseEvent(value); err == nil && q.names.Has {
			if err := sure(q.names.Value, &asked, e); err != nil {
				return nil, err
			}
		}
		return take(value)
	})
	q.events = func() []Choice { return offered(q.names.Value) }
	q.Prompt.Choices(q.events())
	q.Prompt.PickBest()
	if q.names.Has || q.names.Loading() {
		return nil
	}
	client := q.env.API
	return q.names.Start(func(ctx context.Context) (api.EventList, error) { return client.Events(ctx) })
}

// EventChoices are events as they are offered: the more common this week the likelier.
func EventChoices(events []api.EventType) []Choice {
	choices := make([]Choice, len(events))
	for i, e := range events {
		choices[i] = Choice{Value: query.PrintEvent(api.Event{Name: e.Name}), Label: e.Name.Safe()}
		if e.Totals > 0 { // it is not a number where the server has sent none
			choices[i].Likely = e.Totals
		}
		if display := e.Display.Safe(); display != choices[i].Label {
			choices[i].Note = display
		}
	}
	return choices
}

// Values are choices that are only words.
func Values(list ...string) []Choice {
	choices := make([]Choice, len(list))
	for i, s := range list {
		choices[i].Value = s
	}
	return choices
}

// ChooseDates opens the prompt for the dates.
func (q *Question[S, A, T]) ChooseDates(of func(*S) *query.Range) tea.Cmd {
	choices := Values("7d", "30d", "90d", "12w", "26w", "52w", "6mo", "12mo", "36mo", "48h", "today", "yesterday to yesterday")
	return q.Choose("dates", "30d, 12w, 2026-03-01 to 2026-03-09, last monday, 1 mar to yesterday", choices,
		func(s *S, value string) error {
			r, err := query.ParseRange(value)
			if err == nil {
				*of(s) = r
			}
			return err
		})
}

// ChooseGroup opens the prompt for a group-by. active are those that stand and
// can be dropped; ofEvents says whether events' own properties can be asked for.
func (q *Question[S, A, T]) ChooseGroup(active []api.Property, ofEvents bool, edit func(*S, string) error) tea.Cmd {
	var choices []Choice
	for _, p := range q.env.Known(ofEvents) {
		choices = append(choices, Choice{Value: p})
	}
	for _, p := range active {
		value := query.PrintProperty(p)
		choices = slices.DeleteFunc(choices, func(c Choice) bool { return c.Value == value })
		choices = append([]Choice{{Value: value, Note: "drop it"}}, choices...)
	}
	if len(active) > 0 {
		choices = append([]Choice{{Value: query.None, Note: "no groups"}}, choices...)
	}
	return q.ChooseName("group by", q.env.GroupHint(ofEvents), choices, edit)
}

// ChooseFilter opens the prompt for filters. active are those that stand and can
// be dropped, as they are typed.
func (q *Question[S, A, T]) ChooseFilter(title, hint string, ofEvents bool, active []string, edit func(*S, string) error) tea.Cmd {
	var choices []Choice
	for _, f := range active {
		choices = append(choices, Choice{Value: f, Label: text.Clean(query.CohortWord(f, q.env.Mask.cohort)), Note: "drop it"})
	}
	for _, p := range q.env.Known(ofEvents) {
		if slices.ContainsFunc(active, func(f string) bool { return strings.HasPrefix(f, p+" ") }) {
			continue // the filter that stands would be hidden behind a shorter suggestion
		}
		choices = append(choices, Choice{Value: p + " is "})
	}
	return q.chooseFilters(title, hint, choices, edit)
}

// chooseFilters opens a prompt for filters of users, which may be cohorts: those are
// offered as soon as they are known.
func (q *Question[S, A, T]) chooseFilters(title, hint string, choices []Choice, edit func(*S, string) error) tea.Cmd {
	cmd := q.Choose(title, hint, append(slices.Clone(choices), q.cohortChoices()...), edit)
	q.filters = func() []Choice { return slices.Clone(choices) }
	return tea.Batch(cmd, q.askCohorts())
}

// ChooseWhere opens the prompt for filters of users.
func (q *Question[S, A, T]) ChooseWhere(of func(*S) *query.Who) tea.Cmd {
	return q.ChooseFilter("where", "country is Germany, France; gp:plan is not free; cohort is NAME", false, q.printed(of),
		func(s *S, value string) error { return of(s).Filter(value) })
}

func (q *Question[S, A, T]) printed(of func(*S) *query.Who) []string {
	var active []string
	for _, c := range of(&q.State).Masked(q.env.Mask.Of).Where {
		active = append(active, query.PrintCondition(c))
	}
	return active
}

// ChooseSegment opens the prompt for segments to compare.
func (q *Question[S, A, T]) ChooseSegment(of func(*S) *query.Who) tea.Cmd {
	choices := []Choice{{Value: query.None, Note: "all users, no comparison"}}
	for _, seg := range of(&q.State).Masked(q.env.Mask.Of).Segments {
		choices = append(choices, Choice{Value: query.PrintSegment(seg), Label: text.Clean(q.env.Mask.Segment(seg)), Note: "drop it"})
	}
	return q.chooseFilters("segment to compare", "country is Germany; gp:plan is pro; cohort is NAME", choices,
		func(s *S, value string) error { return of(s).Compare(value) })
}

// WhoActions are the actions on which users the question is about.
func (q *Question[S, A, T]) WhoActions(of func(*S) *query.Who) []keys.Action {
	k := q.env.Keys
	group := func() tea.Cmd {
		return q.ChooseGroup(of(&q.State).By, false,
			func(s *S, value string) error { return of(s).Group(value, 1) })
	}
	return []keys.Action{
		{Key: k.By, Do: group},
		{Key: k.Where, Do: func() tea.Cmd { return q.ChooseWhere(of) }},
		{Key: k.Segments, Do: func() tea.Cmd { return q.ChooseSegment(of) }, Quiet: true},
	}
}

// ChooseLimit opens the prompt for how many groups to ask for.
func (q *Question[S, A, T]) ChooseLimit(of func(*S) *int) tea.Cmd {
	return q.Choose("groups at most", "a whole number up to 1000", Values("5", "10", "20", "100", "1000"),
		func(s *S, value string) error {
			n, err := strconv.Atoi(strings.TrimSpace(value))
			if err != nil {
				return fmt.Errorf("%q is not a whole number", value)
			}
			*of(s) = n
			return nil
		})
}
