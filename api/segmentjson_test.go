package api

import (
	"reflect"
	"strings"
	"testing"

	"amptui/api/text"
)

func TestSegmentsAreReadBackFromTheirJSON(t *testing.T) {
	country := Filter{Property: Property{Key: text.New("country")}, Op: Is, Values: []text.Raw{text.New("Germany"), text.New(`a "b"`)}}
	push := Filter{Property: Property{Scope: EventProperty, Key: text.New("source")}, Op: IsNot, Values: []text.Raw{text.New("push")}}
	want := []Segment{
		{{Filter: &country}, {Cohort: &Cohort{ID: text.New("abc"), Not: true}}},
		{{Performed: &Performed{Event: Event{Name: text.New("Purchase"), Filters: []Filter{push}}, Op: ">=", Count: 3, Time: EachInterval, Days: 30}}},
	}
	got, err := ParseSegments(SegmentsJSON(want))
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s reads back as %+v, %v", SegmentsJSON(want), got, err)
	}
	for doc, says := range map[string]string{
		`{}`: "no list of lists", `[[]]`: "segment 1 has no condition", `[[{"prop":"x","op":"is"}]]`: "segment 1, condition 1: it has no values",
		`[[{"prop":"x","op":"equals","values":["1"]}]]`: "no operator", `[[{"prop":"x","op":"is","values":["1"],"vals":1}]]`: "unknown field",
		`[[{"type":"event","event_type":"A","op":"~","value":1,"time_type":"allTime"}]]`: "does not compare", `[] []`: "stands behind", `[[{"prop":"x","op":"is","values":[1]}]]`: "condition 1",
		`[[{"type":"event","event_type":"A","op":"=","value":1,"time_type":"soon"}]]`: "no time_type", "[[\x1b": "no list",
	} {
		if _, err := ParseSegments([]byte(doc)); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%s: %v; want %q", doc, err, says)
		}
	}
}

func FuzzParseSegments(f *testing.F) {
	f.Add([]byte(`[[{"prop":"country","op":"is","values":["x"]}]]`))
	f.Add([]byte(`[[{"type":"event","event_type":"A","filters":[],"op":"=","value":0,"time_type":"rolling","time_value":3}]]`))
	f.Fuzz(func(t *testing.T, doc []byte) {
		s, err := ParseSegments(doc)
		if err != nil {
			return
		}
		if again, err := ParseSegments(SegmentsJSON(s)); err != nil || len(again) != len(s) {
			t.Errorf("%s reads back as %+v, %v", SegmentsJSON(s), again, err)
		}
	})
}
