package views

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/views/query"
)

// A Link names a view and the arguments that open it as it stands.
type Link struct {
	View string
	Args []string
}

// Line is the link as the query line that the screen shows, that is copied and
// that a shell runs.
func (l Link) Line() string { return query.Join(append([]string{l.View}, l.Args...)) }

// Goto asks the root to open a link above the view in front; esc comes back.
type Goto Link

// Notice asks the root to say something in the line above the footer. It ends
// with the next key.
type Notice struct {
	Text string
	Bad  bool
}

// Masked says that the mask was turned on or off: what was drawn through it must
// be drawn again.
type Masked struct{}

// Zoned says in which zone moments are told from now on, nil for the project's.
type Zoned struct{ Zone *time.Location }

// Copy asks the root to put raw text on the user's clipboard and to say what
// was copied. With Show the text is shown too: not every terminal takes a copy,
// and none says so.
type Copy struct {
	What, Text string
	Show       bool
}

// Send wraps a message as a command.
func Send(msg tea.Msg) tea.Cmd { return func() tea.Msg { return msg } }

// Front tells all views which of them the user sees now.
type Front struct{ View View }
