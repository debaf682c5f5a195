package api

import (
	"testing"
	"time"
)

func TestLatencyIsOfTheLastHundredCalls(t *testing.T) {
	var c Client
	if got := c.Latency(); got != (Latency{}) {
		t.Errorf("before the first call: %+v", got)
	}
	for i := range 150 {
		c.timed.note(time.Duration(150-i)*time.Millisecond, 10)
	}
	want := Latency{Calls: 150, Bytes: 1500, Last: time.Millisecond, Median: 50 * time.Millisecond, Slowest: 100 * time.Millisecond}
	if got := c.Latency(); got != want {
		t.Errorf("%+v; want %+v", got, want)
	}
}
