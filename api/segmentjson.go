package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"amptui/api/text"
)

// SegmentsJSON is segments as the API is asked with them (parameter s, one list of
// conditions a segment), laid out for people to edit.
func SegmentsJSON(segments []Segment) []byte {
	wire := make([][]any, len(segments))
	for i, s := range segments {
		wire[i] = []any{}
		for _, c := range s {
			wire[i] = append(wire[i], c.wire())
		}
	}
	var out bytes.Buffer
	_ = json.Indent(&out, []byte(jsonText(wire)), "", "  ") // it was just made
	return append(out.Bytes(), '\n')
}

// ParseSegments is the inverse of SegmentsJSON. It takes nothing that it does not
// understand: an error names the segment and the condition.
func ParseSegments(doc []byte) ([]Segment, error) {
	var wire [][]json.RawMessage
	d := json.NewDecoder(bytes.NewReader(doc))
	if err := d.Decode(&wire); err != nil {
		return nil, fmt.Errorf("the segments are no list of lists of conditions: %s", text.Clean(err.Error()))
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, fmt.Errorf("something stands behind the list of segments")
	}
	out := make([]Segment, len(wire))
	for i, conditions := range wire {
		if len(conditions) == 0 {
			return nil, fmt.Errorf("segment %d has no condition", i+1)
		}
		for k, raw := range conditions {
			c, err := parseCondition(raw)
			if err != nil {
				return nil, fmt.Errorf("segment %d, condition %d: %s", i+1, k+1, text.Clean(err.Error()))
			}
			out[i] = append(out[i], c)
		}
	}
	return out, nil
}

func strictly(raw []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	return d.Decode(to)
}

func parseCondition(raw json.RawMessage) (Condition, error) {
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(raw, &kind); err != nil {
		return Condition{}, err
	}
	if kind.Type == "event" {
		return parsePerformed(raw)
	}
	var w struct {
		Type   string   `json:"type"`
		Prop   string   `json:"prop"`
		Op     Op       `json:"op"`
		Values []string `json:"values"`
	}
	if err := strictly(raw, &w); err != nil {
		return Condition{}, err
	}
	switch {
	case w.Prop == "":
		return Condition{}, fmt.Errorf("it names no prop")
	case !slices.Contains([]Op{Is, IsNot, Contains, NotContains, Less, LessOrEqual, Greater, GreaterOrEqual, SetIs, SetIsNot}, w.Op):
		return Condition{}, fmt.Errorf("%q is no operator of the API", w.Op)
	case len(w.Values) == 0:
		return Condition{}, fmt.Errorf("it has no values")
	case w.Prop == "userdata_cohort":
		if len(w.Values) != 1 || w.Op != Is && w.Op != IsNot {
			return Condition{}, fmt.Errorf("a cohort is one id, with is or is not")
		}
		return Condition{Cohort: &Cohort{ID: text.New(w.Values[0]), Not: w.Op == IsNot}}, nil
	}
	f := Filter{Property: Property{Key: text.New(w.Prop)}, Op: w.Op}
	for _, v := range w.Values {
		f.Values = append(f.Values, text.New(v))
	}
	return Condition{Filter: &f}, nil
}

func parsePerformed(raw json.RawMessage) (Condition, error) {
	var w struct {
		Type    string        `json:"type"`
		Name    string        `json:"event_type"`
		Filters []wireFilter  `json:"filters"`
		Op      string        `json:"op"`
		Value   int           `json:"value"`
		Time    PerformedTime `json:"time_type"`
		Days    int           `json:"time_value"`
	}
	if err := strictly(raw, &w); err != nil {
		return Condition{}, err
	}
	p := Performed{Event: Event{Name: text.New(w.Name)}, Op: w.Op, Count: w.Value, Time: w.Time, Days: w.Days}
	switch {
	case w.Name == "":
		return Condition{}, fmt.Errorf("it names no event_type")
	case !slices.Contains([]string{"=", "!=", "<", "<=", ">", ">="}, w.Op):
		return Condition{}, fmt.Errorf("%q does not compare counts", w.Op)
	case !slices.Contains([]PerformedTime{EachInterval, ThisInterval, AllTime, Rolling}, w.Time):
		return Condition{}, fmt.Errorf("%q is no time_type of the API", w.Time)
	}
	for _, f := range w.Filters {
		scope := UserProperty
		if f.Type == "event" {
			scope = EventProperty
		}
		one := Filter{Property: Property{Scope: scope, Key: text.New(f.Key)}, Op: f.Op}
		for _, v := range f.Values {
			one.Values = append(one.Values, text.New(v))
		}
		p.Event.Filters = append(p.Event.Filters, one)
	}
	return Condition{Performed: &p}, nil
}
