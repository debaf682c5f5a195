package ui

import (
	"context"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/keys"
	"amptui/views"
)

// mainViews are those that have a key of their own and a place in the header.
func (a *App) mainViews() []views.Spec { return a.specs[:min(len(a.env.Keys.Views()), len(a.specs))] }

// furtherViews are the others: they stand behind one key together.
func (a *App) furtherViews() []views.Spec { return a.specs[len(a.mainViews()):] }

// viewActions bring the views to the front.
func (a *App) viewActions() []keys.Action {
	var actions []keys.Action
	for i, key := range a.env.Keys.Views() {
		if i >= len(a.specs) {
			break
		}
		spec := a.specs[i]
		actions = append(actions, keys.Action{
			Key: key, Label: spec.Title, Quiet: true,
			Do: func() tea.Cmd { return a.switchTo(spec.Name) },
		})
	}
	return append(actions, a.moreViews()...)
}

// moreWords is how much the header says of the further views while none of them is in
// front.
type moreWords int

const (
	moreNone moreWords = iota
	moreKey
	moreTitle
)

// moreTab is the header's way to the further views: it has the name of the one in
// front, if one is.
func (a *App) moreTab(much moreWords) (label string, front bool) {
	key := a.env.Keys.MoreViews.Shown()
	for _, s := range a.furtherViews() {
		if s.Name == a.front {
			return strings.TrimSpace(key + " " + s.Title), true
		}
	}
	switch {
	case len(a.furtherViews()) == 0, much == moreNone:
		return "", false
	case much == moreTitle:
		return strings.TrimSpace(key + " More"), false
	}
	return key, false
}

// moreViews is the action that offers them.
func (a *App) moreViews() []keys.Action {
	if len(a.furtherViews()) == 0 {
		return nil
	}
	return []keys.Action{{Key: a.env.Keys.MoreViews, Do: a.chooseView, Quiet: true}}
}

// chooseView offers the further views. One that is open comes as it was left.
func (a *App) chooseView() tea.Cmd {
	var choices []views.Choice
	for _, s := range a.furtherViews() {
		choices = append(choices, views.Choice{Value: s.Name, Label: s.Title, Note: s.Short})
	}
	a.over, a.palette.command, a.palette.offer = paletteOver, false, nil
	a.palette.prompt.Open("more views", "", false, choices, func(name string) (tea.Cmd, error) { return a.switchTo(name), nil })
	a.palette.prompt.PickBest()
	return nil
}

// learning is how long names of cohorts are waited for.
const learning = 10 * time.Second

// learnCohorts asks for the project's cohorts where words of a command line name some,
// so that they can be asked with. Without the list names stay: the API says then that
// there is no such cohort.
func learnCohorts(ctx context.Context, env views.Env, args []string) {
	if !views.NamesCohorts(args) {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, learning)
	defer cancel()
	if list, err := env.API.Cohorts(ctx); err == nil {
		env.Mask.Cohorts().Take(list)
	}
}
