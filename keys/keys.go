// Package keys says what each key means. The one table here feeds dispatch,
// footer, help, palette and the documentation.
package keys

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"
)

// A Place is where a key means something: on every screen, in a text field, or
// in the views that it names. Places that can be on one screen must not share a
// key.
type Place string

// The places. Everywhere and Move are on every screen.
const (
	Everywhere Place = "everywhere"
	Move       Place = "moving about"
	Events     Place = "events"
	Faced      Place = "segment, funnel, retention, revenue, active, sessions, composition, realtime, chart"
	Grouped    Place = "segment, funnel, retention, revenue, active, composition"
	Charts     Place = "segment, funnel, retention, revenue, active"
	Dated      Place = "segment, retention, revenue, active, sessions, composition"
	Watched    Place = "users, realtime"
	Active     Place = "active"
	Sessions   Place = "sessions"
	Chart      Place = "chart"
	Cohorts    Place = "retention, revenue"
	Segment    Place = "segment"
	Funnel     Place = "funnel"
	Retention  Place = "retention"
	Revenue    Place = "revenue"
	Users      Place = "users"
	Value      Place = "an opened value" // of a user or an event
	Typing     Place = "typing"          // in a text field; these cannot be given other keystrokes
)

// Meets says whether two places can be on one screen.
func (p Place) Meets(q Place) bool {
	if (p == Typing) != (q == Typing) {
		return false
	}
	if p == q || p.Shared() || q.Shared() {
		return true
	}
	views := strings.Split(string(q), ", ")
	return slices.ContainsFunc(strings.Split(string(p), ", "), func(view string) bool { return slices.Contains(views, view) })
}

// Shared says whether the place is on every screen that is not a text field.
func (p Place) Shared() bool { return p == Everywhere || p == Move }

// A Key is one meaning and the keystrokes that carry it.
type Key struct {
	Name  string // its name in the configuration's [keys]
	Place Place
	Pair  string // keys of one pair stand together in the footer, under this word
	Words bool   // it is written without signs
	key.Binding
}

// Map is every key of the program.
type Map struct {
	// Everywhere
	Palette, Find, Help, Open, Cancel, Back, Quit, Suspend     Key
	Refresh, CopyLine, CopyAs, Mask, Save, Before, After, Edit Key
	Profile, Zone                                              Key
	View1, View2, View3, View4, View5, View6, MoreViews        Key

	// Moving about
	Up, Down, Left, Right, Top, Bottom Key
	HalfUp, HalfDown, PageUp, PageDown Key

	// Typing
	Take, ChooseUp, ChooseDown, TypeOut, Close Key

	// Events
	Mark, Sort, Reverse, Changed, Funnel, Retention Key

	// Several views
	Interval, By, Where, Segments, Face, Dates, NextGroup, PreviousGroup Key

	// Segment
	Second, Metric, AnyMetric, Compare, Users, Complete, Log, Zero Key
	Rolling, Limit, Hide, Solo                                     Key
	ZoomIn, ZoomOut, PanLeft, PanRight, ZoomAll                    Key

	// Funnel
	AddStep, DropStep, StepDown, StepUp, Undo, ChangeStep, FilterStep Key
	Window, Order, FunnelUsers, FunnelDates, FunnelLimit              Key

	// Retention
	StartEvent, ReturnEvent, Mode, Brackets, Percent Key

	// Revenue
	RevenueMetric Key

	// Users
	LookUp, Pane, NextHit, PreviousHit, Only, Mute, MoreEvents, FirstEvent, GoToMoment Key
	CompareUser, UserFunnel, Pin, Web                                                  Key

	// Users, real-time
	Follow Key

	// Active, sessions, a saved chart
	Counted, SessionMeasure, Bins, OpenChart Key

	// An opened value
	NextPlace, PreviousPlace, CopyPath Key
}

func row(place Place, name, label, help string, keystrokes ...string) Key {
	return Key{Name: name, Place: place, Binding: key.NewBinding(
		key.WithKeys(keystrokes...), key.WithHelp(label, help))}
}

func pair(word string, k Key) Key {
	k.Pair = word
	return k
}

