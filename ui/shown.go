package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts"
	"amptui/ui/paint"
	"amptui/views"
)

// shown is a text that was copied, for those whose terminal takes no copies.
type shown struct {
	what  string
	foot  string // what to do where the copy has not worked
	lines []string
}

// copy puts text on the user's clipboard through the terminal. Whether that
// works nothing says, so what was copied is said or shown too.
func (a *App) copy(c views.Copy) tea.Cmd {
	limit := paint.CopyLimit()
	long := len(c.Text) > limit
	foot := "It is on the clipboard if the terminal takes copies (OSC 52; in tmux: set -g set-clipboard on). Where a paste brings something else, select it here."
	if long {
		foot = "It is too long for the clipboard: select what you need, or print it with -o."
	}
	if c.Show {
		a.shown = shown{c.What, foot, text.CleanLines(strings.TrimSuffix(c.Text, "\n"))}
		a.over, a.palette.helpTop = textOver, 0
	}
	if long {
		return a.say(views.Notice{Text: fmt.Sprintf("too long to copy: %s bytes, the terminal takes %s; use -o instead",
			charts.Exact(float64(len(c.Text))), charts.Exact(float64(limit))), Bad: true})
	}
	said := "copied " + c.What
	if !c.Show && !strings.Contains(c.Text, "\n") && charts.Width(said)+len(c.Text)+40 < a.w {
		said += ": " + text.Clean(c.Text)
	}
	return tea.Batch(a.copied(c.Text), a.say(views.Notice{Text: said + ", if the terminal allows that (OSC 52)"}))
}

// drawShown is the copied text, to be selected where the copy has not worked.
func (a *App) drawShown(w, h int) string {
	th := a.env.Theme
	lines := []string{" " + th.Title.Paint(charts.Cut(a.shown.what, max(w-2, 0))), ""}
	for _, line := range a.shown.lines {
		for _, part := range charts.Broken(line, max(w-2, 2)) {
			lines = append(lines, " "+part)
		}
	}
	lines = append(lines, "")
	for _, line := range charts.Wrap(a.shown.foot, max(w-2, 1)) {
		lines = append(lines, " "+th.Dim.Paint(line))
	}
	return charts.Fit(strings.Join(a.scrolled(lines, h), "\n"), w, h)
}

// scrolled is what can be seen of lines that scroll as the help does; the last line
// says how many there are further down.
func (a *App) scrolled(lines []string, h int) []string {
	a.palette.helpTop = max(0, min(a.palette.helpTop, len(lines)-h))
	seen := lines[a.palette.helpTop:]
	if more := len(seen) - h + 1; h > 2 && more > 1 {
		return append(slices.Clone(seen[:h-1]), a.env.Theme.Dim.Paint(fmt.Sprintf(" %d lines more", more)))
	}
	return seen
}
