package demo

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"strconv"
	"time"
	"unicode/utf8"
)

// field is a place of an event's fields, as far as they are used.
type field int

const (
	kindField field = iota
	timeField
	amplitudeField
	userField
	deviceField
	sessionField
	insertField
	uuidField
	ownField
	customField
	dataField
	osVersionField
	firstBuiltIn // the built-in user properties follow
)

// wireFields names the fields of the Export format.
func wireFields() map[string]field {
	out := map[string]field{
		"event_type": kindField, "event_time": timeField, "amplitude_id": amplitudeField, "user_id": userField,
		"device_id": deviceField, "session_id": sessionField, "$insert_id": insertField, "uuid": uuidField,
		"event_properties": ownField, "user_properties": customField, "data": dataField, "os_version": osVersionField,
	}
	for i, key := range builtInProperties() {
		out[eventField(key)] = firstBuiltIn + field(i)
	}
	return out
}

// wireEvent is the raw JSON of each field; nil where it is not there.
type wireEvent [][]byte

// word is a string, or a number or bool as its text. Whatever else there is, is
// no word: one odd field leaves the event what it is.
func (w wireEvent) word(f field) string { return string(wordOf(w[f])) }

// wordOf is the text of a JSON value, in the value itself where that can be.
func wordOf(raw []byte) []byte {
	if len(raw) == 0 || raw[0] == 'n' || raw[0] == '{' || raw[0] == '[' {
		return nil
	}
	if raw[0] != '"' {
		return raw
	}
	if inner := raw[1 : len(raw)-1]; bytes.IndexByte(inner, '\\') < 0 && utf8.Valid(inner) {
		return inner
	}
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return nil
	}
	return []byte(s)
}

// line reads one event.
func (b *builder) line(line []byte, long bool) error {
	if long {
		return fmt.Errorf("is longer than %d MiB", mostLine>>20)
	}
	w := b.wire
	clear(w)
	n := 0
	if !object(line, func(key, value []byte) {
		if f := b.fieldOf(n, key); f >= 0 {
			w[f] = value
		}
		n++
	}) {
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("[")) {
			return errors.New("is a JSON array: each line must be one event (jq -c '.[]' writes an array so)")
		}
		return errors.New("is no JSON object of an event")
	}
	kind := w.word(kindField)
	if kind == "" {
		return errors.New("has no event_type")
	}
	at, ok := w.at()
	if !ok {
		return errors.New("has no event_time such as 2026-03-01 12:00:00.000000")
	}
	r := record{
		at: at.UnixMicro(), kind: b.name(kind), user: b.person(w.person()), id: b.word(wordOf(w[userField])),
		device: b.word(wordOf(w[deviceField])), session: -1, insert: wordOf(w[insertField]), uuid: wordOf(w[uuidField]),
		own: b.ownOf(w), state: b.stateOf(w),
	}
	if n, err := strconv.ParseInt(w.word(sessionField), 10, 64); err == nil {
		r.session = n
	}
	w.flags(&b.log.inactive[r.kind], &b.log.hidden[r.kind])
	b.append(r)
	return nil
}

// keyPlace is a key at a place of a line, and the field that it is.
type keyPlace struct {
	key   string
	field field
}

// mostPlaces bounds the places of a line at which a key is remembered.
const mostPlaces = 256

// fieldOf is the field of the nth key of a line, in its quotation marks, or -1. Lines of
// a file mostly have the same keys in the same order.
func (b *builder) fieldOf(n int, key []byte) field {
	if n < len(b.places) && b.places[n].key == string(key) {
		return b.places[n].field
	}
	f, ok := b.fields[string(wordOf(key))]
	if !ok {
		f = -1
	}
	switch p := (keyPlace{string(key), f}); {
	case n < len(b.places):
		b.places[n] = p
	case n == len(b.places) && n < mostPlaces:
		b.places = append(b.places, p)
	}
	return f
}

