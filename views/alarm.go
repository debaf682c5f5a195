package views

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// An Alarm rings once, some time from now. Until then nothing is drawn or
// written. The zero Alarm is not set.
type Alarm struct{ req Request[struct{}] }

// Set makes it ring after a pause, and no other time.
func (a *Alarm) Set(pause time.Duration) tea.Cmd {
	return a.req.StartAfter(pause, func(context.Context) (struct{}, error) { return struct{}{}, nil })
}

// IsSet says whether it is still going to ring.
func (a *Alarm) IsSet() bool { return a.req.Loading() }

// Stop makes it not ring.
func (a *Alarm) Stop() { a.req.Stop() }

// Update takes a message and says whether it was the alarm's own, and whether it
// rings.
func (a *Alarm) Update(msg tea.Msg) (mine, rings bool) {
	version := a.req.Version
	mine, _ = a.req.Update(msg)
	return mine, a.req.Version != version && a.req.Err == nil
}
