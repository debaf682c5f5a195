package ui

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/views"
)

// goBack returns to where the last link was followed.
func (a *App) goBack() tea.Cmd {
	last := a.back[len(a.back)-1]
	a.back = a.back[:len(a.back)-1]
	left := a.view()
	a.front, a.open[last.name] = last.name, last.view
	if left != nil && !slices.Contains(a.live(), left) {
		left.Stop()
	}
	return last.view.Update(a.room())
}

// leaveBack gives up the way back of esc, and what is in flight there.
func (a *App) leaveBack() {
	stopped := a.back
	a.back = nil
	for _, b := range stopped {
		if !slices.Contains(a.live(), b.view) {
			b.view.Stop()
		}
	}
}

// backWord is what the key that goes back does now.
func (a *App) backWord() string {
	if len(a.back) > 0 || a.cameFrom() != "" {
		return "back"
	}
	return "quit"
}

// cameFrom is the view that was left for the one in front by its key; empty if none was.
func (a *App) cameFrom() string {
	if n := len(a.came); n > 0 && a.view() != nil {
		return a.came[n-1]
	}
	return ""
}

// escape takes the notice away and goes back to where a link was followed; it never quits.
func (a *App) escape() tea.Cmd {
	a.notice = views.Notice{}
	if len(a.back) > 0 {
		return a.goBack()
	}
	return nil
}

// quitOrBack goes back to where a link was followed, then to the views that were left by
// key, then out of the program.
func (a *App) quitOrBack() tea.Cmd {
	if len(a.back) > 0 {
		return a.goBack()
	}
	if name := a.cameFrom(); name != "" {
		a.came = a.came[:len(a.came)-1]
		return a.bring(name)
	}
	return tea.Quit
}
