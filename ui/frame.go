package ui

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
	"amptui/keys"
	"amptui/views"
)

// least is the smallest terminal that is drawn in.
const leastWidth, leastHeight = 40, 10

// Project is what the header says of where the data come from.
type Project struct {
	Profile string // "demo", a profile's name, or the name of an event file
	Name    string // the project's name, if known
	Badge   string // such as "as of 21 Aug 2026" for a fixed clock
}

// Frame is the whole screen: exactly as many lines and cells as the terminal
// has.
func (a *App) Frame() string {
	if a.w <= 0 || a.h <= 0 {
		return ""
	}
	if a.w < leastWidth || a.h < leastHeight {
		return charts.Fit(fmt.Sprintf("%dx%d needed", leastWidth, leastHeight), a.w, a.h)
	}
	th := a.env.Theme
	rule := th.Rule.Paint(strings.Repeat(th.Glyphs.HRule, a.w))
	parts := []string{a.header(), rule, a.body(), a.noticeLine(rule), a.footer()}
	return charts.Fit(strings.Join(parts, "\n"), a.w, a.h)
}

func (a *App) body() string {
	room := a.room()
	switch {
	case a.over == helpOver:
		return a.help(room.Width, room.Height)
	case a.over == formOver:
		return a.form.Draw(room.Width, room.Height, a.env.Theme, a.env.Keys)
	case a.over == whyOver:
		return a.explanation(room.Width, room.Height)
	case a.over == textOver:
		return a.drawShown(room.Width, room.Height)
	case a.over == paletteOver:
		return a.palette.draw(a, a.behind(), room.Width, room.Height)
	}
	return a.behind()
}

// behind is what lies under an overlay.
func (a *App) behind() string {
	room := a.room()
	if v := a.view(); v != nil {
		return charts.Fit(v.View(), room.Width, room.Height)
	}
	return charts.Fit(a.setup.draw(a), room.Width, room.Height)
}

// header names the project and its zone, the views with their keys, and what
// of the API's budget is known to be spent; as much of it as there is room for.
// That the mask is on stands there in any room.
func (a *App) header() string {
	top := a.headline()
	return top.left + strings.Repeat(" ", max(a.w-charts.Width(top.left)-charts.Width(top.budget), 0)) + a.env.Theme.Dim.Paint(top.budget)
}

// headline is how the header is laid out in the room there is.
type headline struct {
	left, budget string
	at           int // the column of the first tab
	titles       bool
	more         moreWords
	gap          string
}

func (a *App) headline() headline {
	th := a.env.Theme
	all := strings.Join(given(a.project.Profile, a.project.Name, a.zone(), a.project.Badge), th.Glyphs.Dot)
	short := strings.Join(given(a.project.Profile, a.zone()), th.Glyphs.Dot)
	brief := strings.Join(given(a.briefName(), a.zone()), th.Glyphs.Dot)
	badge := ""
	if word := a.maskBadge(); word != "" {
		badge = th.Warn.Paint(word) + "  "
	}
	var where, budget, tabs, gap string
	titles, more, between, blanks := false, moreNone, "", 0
	for _, try := range []struct {
		where  string
		budget budgetWords
		titles bool
		more   moreWords
		gap    string
	}{
		{all, budgetAll, true, moreTitle, "  "},
		{all, budgetLong, true, moreTitle, "  "},
		{short, budgetAll, true, moreTitle, "  "},
		{short, budgetLong, true, moreTitle, "  "},
		{short, budgetShort, true, moreKey, " "},
		{brief, budgetShort, true, moreKey, " "},
		{short, budgetShort, true, moreNone, " "}, // the names of the main views come first
		{brief, budgetShort, true, moreNone, " "},
		{all, budgetAll, false, moreKey, "  "},
		{short, budgetLong, false, moreKey, "  "},
		{short, budgetShort, false, moreKey, " "},
		{short, budgetNone, false, moreKey, " "},
	} {
		where, budget, tabs, gap = try.where, "", a.tabs(try.titles, try.more, try.gap), try.gap
		titles, more, between = try.titles, try.more, try.gap
		if try.budget != budgetNone {
			budget = a.budget(try.budget)
		}
		if blanks = len(gap); budget != "" {
			blanks *= 2
		}
		if 1+charts.Width(where)+charts.Width(badge)+charts.Width(tabs)+blanks+charts.Width(budget) <= a.w {
			break
		}
	}
	where = charts.Cut(where, max(a.w-charts.Width(badge)-charts.Width(tabs)-charts.Width(budget)-blanks-1, 0))
	if 1+charts.Width(where)+2+charts.Width(badge)+charts.Width(tabs)+len(gap)+charts.Width(budget) <= a.w {
		gap = "  "
	}
	left := " " + th.Title.Paint(where) + gap + badge
	return headline{left: left + tabs, budget: budget, at: charts.Width(left), titles: titles, more: more, gap: between}
}

// briefName is what tells the project where there is little room: of an event file the
// beginning of its name, without what all of them end with.
func (a *App) briefName() string {
	name, _, more := strings.Cut(a.project.Profile, " + ")
	for _, ending := range []string{".gz", ".zip", ".jsonl", ".json"} {
		name = strings.TrimSuffix(name, ending)
	}
	if more {
		name += " +"
	}
	return charts.Cut(name, 12)
}

