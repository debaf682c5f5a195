package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
)

// Retention: a user belongs to the cohort of every interval of the range in
// which they did the start event, and their clock begins with the first one in
// it. With _new the cohort is that of the very first event, so everybody is in
// one cohort at most. Day N is the 24 hours that begin N times 24 hours after
// that first start event (7 or 30 days for weeks and months). As the API's
// documentation has it, times are rounded down to the hour for days, and to the
// day of the project's zone for weeks and months: 17:59 and 17:00 of the next
// day are a day apart. What was done before the start event never is a return;
// the start event itself is one, on day 0, if it is the return event too.
//
//   - n-day: came back in the window of day N;
//   - rolling: came back in it or after it;
//   - bracket: came back in the windows of the days from, to (excluded).
//
// A cell is incomplete while its window is not over for everybody in the
// cohort. Rows run to today. Index 0 is the cohort itself. Segments, and filters
// by what users have done, are about the start event. The row over all cohorts
// counts each user once, and in each cell only users of complete cohorts, where
// there are such.

type retentionQuery struct {
	log      *Log
	axis     axis
	start    eventArg
	back     eventArg
	segments [][]condition
	by       []group
	mode     string
	brackets [][2]int
	step     int64 // microseconds
	now      int64
	complete [][]bool // cohort x cell
	anyDone  []bool   // cell: some cohort is complete there
	returns  *comebacks
}

// mostGroups bounds the groups of retention and lifetime value, which have no
// parameter for it.
const mostGroups = 300

func (s *Server) retention(ctx context.Context, v url.Values) (any, error) {
	q, err := s.parseRetention(v)
	if err != nil {
		return nil, err
	}
	q.prepare()
	series, labels, meta, limited := []any{}, []any{}, []any{}, false
	for i, segment := range q.segments {
		groups, cut, err := q.run(ctx, segment)
		if err != nil {
			return nil, err
		}
		limited = limited || cut
		for _, g := range groups {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			series = append(series, q.row(g).wire(q))
			labels = append(labels, g.label)
			meta = append(meta, map[string]any{"segmentIndex": i, "eventIndex": 0})
		}
	}
	return answer{
		data:       map[string]any{"series": series, "seriesLabels": labels, "seriesMeta": meta},
		groupLimit: limited,
	}, nil
}

func (s *Server) parseRetention(v url.Values) (*retentionQuery, error) {
	q := &retentionQuery{log: s.Log}
	var err error
	if q.axis, err = s.axis(v, day, week, month); err != nil {
		return nil, err
	}
	q.now, q.step = q.axis.now, int64(q.axis.interval)*24*3600*1e6
	if q.start, err = parseEvent("se", v.Get("se")); err != nil {
		return nil, err
	}
	if q.back, err = parseEvent("re", v.Get("re")); err != nil {
		return nil, err
	}
	if q.back.name == "_new" {
		return nil, refuse("Invalid event _new")
	}
	// The documented n-day is refused, as the live API does.
	if q.mode = v.Get("rm"); !slices.Contains([]string{"", "nday", "rolling", "bracket"}, q.mode) {
		return nil, refuse("Invalid retention method")
	}
	if q.segments, err = parseSegments(v); err != nil {
		return nil, err
	}
	if q.by, err = parseGroups(v, len(q.segments), 1); err != nil {
		return nil, err
	}
	if q.mode == "bracket" {
		return q, q.parseBrackets(v.Get("rb"))
	}
	return q, nil
}

func (q *retentionQuery) parseBrackets(s string) error {
	if err := json.Unmarshal([]byte(s), &q.brackets); err != nil || len(q.brackets) == 0 || len(q.brackets) > 100 {
		return refuse("Invalid retention brackets")
	}
	end := 0
	for _, b := range q.brackets {
		if b[0] < end || b[1] <= b[0] || b[1] > 3650 {
			return refuse("Invalid retention brackets")
		}
		end = b[1]
	}
	return nil
}

// member is one user in one cohort.
type member struct {
	user, first int32 // first is the start event that begins the clock
	cohort      int32
	start       int64 // when the clock begins: the time of first, rounded
}

// comeback is the return events of a user in one hour or day.
type comeback struct {
	at   int64 // rounded
	last int32 // the last event of them
}

// comebacks are those of all users, in the order of users and for each in the order of
// time.
type comebacks struct {
	all  []comeback
	ends []int32 // where those of each user end
}

func (c *comebacks) of(user int32) []comeback {
	from := int32(0)
	if user > 0 {
		from = c.ends[user-1]
	}
	return c.all[from:c.ends[user]]
}

type retentionGroup struct {
	label   string
	members []member // in the order of users
}

// run finds the members of each group, the largest group first.
func (q *retentionQuery) run(ctx context.Context, segment []condition) (groups []*retentionGroup, cut bool, err error) {
	l := q.log
	first := q.start
	if first.name == "_new" {
		first.name = "_all"
	}
	start, err := l.newMatcher(first, segment, q.axis, false)
	if err != nil {
		return nil, false, err
	}
	back, err := l.newMatcher(q.back, nil, q.axis, false)
	if err != nil {
		return nil, false, err
	}
	labels, err := l.newLabeler(append(slices.Clone(q.start.by), q.by...))
	if err != nil {
		return nil, false, err
	}
	var members []member
	var wrong [2]error
	together(func() {
		if q.returns == nil {
			q.returns, wrong[0] = q.comebacks(ctx, back)
		}
	}, func() { members, wrong[1] = q.members(ctx, start) })
	if err := errors.Join(wrong[:]...); err != nil {
		return nil, false, err
	}
	if len(q.start.by)+len(q.by) == 0 && len(members) > 0 {
		return []*retentionGroup{{label: labels.text[0], members: members}}, false, nil
	}
	found := map[int]*retentionGroup{}
	for n, m := range members {
		if n&0xffff == 0 && ctx.Err() != nil {
			return nil, false, ctx.Err()
		}
		g := labels.of(m.first)
		if found[g] == nil {
			found[g] = &retentionGroup{label: labels.text[g]}
			groups = append(groups, found[g])
		}
		found[g].members = append(found[g].members, m)
	}
	slices.SortFunc(groups, func(a, b *retentionGroup) int {
		return cmp.Or(cmp.Compare(len(b.members), len(a.members)), cmp.Compare(a.label, b.label))
	})
	most := min(len(groups), mostGroups)
	return groups[:most], most < len(groups), nil
}

