package api

import (
	"slices"
	"sync"
	"time"
)

// Latency is how long calls have taken, from the request to the whole answer.
// Answers that were kept are no calls.
type Latency struct {
	Calls                 int
	Bytes                 int64 // of the answers, as decoded from gzip
	Last, Median, Slowest time.Duration
}

// mostTimed is how many of the last calls the median and the slowest are of.
const mostTimed = 100

// timed are the calls of a client.
type timed struct {
	mu    sync.Mutex
	calls int
	bytes int64
	last  []time.Duration // the newest last
}

func (t *timed) note(took time.Duration, bytes int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.calls++
	t.bytes += int64(bytes)
	if t.last = append(t.last, took); len(t.last) > mostTimed {
		t.last = slices.Delete(t.last, 0, 1)
	}
}

// Latency is how long the client's calls have taken; nothing before the first.
func (c *Client) Latency() Latency {
	t := &c.timed
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.calls == 0 {
		return Latency{}
	}
	sorted := slices.Sorted(slices.Values(t.last))
	return Latency{
		Calls: t.calls, Bytes: t.bytes, Last: t.last[len(t.last)-1],
		Median: sorted[(len(sorted)-1)/2], Slowest: sorted[len(sorted)-1],
	}
}
