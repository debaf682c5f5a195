package ui

import (
	"io"

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

// remarks is the error output in characters that the terminal has.
type remarks struct {
	out    io.Writer
	glyphs func() theme.Glyphs // known once the flags are
}

// Write writes a remark.
func (r remarks) Write(said []byte) (int, error) {
	if _, err := io.WriteString(r.out, r.glyphs().Spell(string(said))); err != nil {
		return 0, err
	}
	return len(said), nil
}
