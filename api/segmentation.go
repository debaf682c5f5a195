package api

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"amptui/api/text"
)

const segmentationEndpoint = "/api/2/events/segmentation"

// Segmentation is series x points.
type Segmentation struct {
	Labels []text.Raw  // one per point, as sent
	Times  []time.Time // one per point, in the client's zone; nil when a label is no date
	Series []SegmentationSeries
	Meta   Meta
}

// SegmentationSeries is one series, with a value for each point.
type SegmentationSeries struct {
	Event   int      // 0 for the first event, 1 for the second
	Segment int      // which of the segments
	Formula int      // which of the formulas
	Label   text.Raw // the group value or values; empty when ungrouped
	Grouped bool     // Label is a group value, an empty one too
	Values  []float64
	Total   float64 // the API's own for the range, users counted once; NaN when not sent
}

// Segmentation asks GET /api/2/events/segmentation. "No data" is an answer
// without series.
func (c *Client) Segmentation(ctx context.Context, q SegmentationQuery) (Segmentation, error) {
	if err := q.Check(); err != nil {
		return Segmentation{}, err
	}
	s, err := c.series(ctx, q, q.isGrouped(), q.Dates.End, q.cannotBe)
	c.record(q.Interval, &s.Meta).series(&s)
	return s, err
}

// isGrouped decides from the question: a grouped answer may hold one series
// that looks like an ungrouped one.
func (q SegmentationQuery) isGrouped() bool {
	return len(q.By) > 0 || q.groups(q.Event) || q.Second != nil && q.groups(*q.Second)
}

// groups says whether an event has group-bys besides the property that its
// metric is about.
func (q SegmentationQuery) groups(e Event) bool {
	switch q.Metric {
	case Sums, ValueAverage, Histogram:
		return len(e.By) > 1
	}
	return len(e.By) > 0
}

type wireSegmentation struct {
	X         *list[word]            `json:"xValues"`
	Series    *list[json.RawMessage] `json:"series"`
	Labels    list[json.RawMessage]  `json:"seriesLabels"`
	Collapsed list[json.RawMessage]  `json:"seriesCollapsed"`
	Meta      list[json.RawMessage]  `json:"seriesMeta"`
}

func (c *Client) decodeSegmentation(body []byte, grouped bool, end time.Time) (Segmentation, error) {
	return c.decodeSeries(segmentationEndpoint, body, grouped, end)
}

// decodeSeries reads an answer of series and points, which several endpoints have.
func (c *Client) decodeSeries(endpoint string, body []byte, grouped bool, end time.Time) (Segmentation, error) {
	read, ok := scanSegmentation(body)
	if !ok {
		var err error
		if read, err = c.readSegmentation(endpoint, body); err != nil {
			return Segmentation{}, err
		}
	}
	wire := read.wire
	if err := c.paired(endpoint, len(read.rows), len(wire.Labels)); err != nil {
		return Segmentation{}, err
	}
	out := Segmentation{Meta: read.meta}
	for _, x := range *wire.X {
		out.Labels = append(out.Labels, x.Raw)
	}
	out.Times = times(out.Labels, end, c.options.Zone)
	for i, values := range read.rows {
		s := SegmentationSeries{Values: values, Total: collapsed(wire.Collapsed, i), Grouped: grouped}
		if i < len(wire.Meta) {
			s.takeMeta(wire.Meta[i])
		}
		if i < len(wire.Labels) {
			s.takeLabel(wire.Labels[i], grouped)
		}
		out.Series = append(out.Series, s)
	}
	return out, nil
}

// readSegmentation reads an answer of any shape that is known.
func (c *Client) readSegmentation(endpoint string, body []byte) (out segmentationPieces, err error) {
	data, meta, err := c.open(endpoint, body)
	if err != nil {
		return out, err
	}
	out.meta = meta
	if data[0] != '{' {
		return out, c.undecodable(endpoint, "its data are no object")
	}
	if err := c.decode(endpoint, data, &out.wire); err != nil {
		return out, err
	}
	if out.wire.X == nil || out.wire.Series == nil {
		return out, c.undecodable(endpoint, "it has no x values, or no series")
	}
	for _, row := range *out.wire.Series {
		n := len(*out.wire.X)
		values, sent, ok := parseRow(row, n)
		switch {
		case !ok:
			return out, c.undecodable(endpoint, "a series is no list of numbers")
		case sent > n:
			return out, c.undecodable(endpoint, fmt.Sprintf("a series has %d values for %d dates", sent, n))
		case sent < n:
			out.meta.MissingData = true
		}
		out.rows = append(out.rows, values)
	}
	return out, nil
}

// times reads the labels as dates, all or none.
func times(labels []text.Raw, end time.Time, zone *time.Location) []time.Time {
	out := make([]time.Time, len(labels))
	for i, l := range labels {
		t, ok := day(l.Exact(), end, zone)
		if !ok {
			return nil
		}
		out[i] = t
	}
	return out
}

