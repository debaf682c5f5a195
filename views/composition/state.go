// Package composition is the view that says how users are made up by a property.
package composition

import (
	"context"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// Face is a way to draw the one answer.
type Face string

// The faces of an answer.
const (
	barFace   Face = "bars"
	tableFace Face = "table"
)

func faces() []Face { return []Face{barFace, tableFace} }

// State is what the user asks and how the answer is drawn.
type State struct {
	By    api.Property
	Range query.Range
	Face  Face
}

// Default is the question a fresh view asks.
func Default() State {
	return State{
		By:    api.Property{Key: text.New("platform")},
		Range: query.Range{Last: query.Span{N: 30, Unit: query.Days}}, Face: barFace,
	}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	s.Range.Bind(fs)
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer")
	query.Drawing(fs, "face")
}

// Take reads the property.
func (s *State) Take(words []string) error {
	switch len(words) {
	case 0:
		return nil
	case 1:
		return s.choose(words[0])
	}
	return fmt.Errorf("users are told apart by one property, not by %d words: put quotes round a name with blanks, as in 'gp:\"my plan\"'", len(words))
}

func (s *State) choose(word string) error {
	p, err := query.ParseProperty(word, false)
	switch {
	case err != nil:
		return err
	case p.Scope == api.EventProperty:
		return fmt.Errorf("%s is a property of events: users are made up by properties of users, such as country or gp:plan", text.Clean(word))
	}
	s.By = p
	return nil
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	if s.By == Default().By {
		return nil
	}
	return []string{query.PrintProperty(s.By)}
}

// asked is a state as of a moment.
type asked struct {
	query api.CompositionQuery
	now   time.Time
}

// Query is what the state asks as of now, in the zone of now. An error says in a
// sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	dates, err := s.Range.Whole(now, api.Day)
	if err != nil {
		return asked{}, err
	}
	q := api.CompositionQuery{Dates: dates, Property: s.By}
	return asked{q, now}, q.Check()
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Segmentation, error) {
	return client.Composition(ctx, a.query)
}
