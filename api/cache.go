package api

import (
	linked "container/list"
	"context"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maxCache is how many bytes of answers are kept in memory.
const maxCache = 64 << 20

// How long an answer is as good as a new one. The API itself was seen to answer
// from a cache of minutes to hours, says nothing of how long it keeps one, and has
// no parameter to get past it. So what holds today is asked again after some
// minutes, what is over after an hour, and what the API calls incomplete soon.
const (
	goodNow    = time.Minute      // what happens just now
	goodToday  = 5 * time.Minute  // hours and minutes of today
	goodDays   = 15 * time.Minute // days, weeks and months that are not over
	goodPast   = time.Hour
	goodBroken = time.Minute // some of the data were missing
)

// late is how long after its end a day is over: data arrive five to six minutes
// late.
const late = 10 * time.Minute

// goodFor is how long the answer to a question is good, as of now in the
// project's zone: never past the end of a bucket that is running, which would be
// taken for whole then.
func goodFor(values url.Values, now time.Time) time.Duration {
	good := goodAtMost(values, now)
	if at := running(values, now); at.After(now) {
		return min(good, at.Sub(now))
	}
	return good
}

// running is when the bucket that is running ends.
func running(values url.Values, now time.Time) time.Time {
	if n, err := strconv.Atoi(values.Get("i")); err == nil && n < 0 {
		return Interval(n).Next(Interval(n).Bucket(now))
	}
	return Day.Next(Day.Bucket(now))
}

func goodAtMost(values url.Values, now time.Time) time.Duration {
	switch end := values.Get("end"); {
	case end != "" && end < now.Add(-late).Format("20060102"):
		return goodPast
	case values.Get("i") == realtimeMinutes:
		return goodNow
	case strings.HasPrefix(values.Get("i"), "-"): // hours and minutes
		return goodToday
	}
	return goodDays
}

// cache keeps the bodies of good answers: those that were used last, up to a
// number of bytes. Bodies are kept rather than what was read from them: their
// size is known, nobody can write into what others are given, and to read one
// again takes a fraction of a millisecond for most and runs beside the screen for
// the largest (BenchmarkKeptAnswer).
type cache struct {
	mu   sync.Mutex
	now  func() time.Time
	byID map[string]*linked.Element // of kept
	used linked.List                // the last used in front
	size int
}

// kept is an answer, when it came, and until when it is good. One that has just come
// may be held.
type kept struct {
	id        string
	body      []byte
	at, until time.Time
	hold      *hold
}

// take is an answer that is still good, and counts as a use of it.
func (c *cache) take(id string) (kept, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.good(id)
	if ok {
		c.used.MoveToFront(c.byID[id])
	}
	return k, ok
}

// look is an answer that is still good, without using it.
func (c *cache) look(id string) (kept, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.good(id)
}

// good needs the lock.
func (c *cache) good(id string) (kept, bool) {
	at, ok := c.byID[id]
	if !ok {
		return kept{}, false
	}
	k := at.Value.(kept)
	return k, isGood(k.until, c.now())
}

// isGood says whether an answer is good that is so until then. One that would be for
// longer than any is was kept when the clock was wrong: when it came nobody knows.
func isGood(until, now time.Time) bool {
	return now.Before(until) && !until.After(now.Add(goodPast))
}

// keep takes an answer in, and drops those that were used longest ago.
func (c *cache) keep(k kept) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.drop(k.id)
	if len(k.body) > maxCache/4 {
		return // one answer must not push out all others
	}
	if c.byID == nil {
		c.byID = map[string]*linked.Element{}
	}
	c.byID[k.id] = c.used.PushFront(k)
	c.size += len(k.body) + len(k.id)
	for c.size > maxCache {
		c.drop(c.used.Back().Value.(kept).id)
	}
}

