package users

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// sent is an event as the API sends it: what happened, so many minutes after noon,
// in a session (0 is none), with these fields of its JSON.
func sent(name string, minutes int, session int64, fields string) api.UserEvent {
	if session == 0 {
		session = -1
	}
	return api.UserEvent{
		Type: text.New(name), Time: noon().Add(time.Duration(minutes) * time.Minute), Session: session,
		ID: text.New(fmt.Sprint(name, minutes, session)), JSON: json.RawMessage("{" + fields + "}"),
	}
}

// toldRows tells a whole history of one page, a word a row.
func toldRows(t told, events ...api.UserEvent) []string {
	h := newHistory()
	h.add(load(0, api.Activity{User: api.User{Events: float64(len(events))}, Events: events}))
	if t.wide == nil {
		t.wide = map[spot]bool{}
	}
	var out []string
	for _, r := range tell(h, t).rows {
		switch r.kind {
		case eventRow:
			out = append(out, fmt.Sprintf("%s×%d", r.newest().name.Safe(), len(r.of)))
		case changeRow:
			out = append(out, fmt.Sprintf("%s:%s>%s", r.change.name, r.change.from.Safe(), r.change.to.Safe()))
		case sessionRow:
			out = append(out, fmt.Sprintf("session of %s%s", strings.TrimSuffix(strings.TrimSuffix(r.session.many(len(r.of), ">="), "s"), " event"), map[bool]string{true: " over"}[r.over]))
		case silenceRow:
			out = append(out, "silence "+r.quiet.String()+map[bool]string{true: fmt.Sprintf(" but %d/%d", r.count, r.hidden)}[r.hidden > 0])
		case birthRow:
			out = append(out, "born")
		case missingRow:
			out = append(out, fmt.Sprintf("missing %d", r.count))
		}
	}
	return out
}

func TestAStoryIsToldInSessionsRunsAndSilences(t *testing.T) {
	plan := func(p string) string { return `"user_properties":{"plan":"` + p + `"},"version_name":"3.4"` }
	for name, c := range map[string]struct {
		events []api.UserEvent
		told   told
		want   string
	}{
		"runs": {
			events: []api.UserEvent{sent("A", 1, 1, ""), sent("A", 2, 1, ""), sent("B", 3, 1, ""), sent("A", 4, 1, "")},
			want:   "session of 4, A×1, B×1, A×2, born",
		},
		"a change parts a run": {
			events: []api.UserEvent{sent("A", 1, 1, plan("free")), sent("A", 2, 1, plan("pro")), sent("A", 3, 1, plan("pro"))},
			want:   "session of 3, A×2, gp:plan:free>pro, A×1, born",
		},
		"a silence between sessions": {
			events: []api.UserEvent{sent("A", 0, 1, ""), sent("B", 60*7, 2, ""), sent("C", 60*7+5*60, 3, "")},
			want:   "session of 1, C×1, session of 1, B×1, silence 7h0m0s, session of 1, A×1, born",
		},
		"sessions that overlap": {
			events: []api.UserEvent{sent("A", 0, 1, ""), sent("B", 1, 2, ""), sent("A", 2, 1, ""), sent("B", 3, 2, "")},
			want:   "session of 2 over, B×2, session of 2, A×2, born",
		},
		"out of sessions": {
			events: []api.UserEvent{sent("A", 0, 0, ""), sent("B", 10, 0, ""), sent("C", 100, 0, "")},
			want:   "session of 1, C×1, session of 2, B×1, A×1, born",
		},
		"only": {
			events: []api.UserEvent{sent("A", 1, 1, ""), sent("B", 2, 1, ""), sent("A", 3, 1, "")},
			told:   told{only: text.New("A")},
			want:   "session of 2 of 3, A×2, born",
		},
		"muted": {
			events: []api.UserEvent{sent("A", 1, 1, ""), sent("B", 2, 1, ""), sent("A", 3, 1, "")},
			told:   told{mute: map[text.Raw]bool{text.New("A"): true}},
			want:   "session of 1 of 3, B×1, born",
		},
		"a time without what is shown is no silence": {
			events: []api.UserEvent{
				sent("A", 0, 1, ""), sent("B", 60*10, 2, ""), sent("C", 60*10+1, 2, ""), sent("B", 60*20, 3, ""), sent("A", 60*30, 4, ""), sent("B", 60*30+1, 4, ""),
			},
			told: told{only: text.New("A")},
			want: "session of 1 of 2, A×1, silence 30h0m0s but 3/2, session of 1, A×1, born",
		},
		"two devices at once": {
			events: []api.UserEvent{
				sent("A", 0, 1, `"device_id":"d1","platform":"iOS"`), sent("A", 1, 2, `"device_id":"d2","platform":"Web"`),
				sent("A", 2, 1, `"device_id":"d1","platform":"iOS"`), sent("A", 3, 2, `"device_id":"d2","platform":"Web"`),
			},
			want: "session of 2 over, A×2, device_id:d1>d2, session of 2, A×2, born",
		},
		"what is not spoken of is as it was": {
			events: []api.UserEvent{sent("A", 0, 1, plan("free")), sent("B", 1, 1, ""), sent("C", 2, 1, plan("free"))},
			want:   "session of 3, C×1, B×1, A×1, born",
		},
		"a custom property that goes": {
			events: []api.UserEvent{sent("A", 0, 1, `"user_properties":{"plan":"free","x":1}`), sent("B", 1, 1, `"user_properties":{"x":1}`)},
			want:   "session of 2, B×1, gp:plan:free>, A×1, born",
		},
	} {
		if got := strings.Join(toldRows(c.told, c.events...), ", "); got != c.want {
			t.Errorf("%s is told as\n%s; want\n%s", name, got, c.want)
		}
	}
}

