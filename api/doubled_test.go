package api

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"
)

func TestAKeyThatIsThereTwiceIsFound(t *testing.T) {
	many := func(last string) string {
		var b strings.Builder
		for i := range 1000 {
			fmt.Fprintf(&b, `"k%d":{"a":1},`, i)
		}
		return "{" + b.String() + `"` + last + `":0}`
	}
	for body, want := range map[string]string{
		`{}`: "", `{"a":1,"b":{"a":2}}`: "", `[{"a":1},{"a":2}]`: "", `{"a":"a","b":["a","a"]}`: "", `{"a":{"b":1},"b":2}`: "",
		`{"a":1,"a":2}`: "a", `{"x":[{"b":1,"c":{},"b":2}]}`: "b", `{"a":1,"\u0061":2}`: "a", `{"data":1,"DATA":2}`: "data", `{"a\"":1,"a\"":2}`: `a"`,
		`{"":1,"":2}`: "", `}{"a":1`: "", `{"a":1,"a`: "", `"a","a"`: "", many("x"): "", many("k999"): "k999", many("k0"): "k0",
		strings.Repeat("[", 1<<17): "",
	} {
		got, found := doubledKey([]byte(body), false)
		if got != want || found != (want != "" || body == `{"":1,"":2}`) {
			t.Errorf("%.60s: %q, %v; want %q", body, got, found, want)
		}
	}
	for body, want := range map[string]string{
		`{"userData":{"properties":{"plan":1,"Plan":2}},"events":[{"event_properties":{"a":1,"A":2}}]}`: "",
		`{"userData":{"user_id":"a","USER_ID":"b"}}`:                                                    "user_id",
		`{"events":[{"event_type":"a","Event_Type":"b"}]}`:                                              "event_type",
		`{"events":[{"event_properties":{"a":1,"a":2}}]}`:                                               "a",
	} {
		if got, _ := doubledKey([]byte(body), true); got != want {
			t.Errorf("%s: %q; want %q", body, got, want)
		}
	}
}

// Many keys must not take long.
func TestKeysAreComparedInLittleTime(t *testing.T) {
	var b strings.Builder
	b.WriteString("{")
	for i := range 300_000 {
		fmt.Fprintf(&b, `"k%d":%d,`, i, i)
	}
	b.WriteString(`"end":0}`)
	began := time.Now()
	if _, found := doubledKey([]byte(b.String()), false); found || time.Since(began) > 5*time.Second {
		t.Errorf("found %v in %v", found, time.Since(began))
	}
}

// FuzzDoubledKey holds that decoding and encoding, which makes all keys different,
// leaves nothing to find.
func FuzzDoubledKey(f *testing.F) {
	for _, s := range []string{`{"a":1,"a":2}`, `{"a":[{"b":"\\\""},{}]}`, `[[[`, `{"a`, `{"A":1,"a":1}`, `{"\ud800":1,"\ufffd":2}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		doubledKey(body, false)
		var v any
		if json.Unmarshal(body, &v) != nil {
			return
		}
		// Deep enough for keys to be the users' own, where capitals tell them apart.
		again, err := json.Marshal(map[string]any{"a": map[string]any{"b": v}})
		if err != nil {
			return
		}
		if key, found := doubledKey(again, true); found {
			t.Errorf("%q is found twice in %s", key, again)
		}
	})
}
