package api

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"
)

const (
	mostAttempts = 4
	longestWait  = 60 * time.Second // a longer Retry-After is shown, not slept
)

// retry says how long to wait before asking again, if at all. Half of the wait
// is jitter, so that several programs do not come back together.
func (c *Client) retry(err error, attempt int) (time.Duration, bool) {
	wait, again := backoff(err, attempt)
	if !again {
		return 0, false
	}
	var e *Error
	if errors.As(err, &e) && e.RetryAfter > 0 {
		return e.RetryAfter, true
	}
	return wait/2 + rand.N(wait/2+1), true
}

// backoff is the rule without the dice: refusals are final; a limit is tried
// once more after 15 s, what a server suffers from briefly after 1, 2 and 4 s.
func backoff(err error, attempt int) (time.Duration, bool) {
	var e *Error
	if err == nil || !errors.As(err, &e) || attempt >= mostAttempts-1 {
		return 0, false
	}
	if e.RetryAfter > longestWait {
		return 0, false
	}
	switch {
	case errors.Is(err, ErrRateLimit):
		return 15 * time.Second, attempt == 0
	case errors.Is(err, ErrServer) && (e.Status >= 500 && e.Status != 501 || e.Status == 408), errors.Is(err, ErrUnreachable):
		return time.Second << attempt, true
	}
	return 0, false
}

type aside struct{}

// Aside makes questions under the context matter to nobody else: they are tried once,
// and that one of them is refused says nothing of the keys.
func Aside(ctx context.Context) context.Context { return context.WithValue(ctx, aside{}, true) }

// pause waits and says so; it ends early with the context.
func (c *Client) pause(ctx context.Context, wait time.Duration, why error) error {
	observed(ctx, Progress{Text: why.Error(), Until: time.Now().Add(wait)})
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
