package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"amptui/keys"
)

// unlettered is what a key does that is no letter and works where letters are typed, too:
// whoever is stuck in a text field presses ctrl+c.
func (a *App) unlettered(msg tea.KeyMsg) func() tea.Cmd {
	if msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace {
		return nil
	}
	k := a.env.Keys
	action, ok := keys.Find([]keys.Action{
		{Key: k.Quit, Do: func() tea.Cmd { return tea.Quit }},
		{Key: k.Suspend, Do: func() tea.Cmd { return tea.Suspend }},
	}, msg.String())
	if !ok {
		return nil
	}
	return action.Do
}

// pressOver passes a key to what lies over the view.
func (a *App) pressOver(msg tea.KeyMsg) tea.Cmd {
	switch a.over {
	case paletteOver:
		return a.palette.update(a, msg)
	case formOver:
		return a.pressForm(msg)
	default:
		return a.pressHelp(msg)
	}
}
