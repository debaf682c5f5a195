package views

import (
	"testing"
	"time"

	"amptui/api/text"
)

// A visit is compared with the one before, however often one looks meanwhile.
func TestLookingTwiceIsOneVisit(t *testing.T) {
	monday := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	var v Visits
	look := func(after time.Duration, begins bool, before time.Duration) {
		t.Helper()
		got, begun := v.After(Visit{Taken: monday.Add(after), Totals: map[text.Raw]float64{text.New("A"): float64(after)}})
		if v = got; begun != begins {
			t.Errorf("a look after %s begins a visit: %v", after, begun)
		}
		if before < 0 {
			if v.Before.Known() {
				t.Errorf("after %s the visit before was on %s", after, v.Before.Taken)
			}
		} else if !v.Before.Taken.Equal(monday.Add(before)) {
			t.Errorf("after %s the visit before was on %s", after, v.Before.Taken)
		}
	}
	look(0, true, -1)
	look(time.Minute, false, -1)
	look(24*time.Hour, true, 0)
	look(24*time.Hour+time.Minute, false, 0)
	look(29*time.Hour, false, 0)
	look(30*time.Hour, true, 24*time.Hour)
	look(20*time.Hour, true, 30*time.Hour) // the clock went back
	if got, begun := v.After(Visit{Taken: monday.Add(90 * time.Hour)}); begun || !got.Last.Taken.Equal(v.Last.Taken) {
		t.Error("an empty list is a visit")
	}
}
