package api

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The parameters of the API are JSON texts inside of a query string. Repeated
// ones (events of a funnel, segments) are sent as repeated parameters.

type wireFilter struct {
	Type   string   `json:"subprop_type"`
	Key    string   `json:"subprop_key"`
	Op     Op       `json:"subprop_op"`
	Values []string `json:"subprop_value"`
}

type wireGroup struct {
	Type  string `json:"type"`
	Value string `json:"value"`
}

type wireEvent struct {
	Name    string       `json:"event_type"`
	Filters []wireFilter `json:"filters,omitempty"`
	By      []wireGroup  `json:"group_by,omitempty"`
}

func (s PropertyScope) wire() string {
	if s == EventProperty {
		return "event"
	}
	return "user"
}

func wireFilters(filters []Filter) []wireFilter {
	var out []wireFilter
	for _, f := range filters {
		w := wireFilter{Type: f.Property.Scope.wire(), Key: f.Property.Key.Exact(), Op: f.Op, Values: []string{}}
		for _, v := range f.Values {
			w.Values = append(w.Values, v.Exact())
		}
		out = append(out, w)
	}
	return out
}

func (e Event) wire() wireEvent {
	w := wireEvent{Name: e.Name.Exact(), Filters: wireFilters(e.Filters)}
	for _, p := range e.By {
		w.By = append(w.By, wireGroup{p.Scope.wire(), p.Key.Exact()})
	}
	return w
}

func (c Condition) wire() any {
	switch {
	case c.Filter != nil:
		f := wireFilters([]Filter{*c.Filter})[0]
		return struct {
			Prop   string   `json:"prop"`
			Op     Op       `json:"op"`
			Values []string `json:"values"`
		}{f.Key, f.Op, f.Values}
	case c.Cohort != nil:
		op := Is
		if c.Cohort.Not {
			op = IsNot
		}
		return struct {
			Prop   string   `json:"prop"`
			Op     Op       `json:"op"`
			Values []string `json:"values"`
		}{"userdata_cohort", op, []string{c.Cohort.ID.Exact()}}
	}
	if c.Performed == nil {
		return nil
	}
	return c.Performed.wire()
}

func (p *Performed) wire() any {
	w := struct {
		Type    string        `json:"type"`
		Name    string        `json:"event_type"`
		Filters []wireFilter  `json:"filters"`
		Op      string        `json:"op"`
		Value   int           `json:"value"`
		Time    PerformedTime `json:"time_type"`
		Days    int           `json:"time_value,omitempty"`
	}{"event", p.Event.Name.Exact(), []wireFilter{}, p.Op, p.Count, p.Time, 0}
	w.Filters = append(w.Filters, wireFilters(p.Event.Filters)...)
	if p.Time == EachInterval || p.Time == Rolling {
		w.Days = p.Days
	}
	return w
}

