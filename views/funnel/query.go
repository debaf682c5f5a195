package funnel

import (
	"context"
	"errors"
	"fmt"
	"time"

	"amptui/api"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// asked is a state as of a moment.
type asked struct {
	query api.FunnelQuery
	now   time.Time
}

// errSteps says that there is nothing to ask yet.
var errSteps = query.ErrSteps

// Query is what the state asks as of now, in the zone of now. An error says in
// a sentence what cannot be asked; with too few steps also how to add one here.
func (s State) Query(now time.Time) (asked, error) {
	q, err := s.Funnel.Query(now)
	switch {
	case errors.Is(err, errSteps) && len(s.Steps) == 0:
		err = fewSteps(err, "to add a step by a part of its name", "write funnel EVENT EVENT")
	case errors.Is(err, errSteps):
		one := query.Quote(query.PrintEvent(api.Event{Name: s.Steps[0].Name}))
		err = fewSteps(fmt.Errorf("%w, this has one", err), "to add another", "write funnel "+one+" EVENT")
	}
	return asked{q, now}, err
}

func fewSteps(err error, to, shell string) error {
	return views.Mendable{Err: err, Key: func(k keys.Map) keys.Key { return k.AddStep }, To: to, Shell: shell}
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Funnel, error) {
	return client.Funnel(ctx, a.query)
}
