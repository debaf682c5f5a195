package paint

import (
	"fmt"
	"os"
)

// input is the terminal's input. Bubble Tea would go on without keys after the
// end of the input; this ends the program.
type input struct {
	*os.File
	failed func(error)
}

// Read reads keys.
func (f *input) Read(p []byte) (int, error) {
	n, err := f.File.Read(p)
	if err != nil {
		f.failed(fmt.Errorf("%w: %w", ErrInputEnded, err))
	}
	return n, err
}

// output is what Bubble Tea may write: it keeps the file descriptor, by which
// Bubble Tea asks the size, and passes only known modes on.
type output struct {
	*os.File
	screen *Screen
}

// Write passes a mode on and drops everything else.
func (f *output) Write(p []byte) (int, error) {
	f.screen.Raw(string(p))
	return len(p), nil
}

// WriteString is Write; without it io.WriteString would go past the guard.
func (f *output) WriteString(s string) (int, error) {
	f.screen.Raw(s)
	return len(s), nil
}
