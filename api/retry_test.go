package api

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// The rule says for every failure how long to wait, and when to give up: without a
// clock, and without dice.
func TestTheRuleOfRetries(t *testing.T) {
	failed := func(kind error, status int, after time.Duration) error {
		return &Error{kind: kind, Status: status, RetryAfter: after}
	}
	for name, c := range map[string]struct {
		err   error
		waits []time.Duration // of each attempt, until it gives up
	}{
		"nothing":          {nil, nil},
		"cancelled":        {context.Canceled, nil},
		"refused keys":     {failed(ErrCredentials, 401, 0), nil},
		"forbidden":        {failed(ErrCredentials, 403, time.Second), nil},
		"bad question":     {failed(ErrQuery, 400, time.Second), nil},
		"too long":         {failed(ErrQuery, 413, 0), nil},
		"not found":        {failed(ErrNotFound, 404, 0), nil},
		"elsewhere":        {failed(ErrRedirect, 302, 0), nil},
		"not made":         {failed(ErrServer, 501, 0), nil},
		"odd status":       {failed(ErrServer, 418, 0), nil},
		"web page":         {failed(ErrWebPage, 200, 0), nil},
		"too large":        {failed(ErrTooLarge, 200, 0), nil},
		"not understood":   {failed(ErrDecode, 200, 0), nil},
		"silent":           {failed(ErrTimeout, 0, 0), nil},
		"broken":           {failed(ErrServer, 503, 0), []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}},
		"slow gateway":     {failed(ErrServer, 504, 0), []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}},
		"too slow for it":  {failed(ErrServer, 408, 0), []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}},
		"reset":            {failed(ErrUnreachable, 0, 0), []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}},
		"limit":            {failed(ErrRateLimit, 429, 0), []time.Duration{15 * time.Second}},
		"limit of an hour": {failed(ErrRateLimit, 429, time.Hour), nil},
		"down for an hour": {failed(ErrServer, 503, time.Hour), nil},
	} {
		for attempt := range mostAttempts + 1 {
			want, again := time.Duration(0), attempt < len(c.waits)
			if again {
				want = c.waits[attempt]
			}
			if wait, ok := backoff(c.err, attempt); ok != again || ok && wait != want {
				t.Errorf("%s, attempt %d: %v, %v; want %v, %v", name, attempt, wait, ok, want, again)
			}
		}
	}
}

// What the server asks for is kept to; else half of the wait is dice.
func TestRetriesDoNotComeBackTogether(t *testing.T) {
	var c Client
	asked := &Error{kind: ErrRateLimit, Status: 429, RetryAfter: 40 * time.Second}
	if wait, ok := c.retry(asked, 0); !ok || wait != 40*time.Second {
		t.Errorf("asked for 40 s: %v, %v", wait, ok)
	}
	seen := map[time.Duration]bool{}
	for range 100 {
		wait, ok := c.retry(&Error{kind: ErrServer, Status: 503}, 1)
		if !ok || wait < time.Second || wait > 2*time.Second {
			t.Fatalf("the second wait is %v, %v; want 1 s to 2 s", wait, ok)
		}
		seen[wait] = true
	}
	if len(seen) < 10 {
		t.Errorf("a hundred waits are %d different ones", len(seen))
	}
}

// Who fails late is not waited for as often as who fails at once.
func TestNoQuestionIsTriedAgainAfterAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
			calls++
			time.Sleep(50 * time.Second)
			return canned(503, "overloaded"), nil
		})})
		began := time.Now()
		if _, err := c.Events(t.Context()); err == nil || calls != 2 || time.Since(began) > 2*time.Minute {
			t.Errorf("%v: %d calls in %v", err, calls, time.Since(began))
		}
	})
}
