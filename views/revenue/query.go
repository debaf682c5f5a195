package revenue

import (
	"context"
	"slices"
	"time"

	"amptui/api"
)

// asked is a state as of a moment.
type asked struct{ query api.RevenueQuery }

// Query is what the state asks as of now, in the zone of now. An error says in
// a sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	if err := s.Who.Check(1); err != nil {
		return asked{}, err
	}
	dates, err := s.Range.Whole(now, s.Interval)
	if err != nil {
		return asked{}, err
	}
	q := api.RevenueQuery{
		Dates: dates, Metric: api.RevenueMetric(slices.Index(metrics(), s.Metric)), Interval: s.Interval,
		Segments: s.Who.Asked(), By: s.Who.By,
	}
	return asked{q}, q.Check()
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Revenue, error) {
	return client.Revenue(ctx, a.query)
}
