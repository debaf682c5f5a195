package demo

import (
	"context"
	"net/url"
	"slices"
	"strconv"
)

// A funnel counts how far users get through steps within a conversion window
// that begins with their first step. Each user counts once, with the try that
// got furthest (of equal tries the first). A try begins inside of the range;
// its later steps may come after it.
//
//   - ordered: the steps in their order, other events between them do not
//     matter;
//   - sequential: the steps in their order with no other event between them;
//   - unordered: the steps in any order; step k counts who did k of them.
//     The window is rounded down to days.
//
// Segments and group-bys are about the event of the first step.

type funnelQuery struct {
	log      *Log
	axis     axis
	steps    []eventArg
	segments [][]condition
	by       []group
	mode     string
	newOnly  bool
	window   int64 // microseconds
	limit    int
	now      int64
}

// try is one way through the funnel: the events of the steps done.
type try []int32

func (s *Server) funnel(ctx context.Context, v url.Values) (any, error) {
	q, err := s.parseFunnel(v)
	if err != nil {
		return nil, err
	}
	data := []any{}
	for i, segment := range q.segments {
		groups, err := q.run(ctx, segment)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			data = append(data, g.wire(q, i))
		}
	}
	return answer{data: data, extra: map[string]any{"numSeries": len(data)}}, nil
}

func (s *Server) parseFunnel(v url.Values) (*funnelQuery, error) {
	q := &funnelQuery{log: s.Log}
	var err error
	if q.axis, err = s.axis(v, fiveMinutes, hour, day, week, month); err != nil {
		return nil, err
	}
	q.now = q.axis.now
	for _, arg := range v["e"] {
		e, err := parseEvent("e", arg)
		if err != nil {
			return nil, err
		}
		q.steps = append(q.steps, e)
	}
	if len(q.steps) == 0 {
		return nil, refuse("Parameter e is missing")
	}
	if q.mode, err = oneOf(v, "mode", "ordered", "ordered", "unordered", "sequential"); err != nil {
		return nil, err
	}
	users, err := oneOf(v, "n", "active", "new", "active")
	if err != nil {
		return nil, err
	}
	q.newOnly = users == "new"
	if q.segments, err = parseSegments(v); err != nil {
		return nil, err
	}
	if q.by, err = parseGroups(v, len(q.segments), 1); err != nil {
		return nil, err
	}
	if q.limit, err = parseLimit(v); err != nil {
		return nil, err
	}
	return q, q.parseWindow(v)
}

func (q *funnelQuery) parseWindow(v url.Values) error {
	seconds := int64(30 * 24 * 3600)
	if s := v.Get("cs"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n < 1 || n > 366*24*3600 {
			return refuse("Invalid conversion window")
		}
		seconds = n
	}
	if q.mode == "unordered" {
		seconds = max(seconds/86400, 1) * 86400
	}
	q.window = seconds * 1e6
	return nil
}

// funnelGroup collects the users of one group value.
type funnelGroup struct {
	label   string
	best    []try       // one a user
	daily   [][]float64 // bucket x step
	dayTime [][][]int64 // bucket x step: microseconds from the step before; step 0 is the whole
}

func (q *funnelQuery) run(ctx context.Context, segment []condition) ([]*funnelGroup, error) {
	l := q.log
	matchers := make([]*matcher, len(q.steps))
	for k, e := range q.steps {
		var seg []condition
		if k == 0 {
			seg = segment
		}
		m, err := l.newMatcher(e, seg, q.axis, false)
		if err != nil {
			return nil, err
		}
		matchers[k] = m
	}
	labels, err := l.newLabeler(append(slices.Clone(q.steps[0].by), q.by...))
	if err != nil {
		return nil, err
	}
	groups := map[int]*funnelGroup{}
	for u := range l.people {
		if u&0xff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		q.user(int32(u), matchers, labels, groups)
	}
	out := make([]*funnelGroup, 0, len(groups))
	for _, g := range groups {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *funnelGroup) int {
		if len(a.best) != len(b.best) {
			return len(b.best) - len(a.best)
		}
		return compareText(a.label, b.label)
	})
	return out[:min(len(out), q.limit)], nil
}

