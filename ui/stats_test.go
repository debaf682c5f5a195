package ui

import (
	"testing"
	"time"

	"amptui/ui/paint"
)

func TestStatsSayWhatTheSessionHasCost(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("2")
		d.Press(":")
		d.Type("stats")
		d.Sees("stats: bytes per key, frames, API latency")
		d.Press("esc")
		d.take(measured{paint.Figures{Frames: 12, Bytes: 5 << 10, Keys: 4, KeyBytes: 250, Worked: 400 * time.Microsecond, Slowest: 21 * time.Millisecond}})
		d.Sees("4, 63 bytes each", "12, 5.0 KiB in all", "0.4 ms from", "21ms at most", "API     3 calls", "half of them at most", "MiB in use")
		d.Press("esc")
		d.SeesNot("bytes each")
	})
}
