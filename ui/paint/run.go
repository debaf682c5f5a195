package paint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	// Keeps Bubble Tea's initialisation from asking the terminal for its colours.
	_ "amptui/charts/theme/background"
)

// patience is how long a program that shall end may take before the terminal
// is restored without it.
const patience = 500 * time.Millisecond

var (
	// ErrInputEnded says that nobody is at the other end of the terminal any
	// more: reading a key failed or met the end of the input.
	ErrInputEnded = errors.New("the terminal's input ended")
	// ErrOutputFailed says that writing to the terminal failed.
	ErrOutputFailed = errors.New("cannot write to the terminal")
)

// A Model is a program's state and what it makes of messages. Its methods are
// called from one goroutine.
type Model interface {
	// Init returns the first command, or nil.
	Init() tea.Cmd
	// Update takes one message and returns the command that follows, or nil.
	// The first is always a tea.WindowSizeMsg, before anything is painted;
	// later ones follow each change of the terminal's size. A tea.KeyMsg holds
	// one key, however fast they come, or one whole paste. Update does no IO.
	Update(tea.Msg) tea.Cmd
	// Frame is what the screen shows: lines of text and SGR for the last
	// tea.WindowSizeMsg (see Screen.Paint). It is asked when there is
	// something to paint, not after each message.
	Frame() string
}

// A Terminal is where a program runs.
type Terminal struct {
	In, Out *os.File
	// Env looks up an environment variable: LINES and COLUMNS, where the
	// terminal does not know its size, and what tells which terminal it is
	// (see ShowsWhole). Nil knows none.
	Env func(string) string
	// Mouse asks for clicks, drags and the wheel.
	Mouse bool
	// Report is the path of the file, mode 0600, that a crash writes: where
	// it happened, without any values. Empty means no file.
	Report string
}

// Run runs a model until it returns tea.Quit, and leaves the terminal as it
// was in every case. The error is a [Stopped] for a signal or ctrl+c that the
// model turned into tea.Interrupt, a [Crash] for a panic, [ErrInputEnded] or
// [ErrOutputFailed] when the terminal is gone, the context's cause when ctx
// ended, else nil. [ExitCode] gives the process's exit code. A model that does
// not come back within half a second of being told to end is left behind.
func Run(ctx context.Context, m Model, t Terminal) error {
	l := newLife(m, t)
	l.program = tea.NewProgram(bridge{l}, l.options(ctx)...)
	defer l.signals()()
	defer l.sizes()()

	ended := make(chan error, 1)
	Go(func() {
		_, err := l.program.Run()
		ended <- err
	}, l.fail)
	var err error
	select {
	case err = <-ended:
	case <-l.failed:
		err = l.end(ended)
	case <-ctx.Done():
		err = l.end(ended)
	}
	l.restore()
	return l.verdict(ctx, err)
}

// end tells the program to end, and waits for it, but not for ever.
func (l *life) end(ended chan error) error {
	l.program.Kill()
	select {
	case err := <-ended:
		return err
	case <-time.After(patience):
		return nil
	}
}

// options keep Bubble Tea from the terminal but for the keys: its renderer
// would tick for ever and rewrite whole lines, and its terminal modes come
// only with that renderer.
func (l *life) options(ctx context.Context) []tea.ProgramOption {
	options := []tea.ProgramOption{
		tea.WithContext(ctx),
		tea.WithInput(&input{File: l.terminal.In, failed: l.fail}),
		tea.WithOutput(io.Discard),
		tea.WithoutRenderer(),
		tea.WithFilter(l.filter),
		tea.WithoutCatchPanics(),
		tea.WithoutSignalHandler(),
	}
	if l.terminal.Mouse && runtime.GOOS == "windows" {
		// The console sends no mouse to a reader that was not made for it.
		options = append(options, tea.WithMouseCellMotion())
	}
	return options
}

// verdict says why the program ended.
func (l *life) verdict(ctx context.Context, err error) error {
	select {
	case <-l.failed:
		return l.reason
	default:
	}
	switch {
	case ctx.Err() != nil:
		return context.Cause(ctx)
	case errors.Is(err, tea.ErrInterrupted):
		return Stopped{os.Interrupt}
	case err != nil:
		return fmt.Errorf("the terminal: %w", err)
	case l.screen.Err() != nil:
		return fmt.Errorf("%w: %w", ErrOutputFailed, l.screen.Err())
	}
	return nil
}
