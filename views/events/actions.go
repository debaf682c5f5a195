package events

import (
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.typing {
		return k.TypingActions("clear", false)
	}
	var actions []keys.Action
	switch {
	case v.req.Loading():
		actions = append(actions, keys.Action{Key: k.Cancel, Do: v.cancel, Label: "cancel"})
	case v.state.Find != "" || v.state.Changed:
		actions = append(actions, keys.Action{Key: k.Cancel, Do: v.cancel, Label: "clear"})
	}
	actions = append(actions, keys.Action{Key: k.Find, Do: v.find}, v.openAction())
	actions = append(actions, v.links()...)
	actions = append(actions, []keys.Action{
		{Key: k.Sort, Do: v.sort},
		{Key: k.Mark, Do: v.mark, Blocked: v.nothingUnder()},
	}...)
	actions = append(actions, v.cursor.Actions(k, v.look)...)
	actions = append(actions, keys.Action{Key: k.Reverse, Do: v.reverse, Quiet: true})
	actions = append(actions, keys.Action{Key: k.Changed, Do: v.changed, Quiet: v.list.changed() == 0})
	actions = append(actions, keys.Action{Key: k.Refresh, Do: v.refresh, Quiet: true})
	return actions
}

func (v *view) nothingUnder() string {
	if _, ok := v.under(); !ok {
		return "there is no event under the cursor"
	}
	return ""
}

func (v *view) openAction() keys.Action {
	a := keys.Action{Key: v.env.Keys.Open, Do: v.chart, Label: "chart", Blocked: v.nothingUnder()}
	if len(v.marks) > 2 {
		a.Blocked = "a chart takes two events: " + views.Press(v.env.Keys.Mark) + " to unmark some"
	}
	return a
}

// links are the other views that take events, where there are such views.
func (v *view) links() []keys.Action {
	var actions []keys.Action
	if v.env.Has("funnel") {
		a := keys.Action{Key: v.env.Keys.Funnel, Do: v.openMarked("funnel")}
		if len(v.marks) < 2 {
			a.Blocked = views.Press(v.env.Keys.Mark) + " to mark two events or more, in the order of the steps"
		}
		actions = append(actions, a)
	}
	if v.env.Has("retention") {
		actions = append(actions, keys.Action{
			Key: v.env.Keys.Retention, Quiet: true, Blocked: v.nothingUnder(),
			Do: func() tea.Cmd { e, _ := v.under(); return v.goTo("retention", "_new", word(e.Name)) },
		})
	}
	return actions
}

func word(name text.Raw) string { return query.PrintEvent(api.Event{Name: name}) }

func (v *view) goTo(view string, args ...string) tea.Cmd {
	return views.Send(views.Goto{View: view, Args: args})
}

func (v *view) openMarked(view string) func() tea.Cmd {
	return func() tea.Cmd {
		words := make([]string, len(v.marks))
		for i, name := range v.marks {
			words[i] = word(name)
		}
		return v.goTo(view, words...)
	}
}

// chart opens the marked events, or the one under the cursor.
func (v *view) chart() tea.Cmd {
	if len(v.marks) > 0 {
		return v.openMarked("segment")()
	}
	e, _ := v.under()
	return v.goTo("segment", word(e.Name))
}

func (v *view) mark() tea.Cmd {
	e, _ := v.under()
	if at := slices.Index(v.marks, e.Name); at >= 0 {
		v.marks = slices.Delete(v.marks, at, at+1)
	} else {
		v.marks = append(v.marks, e.Name)
	}
	v.version++
	v.cursor.Move(1)
	return v.look()
}

func (v *view) sort() tea.Cmd {
	all := sorts()
	v.state.Sort = all[(slices.Index(all, v.state.Sort)+1)%len(all)]
	v.state.Reverse = false
	v.arrange()
	return v.look()
}

func (v *view) reverse() tea.Cmd {
	v.state.Reverse = !v.state.Reverse
	v.arrange()
	return v.look()
}

func (v *view) find() tea.Cmd {
	v.typing, v.begun = true, v.state.Find == ""
	v.filter.SetValue(v.state.Find)
	v.filter.CursorEnd()
	return nil
}

// cancel gives up what loads; else it clears the filter.
func (v *view) cancel() tea.Cmd {
	if v.req.Loading() {
		v.req.Stop()
		return nil
	}
	v.state.Changed = false
	v.setFilter("")
	return v.look()
}

// changed shows only what has changed since the last visit, or all again.
func (v *view) changed() tea.Cmd {
	v.state.Changed = !v.state.Changed
	v.arrange()
	return v.look()
}
