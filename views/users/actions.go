package users

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	switch {
	case v.prompt.IsOpen():
		return k.TypingActions("", v.prompt.HasChoices())
	case v.tree != nil:
		return v.treeActions()
	case v.person == nil:
		return v.lookUpActions()
	}
	actions := v.leaving()
	lookUp := keys.Action{Key: k.LookUp, Do: v.askWho}
	ticket := keys.Action{Key: k.CopyAs, Label: "ticket", Do: v.copyTicket}
	if v.other != nil {
		return append(append(actions, lookUp, ticket), v.besideActions()...)
	}
	actions = append(actions, v.opening(), ticket,
		keys.Action{Key: k.Find, Do: v.findText, Label: "find"},
		lookUp,
		keys.Action{Key: k.Pane, Do: v.otherPane},
	)
	if v.state.Find != "" {
		actions = append(actions, keys.Action{Key: k.NextHit, Do: v.hit(1)}, keys.Action{Key: k.PreviousHit, Do: v.hit(-1)})
	}
	if v.onWho {
		actions = append(actions, keys.Action{Key: k.Pin, Do: v.pin, Blocked: v.noTrait()})
		actions = append(actions, keys.Action{Key: k.CopyLine, Do: v.copyTrait, Label: "copy value", Blocked: v.noTrait()})
		actions = append(actions, v.trait.Actions(k, v.drawAgain)...)
	} else {
		actions = append(actions, v.cursor.Actions(k, v.drawAgain)...)
		actions = append(actions, v.runActions()...)
	}
	return append(actions, v.storyActions()...)
}

func (v *view) drawAgain() tea.Cmd {
	v.redraw()
	return nil
}

// leaving is what esc does here: each press takes one thing back.
func (v *view) leaving() []keys.Action {
	s := &v.state
	var label string
	var do func()
	switch {
	case v.look.Loading() || v.page.Loading() || v.hunt.Loading() || v.mate.Loading():
		label, do = "cancel", func() { v.look.Stop(); v.page.Stop(); v.hunt.Stop(); v.mate.Stop() }
	case v.other != nil:
		label, do = "one user", func() { v.other, v.marked, s.Beside = nil, nil, text.Raw{} }
	case s.Find != "":
		label, do = "clear", func() { s.Find, v.hits = "", hits{} }
	case s.At != "":
		label, do = "newest", func() { s.At, v.cursor.At = "", min(1, max(len(v.story.rows)-1, 0)) }
	case !s.Only.IsZero():
		label, do = "all events", func() { s.Only = text.Raw{}; v.tell() }
	case len(s.Mute) > 0:
		label, do = "unmute", func() { s.Mute = nil; v.tell() }
	case v.onWho:
		label, do = "story", func() { v.onWho = false }
	case s.Funnel != "":
		label, do = "no funnel", func() { s.Funnel = ""; v.all.Stop() }
	case len(v.found.matches) > 1:
		label, do = "matches", func() { v.page.Stop(); v.tail.Stop(); s.Who = v.found.who.word; v.show(nil) }
	default:
		return nil
	}
	return []keys.Action{{Key: v.env.Keys.Cancel, Label: label, Do: func() tea.Cmd { do(); v.redraw(); return nil }}}
}

// lookUpActions are what can be done while there is no user.
func (v *view) lookUpActions() []keys.Action {
	k := v.env.Keys
	var actions []keys.Action
	if v.look.Loading() {
		actions = append(actions, keys.Action{Key: k.Cancel, Label: "cancel", Do: func() tea.Cmd { v.look.Stop(); v.redraw(); return nil }})
	}
	if len(v.former) > 0 && !v.look.Loading() {
		last := v.former[0]
		actions = append(actions, keys.Action{Key: k.Cancel, Label: "back to the user before", Do: func() tea.Cmd {
			s := last.state
			s.Find, s.Funnel, s.At, s.Beside = "", "", "", text.Raw{}
			v.restore(last, s)
			return nil
		}})
	}
	if len(v.found.matches) > 0 && !v.look.Loading() && v.look.Err == nil {
		actions = append(actions, keys.Action{Key: k.Open, Do: func() tea.Cmd { return v.choose(v.found.matches[v.list.At]) }})
		actions = append(actions, v.list.Actions(k, v.drawAgain)...)
	}
	actions = append(actions, keys.Action{Key: k.LookUp, Do: v.askWho})
	return append(actions, keys.Action{Key: k.Refresh, Do: v.lookUp, Quiet: v.look.Err == nil, Blocked: v.noWho()})
}

