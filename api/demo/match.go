package demo

import (
	"slices"
	"sort"
	"strconv"
	"strings"
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

// kindsOf is the event types that a name stands for.
func (l *Log) kindsOf(name string) ([]bool, bool, error) {
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
	if m.kinds, m.revenue, err = l.kindsOf(e.name); err != nil {
		return nil, err
	}
	for _, f := range e.filters {
		filter, err := l.setFilter(f)
		if err != nil {
			return nil, err
		}
		m.filters = append(m.filters, filter)
	}
	for _, c := range segment {
		if c.cohort != "" {
			if c, err = l.cohort(c.cohort, c.not); err != nil {
				return nil, err
			}
		}
		if c.filter != nil {
			filter, err := l.setFilter(*c.filter)
			if err != nil {
				return nil, err
			}
			m.segment = append(m.segment, filter)
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

func (l *Log) setFilter(f filter) (setFilter, error) {
	key, err := l.property(f.key)
	return setFilter{filter: f, own: strings.HasPrefix(f.key, "event:"), key: key, known: make([]int8, len(l.sets))}, err
}

// property finds a property by its key with its scope. A built-in one that no
// user has is -1; any other that nobody has is refused, as by the live API.
func (l *Log) property(key string) (int32, error) {
	if i, ok := l.keyIndex[key]; ok {
		return i, nil
	}
	if slices.Contains(builtInProperties(), key) {
		return -1, nil
	}
	if name, own := strings.CutPrefix(key, "event:"); own {
		return -1, refuse("Invalid event property %s", name)
	}
	return -1, refuse("Invalid user property %s", key)
}

func builtInProperties() []string {
	return []string{
		"platform", "country", "region", "city", "DMA", "language", "os", "version", "start_version",
		"device", "device_type", "carrier", "library", "paying",
	}
}

// single is the event type that is asked for, where it is one.
func (m *matcher) single() (kind int, ok bool) {
	kind = slices.Index(m.kinds, true)
	return kind, kind >= 0 && !slices.Contains(m.kinds[kind+1:], true)
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
	for k := range m.filters {
		if !m.filters[k].pass(l, i) {
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
// operators none of them. Numbers are compared as numbers, so that 2 is 2.0, and
// what is no number is neither less nor greater. Text that is contained may be
// in another case.
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
	is := func(want string) bool {
		if have.text == want || have.kind != numberValue {
			return have.text == want
		}
		n, err := strconv.ParseFloat(want, 64)
		return err == nil && n == have.number
	}
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

// within are those of a list of events, in the order of time, in [from, to).
func (l *Log) within(list []int32, from, to int64) (lo, hi int) {
	lo = sort.Search(len(list), func(k int) bool { return l.times[list[k]] >= from })
	hi = sort.Search(len(list), func(k int) bool { return l.times[list[k]] >= to })
	return lo, hi
}

// between are the events of a range of time.
func (l *Log) between(from, to int64) (lo, hi int) {
	lo = sort.Search(len(l.times), func(k int) bool { return l.times[k] >= from })
	hi = sort.Search(len(l.times), func(k int) bool { return l.times[k] >= to })
	return lo, hi
}