// given are the words that are not empty.
func given(words ...string) []string {
	return slices.DeleteFunc(words, func(s string) bool { return s == "" })
}

// zone is the zone of the times in front as it is now: the project's, but for the
// moments of a user.
func (a *App) zone() string {
	if spec, ok := a.spec(a.front); ok && spec.Personal {
		return views.ZoneName(a.env.Now().In(a.env.Clock()))
	}
	return views.ZoneName(a.env.Today())
}

// tabs are the views, the one in front marked.
func (a *App) tabs(titles bool, more moreWords, gap string) string {
	th := a.env.Theme
	var parts []string
	for _, tab := range a.tabList(titles, more) {
		style := th.Dim
		if tab.front {
			style = th.Selected
		}
		parts = append(parts, style.Paint(tab.label))
	}
	return strings.Join(parts, gap)
}

// tab is a word of the header that brings a view to the front; one without a name
// lists the further views.
type tab struct {
	label, name string
	front       bool
}

// tabList are the main views, without titles as numbers but for the one in front, and
// the way to the further ones.
func (a *App) tabList(titles bool, more moreWords) []tab {
	var all []tab
	for i, s := range a.mainViews() {
		label := ""
		if own := a.env.Keys.Views(); i < len(own) {
			label = own[i].Shown()
		}
		if titles || s.Name == a.front || label == "" {
			label = strings.TrimSpace(label + " " + s.Title)
		}
		all = append(all, tab{label, s.Name, s.Name == a.front})
	}
	if label, front := a.moreTab(more); label != "" {
		all = append(all, tab{label: label, front: front})
	}
	return all
}

// tabAt is the view whose tab stands in a column of the header, without a name where
// that lists the further ones.
func (a *App) tabAt(x int) (name string, ok bool) {
	top := a.headline()
	from := top.at
	for _, tab := range a.tabList(top.titles, top.more) {
		end := from + charts.Width(tab.label)
		if x >= from && x < end {
			return tab.name, true
		}
		from = end + charts.Width(top.gap)
	}
	return "", false
}

// noticeLine is the rule above the footer, or what must be said just now.
func (a *App) noticeLine(rule string) string {
	if a.notice.Text == "" {
		return rule
	}
	th := a.env.Theme
	style := th.Good
	if a.notice.Bad {
		style = th.Bad
	}
	return " " + style.Paint(charts.Cut(a.notice.Text, a.w-2))
}

// endNotice takes a notice away, unless a newer one stands there.
func (a *App) endNotice(n noticeOver) tea.Cmd {
	if n.number == a.noticed {
		a.notice = views.Notice{}
	}
	return nil
}

// footer shows the keys that work now, as many as fit; the way back and the help
// are always there.
func (a *App) footer() string {
	actions := a.actions()
	hints, always := a.hints(actions), a.always(actions)
	room := a.w - 2
	for _, h := range always {
		room -= hintWidth(h)
	}
	shown := make([]keys.Hint, 0, len(hints))
	for _, h := range hints {
		if slices.ContainsFunc(always, func(x keys.Hint) bool { return x.Keys == h.Keys }) {
			continue
		}
		if room -= hintWidth(h); room < 0 {
			break
		}
		shown = append(shown, h)
	}
	th := a.env.Theme
	var b strings.Builder
	b.WriteString(" ")
	for _, h := range append(shown, always...) {
		b.WriteString(th.Key.Paint(h.Keys) + " " + th.Dim.Paint(h.Word) + "  ")
	}
	return b.String()
}

// always are the hints that no other pushes out.
func (a *App) always(actions []keys.Action) []keys.Hint {
	if a.over != nothing || a.view() != nil && a.view().Typing() {
		return nil
	}
	k := a.env.Keys
	var hints []keys.Hint
	if help := k.Help.Shown(); help != "" {
		hints = append(hints, keys.Hint{Keys: help, Word: k.Help.Help().Key})
	}
	for _, action := range actions {
		if action.Key.Name == k.Cancel.Name && k.Cancel.Shown() != "" && (len(a.back) > 0 || !action.Quiet) {
			hints = append([]keys.Hint{{Keys: action.Key.Shown(), Word: action.Word()}}, hints...)
		}
	}
	return hints
}

// hints are the footer's entries for where the keys go now.
func (a *App) hints(actions []keys.Action) []keys.Hint {
	k := a.env.Keys
	switch {
	case a.over == helpOver && a.explains():
		return keys.Footer([]keys.Action{{Key: k.Help, Label: "explain"}, {Key: k.Cancel, Label: "close"}, {Key: k.Down, Label: "scroll"}, {Key: k.Up}})
	case a.over == helpOver, a.over == whyOver, a.over == textOver:
		return keys.Footer([]keys.Action{{Key: k.Cancel, Label: "close"}, {Key: k.Down, Label: "scroll"}, {Key: k.Up}})
	case a.over == paletteOver:
		return keys.Footer(k.TypingActions("", true))
	case a.over == formOver:
		return keys.Footer([]keys.Action{{Key: k.Take, Label: "ask"}, {Key: k.ChooseUp, Label: "field"}, {Key: k.ChooseDown, Label: "field"}, {Key: k.TypeOut}, {Key: k.Close}})
	}
	return keys.Footer(actions)
}

func hintWidth(h keys.Hint) int { return charts.Width(h.Keys) + 1 + charts.Width(h.Word) + 2 }
