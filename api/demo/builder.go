package demo

import (
	"bytes"
	"cmp"
	"context"
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
)

// builder collects events in any order.
type builder struct {
	log     *Log
	nameIx  map[string]int32
	wordIx  map[string]int32
	valueIx map[value]int32
	setIx   map[string]int32
	peopleI map[int64]int32
	scratch []byte

	// For reading events:
	fields map[string]field
	wire   wireEvent
	places []keyPlace       // what stood where in the line before
	known  map[string]int32 // property sets by their JSON
	raw    []byte
	id     [64]byte
	props  []property

	ctx      context.Context
	tell     func(Progress)
	progress Progress
	read     atomic.Int64 // bytes of the files
}

func newBuilder() *builder {
	b := &builder{
		log:    &Log{keyIndex: map[string]int32{}},
		nameIx: map[string]int32{}, wordIx: map[string]int32{}, valueIx: map[value]int32{}, setIx: map[string]int32{},
		peopleI: map[int64]int32{},
		fields:  wireFields(), wire: make(wireEvent, int(firstBuiltIn)+len(builtInProperties())), known: map[string]int32{},
		ctx: context.Background(), tell: func(Progress) {},
	}
	b.set(nil)
	b.word(nil)
	return b
}

func (b *builder) word(text []byte) int32 {
	i, ok := b.wordIx[string(text)]
	if !ok {
		s := string(text)
		i = int32(len(b.log.words))
		b.wordIx[s] = i
		b.log.words = append(b.log.words, s)
	}
	return i
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
func (b *builder) person(amplitude int64) int32 {
	i, ok := b.peopleI[amplitude]
	if !ok {
		i = int32(len(b.log.people))
		b.peopleI[amplitude] = i
		b.log.people = append(b.log.people, user{amplitude: amplitude})
	}
	return i
}

// record is one event before it is in the log.
type record struct {
	at      int64
	kind    int32
	user    int32
	id      int32
	device  int32
	session int64
	own     int32
	state   int32
	insert  []byte
	uuid    []byte
}

func (b *builder) append(r record) {
	l := b.log
	l.times = append(l.times, r.at)
	l.kinds = append(l.kinds, r.kind)
	l.users = append(l.users, r.user)
	l.id = append(l.id, r.id)
	l.device = append(l.device, r.device)
	l.session = append(l.session, r.session)
	l.own = append(l.own, r.own)
	l.state = append(l.state, r.state)
	l.insert.append(packed(r.insert, b.id[:0]))
	l.uuid.append(packed(r.uuid, b.id[:0]))
}

// done sorts the log and builds its indexes.
func (b *builder) done() *Log {
	l := b.log
	order := make([]int32, len(l.times))
	for i := range order {
		order[i] = int32(i)
	}
	if !slices.IsSortedFunc(order, l.compare) {
		slices.SortFunc(order, l.compare)
		l.reorder(order)
	}
	l.sortKeys()
	l.sortPeople()
	for _, key := range []string{"event:$revenue", "event:revenue"} {
		if k, ok := l.keyIndex[key]; ok {
			l.revenueKeys = append(l.revenueKeys, k)
		}
	}
	l.builtIn.fields, l.builtIn.keys = nil, nil
	for _, key := range builtInProperties() {
		k, ok := l.keyIndex[key]
		if !ok {
			k = -1
		}
		l.builtIn.fields, l.builtIn.keys = append(l.builtIn.fields, eventField(key)), append(l.builtIn.keys, k)
	}
	l.byKind = make([][]int32, len(l.names))
	for i := range l.times {
		l.byKind[l.kinds[i]] = append(l.byKind[l.kinds[i]], int32(i))
		p := &l.people[l.users[i]]
		p.events = append(p.events, int32(i))
		if id := l.words[l.id[i]]; id != "" {
			p.id = id
		}
		if device := l.words[l.device[i]]; device != "" && !slices.Contains(p.devices, device) {
			p.devices = append(p.devices, device)
		}
	}
	return l
}

// distinct is done without the events that are there twice: those of one user
// with one $insert_id or, where there is none, one uuid. The first stays.
func (b *builder) distinct() (l *Log, double int) {
	l = b.done()
	order := l.firsts()
	if double = len(l.times) - len(order); double == 0 {
		return l, 0
	}
	l.reorder(order)
	for i := range l.people {
		l.people[i] = user{amplitude: l.people[i].amplitude}
	}
	l.revenueKeys = nil
	return b.done(), double
}

// firsts are the events that no event before them is the same as.
func (l *Log) firsts() []int32 {
	name := func(i int32) (user int32, id []byte) {
		if id = l.insert.at(i); len(id) == 0 {
			id = l.uuid.at(i)
		}
		return l.users[i], id
	}
	seed := maphash.MakeSeed()
	seen := make(map[uint64]int32, len(l.times)) // the last event of each hash
	before := make([]int32, len(l.times))        // the one before it of the same hash, or -1
	order := make([]int32, 0, len(l.times))
	for i := range int32(len(l.times)) {
		user, id := name(i)
		if before[i] = -1; len(id) == 0 {
			order = append(order, i)
			continue
		}
		hash := maphash.Bytes(seed, id) + uint64(user)*0x9e3779b97f4a7c15
		other, ok := seen[hash]
		if !ok {
			other = -1
		}
		at := other
		for ; at >= 0; at = before[at] {
			if u, same := name(at); u == user && bytes.Equal(same, id) {
				break
			}
		}
		if at >= 0 {
			continue
		}
		before[i], seen[hash] = other, i
		order = append(order, i)
	}
	return order
}

// compare orders two events by time, those of the same microsecond by what they
// are, so that the order of the input does not matter.
func (l *Log) compare(x, y int32) int {
	if c := cmp.Compare(l.times[x], l.times[y]); c != 0 {
		return c
	}
	if c := cmp.Or(
		bytes.Compare(l.insert.at(x), l.insert.at(y)), bytes.Compare(l.uuid.at(x), l.uuid.at(y)),
		cmp.Compare(l.people[l.users[x]].amplitude, l.people[l.users[y]].amplitude),
		cmp.Compare(l.names[l.kinds[x]], l.names[l.kinds[y]]), cmp.Compare(l.session[x], l.session[y]),
		cmp.Compare(l.words[l.device[x]], l.words[l.device[y]]), cmp.Compare(l.words[l.id[x]], l.words[l.id[y]]),
	); c != 0 || l.own[x] == l.own[y] && l.state[x] == l.state[y] {
		return c
	}
	return cmp.Or(cmp.Compare(l.print(l.own[x]), l.print(l.own[y])), cmp.Compare(l.print(l.state[x]), l.print(l.state[y])))
}

// print is a set as text that does not depend on the order of the input.
func (l *Log) print(set int32) string {
	var parts []string
	for _, p := range l.sets[set] {
		v := l.values[p.value]
		parts = append(parts, l.keys[p.key]+"\x00"+strconv.Itoa(int(v.kind))+v.text)
	}
	slices.Sort(parts)
	return strings.Join(parts, "\x01")
}

// sortKeys orders the keys by name, and with them the properties of each set, so
// that they are written in one order.
func (l *Log) sortKeys() {
	old := l.keys
	l.keys = slices.Sorted(slices.Values(old))
	for i, key := range l.keys {
		l.keyIndex[key] = int32(i)
	}
	for _, set := range l.sets {
		for k := range set {
			set[k].key = l.keyIndex[old[set[k].key]]
		}
		slices.SortFunc(set, func(x, y property) int { return int(x.key) - int(y.key) })
	}
}

// sortPeople orders the users by Amplitude ID, so that sums over them are of one
// order.
func (l *Log) sortPeople() {
	order := make([]int32, len(l.people))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(x, y int32) int { return cmp.Compare(l.people[x].amplitude, l.people[y].amplitude) })
	place := make([]int32, len(order))
	for i, old := range order {
		place[old] = int32(i)
	}
	l.people = pick(l.people, order)
	for i, u := range l.users {
		l.users[i] = place[u]
	}
}

func (l *Log) reorder(order []int32) {
	l.times, l.kinds, l.users = pick(l.times, order), pick(l.kinds, order), pick(l.users, order)
	l.id, l.device = pick(l.id, order), pick(l.device, order)
	l.session, l.own, l.state = pick(l.session, order), pick(l.own, order), pick(l.state, order)
	l.insert, l.uuid = l.insert.pick(order), l.uuid.pick(order)
}

func pick[T any](column []T, order []int32) []T {
	out := make([]T, len(order))
	for i, j := range order {
		out[i] = column[j]
	}
	return out
}
