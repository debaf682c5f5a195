package demo

import (
	"context"
	"net/url"
	"slices"
	"strconv"
)

// Lifetime value: the users whose very first event lies in the range, in
// cohorts of its date. rNd is the metric over their first N times 24 hours:
//
//   - 0 ARPU: revenue per user, 1 ARPPU: revenue per paying user,
//     2 total revenue, 3 paying users.
//
// Users younger than N days are left out of day N; a cohort in which somebody
// is, is not complete there.

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
	d, err := parseDates(v, s.Zone)
	if err != nil {
		return nil, err
	}
	i, err := parseInterval(v, d, day, week, month)
	if err != nil {
		return nil, err
	}
	a := newAxis(d, i)
	segments, err := parseSegments(v)
	if err != nil {
		return nil, err
	}
	by, err := parseGroups(v, len(segments), 1)
	if err != nil {
		return nil, err
	}
	series, labels, meta := []any{}, []any{}, []any{}
	for si, segment := range segments {
		groups, names, err := s.newcomers(ctx, a, segment, by)
		if err != nil {
			return nil, err
		}
		for g, users := range groups {
			series = append(series, s.ltv(a, users, metric))
			if labels = append(labels, any(si)); len(by) > 0 {
				labels[len(labels)-1] = names[g]
			}
			meta = append(meta, map[string]any{"segmentIndex": si})
		}
	}
	return map[string]any{"series": series, "seriesLabels": labels, "seriesMeta": meta}, nil
}

// newcomers are the new users of the range, by group, the largest group first.
func (s *Server) newcomers(ctx context.Context, a axis, segment []condition, by []group) ([][]newcomer, []string, error) {
	l, now := s.Log, s.Now().UnixMicro()
	m, err := l.newMatcher(eventArg{name: "_all"}, segment, a, false)
	if err != nil {
		return nil, nil, err
	}
	labels := l.newLabeler(by)
	found := map[int][]newcomer{}
	for u := range l.people {
		if u&0xff == 0 && ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		events := l.people[u].events
		if len(events) == 0 {
			continue
		}
		first := l.times[events[0]]
		if first < a.bounds[0] || first >= a.bounds[len(a.starts)] || first > now || !m.inSegment(events[0]) {
			continue
		}
		n := newcomer{cohort: a.find(first), first: first}
		for _, i := range events {
			if money := l.revenueOf(i); money != 0 && l.times[i] <= now {
				n.payments = append(n.payments, payment{l.times[i] - first, money})
			}
		}
		g := labels.of(events[0])
		found[g] = append(found[g], n)
	}
	order := make([]int, 0, len(found))
	for g := range found {
		order = append(order, g)
	}
	slices.SortFunc(order, func(x, y int) int {
		if len(found[x]) != len(found[y]) {
			return len(found[y]) - len(found[x])
		}
		return compareText(labels.text[x], labels.text[y])
	})
	groups, names := make([][]newcomer, len(order)), make([]string, len(order))
	for i, g := range order {
		groups[i], names[i] = found[g], labels.text[g]
	}
	return groups, names, nil
}

// ltv is the live shape of one group.
func (s *Server) ltv(a axis, users []newcomer, metric int) map[string]any {
	now := s.Now().UnixMicro()
	cohorts := make([][]newcomer, len(a.starts))
	for _, u := range users {
		cohorts[u.cohort] = append(cohorts[u.cohort], u)
	}
	dates, values, complete := []string{}, map[string]any{}, map[string]any{}
	combinedComplete := map[string]any{}
	for c := len(cohorts) - 1; c >= 0; c-- {
		label := a.starts[c].Format("Jan 2")
		dates = append(dates, label)
		values[label] = worth(cohorts[c], metric, now)
		done := map[string]bool{}
		for _, n := range ltvDays() {
			done[dayKey(n)] = a.bounds[c+1]+age(n) <= now
		}
		complete[label] = done
	}
	for _, n := range ltvDays() {
		combinedComplete[dayKey(n)] = a.bounds[len(a.starts)]+age(n) <= now
	}
	return map[string]any{
		"dates": dates, "values": values, "complete": complete,
		"combined": worth(users, metric, now), "combined_complete": combinedComplete, "combined_projected": map[string]any{},
	}
}

// dayKey is the name of the revenue after n days.
func dayKey(n int) string { return "r" + strconv.Itoa(n) + "d" }

func age(days int) int64 { return int64(days) * 24 * 3600 * 1e6 }

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
	out["paid"], out["total_amount"] = paid, amount
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
		out[dayKey(n)] = [...]float64{ratio(money, float64(old)), ratio(money, float64(payers)), money, float64(payers)}[metric]
		out["r"+strconv.Itoa(n)+"new"] = fresh
	}
	return out
}

// revenueDay is the older time series: what was paid in each interval, whoever
// paid it.
func (s *Server) revenueDay(ctx context.Context, v url.Values) (any, error) {
	metric, err := oneOf(v, "m", "total", "total", "paying", "arpu", "arppu")
	if err != nil {
		return nil, err
	}
	ask := func(event, metric string, number bool) (*segmentation, *counting, error) {
		arg := url.Values{}
		for k, x := range v {
			arg[k] = x
		}
		arg.Set("m", metric)
		arg.Set("e", `{"event_type":"`+event+`"}`)
		q, err := s.parseSegmentation(arg)
		if err != nil {
			return nil, nil, err
		}
		c, err := q.count(ctx, q.events[0], q.segments[0])
		return q, c, err
	}
	q, paid, err := ask("revenue_amount", "uniques", true)
	if err != nil {
		return nil, err
	}
	_, active, err := ask("_active", "uniques", false)
	if err != nil {
		return nil, err
	}
	var all []seriesOf
	money := q.money(paid)
	for g, t := range paid.groups {
		payers := sumDifferences(t.uniques[:len(q.axis.starts)])
		base := newTally(len(q.axis.starts))
		for other, x := range active.groups {
			if active.labels.text[other] == paid.labels.text[g] {
				base = x
			}
		}
		users := sumDifferences(base.uniques[:len(q.axis.starts)])
		one := seriesOf{label: paid.labels.text[g], grouped: len(q.by) > 0}
		switch total := sum(money[g]); metric {
		case "total":
			one.values, one.total = money[g], total
		case "paying":
			one.values, one.total = payers, float64(len(t.all))
		case "arpu":
			one.values, one.total = divide(money[g], users), ratio(total, float64(len(base.all)))
		case "arppu":
			one.values, one.total = divide(money[g], payers), ratio(total, float64(len(t.all)))
		}
		if one.values != nil && sum(payers) > 0 {
			all = append(all, one)
		}
	}
	all, limited := q.cut(all)
	return q.wire(all, q.axis.labels(), limited), nil
}

// money sums the revenue of each group and bucket.
func (q *segmentation) money(c *counting) map[int][]float64 {
	l, a := q.log, q.axis
	out := map[int][]float64{}
	for g := range c.groups {
		out[g] = make([]float64, len(a.starts))
	}
	lo, hi := l.between(a.bounds[0], a.bounds[len(a.starts)])
	for i := int32(lo); i < int32(hi); i++ {
		if c.matcher.event(i) {
			out[c.labels.of(i)][a.find(l.times[i])] += l.revenueOf(i)
		}
	}
	return out
}
