package demo

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A refusal is an answer that is no data: its status and the reason in words.
type refusal struct {
	status  int
	details string
}

func (r refusal) Error() string { return r.details }

func refuse(format string, args ...any) error { return refusal{400, fmt.Sprintf(format, args...)} }

// filter keeps events or users by a property.
type filter struct {
	key    string // with its scope, as in the log
	op     string
	values []string
}

// group is a property to group by.
type group struct{ key string }

// eventArg is an event parameter.
type eventArg struct {
	name    string
	filters []filter
	by      []group
}

// performed is a condition on what a user has done.
type performed struct {
	event eventArg
	op    string
	count int
	time  string
	days  int
}

// condition is a filter of users or of what they have done.
type condition struct {
	filter *filter
	did    *performed
}

// dates is a range of days of the zone: [start, end).
type dates struct{ start, end time.Time }

func operators() []string {
	return []string{"is", "is not", "contains", "does not contain", "less", "less or equal", "greater", "greater or equal", "set is", "set is not"}
}

func parseEvent(what, s string) (eventArg, error) {
	var w struct {
		Name    *string      `json:"event_type"`
		Filters []wireFilter `json:"filters"`
		By      []struct {
			Type  string `json:"type"`
			Value string `json:"value"`
		} `json:"group_by"`
	}
	if err := json.Unmarshal([]byte(s), &w); err != nil || w.Name == nil || *w.Name == "" {
		return eventArg{}, refuse("Invalid event in parameter %s", what)
	}
	e := eventArg{name: *w.Name}
	if len(w.By) > 2 {
		return eventArg{}, refuse("At most two group bys are allowed")
	}
	for _, g := range w.By {
		key, err := scoped(g.Type, g.Value)
		if err != nil {
			return eventArg{}, err
		}
		e.by = append(e.by, group{key})
	}
	for _, f := range w.Filters {
		parsed, err := f.parse()
		if err != nil {
			return eventArg{}, err
		}
		e.filters = append(e.filters, parsed)
	}
	return e, nil
}

type wireFilter struct {
	Type   string   `json:"subprop_type"`
	Key    string   `json:"subprop_key"`
	Op     string   `json:"subprop_op"`
	Values []string `json:"subprop_value"`
}

func (w wireFilter) parse() (filter, error) {
	key, err := scoped(w.Type, w.Key)
	if err != nil {
		return filter{}, err
	}
	return newFilter(key, w.Op, w.Values)
}

func newFilter(key, op string, values []string) (filter, error) {
	if !slices.Contains(operators(), op) {
		return filter{}, refuse("Invalid operator %s", op)
	}
	if len(values) == 0 {
		return filter{}, refuse("A filter of %s has no values", key)
	}
	return filter{key, op, values}, nil
}

func scoped(kind, key string) (string, error) {
	switch {
	case key == "":
		return "", refuse("A property has no name")
	case kind == "event":
		return "event:" + key, nil
	case kind == "user":
		return key, nil
	}
	return "", refuse("Invalid property type %s", kind)
}

// parseSegments reads the repeated parameter s. No segment is one of everybody.
func parseSegments(v url.Values) ([][]condition, error) {
	var out [][]condition
	for _, s := range v["s"] {
		var raw []json.RawMessage
		if err := json.Unmarshal([]byte(s), &raw); err != nil {
			return nil, refuse("Invalid segment definition")
		}
		segment := []condition{}
		for _, r := range raw {
			c, err := parseCondition(r)
			if err != nil {
				return nil, err
			}
			segment = append(segment, c)
		}
		out = append(out, segment)
	}
	if len(out) == 0 {
		out = [][]condition{nil}
	}
	return out, nil
}

func parseCondition(raw json.RawMessage) (condition, error) {
	var w struct {
		Prop    string       `json:"prop"`
		Op      string       `json:"op"`
		Values  []string     `json:"values"`
		Type    string       `json:"type"`
		Name    string       `json:"event_type"`
		Filters []wireFilter `json:"filters"`
		Value   int          `json:"value"`
		Time    string       `json:"time_type"`
		Days    int          `json:"time_value"`
	}
	if err := json.Unmarshal(raw, &w); err != nil {
		return condition{}, refuse("Invalid segment definition")
	}
	switch {
	case w.Prop == "userdata_cohort":
		return condition{}, refusal{404, "Cohort not found"}
	case w.Type == "event":
		p := performed{event: eventArg{name: w.Name}, op: w.Op, count: w.Value, time: w.Time, days: w.Days}
		for _, f := range w.Filters {
			parsed, err := f.parse()
			if err != nil {
				return condition{}, err
			}
			p.event.filters = append(p.event.filters, parsed)
		}
		if !slices.Contains([]string{"=", "!=", "<", "<=", ">", ">="}, p.op) {
			return condition{}, refuse("Invalid operator %s", p.op)
		}
		if !slices.Contains([]string{"forEachInterval", "currentInterval", "allTime", "rolling"}, p.time) {
			return condition{}, refuse("Invalid time type %s", p.time)
		}
		return condition{did: &p}, nil
	case w.Prop != "":
		f, err := newFilter(w.Prop, w.Op, w.Values)
		return condition{filter: &f}, err
	}
	return condition{}, refuse("Invalid segment definition")
}

