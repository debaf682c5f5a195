package api

import (
	"context"
	"net/url"
)

const compositionEndpoint = "/api/2/composition"

// CompositionQuery asks GET /api/2/composition: how many users have which value of
// a user property.
type CompositionQuery struct {
	Dates    Dates
	Property Property
}

// Endpoint is where the question is asked.
func (CompositionQuery) Endpoint() string { return compositionEndpoint }

// Values is the question as parameters.
func (q CompositionQuery) Values() url.Values {
	v := url.Values{}
	q.Dates.set(v)
	v.Set("p", q.Property.Key.Exact())
	return v
}

// Groups are the properties whose values stand in the answer.
func (q CompositionQuery) Groups() []Property { return []Property{q.Property} }

// Check says in a sentence what the API would refuse. The error is ErrCheck.
func (q CompositionQuery) Check() error {
	if err := checkGroups([]Property{q.Property}, nil, 1); err != nil {
		return err
	}
	return q.Dates.check(Day)
}

// Composition asks how users are made up. The points are the values.
func (c *Client) Composition(ctx context.Context, q CompositionQuery) (Segmentation, error) {
	if err := q.Check(); err != nil {
		return Segmentation{}, err
	}
	return c.series(ctx, q, true, q.Dates.End, func(s *Segmentation) string {
		s.countsOnly()
		s.Times = nil // a value that looks like a date is none
		return twice(s.Labels)
	})
}
