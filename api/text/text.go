// Package text is the one place where words from outside (event names,
// property values, labels, error bodies, reason phrases, configuration) are
// made fit for a terminal.
package text

import (
	"encoding/json"
	"fmt"
)

// A Raw is a word from outside, exactly as it came. It can be asked with
// (queries and exports need the exact bytes), compared and used as a map key,
// but it cannot be drawn by accident: every way of formatting it yields the
// safe form. Exact is for api, views/query and the exports only; a test holds
// that.
type Raw struct{ s string }

// New marks s as a word from outside.
func New(s string) Raw { return Raw{s} }

// Exact is the word byte for byte. Never draw it.
func (r Raw) Exact() string { return r.s }

// Safe is the word as one line that a terminal can show (see Clean).
func (r Raw) Safe() string { return Clean(r.s) }

// String is Safe, so that fmt cannot leak the exact bytes.
func (r Raw) String() string { return Clean(r.s) }

// Format writes the safe form for every verb.
func (r Raw) Format(f fmt.State, verb rune) {
	if verb == 'q' || f.Flag('#') {
		fmt.Fprintf(f, "%q", Clean(r.s))
		return
	}
	_, _ = f.Write([]byte(Clean(r.s)))
}

// IsZero says whether there is no word at all.
func (r Raw) IsZero() bool { return r.s == "" }

// MarshalJSON writes the exact word as a JSON string.
func (r Raw) MarshalJSON() ([]byte, error) { return json.Marshal(r.s) }

// UnmarshalJSON reads a JSON string; null is no word.
func (r *Raw) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &r.s) }
