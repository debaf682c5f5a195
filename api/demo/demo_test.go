package demo

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"
	"time"
)

func storeNow() time.Time { return time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC) }

// store is the music store of the tests, made once.
var store = sync.OnceValue(func() *Log { return Generate(1, storeNow()) })

func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		Generate(1, storeNow())
	}
}

func TestTheStoreIsAsItIsDescribed(t *testing.T) {
	l := store()
	if n := l.Len(); n < 250000 || n > 400000 {
		t.Errorf("%d events", n)
	}
	if n := len(l.people); n != storeUsers {
		t.Errorf("%d users", n)
	}
	if n := len(l.names); n < 38 || n > 55 {
		t.Errorf("%d event types", n)
	}
	if last := l.Last(); last.After(storeNow()) || storeNow().Sub(last) > 24*time.Hour {
		t.Errorf("the last event is of %v", last)
	}
	for _, u := range l.people {
		if u.id == BusiestUser && (len(u.events) < 4500 || len(u.events) > 5500) {
			t.Errorf("%s has %d events", u.id, len(u.events))
		}
	}
}

func TestTheSameSeedMakesTheSameLog(t *testing.T) {
	sum := func(seed uint64) string {
		l := Generate(seed, storeNow())
		h := sha256.New()
		fmt.Fprint(h, l.times, l.kinds, l.users, l.session, l.own, l.state, l.insert, l.names, l.keys, l.values, l.sets)
		return fmt.Sprintf("%x", h.Sum(nil))
	}
	one := sum(1)
	if one != sum(1) {
		t.Error("the same seed made two logs")
	}
	if one == sum(2) {
		t.Error("two seeds made the same log")
	}
}
