package ui

import (
	"context"
	"errors"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/keys"
	"amptui/views"
	viewform "amptui/views/form"
	"amptui/views/query"
)

// enterLine opens the form with the key that goes into things, in views where the
// query line is all that there is to go into.
func (a *App) enterLine() []keys.Action {
	if a.view() == nil || a.noForm() != "" {
		return nil
	}
	return []keys.Action{{Key: a.env.Keys.Open, Do: a.openForm, Label: a.env.Keys.Edit.Help().Key, Quiet: true}}
}

// openForm opens the form of the view in front.
func (a *App) openForm() tea.Cmd {
	link := a.view().Link()
	spec, _ := a.spec(link.View)
	f, err := viewform.New(spec, link.Args)
	if err != nil {
		return a.say(views.Notice{Text: text.Clean(err.Error()), Bad: true})
	}
	f.Check, f.Now = a.priceOf(spec), a.env.Today()
	f.Open()
	a.form, a.over = f, formOver
	a.tellForm()
	return a.askNames()
}

// askNames asks for the project's events where they are not known yet.
func (a *App) askNames() tea.Cmd {
	if a.names.Has || a.names.Loading() {
		return nil
	}
	client := a.env.API
	return a.names.Start(func(ctx context.Context) (api.EventList, error) { return client.Events(ctx) })
}

// askCohorts asks for the project's cohorts when the form is about to name one.
func (a *App) askCohorts() tea.Cmd {
	if a.cohorts.Has || a.cohorts.Loading() || !a.form.NamesCohort() {
		return nil
	}
	client := a.env.API
	return a.cohorts.Start(func(ctx context.Context) (api.CohortList, error) { return client.Cohorts(ctx) })
}

// tookNames takes a message about names, and tells the form.
func (a *App) tookNames(msg tea.Msg) (mine bool, cmd tea.Cmd) {
	version := a.cohorts.Version
	if mine, cmd = a.names.Update(msg); !mine {
		if mine, cmd = a.cohorts.Update(msg); mine && a.cohorts.Version != version && a.cohorts.Has {
			a.env.Mask.Cohorts().Take(a.cohorts.Value)
		}
	}
	if mine {
		a.tellForm()
	}
	return mine, cmd
}

// noForm says why there is no form.
func (a *App) noForm() string {
	if spec, ok := a.spec(a.front); !ok || spec.Bind == nil {
		return "a board is a file: edit its lines there"
	}
	return ""
}

// tellForm tells the form the names that are known by now.
func (a *App) tellForm() {
	if a.form == nil {
		return
	}
	known := viewform.Known{Properties: a.properties(), Cohorts: a.env.Mask.CohortNames()}
	for _, e := range a.names.Value.Events {
		known.Events = append(known.Events, query.PrintEvent(api.Event{Name: e.Name}))
		known.Names = append(known.Names, query.PrintWord(e.Name))
	}
	a.form.Known = known
}

// properties are the names of properties that were seen: in answers, and in the
// questions of the trail. Of an event log all are known.
func (a *App) properties() []string {
	var out []string
	add := func(names []string) {
		for _, name := range names {
			if !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	for _, v := range a.live() {
		if seer, ok := v.(views.Seer); ok {
			add(seer.Seen())
		}
	}
	for _, s := range slices.Backward(a.trail.steps) {
		spec, ok := a.spec(s.link.View)
		if !ok || spec.Bind == nil {
			continue
		}
		if f, err := viewform.New(spec, s.link.Args); err == nil {
			add(f.Properties())
		}
	}
	add(a.inLog)
	return out
}

// priceOf says what questions of a view cost, or why they cannot be asked. Nothing
// is asked for that.
func (a *App) priceOf(spec views.Spec) func(args []string) (string, error) {
	return func(args []string) (string, error) {
		// Sentences about what is wrong quote it: they must be about pseudonyms.
		questions, err := a.questionsOf(spec, args)
		if err != nil {
			return "", err
		}
		if revealed := a.env.Mask.RevealArgs(args); !slices.Equal(revealed, args) {
			if questions, err = a.questionsOf(spec, revealed); err != nil {
				return "", errors.New("what stands behind a pseudonym cannot be asked like this")
			}
		}
		return a.env.Costs(questions...), nil
	}
}

// questionsOf are the questions of arguments that a view takes.
func (a *App) questionsOf(spec views.Spec, args []string) ([]api.Question, error) {
	if _, err := spec.New(views.Env{}, args); err != nil {
		return nil, err
	}
	return spec.Questions(a.env.Today(), args)
}

// pressForm takes a key while the form is open.
func (a *App) pressForm(msg tea.KeyMsg) tea.Cmd {
	switch a.form.Press(msg) {
	case viewform.Left:
		a.over, a.form = nothing, nil
	case viewform.Taken:
		return a.takeForm()
	}
	if a.form != nil {
		return a.askCohorts()
	}
	return nil
}

// takeForm asks the question of the form where the view stands. The question that
// stands already is not asked again.
func (a *App) takeForm() tea.Cmd {
	f := a.form
	a.over, a.form = nothing, nil
	args := f.Args()
	if v := a.view(); a.front == f.Spec.Name && v != nil { // a link may have opened another view since
		if f.Line() == v.Link().Line() {
			return nil
		}
		if cmd, ok := views.Retake(v, a.env.Mask.RevealArgs(args)); ok {
			return cmd
		}
	}
	return a.goTo(views.Link{View: f.Spec.Name, Args: args}, false)
}
