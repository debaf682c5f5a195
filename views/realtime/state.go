// Package realtime is the view of who is active just now.
package realtime

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
	lineFace  Face = "line"
	tableFace Face = "table"
)

func faces() []Face { return []Face{lineFace, tableFace} }

// State is how the answer is drawn: of the question there is nothing to choose.
type State struct{ Face Face }

// Default is how a fresh view draws.
func Default() State { return State{Face: lineFace} }

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer")
	query.Drawing(fs, "face")
}

// Take checks the state: there are no words that are not flags.
func (s *State) Take(words []string) error {
	if len(words) > 0 {
		return fmt.Errorf("there is nothing to choose of real-time, and %s is too much: an event by five minutes is asked as segment NAME --interval 5min --last 1d", text.Clean(words[0]))
	}
	return nil
}

// Words is the inverse of Take.
func (s *State) Words() []string { return nil }

// asked is a state as of a moment.
type asked struct{}

// Query is what the state asks.
func (s State) Query(time.Time) (asked, error) { return asked{}, nil }

// Questions are what is asked of the API.
func (asked) Questions() []api.Question { return []api.Question{api.RealtimeQuery{}} }

// Fetch asks.
func (asked) Fetch(ctx context.Context, client *api.Client) (api.Segmentation, error) {
	return client.Realtime(ctx)
}
