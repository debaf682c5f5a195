package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/views"
	"amptui/views/query"
)

// trail is where the user has been, question by question, as a browser keeps it.
type trail struct {
	steps []step
	at    int
}

// step is a question in a view. The view itself is kept: where it still stands at
// that question it comes back as it was.
type step struct {
	link views.Link
	view views.View
}

// mostSteps is how far back the trail goes.
const mostSteps = 100

// note adds the question in front, if it is another than the last one. What was
// ahead on the trail is gone then.
func (t *trail) note(s step) {
	if len(t.steps) > 0 && t.steps[t.at].link.Line() == s.link.Line() {
		t.steps[t.at].view = s.view
		return
	}
	if len(t.steps) > 0 {
		t.steps = t.steps[:t.at+1]
	}
	t.steps = append(t.steps, s)
	if len(t.steps) > mostSteps {
		t.steps = slices.Delete(t.steps, 0, 1)
	}
	t.at = len(t.steps) - 1
}

// walk goes along the trail; false where it ends.
func (t *trail) walk(by int) (step, bool) {
	to := t.at + by
	if to < 0 || to >= len(t.steps) {
		return step{}, false
	}
	t.at = to
	return t.steps[to], true
}

// follow notes where the user is now.
func (a *App) follow() {
	if v := a.view(); v != nil && !v.Typing() {
		a.trail.note(step{v.Link(), v})
	}
}

// walk goes to the question before or after this one, in whatever view.
func (a *App) walk(by int) func() tea.Cmd {
	return func() tea.Cmd {
		s, ok := a.trail.walk(by)
		if !ok {
			return nil
		}
		a.back = nil
		if s.view.Link().Line() == s.link.Line() {
			left := a.open[s.link.View]
			a.front, a.open[s.link.View] = s.link.View, s.view
			if left != nil && left != s.view && !slices.Contains(a.live(), left) {
				left.Stop()
			}
			return s.view.Update(a.room())
		}
		return a.goTo(s.link, false)
	}
}

// noWay says why the trail ends here.
func (a *App) noWay(by int) string {
	if to := a.trail.at + by; to >= 0 && to < len(a.trail.steps) {
		return ""
	}
	return map[bool]string{true: "there is no question before this one", false: "there is no question after this one"}[by < 0]
}

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

// carried are the arguments that a view which was not opened yet takes along from
// the one in front: the event, and of the dates and filters those that it knows.
// What it cannot ask with them it begins without.
func (a *App) carried(to views.Spec) []string {
	v := a.view()
	from, ok := a.spec(a.front)
	if v == nil || !ok {
		return nil
	}
	args := a.env.Mask.RevealArgs(v.Link().Args)
	var words []string
	if from.About != nil && to.Begin != nil {
		if event, ok := from.About(args); ok {
			words = to.Begin(event)
		}
	}
	filters, dates := carriedFlags(from, to, args, "where", "segment", "by"), carriedFlags(from, to, args, "last", "from", "to")
	bare := append([]string{"--"}, words...)
	if to.Questions == nil {
		return nil
	}
	_, lacks := to.Questions(a.env.Today(), bare) // such as a funnel of one step
	for _, flags := range [][]string{slices.Concat(dates, filters), filters, dates, nil} {
		try := slices.Concat(flags, []string{"--"}, words)
		if _, err := to.New(a.env, try); err != nil {
			continue
		}
		if _, err := to.Questions(a.env.Today(), try); err != nil && (lacks == nil || err.Error() != lacks.Error()) {
			continue
		}
		return try
	}
	return nil
}

// carriedFlags are those of the named flags that both views know and that are set.
func carriedFlags(from, to views.Spec, args []string, names ...string) []string {
	if from.Bind == nil || to.Bind == nil {
		return nil
	}
	fs, known := pflag.NewFlagSet("", pflag.ContinueOnError), pflag.NewFlagSet("", pflag.ContinueOnError)
	from.Bind(fs)
	to.Bind(known)
	if fs.Parse(args) != nil {
		return nil
	}
	var out []string
	fs.Visit(func(f *pflag.Flag) {
		if slices.Contains(names, f.Name) && known.Lookup(f.Name) != nil {
			out = append(out, views.FlagArgs(f)...)
		}
	})
	return out
}

// lines are the query lines of the views that are open, but for those about users.
func (a *App) lines() []string {
	var out []string
	for _, s := range a.specs {
		args, ok := a.waiting[s.Name]
		if v := a.open[s.Name]; v != nil {
			args, ok = a.env.Mask.RevealArgs(v.Link().Args), true
		}
		if line := (views.Link{View: s.Name, Args: args}).Line(); ok && !a.personal(line) {
			out = append(out, line)
		}
	}
	return out
}

// personal says whether a query line is about users: of the look-up, or with a
// filter by an id or a mail address. Such a line is never written to disk by itself.
func (a *App) personal(line string) bool {
	word, _, _ := strings.Cut(line, " ")
	spec, _ := a.spec(word)
	return spec.Personal || strings.Contains(line, "@") || strings.Contains(line, "user_id") || strings.Contains(line, "device_id") || strings.Contains(line, "amplitude_id")
}

// restore makes links of the lines of the last session: the one in front is
// opened, the others wait until they are looked at. Lines that are not understood
// any more are passed over.
func (a *App) restore(front string, lines []string) (views.Link, bool) {
	var first views.Link
	for _, line := range lines {
		words, err := query.Split(line)
		if err != nil || len(words) == 0 {
			continue
		}
		spec, ok := a.spec(words[0])
		if !ok || spec.Personal {
			continue
		}
		if _, err := spec.New(a.env, words[1:]); err != nil {
			continue
		}
		if spec.Name == front {
			first = views.Link{View: spec.Name, Args: words[1:]}
		} else {
			a.waiting[spec.Name] = words[1:]
		}
	}
	return first, first.View != ""
}
