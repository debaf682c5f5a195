package api

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestTwinsAreAskedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, asked := counted(t, good)
		first, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := c.Events(first); !errors.Is(err, context.Canceled) {
				t.Errorf("who left got %v", err)
			}
		})
		for range 4 {
			all.Go(func() {
				if list, err := c.Events(t.Context()); err != nil || len(list.Events) != 1 {
					t.Errorf("who stayed got %v, %v", list, err)
				}
			})
		}
		time.Sleep(500 * time.Millisecond)
		leave()
		all.Wait()
		if asked.Load() != 1 {
			t.Errorf("%d were asked", asked.Load())
		}
	})
}

// When all have left the question is given up, and the next one is asked anew.
func TestAQuestionThatNobodyWaitsForIsGivenUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, asked := counted(t, good)
		var all sync.WaitGroup
		ctx, leave := context.WithCancel(t.Context())
		for range 3 {
			all.Go(func() { _, _ = c.Events(ctx) })
		}
		time.Sleep(300 * time.Millisecond)
		leave()
		all.Wait()
		if _, held := c.Again(EventListQuery{}); held {
			t.Error("what was given up is kept")
		}
		if _, err := c.Events(t.Context()); err != nil || asked.Load() != 2 {
			t.Errorf("%v, %d asked", err, asked.Load())
		}
	})
}

// Some come just when the answer does: they get that one.
func TestWhoComesWithTheAnswerAsksNotAgain(t *testing.T) {
	for range 20 {
		synctest.Test(t, func(t *testing.T) {
			c, asked := counted(t, good)
			var all sync.WaitGroup
			for i := range 60 {
				all.Go(func() {
					time.Sleep(time.Duration(i%3) * 500 * time.Millisecond)
					if list, err := c.Events(t.Context()); err != nil || len(list.Events) != 1 {
						t.Errorf("%v, %v", list, err)
					}
				})
			}
			all.Wait()
			if asked.Load() != 1 {
				t.Errorf("%d were asked", asked.Load())
			}
		})
	}
}

// All who wait are told what for: also who came later, and not who has left.
func TestTwinsAreToldWhatTheyWaitFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked, first, second atomic.Int32
		c := of(t, Options{BaseURL: StandardHost, Now: time.Now, Transport: answers(func(*http.Request) (*http.Response, error) {
			if asked.Add(1) < 4 {
				return canned(503, ""), nil
			}
			return canned(200, good), nil
		})})
		ctx, leave := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() { _, _ = c.Events(Observe(ctx, func(Progress) { first.Add(1) })) })
		time.Sleep(100 * time.Millisecond)
		all.Go(func() {
			if _, err := c.Events(Observe(t.Context(), func(Progress) { second.Add(1) })); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		if first.Load() != 1 || second.Load() != 1 {
			t.Errorf("the first was told %d times, the second %d", first.Load(), second.Load())
		}
		time.Sleep(1100 * time.Millisecond) // the second try has failed too
		if first.Load() != 2 || second.Load() != 2 {
			t.Errorf("then the first was told %d times, the second %d", first.Load(), second.Load())
		}
		leave()
		all.Wait()
		if first.Load() != 2 || second.Load() != 3 || asked.Load() != 4 {
			t.Errorf("at the end the first was told %d times, the second %d; %d asked", first.Load(), second.Load(), asked.Load())
		}
	})
}