func parseDates(v url.Values, zone *time.Location) (dates, error) {
	start, err1 := time.Parse("20060102", v.Get("start"))
	end, err2 := time.Parse("20060102", v.Get("end"))
	if err1 != nil || err2 != nil {
		return dates{}, refuse("Invalid start or end: YYYYMMDD is needed")
	}
	if end.Before(start) {
		return dates{}, refuse("The end is before the start")
	}
	return dates{midnight(start.Year(), start.Month(), start.Day(), zone), midnight(end.Year(), end.Month(), end.Day()+1, zone)}, nil
}

// days counts the days of the range, also those of 23 and 25 hours.
func (d dates) days() int { return int(d.end.Sub(d.start).Hours()/24 + 0.5) }

// interval is the API's number of a bucket's length.
type interval int

const (
	fiveMinutes interval = -300000
	hour        interval = -3600000
	day         interval = 1
	week        interval = 7
	month       interval = 30
)

func parseInterval(v url.Values, d dates, allowed ...interval) (interval, error) {
	i := day
	if s := v.Get("i"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0, refuse("Invalid interval")
		}
		i = interval(n)
	}
	if !slices.Contains(allowed, i) {
		return 0, refuse("Invalid interval")
	}
	most := map[interval]int{fiveMinutes: 2, hour: 7, day: 366, week: 52*7 + 7, month: 37 * 31}[i]
	if d.days() > most {
		return 0, refuse("The time range is too long for this interval")
	}
	return i, nil
}

// bucket is the beginning of the interval that t falls into: weeks begin on
// Monday, months on the first, all in the zone of t.
func (i interval) bucket(t time.Time) time.Time {
	switch i {
	case fiveMinutes:
		return t.Truncate(5 * time.Minute)
	case hour:
		// An hour begins where the clock of the zone says so, in zones with half
		// hours too.
		return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	case week:
		return midnight(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, t.Location())
	case month:
		return midnight(t.Year(), t.Month(), 1, t.Location())
	}
	return midnight(t.Year(), t.Month(), t.Day(), t.Location())
}

func (i interval) next(t time.Time) time.Time {
	switch i {
	case fiveMinutes:
		return t.Add(5 * time.Minute)
	case hour:
		return t.Add(time.Hour)
	case week:
		return midnight(t.Year(), t.Month(), t.Day()+7, t.Location())
	case month:
		return midnight(t.Year(), t.Month()+1, 1, t.Location())
	}
	return midnight(t.Year(), t.Month(), t.Day()+1, t.Location())
}

// label is how the API writes a bucket.
func (i interval) label(t time.Time) string {
	if i == hour || i == fiveMinutes {
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format(time.DateOnly)
}

// axis is the buckets of a range, each with its beginning; bounds has one more.
type axis struct {
	interval interval
	starts   []time.Time
	bounds   []int64 // unix microseconds
	dates    dates
}

func newAxis(d dates, i interval) axis {
	a := axis{interval: i, dates: d}
	for t := i.bucket(d.start); t.Before(d.end); t = i.next(t) {
		a.starts = append(a.starts, t)
		a.bounds = append(a.bounds, max(t.UnixMicro(), d.start.UnixMicro()))
	}
	a.bounds = append(a.bounds, d.end.UnixMicro())
	return a
}

func (a axis) labels() []string {
	out := make([]string, len(a.starts))
	for i, t := range a.starts {
		out[i] = a.interval.label(t)
	}
	return out
}

// find is the bucket of a time inside of the range.
func (a axis) find(at int64) int {
	i, ok := slices.BinarySearch(a.bounds, at)
	if ok {
		return min(i, len(a.starts)-1)
	}
	return i - 1
}

func parseGroups(v url.Values, segments int, most int) ([]group, error) {
	var out []group
	for _, name := range []string{"g", "g2"} {
		if key := v.Get(name); key != "" {
			out = append(out, group{key})
		}
	}
	if len(out) > most {
		return nil, refuse("At most %d group by is allowed", most)
	}
	if len(out) > 0 && segments > 1 {
		return nil, refuse("A group by needs a single segment")
	}
	return out, nil
}

func parseLimit(v url.Values) (int, error) {
	s := v.Get("limit")
	if s == "" {
		return 100, nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 1 {
		return 0, refuse("Invalid limit")
	}
	return min(n, 1000), nil
}

func oneOf(v url.Values, name, byDefault string, allowed ...string) (string, error) {
	s := v.Get(name)
	if s == "" {
		return byDefault, nil
	}
	if !slices.Contains(allowed, s) {
		return "", refuse("Invalid value for parameter %s", name)
	}
	return s, nil
}
