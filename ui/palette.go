package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// palette lists every action of this moment with its key, and takes any query
// line.
type palette struct {
	prompt  views.Prompt
	command bool                  // it takes query lines, and says what they cost
	offer   func() []views.Choice // what it offers, as of what is saved now; nil where that does not matter
	helpTop int                   // first line of the help
}

func (a *App) openPalette() tea.Cmd {
	actions := slices.DeleteFunc(a.actions(), func(x keys.Action) bool { return x.Key.Name == "palette" })
	if a.view() != nil {
		actions = slices.Concat(actions, a.carrying(), a.editing(), a.measuring(), a.takingAlong(false), a.takingAlong(true))
	}
	actions = append(actions, a.mouseSwitch())
	a.over, a.palette.command = paletteOver, true
	a.palette.offer = func() []views.Choice { return a.commands(actions) }
	a.palette.prompt.Open("command", "", true, a.palette.offer(), func(value string) (tea.Cmd, error) {
		if i, err := strconv.Atoi(value); err == nil && i >= 0 && i < len(actions) {
			a.chosen(actions[i].Key.Name)
			return a.do(actions[i]), nil
		}
		cmd, err := a.runLine(value)
		if err == nil {
			a.chosen(value)
		}
		return cmd, err
	})
	a.palette.prompt.Hint = "an action, or a query line such as segment …"
	a.palette.prompt.Typed = a.isLine
	a.palette.prompt.PickBest()
	cmd := a.readLibrary()
	if a.env.API != nil && a.env.ListAtHand() {
		cmd = tea.Batch(cmd, a.askNames()) // what is misspelt is said before it is asked
	}
	return cmd
}

// commands is what the palette offers: what was chosen last, every action, what is
// saved, every view, and the questions of this session.
func (a *App) commands(actions []keys.Action) []views.Choice {
	choices := make([]views.Choice, 0, len(actions)+len(a.specs))
	for i, action := range actions {
		choices = append(choices, views.Choice{
			Value: strconv.Itoa(i),
			Label: paletteLabel(action),
			Note:  paletteNote(action),
			Also:  otherWords(action),
		})
	}
	choices = append(choices, a.savedChoices()...)
	for _, s := range a.specs {
		choices = append(choices, views.Choice{Value: s.Name + " ", Label: s.Name + " " + s.Use, Note: s.Short})
	}
	for _, l := range a.trail.links() {
		if len(l.Args) > 0 {
			choices = append(choices, views.Choice{Value: a.shownLine(l), Note: "asked before"})
		}
	}
	return a.recentFirst(choices, actions)
}

// savedChoices are the saved queries and the boards.
func (a *App) savedChoices() []views.Choice {
	var choices []views.Choice
	saved := a.memory.library
	for _, q := range saved.queries {
		choice := views.Choice{Value: q.Line, Label: text.Clean(q.Name), Note: saved.problem(q.At)}
		if l, ok := a.readLine(q.Line); ok && choice.Note == "" {
			choice.Value = a.shownLine(l)
			choice.Note = text.Clean(choice.Value)
		}
		choices = append(choices, choice)
	}
	for _, b := range saved.boards {
		choices = append(choices, views.Choice{Value: boardName + " " + query.Quote(b.Name), Label: boardName + " " + text.Clean(b.Name), Note: b.Title})
	}
	return choices
}

// mostRecent is how many choices are remembered.
const mostRecent = 30

// chosen remembers what was chosen, the last one first: the name of an action, or a
// query line. Lines about users are not remembered.
func (a *App) chosen(what string) {
	what, ok := a.rememberable(what)
	if !ok {
		return
	}
	a.recent = slices.DeleteFunc(a.recent, func(s string) bool { return s == what })
	a.recent = slices.Insert(a.recent, 0, what)
	a.recent = a.recent[:min(len(a.recent), mostRecent)]
}

// rememberable is a choice in the one spelling in which it is remembered; false
// where it is not. A single word is the name of an action, or opens a view as it is
// opened every day.
func (a *App) rememberable(what string) (string, bool) {
	words, err := query.Split(what)
	if err != nil || len(words) == 0 {
		return "", false
	}
	l, ok := a.readLine(what)
	switch {
	case !ok:
		return words[0], len(words) == 1 && !strings.ContainsAny(words[0], "@ ")
	case len(l.Args) == 0:
		return "", false
	}
	l.Args = a.env.Mask.RevealArgs(l.Args)
	spec, _ := a.spec(l.View)
	if _, err := spec.New(a.env, l.Args); err != nil {
		return "", false
	}
	return l.Line(), !a.personal(l)
}

