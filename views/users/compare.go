package users

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// comparison is two users side by side.
type comparison struct {
	traits []pair     // properties that differ
	only   [2][]tally // events that one has and the other lacks, most first
	common int        // events that both have
	path   path
}

// pair is a property of both; "" is one that is not set.
type pair struct{ name, a, b string }

// tally is how often an event happened.
type tally struct {
	name  text.Raw
	count int
}

// path is how both went, from their first loaded events on, each event once in
// a row.
type path struct {
	same  []text.Raw    // what both began with
	then  [2][]text.Raw // what came next; nothing where one of them ends
	whole bool          // both paths begin with the very first event
}

// next is how much of a path behind the parting is shown.
const next = 5

// compared sets two users side by side.
func compared(a, b *person, ta, tb []trait) comparison {
	c := comparison{traits: differing(ta, tb)}
	na, nb := tallies(a.history), tallies(b.history)
	c.only[0], c.common = lacking(na, nb)
	c.only[1], _ = lacking(nb, na)
	c.path = parting(steps(a.history), steps(b.history))
	c.path.whole = a.history.born() && b.history.born()
	return c
}

// differing are the properties in which two users differ; what tells every user
// from every other is left out.
func differing(a, b []trait) []pair {
	var out []pair
	at := map[string]int{}
	own := []string{"user_id", "amplitude_id", "merged_amplitude_ids", "device_ids"}
	for side, list := range [][]trait{a, b} {
		for _, t := range list {
			if t.head != "" || slices.Contains(own, t.name) {
				continue
			}
			i, ok := at[t.name]
			if !ok {
				i = len(out)
				at[t.name] = i
				out = append(out, pair{name: t.ownLabel()})
			}
			if side == 0 {
				out[i].a = t.shown
			} else {
				out[i].b = t.shown
			}
		}
	}
	return slices.DeleteFunc(out, func(p pair) bool { return p.a == p.b })
}

func tallies(h *history) map[text.Raw]int {
	out := map[text.Raw]int{}
	for _, s := range h.spans {
		for i := range s.events {
			out[s.events[i].name]++
		}
	}
	return out
}

// lacking are the events of one that the other has not, and how many both have.
func lacking(one, other map[text.Raw]int) (out []tally, common int) {
	for name, n := range one {
		if other[name] > 0 {
			common++
		} else {
			out = append(out, tally{name, n})
		}
	}
	slices.SortFunc(out, func(a, b tally) int {
		if a.count != b.count {
			return b.count - a.count
		}
		return strings.Compare(a.name.Safe(), b.name.Safe())
	})
	return out, common
}

// steps are the names of the events of the oldest span, the oldest first, each
// once in a row.
func steps(h *history) []text.Raw {
	if len(h.spans) == 0 {
		return nil
	}
	var out []text.Raw
	for _, e := range slices.Backward(h.spans[len(h.spans)-1].events) {
		if len(out) == 0 || out[len(out)-1] != e.name {
			out = append(out, e.name)
		}
	}
	return out
}

// parting is where two paths part.
func parting(a, b []text.Raw) path {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	p := path{same: a[:n]}
	p.then[0], p.then[1] = a[n:min(len(a), n+next)], b[n:min(len(b), n+next)]
	return p
}

// mark keeps the user to compare with the next one that is looked up; a second
// press lets go.
func (v *view) mark() tea.Cmd {
	v.redraw()
	if v.marked != nil && v.marked.id == v.person.id {
		v.marked = nil
		return notice("nobody is marked any more")
	}
	if v.marked != nil {
		v.beside(v.marked, v.person)
		return views.Send(views.Notice{})
	}
	v.marked = v.person
	return notice("%s is marked: %s looks up whom to compare with", v.person.name(v.env.Mask), views.Named(v.env.Keys.LookUp))
}

// lookBeside looks the other user of the state up.
func (v *view) lookBeside() tea.Cmd {
	client, who, limit := v.env.API, pasted(query.PrintWord(v.state.Beside)), v.state.Limit
	return v.mate.Start(func(ctx context.Context) (found, error) { return find(ctx, client, who, limit) })
}

// tookMate shows the other user beside the first.
func (v *view) tookMate(f found, err error) tea.Cmd {
	v.redraw()
	if err != nil {
		return v.bad(err)
	}
	if f.first == nil {
		return views.Send(views.Notice{Bad: true, Text: fmt.Sprintf("%s is %s: name one user to compare with", v.state.masked(v.env.Mask).Beside.Safe(), manyOrNobody(len(f.matches)))})
	}
	v.other = newPerson(f.how, *f.first, v.env.Now())
	v.compare()
	return nil
}

func manyOrNobody(n int) string {
	if n == 0 {
		return "nobody"
	}
	return charts.Exact(float64(n)) + " users"
}

// compare works out again how both differ.
func (v *view) compare() {
	v.redraw()
	if v.other == nil || v.person == nil {
		return
	}
	both := func(u api.User) []trait { return traits(u, nil, v.env.Mask, v.now()) }
	v.compared = compared(v.person, v.other, both(v.person.user), both(v.other.user))
}

// besideActions are what can be done with two users on the screen.
func (v *view) besideActions() []keys.Action {
	k := v.env.Keys
	first := keys.Action{Key: k.FirstEvent, Do: v.beginBoth}
	if v.compared.path.whole {
		first.Blocked = "the first events of both are loaded"
	}
	return append([]keys.Action{first, {Key: k.CompareUser, Do: v.swap, Label: "swap"}}, v.scroll.Actions(k, v.drawAgain)...)
}

