package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
)

// help lists every key of this screen, what is blocked with its reason.
func (a *App) help(w, h int) string {
	lines := a.keyLines(w)
	if len(lines) > h && w >= twoColumnsFrom {
		lines = twoColumns(a.keyLines(w/2-1), w)
	}
	return charts.Fit(strings.Join(a.scrolled(lines, h), "\n"), w, h)
}

// twoColumnsFrom is the width from which a long list of keys stands in two columns.
const twoColumnsFrom = 100

// keyLines are the keys with their sentences, under the place where they work.
func (a *App) keyLines(w int) []string {
	th := a.env.Theme
	var lines []string
	heading := ""
	for _, action := range a.helpRows() {
		if own := a.heading(action); own != heading {
			heading = own
			lines = append(lines, " "+th.Title.Paint(heading))
		}
		says, style, keyStyle := action.Key.Help().Desc, theme.Style{}, th.Key
		if action.Key.Place == keys.Everywhere && action.Label != "" && action.Key.Help().Key == "" {
			says = action.Label
		}
		if action.Blocked != "" {
			says, style, keyStyle = says+" (now: "+action.Blocked+")", th.Dim, th.Dim
		}
		shown := action.Key.AllShown()
		for _, part := range charts.Wrap(says, max(w-16, 8)) {
			lines = append(lines, "   "+keyStyle.Paint(charts.Pad(shown, 12))+" "+style.Paint(part))
			shown = ""
		}
	}
	return lines
}

// explanation is the page behind the keys.
func (a *App) explanation(w, h int) string {
	return charts.Fit(strings.Join(a.scrolled(a.arithmetic(w), h), "\n"), w, h)
}

// arithmetic is how the view in front has come to what it says, if it can tell, what
// the project has written at the dates that it shows, and what its marks mean.
func (a *App) arithmetic(w int) []string {
	spec, ok := a.spec(a.front)
	if !ok || a.view() == nil {
		return nil
	}
	var lines []string
	for _, part := range []struct {
		title string
		say   func(views.View) []string
	}{{"Is it real?", spec.Explain}, {"Annotations", spec.Notes}} {
		if part.say != nil {
			lines = append(lines, a.inWords(part.title, part.say(a.view()), 1, w)...)
		}
	}
	if len(spec.Marks) > 0 {
		marks := append(slices.Clone(spec.Marks), views.MarksEverywhere()...)
		lines = append(lines, a.inWords("What the marks mean", marks, len(marks), w)...)
	}
	return lines
}

// explains says whether the view in front has an explanation.
func (a *App) explains() bool { return len(a.arithmetic(a.w)) > 0 }

// inWords are sentences under a title; those behind the first few are dim.
func (a *App) inWords(title string, said []string, few, w int) []string {
	if len(said) == 0 {
		return nil
	}
	th := a.env.Theme
	lines := []string{" " + th.Title.Paint(title)}
	for i, line := range said {
		for _, part := range charts.Wrap(line, max(w-5, 1)) {
			if i >= few {
				part = th.Dim.Paint(part)
			}
			lines = append(lines, "   "+part)
		}
	}
	return append(lines, "")
}

// heading is where a key works: in this view, or everywhere.
func (a *App) heading(action keys.Action) string {
	if p := action.Key.Place; p.Shared() || p == keys.Typing {
		return string(p)
	}
	return a.front
}

// helpRows are this screen's actions, those of one place together: the view's
// own first, then those of every screen.
func (a *App) helpRows() []keys.Action {
	actions := append(a.actions(), a.env.Keys.TypingActions("", true)...)
	var rows []keys.Action
	for _, heading := range []string{a.front, string(keys.Move), string(keys.Everywhere), string(keys.Typing)} {
		for _, action := range actions {
			if a.heading(action) == heading {
				rows = append(rows, action)
			}
		}
	}
	return rows
}

// twoColumns sets the second half of lines beside the first.
func twoColumns(lines []string, w int) []string {
	rows := (len(lines) + 1) / 2
	out := make([]string, rows)
	for i := range out {
		out[i] = charts.Fit(lines[i], w/2, 1)
		if j := i + rows; j < len(lines) {
			out[i] += lines[j]
		}
	}
	return out
}

// pressHelp scrolls the help or closes it.
func (a *App) pressHelp(msg tea.KeyMsg) tea.Cmd {
	k := a.env.Keys
	rows := []keys.Action{
		{Key: k.Down, Do: a.scrollHelp(1)},
		{Key: k.Up, Do: a.scrollHelp(-1)},
		{Key: k.HalfDown, Do: a.scrollHelp(a.h / 2)},
		{Key: k.HalfUp, Do: a.scrollHelp(-a.h / 2)},
		{Key: k.PageDown, Do: a.scrollHelp(a.h - 6)},
		{Key: k.PageUp, Do: a.scrollHelp(6 - a.h)},
		{Key: k.Top, Do: a.scrollHelp(-farthestHelp)},
		{Key: k.Bottom, Do: a.scrollHelp(farthestHelp)},
		{Key: k.Quit, Do: func() tea.Cmd { return tea.Quit }},
	}
	if a.over == helpOver && a.explains() {
		rows = append(rows, keys.Action{Key: k.Help, Do: func() tea.Cmd { a.over, a.palette.helpTop = whyOver, 0; return nil }})
	}
	if row, ok := keys.Find(rows, msg.String()); ok {
		return row.Do()
	}
	a.over, a.palette.helpTop = nothing, 0
	return nil
}

// farthestHelp is more lines than any help has.
const farthestHelp = 1 << 20

func (a *App) scrollHelp(by int) func() tea.Cmd {
	return func() tea.Cmd { a.palette.helpTop += by; return nil }
}
