// Package chart is the view of a chart that was saved in the web application.
package chart

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// Face is a way to draw the one answer.
type Face string

// The faces of an answer. What is drawn by itself depends on the answer.
const (
	autoFace  Face = "auto"
	lineFace  Face = "line"
	barFace   Face = "bars"
	tableFace Face = "table"
)

func faces() []Face { return []Face{autoFace, lineFace, barFace, tableFace} }

// State is which chart is asked for and how it is drawn.
type State struct {
	ID   string // nothing while none was chosen
	Face Face
}

// Default is a view without a chart.
func Default() State { return State{Face: autoFace} }

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer; auto is by what it is")
	query.Drawing(fs, "face")
}

// Take reads the id, or the address that it stands in.
func (s *State) Take(words []string) error {
	switch len(words) {
	case 0:
		return nil
	case 1:
		return s.choose(words[0])
	}
	return fmt.Errorf("one chart at a time, not %d: chart ID", len(words))
}

func (s *State) choose(typed string) error {
	id, err := idIn(typed)
	if err == nil {
		s.ID = id
	}
	return err
}

// idIn is the id of a chart in what was typed or pasted: the id itself, or an
// address of the web application that names it behind /chart/.
func idIn(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if api.IsChartID(typed) {
		return typed, nil
	}
	if u, err := url.Parse(typed); err == nil && strings.Contains(typed, "/") {
		parts := strings.Split(u.Path, "/")
		for i, part := range parts[:len(parts)-1] {
			if part == "chart" && parts[i+1] != "new" && api.IsChartID(parts[i+1]) {
				return parts[i+1], nil
			}
		}
		return "", fmt.Errorf("%s names no saved chart: an address of one has /chart/ID in it; charts of dashboards and notebooks are opened there first", text.Clean(typed))
	}
	return "", fmt.Errorf("%s is no id of a chart: it is letters and digits, as behind /chart/ in its address", text.Clean(typed))
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	if s.ID == "" {
		return nil
	}
	return []string{s.ID}
}

// asked is a state as of a moment.
type asked struct{ query api.ChartQuery }

var errNone = errors.New("which chart? write its id, or paste its address: chart ID")

// Query is what the state asks.
func (s State) Query(time.Time) (asked, error) {
	if s.ID == "" {
		return asked{}, errNone
	}
	q := api.ChartQuery{ID: s.ID}
	return asked{q}, q.Check()
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Chart, error) {
	return client.Chart(ctx, a.query)
}
