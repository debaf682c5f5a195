//go:build unix

package paint

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// TestMain runs the tests, or, as the child of one, a tiny program.
func TestMain(m *testing.M) {
	if start := os.Getenv("PAINT_CHILD"); start != "" {
		os.Exit(tinyProgram(start))
	}
	// os/signal must begin outside of any synctest bubble.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGWINCH)
	os.Exit(m.Run())
}

func tinyProgram(start string) int {
	err := Run(context.Background(), &counter{start: start}, Terminal{
		In: os.Stdin, Out: os.Stdout, Env: os.Getenv, Mouse: true, Report: os.Getenv("PAINT_REPORT"),
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return ExitCode(err)
}

// counter counts keys; some keys do harm.
type counter struct {
	start         string
	width, height int
	keys          int
	last          string
	broken        bool
}

func boom() tea.Msg { panic(secret) }

func idle() tea.Msg { return nil }

func (c *counter) Init() tea.Cmd {
	switch c.start {
	case "init":
		panic(secret)
	case "initcmd":
		return boom
	}
	return nil
}

func (c *counter) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		c.width, c.height = msg.Width, msg.Height
	case tea.ResumeMsg:
		c.last = "resumed"
	case tea.MouseMsg:
		c.last = fmt.Sprintf("mouse %d,%d", msg.X, msg.Y)
	case exited:
		c.last = fmt.Sprintf("exited %v", msg.error)
	case tea.KeyMsg:
		c.keys++
		c.last = msg.String()
		return c.press(msg.String())
	}
	return nil
}

type exited struct{ error }

func (c *counter) press(key string) tea.Cmd {
	switch key {
	case "q":
		return tea.Quit
	case "ctrl+c":
		return tea.Interrupt
	case "ctrl+z":
		return tea.Suspend
	case "u":
		panic(secret)
	case "f":
		c.broken = true
	case "c":
		return boom
	case "b":
		return tea.Batch(idle, tea.Sequence(idle, tea.Batch(idle, boom)))
	case "h":
		time.Sleep(time.Minute)
	case "m":
		return Mouse(false)
	case "M":
		return Mouse(true)
	case "y":
		return Copy("copied")
	case "l":
		return Redraw
	case "e":
		return Exec(exec.Command("sh", "-c", "echo from the child; exit 3"), func(err error) tea.Msg { return exited{err} })
	case "x":
		return Exec(exec.Command("true"), func(error) tea.Msg { panic(secret) })
	case "w":
		return Exec(exec.Command("sh", "-c", "echo asleep $$; exec sleep 60"), nil)
	}
	return nil
}

func (c *counter) Frame() string {
	if c.broken {
		panic(secret)
	}
	return fmt.Sprintf("size=%dx%d\nkeys=%d\nlast=%s", c.width, c.height, c.keys, c.last)
}
