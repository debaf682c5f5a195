package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/keys"
	"amptui/views"
)

// argsOf are the arguments that a view begins with: those of the last session, else
// what is carried over.
func (a *App) argsOf(name string) []string {
	if args, ok := a.waiting[name]; ok {
		delete(a.waiting, name)
		return args
	}
	spec, _ := a.spec(name)
	return a.carried(spec)
}

// carried are the arguments that a view takes along from the one in front: the
// event, and each of the dates and filters that it knows and can ask with the
// others.
func (a *App) carried(to views.Spec) []string {
	v := a.view()
	from, ok := a.spec(a.front)
	if v == nil || !ok || to.Questions == nil || to.Bind == nil {
		return nil
	}
	args := []string{"--"}
	if from.About != nil && to.Begin != nil {
		if event, ok := from.About(v); ok {
			args = append(args, to.Begin(event)...)
		}
	}
	_, lacks := to.Questions(a.env.Today(), args) // such as a funnel of one step
	for _, more := range carriedFlags(from, to, a.asked(v).Args) {
		try := append(slices.Clone(more), args...)
		if _, err := to.New(a.env, try); err != nil {
			continue
		}
		if _, err := to.Questions(a.env.Today(), try); err != nil && (lacks == nil || err.Error() != lacks.Error()) {
			continue
		}
		args = try
	}
	if len(args) == 1 {
		return nil
	}
	return args
}

// carriedFlags are the dates and filters that both views know and that are set:
// both dates together, each filter on its own. What comes first goes along first.
func carriedFlags(from, to views.Spec, args []string) [][]string {
	if from.Bind == nil {
		return nil
	}
	fs, known := pflag.NewFlagSet("", pflag.ContinueOnError), pflag.NewFlagSet("", pflag.ContinueOnError)
	from.Bind(fs)
	to.Bind(known)
	if fs.Parse(args) != nil {
		return nil
	}
	set := func(name string) (out []string) {
		f := fs.Lookup(name)
		if f == nil || !f.Changed || f.Value.String() == "" || known.Lookup(name) == nil {
			return nil
		}
		values := []string{f.Value.String()}
		if list, ok := f.Value.(interface{ Strings() []string }); ok {
			values = list.Strings()
		}
		for _, value := range values {
			out = append(out, "--"+name+"="+value)
		}
		return out
	}
	var out [][]string
	if dates := slices.Concat(set("last"), set("from"), set("to")); len(dates) > 0 {
		out = append(out, dates)
	}
	for _, flag := range slices.Concat(set("where"), set("segment"), set("by")) {
		out = append(out, []string{flag})
	}
	return out
}

// carrying are the actions that take the question in front along to a view, also
// to one that stands at another question.
func (a *App) carrying() []keys.Action {
	var actions []keys.Action
	for _, to := range a.specs {
		if to.Name == a.front || to.Questions == nil || to.Bind == nil || to.Personal {
			continue
		}
		args := a.carried(to)
		if args == nil {
			continue // it takes nothing of this question
		}
		actions = append(actions, keys.Action{
			Key:   keys.Key{Name: "carry-to-" + to.Name, Place: keys.Everywhere},
			Label: "carry event, dates and filters over to " + to.Title, Quiet: true,
			Do: func() tea.Cmd { return a.goTo(views.Link{View: to.Name, Args: args}, true) },
		})
	}
	return actions
}
