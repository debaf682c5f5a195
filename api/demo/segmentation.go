package demo

import (
	"context"
	"math"
	"net/url"
	"slices"
	"sort"
	"strconv"
)

// What is counted, for each bucket and for the range as a whole:
//
//   - uniques: users that did the event, each once per bucket, and once in the
//     range's total, which is why the total is not the sum of the buckets;
//   - totals: how often the event was done;
//   - average: totals divided by uniques;
//   - pct_dau: uniques as a percentage (0 to 100) of the users that were active
//     in the same bucket;
//   - sums, value_avg: sum and average of the number in the event's first
//     group-by property, over the events that have one;
//   - histogram: how many events have which value of that property.
//
// Buckets later than now are there, with 0.

// seriesOf is one series of an answer, as its metric's numbers.
type seriesOf struct {
	event, segment int
	label          string
	grouped        bool
	values         []float64
	total          float64
}

// counting is one event of a segmentation in one segment.
type counting struct {
	matcher *matcher
	labels  *labeler
	number  int32 // key of the property that sums and histograms are about, -1 for none
	groups  map[int]*tally
}

type segmentation struct {
	log      *Log
	axis     axis
	metric   string
	events   []eventArg
	segments [][]condition
	by       []group
	active   bool // only active events
	window   int
	average  int
	limit    int
	formula  node
	source   string
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
	d, err := parseDates(v, s.Zone)
	if err != nil {
		return nil, err
	}
	i, err := parseInterval(v, d, fiveMinutes, hour, day, week, month)
	if err != nil {
		return nil, err
	}
	q.axis = newAxis(d, i)
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
	if q.onNumber() {
		for _, e := range q.events {
			if len(e.by) == 0 {
				return refuse("Metric %s needs a group by property of the event", q.metric)
			}
		}
	}
	for name, to := range map[string]*int{"rollingWindow": &q.window, "rollingAverage": &q.average} {
		if s := v.Get(name); s != "" {
			n, err := strconv.Atoi(s)
			if err != nil || n < 1 || n > 366 {
				return refuse("Invalid value for parameter %s", name)
			}
			*to = n
		}
	}
	if q.metric != "formula" {
		return nil
	}
	var err error
	q.source = v.Get("formula")
	q.formula, err = parseFormula(q.source, len(q.events))
	return err
}

func (q *segmentation) onNumber() bool {
	return q.metric == "sums" || q.metric == "value_avg" || q.metric == "histogram"
}

// count counts one event in one segment.
func (q *segmentation) count(ctx context.Context, e eventArg, segment []condition) (*counting, error) {
	m, err := q.log.newMatcher(e, segment, q.axis, q.active)
	if err != nil {
		return nil, err
	}
	by := e.by
	c := &counting{matcher: m, number: -1, groups: map[int]*tally{}}
	if q.onNumber() || q.metric == "formula" && len(by) > 0 && q.formula.onNumber() {
		if key, ok := q.log.keyIndex[by[0].key]; ok {
			c.number = key
		}
		by = by[1:]
	}
	c.labels = q.log.newLabeler(append(slices.Clone(by), q.by...))
	if len(c.labels.keys) == 0 {
		c.groups[c.labels.of(0)] = newTally(len(q.axis.starts))
	}
	return c, c.run(ctx, q)
}

func (c *counting) run(ctx context.Context, q *segmentation) error {
	l, a := q.log, q.axis
	n := len(a.starts)
	lo, hi := l.between(a.bounds[0], a.bounds[n])
	b := 0
	for i := lo; i < hi; i++ {
		if i&0xffff == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for b+1 < n && l.times[i] >= a.bounds[b+1] {
			b++
		}
		at := int32(i)
		if !c.matcher.event(at) {
			continue
		}
		g := c.labels.of(at)
		t := c.groups[g]
		if t == nil {
			t = newTally(n)
			c.groups[g] = t
		}
		t.totals[b]++
		t.unique(l.users[i], b, q.window, n)
		if c.number >= 0 {
			c.add(t, at, b)
		}
	}
	return nil
}

// add counts the number of an event's property.
func (c *counting) add(t *tally, i int32, b int) {
	l := c.matcher.log
	v := l.in(l.own[i], c.number)
	if v < 0 {
		v = l.in(l.state[i], c.number)
	}
	if v < 0 || l.values[v].kind != numberValue {
		return
	}
	t.sums[b] += l.values[v].number
	t.counted[b]++
	t.values[l.values[v].number]++
}

