package views

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// looked walks an event and what became of it side by side, and complains of
// what should have been masked.
type looked struct {
	t    *testing.T
	mask *Mask
	made *regexp.Regexp
}

func look(t *testing.T, m *Mask) looked {
	return looked{t, m, regexp.MustCompile(`^[a-z]+-[0-9a-hjkmnp-tv-z]{8}$`)}
}

func decoded(t *testing.T, doc []byte) any {
	t.Helper()
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%s: %v", doc, err)
	}
	return v
}

func (l looked) event(was, is any) {
	members, ok := was.(map[string]any)
	if !ok {
		l.value("", false, was, is)
		return
	}
	masked, ok := is.(map[string]any)
	if !ok || len(masked) != len(members) {
		l.t.Fatalf("%v became %v", was, is)
	}
	scopes := map[string]string{
		"event_properties": "event:", "data": "event:", "user_properties": "gp:", "global_user_properties": "gp:",
		"properties": "gp:", "group_properties": "group:", "groups": "group:",
	}
	for name, v := range members {
		scope, scoped := scopes[name]
		inner, object := v.(map[string]any)
		switch {
		case scoped && object:
			for property, v := range inner {
				l.value(scope+property, l.mask.isSafe(scope+property), v, masked[name].(map[string]any)[property])
			}
		case scoped:
			l.value("", false, v, masked[name])
		default:
			l.value(name, l.mask.isSafe(name), v, masked[name])
		}
	}
}

func (l looked) value(name string, safe bool, was, is any) {
	if l.mask.isShown(name) {
		return
	}
	switch was := was.(type) {
	case map[string]any:
		is, ok := is.(map[string]any)
		if !ok || len(is) != len(was) {
			l.t.Fatalf("%s: %v became %v", name, was, is)
		}
		for key := range is {
			if !l.made.MatchString(key) && key != "" && (name != "last_location" || key != "lat" && key != "lng") {
				l.t.Fatalf("%s: the key %q is still there", name, key)
			}
		}
		for key, v := range was {
			l.value(name, false, v, is[l.mask.keyInside(name, key)])
		}
	case []any:
		is, ok := is.([]any)
		if !ok || len(is) != len(was) {
			l.t.Fatalf("%s: %v became %v", name, was, is)
		}
		for i := range was {
			l.value(name, safe, was[i], is[i])
		}
	case nil, bool:
		if is != was {
			l.t.Fatalf("%s: %v became %v", name, was, is)
		}
	default:
		s, _ := is.(string)
		switch {
		case safe && is != was:
			l.t.Fatalf("%s: %v became %v", name, was, is)
		case !safe && !l.made.MatchString(s) && s != "" && s != "(none)" && s != "(empty)" && s != "true" && s != "false":
			l.t.Fatalf("%s: %v became %v", name, was, is)
		}
	}
}

func FuzzNothingUnsafeSurvivesTheMask(f *testing.F) {
	for _, seed := range []string{
		`{"event_type":"Purchase","user_id":"ada@example.com","event_properties":{"to":{"Ada":["x",1e9,null,true]}},"city":"Berlin"}`,
		`{"user_properties":{"plan":{"deep":{"deeper":[[],{},""]}}},"last_location":{"lat":"1","lng":{"x":2}},"groups":"Acme"}`,
		`{"platform":{"hidden":"ada"},"library":["a","b",{"c":"d"}],"event_time":-0.5e+7,"":"x","user\u005fid":"a\\\"b\ud800"}`,
		`[1,"two",{"three":[3]}]`, `"ada"`, `17`, `null`, ` { "a" : [ ] } `, "{\"a\":\"\xff\xfe\"}", `{"a":1,"a":{"b":"c"}}`,
		`{"data":{"first_event":true,"path":"/secret"},"group_properties":{"org":{"Acme":{"seats":5}}},"merge_times":{"99":1}}`,
		strings.Repeat(`{"a":`, 100) + `"deep"` + strings.Repeat("}", 100), `{"a":`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, doc []byte) {
		m := NewMask([]byte("key"), true, []string{"gp:plan", "event:shown"})
		out := m.Event(doc)
		if !json.Valid(out) {
			t.Fatalf("%q became %q", doc, out)
		}
		if !json.Valid(doc) {
			if string(out) != "null" {
				t.Fatalf("%q is no JSON and became %q", doc, out)
			}
			return
		}
		l := look(t, m)
		l.event(decoded(t, doc), decoded(t, out))
		if again := m.Event(doc); !bytes.Equal(again, out) {
			t.Fatalf("%q became %q, then %q", doc, out, again)
		}
		for _, name := range []string{"gp:anything", "gp:plan", "platform", "city", ""} {
			value := m.JSON(name, doc)
			l.value(name, m.isSafe(name), decoded(t, doc), decoded(t, value))
		}
	})
}

// A word of the query line that was masked means the same once it is revealed.
func FuzzRevealUndoesTheMask(f *testing.F) {
	for _, v := range []string{"ada", "a, b", `"quoted"`, "a]b[c", "semi; colon", " blanks ", "\x1b[31m", "-dash", "text-k7f3q2zp", "\\", "é\u202e", ""} {
		f.Add(v, "gp:name is "+v)
	}
	f.Fuzz(func(t *testing.T, value, word string) {
		m := NewMask([]byte("key"), true, nil)
		if value == "" {
			return
		}
		masked := m.Pseudonym("user", text.New(value)).Safe()
		if got := m.Reveal([]string{masked})[0]; got != value {
			t.Fatalf("%q came back as %q", value, got)
		}
		if got := m.Reveal([]string{"gp:name is " + masked})[0]; got != query.PrintFilter(filterOf(value)) {
			t.Fatalf("%q came back as %q", value, got)
		}
		_ = m.Reveal([]string{word})
	})
}

func filterOf(value string) api.Filter {
	return api.Filter{Property: api.Property{Key: text.New("gp:name")}, Op: api.Is, Values: []text.Raw{text.New(value)}}
}

func BenchmarkMaskEvent(b *testing.B) {
	doc := json.RawMessage(`{"event_type":"Song Played","event_time":"2026-11-24 14:00:00.000000","event_id":17,"session_id":1772359200000,` +
		`"user_id":"ada@example.com","device_id":"D-1","amplitude_id":123456,"uuid":"0f8a","$insert_id":"x-1","platform":"iOS","os_name":"iOS",` +
		`"city":"Berlin","country":"Germany","region":"Berlin","ip_address":"203.0.113.7","event_properties":{"song":"Song 17","source":"push"},` +
		`"user_properties":{"plan":"premium","age":41}}`)
	m := NewMask([]byte("key"), true, nil)
	b.ReportAllocs()
	for b.Loop() {
		m.Event(doc)
	}
}
