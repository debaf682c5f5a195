package api

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"amptui/api/text"
)

// SessionMeasure is what is asked of sessions. Each is an endpoint of its own.
type SessionMeasure string

// The measures there are.
const (
	SessionLengths  SessionMeasure = "length"  // how many sessions are how long
	SessionAverage  SessionMeasure = "average" // seconds, day by day
	SessionsPerUser SessionMeasure = "peruser" // day by day
)

// Bins are the lengths that sessions are counted by. The zero Bins are the API's
// own: 0, 3, 10 and 30 seconds, 1, 3, 10 and 30 minutes, 1 hour, 1 day.
type Bins struct {
	Unit           string // hours, minutes or seconds
	Min, Max, Size int    // in the unit; no size lets the API choose one
}

// SessionsQuery asks GET /api/2/sessions/length, /average or /peruser.
type SessionsQuery struct {
	Measure SessionMeasure
	Dates   Dates
	Bins    Bins // of SessionLengths only
}

// Endpoint is where the question is asked.
func (q SessionsQuery) Endpoint() string { return "/api/2/sessions/" + string(q.Measure) }

// Values is the question as parameters.
func (q SessionsQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	if q.Bins == (Bins{}) {
		return v
	}
	const name = "timeHistogramConfigBin"
	v.Set(name+"TimeUnit", q.Bins.Unit)
	v.Set(name+"Min", strconv.Itoa(q.Bins.Min))
	v.Set(name+"Max", strconv.Itoa(q.Bins.Max))
	setNumber(v, name+"Size", q.Bins.Size)
	return v
}

// Groups are the properties whose values stand in the answer: none.
func (SessionsQuery) Groups() []Property { return nil }

// Check says in a sentence what the API would refuse. The error is ErrCheck.
func (q SessionsQuery) Check() error {
	b := q.Bins
	switch q.Measure {
	case SessionLengths:
	case SessionAverage, SessionsPerUser:
		if b != (Bins{}) {
			return refuse("only lengths of sessions are counted by bins")
		}
	default:
		return refuse("there is no such measure of sessions")
	}
	switch {
	case b == Bins{}:
	case b.Unit != "hours" && b.Unit != "minutes" && b.Unit != "seconds":
		return refuse("bins are in hours, minutes or seconds")
	case b.Min < 0 || b.Max <= b.Min || b.Size < 0 || b.Size > b.Max-b.Min:
		return refuse("bins go from a length to a longer one, by no more than lies between")
	}
	return q.Dates.check(Day)
}

// Sessions asks about sessions. The points of SessionLengths are lengths as the
// API writes them, such as 0s-60s; those of the others are days.
func (c *Client) Sessions(ctx context.Context, q SessionsQuery) (Segmentation, error) {
	if err := q.Check(); err != nil {
		return Segmentation{}, err
	}
	s, err := c.series(ctx, q, false, q.Dates.End, func(s *Segmentation) string {
		s.countsOnly()
		if q.Measure == SessionLengths {
			return lengthsOutOfOrder(s.Labels)
		}
		return s.keepTo(Day, q.Dates)
	})
	if q.Measure != SessionLengths {
		c.record(Day, &s.Meta).series(&s)
	}
	return s, err
}

// lengthsOutOfOrder says which length stands behind a longer one, or behind itself.
// What is written in another way than 0s-3s is left as it is.
func lengthsOutOfOrder(labels []text.Raw) string {
	before := time.Duration(-1)
	for _, l := range labels {
		from, _, _ := strings.Cut(l.Exact(), "-")
		length, err := time.ParseDuration(from)
		if err != nil {
			return twice(labels)
		}
		if length <= before {
			return fmt.Sprintf("its lengths do not follow each other: %s", l)
		}
		before = length
	}
	return ""
}
