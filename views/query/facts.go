package query

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"amptui/api"
	"amptui/api/text"
)

// unset is how a filter writes a property that is not there.
const unset = "(none)"

// Facts are what filters ask of one event: its properties, and those of its user
// as of the event.
type Facts struct{ event factsOfEvent }

type factsOfEvent struct {
	Own    map[string]json.RawMessage `json:"event_properties"`
	Custom map[string]json.RawMessage `json:"user_properties"`

	Platform     json.RawMessage `json:"platform"`
	OS           json.RawMessage `json:"os_name"`
	OSVersion    json.RawMessage `json:"os_version"`
	Version      json.RawMessage `json:"version_name"`
	StartVersion json.RawMessage `json:"start_version"`
	Device       json.RawMessage `json:"device_family"`
	DeviceType   json.RawMessage `json:"device_type"`
	Carrier      json.RawMessage `json:"device_carrier"`
	Country      json.RawMessage `json:"country"`
	Region       json.RawMessage `json:"region"`
	City         json.RawMessage `json:"city"`
	DMA          json.RawMessage `json:"dma"`
	Language     json.RawMessage `json:"language"`
	Library      json.RawMessage `json:"library"`
	Paying       json.RawMessage `json:"paying"`
}

// FactsOf opens the JSON of an event, as exports and user activity have it. What
// cannot be read of it is not set.
func FactsOf(doc json.RawMessage) *Facts {
	var f Facts
	_ = json.Unmarshal(doc, &f.event)
	return &f
}

// builtIn is a property of the user that every project has.
func (f *factsOfEvent) builtIn(key string) json.RawMessage {
	switch key {
	case "platform":
		return f.Platform
	case "os":
		return f.OS
	case "version":
		return f.Version
	case "start_version":
		return f.StartVersion
	case "device":
		return f.Device
	case "device_type":
		return f.DeviceType
	case "carrier":
		return f.Carrier
	case "country":
		return f.Country
	case "region":
		return f.Region
	case "city":
		return f.City
	case "DMA":
		return f.DMA
	case "language":
		return f.Language
	case "library":
		return f.Library
	case "paying":
		return f.Paying
	}
	return nil
}

// fact is a property as filters see it: its text, and its number where it was
// sent as one.
type fact struct {
	text     string
	number   float64
	isNumber bool
	isSet    bool
}

// of is a property of the event, or of its user as of the event.
func (f *Facts) of(p api.Property) fact {
	key := p.Key.Exact()
	if p.Scope == api.EventProperty {
		return customFact(f.event.Own[key])
	}
	if name, ok := strings.CutPrefix(key, "gp:"); ok {
		return customFact(f.event.Custom[name])
	}
	s, ok := builtInText(f.event.builtIn(key))
	if version, also := builtInText(f.event.OSVersion); key == "os" && ok && also {
		s += " " + version
	}
	if !ok {
		return fact{text: unset}
	}
	return fact{text: s, isSet: true}
}

// builtInText is a built-in property as text; what is empty or nested is none.
func builtInText(raw json.RawMessage) (string, bool) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] == 'n' || raw[0] == '{' || raw[0] == '[' {
		return "", false
	}
	if raw[0] != '"' {
		return string(raw), true
	}
	var s string
	err := json.Unmarshal(raw, &s)
	return s, err == nil && s != ""
}

// customFact is a property that a project has made. Text may be empty; a list or an
// object is its JSON.
func customFact(raw json.RawMessage) fact {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || raw[0] == 'n' {
		return fact{text: unset}
	}
	out := fact{text: string(raw), isSet: true}
	switch raw[0] {
	case '"':
		var s string
		_ = json.Unmarshal(raw, &s) // it was read before
		out.text = s
	case '{', '[':
		var b bytes.Buffer
		_ = json.Compact(&b, raw) // it was read before
		out.text = b.String()
	case 't', 'f':
	default:
		n, err := strconv.ParseFloat(out.text, 64)
		out.number, out.isNumber = n, err == nil
		// A whole number keeps its digits: IDs have more than a float has.
		if err == nil && strings.ContainsAny(out.text, ".eE") {
			out.text = strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	return out
}

// Pass says whether an event passes a filter, by the rules of the API. Several
// values mean any of them; for the negative operators none of them. Numbers are
// compared as numbers, so that 2 is 2.0, and what is no number is neither less
// nor greater. Text that is contained may be in another case.
func (f *Facts) Pass(filter api.Filter) bool {
	have := f.of(filter.Property)
	anyOf := func(test func(want string) bool) bool {
		return slices.ContainsFunc(filter.Values, func(v text.Raw) bool { return test(v.Exact()) })
	}
	is := func(want string) bool {
		n, err := strconv.ParseFloat(want, 64)
		return have.text == want || have.isNumber && err == nil && n == have.number
	}
	contains := func(want string) bool {
		return have.isSet && strings.Contains(strings.ToLower(have.text), strings.ToLower(want))
	}
	switch filter.Op {
	case api.Is, api.SetIs:
		return anyOf(is)
	case api.IsNot, api.SetIsNot:
		return !anyOf(is)
	case api.Contains:
		return anyOf(contains)
	case api.NotContains:
		return !anyOf(contains)
	}
	a, err := strconv.ParseFloat(have.text, 64)
	return err == nil && anyOf(func(want string) bool {
		b, err := strconv.ParseFloat(want, 64)
		return err == nil && compares(filter.Op, a, b)
	})
}

func compares(op api.Op, a, b float64) bool {
	switch op {
	case api.Less:
		return a < b
	case api.LessOrEqual:
		return a <= b
	case api.Greater:
		return a > b
	}
	return a >= b
}
