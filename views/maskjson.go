package views

import (
	"bytes"
	"encoding/json"
)

// Event is one event, as /useractivity or the Export API sends it, masked: the
// same keys in the same order, safe fields as they are, and pseudonyms for all
// else. The names of properties are the project's own words and stay; keys
// inside of a property's value may be data and do not. What is no JSON becomes
// null.
func (m *Mask) Event(doc json.RawMessage) json.RawMessage {
	return m.rewrite(doc, func(w *rewriter) {
		if w.in[0] != '{' {
			w.value("", false)
			return
		}
		w.object(keep, w.field)
	})
}

// JSON is the value of a property, of any depth, masked by the property's name.
func (m *Mask) JSON(name string, doc json.RawMessage) json.RawMessage {
	return m.rewrite(doc, func(w *rewriter) { w.property(name) })
}

func (m *Mask) rewrite(doc json.RawMessage, how func(*rewriter)) json.RawMessage {
	if !m.On() {
		return doc
	}
	var compact bytes.Buffer
	if json.Compact(&compact, doc) != nil {
		return json.RawMessage("null")
	}
	w := rewriter{mask: m, in: compact.Bytes()}
	how(&w)
	return w.out.Bytes()
}

// rewriter copies one valid JSON text without blanks and masks on the way.
type rewriter struct {
	mask *Mask
	in   []byte // what is not read yet
	out  bytes.Buffer
}

// field masks one field of an event or of a user.
func (w *rewriter) field(name string) {
	scope := ""
	switch name {
	case "event_properties", "data":
		scope = "event:"
	case "user_properties", "global_user_properties", "properties":
		scope = "gp:"
	case "group_properties", "groups":
		scope = "group:"
	default:
		w.property(name)
		return
	}
	if w.in[0] != '{' {
		w.value("", false)
		return
	}
	w.object(keep, func(property string) { w.property(scope + property) })
}

// property masks the value of a property by its name.
func (w *rewriter) property(name string) {
	if w.mask.isShown(name) {
		w.copy(w.length())
		return
	}
	w.value(name, w.mask.isSafe(name))
}

// value masks a value of any depth. Only single words and lists of them are
// safe: what a project hides in an object is not what the list means.
func (w *rewriter) value(name string, safe bool) {
	switch w.in[0] {
	case '{':
		w.object(func(key string) string { return w.mask.keyInside(name, key) }, func(string) { w.value(name, false) })
	case '[':
		w.list(']', func() { w.value(name, safe) })
	case 't', 'f', 'n':
		w.copy(w.length()) // one bit tells nobody apart
	case '"':
		w.word(func(s string) string {
			if safe {
				return s
			}
			return w.mask.property(name, s)
		})
	default:
		n := w.length()
		if safe {
			w.copy(n)
			return
		}
		w.quote(w.mask.property(name, string(w.in[:n])))
		w.in = w.in[n:]
	}
}

// keyInside masks a key inside of a property's value.
func (m *Mask) keyInside(name, key string) string {
	if key == "" || name == "last_location" && (key == "lat" || key == "lng") {
		return key
	}
	return m.pseudonym("key", key)
}

func keep(key string) string { return key }

// object rewrites an object member by member.
func (w *rewriter) object(key func(string) string, member func(key string)) {
	w.list('}', func() {
		name := w.word(key)
		w.copy(1) // the colon
		member(name)
	})
}

// list copies the brackets and the commas round members.
func (w *rewriter) list(end byte, member func()) {
	for w.copy(1); w.in[0] != end; {
		if w.in[0] == ',' {
			w.copy(1)
		}
		member()
	}
	w.copy(1)
}

// word rewrites a string and says what it was. One that stays is copied, escapes
// and all.
func (w *rewriter) word(change func(string) string) string {
	n := w.length()
	var was string
	if json.Unmarshal(w.in[:n], &was) != nil {
		was = string(w.in[:n])
	}
	if is := change(was); is != was {
		w.quote(is)
		w.in = w.in[n:]
	} else {
		w.copy(n)
	}
	return was
}

func (w *rewriter) quote(s string) {
	quoted, _ := json.Marshal(s) // a string always can be
	w.out.Write(quoted)
}

func (w *rewriter) copy(n int) {
	w.out.Write(w.in[:n])
	w.in = w.in[n:]
}

// length is how long the value is that comes next.
func (w *rewriter) length() int {
	depth := 0
	for i := 0; i < len(w.in); i++ {
		switch w.in[i] {
		case '"':
			for i++; w.in[i] != '"'; i++ {
				if w.in[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case ',', ':':
			if depth == 0 {
				return i
			}
			continue
		default:
			continue
		}
		if depth < 0 {
			return i
		}
		if depth == 0 {
			return i + 1
		}
	}
	return len(w.in)
}
