package demo

import (
	"bytes"
	"slices"
	"testing"
	"time"
)

// Whoever starts the demo again in the same day finds the past as it was.
func TestThePastOfADayDoesNotChange(t *testing.T) {
	day := time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)
	early, late := generate(1, day.Add(9*time.Hour), 300), generate(1, day.Add(22*time.Hour), 300)
	if early.Len() == 0 || late.Len() <= early.Len() {
		t.Fatalf("%d events by 9:00, %d by 22:00", early.Len(), late.Len())
	}
	if !slices.Equal(early.times, late.times[:early.Len()]) {
		t.Error("the events before 9:00 are others at 22:00")
	}
	for i := range early.times {
		if early.names[early.kinds[i]] != late.names[late.kinds[i]] || !bytes.Equal(early.insert.at(int32(i)), late.insert.at(int32(i))) {
			t.Fatalf("event %d is another", i)
		}
	}
}
