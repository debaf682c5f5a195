package demo

import (
	"context"
	"net/url"
	"slices"
	"sort"
	"strings"
)

// events lists the event types with their totals of this week, which begins on
// Monday in the project's zone, and the change against the same span of the
// week before (Monday up to the same hour). The live API leaves hidden events
// out; here they are, with their flag, so that there is something to show.
func (s *Server) events(context.Context, url.Values) (any, error) {
	l, now := s.Log, s.now()
	monday := week.bucket(now)
	last := monday.AddDate(0, 0, -7)
	from, to := monday.UnixMicro(), now.UnixMicro()+1
	lastFrom, lastTo := last.UnixMicro(), now.AddDate(0, 0, -7).UnixMicro()+1
	order := make([]int, len(l.names))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(l.names[a], l.names[b]) })
	data := []any{}
	for place, k := range order {
		if len(l.byKind[k]) == 0 || l.times[l.byKind[k][0]] >= to {
			continue
		}
		totals := l.countBetween(k, from, to)
		data = append(data, map[string]any{
			"id": place + 1, "value": l.names[k], "name": l.names[k], "display": l.names[k],
			"totals": totals, "totals_delta": totals - l.countBetween(k, lastFrom, lastTo),
			"hidden": l.hidden[k], "non_active": l.inactive[k], "deleted": false, "flow_hidden": false,
			"autohidden": false, "timeline_hidden": false, "in_waitroom": false, "waitroom_approved": nil,
		})
	}
	return answer{data: data, short: true}, nil
}

// countBetween counts the events of a type in [from, to).
func (l *Log) countBetween(kind int, from, to int64) int {
	all := l.byKind[kind]
	lo := sort.Search(len(all), func(i int) bool { return l.times[all[i]] >= from })
	hi := sort.Search(len(all), func(i int) bool { return l.times[all[i]] >= to })
	return hi - lo
}
