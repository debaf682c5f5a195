package demo

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
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

// condition is a filter of users or of what they have done, or names a cohort.
type condition struct {
	filter *filter
	did    *performed
	cohort string // its id
	not    bool   // everybody who is not in the cohort
}

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
		return userKey(key)
	}
	return "", refuse("Invalid property type %s", kind)
}

// userKey is the key of a user property. An event's are no users'.
func userKey(key string) (string, error) {
	if strings.HasPrefix(key, "event:") {
		return "", refuse("Invalid user property %s", key)
	}
	return key, nil
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
		if len(w.Values) != 1 || w.Op != "is" && w.Op != "is not" {
			return condition{}, refuse("Invalid cohort")
		}
		return condition{cohort: w.Values[0], not: w.Op == "is not"}, nil
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
		key, err := userKey(w.Prop)
		if err != nil {
			return condition{}, err
		}
		f, err := newFilter(key, w.Op, w.Values)
		return condition{filter: &f}, err
	}
	return condition{}, refuse("Invalid segment definition")
}

func parseGroups(v url.Values, segments int, most int) ([]group, error) {
	var out []group
	for _, name := range []string{"g", "g2"} {
		if v.Get(name) == "" {
			continue
		}
		key, err := userKey(v.Get(name))
		if err != nil {
			return nil, err
		}
		out = append(out, group{key})
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
