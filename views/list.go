package views

import (
	tea "github.com/charmbracelet/bubbletea"

	"amptui/keys"
)

// A Cursor is a place in a list that moves with the usual keys.
type Cursor struct {
	At, Top int
	Len     int // rows there are
	Page    int // rows that fit
}

// Move goes by so many rows and stays in the list.
func (c *Cursor) Move(by int) { c.At = max(0, min(c.At+by, c.Len-1)) }

// Actions moves the cursor with every key of the keymap's places for that.
// moved runs after each step; it may be nil.
func (c *Cursor) Actions(k keys.Map, moved func() tea.Cmd) []keys.Action {
	move := func(by func() int) func() tea.Cmd {
		return func() tea.Cmd {
			c.Move(by())
			if moved == nil {
				return nil
			}
			return moved()
		}
	}
	by := func(n int) func() tea.Cmd { return move(func() int { return n }) }
	quiet := func(key keys.Key, do func() tea.Cmd) keys.Action {
		return keys.Action{Key: key, Do: do, Quiet: true}
	}
	return []keys.Action{
		{Key: k.Down, Do: by(1)},
		{Key: k.Up, Do: by(-1)},
		quiet(k.Top, move(func() int { return -c.Len })),
		quiet(k.Bottom, move(func() int { return c.Len })),
		quiet(k.HalfDown, move(func() int { return max(c.Page/2, 1) })),
		quiet(k.HalfUp, move(func() int { return -max(c.Page/2, 1) })),
		quiet(k.PageDown, move(func() int { return max(c.Page, 1) })),
		quiet(k.PageUp, move(func() int { return -max(c.Page, 1) })),
	}
}
