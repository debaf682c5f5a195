package users

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"amptui/api/text"
)

// properties are what an event says of its user: the custom properties and the
// built-in ones, by the names that filters have for them.
type properties map[string]text.Raw

// change is one property that is another than at the event before; an empty
// word is one that was not set.
type change struct {
	name     string
	from, to text.Raw
}

// builtIn are the keys of an event that are properties of its user, with their
// names.
func builtIn() map[string]string {
	return map[string]string{
		"platform": "platform", "os_name": "os", "os_version": "os_version", "version_name": "version", "device_family": "device",
		"device_type": "device_type", "device_carrier": "carrier", "country": "country", "region": "region", "city": "city",
		"language": "language", "library": "library", "paying": "paying", "user_id": "user_id", "device_id": "device_id",
	}
}

// propertiesOf reads them from an event's JSON; what is null or empty is not set.
func propertiesOf(doc []byte) properties {
	var e map[string]json.RawMessage
	if json.Unmarshal(doc, &e) != nil {
		return properties{}
	}
	out := properties{}
	for key, name := range builtIn() {
		if v := word(e[key]); !v.IsZero() {
			out[name] = v
		}
	}
	var custom map[string]json.RawMessage
	if json.Unmarshal(e["user_properties"], &custom) == nil {
		for key, raw := range custom {
			if v := word(raw); !v.IsZero() {
				out["gp:"+key] = v
			}
		}
	}
	return out
}

// word is a JSON value as one word: a string as it is, what is nested as its
// JSON. null, "" and {} are none.
func word(raw json.RawMessage) text.Raw {
	raw = bytes.TrimSpace(raw)
	var s string
	switch {
	case len(raw) == 0 || string(raw) == "null" || string(raw) == "{}" || string(raw) == "[]":
		return text.Raw{}
	case raw[0] == '"' && json.Unmarshal(raw, &s) == nil:
		return text.New(s)
	}
	return text.New(string(raw))
}

// hasCustom says whether an event speaks of custom properties at all: events of
// servers often do not.
func (p properties) hasCustom() bool {
	for name := range p {
		if isCustom(name) {
			return true
		}
	}
	return false
}

func isCustom(name string) bool { return strings.HasPrefix(name, "gp:") }

// life is what is known of a user as the events are read, the oldest first.
// Built-in properties are those of a device: on two devices at once they do not
// change with every event.
type life struct {
	custom  properties
	devices map[text.Raw]properties
	last    text.Raw // the device of the event before
	begun   bool
}

func newLife() *life { return &life{custom: properties{}, devices: map[text.Raw]properties{}} }

// learn takes the properties of the next newer event and lists what is another
// now. What an event does not speak of is as it was: a built-in property that
// is missing says nothing, a custom one is unset only where others are set.
func (l *life) learn(now properties) []change {
	device := now["device_id"]
	if device.IsZero() {
		device = l.last
	}
	own, known := l.devices[device]
	if !known {
		own = properties{}
		l.devices[device] = own
	}
	var out []change
	if !known && l.begun && !device.IsZero() && !l.last.IsZero() {
		out = append(out, change{"device_id", l.last, device})
	}
	custom, begun := now.hasCustom(), l.custom.hasCustom()
	for name, to := range now {
		of := own
		if isCustom(name) {
			of = l.custom
		}
		from, was := of[name]
		if was && from != to || !was && isCustom(name) && begun {
			out = append(out, change{name, from, to})
		}
		of[name] = to
	}
	for name, from := range l.custom {
		if _, ok := now[name]; !ok && custom {
			out = append(out, change{name, from, text.Raw{}})
			delete(l.custom, name)
		}
	}
	l.last, l.begun = device, true
	slices.SortFunc(out, func(a, b change) int { return cmp.Compare(sortKey(a.name), sortKey(b.name)) })
	return out
}

// sortKey puts custom properties first: they are what the project is about.
func sortKey(name string) string {
	if custom, ok := strings.CutPrefix(name, "gp:"); ok {
		return "0" + custom
	}
	return "1" + name
}
