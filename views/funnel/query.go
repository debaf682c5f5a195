package funnel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"amptui/api"
	"amptui/views/query"
)

// asked is a state as of a moment.
type asked struct {
	query api.FunnelQuery
	now   time.Time
}

// errSteps says that there is nothing to ask yet.
var errSteps = errors.New("a funnel needs two steps or more")

// Query is what the state asks as of now, in the zone of now. An error says in
// a sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	switch len(s.Steps) {
	case 0:
		return asked{}, fmt.Errorf("%w: a adds a step by a part of its name (on the command line: funnel EVENT EVENT)", errSteps)
	case 1:
		return asked{}, fmt.Errorf("%w, this has one: a adds another (on the command line: funnel %s EVENT)", errSteps, query.Join(s.Words()))
	}
	if err := s.check(); err != nil {
		return asked{}, err
	}
	dates, err := s.Range.Whole(now, s.Interval)
	if err != nil {
		return asked{}, err
	}
	q := api.FunnelQuery{
		Dates: dates, Steps: s.Steps, Mode: s.mode(), Users: s.Users, Interval: s.Interval,
		Window: time.Duration(s.Window), Segments: s.Who.Asked(), By: s.Who.By,
	}
	if len(s.Who.By) > 0 {
		q.Limit = s.Limit
	}
	return asked{q, now}, q.Check()
}

func (s State) mode() api.FunnelMode {
	switch s.Order {
	case anyOrder:
		return api.Unordered
	case sequential:
		return api.Sequential
	}
	return api.Ordered
}

// Cost is what the API counts for the question.
func (a asked) Cost() int { return a.query.Cost() }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Funnel, error) {
	return client.Funnel(ctx, a.query)
}
