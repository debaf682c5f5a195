package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// counted is a client whose server takes a second for each answer, and how many
// it was asked.
func counted(t *testing.T, body string) (*Client, *atomic.Int32) {
	var asked atomic.Int32
	c := of(t, Options{BaseURL: StandardHost, Now: time.Now, Transport: answers(func(r *http.Request) (*http.Response, error) {
		asked.Add(1)
		select {
		case <-time.After(time.Second):
			return canned(200, body), nil
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	})})
	return c, &asked
}

func TestAnAnswerIsKeptAsLongAsItIsGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, asked := counted(t, good)
		ask := func(ctx context.Context, want int32) {
			t.Helper()
			if _, err := c.Events(ctx); err != nil || asked.Load() != want {
				t.Errorf("%v, %d asked; want %d", err, asked.Load(), want)
			}
		}
		if price := c.Price(EventListQuery{}); price != 1 {
			t.Errorf("at first it costs %d", price)
		}
		ask(t.Context(), 1)
		ask(t.Context(), 1)
		until, ok := c.Again(EventListQuery{})
		if !ok || !until.Equal(time.Now().Add(goodDays)) || c.Price(EventListQuery{}) != 0 || c.Spent().FiveMinutes != 1 {
			t.Errorf("held until %v, %v; spent %+v", until, ok, c.Spent())
		}
		ask(Fresh(t.Context()), 2)
		time.Sleep(goodDays - time.Second)
		ask(t.Context(), 2)
		time.Sleep(time.Second)
		ask(t.Context(), 3)
	})
}

func TestWhatIsOverIsKeptLongest(t *testing.T) {
	now := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	for query, want := range map[string]time.Duration{
		"": goodDays, "end=20261124&i=1": goodDays, "end=20261123&i=1": goodPast, "end=20261124&i=-3600000": goodToday,
		"end=20261130&i=7": goodDays, "end=20261123&i=-300000": goodPast,
	} {
		v, err := url.ParseQuery(query)
		if got := goodFor(v, now); err != nil || got != want {
			t.Errorf("%s is good for %v; want %v", query, got, want)
		}
	}
}

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

func TestTheCacheIsBoundedAndForgetsWhatIsUsedLeast(t *testing.T) {
	c := cache{now: time.Now}
	body := make([]byte, maxCache/8)
	for i := range 20 {
		c.keep(fmt.Sprint(i), body, time.Hour)
		if _, ok := c.take("0"); !ok {
			t.Fatalf("what is used all the time is gone after %d", i)
		}
		if c.size > maxCache {
			t.Fatalf("%d bytes are kept", c.size)
		}
	}
	if _, ok := c.take("1"); ok {
		t.Error("what was not used for long is still there")
	}
	c.keep("huge", make([]byte, maxCache/2), time.Hour)
	if _, ok := c.take("huge"); ok || c.size > maxCache {
		t.Error("one answer takes all the room")
	}
}

func TestUsersAreNotKept(t *testing.T) {
	asked := 0
	c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
		asked++
		return canned(200, `{"matches":[]}`), nil
	})})
	for range 2 {
		if _, err := c.UserSearch(t.Context(), "ada"); err != nil {
			t.Fatal(err)
		}
	}
	if asked != 2 || c.cache.size != 0 {
		t.Errorf("%d asked, %d bytes kept", asked, c.cache.size)
	}
}

func TestWhatDoesNotFitSaysWhen(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	c := of(t, Options{BaseURL: StandardHost})
	c.meter.now = func() time.Time { return now }
	spend := func(cost int) { c.meter.spend(funnelEndpoint, cost) }
	if at := c.Fits(900); !at.IsZero() {
		t.Errorf("900 fit at %v", at)
	}
	spend(600)
	now = now.Add(time.Minute)
	spend(300)
	for cost, want := range map[int]time.Time{
		100: {}, 101: time.Date(2026, 1, 1, 12, 5, 0, 0, time.UTC), 700: time.Date(2026, 1, 1, 12, 5, 0, 0, time.UTC),
		701: time.Date(2026, 1, 1, 12, 6, 0, 0, time.UTC), 5000: time.Date(2026, 1, 1, 12, 6, 0, 0, time.UTC),
	} {
		if got := c.Fits(cost); !got.Equal(want) {
			t.Errorf("%d fit at %v; want %v", cost, got, want)
		}
	}
}

func TestTheAddressOfAQuestionHasNoKeys(t *testing.T) {
	c := of(t, Options{BaseURL: StandardHost})
	q := FunnelQuery{Dates: Dates{time.Unix(0, 0).UTC(), time.Unix(0, 0).UTC()}, Steps: []Event{{}, {}}}
	got := c.URL(q)
	if !strings.HasPrefix(got, "https://amplitude.com/api/2/funnels?") || strings.Contains(got, keyWord) || strings.Contains(got, hideWord) {
		t.Errorf("the address is %s", got)
	}
}

func BenchmarkKeptAnswer(b *testing.B) {
	c := cache{now: time.Now}
	for i := range 200 {
		c.keep(fmt.Sprint("/api/2/events/segmentation?", i), make([]byte, 4096), time.Hour)
	}
	for b.Loop() {
		c.take("/api/2/events/segmentation?7")
	}
}
