package demo

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"time"
)

// composition counts the users who were active in the range by their value of a
// property, as of their last active event in it: every user once. The values with
// the most users come first.
func (s *Server) composition(ctx context.Context, v url.Values) (any, error) {
	a, err := s.axis(v, day)
	if err != nil {
		return nil, err
	}
	if v.Get("p") == "" {
		return nil, refuse("Parameter p is missing")
	}
	key, err := userKey(v.Get("p"))
	if err != nil {
		return nil, err
	}
	labels, err := s.Log.newLabeler([]group{{key}})
	if err != nil {
		return nil, err
	}
	last, err := s.lastActive(ctx, a)
	if err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, i := range last {
		counts[labels.text[labels.of(i)]]++
	}
	x := []string{}
	for label := range counts {
		x = append(x, label)
	}
	slices.SortFunc(x, func(a, b string) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
	limited := len(x) > 1000
	x = x[:min(len(x), 1000)]
	row := make([]int, len(x))
	for i, label := range x {
		row[i] = counts[label]
	}
	data := map[string]any{"xValues": x, "series": []any{}, "seriesLabels": []any{}}
	if len(x) > 0 {
		data["series"], data["seriesLabels"] = []any{row}, []string{key}
	}
	return answer{data: data, groupLimit: limited}, nil
}

// lastActive is the last active event of each user in a range.
func (s *Server) lastActive(ctx context.Context, a axis) (map[int32]int32, error) {
	l := s.Log
	from, to := a.span()
	lo, hi := l.between(from, to)
	last := map[int32]int32{}
	for i := lo; i < hi; i++ {
		if i&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !l.inactive[l.kinds[i]] {
			last[l.users[i]] = int32(i)
		}
	}
	return last, nil
}

// realtimeSlots are those of a day.
const realtimeSlots = 288

// realtime counts the active users of each five minutes that are over: those of the
// last 24 hours as Today, and those of the 24 before as Yesterday. Labels are clock
// times of the project's zone and wrap round at midnight.
func (s *Server) realtime(_ context.Context, v url.Values) (any, error) {
	if _, err := oneOf(v, "i", "5", "5"); err != nil {
		return nil, err
	}
	l, now := s.Log, s.now()
	end := fiveMinutes.bucket(now)
	x, series := make([]string, realtimeSlots), []any{}
	for back := range 2 {
		begin := end.Add(time.Duration(-realtimeSlots*(back+1)) * 5 * time.Minute)
		row, seen := make([]int, realtimeSlots), map[[2]int32]bool{}
		lo, hi := l.between(begin.UnixMicro(), begin.UnixMicro()+realtimeSlots*5*60*1e6)
		for i := lo; i < hi; i++ {
			slot := int32((l.times[i] - begin.UnixMicro()) / (5 * 60 * 1e6))
			if one := [2]int32{slot, l.users[i]}; !l.inactive[l.kinds[i]] && !seen[one] {
				seen[one] = true
				row[slot]++
			}
		}
		series = append(series, row)
		if back == 0 {
			for k := range x {
				x[k] = begin.Add(time.Duration(k) * 5 * time.Minute).Format("15:04")
			}
		}
	}
	return bare{map[string]any{"data": map[string]any{"xValues": x, "series": series, "seriesLabels": []string{"Today", "Yesterday"}}}}, nil
}
