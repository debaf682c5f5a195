package demo

import (
	"bytes"
	"testing"
	"time"
)

func TestTheDigestIsOfTheLog(t *testing.T) {
	at := time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC)
	of := func(seed uint64) []byte { return generate(seed, at, 50).Digest() }
	if one := of(1); len(one) != 32 || !bytes.Equal(one, of(1)) || bytes.Equal(one, of(2)) {
		t.Errorf("%x, %x, %x", one, of(1), of(2))
	}
	if (&Log{}).Digest() == nil {
		t.Error("an empty log has none")
	}
}
