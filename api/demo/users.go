package demo

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// mostMatches bounds what a search answers.
const mostMatches = 50

// userSearch finds users by Amplitude ID, user or device ID, the beginning of a
// user ID, or the value of one of their custom properties as of their last
// event, in this order. Users of whom nothing has happened yet are not there.
func (s *Server) userSearch(_ context.Context, v url.Values) (any, error) {
	who := v.Get("user")
	if who == "" {
		return nil, refuse("Parameter user is missing")
	}
	l, now := s.Log, s.Now().UnixMicro()
	kinds := []struct {
		name string
		is   func(user) bool
	}{
		{"match_amplitude_id", func(u user) bool { return strconv.FormatInt(u.amplitude, 10) == who }},
		{"match_user_or_device_id", func(u user) bool { return u.id == who || slices.Contains(u.devices, who) }},
		{"match_user_prefix", func(u user) bool { return strings.HasPrefix(u.id, who) }},
		{"match_user_props", func(u user) bool { return l.hasCustom(u, who) }},
	}
	for _, kind := range kinds {
		var found []user
		for _, u := range l.people {
			if len(u.events) > 0 && l.times[u.events[0]] <= now && kind.is(u) {
				found = append(found, u)
			}
		}
		if len(found) > 0 {
			return bare{map[string]any{"matches": l.matches(found), "type": kind.name}}, nil
		}
	}
	return bare{map[string]any{"matches": []any{}, "type": "nomatch"}}, nil
}

// hasCustom says whether a user has a custom property of this value.
func (l *Log) hasCustom(u user, value string) bool {
	return slices.ContainsFunc(l.sets[l.state[u.events[len(u.events)-1]]], func(p property) bool {
		return l.values[p.value].text == value && strings.HasPrefix(l.keys[p.key], "gp:")
	})
}

// matches are the users of a search, by their IDs.
func (l *Log) matches(found []user) []any {
	slices.SortFunc(found, func(a, b user) int {
		return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.amplitude, b.amplitude))
	})
	matches := []any{}
	for _, u := range found[:min(len(found), mostMatches)] {
		matches = append(matches, map[string]any{
			"user_id": orNull(u.id), "amplitude_id": u.amplitude, "last_seen": nil, "last_device_id": orNull(l.lastDevice(u)),
		})
	}
	return matches
}

// userActivity is a page of a user's events, and who it is.
func (s *Server) userActivity(_ context.Context, v url.Values) (any, error) {
	id, err := strconv.ParseInt(v.Get("user"), 10, 64)
	if err != nil {
		return nil, refuse("Invalid Amplitude ID")
	}
	offset, limit := 0, 1000
	for name, to := range map[string]*int{"offset": &offset, "limit": &limit} {
		if arg := v.Get(name); arg != "" {
			if *to, err = strconv.Atoi(arg); err != nil || *to < 0 {
				return nil, refuse("Invalid value for parameter %s", name)
			}
		}
	}
	direction, err := oneOf(v, "direction", "latest", "latest", "earliest")
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(s.Log.people, func(u user) bool { return u.amplitude == id })
	var mine []int32
	if at >= 0 {
		mine = slices.Clone(s.Log.people[at].events)
	}
	now := s.Now().UnixMicro()
	mine = slices.DeleteFunc(mine, func(i int32) bool { return s.Log.times[i] > now })
	data := s.userData(id, at, mine)
	if direction == "latest" {
		slices.Reverse(mine)
	}
	page := mine[min(offset, len(mine)):]
	events := []any{}
	for _, i := range page[:min(limit, 1000, len(page))] {
		events = append(events, json.RawMessage(s.Log.appendEvent(nil, i)))
	}
	return bare{map[string]any{
		"events": events, "userData": data,
		"metadata": map[string]any{"missingData": false, "cached": false, "timeComputed": s.Now().UnixMilli()},
	}}, nil
}

