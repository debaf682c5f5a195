package events

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// A listing is the event list as the state orders and filters it.
type listing struct {
	events  []api.EventType
	display []string // what is shown of each event
	rows    []int    // indexes of events
	order   []int    // all events in the order below
	names   []string // what is shown of them, in that order
	by      Sort
	reverse bool
	kinds   []changeKind // how each has changed since the last visit
	twins   []int        // which other event each is nearly named like; -1 is none
	gone    []text.Raw   // of the last visit, and not listed any more
	most    float64      // the largest total, the whole of the bars
	all     float64      // the total of all events
	widest  int          // room of the longest name
}

// newListing computes what does not change with filter and order.
func newListing(list api.EventList, last views.Visit, now time.Time) listing {
	l := listing{events: list.Events, display: make([]string, len(list.Events)), twins: twins(list.Events)}
	l.kinds, l.gone = changes(list.Events, last, now)
	for i, e := range list.Events {
		l.display[i] = shown(e)
		l.widest = max(l.widest, charts.Width(l.display[i]))
		if !math.IsNaN(e.Totals) {
			l.most = max(l.most, e.Totals)
			l.all += e.Totals
		}
	}
	return l
}

// shown is the event's display name and, where it differs, its raw name.
func shown(e api.EventType) string {
	name := e.Name.Safe()
	if display := e.Display.Safe(); display != "" && display != name {
		return display + " (" + name + ")"
	}
	return name
}

// arrange filters and orders the rows. The order is kept while only the filter
// changes, so that a letter costs no sorting.
func (l *listing) arrange(s State) {
	if l.order == nil || l.by != s.Sort || l.reverse != s.Reverse {
		l.sort(s)
	}
	l.rows = views.Find(s.Find, l.names)
	for i, at := range l.rows {
		l.rows[i] = l.order[at]
	}
	if s.Changed {
		l.rows = slices.DeleteFunc(l.rows, func(i int) bool { return !l.hasChanged(i) })
	}
}

func (l *listing) hasChanged(i int) bool { return l.kinds[i] != unchanged || l.twins[i] >= 0 }

// changed counts the events that have changed, without twins.
func (l *listing) changed() int {
	n := len(l.gone)
	for _, k := range l.kinds {
		if k != unchanged {
			n++
		}
	}
	return n
}

func (l *listing) sort(s State) {
	l.by, l.reverse = s.Sort, s.Reverse
	l.order = make([]int, len(l.events))
	for i := range l.order {
		l.order[i] = i
	}
	slices.SortStableFunc(l.order, func(a, b int) int {
		if s.Sort == byFlags {
			order := cmp.Or(cmp.Compare(l.rank(a), l.rank(b)), cmp.Compare(flags(l.events[a]), flags(l.events[b])))
			if order != 0 {
				return map[bool]int{false: order, true: -order}[s.Reverse]
			}
		} else if order := compare(s.Sort, l.events[a], l.events[b], s.Reverse); order != 0 {
			return order
		}
		return strings.Compare(l.display[a], l.display[b])
	})
	l.names = make([]string, len(l.order))
	for i, k := range l.order {
		l.names[i] = l.display[k]
	}
}

// compare orders two events: numbers downwards, names upwards, unless reversed.
// A number that is missing stands last either way.
func compare(by Sort, x, y api.EventType, reverse bool) int {
	var order int
	switch by {
	case byTotals:
		order = downwards(x.Totals, y.Totals, reverse)
		return order
	case byDelta:
		return downwards(x.Delta, y.Delta, reverse)
	case byName:
		order = strings.Compare(strings.ToLower(shown(x)), strings.ToLower(shown(y)))
	}
	if reverse {
		return -order
	}
	return order
}

func downwards(x, y float64, reverse bool) int {
	switch missingX, missingY := math.IsNaN(x), math.IsNaN(y); {
	case missingX && missingY:
		return 0
	case missingX:
		return 1
	case missingY:
		return -1
	}
	if reverse {
		return cmp.Compare(x, y)
	}
	return cmp.Compare(y, x)
}

// flag is what the project says of an event, and the letter for it.
type flag struct{ letter, word string }

// flagged are the flags that are set.
func flagged(e api.EventType) []flag {
	var out []flag
	for _, f := range []struct {
		set bool
		flag
	}{{e.Hidden, flag{"H", "hidden"}}, {e.Inactive, flag{"I", "inactive"}}, {e.Deleted, flag{"D", "deleted"}}} {
		if f.set {
			out = append(out, f.flag)
		}
	}
	return out
}

// flags are one letter each: H hidden, I inactive, D deleted.
func flags(e api.EventType) string {
	var b strings.Builder
	for _, f := range flagged(e) {
		b.WriteString(f.letter)
	}
	return b.String()
}

