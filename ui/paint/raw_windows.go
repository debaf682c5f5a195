package paint

import (
	"os"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/windows"
)

// raw makes the console pass each key on at once and understand escape
// sequences in both directions. cook undoes it. What is no console stays as
// it is.
func raw(in, out *os.File) (cook func(), err error) {
	undoIn, err := console(in, windows.ENABLE_VIRTUAL_TERMINAL_INPUT, true)
	if err != nil {
		return nil, err
	}
	undoOut, err := console(out, windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING, false)
	if err != nil {
		undoIn()
		return nil, err
	}
	return func() { undoOut(); undoIn() }, nil
}

func console(f *os.File, flag uint32, keys bool) (undo func(), err error) {
	if !term.IsTerminal(f.Fd()) {
		return func() {}, nil
	}
	before, err := term.GetState(f.Fd())
	if err != nil {
		return nil, err
	}
	undo = func() { _ = term.Restore(f.Fd(), before) }
	if keys {
		if _, err := term.MakeRaw(f.Fd()); err != nil {
			return nil, err
		}
	}
	var mode uint32
	if err = windows.GetConsoleMode(windows.Handle(f.Fd()), &mode); err == nil {
		err = windows.SetConsoleMode(windows.Handle(f.Fd()), mode|flag)
	}
	if err != nil {
		undo()
		return nil, err
	}
	return undo, nil
}
