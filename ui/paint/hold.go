package paint

import (
	"fmt"
	"time"
)

// take makes the terminal the program's: no echo, each key at once, and the
// alternate screen.
func (l *life) take() {
	l.holding.Lock()
	defer l.holding.Unlock()
	if l.cook == nil {
		cook, err := raw(l.terminal.In, l.terminal.Out)
		if err != nil {
			l.fail(fmt.Errorf("the terminal's modes: %w", err))
			return
		}
		l.cook = cook
	}
	l.screen.Open(l.width, l.height)
}

// retake is take after something else had the terminal, whose size may have
// changed unnoticed.
func (l *life) retake() {
	l.take()
	Go(func() { l.program.Send(sizeMsg{}) }, l.fail)
}

// give gives the terminal back as it was.
func (l *life) give() {
	l.screen.Close()
	l.giveModes()
}

func (l *life) giveModes() {
	l.holding.Lock()
	defer l.holding.Unlock()
	if l.cook != nil {
		l.cook()
		l.cook = nil
	}
}

// restore is give, but does not wait for ever on a terminal that takes no
// bytes.
func (l *life) restore() {
	done := make(chan struct{})
	Go(func() {
		defer close(done)
		l.screen.Close()
	}, nil)
	select {
	case <-done:
	case <-time.After(patience / 2):
	}
	l.giveModes()
}