// recentFirst puts what was chosen last in front and says so. Query lines that are
// no choice become one.
func (a *App) recentFirst(choices []views.Choice, actions []keys.Action) []views.Choice {
	var first []views.Choice
	for _, what := range a.recent {
		l, isLine := a.readLine(what)
		value := what
		if isLine {
			value = a.shownLine(l)
		}
		if i := slices.IndexFunc(actions, func(x keys.Action) bool { return x.Key.Name == what }); i >= 0 {
			value = strconv.Itoa(i)
		}
		at := slices.IndexFunc(choices, func(c views.Choice) bool { return c.Value == value })
		switch {
		case at >= 0:
			c := choices[at]
			c.Note = views.Joined(a.env.Theme.Glyphs.Dot, strings.TrimPrefix(c.Note, "asked before"), "lately")
			first = append(first, c)
			choices = slices.Delete(choices, at, at+1)
		case isLine:
			first = append(first, views.Choice{Value: value, Note: "lately"})
		}
	}
	return append(first, choices...)
}

// isLine says whether what is typed is a query line, or an action with words of
// its own, and not a part of an action's name.
func (a *App) isLine(typed string) bool {
	word, rest, _ := strings.Cut(typed, " ")
	if word == boardName {
		_, err := a.memory.library.board(strings.TrimSpace(rest))
		return err == nil // a part of its name is enough
	}
	if _, ok := a.spec(word); ok || word == "amptui" {
		return true
	}
	return slices.ContainsFunc(a.actions(), func(x keys.Action) bool { return x.Take != nil && x.Key.Name == word })
}

// costOfLine is what a query line would cost, as it is typed; nothing while it
// cannot be asked.
func (a *App) costOfLine(line string) string {
	l, ok := a.readLine(line)
	if !ok {
		return ""
	}
	spec, _ := a.spec(l.View)
	questions, err := spec.Questions(a.env.Today(), a.env.Mask.RevealArgs(l.Args))
	if err != nil {
		return ""
	}
	return a.env.Costs(questions...)
}

func paletteLabel(action keys.Action) string {
	if says := action.Key.Help().Desc; action.Key.Help().Key != "" {
		return says
	}
	return action.Label
}

// otherWords is what somebody may look for an action by besides its label: its word in
// the footer, else its name in the configuration.
func otherWords(action keys.Action) string {
	if action.Label != "" && action.Label != paletteLabel(action) {
		return action.Label
	}
	return strings.ReplaceAll(action.Key.Name, "-", " ")
}

func paletteNote(action keys.Action) string {
	if action.Blocked != "" {
		return views.Joined("  ", action.Key.AllShown(), "not now: "+action.Blocked)
	}
	return action.Key.AllShown()
}

// runLine opens a query line; a leading "amptui" is as good as none.
func (a *App) runLine(line string) (tea.Cmd, error) {
	words, err := query.Split(line)
	if err != nil {
		return nil, err
	}
	if len(words) > 0 && words[0] == "amptui" {
		words = words[1:]
	}
	if len(words) == 0 {
		return nil, nil
	}
	for _, action := range a.actions() {
		if action.Take != nil && action.Blocked == "" && action.Key.Name == words[0] {
			return action.Take(strings.Join(words[1:], " "))
		}
	}
	spec, ok := a.spec(words[0])
	if !ok {
		return nil, a.noSuchView(words[0])
	}
	if _, err := spec.New(a.env, words[1:]); err != nil {
		return nil, err
	}
	if a.names.Has {
		if err := surely(a.names.Value, a.env, spec, a.env.Mask.RevealArgs(words[1:])); err != nil {
			return nil, err
		}
	}
	return a.goTo(views.Link{View: words[0], Args: words[1:]}, true), nil
}

func (a *App) noSuchView(word string) error {
	var names []string
	for _, s := range a.specs {
		names = append(names, s.Name)
	}
	return noSuch("view or action", word, names)
}

func (p *palette) update(a *App, msg tea.KeyMsg) tea.Cmd {
	cmd := p.prompt.Update(msg)
	switch {
	case !p.prompt.IsOpen():
		a.over = nothing
	case p.command:
		p.prompt.Title = views.Joined(a.env.Theme.Glyphs.Dot, "command", a.costOfLine(p.prompt.Chosen()))
	}
	return cmd
}

func (p *palette) draw(a *App, behind string, w, h int) string {
	// The lines above the box stay readable; the box has room for its list.
	return p.prompt.Over(strings.TrimSuffix(behind, "\n"), w, h, a.env.Theme)
}
