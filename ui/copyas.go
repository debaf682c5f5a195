package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// copyForm is a way to take an answer along.
type copyForm struct {
	name  string // as the palette calls it
	as    string // what -o calls it
	ext   string // of a file
	color bool   // in the colours of the screen
}

func answerForms() []copyForm {
	return []copyForm{
		{"Markdown", "md", "md", false},
		{"CSV", "csv", "csv", false},
		{"TSV", "tsv", "tsv", false},
		{"JSON", "json", "json", false},
		{"chart as text", "chart", "txt", false},
		{"chart in colours", "chart", "ansi.txt", true},
		{"table as text", "table", "txt", false},
	}
}

// taken is an answer in a form, on its way to the clipboard or into a file.
type taken struct {
	form copyForm
	file bool
	text string
}

// copyAs opens the list of forms.
func (a *App) copyAs() tea.Cmd {
	actions := a.takingAlong(false)
	choices := make([]views.Choice, len(actions))
	for i, action := range actions {
		choices[i] = views.Choice{Value: action.Label, Label: strings.TrimPrefix(action.Label, "copy as "), Note: action.Blocked}
	}
	a.over, a.palette.command = paletteOver, false
	a.palette.prompt.Open("copy as", "", false, choices, func(value string) (tea.Cmd, error) {
		for _, action := range actions {
			if action.Label == value {
				return a.do(action), nil
			}
		}
		return nil, nil
	})
	return nil
}

// takingAlong are the actions that copy the view's question or answer, or, with
// file, write the answer into a file.
func (a *App) takingAlong(file bool) []keys.Action {
	verb := "copy as "
	if file {
		verb = "export as "
	}
	var actions []keys.Action
	add := func(what string, do func() tea.Cmd, blocked string) {
		actions = append(actions, keys.Action{
			Key:   keys.Key{Name: strings.ReplaceAll(verb+what, " ", "-"), Place: keys.Everywhere},
			Label: verb + what, Do: do, Blocked: blocked, Quiet: true,
		})
	}
	spec, _ := a.spec(a.front)
	none := ""
	if spec.Ask == nil {
		none = "open one of the charts first"
	}
	if !file {
		add("query line", func() tea.Cmd { return a.copyText("the query line", a.view().Link().Line()) }, "")
		add("shell command", func() tea.Cmd { return a.copyText("the command", "amptui "+a.view().Link().Line()) }, "")
		add("curl", a.copyCurl, first(none, a.noCurl()))
		if web := a.webAction(); web.Do != nil {
			add("web link", web.Do, web.Blocked)
		}
	}
	for _, f := range answerForms() {
		add(f.name, func() tea.Cmd { return a.take(f, file) }, none)
	}
	return actions
}

func (a *App) copyText(what, copied string) tea.Cmd {
	return views.Send(views.Copy{What: what, Text: copied, Show: strings.Contains(copied, "\n")})
}

// webAction is the view's own action that copies the address of the same in
// Amplitude's web app, where it has one: no address is made up.
func (a *App) webAction() keys.Action {
	for _, action := range a.view().Actions() {
		if action.Key.Name == a.env.Keys.Web.Name {
			return action
		}
	}
	return keys.Action{}
}

// noCurl says why curl cannot ask the question in front.
func (a *App) noCurl() string {
	l := a.view().Link()
	switch {
	case a.env.Inside:
		return "only this program can ask; --demo-listen 127.0.0.1:8080 serves others"
	case !slices.Equal(a.env.Mask.RevealArgs(l.Args), l.Args):
		return "its pseudonyms mean nothing to the server: " + views.Named(a.env.Keys.Mask) + " takes the mask off"
	}
	return ""
}

// copyCurl copies the question as a command for curl.
func (a *App) copyCurl() tea.Cmd {
	link := a.view().Link()
	spec, _ := a.spec(link.View)
	questions, err := spec.Questions(a.env.Today(), link.Args)
	if err != nil {
		return a.say(views.Notice{Text: text.Clean(err.Error()), Bad: true})
	}
	if len(questions) == 0 {
		return a.say(views.Notice{Text: "nothing is asked yet", Bad: true})
	}
	return views.Send(views.Copy{What: "the question for curl", Text: curl(a.env.API, questions), Show: true})
}

