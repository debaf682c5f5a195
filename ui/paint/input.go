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