// rank is where an event stands in the order of flags: what was lost first, then
// what has come, what has jumped, near twins, the letters, and all the others.
func (l *listing) rank(i int) int {
	switch at := slices.Index([]changeKind{isSilent, isNew, isDown, isUp}, l.kinds[i]); {
	case at >= 0:
		return at
	case l.twins[i] >= 0:
		return 4
	case flags(l.events[i]) != "":
		return 5
	}
	return 6
}

// flags are what must be said of an event: how it has changed, the letters, and
// what it is nearly named like.
func (l *listing) flags(i int) string {
	twin := ""
	if l.twins[i] >= 0 {
		twin = "like " + l.events[l.twins[i]].Name.Safe()
	}
	return views.Joined(" ", string(l.kinds[i]), flags(l.events[i]), twin)
}

// aloud is an event as it is read out, with the letters of its flags in words.
func (l *listing) aloud(i int) string {
	e := l.events[i]
	words := []string{l.display[i], charts.Exact(e.Totals) + " so far this week"}
	switch {
	case math.IsNaN(e.Delta):
	case e.Delta == 0:
		words = append(words, "as many as in the week before")
	default:
		words = append(words, charts.Change(e.Delta)+" against the week before")
	}
	for _, f := range flagged(e) {
		words = append(words, f.word)
	}
	switch l.kinds[i] {
	case isNew, isSilent, isUp, isDown:
		words = append(words, string(l.kinds[i])+" since you looked")
	}
	if l.twins[i] >= 0 {
		words = append(words, "nearly named like "+l.events[l.twins[i]].Name.Safe())
	}
	return strings.Join(words, "; ")
}

// table shows the listing. marked says which events are marked.
func (l *listing) table(s State, marked func(text.Raw) bool) charts.Table {
	head := func(title string, by Sort, downwards bool) charts.Column {
		c := charts.Column{Title: title}
		if s.Sort == by {
			if c.Sort = 1; downwards != s.Reverse {
				c.Sort = -1
			}
		}
		return c
	}
	name, totals := head("event", byName, false), head("this week", byTotals, true)
	delta, letters := head("± week", byDelta, true), head("flags", byFlags, true)
	name.Flex, name.Min, name.Want = true, 16, l.widest
	totals.Right, totals.Min = true, max(9, charts.Width(charts.Exact(l.most)))
	delta.Right, delta.Min, delta.Drop = true, 8, 2
	letters.Min, letters.Drop = 5, 1
	for i := range l.events {
		letters.Want = max(letters.Want, charts.Width(l.flags(i)))
	}
	letters.Min = max(letters.Min, min(letters.Want, 18))
	part := charts.Column{Title: "of most", Bar: true, Min: 8, Max: 16, Drop: 3}
	t := charts.Table{
		Columns: []charts.Column{name, totals, part, delta, letters},
		Len:     len(l.rows),
		Cursor:  -1,
		Empty:   "no events",
	}
	t.Row = func(i int) charts.Row { return l.row(l.rows[i], s.Find, marked) }
	return t
}

func (l *listing) row(at int, find string, marked func(text.Raw) bool) charts.Row {
	e := l.events[at]
	part := 0.0
	if l.most > 0 && !math.IsNaN(e.Totals) {
		part = max(e.Totals/l.most, 0)
	}
	return charts.Row{
		Cells: []charts.Cell{
			{Text: l.display[at], Match: views.Letters(find, l.display[at])},
			charts.Number(e.Totals, charts.Exact(e.Totals)),
			{Bar: part, Number: part, Numeric: true},
			charts.Number(e.Delta, charts.Change(e.Delta)),
			{Text: l.flags(at)},
		},
		Marked: marked(e.Name),
		Dim:    e.Hidden || e.Inactive || e.Deleted,
	}
}

// data is the documented JSON of the list.
func (l *listing) data() any {
	type event struct {
		Name     text.Raw     `json:"name"`
		Display  text.Raw     `json:"display"`
		Totals   views.Number `json:"totals"`
		Delta    views.Number `json:"delta"`
		Hidden   bool         `json:"hidden"`
		Deleted  bool         `json:"deleted"`
		Inactive bool         `json:"inactive"`
		Change   *changeKind  `json:"change"`
		Twin     *text.Raw    `json:"twin"`
	}
	events := make([]event, len(l.rows))
	for i, at := range l.rows {
		e := l.events[at]
		events[i] = event{
			Name: e.Name, Display: e.Display, Totals: views.Number(e.Totals), Delta: views.Number(e.Delta),
			Hidden: e.Hidden, Deleted: e.Deleted, Inactive: e.Inactive,
		}
		if k := l.kinds[at]; k != unchanged {
			events[i].Change = &k
		}
		if j := l.twins[at]; j >= 0 {
			events[i].Twin = &l.events[j].Name
		}
	}
	return struct {
		Events []event    `json:"events"`
		Gone   []text.Raw `json:"gone"`
	}{events, append([]text.Raw{}, l.gone...)}
}
