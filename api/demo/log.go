// Package demo answers the API's questions from an event log: a generated
// project, or event files in the Amplitude Export format. It is a server of its
// own, in the shapes of the live API, and shares no code with the client.
//
// What is counted is defined beside the code that counts it.
package demo

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"
	"strings"
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
	id        string // empty for an anonymous user
	device    string
	events    []int32 // in the order of time
}

// Log is an immutable event log, in columns, in the order of time.
type Log struct {
	times   []int64 // unix microseconds
	kinds   []int32 // index into names
	users   []int32 // index into people
	session []int64 // start in unix milliseconds, -1 for none
	own     []int32 // set of the event's properties
	state   []int32 // set of the user's properties as of the event
	insert  []string
	uuid    []string

	names    []string // event types
	inactive []bool   // event types that do not make a user active
	hidden   []bool
	keys     []string
	keyIndex map[string]int32
	values   []value
	sets     [][]property
	people   []user
	byKind   [][]int32 // events of each type, in the order of time

	revenueKeys []int32 // of the properties that hold money
}

// Last is the time of the last event.
func (l *Log) Last() time.Time {
	if len(l.times) == 0 {
		return time.Time{}
	}
	return time.UnixMicro(l.times[len(l.times)-1]).UTC()
}

// Len is how many events there are.
func (l *Log) Len() int { return len(l.times) }

// builder collects events in any order.
type builder struct {
	log     *Log
	nameIx  map[string]int32
	valueIx map[value]int32
	setIx   map[string]int32
	peopleI map[int64]int32
	seen    map[string]bool // $insert_id
	scratch []byte
}

func newBuilder() *builder {
	b := &builder{
		log:    &Log{keyIndex: map[string]int32{}},
		nameIx: map[string]int32{}, valueIx: map[value]int32{}, setIx: map[string]int32{},
		peopleI: map[int64]int32{}, seen: map[string]bool{},
	}
	b.set(nil)
	return b
}

func (b *builder) name(s string) int32 {
	i, ok := b.nameIx[s]
	if !ok {
		i = int32(len(b.log.names))
		b.nameIx[s] = i
		b.log.names = append(b.log.names, s)
		b.log.inactive = append(b.log.inactive, false)
		b.log.hidden = append(b.log.hidden, false)
	}
	return i
}

func (b *builder) key(s string) int32 {
	i, ok := b.log.keyIndex[s]
	if !ok {
		i = int32(len(b.log.keys))
		b.log.keyIndex[s] = i
		b.log.keys = append(b.log.keys, s)
	}
	return i
}

func (b *builder) value(v value) int32 {
	i, ok := b.valueIx[v]
	if !ok {
		i = int32(len(b.log.values))
		b.valueIx[v] = i
		b.log.values = append(b.log.values, v)
	}
	return i
}

// set interns a set of properties, sorted by key.
func (b *builder) set(props []property) int32 {
	slices.SortFunc(props, func(x, y property) int { return int(x.key) - int(y.key) })
	b.scratch = b.scratch[:0]
	for _, p := range props {
		b.scratch = binary.LittleEndian.AppendUint32(b.scratch, uint32(p.key))
		b.scratch = binary.LittleEndian.AppendUint32(b.scratch, uint32(p.value))
	}
	i, ok := b.setIx[string(b.scratch)]
	if !ok {
		i = int32(len(b.log.sets))
		b.setIx[string(b.scratch)] = i
		b.log.sets = append(b.log.sets, slices.Clone(props))
	}
	return i
}

// person is the user of an Amplitude ID.
func (b *builder) person(amplitude int64, id, device string) int32 {
	i, ok := b.peopleI[amplitude]
	if !ok {
		i = int32(len(b.log.people))
		b.peopleI[amplitude] = i
		b.log.people = append(b.log.people, user{amplitude: amplitude, id: id, device: device})
	}
	p := &b.log.people[i]
	if p.id == "" {
		p.id = id
	}
	if device != "" {
		p.device = device
	}
	return i
}

// record is one event before it is in the log.
type record struct {
	at      int64
	kind    int32
	user    int32
	session int64
	own     int32
	state   int32
	insert  string
	uuid    string
}

// add takes an event; one that was there before is not counted twice.
func (b *builder) add(r record) bool {
	if r.insert != "" {
		if b.seen[r.insert] {
			return false
		}
		b.seen[r.insert] = true
	}
	b.append(r)
	return true
}

// append takes an event that is known to be new.
func (b *builder) append(r record) {
	l := b.log
	l.times = append(l.times, r.at)
	l.kinds = append(l.kinds, r.kind)
	l.users = append(l.users, r.user)
	l.session = append(l.session, r.session)
	l.own = append(l.own, r.own)
	l.state = append(l.state, r.state)
	l.insert = append(l.insert, r.insert)
	l.uuid = append(l.uuid, r.uuid)
}

// done sorts the log and builds its indexes. Events of the same microsecond are
// ordered by their ids, so that the order of the input does not matter.
func (b *builder) done() *Log {
	l := b.log
	order := make([]int32, len(l.times))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortStableFunc(order, func(x, y int32) int {
		if c := cmp.Compare(l.times[x], l.times[y]); c != 0 {
			return c
		}
		return strings.Compare(l.insert[x], l.insert[y])
	})
	l.times, l.kinds, l.users = pick(l.times, order), pick(l.kinds, order), pick(l.users, order)
	l.session, l.own, l.state = pick(l.session, order), pick(l.own, order), pick(l.state, order)
	l.insert, l.uuid = pick(l.insert, order), pick(l.uuid, order)
	for _, key := range []string{"event:$revenue", "event:revenue"} {
		if k, ok := l.keyIndex[key]; ok {
			l.revenueKeys = append(l.revenueKeys, k)
		}
	}
	l.byKind = make([][]int32, len(l.names))
	for i := range l.times {
		l.byKind[l.kinds[i]] = append(l.byKind[l.kinds[i]], int32(i))
		p := &l.people[l.users[i]]
		p.events = append(p.events, int32(i))
	}
	return l
}

func pick[T any](column []T, order []int32) []T {
	out := make([]T, len(order))
	for i, j := range order {
		out[i] = column[j]
	}
	return out
}

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
