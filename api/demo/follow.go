package demo

import (
	"context"
	"slices"
)

// try is one way through a funnel: the events of the steps done, in the order of
// time.
type try []int32

// whole stands for the range where else is a bucket of it.
const whole = -1

// reached is how far a user got in a group, in the range or on one day.
type reached struct {
	group, bucket int
	steps         try
}

// follower follows users through a funnel, one after the other.
type follower struct {
	*funnelQuery
	matchers []*matcher
	labels   *labeler
	found    []reached

	// Of the user who is followed:
	events []int32
	masks  []uint64       // which steps each event can be
	next   [][]int32      // step x event: the next event from it on that can be the step
	mixed  bool           // some event can be several steps
	best   map[[2]int]try // by group and bucket
	order  [][2]int       // the keys of best as they came
	room   try            // what a try is built in
}

func (q *funnelQuery) follower(segment []condition) (*follower, error) {
	f := &follower{funnelQuery: q, best: map[[2]int]try{}, next: make([][]int32, len(q.steps))}
	for k, e := range q.steps {
		var seg []condition
		if k == 0 {
			seg = segment
		}
		m, err := q.log.newMatcher(e, seg, q.axis, false)
		if err != nil {
			return nil, err
		}
		f.matchers = append(f.matchers, m)
	}
	var err error
	f.labels, err = q.log.newLabeler(append(slices.Clone(q.steps[0].by), q.by...))
	return f, err
}

// user finds the best try of a user in each group, and the best of each day.
func (f *follower) user(ctx context.Context, u int32) error {
	l, a := f.log, f.axis
	all := l.people[u].events
	from, to := a.span()
	if len(all) == 0 || f.newOnly && (l.times[all[0]] < from || l.times[all[0]] >= to) {
		return nil
	}
	lo, hi := l.within(all, from, min(a.bounds[len(a.starts)]+f.window, f.now)+1)
	if !f.look(all[lo:hi]) {
		return nil
	}
	clear(f.best)
	f.order = f.order[:0]
	for at, i := range f.events {
		if at&0xfff == 0xfff && ctx.Err() != nil {
			return ctx.Err()
		}
		if l.times[i] >= to {
			break
		}
		if t := f.try(at); len(t) > 0 {
			g, b := f.labels.of(t[0]), a.find(l.times[t[0]])
			f.keep([2]int{g, whole}, t)
			f.keep([2]int{g, b}, t)
		}
	}
	for _, key := range f.order {
		f.found = append(f.found, reached{key[0], key[1], f.best[key]})
	}
	return nil
}

// keep remembers a try that got further than those before.
func (f *follower) keep(key [2]int, t try) {
	old, ok := f.best[key]
	if !ok {
		f.order = append(f.order, key)
	}
	if len(t) > len(old) {
		f.best[key] = slices.Clone(t)
	}
}

// look works out which of a user's events are which steps, and says whether the
// funnel can begin at all.
func (f *follower) look(events []int32) bool {
	f.events, f.mixed = events, false
	f.masks = slices.Grow(f.masks[:0], len(events))[:len(events)]
	begins := false
	for at, i := range events {
		mask := uint64(0)
		for k, m := range f.matchers {
			if m.isEvent(i) {
				mask |= 1 << k
			}
		}
		f.masks[at] = mask
		f.mixed = f.mixed || mask&(mask-1) != 0
		begins = begins || mask&1 != 0 || f.mode == "unordered" && mask != 0
	}
	if !begins {
		return false
	}
	n := len(events)
	for k := range f.next {
		row := slices.Grow(f.next[k][:0], n+1)[:n+1]
		row[n] = int32(n)
		for at := n - 1; at >= 0; at-- {
			row[at] = row[at+1]
			if f.masks[at]&(1<<k) != 0 {
				row[at] = int32(at)
			}
		}
		f.next[k] = row
	}
	return true
}

// try is the one that begins with an event, or nothing. It is good until the
// next.
func (f *follower) try(at int) try {
	f.room = f.room[:0]
	limit := min(f.log.times[f.events[at]]+f.window, f.now)
	first := f.masks[at]&1 != 0
	if f.mode == "unordered" {
		first = f.masks[at] != 0
	}
	if !first || !f.matchers[0].inSegment(f.events[at]) {
		return nil
	}
	switch {
	case f.mode == "unordered" && f.mixed:
		return f.matched(at, limit)
	case f.mode == "unordered":
		return f.anyOrder(at, limit)
	case f.mode == "sequential":
		for k := range f.matchers {
			if at+k >= len(f.events) || f.masks[at+k]&(1<<k) == 0 || f.log.times[f.events[at+k]] > limit {
				break
			}
			f.room = append(f.room, f.events[at+k])
		}
		return f.room
	}
	for k := range f.matchers {
		at = int(f.next[k][at])
		if at == len(f.events) || f.log.times[f.events[at]] > limit {
			break
		}
		f.room = append(f.room, f.events[at])
		at++
	}
	return f.room
}

// anyOrder takes the first event of each step.
func (f *follower) anyOrder(at int, limit int64) try {
	for k := range f.matchers {
		if p := int(f.next[k][at]); p < len(f.events) && f.log.times[f.events[p]] <= limit {
			f.room = append(f.room, f.events[p])
		}
	}
	slices.Sort(f.room)
	return f.room
}

// matched takes the first events that can be different steps, where one event
// can be several: each event that lets one step more be done.
func (f *follower) matched(at int, limit int64) try {
	as := make([]int, len(f.matchers)) // step to its event's place, -1 for none
	for k := range as {
		as[k] = -1
	}
	for p := at; p < len(f.events) && len(f.room) < len(as) && f.log.times[f.events[p]] <= limit; p++ {
		if tried := uint64(0); f.masks[p] != 0 && f.assign(p, as, &tried) {
			f.room = append(f.room, f.events[p])
		}
	}
	return f.room
}

// assign gives an event a step, moving others to another of theirs if need be.
func (f *follower) assign(p int, as []int, tried *uint64) bool {
	for k := range as {
		if f.masks[p]&(1<<k) == 0 || *tried&(1<<k) != 0 {
			continue
		}
		*tried |= 1 << k
		if as[k] < 0 || f.assign(as[k], as, tried) {
			as[k] = p
			return true
		}
	}
	return false
}
