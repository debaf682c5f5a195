package users

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
)

// openEvent opens an event as a tree, its own properties first.
func (v *view) openEvent(e *event) tea.Cmd {
	t := e.time.In(v.env.Clock())
	title := e.name.Safe() + v.env.Theme.Glyphs.Dot + t.Format("Mon 2 Jan 2006 15:04:05.000 ") + views.ZoneName(t)
	v.tree = newTree(title, v.eventDoc(e), "event_type", "event_time", "event_properties", "user_properties")
	v.redraw()
	return nil
}

func (v *view) treeActions() []keys.Action {
	k, t := v.env.Keys, v.tree
	do := func(f func()) func() tea.Cmd { return func() tea.Cmd { f(); v.redraw(); return nil } }
	leave := keys.Action{Key: k.Cancel, Label: "close", Do: do(func() { v.tree = nil })}
	if t.find != "" {
		leave = keys.Action{Key: k.Cancel, Label: "clear", Do: do(func() { t.find = "" })}
	}
	path := keys.Action{Key: k.CopyPath, Do: v.copyPath}
	if t.under().path() == "" {
		path.Blocked = "this value is in nothing"
	}
	actions := []keys.Action{
		leave,
		{Key: k.CopyLine, Label: "copy value", Do: func() tea.Cmd { return v.copyValue(nodeWords(t.under()), t.under()) }},
		path,
		{Key: k.CopyAs, Label: "ticket", Do: v.copyTicket, Quiet: true},
		{Key: k.Find, Label: "find", Do: v.findInTree},
		{Key: k.Open, Label: "fold", Do: do(t.turn)},
	}
	if t.find != "" {
		actions = append(actions, keys.Action{Key: k.NextPlace, Do: v.nextPlace(1)}, keys.Action{Key: k.PreviousPlace, Do: v.nextPlace(-1)})
	}
	actions = append(actions, t.cursor.Actions(k, v.drawAgain)...)
	return append(actions,
		keys.Action{Key: k.Right, Do: do(t.into), Label: "in/out"},
		keys.Action{Key: k.Left, Do: do(t.out), Label: "in/out"},
		keys.Action{Key: k.Back, Do: do(func() { v.tree = nil }), Label: "close", Quiet: true},
	)
}

// nodeWords is what the copy of a value is called.
func nodeWords(n *node) string {
	if path := n.path(); path != "" {
		return "the value of " + charts.Cut(path, 40)
	}
	return "the value"
}

func (v *view) copyPath() tea.Cmd {
	return v.copyText("the path", v.tree.under().path())
}

func (v *view) findInTree() tea.Cmd {
	v.prompt.OpenSearch("find in names and values", v.tree.find, func(typed string) (tea.Cmd, error) {
		v.tree.find = strings.TrimSpace(typed)
		v.redraw()
		if v.tree.find == "" || v.tree.under().holds(v.tree.find) {
			return nil, nil
		}
		return v.nextPlace(1)(), nil
	})
	return nil
}

func (v *view) nextPlace(by int) func() tea.Cmd {
	return func() tea.Cmd {
		v.redraw()
		if !v.tree.next(by) {
			return notice("nothing here holds %s", text.Clean(v.tree.find))
		}
		return nil
	}
}

// drawTree draws the opened value under its title, and where the cursor is.
func (v *view) drawTree(w, h int) string {
	th, t := v.env.Theme, v.tree
	if t.wide != w {
		n := t.under()
		t.wide = w
		t.lay()
		t.goTo(n)
	}
	lines := []string{" " + th.Title.Paint(charts.Cut(t.title, max(w-2, 0)))}
	room := max(h-2, 1)
	t.cursor.Page = room
	t.cursor.Top = charts.Scroll(t.cursor.At, t.cursor.Top, t.cursor.Len, room)
	for i := t.cursor.Top; i < len(t.lines) && i < t.cursor.Top+room; i++ {
		lines = append(lines, t.draw(t.lines[i], i == t.cursor.At, w, th))
	}
	body := charts.Fit(strings.Join(lines, "\n"), w, h-1)
	return body + "\n" + charts.Fit(" "+th.Dim.Paint(charts.Cut(t.under().path(), max(w-2, 0))), w, 1)
}

// draw is one line of the tree.
func (t *tree) draw(l line, under bool, w int, th theme.Theme) string {
	gutter := " "
	if under {
		gutter = th.Accent.Paint(th.Glyphs.Pointer)
	}
	n := l.node
	indent := strings.Repeat(" ", min(n.indent(), w/2))
	if l.more {
		return gutter + indent + "    " + l.part
	}
	fold := " "
	if n.isContainer() && !n.isEmpty() {
		fold = th.Glyphs.Closed
		if n.open {
			fold = th.Glyphs.Opened
		}
	}
	key := text.Clean(n.key)
	if n.at >= 0 && n.up != nil {
		key = fmt.Sprint(n.at)
	}
	head := gutter + indent + th.Dim.Paint(fold) + " "
	key = charts.Cut(key, max(w/2, 8))
	if n.up != nil {
		key += "  "
	}
	style, keyStyle := th.Text, th.Dim
	if t.find != "" && n.holds(t.find) {
		keyStyle = th.Match
	}
	if under {
		style = th.Selected
	}
	room := max(w-charts.Width(head)-charts.Width(key)-1, 1)
	return head + keyStyle.Paint(key) + style.Paint(charts.Cut(t.value(n), room))
}

// value is what stands behind a name: the value, or how much is in it.
func (t *tree) value(n *node) string {
	switch {
	case n.empty:
		return fmt.Sprintf("%d without a value", len(n.kids))
	case n.isEmpty():
		return string(n.doc)
	case n.isContainer():
		n.parse()
		if n.doc[0] == '[' {
			return counted(len(n.kids), "value")
		}
		return counted(len(n.kids), "name")
	case n.open:
		return counted(len(n.word()), "byte")
	}
	word := text.Clean(short(n.word()))
	if n.doc[0] == '"' {
		word = `"` + word + `"` // a text, where 36 would be a number
	}
	return word
}
