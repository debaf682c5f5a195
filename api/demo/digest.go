package demo

import (
	"crypto/sha256"
	"encoding/binary"
)

// Digest is 32 bytes that the users and devices, the names of events and the
// values of properties of the log decide: who does not have the log cannot work
// them out. Where events of the same users are added it stays the same if they
// bring nothing new.
func (l *Log) Digest() []byte {
	sum := sha256.New()
	put := func(words []string) {
		_ = binary.Write(sum, binary.BigEndian, int64(len(words)))
		for _, word := range words {
			_ = binary.Write(sum, binary.BigEndian, int64(len(word)))
			sum.Write([]byte(word))
		}
	}
	put(l.words)
	put(l.names)
	put(l.keys)
	values := make([]string, len(l.values))
	for i, v := range l.values {
		values[i] = v.text
	}
	put(values)
	return sum.Sum(nil)
}
