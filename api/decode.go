package api

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"amptui/api/text"
)

// maxValue bounds what is taken for a number; charts of larger ones mean
// nothing.
const maxValue = 1e15

// number is a JSON number, a number as text, null, or an object with a value
// (the API was seen to send all of them). What is none of these is NaN.
type number float64

func (n *number) UnmarshalJSON(b []byte) error {
	*n = number(parseNumber(b))
	return nil
}

func parseNumber(b []byte) float64 {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0:
		return math.NaN()
	case b[0] == '{':
		var cell struct {
			Value json.RawMessage `json:"value"`
		}
		if json.Unmarshal(b, &cell) != nil || len(cell.Value) == 0 || cell.Value[0] == '{' {
			return math.NaN()
		}
		return parseNumber(cell.Value)
	case b[0] == '"':
		var s string
		if json.Unmarshal(b, &s) != nil {
			return math.NaN()
		}
		return finite(strings.TrimSpace(s))
	}
	return finite(string(b))
}

func finite(s string) float64 {
	// ParseFloat would take hexadecimal and underscores too.
	if strings.ContainsAny(s, "xX_") {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(v) || math.Abs(v) > maxValue {
		return math.NaN()
	}
	return v
}

// word is a string, number or bool as text; null and what else comes is no
// word.
type word struct{ text.Raw }

func (w *word) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	switch {
	case len(b) == 0 || string(b) == "null" || b[0] == '{' || b[0] == '[':
		w.Raw = text.Raw{}
	case b[0] == '"':
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		w.Raw = text.New(s)
	default:
		w.Raw = text.New(string(b))
	}
	return nil
}

// flag is a bool, as text or as a number too; what is none is false.
type flag bool

func (f *flag) UnmarshalJSON(b []byte) error {
	switch strings.ToLower(strings.Trim(string(bytes.TrimSpace(b)), `"`)) {
	case "true", "1":
		*f = true
	default:
		*f = false
	}
	return nil
}

// list is an array whose elements decode on their own; null is an empty one and
// a lone object a list of one. Anything else is an error: taken for an empty
// list it would look like "no data".
type list[T any] []T

func (l *list[T]) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	*l = nil
	switch {
	case string(b) == "null":
	case len(b) > 0 && b[0] == '[':
		var out []T
		if err := json.Unmarshal(b, &out); err != nil {
			return err
		}
		*l = out
	case len(b) > 0 && b[0] == '{':
		var one T
		if err := json.Unmarshal(b, &one); err != nil {
			return err
		}
		*l = list[T]{one}
	default:
		return errors.New("no list")
	}
	return nil
}

// envelope is what stands around the data of most answers, as far as it is
// used. Keys come and go; a missing one is its zero.
type envelope struct {
	Data       json.RawMessage
	Computed   number // unix milliseconds
	Cached     flag
	SampleRate number // 1 is no sampling
	Realtime   flag
	TimedOut   flag
	NotDone    flag
	Pruned     flag
	GroupLimit flag
	Partial    flag
	Query      *struct {
		Rate number `json:"qtsRate"`
	}
}

// Meta is what an answer says of itself.
type Meta struct {
	Computed        time.Time // when the server computed it; if it does not say, when it left the server
	Cached          bool
	SampleRate      float64 // 1 is everybody, 0.1 every tenth
	RealtimeMissing bool    // the last minutes are missing
	TimedOut        bool    // the last minutes came too late
	NotComputed     bool    // an older answer, a newer was not computed
	Pruned          bool    // only the users with most events
	GroupLimit      bool    // group values were cut off
	PartialUsers    bool    // merged and new users are not all known
	MissingData     bool
	Since           time.Time     // of the project's first event, where the answer reaches back behind it; else zero
	Ahead           time.Duration // of this computer's clock before the server's, where that matters
}

// Reaches is until when there can be data in the answer, as of now: the server may
// have computed it hours ago. In the zone of now.
func (m Meta) Reaches(now time.Time) time.Time {
	if m.Computed.IsZero() || m.Computed.After(now) {
		return now
	}
	return m.Computed.In(now.Location())
}

// Badges say in plain words what of the answer is less than it seems.
func (m Meta) Badges() []string {
	var badges []string
	add := func(on bool, words string) {
		if on {
			badges = append(badges, words)
		}
	}
	add(m.SampleRate > 0 && m.SampleRate < 1, "sampled "+strconv.FormatFloat(100*m.SampleRate, 'g', 3, 64)+"%")
	add(m.Pruned, "pruned to the users with most events")
	add(m.GroupLimit, "groups cut off")
	add(m.RealtimeMissing || m.TimedOut, "the last minutes are missing")
	add(m.NotComputed, "an older answer: a new one was not computed")
	add(m.PartialUsers, "merged and new users are incomplete")
	add(m.MissingData, "data are missing")
	add(!m.Since.IsZero(), "nothing was recorded before "+m.Since.Format("2 Jan 2006"))
	add(m.Ahead != 0, badge(m.Ahead))
	return badges
}

