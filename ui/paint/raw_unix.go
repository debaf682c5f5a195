//go:build !windows

package paint

import (
	"os"

	"github.com/charmbracelet/x/term"
)

// raw makes the terminal pass each key on at once. cook undoes it. Input that
// is no terminal stays as it is.
func raw(in, _ *os.File) (cook func(), err error) {
	if !term.IsTerminal(in.Fd()) {
		return func() {}, nil
	}
	before, err := term.MakeRaw(in.Fd())
	if err != nil {
		return nil, err
	}
	return func() { _ = term.Restore(in.Fd(), before) }, nil
}
