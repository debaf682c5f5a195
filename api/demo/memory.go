package demo

import "unsafe"

// Bytes is how much memory the log takes: its columns, the texts and sets of properties
// that they point to, and the indexes by event type and by user. Maps are not counted.
func (l *Log) Bytes() int {
	n := columnBytes(l.times) + columnBytes(l.kinds) + columnBytes(l.users) + columnBytes(l.id) + columnBytes(l.device) +
		columnBytes(l.session) + columnBytes(l.own) + columnBytes(l.state) + l.insert.bytes() + l.uuid.bytes()
	for _, list := range [][]string{l.names, l.words, l.keys} {
		n += stringBytes(list)
	}
	n += columnBytes(l.values) + columnBytes(l.sets) + columnBytes(l.people) + columnBytes(l.byKind)
	for _, v := range l.values {
		n += len(v.text)
	}
	for _, set := range l.sets {
		n += columnBytes(set)
	}
	for _, events := range l.byKind {
		n += columnBytes(events)
	}
	for _, p := range l.people {
		n += columnBytes(p.events) + columnBytes(p.devices)
	}
	return n
}

func columnBytes[T any](column []T) int {
	var one T
	return cap(column) * int(unsafe.Sizeof(one))
}

func stringBytes(list []string) int {
	n := columnBytes(list)
	for _, s := range list {
		n += len(s)
	}
	return n
}
