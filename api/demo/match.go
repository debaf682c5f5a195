package demo

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
)

// unset is the text of a property that an event or user does not have.
const unset = "(none)"

// matcher says whether events pass an event argument and a segment. Answers
// about a set of properties are remembered: many events share one.
type matcher struct {
	log      *Log
	kinds    []bool
	revenue  bool // only events with revenue
	filters  []setFilter
	segment  []setFilter
	did      []didFilter
	onlyLive bool // only what makes a user active
}

type setFilter struct {
	filter filter
	own    bool
	key    int32 // -1 when no event has it
	known  []int8
}

// didFilter is a performed condition, worked out for every user.
type didFilter struct {
	ok  []bool             // for spans that do not depend on the event's interval
	per func(i int32) bool // else
}

// kindsOf is the event types that a name stands for.
func (l *Log) kindsOf(name string, newAllowed bool) ([]bool, bool, error) {
	out := make([]bool, len(l.names))
	switch name {
	case "_all":
		for i := range out {
			out[i] = true
		}
		return out, false, nil
	case "_active":
		for i := range out {
			out[i] = !l.inactive[i]
		}
		return out, false, nil
	case "_new":
		if !newAllowed {
			return nil, false, refuse("Invalid event _new")
		}
		return out, false, nil
	case "revenue_amount", "verified_revenue", "unverified_revenue":
		for i := range out {
			out[i] = true
		}
		return out, true, nil
	}
	i := slices.Index(l.names, name)
	if i < 0 {
		return nil, false, refuse("Invalid event %s", name)
	}
	out[i] = true
	return out, false, nil
}

func (l *Log) newMatcher(e eventArg, segment []condition, a axis, active bool) (*matcher, error) {
	m := &matcher{log: l, onlyLive: active}
	var err error
	if m.kinds, m.revenue, err = l.kindsOf(e.name, true); err != nil {
		return nil, err
	}
	for _, f := range e.filters {
		m.filters = append(m.filters, l.setFilter(f))
	}
	for _, c := range segment {
		if c.filter != nil {
			m.segment = append(m.segment, l.setFilter(*c.filter))
			continue
		}
		did, err := l.didFilter(*c.did, a)
		if err != nil {
			return nil, err
		}
		m.did = append(m.did, did)
	}
	return m, nil
}

func (l *Log) setFilter(f filter) setFilter {
	key, ok := l.keyIndex[f.key]
	if !ok {
		key = -1
	}
	return setFilter{filter: f, own: strings.HasPrefix(f.key, "event:"), key: key, known: make([]int8, len(l.sets))}
}

// event says whether event i passes.
func (m *matcher) event(i int32) bool { return m.isEvent(i) && m.inSegment(i) }

// isEvent says whether event i is the one asked for, whoever did it.
func (m *matcher) isEvent(i int32) bool {
	l := m.log
	if !m.kinds[l.kinds[i]] || m.onlyLive && l.inactive[l.kinds[i]] {
		return false
	}
	if m.revenue && !(l.revenueOf(i) != 0) {
		return false
	}
	return m.passes(i)
}

// passes says whether event i passes the filters, whatever event it is.
func (m *matcher) passes(i int32) bool {
	for k := range m.filters {
		if !m.filters[k].pass(m.log, i) {
			return false
		}
	}
	return true
}

// inSegment says whether the user of event i is in the segment as of the event.
func (m *matcher) inSegment(i int32) bool {
	for k := range m.segment {
		if !m.segment[k].pass(m.log, i) {
			return false
		}
	}
	for _, d := range m.did {
		if d.per != nil && !d.per(i) || d.per == nil && !d.ok[m.log.users[i]] {
			return false
		}
	}
	return true
}

func (f *setFilter) pass(l *Log, i int32) bool {
	set := l.state[i]
	if f.own {
		set = l.own[i]
	}
	if f.known[set] == 0 {
		f.known[set] = -1
		if f.filter.holds(l, f.valueIn(l, set)) {
			f.known[set] = 1
		}
	}
	return f.known[set] > 0
}

func (f *setFilter) valueIn(l *Log, set int32) int32 {
	if f.key < 0 {
		return -1
	}
	return l.in(set, f.key)
}

// holds compares a value. Several values mean any of them; for the negative
// operators none of them. Numbers are compared as numbers, and what is no
// number is neither less nor greater.
func (f filter) holds(l *Log, v int32) bool {
	have := value{text: unset}
	if v >= 0 {
		have = l.values[v]
	}
	any := func(test func(want string) bool) bool { return slices.ContainsFunc(f.values, test) }
	number := func(test func(a, b float64) bool) bool {
		a, err := strconv.ParseFloat(have.text, 64)
		return err == nil && any(func(want string) bool {
			b, err := strconv.ParseFloat(want, 64)
			return err == nil && test(a, b)
		})
	}
	is := func(want string) bool { return have.text == want }
	contains := func(want string) bool {
		return v >= 0 && strings.Contains(strings.ToLower(have.text), strings.ToLower(want))
	}
	switch f.op {
	case "is", "set is":
		return any(is)
	case "is not", "set is not":
		return !any(is)
	case "contains":
		return any(contains)
	case "does not contain":
		return !any(contains)
	case "less":
		return number(func(a, b float64) bool { return a < b })
	case "less or equal":
		return number(func(a, b float64) bool { return a <= b })
	case "greater":
		return number(func(a, b float64) bool { return a > b })
	}
	return number(func(a, b float64) bool { return a >= b })
}

