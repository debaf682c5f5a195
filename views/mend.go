package views

import (
	"errors"
	"fmt"
	"strings"

	"amptui/keys"
)

// A Mendable is an error that a key mends where there are keys, and other words
// where there are none. Its text is that of the shell; [OnScreen] makes the other.
type Mendable struct {
	Err   error                   // what is wrong, as a clause
	Key   func(keys.Map) keys.Key // what mends it on the screen
	To    string                  // what for: "to add a step"
	Shell string                  // what to type instead, as a clause
}

// Error is what is wrong and what to type.
func (m Mendable) Error() string { return m.Err.Error() + ": " + m.Shell }

// Unwrap is what is wrong.
func (m Mendable) Unwrap() error { return m.Err }

// OnScreen is an error as it is said where there are keys: what mends it is a key of
// the user's.
func OnScreen(err error, k keys.Map) error {
	var m Mendable
	if !errors.As(err, &m) {
		return err
	}
	before := strings.TrimSuffix(err.Error(), m.Error()) // what wraps it
	return fmt.Errorf("%s%w: %s %s", before, m.Err, Press(m.Key(k)), m.To)
}

// Press says how to do what a key does: by its first keystroke, or in the palette
// where it has none.
func Press(k keys.Key) string {
	if k.Shown() != "" {
		return "press " + Named(k)
	}
	return "choose " + Named(k)
}

// Named is a key in a sentence that says what it does: its first keystroke, or as much
// of its entry in the palette as finds it, where it has none.
func Named(k keys.Key) string {
	if shown := k.Shown(); shown != "" {
		return shown
	}
	entry := k.Help().Desc
	if at := strings.IndexAny(entry, ",;:("); at > 0 {
		entry = strings.TrimSpace(entry[:at])
	}
	return "“" + entry + "” in the palette"
}
