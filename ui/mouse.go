package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"amptui/charts"
	"amptui/keys"
	"amptui/ui/paint"
	"amptui/views"
)

const (
	notch   = 3   // steps of the wheel
	tooMany = 500 // steps, after which a click is given up
	stuck   = 32  // steps that move nothing, so many points may share a column
	bodyTop = 2   // lines above the view: the header and its rule
)

// mouseSwitch is the action that gives the mouse to the program, or back to the
// terminal.
func (a *App) mouseSwitch() keys.Action {
	label := "mouse on: a click chooses rows, tabs and points, the wheel scrolls"
	if a.mouse {
		label = "mouse off: the terminal selects text again"
	}
	return keys.Action{
		Key: keys.Key{Name: "mouse", Place: keys.Everywhere}, Label: label, Quiet: true,
		Do: func() tea.Cmd {
			if a.mouse = !a.mouse; a.mouse {
				return tea.Batch(paint.Mouse(true), a.sayMouse())
			}
			return tea.Batch(paint.Mouse(false), a.say(views.Notice{Text: "the mouse is off: the terminal selects text again"}))
		},
	}
}

// sayMouse says how text is selected while the program has the mouse.
func (a *App) sayMouse() tea.Cmd {
	if !a.mouse {
		return nil
	}
	return a.say(views.Notice{Text: "the mouse is on: hold shift to select text; mouse in the palette turns it off"})
}

// point takes what the mouse does: it presses the keys that would do the same, so
// that nothing can be reached by it alone.
func (a *App) point(msg tea.MouseMsg) tea.Cmd {
	switch {
	case msg.Action != tea.MouseActionPress:
		return nil
	case msg.Button == tea.MouseButtonWheelUp:
		return a.wheel(a.env.Keys.Up, tea.KeyUp)
	case msg.Button == tea.MouseButtonWheelDown:
		return a.wheel(a.env.Keys.Down, tea.KeyDown)
	case msg.Button != tea.MouseButtonLeft:
		return nil
	case a.over == paletteOver:
		return a.choiceAt(msg.Y)
	case a.over != nothing || a.view() == nil:
		return nil
	case msg.Y == 0:
		switch name, ok := a.tabAt(msg.X); {
		case ok && name == "":
			return a.chooseView()
		case ok && name != a.front:
			return a.switchTo(name)
		}
		return nil
	case a.view().Typing():
		return a.choiceAt(msg.Y)
	}
	if p, ok := a.view().(views.Pointed); ok {
		switch on, ok := p.Point(msg.X, msg.Y-bodyTop); {
		case on:
			return a.step(a.env.Keys.Open)
		case ok:
			return nil
		}
	}
	if cmd, ok := a.pointAt(msg.X, msg.Y); ok {
		return cmd
	}
	return a.rowAt(msg.X, msg.Y)
}

// wheel moves as the keys up and down do, also in what lies over the view.
func (a *App) wheel(k keys.Key, typed tea.KeyType) tea.Cmd {
	var cmds []tea.Cmd
	for range notch {
		switch {
		case a.over != nothing || a.view() != nil && a.view().Typing():
			cmds = append(cmds, a.press(tea.KeyMsg{Type: typed}))
		default:
			cmds = append(cmds, a.step(k))
		}
	}
	return tea.Batch(cmds...)
}

// can says whether the view in front has an action now.
func (a *App) can(k keys.Key) (keys.Action, bool) {
	if a.view() == nil {
		return keys.Action{}, false
	}
	actions := a.view().Actions()
	i := slices.IndexFunc(actions, func(x keys.Action) bool { return x.Key.Name == k.Name && x.Blocked == "" })
	if i < 0 {
		return keys.Action{}, false
	}
	return actions[i], true
}

// step does an action of the view once, where there is one.
func (a *App) step(k keys.Key) tea.Cmd {
	action, ok := a.can(k)
	if !ok {
		return nil
	}
	return action.Do()
}

// drawn are the lines of the frame as it is now, without styles.
func (a *App) drawn() []string { return strings.Split(ansi.Strip(a.Frame()), "\n") }

// rowAt moves the cursor to the row under the mouse, or opens the row where it is
// already.
func (a *App) rowAt(x, y int) tea.Cmd {
	at, column := a.pointer(x, y)
	if at < 0 || y < bodyTop || y >= a.h-2 {
		return nil
	}
	if at == y {
		return a.step(a.env.Keys.Open)
	}
	on, back, steps := a.env.Keys.Down, a.env.Keys.Up, y-at
	if y < at {
		on, back, steps = back, on, at-y
	}
	var cmds []tea.Cmd
	for range steps {
		cmds = append(cmds, a.step(on))
		now := a.pointerIn(a.drawn(), column, bodyTop)
		if now < 0 || (now-y)*(at-y) < 0 { // a row of several lines
			cmds = append(cmds, a.step(back))
			break
		}
		if at = now; at == y {
			break
		}
	}
	return tea.Batch(cmds...)
}

