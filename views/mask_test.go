package views

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

func testMask(shown ...string) *Mask { return NewMask([]byte("a secret key"), true, shown) }

func TestSafePropertiesKeepTheirValuesAndAllElseIsMasked(t *testing.T) {
	m := testMask("gp:plan", `event:"item kind"`)
	for name, value := range map[string]string{
		"platform": "iOS", "os": "iOS 18.1", "version": "5.2", "device_type": "Apple iPhone 14", "language": "German",
		"library": "amplitude-ios/8", "paying": "yes", "event_type": "Song Played", "event_time": "2026-03-01 10:00:00.000000",
		"session_id": "1772359200000", "gp:plan": "pro", `gp:"plan"`: "pro", "event:item kind": "song", `event:"item kind"`: "song",
		"event:$price": "9.99",
	} {
		if got := m.Property(name, text.New(value)); got.Safe() != value {
			t.Errorf("%s %q became %q", name, value, got)
		}
	}
	for _, c := range []struct{ name, value, kind string }{
		{"user_id", "ada@example.com", "user"},
		{"device_id", "A1B2", "device"},
		{"amplitude_id", "123456", "id"},
		{"ip_address", "203.0.113.7", "ip"},
		{"country", "Germany", "place"},
		{"region", "Bavaria", "place"},
		{"city", "Berlin", "place"},
		{"DMA", "Berlin", "place"},
		{"dma", "Berlin", "place"},
		{"location_lat", "52.5", "place"},
		{"carrier", "Vodafone", "text"},
		{"gp:email", "ada@example.com", "email"},
		{"gp:platform", "iOS", "text"},
		{"event:platform", "iOS", "text"},
		{"gp:age", "41", "number"},
		{"event:note", "call me", "text"},
		{"", "anything", "text"},
		{"$insert_id", "x", "id"},
		{"Platform", "iOS", "text"},
		{"user_id", "true", "user"},
	} {
		got := m.Property(c.name, text.New(c.value)).Safe()
		if !regexp.MustCompile(`^` + c.kind + `-[0-9a-hjkmnp-tv-z]{8}$`).MatchString(got) {
			t.Errorf("%s %q became %q; want a pseudonym of kind %s", c.name, c.value, got, c.kind)
		}
	}
	for _, value := range []string{"", "(none)", "(empty)", "true", "false"} {
		if got := m.Property("gp:new", text.New(value)); got.Safe() != value {
			t.Errorf("%q became %q", value, got)
		}
	}
}

func TestPseudonymsAreStableAndOfTheKey(t *testing.T) {
	ada := text.New("ada@example.com")
	a, b, other := testMask(), testMask(), NewMask([]byte("another key"), true, nil)
	if a.Pseudonym("user", ada) != b.Pseudonym("user", ada) {
		t.Error("the same key and value gave two pseudonyms")
	}
	if a.Pseudonym("user", ada) == other.Pseudonym("user", ada) {
		t.Error("two keys gave one pseudonym")
	}
	one, two := NewMask(nil, true, nil), NewMask(nil, true, nil)
	if one.Pseudonym("user", ada) == two.Pseudonym("user", ada) {
		t.Error("without a key the pseudonyms are of a key that all know")
	}
	user, _ := strings.CutPrefix(a.Pseudonym("user", ada).Safe(), "user-")
	if email := a.Property("gp:email", ada).Safe(); email != "email-"+user {
		t.Errorf("the kind changed the letters: user-%s and %s", user, email)
	}
}

func TestAMaskThatIsOffChangesNothing(t *testing.T) {
	off, none := NewMask([]byte("key"), false, nil), (*Mask)(nil)
	doc := json.RawMessage(`{"user_id": "ada"}`)
	for _, m := range []*Mask{off, none} {
		if m.On() || m.Pseudonym("user", text.New("ada")).Safe() != "ada" || m.Property("user_id", text.New("ada")).Safe() != "ada" ||
			string(m.Event(doc)) != string(doc) || string(m.JSON("user_id", doc)) != string(doc) || m.Reveal([]string{"user-aaaaaaaa"})[0] != "user-aaaaaaaa" {
			t.Error("it changed something")
		}
	}
	none.Toggle()
	off.Toggle()
	if none.On() || none.Turn() != 0 || !off.On() || off.Turn() != 1 {
		t.Error("toggling")
	}
}

