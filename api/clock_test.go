package api

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// dated is a network whose answers carry these headers, with the date as of the moment.
func dated(t *testing.T, off time.Duration, header ...string) (*Client, *atomic.Int32) {
	var asked atomic.Int32
	c := of(t, Options{BaseURL: StandardHost, Now: time.Now, Transport: answers(func(*http.Request) (*http.Response, error) {
		asked.Add(1)
		date := time.Now().Add(off).UTC().Format(http.TimeFormat)
		return canned(200, good, append([]string{"Date", date}, header...)...), nil
	})})
	return c, &asked
}

func TestAClockThatIsOffIsSaid(t *testing.T) {
	for name, c := range map[string]struct {
		off  time.Duration // of the server's date
		age  string
		says string
	}{
		"right":                   {0, "", ""},
		"a little off":            {-9 * time.Minute, "", ""},
		"behind":                  {26 * time.Hour, "", "clock is 26 hours behind the server's"},
		"ahead":                   {-72 * time.Hour, "", "clock is 3 days ahead of the server's"},
		"minutes ahead":           {-11 * time.Minute, "", "clock is 11 minutes ahead of the server's"},
		"kept for an hour":        {-time.Hour, "3600", ""},
		"kept, and behind":        {time.Hour, "3600", "clock is 2 hours behind the server's"},
		"kept, as nobody can say": {0, "-7", ""},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client, _ := dated(t, c.off, "Age", c.age)
				l, err := client.Events(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if said := strings.Join(l.Meta.Badges(), ", "); (c.says == "") != (said == "") || !strings.Contains(said, c.says) {
					t.Errorf("it says %q; want %q", said, c.says)
				}
			})
		})
	}
}

// What a cache on the way has kept is as old as that, and not good for as long.
func TestAnAnswerFromACacheIsAsOldAsItSays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Hour) // past the end of a day, when nothing is good for long
		client, asked := dated(t, -10*time.Minute, "Age", "600")
		l, err := client.Events(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if old := time.Since(l.Meta.Computed); old != 10*time.Minute {
			t.Errorf("it is %v old", old)
		}
		if until, ok := client.Again(EventListQuery{}); !ok || time.Until(until) != goodDays-10*time.Minute {
			t.Errorf("it is good for %v, %v", time.Until(until), ok)
		}
		time.Sleep(goodDays - 10*time.Minute)
		if _, err := client.Events(t.Context()); err != nil || asked.Load() != 2 {
			t.Errorf("%v, %d calls", err, asked.Load())
		}
		client, _ = dated(t, 0, "Age", "99999999999999999999999")
		if l, err := client.Events(t.Context()); err != nil || time.Since(l.Meta.Computed) < 0 || time.Since(l.Meta.Computed) > longestAge {
			t.Errorf("%v: it is of %v", err, l.Meta.Computed)
		}
	})
}

// Answers that were kept while the clock was ahead would be good for as long as it was.
func TestWhatWasKeptByAWrongClockIsNotGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		d := drawer{}
		c := d.run(t, StandardHost, "s", good, &asked)
		if _, err := c.Events(t.Context()); err != nil || len(d) != 1 {
			t.Fatalf("%v, %d on the shelf", err, len(d))
		}
		behind := func() time.Time { return time.Now().Add(-24 * time.Hour) }
		c.cache.now, c.shelf.now = behind, behind
		if _, err := c.Events(t.Context()); err != nil || asked.Load() != 2 {
			t.Errorf("%v: after the clock was set, %d calls", err, asked.Load())
		}
		again := newShelf(d.shelf(), []byte("s"), StandardHost, behind)
		if until, ok := again.until(id(EventListQuery{})); ok && time.Until(until) > -23*time.Hour {
			t.Errorf("an answer is good until %v", until)
		}
	})
}