// parseRow reads one series as n points: what is missing at its end is NaN. It says
// how many were sent.
func parseRow(raw json.RawMessage, n int) (points []float64, sent int, ok bool) {
	out := make([]float64, n)
	if sent, ok := scanRow(raw, out); ok {
		return out, sent, true
	}
	var row []number
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] != '[' || json.Unmarshal(raw, &row) != nil {
		return nil, 0, false
	}
	for i := range out {
		out[i] = math.NaN()
		if i < len(row) {
			out[i] = float64(row[i])
		}
	}
	return out, len(row), true
}

// scanRow reads a row of plain numbers and nulls without allocating, and says how
// many they are. It gives up on everything else, and encoding/json then decides.
func scanRow(raw []byte, out []float64) (sent int, ok bool) {
	i, n := 0, 0
	blank := func() {
		for i < len(raw) && (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
			i++
		}
	}
	if blank(); i >= len(raw) || raw[i] != '[' {
		return 0, false
	}
	for i++; ; i++ {
		blank()
		start := i
		for i < len(raw) && raw[i] != ',' && raw[i] != ']' && raw[i] > ' ' {
			i++
		}
		token := raw[start:i]
		if len(token) == 0 {
			blank()
			if n == 0 && i == len(raw)-1 && raw[i] == ']' {
				break
			}
			return 0, false
		}
		v, ok := plainNumber(token)
		if !ok {
			return 0, false
		}
		if n < len(out) {
			out[n] = v
		}
		n++
		if blank(); i >= len(raw) {
			return 0, false
		}
		if raw[i] == ']' {
			if i != len(raw)-1 {
				return 0, false
			}
			break
		}
		if raw[i] != ',' {
			return 0, false
		}
	}
	for k := n; k < len(out); k++ {
		out[k] = math.NaN()
	}
	return n, true
}

// plainNumber reads null, or a number as JSON writes it.
func plainNumber(token []byte) (float64, bool) {
	if string(token) == "null" {
		return math.NaN(), true
	}
	i := 0
	if token[0] == '-' {
		i = 1
	}
	start, point, whole := i, -1, uint64(0)
	for ; i < len(token); i++ {
		if c := token[i]; c >= '0' && c <= '9' {
			whole = whole*10 + uint64(c-'0')
		} else if c == '.' && point < 0 {
			point = i
		} else {
			break
		}
	}
	digits, places := i-start, 0
	if point >= 0 {
		digits, places = digits-1, i-point-1
	}
	zero := digits > 1 && token[start] == '0' && point != start+1 // 01 is none
	if digits == 0 || point == start || point == i-1 && point >= 0 || zero {
		return 0, false
	}
	if i < len(token) && !json.Valid(token) { // an exponent, or no number
		return 0, false
	}
	if i < len(token) || digits > 15 {
		return finite(string(token)), true
	}
	// Fifteen digits and a power of ten below 10^22 are exact, and so is their ratio.
	v := float64(whole) / powerOfTen(places)
	if token[0] == '-' {
		v = -v
	}
	if v > maxValue || v < -maxValue {
		return math.NaN(), true
	}
	return v, true
}

func powerOfTen(n int) float64 {
	return [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}[n]
}

// collapsed is the total of a series: a list of one cell, or the cell itself.
func collapsed(all list[json.RawMessage], i int) float64 {
	if i >= len(all) {
		return math.NaN()
	}
	cell := bytes.TrimSpace(all[i])
	if len(cell) > 0 && cell[0] == '[' {
		var row []number
		if json.Unmarshal(cell, &row) != nil || len(row) == 0 {
			return math.NaN()
		}
		return float64(row[0])
	}
	return parseNumber(cell)
}

func (s *SegmentationSeries) takeMeta(raw json.RawMessage) {
	var m struct {
		Segment number `json:"segmentIndex"`
		Event   number `json:"eventIndex"`
		Formula number `json:"formulaIndex"`
	}
	if json.Unmarshal(raw, &m) == nil {
		s.Segment, s.Event, s.Formula = index(m.Segment), index(m.Event), index(m.Formula)
		return
	}
	// One documented answer has the group's name here.
	var w word
	if json.Unmarshal(raw, &w) == nil && s.Grouped {
		s.Label = w.Raw
	}
}

func index(n number) int {
	if v := float64(n); v >= 0 && v < 1000 {
		return int(v)
	}
	return 0
}

// takeLabel reads a label: a number for an ungrouped series, [event, "group"]
// or plain text for a grouped one.
func (s *SegmentationSeries) takeLabel(raw json.RawMessage, grouped bool) {
	var pair []word
	if b := bytes.TrimSpace(raw); len(b) > 0 && b[0] == '[' {
		if json.Unmarshal(b, &pair) != nil || len(pair) == 0 {
			return
		}
		if n, err := strconv.Atoi(pair[0].Exact()); err == nil && len(pair) > 1 && n >= 0 && n < 1000 {
			s.Event = n
		}
		s.Label, s.Grouped = pair[len(pair)-1].Raw, grouped || len(pair) > 1
		return
	}
	var w word
	if json.Unmarshal(raw, &w) != nil {
		return
	}
	if b := bytes.TrimSpace(raw); len(b) > 0 && b[0] == '"' {
		s.Label, s.Grouped = w.Raw, grouped || !w.IsZero()
	} else if grouped && !w.IsZero() && s.Label.IsZero() {
		s.Label = w.Raw
	}
}
