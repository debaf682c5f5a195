package events

import (
	tea "github.com/charmbracelet/bubbletea"

	"amptui/views"
)

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "events", Args: views.Args(&s, &fresh)}
}

// Link is the list as it stands.
func (v *view) Link() views.Link { return link(v.state) }

// Retake filters and orders the list otherwise, with the cursor on its event. Only
// a list that was never answered is asked for.
func (v *view) Retake(args []string) (tea.Cmd, bool) {
	s := Default()
	if err := views.Parse(&s, args); err != nil {
		return nil, false
	}
	v.state = s
	if !v.have {
		return v.load(), true
	}
	v.arrange()
	return v.look(), true
}