// open decodes the envelope of an answer. Missing data are an error; empty data
// are not.
func (c *Client) open(endpoint string, body []byte) (json.RawMessage, Meta, error) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(body, &all); err != nil {
		return nil, Meta{}, c.undecodable(endpoint, "it is not JSON, or broken off")
	}
	e := readEnvelope(all)
	if len(e.Data) == 0 || string(e.Data) == "null" {
		if all["error"] != nil || all["errors"] != nil {
			return nil, Meta{}, c.undecodable(endpoint, c.safe(reason(body)))
		}
		return nil, Meta{}, c.undecodable(endpoint, "it has no data")
	}
	return e.Data, e.meta(), nil
}

// readEnvelope takes the keys one by one, since encoding/json alone would take
// "DATA" for "data". What is odd in one of them leaves the others alone.
func readEnvelope(all map[string]json.RawMessage) envelope {
	e := envelope{Data: all["data"]}
	for key, to := range map[string]any{
		"timeComputed": &e.Computed, "wasCached": &e.Cached, "minSampleRate": &e.SampleRate,
		"realtimeDataMissing": &e.Realtime, "timedOutRealtimeData": &e.TimedOut, "missedCacheAndNotComputed": &e.NotDone,
		"prunedResult": &e.Pruned, "hitChunkGroupByLimit": &e.GroupLimit,
		"partialMergedAndNewUserInformation": &e.Partial, "qtsMetadata": &e.Query,
	} {
		if raw, ok := all[key]; ok {
			_ = json.Unmarshal(raw, to) // a remark that cannot be read is none
		}
	}
	return e
}

func (e envelope) meta() Meta {
	m := Meta{
		Cached: bool(e.Cached), SampleRate: 1,
		RealtimeMissing: bool(e.Realtime), TimedOut: bool(e.TimedOut), NotComputed: bool(e.NotDone),
		Pruned: bool(e.Pruned), GroupLimit: bool(e.GroupLimit), PartialUsers: bool(e.Partial),
	}
	if ms := float64(e.Computed); ms > 0 {
		m.Computed = time.UnixMilli(int64(ms))
	}
	if rate := float64(e.SampleRate); rate > 0 && rate < 1 {
		m.SampleRate = rate
	}
	if e.Query != nil && e.Query.Rate > 0 && float64(e.Query.Rate) < m.SampleRate {
		m.SampleRate = float64(e.Query.Rate)
	}
	return m
}

func (c *Client) undecodable(endpoint, why string) error {
	return &Error{Endpoint: endpoint, Status: 200, Reason: why, kind: ErrDecode}
}

// decode reads the data of an answer into a wire struct.
func (c *Client) decode(endpoint string, data []byte, to any) error {
	if err := json.Unmarshal(data, to); err != nil {
		return c.undecodable(endpoint, "its shape is unknown")
	}
	return nil
}

// paired says what is wrong where an answer does not have as many labels as series:
// one of them is lost, and half an answer would look like a whole one. No labels at
// all are fine.
func (c *Client) paired(endpoint string, series, labels int) error {
	if labels == 0 || labels == series {
		return nil
	}
	return c.undecodable(endpoint, fmt.Sprintf("it has %d series and %d labels", series, labels))
}

// day reads the labels that the API was seen to use for days and times, in the
// zone: ISO dates and times, and English dates with the year. A label without a
// year is taken as of the year that puts it on or before the end.
func day(label string, end time.Time, zone *time.Location) (time.Time, bool) {
	label = strings.TrimSpace(label)
	for _, layout := range []string{time.DateOnly, "Jan 2, 2006", "Jan 2006"} {
		if t, err := time.Parse(layout, label); err == nil {
			return Midnight(t.Year(), t.Month(), t.Day(), zone), true
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02 15"} {
		if t, err := time.Parse(layout, label); err == nil {
			if t.Hour() == 0 && t.Minute() == 0 {
				return Midnight(t.Year(), t.Month(), t.Day(), zone), true
			}
			return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, zone), true
		}
	}
	if t, err := time.Parse(time.RFC3339, label); err == nil {
		return t.In(zone), true
	}
	t, err := time.Parse("Jan 2 2006", label+" 2000")
	if err != nil || end.IsZero() {
		return time.Time{}, false
	}
	return yearOf(t, end, zone)
}

// yearOf puts a day without a year into the last year in which it exists and is
// not after the end: Feb 29 may be years back.
func yearOf(t, end time.Time, zone *time.Location) (time.Time, bool) {
	last := Midnight(end.Year(), end.Month(), end.Day(), zone)
	for year := end.Year(); year > end.Year()-9; year-- {
		d := Midnight(year, t.Month(), t.Day(), zone)
		if d.Day() == t.Day() && !d.After(last) {
			return d, true
		}
	}
	return time.Time{}, false
}
