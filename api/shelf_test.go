package api

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"os"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/text"
)

// drawer is a shelf in memory that outlives clients.
type drawer map[string][]byte

func (d drawer) shelf() Shelf {
	return Shelf{
		Names: slices.Collect(maps.Keys(d)),
		Load: func(name string) ([]byte, error) {
			if b, ok := d[name]; ok {
				return b, nil
			}
			return nil, os.ErrNotExist
		},
		Save:   func(name string, b []byte) error { d[name] = b; return nil },
		Drop:   func(name string) { delete(d, name) },
		Allows: func(q Question) bool { return !IsLookup(q) },
	}
}

// run is a new client that finds what an earlier one left.
func (d drawer) run(t *testing.T, host, secret, body string, asked *atomic.Int32) *Client {
	return of(t, Options{
		BaseURL: host, Secret: text.NewSecret(secret), Now: time.Now, Shelf: d.shelf(),
		Transport: answers(func(*http.Request) (*http.Response, error) {
			asked.Add(1)
			return canned(200, body), nil
		}),
	})
}

func TestAnAnswerOutlivesTheProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int32
		d := drawer{}
		first := time.Now()
		if _, err := d.run(t, StandardHost, "s", good, &asked).Events(t.Context()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		c := d.run(t, StandardHost, "s", good, &asked)
		until, ok := c.Again(EventListQuery{})
		if c.Price(EventListQuery{}) != 0 || !ok || !until.Equal(first.Add(goodDays)) {
			t.Errorf("it costs %d, and is good until %v, %v", c.Price(EventListQuery{}), until, ok)
		}
		l, err := c.Events(t.Context())
		if err != nil || len(l.Events) == 0 || asked.Load() != 1 {
			t.Errorf("%d events, %v, after %d calls", len(l.Events), err, asked.Load())
		}
		if l.Meta.Computed.After(first.Add(time.Second)) {
			t.Errorf("an answer of %v says that it is of %v", first, l.Meta.Computed)
		}
		if _, err := c.Events(Fresh(t.Context())); err != nil || asked.Load() != 2 || len(d) != 1 {
			t.Errorf("%v: %d calls, %d on the shelf", err, asked.Load(), len(d))
		}
		time.Sleep(goodDays)
		if _, err := d.run(t, StandardHost, "s", good, &asked).Events(t.Context()); err != nil || asked.Load() != 3 || len(d) != 1 {
			t.Errorf("%v: when it is no longer good, %d calls, %d on the shelf", err, asked.Load(), len(d))
		}
	})
}

func TestNobodyElseCanReadOrPlantAnswers(t *testing.T) {
	var asked atomic.Int32
	d := drawer{}
	if _, err := d.run(t, StandardHost, "s", good, &asked).Events(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, b := range d {
		if bytes.Contains(b, []byte("data")) || bytes.Contains(b, []byte("events")) || len(name) < 32 {
			t.Errorf("%s is readable: %q", name, b)
		}
	}
	for what, c := range map[string]*Client{
		"another secret": d.run(t, StandardHost, "other", good, &asked),
		"another region": d.run(t, EUHost, "s", good, &asked),
	} {
		if c.Price(EventListQuery{}) != 1 {
			t.Errorf("with %s the answer is taken", what)
		}
	}
	for name, b := range d {
		d[name] = append(bytes.Clone(b[:len(b)-1]), b[len(b)-1]^1)
	}
	before := asked.Load()
	if _, err := d.run(t, StandardHost, "s", good, &asked).Events(t.Context()); err != nil || asked.Load() != before+1 {
		t.Errorf("what was changed on the disk is an answer: %v", err)
	}
}

func TestOnlyWholeAnswersOutliveTheProgram(t *testing.T) {
	for what, body := range map[string]string{
		"broken":     `{"data":7}`,
		"incomplete": `{"realtimeDataMissing":true,` + good[1:],
	} {
		var asked atomic.Int32
		d := drawer{}
		_, _ = d.run(t, StandardHost, "s", body, &asked).Events(context.Background())
		if len(d) != 0 || asked.Load() == 0 {
			t.Errorf("an answer that is %s is kept: %v", what, d)
		}
	}
}

func TestTheSizeOfEachAnswerIsTold(t *testing.T) {
	var told []int
	d := drawer{}
	for range 2 { // from the network, then from the shelf
		c := of(t, Options{
			BaseURL: StandardHost, Secret: text.NewSecret("s"), Now: time.Now, Shelf: d.shelf(),
			Arrived: func(bytes int) { told = append(told, bytes) },
			Transport: answers(func(*http.Request) (*http.Response, error) {
				return canned(200, good), nil
			}),
		})
		for range 2 { // the second is in memory
			if _, err := c.Events(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if want := []int{len(good), len(good)}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
