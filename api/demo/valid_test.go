package demo

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzObject holds the scanner and encoding/json equal: in what is an object, and in
// its keys and values.
func FuzzObject(f *testing.F) {
	for _, s := range []string{
		"", "{}", " {}", "{ }x", `{"a":1}`, `{"a":1,}`, `{"a" : [1,-0.5e+3, {"b":null}] , "c":"\u00e9\n"}`, `{"a":01}`, `{"a":1.}`, `{"a":-}`, `{"a":1e}`,
		`{"a":"` + "\x01" + `"}`, `{"a":"\x"}`, `{"a":"\u12g4"}`, "{\"a\":\"\xff\"}", `{"a":tru}`, `{"a":nulls}`, `{,}`, `{"a"}`, `{"a":}`, `{"a":[}]}`, `{"a":1}{}`, `{a:1}`, `{"a":"`,
		`{"a":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var keys []string
		var values []json.RawMessage
		got := object(b, func(key, value []byte) { keys, values = append(keys, string(wordOf(key))), append(values, value) })
		if want := len(b) > 0 && b[0] == '{' && json.Valid(b); got != want {
			t.Fatalf("%q is an object: %v; want %v", b, got, want)
		}
		if !got {
			return
		}
		var whole map[string]json.RawMessage
		if err := json.Unmarshal(b, &whole); err != nil {
			t.Fatal(err)
		}
		last := map[string]json.RawMessage{}
		for i, key := range keys {
			last[key] = values[i]
		}
		if len(last) != len(whole) {
			t.Fatalf("%q has the keys %q; want %v", b, keys, whole)
		}
		for key, value := range whole {
			if string(last[key]) != string(value) {
				t.Fatalf("%q: %q is %s; want %s", b, key, last[key], value)
			}
		}
	})
}

func TestNestingEndsWhereEncodingJSONEndsIt(t *testing.T) {
	for _, depth := range []int{9998, 9999, 10000, 10001} {
		b := []byte(`{"a":` + strings.Repeat("[", depth) + strings.Repeat("]", depth) + `}`)
		if got := object(b, func(_, _ []byte) {}); got != json.Valid(b) {
			t.Errorf("%d deep: %v", depth, got)
		}
	}
}
