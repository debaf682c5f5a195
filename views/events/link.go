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

// about is the event that views beside the list begin with: the first one marked,
// else the one that the user has put the cursor on. Where the cursor stands by
// itself, on the first row of the whole list, nobody has chosen anything.
func about(v views.View) (string, bool) {
	list := v.(*view)
	if len(list.marks) > 0 {
		return word(list.marks[0]), true
	}
	e, ok := list.under()
	return word(e.Name), ok && (list.cursor.At > 0 || list.state.Find != "")
}