func (v *view) noWho() string {
	if v.state.Who.IsZero() {
		return views.Press(v.env.Keys.LookUp) + " to look somebody up first"
	}
	return ""
}

// opening is what enter does to the row or the trait under the cursor.
func (v *view) opening() keys.Action {
	open := keys.Action{Key: v.env.Keys.Open}
	if v.onWho {
		open.Do, open.Blocked, open.Label = v.openTrait, v.noTrait(), "whole value"
		return open
	}
	r, ok := v.under()
	switch {
	case !ok:
		open.Blocked = "there is no event under the cursor"
	case r.kind == missingRow:
		open.Do, open.Label = v.more, "load"
	case r.kind == silenceRow || r.kind == birthRow:
		open.Blocked = "there is nothing to open: move to an event"
	default:
		open.Do = func() tea.Cmd { return v.openEvent(r.newest()) }
	}
	return open
}

// runActions open and close a run of the same event.
func (v *view) runActions() []keys.Action {
	k := v.env.Keys
	open, shut := "this is one event", "this is no part of an opened run"
	r, ok := v.under()
	ok = ok && r.kind == eventRow
	if ok && len(r.of) > 1 {
		open = ""
	}
	if ok && len(r.of) == 1 && len(v.wide) > 0 {
		shut = ""
	}
	return []keys.Action{
		{Key: k.Right, Do: func() tea.Cmd { v.openRun(r, 0); return nil }, Blocked: open, Label: "run"},
		{Key: k.Left, Do: func() tea.Cmd { v.closeRun(r); return nil }, Blocked: shut, Label: "run"},
	}
}

// storyActions are those on the story as a whole and on its event under the
// cursor.
func (v *view) storyActions() []keys.Action {
	k := v.env.Keys
	event := ""
	if _, ok := v.eventUnder(); !ok {
		event = "there is no event under the cursor"
	}
	older, seek := "", ""
	if v.person.history.whole() {
		older = "every event is loaded"
	}
	if !v.person.history.sure() {
		seek = "the server does not count this user's events: load older ones page by page"
	}
	only := keys.Action{Key: k.Only, Do: v.only, Blocked: event}
	if !v.state.Only.IsZero() {
		only.Label, only.Blocked = "all events", ""
	}
	following := keys.Action{Key: k.Follow, Do: v.startFollowing}
	if v.follow.on {
		following.Label = "end following"
	}
	return []keys.Action{
		{Key: k.MoreEvents, Do: v.more, Blocked: older},
		{Key: k.UserFunnel, Do: v.chooseFunnel},
		only,
		{Key: k.Mute, Do: v.mute, Blocked: event},
		{Key: k.GoToMoment, Do: v.chooseMoment, Blocked: seek, Take: v.takeMoment},
		{Key: k.FirstEvent, Do: v.begin},
		following,
		{Key: k.CompareUser, Do: v.mark},
		{Key: k.Web, Do: v.copyWeb, Blocked: v.noWeb(), Quiet: true},
		{Key: k.Refresh, Do: v.refresh, Quiet: true},
	}
}

// eventUnder is the event of the row under the cursor.
func (v *view) eventUnder() (*event, bool) {
	r, ok := v.under()
	if !ok || r.kind != eventRow && r.kind != changeRow {
		return nil, false
	}
	return r.newest(), true
}

func (v *view) otherPane() tea.Cmd {
	v.onWho = !v.onWho
	v.redraw()
	return nil
}

func (v *view) hit(by int) func() tea.Cmd { return func() tea.Cmd { return v.nextHit(by) } }

// findText opens the box for a text to find.
func (v *view) findText() tea.Cmd {
	v.onWho = false
	v.prompt.OpenSearch("find in names and values", v.state.Find, func(typed string) (tea.Cmd, error) {
		return v.seekText(typed), nil
	})
	return nil
}