// answer computes all series and writes them in the live shape.
func (q *segmentation) answer(ctx context.Context) (any, error) {
	var all []seriesOf
	if q.metric == "histogram" {
		return q.histogram(ctx)
	}
	for si, segment := range q.segments {
		counted, active, err := q.countAll(ctx, segment)
		if err != nil {
			return nil, err
		}
		if q.metric == "formula" {
			all = append(all, q.formulas(si, counted, active)...)
			continue
		}
		for ei, c := range counted {
			all = append(all, q.series(si, ei, c, active)...)
		}
	}
	limited := false
	all, limited = q.cut(all)
	return q.wire(all, q.axis.labels(), limited), nil
}

// countAll counts each event, and for pct_dau who was active at all.
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
		whole.by, whole.metric = nil, "uniques"
		c, err := whole.count(ctx, eventArg{name: "_active"}, segment)
		if err != nil {
			return nil, nil, err
		}
		active = c.groups[c.labels.of(0)]
	}
	return counted, active, nil
}

func (q *segmentation) grouped(e int) bool {
	inside := len(q.events[e].by)
	if q.onNumber() || q.metric == "formula" && inside > 0 && q.formula.onNumber() {
		inside--
	}
	return inside > 0 || len(q.by) > 0
}

func (q *segmentation) series(segment, e int, c *counting, active *tally) []seriesOf {
	var out []seriesOf
	for g, t := range c.groups {
		if sum(t.totals) == 0 {
			continue // the API has no series where nothing was done
		}
		values, total := q.numbers(t, active, q.metric)
		out = append(out, seriesOf{event: e, segment: segment, label: c.labels.text[g], grouped: q.grouped(e), values: q.finish(values), total: total})
	}
	return out
}

// formulas evaluates the formula for each group that one of the events has.
func (q *segmentation) formulas(segment int, counted []*counting, active *tally) []seriesOf {
	labels := map[string]bool{}
	for _, c := range counted {
		for g := range c.groups {
			labels[c.labels.text[g]] = true
		}
	}
	none := newTally(len(q.axis.starts))
	var out []seriesOf
	for label := range labels {
		tallies, done := make([]*tally, len(counted)), 0.0
		for e, c := range counted {
			tallies[e] = none
			for g, t := range c.groups {
				if c.labels.text[g] == label {
					tallies[e] = t
					done += sum(t.totals)
				}
			}
		}
		if done == 0 {
			continue
		}
		values, total := q.formula.eval(q, tallies, active)
		out = append(out, seriesOf{segment: segment, label: label, grouped: q.grouped(0), values: q.finish(values), total: total})
	}
	return out
}

// cut orders the series (by event and segment; groups by their total, then by
// name) and keeps as many groups as the limit says.
func (q *segmentation) cut(all []seriesOf) ([]seriesOf, bool) {
	sort.SliceStable(all, func(i, j int) bool {
		a, b := all[i], all[j]
		switch {
		case a.segment != b.segment:
			return a.segment < b.segment
		case a.event != b.event:
			return a.event < b.event
		case a.total != b.total && !math.IsNaN(a.total) && !math.IsNaN(b.total):
			return a.total > b.total
		}
		return a.label < b.label
	})
	kept, limited := all[:0], false
	count := map[[2]int]int{}
	for _, s := range all {
		of := [2]int{s.segment, s.event}
		if count[of]++; s.grouped && count[of] > q.limit {
			limited = true
			continue
		}
		kept = append(kept, s)
	}
	return kept, limited
}

// wire is the live shape: ungrouped labels are numbers, grouped ones pairs of
// the event's number and the value.
func (q *segmentation) wire(all []seriesOf, x []string, limited bool) any {
	series, labels, collapsed, meta := []any{}, []any{}, []any{}, []any{}
	for i, s := range all {
		series = append(series, exact(s.values))
		if s.grouped {
			labels = append(labels, []any{s.event, s.label})
		} else {
			labels = append(labels, i)
		}
		collapsed = append(collapsed, []any{map[string]any{"setId": "", "value": exact([]float64{s.total})[0]}})
		m := map[string]any{"segmentIndex": s.segment, "eventIndex": s.event}
		if q.metric == "formula" {
			m["formulaIndex"], m["formula"] = 0, q.source
		}
		meta = append(meta, m)
	}
	return answer{data: map[string]any{
		"series": series, "seriesLabels": labels, "seriesCollapsed": collapsed, "seriesMeta": meta, "xValues": x,
	}, groupLimit: limited}
}

// exact rounds what adding floats leaves behind the ninth digit.
func exact(values []float64) []float64 {
	for i, v := range values {
		if math.Abs(v) < 1e6 {
			values[i] = math.Round(v*1e9) / 1e9
		}
	}
	return values
}