// swap puts the one user in the place of the other.
func (v *view) swap() tea.Cmd {
	v.beside(v.other, v.person)
	return nil
}

// beside puts two users on the screen.
func (v *view) beside(left, right *person) {
	v.person, v.other, v.scroll = left, right, views.Cursor{}
	v.state.Who, v.state.Beside = left.whoWord(), right.whoWord()
	v.tell()
	v.compare()
}

// beginBoth loads the very first events of both.
func (v *view) beginBoth() tea.Cmd {
	client, ids := v.env.API, [2]int64{v.person.id, v.other.id}
	v.redraw()
	return v.firsts.Start(func(ctx context.Context) ([2]arrival, error) {
		var out [2]arrival
		for i, id := range ids {
			var err error
			if out[i], err = earliest(ctx, asker{client, id}); err != nil {
				return out, err
			}
		}
		return out, nil
	})
}

func (v *view) tookFirsts(got [2]arrival, err error) tea.Cmd {
	if err != nil {
		return v.bad(err)
	}
	for _, p := range []*person{v.person, v.other} {
		for _, a := range got {
			if p != nil && p.id == a.id {
				p.take(a, v.env.Now())
			}
		}
	}
	v.tell()
	v.compare()
	return nil
}

// drawBeside draws both users: what differs, what one did and the other not, and
// where their ways part.
func (v *view) drawBeside(w, h int) string {
	lines := v.besideLines(w)
	if len(lines) <= h {
		v.scroll = views.Cursor{}
		return charts.Fit(strings.Join(lines, "\n"), w, h)
	}
	room := max(h-1, 1)
	v.scroll.Len, v.scroll.Page = max(len(lines)-room+1, 1), room
	v.scroll.Move(0)
	below := len(lines) - room - v.scroll.At
	more := fmt.Sprintf(" %s more below", counted(below, "line"))
	if below <= 0 {
		more = " the end"
	}
	return charts.Fit(strings.Join(lines[v.scroll.At:], "\n"), w, room) + "\n" + charts.Fit(v.env.Theme.Dim.Paint(more), w, 1)
}

func (v *view) besideLines(w int) []string {
	th, c := v.env.Theme, v.compared
	wide := max(min(w/4, 22), 10)
	half := max((w-wide-6)/2, 6)
	three := func(name, a, b string, paint func(string) string) string {
		return " " + th.Dim.Paint(charts.Pad(charts.Cut(name, wide), wide)) + "  " +
			paint(charts.Pad(charts.Cut(a, half), half)) + "  " + paint(charts.Cut(b, half))
	}
	plain := func(s string) string { return s }
	head := func(s string) string { return " " + th.Title.Paint(charts.Cut(s, max(w-2, 0))) }
	lines := []string{
		three("", v.person.name(v.env.Mask), v.other.name(v.env.Mask), th.Title.Paint),
		three("loaded", v.person.loadedWords(), v.other.loadedWords(), th.Dim.Paint),
		"", head("properties that differ"),
	}
	for _, p := range c.traits {
		lines = append(lines, three(p.name, unset(p.a), unset(p.b), plain))
	}
	if len(c.traits) == 0 {
		lines = append(lines, " none")
	}
	lines = append(lines, "", head(fmt.Sprintf("events that one has and the other lacks, of those loaded (%s in common)", charts.Exact(float64(c.common)))))
	for i := range max(len(c.only[0]), len(c.only[1])) {
		lines = append(lines, three("", tallyAt(c.only[0], i, th.Glyphs.Times), tallyAt(c.only[1], i, th.Glyphs.Times), plain))
	}
	if len(c.only[0])+len(c.only[1]) == 0 {
		lines = append(lines, " none")
	}
	return append(lines, v.partingLines(three, head)...)
}

// partingLines say where the ways of both part.
func (v *view) partingLines(three func(name, a, b string, paint func(string) string) string, head func(string) string) []string {
	th, p := v.env.Theme, v.compared.path
	title := "where their ways part, from the very first event on"
	if !p.whole {
		title = "where their ways part, from the oldest loaded event on (" + views.Named(v.env.Keys.FirstEvent) + " loads the very first)"
	}
	lines := []string{"", head(title)}
	same := "nothing in common"
	if n := len(p.same); n > 0 {
		names := make([]string, 0, 3)
		for _, name := range p.same[max(n-3, 0):] {
			names = append(names, name.Safe())
		}
		same = fmt.Sprintf("the same %s up to %s", counted(n, "step"), strings.Join(names, " "+th.Glyphs.Arrow+" "))
	}
	lines = append(lines, " "+th.Dim.Paint(same))
	for i := range max(len(p.then[0]), len(p.then[1]), 1) {
		lines = append(lines, three(map[bool]string{true: "then", false: ""}[i == 0], stepAt(p.then[0], i), stepAt(p.then[1], i), func(s string) string { return s }))
	}
	return lines
}

func unset(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

func tallyAt(list []tally, i int, times string) string {
	if i >= len(list) {
		return ""
	}
	return list[i].name.Safe() + " " + times + charts.Exact(float64(list[i].count))
}

func stepAt(list []text.Raw, i int) string {
	switch {
	case i < len(list):
		return list[i].Safe()
	case i == len(list):
		return "(nothing more is loaded)"
	}
	return ""
}
