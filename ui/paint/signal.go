package paint

import (
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// Stopped says that a signal ended the program.
type Stopped struct{ Signal os.Signal }

// Error names the signal.
func (s Stopped) Error() string { return "stopped by " + s.Signal.String() }

// ExitCode is the process's exit code for what [Run] returned: 0 for nil, 128
// and the signal's number for a [Stopped], else 1.
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
