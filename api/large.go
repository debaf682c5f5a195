package api

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"sync"
)

// smallBody is what an answer may have before it counts as a large one.
const smallBody = 4 << 20

// A hold is the right to have a large answer in memory: there is one at a time, from
// its arrival until it has been read. Several together, each some times its size while
// it is read, would take more memory than the program may.
type hold struct {
	large chan struct{}
	mu    sync.Mutex
	has   bool
}

// take waits for the right.
func (h *hold) take(ctx context.Context) error {
	select {
	case h.large <- struct{}{}:
		h.mu.Lock()
		defer h.mu.Unlock()
		h.has = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// release gives it back, if it was taken and is not back yet.
func (h *hold) release() {
	if h == nil {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.has {
		h.has = false
		<-h.large
	}
}

// readInto reads a body, up to what shows that it is too large.
func (c *Client) readInto(ctx context.Context, read *bytes.Buffer, answer *http.Response, h *hold) error {
	most := c.options.MaxBody
	if n := answer.ContentLength; n > 0 {
		most = min(n, most)
		read.Grow(int(min(most, smallBody)) + bytes.MinRead) // one buffer, not one half again as large after another
	}
	n, err := read.ReadFrom(io.LimitReader(answer.Body, min(smallBody, c.options.MaxBody+1)))
	if err != nil || n < smallBody {
		return err
	}
	if err := h.take(ctx); err != nil {
		return err
	}
	read.Grow(int(most-n) + bytes.MinRead + 1)
	_, err = read.ReadFrom(io.LimitReader(answer.Body, c.options.MaxBody+1-n))
	return err
}
