package ui

import (
	"context"
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// editForm is every field of a view's question, made from its words and flags.
type editForm struct {
	spec   views.Spec
	fields []editField
	at     int
	top    int
	wrong  error // why the question cannot be asked as it stands
	costs  string
	names  []string
}

// editField is one field: the words of the query line, a flag, or one value of a
// flag that may be given several times.
type editField struct {
	name   string // of the flag; the words have none
	words  string // what the words are called
	usage  string
	was    string // its default
	of     []string
	kind   string // what a value is called: EVENT, PROPERTY, FILTER …
	many   bool
	input  textinput.Model
	chosen bool // its text is chosen: what is typed replaces it
}

// fieldsOf are the fields of a question as it stands.
func fieldsOf(spec views.Spec, args []string) ([]editField, error) {
	fs, fresh := pflag.NewFlagSet("", pflag.ContinueOnError), pflag.NewFlagSet("", pflag.ContinueOnError)
	fs.SortFlags = false
	spec.Bind(fs)
	spec.Bind(fresh)
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	words := fs.Args()
	fields := []editField{newField("", spec.Name+" "+spec.Use+", with quotes round a name that has blanks", "", query.Join(words))}
	if fields[0].words = strings.ToLower(strings.Trim(spec.Use, "[].")); strings.Contains(fields[0].words, " ") {
		fields[0].words = "events"
	}
	if spec.Begin != nil {
		fields[0].kind, fields[0].chosen = "EVENT", len(words) == 1
	}
	if spec.Use == "" {
		fields = nil
	}
	fs.VisitAll(func(f *pflag.Flag) {
		kind, usage := pflag.UnquoteUsage(f)
		add := func(value string, many bool) {
			one := newField(f.Name, usage, fresh.Lookup(f.Name).Value.String(), value)
			one.many, one.kind = many, strings.Trim(kind, "'")
			if options := strings.Split(f.Value.Type(), "|"); len(options) > 1 {
				one.of = options
			} else if f.Value.Type() == "bool" {
				one.of = []string{"false", "true"}
			}
			fields = append(fields, one)
		}
		if list, ok := f.Value.(interface{ Strings() []string }); ok {
			for _, v := range append(list.Strings(), "") {
				add(v, true)
			}
			return
		}
		add(f.Value.String(), false)
	})
	return fields, nil
}

func newField(name, usage, was, value string) editField {
	f := editField{name: name, usage: usage, was: was, input: views.NewInput()}
	f.input.SetValue(value)
	f.input.CursorEnd()
	return f
}

// args are the arguments that the fields say.
func (e *editForm) args() ([]string, error) {
	var words, flags []string
	for _, f := range e.fields {
		value := f.input.Value()
		switch {
		case f.name == "":
			var err error
			if words, err = query.Split(value); err != nil {
				return nil, err
			}
		case strings.TrimSpace(value) == "", !f.many && value == f.was:
		default:
			flags = append(flags, "--"+f.name+"="+value)
		}
	}
	return slices.Concat(flags, []string{"--"}, words), nil
}

// openForm opens the form of the view in front.
func (a *App) openForm() tea.Cmd {
	link := a.view().Link()
	spec, _ := a.spec(link.View)
	fields, err := fieldsOf(spec, link.Args)
	if err != nil {
		return a.say(views.Notice{Text: text.Clean(err.Error()), Bad: true})
	}
	a.form = editForm{spec: spec, fields: fields}
	a.over = formOver
	a.checkForm()
	client := a.env.API
	if a.names.Has || spec.Begin == nil {
		a.form.names = eventNames(a.names.Value)
		return nil
	}
	return a.names.Start(func(ctx context.Context) (api.EventList, error) { return client.Events(ctx) })
}

func eventNames(list api.EventList) []string {
	names := make([]string, len(list.Events))
	for i, e := range list.Events {
		names[i] = query.PrintEvent(api.Event{Name: e.Name})
	}
	return names
}

// noForm says why there is no form.
func (a *App) noForm() string {
	if spec, ok := a.spec(a.front); !ok || spec.Bind == nil {
		return "a board is a file: edit its lines there"
	}
	return ""
}

// checkForm says what is wrong with the question, or what it costs. Nothing is
// asked for that.
func (a *App) checkForm() {
	e := &a.form
	args, err := e.args()
	if err == nil {
		args = a.env.Mask.RevealArgs(args)
		_, err = e.spec.New(views.Env{}, args)
	}
	var questions []api.Question
	if err == nil {
		questions, err = e.spec.Questions(a.env.Today(), args)
	}
	e.wrong, e.costs = err, a.env.Costs(questions...)
}

// pressForm takes a key while the form is open.
func (a *App) pressForm(msg tea.KeyMsg) tea.Cmd {
	e := &a.form
	f := &e.fields[e.at]
	if !msg.Paste {
		switch msg.Type {
		case tea.KeyEsc, tea.KeyCtrlC:
			a.over = nothing
			return nil
		case tea.KeyEnter:
			return a.takeForm()
		case tea.KeyUp, tea.KeyShiftTab:
			e.move(-1)
			return nil
		case tea.KeyDown:
			e.move(1)
			return nil
		case tea.KeyTab:
			if !e.complete() {
				e.move(1)
			}
			a.checkForm()
			return nil
		case tea.KeyLeft, tea.KeyRight, tea.KeySpace:
			if len(f.of) > 0 {
				f.cycle(map[bool]int{true: -1, false: 1}[msg.Type == tea.KeyLeft])
				a.checkForm()
				return nil
			}
		}
	}
	if f.chosen && (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace || msg.Type == tea.KeyBackspace) {
		f.input.SetValue("")
	}
	f.chosen = false
	f.input, _ = f.input.Update(msg)
	a.checkForm()
	return nil
}

func (e *editForm) move(by int) {
	e.fields[e.at].chosen = false
	e.at = (e.at + by + len(e.fields)) % len(e.fields)
}

// cycle goes to the next of the words that a field takes.
func (f *editField) cycle(by int) {
	at := slices.Index(f.of, f.input.Value())
	f.input.SetValue(f.of[(at+by+len(f.of))%len(f.of)])
	f.input.CursorEnd()
}

// suggestions are what the word at the end of the field could become.
func (e *editForm) suggestions() []string {
	f := e.fields[e.at]
	var known []string
	switch {
	case len(f.of) > 0:
		return nil
	case f.kind == "EVENT":
		known = e.names
	case f.kind == "PROPERTY":
		known = query.BuiltIn()
	case strings.HasPrefix(f.kind, "FILTER"):
		for _, p := range query.BuiltIn() {
			known = append(known, p+" is ")
		}
	}
	_, word := f.lastWord()
	if word == "" || slices.Contains(known, word) {
		return nil
	}
	var out []string
	for _, m := range fuzzy.Find(word, known) {
		out = append(out, known[m.Index])
	}
	return out
}

// lastWord is the word at the end of the field, which is typed, and what stands
// before it. Only the words of the query line are several.
func (f editField) lastWord() (before, word string) {
	value := f.input.Value()
	if f.name != "" {
		return "", value
	}
	words, err := query.Split(value)
	if err != nil || len(words) == 0 || strings.HasSuffix(value, " ") {
		return value, ""
	}
	return strings.TrimSpace(query.Join(words[:len(words)-1])), words[len(words)-1]
}

// complete takes the best suggestion; false where there is none.
func (e *editForm) complete() bool {
	all := e.suggestions()
	if len(all) == 0 {
		return false
	}
	f := &e.fields[e.at]
	value := all[0]
	if f.name == "" {
		before, _ := f.lastWord()
		value = strings.TrimSpace(before + " " + query.Quote(value))
	}
	f.input.SetValue(value)
	f.input.CursorEnd()
	return true
}

// takeForm asks the question of the form. A part of an event's name is enough.
func (a *App) takeForm() tea.Cmd {
	e := &a.form
	if f := e.fields[e.at]; f.kind == "EVENT" {
		e.complete()
		a.checkForm()
	}
	if e.wrong != nil {
		return nil // it is said
	}
	args, _ := e.args() // it was checked
	a.over = nothing
	if cmd, ok := views.Retake(a.view(), a.env.Mask.RevealArgs(args)); ok {
		return cmd
	}
	return a.goTo(views.Link{View: e.spec.Name, Args: args}, false)
}

// drawForm draws the query line as it will be, the fields, and of the one under the
// cursor what it is for and what it could be.
func (a *App) drawForm(w, h int) string {
	th, e := a.env.Theme, &a.form
	args, err := e.args()
	line := e.spec.Name
	if err == nil {
		line = e.lineOf(args)
	}
	lines := []string{" " + th.Accent.Paint(charts.Cut(line, max(w-2, 0)))}
	foot := a.formFoot(w)
	wide := 0
	for _, f := range e.fields {
		wide = max(wide, charts.Width(f.label()))
	}
	room := max(h-len(lines)-len(foot), 1)
	e.top = charts.Scroll(e.at, e.top, len(e.fields), room)
	for i := e.top; i < len(e.fields) && i < e.top+room; i++ {
		lines = append(lines, a.formField(e.fields[i], i == e.at, min(wide, 20), w))
	}
	body := charts.Fit(strings.Join(lines, "\n"), w, max(h-len(foot), 0))
	return body + "\n" + charts.Fit(strings.Join(foot, "\n"), w, len(foot))
}

// lineOf is the query line as it will stand: without what is the default.
func (e *editForm) lineOf(args []string) string {
	if v, err := e.spec.New(views.Env{}, args); err == nil {
		return v.Link().Line()
	}
	return views.Link{View: e.spec.Name, Args: args}.Line()
}

func (f editField) label() string {
	if f.name == "" {
		return f.words
	}
	return f.name
}

func (a *App) formField(f editField, under bool, wide, w int) string {
	th := a.env.Theme
	gutter, label := "  ", charts.Pad(charts.Cut(f.label(), wide), wide)
	room := max(w-wide-6, 1)
	value := text.Clean(f.input.Value())
	switch {
	case under && f.chosen:
		value = th.Selected.Paint(charts.Cut(value, room))
	case under && len(f.of) > 0:
		value = th.Selected.Paint(value) + th.Dim.Paint("  "+charts.Cut(strings.Join(f.of, " | "), max(room-charts.Width(value)-3, 0)))
	case under:
		value = views.DrawInput(f.input, room, th)
	case f.input.Value() == f.was || f.many && value == "":
		value = th.Dim.Paint(charts.Cut(value, room))
	default:
		value = charts.Cut(value, room)
	}
	if under {
		gutter = th.Accent.Paint(th.Glyphs.Pointer) + " "
	}
	return gutter + th.Dim.Paint(label) + "  " + value
}

// formFoot is what the field under the cursor is for and could be, and what is
// wrong or what it costs.
func (a *App) formFoot(w int) []string {
	th, e := a.env.Theme, &a.form
	foot := []string{th.Rule.Paint(strings.Repeat(th.Glyphs.HRule, w))}
	help := e.fields[e.at].usage
	if all := e.suggestions(); len(all) > 0 {
		help = a.env.Keys.TypeOut.Shown() + ": " + strings.Join(all[:min(len(all), 6)], "   ")
	}
	foot = append(foot, " "+th.Dim.Paint(charts.Cut(text.Clean(help), max(w-2, 0))))
	said, style := "", th.Dim
	switch {
	case e.wrong != nil:
		style = th.Bad
		for _, line := range charts.Wrap(text.Clean(e.wrong.Error()), max(w-2, 1)) {
			foot = append(foot, " "+style.Paint(line))
		}
		return foot
	case e.costs == "":
		said = "enter asks"
	default:
		said = e.costs
	}
	return append(foot, " "+style.Paint(charts.Cut(said, max(w-2, 0))))
}
