package demo

import (
	"context"
	"net/url"
	"strconv"
	"strings"
)

// What is counted, for each bucket and for the range as a whole:
//
//   - uniques: users (by Amplitude ID) that did the event, each once per bucket,
//     and once in the range's total, which is why the total is not the sum of
//     the buckets;
//   - totals: how often the event was done;
//   - average: totals divided by uniques;
//   - pct_dau: uniques as a percentage (0 to 100) of the users of the segment
//     that were active in the same bucket, whatever group they are in;
//   - sums, value_avg: sum and average of the number in the event's first
//     group-by property, over the events that have one;
//   - histogram: how many events have which value of that property.
//
// Where nothing was done an average is 0, as for the other metrics. A rolling
// window or average reaches back before the range, as the API's documentation
// says; the range's total does not. Buckets later than now are there, with 0,
// and what a log has of them is not counted.
type segmentation struct {
	log      *Log
	axis     axis // with the buckets before the range that are looked back at
	metric   string
	events   []eventArg
	segments [][]condition
	by       []group
	active   bool // only active events
	window   int
	average  int
	limit    int
	formulas []formula
}

func (s *Server) segmentation(ctx context.Context, v url.Values) (any, error) {
	q, err := s.parseSegmentation(v)
	if err != nil {
		return nil, err
	}
	return q.answer(ctx)
}

func (s *Server) parseSegmentation(v url.Values) (*segmentation, error) {
	q := &segmentation{log: s.Log, window: 1, average: 1}
	var err error
	if q.axis, err = s.axis(v, fiveMinutes, hour, day, week, month); err != nil {
		return nil, err
	}
	if q.metric, err = oneOf(v, "m", "uniques", "uniques", "totals", "pct_dau", "average", "histogram", "sums", "value_avg", "formula"); err != nil {
		return nil, err
	}
	for _, name := range []string{"e", "e2"} {
		if arg := v.Get(name); arg != "" {
			e, err := parseEvent(name, arg)
			if err != nil {
				return nil, err
			}
			q.events = append(q.events, e)
		}
	}
	if v.Get("e") == "" {
		return nil, refuse("Parameter e is missing")
	}
	users, err := oneOf(v, "n", "any", "any", "active")
	if err != nil {
		return nil, err
	}
	q.active = users == "active"
	if q.segments, err = parseSegments(v); err != nil {
		return nil, err
	}
	if q.by, err = parseGroups(v, len(q.segments), 2); err != nil {
		return nil, err
	}
	if q.limit, err = parseLimit(v); err != nil {
		return nil, err
	}
	return q, q.parseRest(v)
}

func (q *segmentation) parseRest(v url.Values) error {
	for name, to := range map[string]*int{"rollingWindow": &q.window, "rollingAverage": &q.average} {
		if s := v.Get(name); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil || n < 1 || n > 366 {
				return refuse("Invalid value for parameter %s", name)
			}
			*to = n
		}
	}
	q.axis = q.axis.lookBack(q.window - 1 + q.average - 1)
	if q.metric == "formula" {
		for _, s := range strings.Split(v.Get("formula"), ";") {
			f, err := parseFormula(s, len(q.events))
			if err != nil {
				return err
			}
			q.formulas = append(q.formulas, f)
		}
		if len(q.formulas) > 10 {
			return refuse("At most ten formulas are allowed")
		}
	}
	if !q.onNumber() {
		return nil
	}
	for _, e := range q.events {
		if len(e.by) == 0 {
			return refuse("Metric %s needs a group by property of the event", q.metric)
		}
	}
	return nil
}

// onNumber says whether the metric is about the first group-by property of the
// events, which then is no group.
func (q *segmentation) onNumber() bool {
	switch q.metric {
	case "sums", "value_avg", "histogram":
		return true
	}
	for _, f := range q.formulas {
		if f.tree.onNumber() {
			return true
		}
	}
	return false
}

// groups are the properties that an event is grouped by.
func (q *segmentation) groups(e eventArg) []group {
	inside := e.by
	if q.onNumber() && len(inside) > 0 {
		inside = inside[1:]
	}
	return append(append([]group{}, inside...), q.by...)
}

// answer computes all series and writes them in the live shape.
func (q *segmentation) answer(ctx context.Context) (any, error) {
	if q.metric == "histogram" {
		return q.histogram(ctx)
	}
	var all []seriesOf
	pruned := false
	for si, segment := range q.segments {
		counted, active, err := q.countAll(ctx, segment)
		if err != nil {
			return nil, err
		}
		for ei, c := range counted {
			pruned = pruned || c.pruned
			if q.metric != "formula" {
				all = append(all, q.series(si, ei, c, active)...)
			}
		}
		if q.metric == "formula" {
			all = append(all, q.formulaSeries(si, counted, active)...)
		}
	}
	all, limited := q.cut(all)
	return wireSeries(all, q.axis.labels(), limited || pruned), nil
}

// countAll counts each event, and for percentages who was active at all.
func (q *segmentation) countAll(ctx context.Context, segment []condition) (counted []*counting, active *tally, err error) {
	for _, e := range q.events {
		c, err := q.count(ctx, e, segment)
		if err != nil {
			return nil, nil, err
		}
		counted = append(counted, c)
	}
	if q.metric == "pct_dau" || q.metric == "formula" {
		whole := *q
		whole.by, whole.metric, whole.formulas = nil, "uniques", nil
		c, err := whole.count(ctx, eventArg{name: "_active"}, segment)
		if err != nil {
			return nil, nil, err
		}
		active = c.whole()
	}
	return counted, active, nil
}

func (q *segmentation) series(segment, e int, c *counting, active *tally) []seriesOf {
	var out []seriesOf
	for g, t := range c.tallies {
		values, total := q.numbers(t, active, q.metric)
		out = append(out, seriesOf{
			event: e, segment: segment, label: c.labels.text[g], grouped: len(c.labels.keys) > 0,
			values: q.finish(values), total: total, done: t.any,
		})
	}
	return out
}

// formulaSeries evaluates the formulas for each group that one of the events
// has.
func (q *segmentation) formulaSeries(segment int, counted []*counting, active *tally) []seriesOf {
	none := newTally(len(q.axis.starts), true)
	byLabel := map[string][]*tally{}
	for e, c := range counted {
		for g, t := range c.tallies {
			label := c.labels.text[g]
			if byLabel[label] == nil {
				byLabel[label] = make([]*tally, len(counted))
				for k := range counted {
					byLabel[label][k] = none
				}
			}
			byLabel[label][e] = t
		}
	}
	var out []seriesOf
	for label, tallies := range byLabel {
		done := false
		for _, t := range tallies {
			done = done || t.any
		}
		for fi, f := range q.formulas {
			values, total := f.tree.eval(q, tallies, active)
			out = append(out, seriesOf{
				segment: segment, formula: fi, source: f.source, label: label, grouped: len(counted[0].labels.keys) > 0,
				values: q.finish(values), total: total, done: done,
			})
		}
	}
	return out
}
