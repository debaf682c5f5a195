package paint

import (
	"testing"
	"time"
)

// A key is charged with the frame that it brought at once, and with no other.
func TestFiguresChargeKeysWithTheirFrames(t *testing.T) {
	var e expense
	at := time.Unix(0, 0)
	e.frame(5000, at) // the first frame
	e.key(at)
	e.frame(60, at.Add(time.Millisecond))
	e.frame(3000, at.Add(time.Second)) // an answer
	e.key(at)
	e.frame(0, at.Add(3*time.Millisecond)) // the key changed nothing
	want := Figures{Frames: 3, Bytes: 8060, Keys: 2, KeyBytes: 60, Worked: 2 * time.Millisecond, Slowest: 3 * time.Millisecond}
	if e.Figures != want {
		t.Errorf("%+v; want %+v", e.Figures, want)
	}
}
