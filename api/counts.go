package api

import (
	"context"
	"net/url"
	"slices"
	"time"
)

const usersEndpoint = "/api/2/users"

// CountedUsers says whom a count of users is about.
type CountedUsers string

// The counts of users that the API has (parameter m).
const (
	CountActive CountedUsers = "active"
	CountNew    CountedUsers = "new"
)

// CountsQuery asks GET /api/2/users: how many users were active, or new, in each
// interval.
type CountsQuery struct {
	Dates    Dates
	Count    CountedUsers // "" is active
	Interval Interval
	Segments []Segment
	By       []Property // at most one
}

// Endpoint is where the question is asked.
func (CountsQuery) Endpoint() string { return usersEndpoint }

// Values is the question as parameters.
func (q CountsQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	if q.Count != "" {
		v.Set("m", string(q.Count))
	}
	setUsers(v, q.Interval, q.Segments, q.By)
	return v
}

// Groups are the properties whose values stand in the answer.
func (q CountsQuery) Groups() []Property { return slices.Clone(q.By) }

// Check says in a sentence what the API would refuse. The error is ErrCheck.
func (q CountsQuery) Check() error {
	switch {
	case q.Count != "" && q.Count != CountActive && q.Count != CountNew:
		return refuse("users are counted as active or as new, not as %s", q.Count)
	case q.Interval != Day && q.Interval != Week && q.Interval != Month:
		return refuse("users are counted by day, week or month")
	}
	if err := checkGroups(q.By, q.Segments, 1); err != nil {
		return err
	}
	return q.Dates.check(q.Interval)
}

// Counts asks how many users were active or new. "No data" is an answer without
// series.
func (c *Client) Counts(ctx context.Context, q CountsQuery) (Segmentation, error) {
	if err := q.Check(); err != nil {
		return Segmentation{}, err
	}
	s, err := c.series(ctx, q, len(q.By) > 0, q.Dates.End, func(s *Segmentation) string {
		s.countsOnly()
		return s.keepTo(q.Interval, q.Dates)
	})
	c.record(q.Interval, &s.Meta).series(&s)
	return s, err
}

// series asks a question whose answer is series and points. cannotBe says what of it
// contradicts the question.
func (c *Client) series(ctx context.Context, q Question, grouped bool, end time.Time, cannotBe func(*Segmentation) string) (Segmentation, error) {
	got, err := c.get(ctx, q)
	if err != nil {
		return Segmentation{}, err
	}
	s, err := c.decodeSeries(q.Endpoint(), got.body, grouped, end)
	if err == nil {
		err = c.believed(q.Endpoint(), cannotBe(&s))
	}
	c.judge(q, got, &s.Meta, err)
	return s, err
}
