package api

import (
	"context"
	"fmt"
	"net/url"
	"sync"
	"time"

	"golang.org/x/sync/singleflight"
)

// maxCache is how many bytes of answers are kept in memory.
const maxCache = 64 << 20

// How long an answer is as good as a new one. The API itself was seen to answer
// from a cache of minutes to hours, says nothing of how long it keeps one, and has
// no parameter to get past it; data arrive five to six minutes late. So what
// holds today is asked again after some minutes, what is over after an hour.
const (
	goodToday = 5 * time.Minute  // hours and minutes of today
	goodDays  = 15 * time.Minute // days, weeks and months that are not over
	goodPast  = time.Hour
)

// goodFor is how long the answer to a question is good, as of now in the
// project's zone.
func goodFor(values url.Values, now time.Time) time.Duration {
	switch end := values.Get("end"); {
	case end != "" && end < now.Format("20060102"):
		return goodPast
	case len(values.Get("i")) > 2: // hours and minutes are negative numbers
		return goodToday
	}
	return goodDays
}

// cache keeps the bodies of good answers: those that were used last, up to a
// number of bytes. Bodies are kept, not what was decoded, since they are small
// beside it, and decoding one takes some milliseconds.
type cache struct {
	mu   sync.Mutex
	now  func() time.Time
	byID map[string]*kept
	uses int // counts what was kept or taken
	size int
}

type kept struct {
	body  []byte
	until time.Time
	used  int
}

// take is an answer that is still good.
func (c *cache) take(id string) (kept, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.byID[id]
	if !ok || !c.now().Before(k.until) {
		c.drop(id)
		return kept{}, false
	}
	c.uses++
	k.used = c.uses
	return *k, true
}

// keep takes an answer in, and drops those that were used longest ago.
func (c *cache) keep(id string, body []byte, good time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(id)
	if len(body) > maxCache/4 {
		return // one answer must not push out all others
	}
	if c.byID == nil {
		c.byID = map[string]*kept{}
	}
	c.uses++
	c.byID[id] = &kept{body, c.now().Add(good), c.uses}
	c.size += len(body) + len(id)
	for c.size > maxCache {
		oldest := id
		for other, k := range c.byID {
			if k.used < c.byID[oldest].used {
				oldest = other
			}
		}
		c.drop(oldest)
	}
}

func (c *cache) drop(id string) {
	if k, ok := c.byID[id]; ok {
		delete(c.byID, id)
		c.size -= len(k.body) + len(id)
	}
}

// twins ask the same question that is asked at the same time once.
type twins struct {
	group singleflight.Group
	mu    sync.Mutex
	at    map[string]*flight
}

// flight is a question on its way, with those who wait for its answer.
type flight struct {
	waiting int
	ctx     context.Context
	cancel  context.CancelFunc
}

// ask answers a question together with its twins. Who leaves takes nothing from
// the others; when all have left, the question is given up.
func (t *twins) ask(ctx context.Context, id string, once func(context.Context) ([]byte, error)) ([]byte, error) {
	f := t.join(ctx, id)
	answers := t.group.DoChan(id, func() (body any, err error) {
		defer func() {
			if v := recover(); v != nil {
				body, err = []byte(nil), fmt.Errorf("%w: %v", ErrDecode, "the client failed")
			}
		}()
		return once(f.ctx)
	})
	defer t.leave(id, f)
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case a := <-answers:
		body, _ := a.Val.([]byte)
		return body, a.Err
	}
}

func (t *twins) join(ctx context.Context, id string) *flight {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.at[id]
	if f == nil {
		f = &flight{}
		f.ctx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
		if t.at == nil {
			t.at = map[string]*flight{}
		}
		t.at[id] = f
	}
	f.waiting++
	return f
}

func (t *twins) leave(id string, f *flight) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f.waiting--; f.waiting > 0 {
		return
	}
	f.cancel()
	if t.at[id] == f {
		delete(t.at, id)
		t.group.Forget(id)
	}
}

type fresh struct{}

// Fresh makes questions under the context get past the answers that are kept.
func Fresh(ctx context.Context) context.Context { return context.WithValue(ctx, fresh{}, true) }

// A Question is what the API is asked: where, with which parameters, and what it
// counts for that.
type Question interface {
	Endpoint() string
	Values() url.Values
	Cost() int
}

// id is the question without its host and its keys.
func id(endpoint string, values url.Values) string { return endpoint + "?" + encode(values) }

// Again is when asking a question again makes sense; false where its answer is not
// kept, or will never be another.
func (c *Client) Again(q Question) (at time.Time, ok bool) {
	k, ok := c.cache.take(id(q.Endpoint(), q.Values()))
	return k.until, ok && !c.options.Free
}

// Price is what asking a question costs now: nothing where the answer is kept.
func (c *Client) Price(q Question) int {
	if _, ok := c.cache.take(id(q.Endpoint(), q.Values())); ok {
		return 0
	}
	return q.Cost()
}

// URL is the whole address of a question, without keys.
func (c *Client) URL(q Question) string {
	u := *c.base
	u.Path, u.RawQuery = q.Endpoint(), encode(q.Values())
	return u.String()
}

// get asks an endpoint, or answers from what is kept, and returns the body of a
// good answer. What is asked about users is not kept.
func (c *Client) get(ctx context.Context, endpoint string, values url.Values, cost int) ([]byte, error) {
	if isUserLookup(endpoint) {
		return c.ask(ctx, endpoint, values, cost)
	}
	id := id(endpoint, values)
	if ctx.Value(fresh{}) == nil {
		if k, ok := c.cache.take(id); ok {
			return k.body, nil
		}
	}
	body, err := c.twins.ask(ctx, id, func(ctx context.Context) ([]byte, error) {
		body, err := c.ask(ctx, endpoint, values, cost)
		if err == nil {
			c.cache.keep(id, body, goodFor(values, c.options.Now().In(c.options.Zone)))
		}
		return body, err
	})
	if err != nil && ctx.Err() != nil {
		return nil, c.transportError(endpoint, err)
	}
	return body, err
}