func compareText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// user runs one user through the funnel: the best try of each group, and the
// best of each day.
func (q *funnelQuery) user(u int32, matchers []*matcher, labels *labeler, groups map[int]*funnelGroup) {
	l, a := q.log, q.axis
	events := l.people[u].events
	if q.newOnly && (len(events) == 0 || l.times[events[0]] < a.bounds[0] || l.times[events[0]] >= a.bounds[len(a.starts)]) {
		return
	}
	best, daily := map[int]try{}, map[[2]int]try{}
	q.tries(events, matchers, func(t try) {
		g, b := labels.of(t[0]), a.find(l.times[t[0]])
		if len(t) > len(best[g]) {
			best[g] = t
		}
		if at := [2]int{g, b}; len(t) > len(daily[at]) {
			daily[at] = t
		}
	})
	for g, t := range best {
		q.group(groups, g, labels).best = append(groups[g].best, t)
	}
	for at, t := range daily {
		q.group(groups, at[0], labels).day(l, at[1], t, len(q.steps))
	}
}

func (q *funnelQuery) group(groups map[int]*funnelGroup, g int, labels *labeler) *funnelGroup {
	if groups[g] == nil {
		n, steps := len(q.axis.starts), len(q.steps)
		f := &funnelGroup{label: labels.text[g], daily: make([][]float64, n), dayTime: make([][][]int64, n)}
		for b := range f.daily {
			f.daily[b], f.dayTime[b] = make([]float64, steps), make([][]int64, steps)
		}
		groups[g] = f
	}
	return groups[g]
}

func (f *funnelGroup) day(l *Log, b int, t try, steps int) {
	for k := range t {
		f.daily[b][k]++
		if k > 0 {
			f.dayTime[b][k] = append(f.dayTime[b][k], l.times[t[k]]-l.times[t[k-1]])
		}
	}
	if len(t) == steps {
		f.dayTime[b][0] = append(f.dayTime[b][0], l.times[t[steps-1]]-l.times[t[0]])
	}
}

// tries finds the try that begins with each possible first event. Nothing that
// has not happened yet is a step.
func (q *funnelQuery) tries(events []int32, matchers []*matcher, found func(try)) {
	l := q.log
	first, end := q.axis.bounds[0], q.axis.bounds[len(q.axis.starts)]
	for at, i := range events {
		switch {
		case l.times[i] < first:
			continue
		case l.times[i] >= end || l.times[i] > q.now:
			return
		}
		switch q.mode {
		case "unordered":
			if t := q.unordered(events[at:], matchers); t != nil {
				found(t)
			}
		default:
			if matchers[0].event(i) {
				found(q.inOrder(events[at:], matchers))
			}
		}
	}
}

// inOrder takes for each step the first event that can be it.
func (q *funnelQuery) inOrder(events []int32, matchers []*matcher) try {
	l := q.log
	t := try{events[0]}
	limit := min(l.times[events[0]]+q.window, q.now)
	for _, i := range events[1:] {
		if len(t) == len(matchers) || l.times[i] > limit {
			break
		}
		if matchers[len(t)].isEvent(i) {
			t = append(t, i)
		} else if q.mode == "sequential" {
			break
		}
	}
	return t
}

// unordered takes for each step that is not done yet the first event that can be
// it; the try begins with one of the steps.
func (q *funnelQuery) unordered(events []int32, matchers []*matcher) try {
	l := q.log
	done := make([]bool, len(matchers))
	var t try
	limit := min(l.times[events[0]]+q.window, q.now)
	for n, i := range events {
		if len(t) == len(matchers) || l.times[i] > limit {
			break
		}
		for k, m := range matchers {
			if !done[k] && m.isEvent(i) && (n > 0 || matchers[0].inSegment(i)) {
				done[k] = true
				t = append(t, i)
				break
			}
		}
		if n == 0 && t == nil {
			return nil
		}
	}
	return t
}
