// Package funnel is the view that says where users drop out between steps.
package funnel

import (
	"github.com/spf13/pflag"

	"amptui/views"
	"amptui/views/query"
)

// Face is a way to draw the one answer.
type Face string

// The faces of an answer.
const (
	barFace   Face = "bars"
	dayFace   Face = "days"
	timeFace  Face = "times"
	tableFace Face = "table"
)

func faces() []Face { return []Face{barFace, dayFace, timeFace, tableFace} }

// State is what the user asks and how the answer is drawn.
type State struct {
	query.Funnel
	Face Face
}

// Default is a funnel without steps.
func Default() State { return State{Funnel: query.DefaultFunnel(), Face: barFace} }

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	s.Funnel.Bind(fs)
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer: bars, conversion over days, times to convert, table")
	query.Drawing(fs, "face")
}

// masked is s as it may be shown.
func (s State) masked(m *views.Mask) State {
	s.Steps, s.Who = query.MaskedEvents(s.Steps, m.Of), s.Who.Masked(m.Of)
	return s
}