// didFilter works a performed condition out: how often each user did the event
// in all time, in the days before the range's end (rolling), or, for the two
// spans of intervals, up to the bucket that an event falls into.
func (l *Log) didFilter(p performed, a axis) (didFilter, error) {
	m, err := l.newMatcher(p.event, nil, a, false)
	if err != nil {
		return didFilter{}, err
	}
	holds := func(n int) bool { return compareCount(n, p.op, p.count) }
	if p.time == "allTime" || p.time == "rolling" {
		from := int64(-1 << 62)
		if p.time == "rolling" {
			from = a.dates.end.AddDate(0, 0, -p.days).UnixMicro()
		}
		counts := make([]int, len(l.people))
		for i := range l.times {
			if l.times[i] >= from && m.isEvent(int32(i)) {
				counts[l.users[i]]++
			}
		}
		ok := make([]bool, len(counts))
		for u, n := range counts {
			ok[u] = holds(n)
		}
		return didFilter{ok: ok}, nil
	}
	times := make([][]int64, len(l.people))
	for i := range l.times {
		if m.isEvent(int32(i)) {
			times[l.users[i]] = append(times[l.users[i]], l.times[i])
		}
	}
	between := func(u int32, from, to int64) int {
		all := times[u]
		lo := sort.Search(len(all), func(k int) bool { return all[k] >= from })
		hi := sort.Search(len(all), func(k int) bool { return all[k] >= to })
		return hi - lo
	}
	return didFilter{per: func(i int32) bool {
		at := time.UnixMicro(l.times[i]).In(a.dates.start.Location())
		from := a.interval.bucket(at)
		to := a.interval.next(from)
		if p.time == "forEachInterval" {
			from = to.AddDate(0, 0, -max(p.days, 1))
		}
		return holds(between(l.users[i], from.UnixMicro(), to.UnixMicro()))
	}}, nil
}

func compareCount(n int, op string, m int) bool {
	switch op {
	case "=":
		return n == m
	case "!=":
		return n != m
	case "<":
		return n < m
	case "<=":
		return n <= m
	case ">":
		return n > m
	}
	return n >= m
}

// revenueOf is the money of an event: its $revenue, else its revenue.
func (l *Log) revenueOf(i int32) float64 {
	for _, name := range []string{"event:$revenue", "event:revenue"} {
		if key, ok := l.keyIndex[name]; ok {
			if v := l.in(l.own[i], key); v >= 0 && l.values[v].kind == numberValue {
				return l.values[v].number
			}
		}
	}
	return 0
}

// labeler names the group that an event belongs to: the values of one or two
// properties, "(none)" for what is not set.
type labeler struct {
	log  *Log
	keys []int32
	own  []bool
	ids  map[[4]int32]int
	text []string
}

func (l *Log) newLabeler(groups []group) *labeler {
	lab := &labeler{log: l, ids: map[[4]int32]int{}}
	for _, g := range groups {
		key, ok := l.keyIndex[g.key]
		if !ok {
			key = -1
		}
		lab.keys = append(lab.keys, key)
		lab.own = append(lab.own, strings.HasPrefix(g.key, "event:"))
	}
	return lab
}

// of is the group of event i.
func (lab *labeler) of(i int32) int {
	id := [4]int32{-2, -2, -2, -2}
	for k, key := range lab.keys {
		if k > 3 {
			break
		}
		set := lab.log.state[i]
		if lab.own[k] {
			set = lab.log.own[i]
		}
		id[k] = -1
		if key >= 0 {
			id[k] = lab.log.in(set, key)
		}
	}
	n, ok := lab.ids[id]
	if !ok {
		n = len(lab.text)
		lab.ids[id] = n
		var parts []string
		for k := range min(len(lab.keys), 4) {
			parts = append(parts, lab.valueText(id[k]))
		}
		lab.text = append(lab.text, strings.Join(parts, "; "))
	}
	return n
}

func (lab *labeler) valueText(v int32) string {
	if v < 0 {
		return unset
	}
	return lab.log.values[v].text
}

// between are the events of a range of time.
func (l *Log) between(from, to int64) (lo, hi int) {
	lo = sort.Search(len(l.times), func(k int) bool { return l.times[k] >= from })
	hi = sort.Search(len(l.times), func(k int) bool { return l.times[k] >= to })
	return lo, hi
}
