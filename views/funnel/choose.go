package funnel

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/views"
	"amptui/views/query"
)

const stepHint = "a part of its name; filters behind it: Song Played[event:source is push]"

// addStep asks for a step behind the last one, then for the next, until nothing is
// typed or the prompt is left: then the funnel is asked, once.
func (v *view) addStep() tea.Cmd {
	n := len(v.q.State.Steps)
	title := "first step"
	switch {
	case n >= 2:
		title = fmt.Sprintf("step %d (%s alone or %s ends)", n+1, v.env.Keys.Take.Shown(), v.env.Keys.Close.Shown())
	case n > 0:
		title = fmt.Sprintf("step %d", n+1)
	}
	cmd := v.q.ChooseEvent(title, stepHint, v.nextSteps, func(value string) (tea.Cmd, error) {
		if n >= 2 && strings.TrimSpace(value) == "" {
			return nil, nil // the prompt is left, and what was held is asked
		}
		e, err := query.ParseEvent(value)
		if err != nil {
			return nil, err
		}
		steps := append(slices.Clone(v.q.State.Steps), e)
		s := v.q.State
		s.Steps = steps
		if err := s.Check(); err != nil {
			return nil, err
		}
		v.past = append(v.past, v.q.State.Steps)
		v.look.step = n
		v.q.Hold(s)
		if s.Steps = append(slices.Clone(steps), e); s.Check() != nil {
			return nil, nil // there is no room for another
		}
		return v.addStep(), nil
	})
	if n >= 2 {
		v.q.Prompt.Typed = isWhole
		v.q.Prompt.PickBest()
	}
	return cmd
}

// isWhole says of a step that it is taken as it is typed: nothing, or a name with
// filters behind it.
func isWhole(typed string) bool {
	e, err := query.ParseEvent(typed)
	return typed == "" || err == nil && len(e.Filters) > 0
}

// nextSteps offers the events, likely ones first: a step happens no more often
// than the one before it, and seldom is one that is in the funnel already.
func (v *view) nextSteps(known api.EventList) []views.Choice {
	before := math.Inf(1)
	if n := len(v.q.State.Steps); n > 0 {
		for _, e := range known.Events {
			if e.Name == v.q.State.Steps[n-1].Name {
				before = e.Totals
			}
		}
	}
	likely := func(e api.EventType) int {
		used := slices.ContainsFunc(v.q.State.Steps, func(s api.Event) bool { return s.Name == e.Name })
		if used || e.Hidden || e.Deleted || e.Totals > before {
			return 1
		}
		return 0
	}
	events := slices.Clone(known.Events)
	slices.SortStableFunc(events, func(a, b api.EventType) int {
		return cmp.Or(cmp.Compare(likely(a), likely(b)), cmp.Compare(b.Totals, a.Totals))
	})
	choices := views.EventChoices(events)
	for i, e := range events {
		if likely(e) > 0 {
			choices[i].Likely = 0
		}
	}
	return append(choices, views.Choice{Value: "_active", Note: "any active event"}, views.Choice{Value: "_all", Note: "any event"})
}

// changeStep asks for another event in the place of the one under the cursor.
func (v *view) changeStep() tea.Cmd {
	at := v.look.step
	return v.q.ChooseEvent("instead of "+v.q.State.Steps[at].Name.Safe(), stepHint, v.nextSteps, func(value string) (tea.Cmd, error) {
		e, err := query.ParseEvent(value)
		if err != nil {
			return nil, err
		}
		return v.edit(at, func(steps []api.Event) []api.Event { steps[at] = e; return steps })
	})
}

// filterStep adds a filter of the event under the cursor, or drops one.
func (v *view) filterStep() tea.Cmd {
	at := v.look.step
	var choices []views.Choice
	for _, f := range v.q.State.masked(v.env.Mask).Steps[at].Filters {
		choices = append(choices, views.Choice{Value: query.PrintFilter(f), Note: "drop it"})
	}
	v.q.Prompt.Open("filter "+v.q.State.Steps[at].Name.Safe(), "", true, choices, func(value string) (tea.Cmd, error) {
		f, err := query.ParseFilter(v.env.Mask.Reveal([]string{value})[0], true)
		if err != nil {
			return nil, err
		}
		return v.edit(at, func(steps []api.Event) []api.Event {
			steps[at].Filters = query.Toggled(steps[at].Filters, f, query.PrintFilter)
			return steps
		})
	})
	v.q.Prompt.Hint = "a property of the event: source is push; amount > 10; country is Germany"
	return nil
}

func (v *view) chooseWindow() tea.Cmd {
	set := func(value string) (tea.Cmd, error) {
		s := v.q.State
		if err := s.Window.Set(value); err != nil {
			return nil, err
		}
		if err := s.Check(); err != nil {
			return nil, err
		}
		return v.q.Set(s), nil
	}
	v.q.Prompt.Open("conversion window", "", true, views.Values("30m", "1h", "1d", "7d", "14d", "30d", "90d"), set)
	v.q.Prompt.Hint = "from the first step to the last: 30m, 12h, 7d"
	return nil
}
