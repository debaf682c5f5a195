package ui

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

// field is one line of a form.
type field struct {
	label string
	hint  string // said behind an empty field
	mask  bool   // shown as stars
	input textinput.Model
	check func(value string) error // what is wrong with it, said before the next field is asked for; may be nil
}

// form is the screen that login fills in: one line a field, a check at the end.
type form struct {
	title  string
	theme  theme.Theme
	fields []field
	at     int
	w, h   int
	known  string // said from the start, while there is nothing else to say
	wrong  string
	doing  string // what runs now
	// submit checks and stores what was typed; it runs as a command.
	submit func(values []string) error
	done   bool
	gone   bool // left without an end
}

type submitted struct{ err error }

func newForm(title string, th theme.Theme, fields []field, submit func([]string) error) *form {
	f := &form{title: title, theme: th, fields: fields, submit: submit}
	for i := range f.fields {
		value := f.fields[i].input.Value()
		f.fields[i].input = views.NewInput()
		if f.fields[i].mask {
			f.fields[i].input.EchoMode = textinput.EchoPassword
		}
		f.fields[i].input.SetValue(value)
	}
	return f
}

// filled is a field that begins with a value.
func filled(label, hint, value string) field {
	in := textinput.New()
	in.SetValue(value)
	return field{label: label, hint: hint, input: in}
}

// Init has nothing to do.
func (f *form) Init() tea.Cmd { return nil }

// Update takes a key, or the end of a submission.
func (f *form) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		f.w, f.h = msg.Width, msg.Height
	case submitted:
		f.doing = ""
		if msg.err != nil {
			f.wrong = views.ExplainInShell(msg.err)
			return nil
		}
		f.done = true
		return tea.Quit
	case tea.KeyMsg:
		return f.press(msg)
	}
	return nil
}

func (f *form) press(msg tea.KeyMsg) tea.Cmd {
	if !msg.Paste {
		switch msg.Type {
		case tea.KeyEsc, tea.KeyCtrlC:
			f.gone = true
			return tea.Quit
		case tea.KeyCtrlZ:
			return tea.Suspend
		case tea.KeyEnter:
			return f.enter()
		case tea.KeyTab, tea.KeyDown:
			if f.isRight(f.at) {
				f.at = (f.at + 1) % len(f.fields)
			}
			return nil
		case tea.KeyShiftTab, tea.KeyUp:
			f.wrong = "" // what is wrong may come of a field before
			f.at = (f.at + len(f.fields) - 1) % len(f.fields)
			return nil
		}
	}
	if f.doing == "" {
		f.wrong = ""
		in := &f.fields[f.at].input
		*in, _ = in.Update(msg)
	}
	return nil
}

// isRight says whether a field can be left as it is; if not the cursor goes there and
// the form says why.
func (f *form) isRight(i int) bool {
	f.wrong = ""
	if check := f.fields[i].check; check != nil {
		if err := check(strings.TrimSpace(f.fields[i].input.Value())); err != nil {
			f.at, f.wrong = i, views.ExplainInShell(err)
		}
	}
	return f.wrong == ""
}

// enter goes to the next field, and submits from the last.
func (f *form) enter() tea.Cmd {
	if f.doing != "" || !f.isRight(f.at) {
		return nil
	}
	if f.at < len(f.fields)-1 {
		f.at++
		return nil
	}
	for i := range f.fields {
		if !f.isRight(i) {
			return nil
		}
	}
	values := make([]string, len(f.fields))
	for i := range f.fields {
		values[i] = strings.TrimSpace(f.fields[i].input.Value())
	}
	f.doing, f.wrong = "checking the keys with the server, then asking the keyring (it may show a window of its own) …", ""
	submit := f.submit
	return func() tea.Msg { return submitted{submit(values)} }
}

// Frame is the form.
func (f *form) Frame() string {
	th := f.theme
	wide := 0
	for _, one := range f.fields {
		wide = max(wide, charts.Width(one.label))
	}
	lines := []string{"", " " + th.Title.Paint(f.title), ""}
	for i, one := range f.fields {
		lines = append(lines, f.line(i, one, wide))
	}
	lines = append(lines, "")
	said, style := first(f.wrong, f.doing, f.known), th.Warn
	if f.wrong != "" {
		style = th.Bad
	}
	if said != "" {
		for _, line := range charts.Wrap(said, max(f.w-2, 1)) {
			lines = append(lines, " "+style.Paint(line))
		}
	}
	for len(lines) < f.h-1 {
		lines = append(lines, "")
	}
	lines = append(lines[:max(f.h-1, 0)], " "+th.Key.Paint("enter")+th.Dim.Paint(" next, then check and store  ")+
		th.Key.Paint("tab")+th.Dim.Paint(" move  ")+th.Key.Paint("esc")+th.Dim.Paint(" leave"))
	return charts.Fit(strings.Join(lines, "\n"), f.w, f.h)
}

func (f *form) line(i int, one field, wide int) string {
	th := f.theme
	label := charts.Pad(one.label, wide)
	if i != f.at {
		value := one.input.Value()
		if one.mask {
			value = strings.Repeat("*", len([]rune(value)))
		}
		if value == "" {
			return "   " + th.Dim.Paint(label+"  "+one.hint)
		}
		return "   " + label + "  " + text.Clean(value)
	}
	start := " " + th.Accent.Paint(th.Glyphs.Pointer) + " " + th.Title.Paint(label) + "  "
	room := max(f.w-wide-6, 1)
	if one.input.Value() == "" {
		return start + th.Cursor.Paint(" ") + th.Dim.Paint(charts.Cut(fmt.Sprintf(" %s", one.hint), max(room-1, 0)))
	}
	return start + views.DrawInput(one.input, room, th)
}
