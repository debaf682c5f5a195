package paint

import (
	"os/exec"
	"reflect"

	tea "github.com/charmbracelet/bubbletea"
)

type (
	paintMsg  struct{}
	redrawMsg struct{}
	sizeMsg   struct{}
	copyMsg   string
	mouseMsg  bool
)

// Redraw is a command's result that clears the terminal and paints all, for
// when something else has written to it.
func Redraw() tea.Msg { return redrawMsg{} }

// Copy is a command that puts text into the clipboard of the user's own
// terminal by OSC 52. A text of more than 74,000 bytes is not copied.
func Copy(text string) tea.Cmd {
	return func() tea.Msg { return copyMsg(text) }
}

// Mouse is a command that turns the reports of clicks, drags and the wheel on
// or off. Use it instead of Bubble Tea's own, which write nothing here.
func Mouse(on bool) tea.Cmd {
	return func() tea.Msg { return mouseMsg(on) }
}

// CopyLimit is the longest text in bytes that Copy takes.
func CopyLimit() int { return maxCopy }

// Exec is a command that lets another program have the terminal until it ends,
// and then paints all. Use it instead of tea.ExecProcess, whose child would
// write on this program's screen. done makes a message of how it ended; nil
// for none.
func Exec(c *exec.Cmd, done func(error) tea.Msg) tea.Cmd {
	return func() tea.Msg { return execMsg{c, done} }
}

// guard makes a command that turns a panic into a Crash message, also in the
// commands of a tea.Batch or tea.Sequence that it returns.
func guard(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() (msg tea.Msg) {
		defer recovered(func(err error) { msg = err })
		return guardAll(cmd())
	}
}

// guardAll guards each command of a message that is a list of commands. The
// type of tea.Sequence's is not exported.
func guardAll(msg tea.Msg) tea.Msg {
	v := reflect.ValueOf(msg)
	if !v.IsValid() || v.Kind() != reflect.Slice || v.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return msg
	}
	all := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
	for i := range v.Len() {
		cmd, _ := v.Index(i).Interface().(tea.Cmd)
		all.Index(i).Set(reflect.ValueOf(guard(cmd)))
	}
	return all.Interface()
}
