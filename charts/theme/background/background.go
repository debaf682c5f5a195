// Package background answers the question "is the background dark?" before
// Bubble Tea can ask the terminal.
//
// Bubble Tea v1 asks in its package initialisation and waits up to five seconds
// where nobody answers. Go initialises ready packages in the order of their
// import paths, and this path sorts before Bubble Tea's. It works only while
// this package imports nothing but lipgloss. Dark or light is the user's
// setting (see theme.New), never a query.
package background

import "github.com/charmbracelet/lipgloss"

func init() { lipgloss.SetHasDarkBackground(true) }
