package demo

import (
	"cmp"
	"context"
	"slices"
)

// mostTallied bounds the groups that are counted bucket by bucket. Where there
// are more, those with the most events are, and the answer says that groups were
// cut off.
const mostTallied = 5000

// counting is one event of a segmentation in one segment.
type counting struct {
	matcher *matcher
	labels  *labeler
	number  func(i int32) (float64, bool) // of sums, averages and histograms; nil for none
	tallies map[int]*tally                // by group
	pruned  bool
}

// count counts one event in one segment.
func (q *segmentation) count(ctx context.Context, e eventArg, segment []condition) (*counting, error) {
	c, err := q.counting(e, segment)
	if err != nil {
		return nil, err
	}
	return c, c.run(ctx, q)
}

// counting is made ready to run.
func (q *segmentation) counting(e eventArg, segment []condition) (*counting, error) {
	m, err := q.log.newMatcher(e, segment, q.axis, q.active)
	if err != nil {
		return nil, err
	}
	c := &counting{matcher: m, tallies: map[int]*tally{}}
	if q.onNumber() && len(e.by) > 0 {
		key, err := q.log.property(e.by[0].key)
		if err != nil {
			return nil, err
		}
		c.number = func(i int32) (float64, bool) { return q.log.numberOf(i, key) }
	}
	c.labels, err = q.log.newLabeler(q.groups(e))
	return c, err
}

// whole is the tally of an ungrouped counting.
func (c *counting) whole() *tally { return c.tallies[0] }

// numberOf is the number in a property of an event or its user.
func (l *Log) numberOf(i, key int32) (float64, bool) {
	if key < 0 {
		return 0, false
	}
	v := l.in(l.own[i], key)
	if v < 0 {
		v = l.in(l.state[i], key)
	}
	if v < 0 || l.values[v].kind != numberValue {
		return 0, false
	}
	return l.values[v].number, true
}

// run finds the events, orders them by group, and counts one group after the
// other.
func (c *counting) run(ctx context.Context, q *segmentation) error {
	events, groups, err := c.find(ctx, q.axis)
	if err != nil {
		return err
	}
	ends := make([]int, len(c.labels.text)+1)
	for _, g := range groups {
		ends[g+1]++
	}
	kept := c.keep(ends[1:])
	if len(c.labels.keys) == 0 {
		kept = []int{0} // the whole is there, also where nothing was done
	}
	for g := range ends[1:] {
		ends[g+1] += ends[g]
	}
	ordered, next := make([]int32, len(events)), slices.Clone(ends)
	for k, i := range events {
		ordered[next[groups[k]]] = i
		next[groups[k]]++
	}
	seen := newSeen(len(q.log.people))
	for _, g := range kept {
		if err := ctx.Err(); err != nil {
			return err
		}
		t := newTally(len(q.axis.starts), c.number != nil)
		c.tallies[g] = t
		c.tally(q, t, ordered[ends[g]:ends[g+1]], seen.next())
	}
	return nil
}

// find collects the events that count, in the order of time, with their groups.
func (c *counting) find(ctx context.Context, a axis) (events []int32, groups []int32, err error) {
	l := c.matcher.log
	from, to := a.span()
	lo, hi := l.between(from, to)
	one, single := c.matcher.single()
	list := []int32(nil)
	if single {
		list = l.byKind[one]
		lo, hi = l.within(list, from, to)
	}
	for k := lo; k < hi; k++ {
		if k&0xffff == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		i := int32(k)
		if single {
			i = list[k]
		}
		if c.matcher.event(i) {
			events = append(events, i)
			groups = append(groups, int32(c.labels.of(i)))
		}
	}
	return events, groups, nil
}

// keep chooses the groups to count, by how many events they have.
func (c *counting) keep(sizes []int) []int {
	kept := make([]int, 0, len(sizes))
	for g, n := range sizes {
		if n > 0 {
			kept = append(kept, g)
		}
	}
	if len(kept) <= mostTallied {
		return kept
	}
	slices.SortFunc(kept, func(a, b int) int {
		return cmp.Or(cmp.Compare(sizes[b], sizes[a]), cmp.Compare(c.labels.text[a], c.labels.text[b]))
	})
	c.pruned = true
	return kept[:mostTallied]
}

// tally counts the events of one group.
func (c *counting) tally(q *segmentation, t *tally, events []int32, seen *seenUsers) {
	l, a := q.log, q.axis
	b, n := 0, len(a.starts)
	for _, i := range events {
		for b+1 < n && l.times[i] >= a.bounds[b+1] {
			b++
		}
		t.totals[b]++
		t.any = t.any || b >= a.before
		t.unique(seen, l.users[i], b, q.window, a.before)
		if c.number == nil {
			continue
		}
		if v, ok := c.number(i); ok {
			t.sums[b] += v
			t.counted[b]++
			if q.metric == "histogram" {
				t.values[v]++
			}
		}
	}
}

// seenUsers remembers of each user in one group up to which bucket they are
// counted, and whether they are in the range's total.
type seenUsers struct {
	round   int32
	of      []int32 // the round that the rest is from
	covered []int32
	inRange []bool
}

func newSeen(people int) *seenUsers {
	return &seenUsers{of: make([]int32, people), covered: make([]int32, people), inRange: make([]bool, people)}
}

// next forgets everything, for the next group.
func (s *seenUsers) next() *seenUsers {
	s.round++
	return s
}

// until is the bucket up to which a user is counted.
func (s *seenUsers) until(user int32) int {
	if s.of[user] != s.round {
		s.of[user], s.covered[user], s.inRange[user] = s.round, 0, false
	}
	return int(s.covered[user])
}