// Default is the keys as they come. A row reads: name, footer word, sentence
// for the help, keystrokes.
func Default() Map {
	const e, m, l, s, t = Everywhere, Move, Events, Segment, Typing
	const f, r, c, u, v = Funnel, Retention, Charts, Users, Value
	return Map{
		Palette:  row(e, "palette", "command", "every action, view and query, by name", ":"),
		Find:     row(e, "find", "find", "filter what is listed", "/"),
		Help:     row(e, "help", "help", "all keys of this screen; twice, what its marks mean", "?"),
		Open:     row(e, "open", "open", "open what the cursor is on", "enter"),
		Cancel:   row(e, "cancel", "back", "cancel what loads, then clear the filter, then go back", "esc"),
		Back:     row(e, "back", "back", "go back, then quit", "q"),
		Quit:     row(e, "quit", "quit", "quit at once", "Q", "ctrl+c"),
		Suspend:  row(e, "suspend", "suspend", "suspend the program (fg comes back)", "ctrl+z"),
		Refresh:  row(e, "refresh", "refresh", "ask again", "r"),
		CopyLine: row(e, "copy", "copy", "copy the query line", "y"),
		Edit:     row(e, "edit", "edit", "every field of the question, in a form", "e"),
		Save:     row(e, "save", "save", "save the query line under a name", "B"),
		Before:   pair("history", row(e, "before", "before", "the question before this one, in whatever view; takes a change back", "H")),
		After:    pair("history", row(e, "after", "after", "the question after this one", "L")),
		CopyAs:   row(e, "copy-as", "copy as", "copy in another form; of a user the summary for a ticket", "Y"),
		Mask:     row(e, "mask", "mask", "pseudonyms in the place of ids, places and text, or these again", "X"),
		Profile:  row(e, "profile", "profile", "choose another profile", "P"),
		Zone:     row(e, "zone", "zone", "tell moments in the project's zone, this computer's, or UTC", "z"),
		View1:    row(e, "view-1", "", "first view", "1"),
		View2:    row(e, "view-2", "", "second view", "2"),
		View3:    row(e, "view-3", "", "third view", "3"),
		View4:    row(e, "view-4", "", "fourth view", "4"),
		View5:    row(e, "view-5", "", "fifth view", "5"),
		View6:    row(e, "view-6", "", "sixth view", "6"),

		MoreViews: row(e, "more-views", "more views", "choose one of the other views: active, sessions, composition, real-time, a saved chart", "7"),

		Up:       pair("move", row(m, "up", "up", "up", "k", "up")),
		Down:     pair("move", row(m, "down", "down", "down", "j", "down")),
		Left:     pair("cursor", row(m, "left", "earlier", "cursor to the left", "h", "left")),
		Right:    pair("cursor", row(m, "right", "later", "cursor to the right", "l", "right")),
		Top:      row(m, "top", "top", "to the beginning", "g", "home"),
		Bottom:   row(m, "bottom", "end", "to the end", "G", "end"),
		HalfUp:   row(m, "half-up", "half page up", "half a page up", "ctrl+u"),
		HalfDown: row(m, "half-down", "half page down", "half a page down", "ctrl+d"),
		PageUp:   row(m, "page-up", "page up", "a page up", "pgup"),
		PageDown: row(m, "page-down", "page down", "a page down", "pgdown"),

		Take:       row(t, "take", "take", "take what is typed or chosen", "enter"),
		ChooseUp:   pair("choose", row(t, "choose-up", "choose", "the suggestion above", "up")),
		ChooseDown: pair("choose", row(t, "choose-down", "choose", "the suggestion below", "down")),
		TypeOut:    row(t, "type-out", "complete", "type the suggestion out", "tab"),
		Close:      row(t, "close", "close", "leave the text field", "esc"),

		Mark:      row(l, "mark", "mark", "mark the event for a chart of several", " "),
		Sort:      row(l, "sort", "sort", "sort by the next column", "s"),
		Reverse:   row(l, "reverse", "reverse", "turn the order round", "S"),
		Changed:   row(l, "changed", "changed", "only what has changed since you last looked, or all", "c"),
		Funnel:    row(l, "funnel", "funnel", "funnel of the marked events, in the order of marking", "F"),
		Retention: row(l, "retention", "retention", "retention of the event", "R"),

		Interval:      row(c, "interval", "interval", "next interval: the length of a bucket or cohort", "i"),
		By:            row(Grouped, "group-by", "by", "group by a property", "b"),
		Where:         row(c, "where", "where", "filter the users (segment: also the event, by event:NAME)", "w"),
		Segments:      row(c, "segments", "segments", "add a segment to compare, or drop one", "s"),
		Face:          row(Faced, "face", "chart/table", "next way to draw the same answer", "t"),
		Dates:         row(Dated, "dates", "dates", "choose or type the dates", "d"),
		NextGroup:     pair("group", row(Cohorts, "next-group", "group", "the next group or segment", "J")),
		PreviousGroup: pair("group", row(Cohorts, "previous-group", "group", "the group or segment before", "K")),

		Second:    row(s, "second-event", "2nd event", "add, change or drop a second event", "E"),
		Metric:    row(s, "metric", "metric", "next metric: uniques, totals, average, % active", "m"),
		AnyMetric: row(s, "any-metric", "all metrics", "choose any metric, property metrics and formulas too", "M"),
		Compare:   row(s, "compare", "compare", "lay the period before over it", "v"),
		Users:     row(s, "users", "any/active", "count any users or active ones", "n"),
		Complete:  row(s, "complete", "complete", "complete periods only", "c"),
		Log:       row(s, "log", "log", "logarithmic values", "S"),
		Zero:      row(s, "zero", "zero base", "value axis from zero, or fitted to the data", "Z"),
		Rolling:   row(s, "rolling", "rolling", "rolling average or window over so many intervals", "a"),
		Limit:     row(s, "limit", "limit", "how many groups to ask for", "#"),
		Hide:      row(s, "hide", "hide", "hide or show the series", " "),
		Solo:      row(s, "solo", "solo", "show only this series, or all", "!"),
		ZoomIn:    pair("zoom", row(s, "zoom-in", "zoom in", "half the dates", "+", "=")),
		ZoomOut:   pair("zoom", row(s, "zoom-out", "zoom out", "twice the dates", "-")),
		PanLeft:   pair("pan", row(s, "pan-left", "earlier", "move the zoomed part to the left", "[")),
		PanRight:  pair("pan", row(s, "pan-right", "later", "move the zoomed part to the right", "]")),
		ZoomAll:   row(s, "zoom-all", "all dates", "all dates again", "0"),

		AddStep:     row(f, "add-step", "add step", "add a step, by a part of its name", "a"),
		DropStep:    row(f, "drop-step", "drop", "drop the step under the cursor", "d"),
		StepDown:    pair("reorder", row(f, "step-down", "later", "move the step under the cursor down", "J")),
		StepUp:      pair("reorder", row(f, "step-up", "earlier", "move the step under the cursor up", "K")),
		Undo:        row(f, "undo", "undo", "take back the last change of the steps", "u"),
		ChangeStep:  row(f, "change-step", "change step", "choose another event for the step under the cursor", "C"),
		FilterStep:  row(f, "filter-step", "filter step", "filter the step under the cursor by a property of its event", "f"),
		Window:      row(f, "window", "window", "conversion window: how long the whole funnel may take", "c"),
		Order:       row(f, "order", "order", "next order: as listed, any, or with nothing between", "m"),
		FunnelUsers: row(f, "new-users", "new/active", "count new users only, or all active ones", "n"),
		FunnelDates: row(f, "funnel-dates", "dates", "choose or type the dates", "D"),
		FunnelLimit: row(f, "funnel-limit", "limit", "how many groups to ask for", "#"),

		StartEvent:  row(r, "start-event", "start", "choose the event that begins a cohort", "S"),
		ReturnEvent: row(r, "return-event", "return", "choose the event that counts as coming back", "E"),
		Mode:        row(r, "mode", "mode", "on day N, or on it and later (rolling)", "m"),
		Brackets:    row(r, "brackets", "brackets", "type spans of days that count as one", "M"),
		Percent:     row(r, "percent", "count/%", "counts or percentages", "%"),

		RevenueMetric: row(Revenue, "revenue-metric", "metric", "next metric: ARPU, ARPPU, total revenue, paying users", "m"),

		LookUp:      row(u, "look-up", "look up", "look somebody up", "u"),
		Pane:        row(u, "pane", "who/story", "move over who the user is, or over what happened", "tab"),
		NextHit:     pair("next", row(u, "next-hit", "next", "the next event that holds the text", "n")),
		PreviousHit: pair("next", row(u, "previous-hit", "previous", "the event before that holds the text", "N")),
		Only:        row(u, "only", "only this", "show this event only, or all again", "@"),
		Mute:        row(u, "mute", "mute", "leave this event out", "x"),
		MoreEvents:  row(u, "more", "more", "load older events", "m"),
		FirstEvent:  row(u, "first-event", "very first", "load the very first events", "A"),
		GoToMoment:  row(u, "at", "go to", "go to a moment, as in 2 mar 14:00", "a"),
		CompareUser: row(u, "compare-user", "compare", "mark the user, to compare with the next one", "="),
		UserFunnel:  row(u, "user-funnel", "funnel", "how far this user gets in a funnel", "F"),
		Pin:         row(u, "pin", "pin", "show the property first, or no longer", "p"),
		Web:         row(u, "web", "web page", "copy the address of the user's page in the web app", "o"),

		Follow: row(Watched, "follow", "follow", "watch for what is new, or end that", "f"),

		Counted: row(Active, "counted", "active/new", "count active users, or those who were new", "m"),

		SessionMeasure: row(Sessions, "session-measure", "measure", "next measure: lengths, average length, sessions per user", "m"),
		Bins:           row(Sessions, "bins", "bins", "by which lengths sessions are counted", "#"),

		OpenChart: row(Chart, "open-chart", "open", "open a saved chart by its id or its address", "u"),

		NextPlace:     pair("next", row(v, "next-place", "next", "the next place that holds the text", "n")),
		PreviousPlace: pair("next", row(v, "previous-place", "previous", "the place before that holds the text", "N")),
		CopyPath:      row(v, "copy-path", "copy path", "copy where the value is", "p"),
	}
}