// jsonText is v as the JSON text of a parameter, without the escapes that
// browsers need. What cannot be marshalled cannot be built from the query types.
func jsonText(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(v) != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func addSegments(v url.Values, segments []Segment) {
	for _, s := range segments {
		conditions := make([]any, len(s))
		for i, c := range s {
			conditions[i] = c.wire()
		}
		v.Add("s", jsonText(conditions))
	}
}

func (d Dates) set(v url.Values) {
	v.Set("start", d.Start.Format("20060102"))
	v.Set("end", d.End.Format("20060102"))
}

func setInterval(v url.Values, i Interval) {
	if i != 0 {
		v.Set("i", strconv.Itoa(int(i)))
	}
}

func setGroups(v url.Values, by []Property) {
	for i, p := range by {
		v.Set([]string{"g", "g2"}[min(i, 1)], p.Key.Exact())
	}
}

func setNumber(v url.Values, name string, n int) {
	if n != 0 {
		v.Set(name, strconv.Itoa(n))
	}
}

// setUsers sets what all questions have in common: buckets, and which users in
// which groups.
func setUsers(v url.Values, i Interval, segments []Segment, by []Property) {
	setInterval(v, i)
	addSegments(v, segments)
	setGroups(v, by)
}

// Values is the question as parameters.
func (q SegmentationQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	v.Set("e", jsonText(q.Event.wire()))
	if q.Second != nil {
		v.Set("e2", jsonText(q.Second.wire()))
	}
	if q.Metric != "" {
		v.Set("m", string(q.Metric))
	}
	if q.Metric == Formula {
		v.Set("formula", q.Formula)
	}
	if q.Users != "" {
		v.Set("n", string(q.Users))
	}
	setUsers(v, q.Interval, q.Segments, q.By)
	setNumber(v, "limit", q.Limit)
	setNumber(v, "rollingWindow", q.RollingWindow)
	setNumber(v, "rollingAverage", q.RollingAverage)
	return v
}

// Values is the question as parameters.
func (q FunnelQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	for _, e := range q.Steps {
		v.Add("e", jsonText(e.wire()))
	}
	if q.Mode != "" {
		v.Set("mode", string(q.Mode))
	}
	if q.Users != "" {
		v.Set("n", string(q.Users))
	}
	setUsers(v, q.Interval, q.Segments, q.By)
	setNumber(v, "limit", q.Limit)
	setNumber(v, "cs", int(q.Window/time.Second))
	return v
}

// Values is the question as parameters.
func (q RetentionQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	v.Set("se", jsonText(q.Start.wire()))
	v.Set("re", jsonText(q.Return.wire()))
	if q.Mode != NDay {
		v.Set("rm", string(q.Mode))
	}
	if q.Mode == BracketDay {
		brackets := make([][2]int, len(q.Brackets))
		for i, b := range q.Brackets {
			brackets[i] = [2]int{b.From, b.To}
		}
		v.Set("rb", jsonText(brackets))
	}
	setUsers(v, q.Interval, q.Segments, q.By)
	return v
}

// Values is the question as parameters of /revenue/ltv.
func (q RevenueQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	v.Set("m", strconv.Itoa(int(q.Metric)))
	setUsers(v, q.Interval, q.Segments, q.By)
	return v
}

// Values is the question as parameters.
func (q ActivityQuery) Values() url.Values {
	v := url.Values{}
	v.Set("user", strconv.FormatInt(q.User, 10))
	setNumber(v, "offset", q.Offset)
	setNumber(v, "limit", q.Limit)
	if q.Direction != "" {
		v.Set("direction", string(q.Direction))
	}
	return v
}

// checkGroups says what of segments and group-bys the API refuses.
func checkGroups(by []Property, segments []Segment, most int) error {
	switch {
	case len(by) > most:
		return refuse("the API groups by %d user properties at most here, not %d", most, len(by))
	case len(by) > 0 && len(segments) > 1:
		return refuse("several segments cannot be grouped: drop the group-by, or all segments but one")
	case slices.ContainsFunc(by, func(p Property) bool { return p.Scope == EventProperty }):
		return refuse("an event property groups inside its event, not the users")
	}
	for _, s := range segments {
		if slices.ContainsFunc(s, func(c Condition) bool { return c == Condition{} }) {
			return refuse("a segment has an empty condition")
		}
	}
	return nil
}

func (d Dates) check(interval Interval) error {
	switch span := d.Len(); {
	case d.Start.IsZero() || d.End.IsZero():
		return refuse("the question has no dates")
	case d.End.Format(time.DateOnly) < d.Start.Format(time.DateOnly):
		return refuse("the dates end before they begin")
	case d.End.Format(time.DateOnly) == d.Start.Format(time.DateOnly):
		return nil
	case span > interval.MaxDays()+31 && interval == Month, span > interval.MaxDays()+6 && interval == Week,
		span > interval.MaxDays() && interval != Month && interval != Week:
		return refuse("%d days are too many for this interval: the API answers %d", span, interval.MaxDays())
	}
	return nil
}

func checkEvent(e Event, kind string) error {
	switch {
	case e.Name.IsZero():
		return refuse("the %s has no name", kind)
	case len(e.By) > 2:
		return refuse("an event is grouped by two properties at most, not %d", len(e.By))
	case slices.ContainsFunc(e.Filters, func(f Filter) bool { return f.Property.Key.IsZero() || len(f.Values) == 0 }):
		return refuse("a filter of the %s lacks its property or its values", kind)
	}
	return nil
}

// Check says in a sentence what the API would refuse, before it is asked. The
// error is ErrCheck.
func (q SegmentationQuery) Check() error {
	if err := checkEvent(q.Event, "event"); err != nil {
		return err
	}
	if q.Second != nil {
		if err := checkEvent(*q.Second, "second event"); err != nil {
			return err
		}
	}
	switch q.Metric {
	case Sums, ValueAverage, Histogram:
		if len(q.Event.By) == 0 {
			return refuse("metric %s needs a property inside the event", q.Metric)
		}
	case Formula:
		if q.Formula == "" {
			return refuse("metric formula needs a formula")
		}
	}
	if q.Limit < 0 || q.Limit > 1000 {
		return refuse("the API answers 1,000 groups at most")
	}
	if err := checkGroups(q.By, q.Segments, 2); err != nil {
		return err
	}
	return q.Dates.check(q.Interval)
}

// Check says in a sentence what the API would refuse. The error is ErrCheck.
func (q FunnelQuery) Check() error {
	if len(q.Steps) == 0 {
		return refuse("a funnel needs a step")
	}
	for _, e := range q.Steps {
		if err := checkEvent(e, "step"); err != nil {
			return err
		}
	}
	if q.Limit < 0 || q.Limit > 1000 {
		return refuse("the API answers 1,000 groups at most")
	}
	if q.Window < 0 || q.Window > 0 && q.Window < time.Second {
		return refuse("a conversion window lasts a second or longer")
	}
	if err := checkGroups(q.By, q.Segments, 1); err != nil {
		return err
	}
	return q.Dates.check(q.Interval)
}

// Check says in a sentence what the API would refuse. The error is ErrCheck.
func (q RetentionQuery) Check() error {
	if err := checkEvent(q.Start, "start event"); err != nil {
		return err
	}
	if err := checkEvent(q.Return, "return event"); err != nil {
		return err
	}
	if q.Return.Name.Exact() == "_new" {
		return refuse("_new users are a start event only")
	}
	if q.Mode == BracketDay {
		if err := checkBrackets(q.Brackets); err != nil {
			return err
		}
	}
	if err := checkGroups(q.By, q.Segments, 1); err != nil {
		return err
	}
	return q.Dates.check(q.Interval)
}

func checkBrackets(brackets []Bracket) error {
	if len(brackets) == 0 {
		return refuse("bracket retention needs a bracket, such as days 0 to 4")
	}
	end := 0
	for _, b := range brackets {
		if b.From < end || b.To <= b.From {
			return refuse("brackets must follow one another: %d to %d does not", b.From, b.To)
		}
		end = b.To
	}
	return nil
}

// Check says in a sentence what the API would refuse. The error is ErrCheck.
func (q RevenueQuery) Check() error {
	if q.Metric < ARPU || q.Metric > PayingUsers {
		return refuse("there is no such revenue metric")
	}
	if err := checkGroups(q.By, q.Segments, 1); err != nil {
		return err
	}
	return q.Dates.check(q.Interval)
}
