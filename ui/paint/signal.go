package paint

import (
	"errors"
	"os"
	"os/signal"
	"syscall"

	tea "github.com/charmbracelet/bubbletea"
)

// Stopped says that a signal ended the program.
type Stopped struct{ Signal os.Signal }

// Error names the signal.
func (s Stopped) Error() string { return "stopped by " + s.Signal.String() }

// ExitCode is the process's exit code for what [Run] returned: 0 for nil, 128
// and the signal's number for a [Stopped], 129 like a hang-up's where the
// terminal's input ended, else 1.
func ExitCode(err error) int {
	if err == nil {
		return 0
	}
	var stopped Stopped
	if errors.As(err, &stopped) {
		if n, ok := stopped.Signal.(syscall.Signal); ok {
			return 128 + int(n)
		}
	}
	if errors.Is(err, ErrInputEnded) {
		return 128 + int(syscall.SIGHUP)
	}
	return 1
}

// signals ends the program on a signal until stop is called. A broken pipe is
// caught so that it becomes an error of the write.
func (l *life) signals() (stop func()) {
	caught := make(chan os.Signal, 4)
	done := make(chan struct{})
	signal.Notify(caught, caughtSignals()...)
	Go(func() {
		for {
			select {
			case s := <-caught:
				if !ignored(s, l.away.Load()) {
					l.fail(Stopped{s})
				}
			case <-done:
				return
			}
		}
	}, l.fail)
	return func() {
		signal.Stop(caught)
		close(done)
	}
}

// sizes tells the program of each change of the terminal's size until stop is
// called. What comes while the program is busy is one change.
func (l *life) sizes() (stop func()) {
	signals := sizeSignals()
	if len(signals) == 0 {
		return func() {}
	}
	changed := make(chan os.Signal, 1)
	done := make(chan struct{})
	signal.Notify(changed, signals...)
	Go(func() {
		for {
			select {
			case <-changed:
				l.program.Send(tea.WindowSizeMsg{}) // its size is asked when it is used
			case <-done:
				return
			}
		}
	}, l.fail)
	return func() {
		signal.Stop(changed)
		close(done)
	}
}