// All lists every key, in the order of the documentation.
func (m *Map) All() []*Key {
	return []*Key{
		&m.Palette, &m.Find, &m.Help, &m.Open, &m.Cancel, &m.Back, &m.Quit, &m.Suspend,
		&m.Refresh, &m.CopyLine, &m.CopyAs, &m.Mask, &m.Profile, &m.Zone, &m.Edit, &m.Save, &m.Before, &m.After,
		&m.View1, &m.View2, &m.View3, &m.View4, &m.View5, &m.View6, &m.MoreViews,
		&m.Up, &m.Down, &m.Left, &m.Right, &m.Top, &m.Bottom,
		&m.HalfUp, &m.HalfDown, &m.PageUp, &m.PageDown,
		&m.Take, &m.ChooseUp, &m.ChooseDown, &m.TypeOut, &m.Close,
		&m.Mark, &m.Sort, &m.Reverse, &m.Changed, &m.Funnel, &m.Retention,
		&m.Face, &m.By, &m.Interval, &m.Where, &m.Segments, &m.Dates, &m.NextGroup, &m.PreviousGroup,
		&m.Second, &m.Metric, &m.AnyMetric, &m.Compare, &m.Users, &m.Complete, &m.Log,
		&m.Zero, &m.Rolling, &m.Limit, &m.Hide, &m.Solo,
		&m.ZoomIn, &m.ZoomOut, &m.PanLeft, &m.PanRight, &m.ZoomAll,
		&m.AddStep, &m.DropStep, &m.StepDown, &m.StepUp, &m.Undo, &m.ChangeStep, &m.FilterStep,
		&m.Window, &m.Order, &m.FunnelUsers, &m.FunnelDates, &m.FunnelLimit,
		&m.StartEvent, &m.ReturnEvent, &m.Mode, &m.Brackets, &m.Percent,
		&m.RevenueMetric,
		&m.LookUp, &m.Pane, &m.NextHit, &m.PreviousHit, &m.Only, &m.Mute, &m.MoreEvents, &m.FirstEvent, &m.GoToMoment,
		&m.CompareUser, &m.UserFunnel, &m.Pin, &m.Web,
		&m.Follow, &m.Counted, &m.SessionMeasure, &m.Bins, &m.OpenChart,
		&m.NextPlace, &m.PreviousPlace, &m.CopyPath,
	}
}

