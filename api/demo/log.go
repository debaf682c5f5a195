// Package demo answers the API's questions from an event log: a generated
// project, or event files in the Amplitude Export format. It is a server of its
// own, in the shapes of the live API, and shares no code with the client.
//
// What is counted is defined beside the code that counts it.
package demo

import (
	"slices"
	"strconv"
	"time"
)

// kind says how a property value was written in JSON.
type kind uint8

const (
	textValue kind = iota
	numberValue
	boolValue
	jsonValue // a list or an object, kept as its JSON
)

// value is a property value: its text as filters see it, and its number.
type value struct {
	text   string
	kind   kind
	number float64 // of numberValue only
}

// property is a key and a value, as indexes into the log's tables.
type property struct{ key, value int32 }

// Keys of properties carry their scope: "event:" and "gp:" before custom ones,
// nothing before built-in user properties.

// user is everybody who has ever sent an event.
type user struct {
	amplitude int64
	id        string   // the last that was not empty; empty for an anonymous user
	devices   []string // in the order of their first event
	events    []int32  // in the order of time
}

// lastDevice is the device of the last event that has one.
func (l *Log) lastDevice(u user) string {
	for k := len(u.events) - 1; k >= 0; k-- {
		if d := l.device[u.events[k]]; d != 0 {
			return l.words[d]
		}
	}
	return ""
}

// Log is an immutable event log, in columns, in the order of time.
type Log struct {
	times   []int64 // unix microseconds
	kinds   []int32 // index into names
	users   []int32 // index into people
	id      []int32 // user ID as of the event, index into words
	device  []int32 // index into words
	session []int64 // start in unix milliseconds, -1 for none
	own     []int32 // set of the event's properties
	state   []int32 // set of the user's properties as of the event
	insert  texts
	uuid    texts

	names    []string // event types
	inactive []bool   // event types that do not make a user active
	hidden   []bool
	words    []string // the first is empty
	keys     []string
	keyIndex map[string]int32
	values   []value
	sets     [][]property
	people   []user
	byKind   [][]int32 // events of each type, in the order of time

	saved saved // what the project has besides events

	revenueKeys []int32 // of the properties that hold money
	builtIn     struct {
		fields []string // names in an event
		keys   []int32  // -1 for those that no user has
	}
}

// Last is the time of the last event.
func (l *Log) Last() time.Time {
	if len(l.times) == 0 {
		return time.Time{}
	}
	return time.UnixMicro(l.times[len(l.times)-1]).UTC()
}

// First is the time of the first event.
func (l *Log) First() time.Time {
	if len(l.times) == 0 {
		return time.Time{}
	}
	return time.UnixMicro(l.times[0]).UTC()
}

// Len is how many events there are.
func (l *Log) Len() int { return len(l.times) }

// Properties are the names of the properties of users and events, as queries write
// them: a scope, event: or gp:, and a name; those of the API without a scope.
func (l *Log) Properties() []string { return slices.Clone(l.keys) }

// in finds the value of a key in a set, or -1.
func (l *Log) in(set, key int32) int32 {
	for _, p := range l.sets[set] {
		if p.key == key {
			return p.value
		}
		if p.key > key {
			break
		}
	}
	return -1
}

// textNumber is a number's text as filters and labels see it.
func textNumber(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