// shorten lets an answer be good for no longer than this; nothing is not at all.
func (c *cache) shorten(id string, good time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	k, ok := c.good(id)
	switch until := c.now().Add(good); {
	case !ok || good <= 0:
		c.drop(id)
	case until.Before(k.until):
		k.until = until
		c.byID[id].Value = k
	}
}

// drop needs the lock.
func (c *cache) drop(id string) {
	if at, ok := c.byID[id]; ok {
		k := c.used.Remove(at).(kept)
		delete(c.byID, id)
		c.size -= len(k.body) + len(k.id)
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
func id(q Question) string { return q.Endpoint() + "?" + encode(q.Values()) }

// Again is when asking a question again makes sense; false where its answer is not
// kept, or will never be another.
func (c *Client) Again(q Question) (at time.Time, ok bool) {
	until, ok := c.goodUntil(id(c.resolve(q)))
	return until, ok && !c.options.Free
}

// Price is what asking a question costs now: nothing where the answer is kept.
func (c *Client) Price(q Question) int {
	if _, ok := c.goodUntil(id(c.resolve(q))); ok {
		return 0
	}
	return q.Cost()
}

// goodUntil is how long the answer that is kept is good, in memory or on the shelf.
func (c *Client) goodUntil(id string) (time.Time, bool) {
	if k, ok := c.cache.look(id); ok {
		return k.until, true
	}
	return c.shelf.until(id)
}

// IsLookup says whether a question is about a user: those have a budget of their
// own, and answers to them are not kept.
func IsLookup(q Question) bool { return isUserLookup(q.Endpoint()) }

// URL is the whole address of a question, without keys.
func (c *Client) URL(q Question) string {
	q = c.resolve(q)
	u := *c.base
	u.Path, u.RawQuery = q.Endpoint(), encode(q.Values())
	return u.String()
}

// get asks a question, or answers from what is kept, and returns a good answer. What
// is asked about users is not kept, see ask.
func (c *Client) get(ctx context.Context, q Question) (kept, error) {
	id := id(q)
	if k, ok := c.takeUnlessFresh(ctx, id); ok {
		return k, nil
	}
	k, err := c.twins.ask(ctx, id, func(ctx context.Context) (kept, error) {
		// A twin that was answered just now has left its answer.
		if k, ok := c.takeUnlessFresh(ctx, id); ok {
			return k, nil
		}
		got, err := c.ask(ctx, q)
		k := kept{id: id, body: got.body, at: c.options.Now().Add(-got.age)}
		if err == nil {
			k.until = c.cache.now().Add(goodFor(q.Values(), k.at.In(c.options.Zone)) - got.age)
			c.cache.keep(k)
			k.hold = got.hold
		}
		return k, err
	})
	if err != nil && ctx.Err() != nil {
		return kept{}, c.transportError(q.Endpoint(), err)
	}
	return k, err
}

func (c *Client) takeUnlessFresh(ctx context.Context, id string) (kept, bool) {
	if ctx.Value(fresh{}) != nil {
		return kept{}, false
	}
	if k, ok := c.cache.take(id); ok {
		return k, true
	}
	k, ok := c.shelf.take(id)
	if ok {
		c.arrived(len(k.body))
		c.cache.keep(k)
	}
	return k, ok
}

// judge looks at what was read of an answer: what cannot be read is not kept, what
// says that data are missing in it not for long, and the rest outlives the program.
// An answer that does not say when it was computed is as old as its coming here, or
// to the cache that it came from.
func (c *Client) judge(q Question, k kept, m *Meta, err error) {
	k.hold.release()
	m.Ahead = c.skew.worthSaying()
	if m.Computed.IsZero() {
		m.Computed = k.at
	}
	switch {
	case err != nil:
		c.cache.shorten(k.id, 0)
		c.shelf.drop(k.id)
	case m.RealtimeMissing || m.TimedOut || m.NotComputed || m.PartialUsers || m.MissingData:
		c.cache.shorten(k.id, goodBroken)
	default:
		c.shelf.put(q, k)
	}
}