// Views lists the keys of the views, first to sixth.
func (m *Map) Views() []Key {
	return []Key{m.View1, m.View2, m.View3, m.View4, m.View5, m.View6}
}

// Show is a keystroke as it is written in footers and help.
func Show(keystroke string) string {
	switch keystroke {
	case " ":
		return "space"
	case "up":
		return "↑"
	case "down":
		return "↓"
	case "left":
		return "←"
	case "right":
		return "→"
	}
	return inWords(keystroke)
}

// inWords is a keystroke without signs: in ASCII a sign would be that of another key.
func inWords(keystroke string) string {
	switch keystroke {
	case " ":
		return "space"
	case "pgdown":
		return "pgdn"
	}
	return keystroke
}

// InWords are the same keys, written without signs.
func (m Map) InWords() Map {
	for _, k := range m.All() {
		k.Words = true
	}
	return m
}

// Shown is the key's first keystroke as it is written.
func (k Key) Shown() string {
	if len(k.Keys()) == 0 {
		return ""
	}
	return k.Written()[0]
}

// Written are all its keystrokes as they are written.
func (k Key) Written() []string {
	write := Show
	if k.Words {
		write = inWords
	}
	shown := make([]string, len(k.Keys()))
	for i, s := range k.Keys() {
		shown[i] = write(s)
	}
	return shown
}

// AllShown is all its keystrokes as they are written.
func (k Key) AllShown() string { return strings.Join(k.Written(), " ") }
