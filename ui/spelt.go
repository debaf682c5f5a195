package ui

import (
	"amptui/charts/theme"
	"amptui/ui/paint"
)

// spelt is a program in a terminal that may have no characters but ASCII.
type spelt struct {
	paint.Model
	glyphs theme.Glyphs
}

// Frame is what the screen shows, in characters that the terminal has.
func (s spelt) Frame() string { return s.glyphs.Spell(s.Model.Frame()) }
