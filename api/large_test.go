package api

import (
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// pause is the end of a body that comes late.
type pause time.Duration

func (p pause) Read([]byte) (int, error) {
	time.Sleep(time.Duration(p))
	return 0, io.EOF
}

// Whatever becomes of large answers (taken by one or by several, cancelled on the way
// or while they are read, broken off, not understood), the next one gets its turn.
func TestNoLargeAnswerIsHeldForEver(t *testing.T) {
	filler := strings.Repeat(" ", smallBody)
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		dice := rand.New(rand.NewPCG(7, 7))
		roll := func(n int) int {
			mu.Lock()
			defer mu.Unlock()
			return dice.IntN(n)
		}
		c := of(t, Options{BaseURL: StandardHost, Now: time.Now, Transport: answers(func(*http.Request) (*http.Response, error) {
			time.Sleep(time.Duration(roll(3)) * time.Second)
			body := []string{good, good[:20], `{"data":7}`, `{"matches":[]}`}[roll(4)] + filler
			answer := canned([]int{200, 200, 200, 400}[roll(4)], body)
			answer.Body = io.NopCloser(io.MultiReader(answer.Body, pause(time.Duration(roll(3))*time.Second)))
			return answer, nil
		})})
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() {
				time.Sleep(time.Duration(roll(20)) * time.Second)
				ctx, cancel := context.WithTimeout(Fresh(t.Context()), time.Duration(roll(4000))*time.Millisecond)
				defer cancel()
				switch roll(3) {
				case 0:
					_, _ = c.Events(ctx)
				case 1:
					_, _ = c.Cohorts(ctx)
				default:
					_, _ = c.UserSearch(ctx, "a")
				}
			})
		}
		all.Wait()
		time.Sleep(time.Minute) // what nobody waits for any more comes to its end
		if len(c.large) != 0 {
			t.Error("a large answer is held, and nobody has it")
		}
	})
}

// A large answer waits for the one before, a small one does not.
func TestLargeAnswersComeOneAfterAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		large := true
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
			if large {
				return canned(200, good+strings.Repeat(" ", smallBody)), nil
			}
			return canned(200, good), nil
		})})
		before := &hold{large: c.large}
		if err := before.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.Events(Fresh(ctx)); err == nil {
			t.Error("two large answers are there together")
		}
		large = false
		if _, err := c.Events(Fresh(t.Context())); err != nil {
			t.Error(err)
		}
		large = true
		before.release()
		before.release() // once more is nothing
		if l, err := c.Events(Fresh(t.Context())); err != nil || len(l.Events) != 1 {
			t.Errorf("%v, %d events", err, len(l.Events))
		}
	})
}
