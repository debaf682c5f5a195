package demo

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// A session is the events of one user that have the same session id, which is when
// it began; it lasts until the last of them that has happened. It belongs to the
// day on which it began. Events outside of sessions are in none.
//
//   - length: how many sessions of the range last how long; a length that is the
//     end of one bin is in the next;
//   - average: the mean length of the day's sessions, in seconds;
//   - peruser: the day's sessions, by the users who began one on it.
//
// Where nothing was done an average is 0, as the live API has it.
type session struct {
	user   int32
	start  int64 // unix microseconds
	length time.Duration
}

// sessionsIn are the sessions that began in a range.
func (s *Server) sessionsIn(ctx context.Context, a axis) ([]session, error) {
	l := s.Log
	from, to := a.span()
	type of struct {
		user int32
		id   int64
	}
	at, out := map[of]int{}, []session{}
	lo, hi := l.between(from, a.now+1)
	for i := lo; i < hi; i++ {
		if i&0xffff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		start := l.session[i] * 1000
		if l.session[i] < 0 || start < from || start >= to {
			continue
		}
		one := of{l.users[i], start}
		k, ok := at[one]
		if !ok {
			k = len(out)
			at[one] = k
			out = append(out, session{user: one.user, start: start})
		}
		out[k].length = max(out[k].length, time.Duration(l.times[i]-start)*time.Microsecond)
	}
	return out, nil
}

func (s *Server) sessionLengths(ctx context.Context, v url.Values) (any, error) {
	a, err := s.axis(v, day)
	if err != nil {
		return nil, err
	}
	edges, err := parseBins(v)
	if err != nil {
		return nil, err
	}
	all, err := s.sessionsIn(ctx, a)
	if err != nil {
		return nil, err
	}
	counts, x := make([]int, len(edges)-1), make([]string, len(edges)-1)
	for i := range x {
		x[i] = fmt.Sprintf("%gs-%gs", edges[i].Seconds(), edges[i+1].Seconds())
	}
	for _, one := range all {
		k, exact := slices.BinarySearch(edges, one.length)
		if !exact {
			k--
		}
		if k >= 0 && k < len(counts) {
			counts[k]++
		}
	}
	data := map[string]any{"series": []any{}, "seriesMeta": []any{}, "xValues": []string{}, "seriesLabels": []any{}, "seriesCollapsed": []any{}}
	if len(all) > 0 {
		data["series"], data["xValues"] = []any{counts}, x
	}
	return answer{data: data, extra: map[string]any{"withSets": false}}, nil
}

// parseBins reads the edges of the bins, else takes those that the API's
// documentation names.
func parseBins(v url.Values) ([]time.Duration, error) {
	const name = "timeHistogramConfigBin"
	if v.Get(name+"TimeUnit") == "" {
		var edges []time.Duration
		for _, ms := range []int{0, 3000, 10000, 30000, 60000, 180000, 600000, 1800000, 3600000, 86400000} {
			edges = append(edges, time.Duration(ms)*time.Millisecond)
		}
		return edges, nil
	}
	unit, ok := map[string]time.Duration{"hours": time.Hour, "minutes": time.Minute, "seconds": time.Second}[v.Get(name+"TimeUnit")]
	low, err1 := strconv.Atoi(v.Get(name + "Min"))
	high, err2 := strconv.Atoi(v.Get(name + "Max"))
	if !ok || err1 != nil || err2 != nil || low < 0 || high <= low || high > 1e6 {
		return nil, refuse("Invalid bins")
	}
	size := max((high-low)/10, 1)
	if given := v.Get(name + "Size"); given != "" {
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || (high-low)/n > 1000 {
			return nil, refuse("Invalid bin size")
		}
		size = n
	}
	var edges []time.Duration
	for at := low; at < high; at += size {
		edges = append(edges, time.Duration(at)*unit)
	}
	return append(edges, time.Duration(high)*unit), nil
}

func (s *Server) sessionAverage(ctx context.Context, v url.Values) (any, error) {
	return s.sessionsByDay(ctx, v, func(all []session) float64 {
		sum := 0.0
		for _, one := range all {
			sum += one.length.Seconds()
		}
		return ratio(sum, float64(len(all)))
	})
}

func (s *Server) sessionsPerUser(ctx context.Context, v url.Values) (any, error) {
	return s.sessionsByDay(ctx, v, func(all []session) float64 {
		users := map[int32]bool{}
		for _, one := range all {
			users[one.user] = true
		}
		return ratio(float64(len(all)), float64(len(users)))
	})
}

// sessionsByDay measures the sessions of each day, and of the range.
func (s *Server) sessionsByDay(ctx context.Context, v url.Values, measure func([]session) float64) (any, error) {
	a, err := s.axis(v, day)
	if err != nil {
		return nil, err
	}
	all, err := s.sessionsIn(ctx, a)
	if err != nil {
		return nil, err
	}
	byDay := make([][]session, len(a.starts))
	for _, one := range all {
		k := a.find(one.start)
		byDay[k] = append(byDay[k], one)
	}
	values, x := make([]float64, len(byDay)), make([]string, len(byDay))
	for i, of := range byDay {
		values[i], x[i] = measure(of), a.starts[i].Format("2006-01-02T15:04:05")
	}
	return answer{data: map[string]any{
		"series": []any{values}, "xValues": x,
		"seriesCollapsed": []any{[]any{map[string]any{"setId": "", "value": measure(all)}}},
		"seriesMeta":      []any{map[string]any{"segmentIndex": 0, "sessionIndex": 0}},
	}, extra: map[string]any{"withSets": false}}, nil
}