// members finds the cohorts of all users, in the order of users: the first start
// event of each interval. It goes through the events as they lie in memory, not
// user by user.
func (q *retentionQuery) members(ctx context.Context, start *matcher) ([]member, error) {
	l, a := q.log, q.axis
	if q.start.name == "_new" {
		return q.newMembers(start), nil
	}
	lo, hi := l.between(a.span())
	from := make([]int64, len(l.people)) // when the next cohort of a user can begin
	each := make([]int32, len(l.people)+1)
	found := make([]member, 0, len(l.people))
	clock := clock{zone: a.dates.start.Location()}
	c := 0
	for i := lo; i < hi; i++ {
		if i&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		at, u := l.times[i], l.users[i]
		if at < from[u] || !start.event(int32(i)) {
			continue
		}
		for at >= a.bounds[c+1] {
			c++
		}
		from[u] = a.bounds[c+1]
		found = append(found, member{u, int32(i), int32(c), q.rounded(&clock, at)})
		each[u+1]++
	}
	for u := range l.people {
		each[u+1] += each[u]
	}
	ordered := make([]member, len(found))
	for _, m := range found {
		ordered[each[m.user]] = m
		each[m.user]++
	}
	return ordered, nil
}

// newMembers are the users whose very first event lies in the range.
func (q *retentionQuery) newMembers(start *matcher) []member {
	from, to := q.axis.span()
	var found []member
	clock := clock{zone: q.axis.dates.start.Location()}
	for u, p := range q.log.people {
		if len(p.events) == 0 {
			continue
		}
		first := p.events[0]
		if at := q.log.times[first]; at >= from && at < to && start.event(first) {
			found = append(found, member{int32(u), first, int32(q.axis.find(at)), q.rounded(&clock, at)})
		}
	}
	return found
}

// comebacks are the return events of every user, those of the same rounded time
// as one.
func (q *retentionQuery) comebacks(ctx context.Context, back *matcher) (*comebacks, error) {
	l := q.log
	lo, hi := l.between(q.axis.bounds[0], q.now+1)
	clock := clock{zone: q.axis.dates.start.Location()}
	at, next := int64(0), int64(0) // all times before next are rounded to at
	found, users := make([]comeback, 0, len(l.people)), make([]int32, 0, len(l.people))
	latest := make([]int32, len(l.people)) // one behind the last of each user in found
	out := &comebacks{ends: make([]int32, len(l.people)+1)}
	for i := lo; i < hi; i++ {
		if i&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !back.isEvent(int32(i)) {
			continue
		}
		if l.times[i] >= next {
			at = q.rounded(&clock, l.times[i])
			next = l.times[i] - modulo(l.times[i], 60e6) + 60e6 // no zone is apart by less than minutes
		}
		u := l.users[i]
		if n := latest[u]; n > 0 && found[n-1].at == at {
			found[n-1].last = int32(i)
			continue
		}
		found, users = append(found, comeback{at, int32(i)}), append(users, u)
		latest[u] = int32(len(found))
		out.ends[u+1]++
	}
	for u := range l.people {
		out.ends[u+1] += out.ends[u]
	}
	out.all = make([]comeback, len(found))
	for n, c := range found {
		u := users[n]
		out.all[out.ends[u]] = c
		out.ends[u]++
	}
	out.ends = out.ends[:len(l.people)]
	return out, nil
}

// rounded is a time down to its hour, for weeks and months to its day of the
// zone, so that differences are whole hours or days.
func (q *retentionQuery) rounded(c *clock, at int64) int64 {
	const hours, days = 3600e6, 24 * 3600e6
	local := at + c.offset(at)
	if q.axis.interval == day {
		return local - modulo(local, hours) - c.offset(at)
	}
	return local - modulo(local, days)
}

// width is how many cells a cohort has: those that have begun.
func (q *retentionQuery) width(cohort int) int {
	begin := q.axis.bounds[cohort]
	switch {
	case begin > q.now:
		return 0
	case q.mode == "bracket":
		return len(q.brackets)
	}
	return int((q.now-begin)/q.step) + 1
}

// prepare says for every cell whether its window is over for everybody who
// could be in the cohort. A rolling cell is, once everybody has reached the end
// of day N.
func (q *retentionQuery) prepare() {
	for c := range q.axis.starts {
		done := make([]bool, q.width(c))
		for n := range done {
			to := int64(n+1) * q.step
			if q.mode == "bracket" {
				to = int64(q.brackets[n][1]) * q.step
			}
			done[n] = q.axis.bounds[c+1]+to <= q.now
			if n == len(q.anyDone) {
				q.anyDone = append(q.anyDone, false)
			}
			q.anyDone[n] = q.anyDone[n] || done[n]
		}
		q.complete = append(q.complete, done)
	}
}
