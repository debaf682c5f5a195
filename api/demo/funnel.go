package demo

import (
	"cmp"
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
// Segments and group-bys are about the event of the first step, in an unordered
// funnel the first that was done. With n=new only users count whose very first
// event lies in the range. The days of a funnel count everybody who began that
// day, so that they may add up to more than the whole.

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

// mostSteps bounds a funnel.
const mostSteps = 50

func (s *Server) funnel(ctx context.Context, v url.Values) (any, error) {
	q, err := s.parseFunnel(v)
	if err != nil {
		return nil, err
	}
	data, limited := []any{}, false
	for i, segment := range q.segments {
		groups, cut, err := q.run(ctx, segment)
		if err != nil {
			return nil, err
		}
		limited = limited || cut
		for _, g := range groups {
			data = append(data, g.wire(q, i))
		}
	}
	return answer{data: data, extra: map[string]any{"numSeries": len(data)}, groupLimit: limited}, nil
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
	if len(q.steps) > mostSteps {
		return nil, refuse("A funnel has at most %d steps", mostSteps)
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

// run follows every user and gives the groups with most users, the largest
// first.
func (q *funnelQuery) run(ctx context.Context, segment []condition) (groups []*funnelGroup, cut bool, err error) {
	f, err := q.follower(segment)
	if err != nil {
		return nil, false, err
	}
	for u := range q.log.people {
		if u&0xff == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		if err := f.user(ctx, int32(u)); err != nil {
			return nil, false, err
		}
	}
	sizes := make([]int, len(f.labels.text))
	for _, r := range f.found {
		if r.bucket == whole {
			sizes[r.group]++
		}
	}
	var order []int
	for g, n := range sizes {
		if n > 0 {
			order = append(order, g)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(f.labels.text[a], f.labels.text[b]))
	})
	kept := order[:min(len(order), q.limit)]
	return q.collect(f, kept), len(kept) < len(order), nil
}

// collect counts the groups that are kept.
func (q *funnelQuery) collect(f *follower, kept []int) []*funnelGroup {
	groups := make([]*funnelGroup, len(kept))
	of := map[int]*funnelGroup{}
	n, steps := len(q.axis.starts), len(q.steps)
	for i, g := range kept {
		group := &funnelGroup{label: f.labels.text[g], daily: make([][]float64, n), dayTime: make([][][]int64, n)}
		for b := range group.daily {
			group.daily[b], group.dayTime[b] = make([]float64, steps), make([][]int64, steps)
		}
		groups[i], of[g] = group, group
	}
	for _, r := range f.found {
		switch group := of[r.group]; {
		case group == nil:
		case r.bucket == whole:
			group.best = append(group.best, r.steps)
		default:
			group.day(q.log, r.bucket, r.steps, steps)
		}
	}
	return groups
}

func (g *funnelGroup) day(l *Log, b int, t try, steps int) {
	for k := range t {
		g.daily[b][k]++
	}
	t.times(l, steps, g.dayTime[b])
}

// times adds how long each step took after the one before, and, where all steps
// were done, at index 0 how long they took together.
func (t try) times(l *Log, steps int, into [][]int64) {
	for k := 1; k < len(t); k++ {
		into[k] = append(into[k], l.times[t[k]]-l.times[t[k-1]])
	}
	if len(t) == steps && steps > 1 {
		into[0] = append(into[0], l.times[t[steps-1]]-l.times[t[0]])
	}
}
