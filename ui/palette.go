package ui

import (
	"slices"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// palette lists every action of this moment with its key, and takes any query
// line.
type palette struct {
	prompt  views.Prompt
	helpTop int // first line of the help
}

func (a *App) openPalette() tea.Cmd {
	actions := slices.DeleteFunc(a.actions(), func(x keys.Action) bool { return x.Key.Name == "palette" })
	choices := make([]views.Choice, 0, len(actions)+len(a.specs))
	for i, action := range actions {
		choices = append(choices, views.Choice{
			Value: strconv.Itoa(i),
			Label: paletteLabel(action),
			Note:  paletteNote(action),
		})
	}
	for _, s := range a.specs {
		choices = append(choices, views.Choice{Value: s.Name + " ", Label: s.Name + " " + s.Use, Note: s.Short})
	}
	a.over = paletteOver
	a.palette.prompt.Open("command", "", true, choices, func(value string) (tea.Cmd, error) {
		if i, err := strconv.Atoi(value); err == nil && i < len(actions) {
			return a.do(actions[i]), nil
		}
		return a.runLine(value)
	})
	a.palette.prompt.Hint = "an action, or a query line such as segment …"
	return nil
}

func paletteLabel(action keys.Action) string {
	if says := action.Key.Help().Desc; action.Key.Help().Key != "" {
		return says
	}
	return action.Label
}

func paletteNote(action keys.Action) string {
	if action.Blocked != "" {
		return action.Key.AllShown() + "  not now: " + action.Blocked
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
	if !p.prompt.IsOpen() {
		a.over = nothing
	}
	return cmd
}

func (p *palette) draw(a *App, behind string, w, h int) string {
	// The lines above the box stay readable; the box has room for its list.
	return p.prompt.Over(strings.TrimSuffix(behind, "\n"), w, h, a.env.Theme)
}