func TestAnEventKeepsItsShapeAndLosesItsUser(t *testing.T) {
	m := testMask("gp:plan", "event:cart")
	got := string(m.Event(json.RawMessage(`{
		"event_type": "Purchase", "event_time": "2026-03-01 10:00:00.000000", "event_id": 17, "session_id": -1,
		"user_id": "ada@example.com", "amplitude_id": 123456, "device_id": null, "platform": "iOS", "paying": true, "city": "Berlin",
		"library": {"name": "hidden"}, "event\u005ftype": "Escaped \u00fc", "": "nameless",
		"event_properties": {"note": "call Ada", "gift": false, "$price": 9.5, "to": {"Ada": [1, "x", null]}, "cart": {"Ada": 1}},
		"user_properties": {"plan": "pro", "age": 41}, "groups": {"org": ["Acme"]}, "group_properties": {"org": {"Acme": {"seats": 5}}},
		"last_location": {"lat": "52.5", "lng": "13.4"}, "merge_times": {"998877": 5}, "device_ids": ["A1", "B2"]}`)))
	if !json.Valid([]byte(got)) {
		t.Fatalf("no JSON: %s", got)
	}
	kept := []string{
		`"event_type":"Purchase"`, `"event_time":"2026-03-01 10:00:00.000000"`, `"event_id":17`, `"session_id":-1`, `"device_id":null`,
		`"platform":"iOS"`, `"paying":true`, `"event\u005ftype":"Escaped \u00fc"`, `"gift":false`, `"$price":9.5`, `"cart":{"Ada":1}`,
		`"plan":"pro"`, `"note":"text-`, `"age":"number-`, `"org":["text-`, `"org":{"key-`, `"last_location":{"lat":"place-`,
		`"device_ids":["device-`, `"merge_times":{"key-`, `"amplitude_id":"id-`, `"library":{"key-`, `"to":{"key-`, `"user_id":"user-`, `"":"text-`,
	}
	for _, want := range kept {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	for _, secret := range []string{"ada@", "123456", "Berlin", "hidden", "call", "41", "Acme", "52.5", "998877", "A1", "nameless", `"Ada"`} {
		if strings.Contains(strings.ReplaceAll(got, `"cart":{"Ada":1}`, ""), secret) {
			t.Errorf("%s is still in\n%s", secret, got)
		}
	}
}

func TestWhatIsNoJSONBecomesNull(t *testing.T) {
	for _, doc := range []string{"", "{", "ada@example.com", `{"a":1}{"b":2}`, "\xff"} {
		if got := string(testMask().Event(json.RawMessage(doc))); got != "null" {
			t.Errorf("%q became %q", doc, got)
		}
	}
	if got := string(testMask().Event(json.RawMessage(`"ada"`))); !strings.HasPrefix(got, `"text-`) {
		t.Errorf("a word became %s", got)
	}
}

// What a word of a query line hides comes back, quotes or not.
func TestRevealUndoesTheMask(t *testing.T) {
	m := testMask()
	p := func(name, v string) string { return m.Property(name, text.New(v)).Safe() }
	for masked, want := range map[string]string{
		p("user_id", "ada, the first"):                                             "ada, the first",
		"--user=" + p("user_id", "ada"):                                            "--user=ada",
		"gp:name is " + p("gp:name", "ada, the first") + ", " + p("gp:name", "bo"): `gp:name is "ada, the first", bo`,
		"Played[event:to is " + p("event:to", `a]"b`) + "][by genre]":              `Played[event:to is "a]\"b"][by event:genre]`,
		`performed "Played[event:to is ` + p("event:to", "a,b") + `]" >= 3 in 30d`: `performed "Played[event:to is \"a,b\"]" >= 3 in 30d`,
		"gp:a is 1; gp:b is " + p("gp:b", "x; y"):                                  `gp:a is 1; gp:b is "x; y"`,
		"Played · " + p("gp:b", "a, b"):                                            "Played · a, b",
		"text-aaaaaaaa":                                                            "text-aaaaaaaa",
		"platform":                                                                 "platform",
	} {
		if got := m.Reveal([]string{"segment", masked})[1]; got != want {
			t.Errorf("%s became %s; want %s", masked, got, want)
		}
	}
	m.Toggle()
	if got := m.Reveal([]string{m.pseudonym("user", "ada")})[0]; got != "ada" {
		t.Errorf("with the mask off: %s", got)
	}
}

func TestTheMapOfPseudonymsIsBounded(t *testing.T) {
	m := testMask()
	var last string
	for i := range 3 * mostMade {
		last = m.pseudonym("id", strconv.Itoa(i))
	}
	if n := len(m.made) + len(m.older); n > 2*mostMade {
		t.Errorf("%d are kept", n)
	}
	if _, ok := m.behind(last); !ok {
		t.Error("the last is forgotten")
	}
}

// Which part of a label is of which property no answer says: where one is not
// safe, all parts are masked.
func TestLabelsOfSeveralPropertiesAreMaskedInAllTheirParts(t *testing.T) {
	m := testMask()
	by := func(names ...string) []api.Property {
		var out []api.Property
		for _, name := range names {
			p, err := query.ParseProperty(name, false)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, p)
		}
		return out
	}
	const made = `[a-z]+-[0-9a-hjkmnp-tv-z]{8}`
	for _, c := range []struct {
		by    []api.Property
		label string
		want  string
	}{
		{by("platform"), "iOS", "iOS"},
		{by("platform", "version"), "iOS; 3.5", "iOS; 3.5"},
		{by("city"), "Berlin", "place-........"},
		{by("city"), "Berlin; Mitte", "place-........"},
		{by("city"), "", `\(empty\)`},
		{by("platform", "city"), "iOS; Berlin", made + "; " + made},
		{by("city", "gp:plan"), "(none); true", `\(none\); true`},
		{by("platform", "city"), "iOS; Berlin; Mitte", made},
		{by("platform", "city"), "Berlin", made},
		{nil, "whatever", "whatever"},
	} {
		if got := m.Group(c.by, text.New(c.label)).Safe(); !regexp.MustCompile("^" + c.want + "$").MatchString(got) {
			t.Errorf("%v %q became %q; want %s", c.by, c.label, got, c.want)
		}
	}
	m.Toggle()
	if got := m.Group(by("city"), text.New("Berlin")).Safe(); got != "Berlin" {
		t.Errorf("with the mask off: %s", got)
	}
}

func TestNothingPrintsWhatAMaskKnows(t *testing.T) {
	m := testMask()
	m.Pseudonym("user", text.New("hunter2"))
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x"} {
		if said := fmt.Sprintf(verb, m) + fmt.Sprintf(verb, Env{Mask: m}); strings.Contains(said, "hunter2") || strings.Contains(said, "a secret key") {
			t.Errorf("%s prints %s", verb, said)
		}
	}
}
