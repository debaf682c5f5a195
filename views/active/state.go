// Package active is the view that counts active and new users.
package active

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// Face is a way to draw the one answer.
type Face string

// The faces of an answer.
const (
	lineFace  Face = "line"
	barFace   Face = "bar"
	tableFace Face = "table"
)

func faces() []Face { return []Face{lineFace, barFace, tableFace} }

// State is what the user asks and how the answer is drawn.
type State struct {
	Count    api.CountedUsers
	Interval api.Interval
	Range    query.Range
	Who      query.Who
	Face     Face
}

// Default is the question a fresh view asks.
func Default() State {
	return State{
		Count: api.CountActive, Interval: api.Day,
		Range: query.Range{Last: query.Span{N: 30, Unit: query.Days}}, Face: lineFace,
	}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Count, api.CountActive, api.CountNew), "count", "active users, or those who were new")
	s.Who.Bind(fs, 1)
	s.Range.Bind(fs)
	fs.Var(query.IntervalFlag{To: &s.Interval, Of: intervals()}, "interval", "length of an interval; a user counts once in each")
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer")
	query.Drawing(fs, "face")
}

func intervals() []api.Interval { return []api.Interval{api.Day, api.Week, api.Month} }

// Take checks the state: there are no words that are not flags.
func (s *State) Take(words []string) error {
	if len(words) > 0 {
		return fmt.Errorf("users are counted with flags only, and %s is none: active --count new --by country; one event's users are asked as segment NAME", text.Clean(words[0]))
	}
	return s.Who.Check(1)
}

// Words is the inverse of Take.
func (s *State) Words() []string { return nil }

// masked is s as it may be shown.
func (s State) masked(m *views.Mask) State {
	s.Who = s.Who.Masked(m.Of)
	return s
}

// asked is a state as of a moment.
type asked struct {
	query api.CountsQuery
	now   time.Time
}

// Query is what the state asks as of now, in the zone of now. An error says in a
// sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	if err := s.Who.Check(1); err != nil {
		return asked{}, err
	}
	dates, err := s.Range.Whole(now, s.Interval)
	if err != nil {
		return asked{}, err
	}
	q := api.CountsQuery{Dates: dates, Count: s.Count, Interval: s.Interval, Segments: s.Who.Asked(), By: s.Who.By}
	return asked{q, now}, q.Check()
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Segmentation, error) {
	return client.Counts(ctx, a.query)
}