// flags reads what Write says of an event's type.
func (w wireEvent) flags(inactive, hidden *bool) {
	if data := w[dataField]; len(data) > 2 && data[0] == '{' {
		members(data, func(key, value []byte) {
			*inactive = *inactive || string(key) == "non_active" && string(value) == "true"
			*hidden = *hidden || string(key) == "hidden" && string(value) == "true"
		})
	}
}

// at is the event's time. Without a zone it is UTC.
func (w wireEvent) at() (time.Time, bool) {
	s := w.word(timeField)
	for _, layout := range []string{"2006-01-02 15:04:05", "2006-01-02T15:04:05", time.RFC3339} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 && t.Year() < 10000 {
			return t, true
		}
	}
	return time.Time{}, false
}

// person is the Amplitude ID, or where a file has none, a stable stand-in made
// of the user or device ID.
func (w wireEvent) person() int64 {
	if n, err := strconv.ParseInt(w.word(amplitudeField), 10, 64); err == nil {
		return n
	}
	id := w.word(userField)
	h := fnv.New64a()
	h.Write([]byte(id + "\x00"))
	if id == "" {
		h.Write(wordOf(w[deviceField]))
	}
	return int64(h.Sum64() >> 12)
}

// mostKnown bounds the property sets that are remembered by their JSON.
const mostKnown = 200000

// ownOf is the set of the event's properties. Most are there many times.
func (b *builder) ownOf(w wireEvent) int32 {
	b.raw = append(append(b.raw[:0], 'e'), w[ownField]...)
	return b.remembered(func() int32 { return b.set(b.properties("event:", w[ownField], b.props[:0])) })
}

// stateOf is the set of the user's properties.
func (b *builder) stateOf(w wireEvent) int32 {
	b.raw = append(b.raw[:0], 'u')
	for _, raw := range w[firstBuiltIn:] {
		b.raw = append(append(b.raw, raw...), 0)
	}
	b.raw = append(append(append(b.raw, w[osVersionField]...), 0), w[customField]...)
	return b.remembered(func() int32 {
		props := b.props[:0]
		for i, key := range builtInProperties() {
			text := w.word(firstBuiltIn + field(i))
			if version := w.word(osVersionField); key == "os" && text != "" && version != "" {
				text += " " + version
			}
			if text != "" {
				props = append(props, property{b.key(key), b.value(value{text: text})})
			}
		}
		return b.set(b.properties("gp:", w[customField], props))
	})
}

func (b *builder) remembered(make func() int32) int32 {
	if set, ok := b.known[string(b.raw)]; ok {
		return set
	}
	key := string(b.raw)
	set := make()
	if len(b.known) < mostKnown {
		b.known[key] = set
	}
	return set
}

// properties reads an object; what is none has no properties. Of a key that is
// there twice the last counts.
func (b *builder) properties(scope string, raw []byte, into []property) []property {
	if len(raw) == 0 || raw[0] != '{' {
		return into
	}
	members(raw, func(name, raw []byte) {
		key := b.key(scope + string(name))
		for k := range into {
			if into[k].key == key {
				into = append(into[:k], into[k+1:]...)
				break
			}
		}
		if v, ok := parseValue(raw); ok {
			into = append(into, property{key, b.value(v)})
		}
	})
	b.props = into
	return into
}

// parseValue reads a JSON value; null is no value.
func parseValue(raw []byte) (value, bool) {
	switch raw[0] {
	case 'n':
		return value{}, false
	case '"':
		return value{text: string(wordOf(raw))}, true
	case 't', 'f':
		return value{text: string(raw), kind: boolValue}, true
	case '{', '[':
		var compact bytes.Buffer
		_ = json.Compact(&compact, raw) // it is valid
		return value{text: compact.String(), kind: jsonValue}, true
	}
	n, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return value{text: string(raw)}, true
	}
	// A whole number keeps its digits: IDs have more than a float has.
	if !bytes.ContainsAny(raw, ".eE") {
		return value{text: string(raw), kind: numberValue, number: n}, true
	}
	return value{text: textNumber(n), kind: numberValue, number: n}, true
}
