// Package revenue is the view that says what new users are worth.
package revenue

import (
	"fmt"

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
	curveFace Face = "curve"
	heatFace  Face = "heat"
	tableFace Face = "table"
)

func faces() []Face { return []Face{curveFace, heatFace, tableFace} }

// Metric is what is shown of the money, in the words of the query line.
type Metric string

// The metrics there are.
const (
	arpu   Metric = "arpu"
	arppu  Metric = "arppu"
	total  Metric = "total"
	paying Metric = "paying"
)

func metrics() []Metric { return []Metric{arpu, arppu, total, paying} }

// State is what the user asks and how the answer is drawn.
type State struct {
	Metric   Metric
	Interval api.Interval
	Range    query.Range // in which the users were new
	Who      query.Who
	Face     Face
}

// Default is the question a fresh view asks.
func Default() State {
	return State{
		Metric:   arpu,
		Interval: api.Week,
		Range:    query.Range{Last: query.Span{N: 12, Unit: query.Weeks}},
		Face:     curveFace,
	}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Metric, metrics()...), "metric", "arpu: revenue per user; arppu: per paying user; total revenue; paying users")
	s.Who.Bind(fs, 1)
	s.Range.Bind(fs)
	fs.Var(query.IntervalFlag{To: &s.Interval, Of: intervals()}, "interval", "length of a cohort's interval")
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer: curve, heat map of cohorts, table")
	query.Drawing(fs, "face")
}

func intervals() []api.Interval { return []api.Interval{api.Day, api.Week, api.Month} }

// Take checks the state: there are no words that are not flags.
func (s *State) Take(words []string) error {
	if len(words) > 0 {
		return fmt.Errorf("revenue is asked with flags only, and %s is none: revenue --metric arpu --by country", text.Clean(words[0]))
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

// word is the metric as heads and sentences name it.
func (m Metric) word() string {
	switch m {
	case arpu:
		return "ARPU"
	case arppu:
		return "ARPPU"
	case paying:
		return "paying users"
	}
	return "total revenue"
}
