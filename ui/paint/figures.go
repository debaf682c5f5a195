package paint

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// Figures are what a program's life on a terminal has cost so far.
type Figures struct {
	Frames int   // writes that changed the screen
	Bytes  int64 // of all of them

	Keys     int   // keystrokes; a paste is one
	KeyBytes int64 // of the frames that came of keys at once

	// Worked and Slowest are from a key at the program to its frame at the
	// terminal, for keys that were painted at once: on average and at most.
	Worked, Slowest time.Duration
}

type figuresMsg struct{ done func(Figures) tea.Msg }

// Measured is a command that makes a message of the figures so far.
func Measured(done func(Figures) tea.Msg) tea.Cmd {
	return func() tea.Msg { return figuresMsg{done} }
}

// expense is what figures are made of.
type expense struct {
	Figures
	pressed time.Time // when the key came that is handled now; zero is none
	painted int       // frames that came of keys
	worked  time.Duration
}

// key begins the count of a key; done takes its frame, if it had one.
func (e *expense) key(now time.Time) {
	e.Keys++
	e.pressed = now
}

// frame counts what a paint has written, none for no difference.
func (e *expense) frame(bytes int64, now time.Time) {
	if bytes > 0 {
		e.Frames++
		e.Bytes += bytes
	}
	if e.pressed.IsZero() {
		return
	}
	took := now.Sub(e.pressed)
	e.KeyBytes += bytes
	e.painted++
	e.worked += took
	e.Worked, e.Slowest = e.worked/time.Duration(e.painted), max(e.Slowest, took)
	e.pressed = time.Time{}
}
