package demo

import (
	"context"
	"maps"
	"net/url"
)

// revenueDay is the older time series of the published OpenAPI: what was paid in
// each interval, whoever paid it, not by cohort.
//
//   - total: the money; paying: the users who paid;
//   - arpu: the money per active user of the interval, arppu: per paying user.
func (s *Server) revenueDay(ctx context.Context, v url.Values) (any, error) {
	metric, err := oneOf(v, "m", "total", "total", "paying", "arpu", "arppu")
	if err != nil {
		return nil, err
	}
	arg := maps.Clone(v)
	arg.Del("e2")
	arg.Set("m", "uniques")
	arg.Set("e", `{"event_type":"revenue_amount"}`)
	q, err := s.parseSegmentation(arg)
	if err != nil {
		return nil, err
	}
	var all []seriesOf
	pruned := false
	for si, segment := range q.segments {
		paid, err := q.countMoney(ctx, segment)
		if err != nil {
			return nil, err
		}
		active, err := q.count(ctx, eventArg{name: "_active"}, segment)
		if err != nil {
			return nil, err
		}
		pruned = pruned || paid.pruned || active.pruned
		all = append(all, q.paidSeries(metric, si, paid, active)...)
	}
	all, limited := q.cut(all)
	return wireSeries(all, q.axis.labels(), limited || pruned), nil
}

// countMoney counts who paid, and sums what.
func (q *segmentation) countMoney(ctx context.Context, segment []condition) (*counting, error) {
	c, err := q.counting(eventArg{name: "revenue_amount"}, segment)
	if err != nil {
		return nil, err
	}
	c.number = func(i int32) (float64, bool) { return q.log.revenueOf(i), true }
	return c, c.run(ctx, q)
}

func (q *segmentation) paidSeries(metric string, segment int, paid, active *counting) []seriesOf {
	base := map[string]*tally{}
	for g, t := range active.tallies {
		base[active.labels.text[g]] = t
	}
	none := newTally(len(q.axis.starts), false)
	var out []seriesOf
	for g, t := range paid.tallies {
		label := paid.labels.text[g]
		users := base[label]
		if users == nil {
			users = none
		}
		values, total := q.numbers(t, nil, "sums")
		switch metric {
		case "paying":
			values, total = q.numbers(t, nil, "uniques")
		case "arpu":
			active, n := q.numbers(users, nil, "uniques")
			values, total = divide(values, active), ratio(total, n)
		case "arppu":
			payers, n := q.numbers(t, nil, "uniques")
			values, total = divide(values, payers), ratio(total, n)
		}
		out = append(out, seriesOf{
			segment: segment, label: label, grouped: len(paid.labels.keys) > 0,
			values: q.finish(values), total: total, done: t.any,
		})
	}
	return out
}