// userData is who a user is, in the shape of 2026: money as text, an unknown
// place as the largest float.
func (s *Server) userData(id int64, at int, events []int32) map[string]any {
	out := map[string]any{
		"canonical_amplitude_id": id, "merged_amplitude_ids": []any{}, "merge_times": map[string]any{}, "user_id": nil,
		"num_events": len(events), "num_sessions": 0, "usage_time": 0, "purchases": "0", "revenue": "0.0",
		"device_ids": []any{}, "last_device_id": "", "ip_address": "", "properties": map[string]any{}, "groups": map[string]any{},
		"profileProperties": map[string]any{},
		"last_location":     map[string]any{"lat": "1.7976931348623157E308", "lng": "1.7976931348623157E308"},
	}
	for _, key := range []string{"platform", "os", "device", "device_type", "carrier", "country", "region", "city", "dma", "language", "version", "start_version", "library", "paying"} {
		out[key] = ""
	}
	if at < 0 || len(events) == 0 {
		return out
	}
	l, u := s.Log, s.Log.people[at]
	first, last := events[0], events[len(events)-1]
	out["user_id"], out["last_device_id"], out["device_ids"] = orNull(u.id), l.lastDevice(u), append([]string{}, u.devices...)
	date := func(i int32) string { return time.UnixMicro(l.times[i]).UTC().Format(time.DateOnly) }
	out["first_used"], out["last_used"] = date(first), date(last)
	sessions := map[int64]int64{}
	purchases, money := 0, 0.0
	for _, i := range events {
		if at := l.session[i]; at >= 0 {
			sessions[at] = max(sessions[at], l.times[i]/1000-at)
		}
		if m := l.revenueOf(i); m != 0 {
			purchases++
			money += m
		}
	}
	usage := int64(0)
	for _, long := range sessions {
		usage += max(long, 0)
	}
	out["num_sessions"], out["usage_time"] = len(sessions), usage
	out["purchases"], out["revenue"] = strconv.Itoa(purchases), textNumber(money)
	custom := map[string]any{}
	for _, p := range l.sets[l.state[last]] {
		if name, ok := strings.CutPrefix(l.keys[p.key], "gp:"); ok {
			custom[name] = l.values[p.value].json()
		} else {
			out[strings.ToLower(l.keys[p.key])] = l.values[p.value].text
		}
	}
	out["properties"] = custom
	return out
}

// activeUsers counts active users, or new ones: those whose first event is in
// the interval.
func (s *Server) activeUsers(ctx context.Context, v url.Values) (any, error) {
	kind, err := oneOf(v, "m", "active", "active", "new")
	if err != nil {
		return nil, err
	}
	arg := url.Values{"e": {`{"event_type":"_active"}`}}
	for _, k := range []string{"start", "end", "i", "s", "g"} {
		if x, ok := v[k]; ok {
			arg[k] = x
		}
	}
	q, err := s.parseSegmentation(arg)
	if err != nil {
		return nil, err
	}
	if kind == "active" {
		a, err := q.answer(ctx)
		if err != nil {
			return nil, err
		}
		return bare{map[string]any{"data": a.(answer).data}}, nil
	}
	var all []seriesOf
	for si, segment := range q.segments {
		groups, err := s.newcomers(ctx, q.axis, segment, q.by)
		if err != nil {
			return nil, err
		}
		if len(groups) == 0 {
			groups = append(groups, newGroup{})
		}
		for _, g := range groups {
			one := seriesOf{
				segment: si, label: g.label, grouped: len(q.by) > 0, values: make([]float64, len(q.axis.starts)),
				total: float64(len(g.users)), done: len(g.users) > 0,
			}
			for _, u := range g.users {
				one.values[u.cohort]++
			}
			all = append(all, one)
		}
	}
	all, limited := q.cut(all)
	return bare{map[string]any{"data": wireSeries(all, q.axis.labels(), limited).data}}, nil
}
