package paint

import (
	"io"
	"os"
	"os/exec"

	tea "github.com/charmbracelet/bubbletea"
)

type execMsg struct {
	cmd  *exec.Cmd
	done func(error) tea.Msg
}

// exec turns the message into Bubble Tea's own, which stops reading keys while
// the child runs.
func (l *life) exec(msg execMsg) tea.Msg {
	done := func(err error) (out tea.Msg) {
		defer recovered(func(crash error) { out = crash })
		if msg.done == nil {
			return nil
		}
		return msg.done(err)
	}
	return tea.Exec(&child{msg.cmd, l}, done)()
}

// child is a program that has the terminal for a while.
type child struct {
	cmd  *exec.Cmd
	life *life
}

// SetStdin is not used: the child reads the terminal itself.
func (*child) SetStdin(io.Reader) {}

// SetStdout is not used: the child writes to the terminal itself.
func (*child) SetStdout(io.Writer) {}

// SetStderr is not used: the child writes to the terminal itself.
func (*child) SetStderr(io.Writer) {}

// Run gives the terminal back, runs the child and takes it again. A child does
// not outlive a program that must end.
func (c *child) Run() error {
	l := c.life
	l.away.Store(true)
	l.give()
	defer func() {
		l.retake()
		l.away.Store(false)
	}()
	c.attach(l.terminal)
	if err := c.cmd.Start(); err != nil {
		return err
	}
	ended := make(chan error, 1)
	Go(func() { ended <- c.cmd.Wait() }, l.fail)
	select {
	case err := <-ended:
		return err
	case <-l.failed:
		_ = c.cmd.Process.Kill()
		return <-ended
	}
}

func (c *child) attach(t Terminal) {
	if c.cmd.Stdin == nil {
		c.cmd.Stdin = t.In
	}
	if c.cmd.Stdout == nil {
		c.cmd.Stdout = t.Out
	}
	if c.cmd.Stderr == nil {
		c.cmd.Stderr = os.Stderr
	}
}
