package api

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// When the server says when to come back, nothing is asked before: neither the question
// that was refused nor another one. Look-ups have a limit of their own.
func TestNothingIsAskedBeforeTheTimeThatTheServerNames(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		var mu sync.Mutex
		asked := map[string][]time.Duration{}
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(r *http.Request) (*http.Response, error) {
			mu.Lock()
			defer mu.Unlock()
			asked[r.URL.Path] = append(asked[r.URL.Path], time.Since(began))
			if time.Since(began) < 30*time.Second && !isUserLookup(r.URL.Path) {
				return canned(429, "slow down", "Retry-After", "30"), nil
			}
			return canned(200, map[bool]string{true: `{"matches":[]}`, false: `{"data":[]}`}[isUserLookup(r.URL.Path)]), nil
		})})
		var all sync.WaitGroup
		all.Go(func() { _, _ = c.Events(t.Context()) })
		time.Sleep(time.Second)
		all.Go(func() { _, _ = c.Annotations(t.Context()) })
		all.Go(func() { _, _ = c.UserSearch(t.Context(), "a") })
		all.Wait()
		for path, want := range map[string][]time.Duration{
			eventsEndpoint: {0, 30 * time.Second}, annotationsEndpoint: {30 * time.Second}, searchEndpoint: {time.Second},
		} {
			if got := asked[path]; len(got) != len(want) || got[len(got)-1] != want[len(want)-1] {
				t.Errorf("%s was asked after %v; want %v", path, got, want)
			}
		}
	})
}

// Who waits for that time says so, also where all slots are taken by others who do.
func TestWhoIsKeptBackSaysWhy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
			if time.Since(began) < 20*time.Second {
				return canned(429, "slow down", "Retry-After", "20"), nil
			}
			return canned(200, good), nil
		})})
		var all sync.WaitGroup
		for i := range cap(c.slots.questions) {
			all.Go(func() { _, _ = c.get(t.Context(), other(fmt.Sprintf("/api/2/%d", i))) })
		}
		time.Sleep(time.Second)
		var said []Progress
		if _, err := c.Events(Observe(t.Context(), func(p Progress) { said = append(said, p) })); err != nil {
			t.Error(err)
		}
		all.Wait()
		if len(said) == 0 || !strings.Contains(said[0].Text, "rate limit") || !said[0].Until.Equal(began.Add(20*time.Second)) {
			t.Errorf("it says %+v", said)
		}
	})
}

// A time that is far off is said at once, for every question; only who presses the key
// that asks again finds out whether it still holds.
func TestALimitOfAnHourIsSaidWithoutAsking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		calls := 0
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
			if calls++; calls == 1 {
				return canned(429, "slow down", "Retry-After", "3600"), nil
			}
			return canned(200, good), nil
		})})
		for range 2 {
			time.Sleep(10 * time.Minute)
			_, err := c.Events(t.Context())
			var e *Error
			if !errors.As(err, &e) || !errors.Is(err, ErrRateLimit) || calls != 1 || e.RetryAfter > time.Hour || e.RetryAfter < 50*time.Minute {
				t.Errorf("%v after %d calls, for %v", err, calls, e)
			}
		}
		if _, err := c.Events(Fresh(t.Context())); err != nil || calls != 2 {
			t.Errorf("%v after %d calls", err, calls)
		}
		time.Sleep(time.Hour)
		if _, err := c.Events(t.Context()); err != nil {
			t.Error(err)
		}
	})
}