func (v *view) only() tea.Cmd {
	if !v.state.Only.IsZero() {
		v.state.Only = text.Raw{}
	} else if e, ok := v.eventUnder(); ok {
		v.state.Only = e.name
	}
	v.tell()
	return nil
}

func (v *view) mute() tea.Cmd {
	e, _ := v.eventUnder()
	at := v.cursor.At
	only, _ := v.named()
	v.state.Mute = append(slices.Clone(v.state.Mute), e.name)
	if only == e.name {
		v.state.Only = text.Raw{}
	}
	v.tell()
	v.cursor.At = min(at, max(len(v.story.rows)-1, 0))
	return notice("%s is muted: %s shows it again", e.name.Safe(), views.Named(v.env.Keys.Cancel))
}

// chooseMoment opens the box for a moment to go to.
func (v *view) chooseMoment() tea.Cmd {
	v.prompt.Open("go to", "", true, nil, v.takeMoment)
	v.prompt.Hint = "2 mar 14:00, yesterday 9:30, last monday, 2026-03-02"
	return nil
}

func (v *view) takeMoment(typed string) (tea.Cmd, error) {
	at, err := query.ParseMoment(typed)
	if err != nil {
		return nil, err
	}
	v.state.At, v.onWho = at, false
	return v.goToMoment(), nil
}

// noTrait says why nothing can be done to what is under the cursor.
func (v *view) noTrait() string {
	if t, ok := v.traitUnder(); !ok || t.head != "" {
		return "there is no property under the cursor"
	}
	return ""
}

func (v *view) traitUnder() (trait, bool) {
	if v.trait.At < 0 || v.trait.At >= len(v.traits) {
		return trait{}, false
	}
	return v.traits[v.trait.At], true
}

func (v *view) openTrait() tea.Cmd {
	t, _ := v.traitUnder()
	v.tree = newTree(t.label()+" of "+v.person.name(v.env.Mask), t.doc)
	v.redraw()
	return nil
}

// copyTrait copies a property's value.
func (v *view) copyTrait() tea.Cmd {
	t, _ := v.traitUnder()
	return v.copyValue(t.label(), &node{doc: t.doc, at: -1})
}

// noWeb says why the user's page in the web app has no address here.
func (v *view) noWeb() string {
	switch {
	case v.env.Web == "":
		return "the project's pages are not known: name them as web in the profile"
	case v.env.Mask.On():
		return "the address says who it is: take the mask off first"
	}
	return ""
}

// copyWeb copies the address of the user's page in the web app.
func (v *view) copyWeb() tea.Cmd {
	return v.copyText("web address", webProfile(v.env.Web, v.person.id))
}

// copyValue copies a value whole, with what a terminal must not get made
// visible: a paste of it may go anywhere.
func (v *view) copyValue(what string, n *node) tea.Cmd {
	return v.copyText(what, text.CleanWhole(n.word()))
}

// copyText copies a text, and shows it where the notice has no room for it.
func (v *view) copyText(what, copied string) tea.Cmd {
	long := strings.Contains(copied, "\n") || charts.Width(what)+charts.Width(copied)+50 > v.w
	return views.Send(views.Copy{What: what, Text: copied, Show: long})
}

// pin shows a property first, or no longer.
func (v *view) pin() tea.Cmd {
	t, _ := v.traitUnder()
	pins := slices.DeleteFunc(slices.Clone(v.pins), func(p string) bool { return p == t.name })
	said := t.label() + " is no longer shown first"
	if len(pins) == len(v.pins) {
		pins = append(pins, t.name)
		said = t.label() + " is shown first"
	}
	v.pins = pins
	v.tell()
	if at := slices.IndexFunc(v.traits, func(x trait) bool { return x.name == t.name && x.head == "" }); at >= 0 {
		v.trait.At = at
	}
	if v.env.SavePins == nil {
		return notice("%s, until the program ends", said)
	}
	if err := v.env.SavePins(pins); err != nil {
		return v.bad(err)
	}
	return notice("%s, for this profile", said)
}
