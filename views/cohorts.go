package views

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views/query"
)

// SavedCohorts are the project's cohorts, once they were asked for. Questions hold
// their ids; the screen shows names, and either can be typed. It is safe for
// concurrent use, and nil knows none.
type SavedCohorts struct {
	mu  sync.Mutex
	all []api.SavedCohort
}

// Take keeps a list of cohorts.
func (c *SavedCohorts) Take(l api.CohortList) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = l.All
}

// listed are those that can be chosen.
func (c *SavedCohorts) listed() []api.SavedCohort {
	if c == nil {
		return nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.all), func(one api.SavedCohort) bool { return one.Archived || one.Hidden || one.Name.IsZero() })
}

// name is what a cohort is called; the id where that is not known.
func (c *SavedCohorts) name(id text.Raw) text.Raw {
	if c == nil {
		return id
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, one := range c.all {
		if one.ID == id && !one.Name.IsZero() {
			return one.Name
		}
	}
	return id
}

// id is the cohort that is called so. What is an id, or the name of none or of
// several, stays as it is: the API says then that there is no such cohort.
func (c *SavedCohorts) id(name text.Raw) text.Raw {
	found, typed := 0, name
	for _, one := range c.listed() {
		if one.ID == typed {
			return typed
		}
		if strings.EqualFold(query.PrintWord(one.Name), query.PrintWord(typed)) {
			name, found = one.ID, found+1
		}
	}
	if found != 1 {
		return typed
	}
	return name
}

// CohortNames are those that can be chosen, as filters write them behind "cohort is".
func (m *Mask) CohortNames() []string {
	var names []string
	for _, one := range m.Cohorts().listed() {
		is := query.PrintCondition(api.Condition{Cohort: &api.Cohort{ID: m.Pseudonym("cohort", one.Name)}})
		names = append(names, strings.TrimPrefix(is, "cohort is "))
	}
	return names
}

// Cohorts are the project's cohorts, as far as they are known.
func (m *Mask) Cohorts() *SavedCohorts {
	if m == nil {
		return nil
	}
	return m.cohorts
}

// cohort is what stands for the id of a cohort: its name, or the name's pseudonym.
func (m *Mask) cohort(id text.Raw) text.Raw {
	name := m.Cohorts().name(id)
	if name == id {
		return id
	}
	return m.Pseudonym("cohort", name)
}

// Segment is a segment in words, as it may be shown: cohorts have their names.
func (m *Mask) Segment(s api.Segment) string {
	return query.PrintSegment(query.Cohorts(query.MaskedSegment(s, m.Of), m.cohort))
}

// Line is the line of a link as the screen shows it: cohorts have their names.
func (m *Mask) Line(l Link) string {
	args := make([]string, len(l.Args))
	for i, word := range l.Args {
		args[i] = query.CohortWord(word, m.cohort)
	}
	return Link{View: l.View, Args: args}.Line()
}

// cohortIDs puts ids in the place of the names of cohorts.
func (m *Mask) cohortIDs(words []string) []string {
	for i, word := range words {
		flag, value, ok := strings.Cut(word, "=")
		if ok = ok && strings.HasPrefix(flag, "--"); !ok {
			value = word
		}
		if value = query.CohortWord(value, m.Cohorts().id); ok {
			value = flag + "=" + value
		}
		words[i] = value
	}
	return words
}

// NamesCohorts says whether words of a query line name a cohort.
func NamesCohorts(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		named := false
		if flag, value, ok := strings.Cut(word, "="); ok && strings.HasPrefix(flag, "--") {
			word = value
		}
		query.CohortWord(word, func(id text.Raw) text.Raw { named = true; return id })
		return named
	})
}

// cohortChoices are the cohorts as the beginning of a filter: offered by name, taken
// by id.
func (q *Question[S, A, T]) cohortChoices() []Choice {
	var choices []Choice
	for _, one := range q.env.Mask.Cohorts().listed() {
		c := Choice{
			Value: query.PrintCondition(api.Condition{Cohort: &api.Cohort{ID: one.ID}}),
			Label: "cohort is " + q.env.Mask.Pseudonym("cohort", one.Name).Safe(),
		}
		if !math.IsNaN(one.Size) {
			c.Note = charts.Exact(one.Size) + " users"
		}
		choices = append(choices, c)
	}
	return choices
}

// askCohorts asks for the project's cohorts, once. Without them ids are ids.
func (q *Question[S, A, T]) askCohorts() tea.Cmd {
	if q.cohorts.Has || q.cohorts.Err != nil || q.cohorts.Loading() || q.env.API == nil {
		return nil
	}
	client := q.env.API
	return q.cohorts.Start(func(ctx context.Context) (api.CohortList, error) { return client.Cohorts(ctx) })
}

// nameCohorts asks for the names of those that the answer is about.
func (q *Question[S, A, T]) nameCohorts() tea.Cmd {
	for _, one := range q.Of.Questions() {
		if len(api.CohortIDs(one)) > 0 {
			return q.askCohorts()
		}
	}
	return nil
}

// tookCohorts shows names where ids stood, and offers them in an open prompt.
func (q *Question[S, A, T]) tookCohorts() {
	q.env.Mask.Cohorts().Take(q.cohorts.Value)
	q.turn++
	if q.Have {
		q.Take() // the same answer, with other names
	}
	if q.filters != nil && q.Prompt.IsOpen() {
		q.Prompt.Choices(append(q.filters(), q.cohortChoices()...))
	}
}
