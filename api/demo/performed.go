package demo

import (
	"sort"
	"time"
)

// didFilter is a performed condition, worked out for every user.
type didFilter struct {
	ok  []bool             // for spans that do not depend on the event's interval
	per func(i int32) bool // else
}

// didFilter works a performed condition out: how often each user did the event
// in all time, in the days before the range's end (rolling), or, for the two
// spans of intervals, in the bucket that an event falls into (currentInterval),
// or in the days up to that bucket's end (forEachInterval).
func (l *Log) didFilter(p performed, a axis) (didFilter, error) {
	m, err := l.newMatcher(p.event, nil, a, false)
	if err != nil {
		return didFilter{}, err
	}
	if p.time == "forEachInterval" || p.time == "currentInterval" {
		return didFilter{per: l.performedPer(p, m, a)}, nil
	}
	from, to := int64(-1<<62), a.now
	if p.time == "rolling" {
		to = min(to, a.dates.end.UnixMicro()-1)
		from = a.dates.end.AddDate(0, 0, -p.days).UnixMicro()
	}
	counts := make([]int, len(l.people))
	for i := range l.times {
		if l.times[i] >= from && l.times[i] <= to && m.isEvent(int32(i)) {
			counts[l.users[i]]++
		}
	}
	ok := make([]bool, len(counts))
	for u, n := range counts {
		ok[u] = compareCount(n, p.op, p.count)
	}
	return didFilter{ok: ok}, nil
}

// performedPer is a performed condition as of an event's own bucket.
func (l *Log) performedPer(p performed, m *matcher, a axis) func(int32) bool {
	times := make([][]int64, len(l.people))
	for i := range l.times {
		if l.times[i] <= a.now && m.isEvent(int32(i)) {
			times[l.users[i]] = append(times[l.users[i]], l.times[i])
		}
	}
	var from, since, end int64 // the bucket of the last event asked about, and since when is counted
	return func(i int32) bool {
		if at := l.times[i]; at < from || at >= end {
			begin := a.interval.bucket(time.UnixMicro(at).In(a.dates.start.Location()))
			next := a.interval.next(begin)
			from, end = begin.UnixMicro(), next.UnixMicro()
			since = from
			if p.time == "forEachInterval" {
				since = next.AddDate(0, 0, -max(p.days, 1)).UnixMicro()
			}
		}
		all := times[l.users[i]]
		lo := sort.Search(len(all), func(k int) bool { return all[k] >= since })
		hi := sort.Search(len(all), func(k int) bool { return all[k] >= end })
		return compareCount(hi-lo, p.op, p.count)
	}
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
