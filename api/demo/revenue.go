package demo

import (
	"cmp"
	"context"
	"math"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// Lifetime value: the users whose very first event lies in the range, in
// cohorts of its date. rNd is the metric over their first N times 24 hours:
//
//   - 0 ARPU: revenue per user, 1 ARPPU: revenue per paying user,
//     2 total revenue, 3 paying users.
//
// Users younger than N days are left out of day N, so that curves may fall at
// their end; a cohort in which somebody may be, is not complete there. Money is
// what the property $revenue of an event says, else its revenue, in no
// currency. rNnew is who paid for the first time on the last of the N days.

func ltvDays() []int { return []int{1, 2, 3, 4, 5, 6, 7, 14, 30, 60, 90, 120, 180} }

type newcomer struct {
	cohort   int
	first    int64
	payments []payment
}

type payment struct {
	after int64 // microseconds of age
	money float64
}

func (s *Server) revenue(ctx context.Context, v url.Values) (any, error) {
	m, err := oneOf(v, "m", "0", "0", "1", "2", "3")
	if err != nil {
		return nil, err
	}
	metric, _ := strconv.Atoi(m)
	a, err := s.axis(v, day, week, month)
	if err != nil {
		return nil, err
	}
	segments, err := parseSegments(v)
	if err != nil {
		return nil, err
	}
	by, err := parseGroups(v, len(segments), 1)
	if err != nil {
		return nil, err
	}
	series, labels, meta, limited := []any{}, []any{}, []any{}, false
	for si, segment := range segments {
		groups, err := s.newcomers(ctx, a, segment, by)
		if err != nil {
			return nil, err
		}
		limited = limited || len(groups) > mostGroups
		for _, g := range groups[:min(len(groups), mostGroups)] {
			series = append(series, ltv(a, g.users, metric))
			if labels = append(labels, any(si)); len(by) > 0 {
				labels[len(labels)-1] = g.label
			}
			meta = append(meta, map[string]any{"segmentIndex": si})
		}
	}
	return answer{data: map[string]any{"series": series, "seriesLabels": labels, "seriesMeta": meta}, groupLimit: limited}, nil
}

// newGroup is the new users of one group.
type newGroup struct {
	label string
	users []newcomer
}

// newcomers are the new users of the range, by group, the largest group first.
func (s *Server) newcomers(ctx context.Context, a axis, segment []condition, by []group) ([]newGroup, error) {
	l := s.Log
	m, err := l.newMatcher(eventArg{name: "_all"}, segment, a, false)
	if err != nil {
		return nil, err
	}
	labels, err := l.newLabeler(by)
	if err != nil {
		return nil, err
	}
	from, to := a.span()
	var groups []newGroup
	index := map[int]int{}
	for u := range l.people {
		if u&0xff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		events := l.people[u].events
		if len(events) == 0 || l.times[events[0]] < from || l.times[events[0]] >= to || !m.inSegment(events[0]) {
			continue
		}
		g := labels.of(events[0])
		k, ok := index[g]
		if !ok {
			k = len(groups)
			index[g] = k
			groups = append(groups, newGroup{label: labels.text[g]})
		}
		groups[k].users = append(groups[k].users, l.newcomer(events, a))
	}
	slices.SortFunc(groups, func(x, y newGroup) int {
		return cmp.Or(cmp.Compare(len(y.users), len(x.users)), cmp.Compare(x.label, y.label))
	})
	return groups, nil
}

// newcomer is a user with all they have paid.
func (l *Log) newcomer(events []int32, a axis) newcomer {
	first := l.times[events[0]]
	n := newcomer{cohort: a.find(first), first: first}
	for _, i := range events {
		if l.times[i] > a.now {
			break
		}
		if money := l.revenueOf(i); money != 0 {
			n.payments = append(n.payments, payment{l.times[i] - first, money})
		}
	}
	return n
}

// ltv is the live shape of one group.
func ltv(a axis, users []newcomer, metric int) map[string]any {
	cohorts := make([][]newcomer, len(a.starts))
	for _, u := range users {
		cohorts[u.cohort] = append(cohorts[u.cohort], u)
	}
	layout := "Jan 2"
	if a.bounds[len(a.starts)]-a.bounds[0] > age(364) {
		// Without the year two cohorts would have one name. The documented answers
		// have it.
		layout = time.DateOnly
	}
	dates, values, complete := []string{}, map[string]any{}, map[string]any{}
	for c := len(cohorts) - 1; c >= 0; c-- {
		label := a.starts[c].Format(layout)
		dates = append(dates, label)
		values[label] = worth(cohorts[c], metric, a.now)
		complete[label] = grown(a.bounds[c+1], a.now)
	}
	return map[string]any{
		"dates": dates, "values": values, "complete": complete,
		"combined": worth(users, metric, a.now), "combined_complete": grown(a.bounds[len(a.starts)], a.now),
		"combined_projected": map[string]any{},
	}
}

// grown says which days everybody who came before end has had.
func grown(end, now int64) map[string]bool {
	done := map[string]bool{}
	for _, n := range ltvDays() {
		done[dayKey(n)] = end+age(n) <= now
	}
	return done
}

// revenueOf is the money of an event: its $revenue, else its revenue.
func (l *Log) revenueOf(i int32) float64 {
	for _, key := range l.revenueKeys {
		if v, ok := l.numberOf(i, key); ok {
			return v
		}
	}
	return 0
}

// dayKey is the name of the revenue after n days.
func dayKey(n int) string { return "r" + strconv.Itoa(n) + "d" }

func age(days int) int64 { return int64(days) * 24 * 3600 * 1e6 }

// tidy is a sum of money without the dust of adding fractions.
func tidy(sum float64) float64 { return math.Round(sum*1e6) / 1e6 }

// worth is what some users have paid by their age.
func worth(users []newcomer, metric int, now int64) map[string]any {
	out := map[string]any{"count": len(users)}
	paid, amount := 0, 0.0
	for _, u := range users {
		if len(u.payments) > 0 {
			paid++
		}
		for _, p := range u.payments {
			amount += p.money
		}
	}
	out["paid"], out["total_amount"] = paid, tidy(amount)
	for _, n := range ltvDays() {
		old, payers, fresh, money := 0, 0, 0, 0.0
		for _, u := range users {
			if u.first+age(n) > now {
				continue
			}
			old++
			for k, p := range u.payments {
				if p.after >= age(n) {
					break
				}
				money += p.money
				if k == 0 {
					payers++
					if p.after >= age(n-1) {
						fresh++
					}
				}
			}
		}
		money = tidy(money)
		out[dayKey(n)] = [...]float64{ratio(money, float64(old)), ratio(money, float64(payers)), money, float64(payers)}[metric]
		out["r"+strconv.Itoa(n)+"new"] = fresh
	}
	return out
}