// choiceAt moves to the choice under the mouse in the list below a line that is
// typed, or takes it where the cursor is there already.
func (a *App) choiceAt(y int) tea.Cmd {
	g := a.env.Theme.Glyphs
	lines := a.drawn()
	if y >= min(a.h-2, len(lines)) || strings.TrimSpace(lines[y]) == "" {
		return nil
	}
	title := -1 // of the list; the line that is typed stands below it
	for at := bodyTop; at < y; at++ {
		if strings.HasPrefix(lines[at], g.HRule+" ") {
			title = at
		}
	}
	if title < 0 || y < title+2 {
		return nil
	}
	pointed := func() int { return a.pointerIn(a.drawn(), 1, title+2) }
	var cmds []tea.Cmd
	press := func(typed tea.KeyType) { cmds = append(cmds, a.press(tea.KeyMsg{Type: typed})) }
	at := pointed()
	if at < 0 { // the first key shows the cursor
		press(tea.KeyDown)
		if at = pointed(); at < 0 {
			return tea.Batch(cmds...)
		}
	} else if at == y {
		return a.press(tea.KeyMsg{Type: tea.KeyEnter})
	}
	typed := tea.KeyDown
	if y < at {
		typed = tea.KeyUp
	}
	for range max(y-at, at-y) {
		press(typed)
	}
	return tea.Batch(cmds...)
}

// pointer is the line of the cursor of the list that a column belongs to, and the
// column in which that cursor stands: the last one before it with one only. What
// stands behind a rule belongs to no list.
func (a *App) pointer(x, y int) (line, column int) {
	lines := a.drawn()
	for column := min(x, a.w-1); column >= 0; column-- {
		if line := a.pointerIn(lines, column, bodyTop); line >= 0 {
			if y < len(lines) && strings.Contains(ansi.Cut(lines[y], column, x), a.env.Theme.Glyphs.VRule) {
				return -1, -1 // another part of the screen
			}
			return line, column
		}
	}
	return -1, -1
}

// pointerIn is the line that has a cursor in a column, from a line on; -1 where none or
// several have.
func (a *App) pointerIn(lines []string, column, from int) int {
	found := -1
	for y, line := range lines {
		if y < from || y >= a.h-2 || !strings.Contains(line, a.env.Theme.Glyphs.Pointer) || ansi.Cut(line, column, column+1) != a.env.Theme.Glyphs.Pointer {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = y
	}
	return found
}

// pointAt moves the cursor of a chart to the point over or under the mouse; it is
// false where no chart with a cursor is.
func (a *App) pointAt(x, y int) (tea.Cmd, bool) {
	if _, ok := a.can(a.env.Keys.Left); !ok {
		return nil, false
	}
	axis, from, to := a.axis(x, y)
	if axis < 0 {
		return nil, false
	}
	var cmds []tea.Cmd
	at := a.tickOn(axis, from, to)
	if at < 0 { // the first key shows the cursor
		cmds = append(cmds, a.step(a.env.Keys.Left))
		if at = a.tickOn(axis, from, to); at < 0 {
			return tea.Batch(append(cmds, a.step(a.env.Keys.Right))...), false
		}
	}
	on, back := a.env.Keys.Right, a.env.Keys.Left
	if x < at {
		on, back = back, on
	}
	still := 0
	for range tooMany {
		if at == x || still > stuck {
			break
		}
		cmds = append(cmds, a.step(on))
		now := a.tickOn(axis, from, to)
		if now < 0 || (now-x)*(at-x) < 0 { // past it: the nearer of the two
			if now < 0 || distance(now, x) > distance(at, x) {
				cmds = append(cmds, a.step(back))
			}
			break
		}
		if still++; now != at {
			at, still = now, 0
		}
	}
	return tea.Batch(cmds...), true
}

func distance(a, b int) int { return max(a-b, b-a) }

// axis is the line of the time axis that is under a place, and its columns.
func (a *App) axis(x, y int) (line, from, to int) {
	g := a.env.Theme.Glyphs
	for at, text := range a.drawn() {
		if at < y || at < bodyTop || at >= a.h-2 {
			continue
		}
		head, rest, ok := strings.Cut(text, g.Corner)
		if !ok {
			continue
		}
		from = charts.Width(head) + charts.Width(g.Corner)
		end := strings.IndexFunc(rest, func(r rune) bool { return !strings.ContainsRune(g.HRule+g.Tick+g.CursorTick+g.Note, r) })
		if end < 0 {
			end = len(rest)
		}
		if to = from + charts.Width(rest[:end]); to-from >= 4 && x >= from && x < to {
			return at, from, to
		}
	}
	return -1, 0, 0
}

// tickOn is the column of the cursor on an axis, -1 where none is.
func (a *App) tickOn(axis, from, to int) int {
	lines := a.drawn()
	if axis >= len(lines) {
		return -1
	}
	for x := from; x < to; x++ {
		if ansi.Cut(lines[axis], x, x+1) == a.env.Theme.Glyphs.CursorTick {
			return x
		}
	}
	return -1
}
