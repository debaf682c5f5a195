package views

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"sync"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// letters are those of pseudonyms: none could be read as another.
const letters = "0123456789abcdefghjkmnpqrstvwxyz"

// mostMade is how many pseudonyms of each of two generations are kept to be
// taken back.
const mostMade = 50_000

// A Mask puts stable pseudonyms in the place of what could tell who a user is:
// on the screen, in copies and in exports. It goes by a list of what is safe;
// all else is masked. The same value has the same pseudonym wherever the key is
// the same, and without the key nothing can be worked out from it. A nil Mask is
// off. It is safe for concurrent use.
type Mask struct {
	key     text.Secret
	shown   map[string]bool // what the profile calls safe, by names without quotes
	cohorts *SavedCohorts   // whose names stand for their ids

	mu          sync.Mutex
	on          bool
	turn        int
	made, older map[string]string // what stands behind pseudonyms
}

// NewMask makes a mask whose pseudonyms are made with a key. Without one they
// are of this process only, never of a key that others could know. shown are
// further properties that are safe, as the grammar writes them.
func NewMask(key []byte, on bool, shown []string) *Mask {
	if len(key) == 0 {
		key = make([]byte, sha256.Size)
		_, _ = rand.Read(key) // never fails: it ends the program instead
	}
	m := &Mask{key: text.NewSecret(string(key)), on: on, shown: map[string]bool{}, made: map[string]string{}, cohorts: &SavedCohorts{}}
	for _, name := range shown {
		m.shown[unquoted(name)] = true
	}
	return m
}

// Format writes nothing of what the mask knows, for every verb.
func (m *Mask) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte("[mask]")) }

// On says whether pseudonyms are shown.
func (m *Mask) On() bool {
	if m == nil {
		return false
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.on
}

// Toggle turns the mask on or off.
func (m *Mask) Toggle() {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.on = !m.on
	m.turn++
}

// Turn counts how often the mask was turned on or off, for the keys of memos.
func (m *Mask) Turn() int {
	if m == nil {
		return 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.turn
}

// Pseudonym is what stands for a value: its kind ("user", "device", "email",
// "place", "id", "text" …) and eight letters that the value alone decides.
// Nothing stays nothing.
func (m *Mask) Pseudonym(kind string, v text.Raw) text.Raw {
	if v.IsZero() || !m.On() {
		return v
	}
	return text.New(m.pseudonym(kind, query.PrintWord(v)))
}

// pseudonym makes one whether the mask is on or not.
func (m *Mask) pseudonym(kind, value string) string {
	mac := hmac.New(sha256.New, []byte(m.key.Reveal()))
	mac.Write([]byte(value))
	made := kind + "-" + base32.NewEncoding(letters).EncodeToString(mac.Sum(nil)[:5])
	m.keep(made, value)
	return made
}

// keep remembers what stands behind a pseudonym, of so many at most.
func (m *Mask) keep(made, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.made) >= mostMade {
		m.older, m.made = m.made, map[string]string{}
	}
	m.made[made] = value
}

// behind is what stands behind a pseudonym of this process.
func (m *Mask) behind(made string) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.made[made]; ok {
		return v, true
	}
	v, ok := m.older[made]
	return v, ok
}

// Property is the value of a property, by the property's name as the grammar
// writes it ("platform", "gp:plan", "event:source") or as the API sends it
// ("ip_address"). Safe properties keep their values, and so does what tells
// nobody apart: no value, true and false.
func (m *Mask) Property(name string, v text.Raw) text.Raw {
	if v.IsZero() || !m.On() || m.isSafe(name) {
		return v
	}
	return text.New(m.property(name, query.PrintWord(v)))
}

// property masks a value of a property that is not safe.
func (m *Mask) property(name, value string) string {
	kind := kindOf(unquoted(name), value)
	switch value {
	case "", "(none)", "(empty)":
		return value
	case "true", "false":
		if kind == textKind {
			return value
		}
	}
	return m.pseudonym(kind, value)
}

// Of is the value of a property of a filter or group-by.
func (m *Mask) Of(p api.Property, v text.Raw) text.Raw { return m.Property(grammarName(p), v) }

// Group is the label of a group: the value of one property, or of several with
// "; " between. Which of several is which no answer says, so that all are masked
// where one is not safe.
func (m *Mask) Group(by []api.Property, label text.Raw) text.Raw {
	switch {
	case label.IsZero():
		return text.New("(empty)")
	case !m.Hides(by):
		return label
	case len(by) == 1:
		return m.Of(by[0], label)
	}
	parts := strings.Split(query.PrintWord(label), "; ")
	if len(parts) != len(by) {
		return m.Pseudonym(textKind, label)
	}
	for i, part := range parts {
		parts[i] = m.property("", part)
	}
	return text.New(strings.Join(parts, "; "))
}

// Hides says whether the mask is on and values of one of the properties are not
// safe.
func (m *Mask) Hides(properties []api.Property) bool {
	return m.On() && slices.ContainsFunc(properties, func(p api.Property) bool { return !m.isSafe(grammarName(p)) })
}

// isSafe says whether the values of a property tell nobody apart, as far as
// this program and the profile know.
func (m *Mask) isSafe(name string) bool {
	return m.isShown(name) || isSafeField(unquoted(name))
}

// isShown says whether the profile calls a property safe, whatever is in it.
func (m *Mask) isShown(name string) bool { return m.shown[unquoted(name)] }

// grammarName is a property as the grammar writes it, without quotes.
func grammarName(p api.Property) string {
	if p.Scope == api.EventProperty {
		return "event:" + query.PrintWord(p.Key)
	}
	return query.PrintWord(p.Key)
}

// unquoted is the name of a property without the quotes of the grammar.
func unquoted(name string) string {
	if !strings.Contains(name, `"`) {
		return name
	}
	p, err := query.ParseProperty(name, false)
	if err != nil {
		return name
	}
	return grammarName(p)
}
