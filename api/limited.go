package api

import (
	"context"
	"errors"
	"sync"
	"time"
)

// limited keeps questions back until the time that the server has named: not only the
// one that was refused, but whatever is asked of the same limit meanwhile.
type limited struct {
	mu    sync.Mutex
	until map[bool]time.Time // of look-ups, and of all else
	why   map[bool]*Error
}

// note takes an answer's word on when to ask again.
func (l *limited) note(endpoint string, err error) {
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, ErrRateLimit) || e.RetryAfter <= 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.until == nil {
		l.until, l.why = map[bool]time.Time{}, map[bool]*Error{}
	}
	l.until[isUserLookup(endpoint)], l.why[isUserLookup(endpoint)] = time.Now().Add(e.RetryAfter), e
}

// left is how long it is until a question may be asked, and why.
func (l *limited) left(endpoint string) (time.Duration, *Error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return time.Until(l.until[isUserLookup(endpoint)]), l.why[isUserLookup(endpoint)]
}

// keepBack waits until a question may be asked. Where that takes too long it is not
// asked at all, unless the user wants just that: a server may name any time.
func (c *Client) keepBack(ctx context.Context, endpoint string) error {
	wait, why := c.limited.left(endpoint)
	switch {
	case wait <= 0:
		return nil
	case wait <= longestWait:
		return c.pause(ctx, wait, why)
	case ctx.Value(fresh{}) != nil:
		return nil
	}
	again := *why
	again.Endpoint, again.RetryAfter = endpoint, wait
	return &again
}
