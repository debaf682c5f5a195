package api

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"slices"
	"time"

	"amptui/api/text"
)

const retentionEndpoint = "/api/2/retention"

// Retention is one group a segment or group value. No data is no group.
type Retention struct {
	Groups []RetentionGroup
	Meta   Meta
}

// RetentionGroup is the cohorts of some users, newest first.
type RetentionGroup struct {
	Segment  int
	Label    text.Raw // the group value, empty when ungrouped
	Cohorts  []RetentionCohort
	Users    float64         // of all cohorts together, each once; NaN when not sent
	Combined []RetentionCell // all cohorts together, day 0 first
}

// RetentionCohort is the users of one start date. Cells are those of 0, 1, 2 …
// intervals later (of each bracket, where brackets are asked for); cohorts are
// of different length.
type RetentionCohort struct {
	Label text.Raw
	Time  time.Time // zero when the label is no date
	Size  float64
	Cells []RetentionCell
}

// RetentionCell is how many came back, out of how many; NaN when not sent.
// Incomplete numbers will still rise.
type RetentionCell struct {
	Count, Of  float64
	Incomplete bool
}

// Retention asks GET /api/2/retention.
func (c *Client) Retention(ctx context.Context, q RetentionQuery) (Retention, error) {
	if err := q.Check(); err != nil {
		return Retention{}, err
	}
	got, err := c.get(ctx, q)
	if err != nil {
		return Retention{}, err
	}
	r, err := c.decodeRetention(got.body, q)
	c.judge(q, got, &r.Meta, err)
	c.record(q.Interval, &r.Meta).retention(&r)
	return r, err
}

type wireCell struct {
	Count      *number `json:"count"`
	Of         *number `json:"outof"`
	Incomplete flag    `json:"incomplete"`
}

type wireRetention struct {
	Dates     list[word]            `json:"dates"`
	Datetimes list[word]            `json:"datetimes"`
	Values    map[string][]wireCell `json:"values"`
	Combined  []wireCell            `json:"combined"`
}

func (c *Client) decodeRetention(body []byte, q RetentionQuery) (Retention, error) {
	data, meta, err := c.open(retentionEndpoint, body)
	if err != nil {
		return Retention{}, err
	}
	var wire struct {
		Series *list[wireRetention]  `json:"series"`
		Labels list[json.RawMessage] `json:"seriesLabels"`
		Meta   list[json.RawMessage] `json:"seriesMeta"`
	}
	if err := c.decode(retentionEndpoint, data, &wire); err != nil {
		return Retention{}, err
	}
	if wire.Series == nil {
		return Retention{}, c.undecodable(retentionEndpoint, "it has no series")
	}
	if err := c.paired(retentionEndpoint, len(*wire.Series), len(wire.Labels)); err != nil {
		return Retention{}, err
	}
	out := Retention{Meta: meta}
	for i, w := range *wire.Series {
		g := RetentionGroup{Users: math.NaN(), Combined: cells(w.Combined)}
		if len(w.Combined) > 0 {
			g.Users = value(w.Combined[0].Count)
		}
		g.Segment, g.Label = groupOf(wire.Labels, wire.Meta, i)
		if isStrange(w.Dates, w.Values) {
			return Retention{}, c.undecodable(retentionEndpoint, "its dates and its values do not belong together")
		}
		for k, label := range everyDate(w.Dates, w.Values) {
			g.Cohorts = append(g.Cohorts, w.cohort(k, label.Raw, q.Dates.End, c.options.Zone))
		}
		if err := c.believed(retentionEndpoint, g.cannotBe(q)); err != nil {
			return Retention{}, err
		}
		out.Groups = append(out.Groups, g)
	}
	return out, nil
}

// everyDate is the dates as listed, then those that have values and are not:
// the documented example of lifetime value has one.
func everyDate[T any](dates list[word], values map[string]T) []word {
	var rest []word
	for _, label := range slices.Backward(slices.Sorted(maps.Keys(values))) {
		if !slices.ContainsFunc(dates, func(w word) bool { return w.Exact() == label }) {
			rest = append(rest, word{text.New(label)})
		}
	}
	return append(slices.Clone(dates), rest...)
}

// isStrange says that there are dates, and values, but no value of any of the dates. It
// may be so of one: the documented example of lifetime value is.
func isStrange[T any](dates []word, values map[string]T) bool {
	return len(dates) > 1 && len(values) > 1 && !slices.ContainsFunc(dates, func(w word) bool {
		_, ok := values[w.Exact()]
		return ok
	})
}

// groupOf reads segment and label of a group the way segmentation does.
func groupOf(labels, meta list[json.RawMessage], i int) (int, text.Raw) {
	var s SegmentationSeries
	if i < len(meta) {
		s.takeMeta(meta[i])
	}
	if i < len(labels) {
		s.takeLabel(labels[i], false)
	}
	return s.Segment, s.Label
}

func (w wireRetention) cohort(k int, label text.Raw, end time.Time, zone *time.Location) RetentionCohort {
	out := RetentionCohort{Label: label, Size: math.NaN()}
	out.Time, _ = day(label.Exact(), end, zone)
	if k < len(w.Datetimes) {
		if t, ok := day(w.Datetimes[k].Exact(), end, zone); ok {
			out.Time = t
		}
	}
	row := w.Values[label.Exact()]
	if len(row) > 0 {
		out.Size = value(row[0].Count)
	}
	out.Cells = cells(row)
	return out
}

// cells drops index 0, which is the cohort itself.
func cells(row []wireCell) []RetentionCell {
	var out []RetentionCell
	for i, w := range row {
		if i > 0 {
			out = append(out, RetentionCell{value(w.Count), value(w.Of), bool(w.Incomplete)})
		}
	}
	return out
}