func TestACounterPartsNoRun(t *testing.T) {
	var events []api.UserEvent
	for i := range 20 {
		events = append(events, sent("Commit", i, 1, fmt.Sprintf(`"user_properties":{"commits":%d,"mail":"%s"}`, i, map[bool]string{true: "own", false: "web"}[i > 9])))
	}
	want := "session of 20, Commit×10, gp:mail:web>own, Commit×10, born"
	if got := strings.Join(toldRows(told{}, events...), ", "); got != want {
		t.Errorf("told as %s; want %s", got, want)
	}
	h := newHistory()
	h.add(load(0, api.Activity{Events: events}))
	s := tell(h, told{})
	if sums := s.sums(s.rows[0].of); len(sums) != 1 || sums[0].from.Safe() != "0" || sums[0].to.Safe() != "19" {
		t.Errorf("the session sums up %v", sums)
	}
}

func TestAnOpenedRunShowsEachOfItsEvents(t *testing.T) {
	h := newHistory()
	h.add(load(0, api.Activity{User: api.User{Events: 3}, Events: []api.UserEvent{sent("A", 1, 1, ""), sent("A", 2, 1, ""), sent("A", 3, 1, "")}}))
	s := tell(h, told{})
	if at := s.find(h.spans[0].events[2].spot); at != 1 || len(s.rows[at].of) != 3 {
		t.Fatalf("the oldest is in row %d", at)
	}
	s = tell(h, told{wide: map[spot]bool{h.spans[0].events[1].spot: true}})
	if at := s.find(h.spans[0].events[2].spot); at != 3 || len(s.rows[at].of) != 1 || len(s.rows) != 5 {
		t.Errorf("opened, the oldest is in row %d of %d", at, len(s.rows))
	}
}

func TestATextIsFoundInNamesValuesAndChanges(t *testing.T) {
	p := newPerson("", arrival{}, noon())
	p.history.add(load(0, api.Activity{Events: []api.UserEvent{
		sent("Song Played", 1, 1, `"event_properties":{"title":"Größe \u0041","deep":{"list":[1,{"k":"Needle"}]}},"user_properties":{"plan":"free"},"ip_address":"10.0.0.1"`),
		sent("Purchase", 2, 1, `"event_properties":{"price":9.99,"gift":true},"user_properties":{"plan":"pro"}`),
	}}))
	for typed, want := range map[string]int{
		"song": 1, "größe a": 1, "needle": 1, "9.99": 1, "true": 1, "price": 1, "pro": 1, "free": 1, "nothing": 0, "10.0.0": 0, `"`: 0, "null": 0, "": 0,
	} {
		got, err := search(t.Context(), p.history.spans, typed)
		if err != nil || len(got.at) != want {
			t.Errorf("%q is found in %d events, %v; want %d", typed, len(got.at), err, want)
		}
	}
}

func TestEscapesForWebPagesAreReadable(t *testing.T) {
	for in, want := range map[string]string{
		`{"a":"Rust \u0026 Rye \u003Cb\u003e"}`: `{"a":"Rust & Rye <b>"}`,
		`"\\u0026 \u00e9 \u0000"`:               `"\\u0026 \u00e9 \u0000"`,
		`"\"\u0026"`:                            `"\"&"`,
		`"\`:                                    `"\`,
	} {
		if got := string(readable(json.RawMessage(in))); got != want {
			t.Errorf("%s is %s; want %s", in, got, want)
		}
	}
}
