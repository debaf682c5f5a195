package retention

import (
	"context"
	"time"

	"amptui/api"
)

// asked is a state as of a moment.
type asked struct{ query api.RetentionQuery }

// Query is what the state asks as of now, in the zone of now. An error says in
// a sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	if err := s.check(); err != nil {
		return asked{}, err
	}
	dates, err := s.Range.Whole(now, s.Interval)
	if err != nil {
		return asked{}, err
	}
	q := api.RetentionQuery{
		Dates: dates, Start: s.Start, Return: s.Return, Interval: s.Interval,
		Segments: s.Who.Asked(), By: s.Who.By,
	}
	switch s.Mode {
	case rolling:
		q.Mode = api.Unbounded
	case bracket:
		q.Mode, q.Brackets = api.BracketDay, s.Brackets
	}
	return asked{q}, q.Check()
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Retention, error) {
	return client.Retention(ctx, a.query)
}