// curl is questions as commands for a shell. The keys are named by the variables
// that hold them, and never written.
func curl(client *api.Client, questions []api.Question) string {
	lines := make([]string, len(questions))
	for i, q := range questions {
		lines[i] = `curl -sS -u "$AMPLITUDE_API_KEY:$AMPLITUDE_SECRET_KEY" ` + query.Quote(client.URL(q))
	}
	return strings.Join(lines, "\n")
}

// take asks the view's question, which is mostly kept, and puts the answer in a
// form.
func (a *App) take(f copyForm, file bool) tea.Cmd {
	link := a.view().Link()
	spec, _ := a.spec(link.View)
	env, args, w := a.env, a.env.Mask.RevealArgs(link.Args), a.w
	env.Annotated = annotates(f.as)
	if !f.color {
		env.Theme = theme.New(theme.Options{Depth: theme.Bare, Tier: env.Theme.Glyphs.Tier})
	}
	asking := a.taking.Start(func(ctx context.Context) (taken, error) {
		answer, err := spec.Ask(ctx, env, args)
		if err != nil {
			return taken{}, err
		}
		var out bytes.Buffer
		err = writeForm(&out, f.as, answer, env, paper{w, chartHeight, true})
		return taken{f, file, out.String()}, err
	})
	if questions, err := spec.Questions(env.Today(), args); err == nil && !spec.Personal {
		if cost, _ := env.Price(false, questions...); cost == 0 {
			return asking // it is kept: there is nothing to wait for
		}
	}
	return tea.Batch(asking, a.say(views.Notice{Text: "asking for " + f.name + " …  " + views.Named(a.env.Keys.Cancel) + " gives up"}))
}

// givingUp are a view's actions, with esc for the answer that is being taken along
// while there is one.
func (a *App) givingUp(actions []keys.Action) []keys.Action {
	if !a.taking.Loading() {
		return actions
	}
	cancel := a.env.Keys.Cancel
	actions = slices.DeleteFunc(actions, func(x keys.Action) bool { return x.Key.Name == cancel.Name })
	stop := func() tea.Cmd { a.taking.Stop(); return a.say(views.Notice{Text: "given up"}) }
	return append(actions, keys.Action{Key: cancel, Do: stop, Label: "give up"})
}

// chartHeight is how high a chart is that is copied or exported.
const chartHeight = 24

// took copies the answer, or writes it into a file.
func (a *App) took() tea.Cmd {
	if err := a.taking.Err; err != nil {
		return a.say(views.Notice{Text: views.Explain(err, a.env.Keys), Bad: true})
	}
	t := a.taking.Value
	if !t.file {
		return views.Send(views.Copy{What: t.form.name, Text: t.text, Show: !t.form.color})
	}
	name, err := export(a.folder, a.env.Now(), a.front, t)
	if err != nil {
		return a.say(views.Notice{Text: "the file cannot be written: " + text.Clean(err.Error()), Bad: true})
	}
	return a.say(views.Notice{Text: "written to " + text.Clean(name)})
}

// export writes into a new file of a folder, of the working one if none is named;
// one that is there is left alone, and the next free name taken.
func export(folder string, now time.Time, view string, t taken) (string, error) {
	base := fmt.Sprintf("amptui-%s-%s", view, now.Format(time.DateOnly))
	for n := 1; n < 1000; n++ {
		name := base + "." + t.form.ext
		if n > 1 {
			name = fmt.Sprintf("%s-%d.%s", base, n, t.form.ext)
		}
		file, err := os.OpenFile(filepath.Join(folder, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", err
		}
		_, err = file.WriteString(t.text)
		if err = errors.Join(err, file.Close()); err != nil {
			return "", errors.Join(err, os.Remove(file.Name())) // half an answer is none
		}
		return name, nil
	}
	return "", fmt.Errorf("there are a thousand files of this name already")
}
