// Package funnel is the view that says where users drop out between steps.
package funnel

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"amptui/api"
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

// Order says how the steps must follow each other, in the words of the query
// line.
type Order string

// The orders there are.
const (
	ordered    Order = "ordered"
	anyOrder   Order = "any"
	sequential Order = "sequential"
)

func orders() []Order { return []Order{ordered, anyOrder, sequential} }

// State is what the user asks and how the answer is drawn.
type State struct {
	Steps    []api.Event
	Window   query.Window
	Order    Order
	Users    api.Users // active or new
	Who      query.Who
	Limit    int // groups
	Range    query.Range
	Interval api.Interval // of the conversion over time
	Face     Face
}

// Default is a funnel without steps.
func Default() State {
	return State{
		Window:   query.Window(30 * 24 * time.Hour),
		Order:    ordered,
		Users:    api.ActiveUsers,
		Limit:    100,
		Range:    query.Range{Last: query.Span{N: 30, Unit: query.Days}},
		Interval: api.Day,
		Face:     barFace,
	}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(&s.Window, "within", "conversion window, from the first step to the last: 30m, 12h, 7d")
	fs.Var(query.ChoiceFlag(&s.Order, orders()...), "order", "ordered: as listed; any: in any order; sequential: with no other event between")
	fs.Var(query.ChoiceFlag(&s.Users, api.ActiveUsers, api.NewUsers), "users", "all active users, or those who were new in these dates")
	s.Who.Bind(fs, 1)
	fs.IntVar(&s.Limit, "limit", s.Limit, "how many `groups` at most, up to 1000")
	s.Range.Bind(fs)
	fs.Var(query.IntervalFlag{To: &s.Interval, Of: intervals()}, "interval", "length of a bucket of the conversion over time")
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer: bars, conversion over days, times to convert, table")
}

func intervals() []api.Interval { return []api.Interval{api.Day, api.Week, api.Month} }

// Take reads the steps.
func (s *State) Take(words []string) error {
	s.Steps = nil
	for _, w := range words {
		e, err := query.ParseEvent(w)
		if err != nil {
			return err
		}
		s.Steps = append(s.Steps, e)
	}
	return s.check()
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	words := make([]string, len(s.Steps))
	for i, e := range s.Steps {
		words[i] = query.PrintEvent(e)
	}
	return words
}

// mostSteps is what fits on a screen and into a question; the API names no
// limit.
const mostSteps = 20

// check says what is wrong with a state, however many steps it has.
func (s State) check() error {
	switch {
	case len(s.Steps) > mostSteps:
		return fmt.Errorf("a funnel has %d steps at most, not %d", mostSteps, len(s.Steps))
	case slices.ContainsFunc(s.Steps, func(e api.Event) bool { return len(e.By) > 0 }):
		return fmt.Errorf("a step takes filters, no group: group the whole funnel with --by")
	case slices.ContainsFunc(s.Steps, func(e api.Event) bool { return strings.TrimSpace(e.Name.Safe()) == "_new" }):
		return fmt.Errorf("_new users are no step: count new users only with --users new")
	case s.Window <= 0:
		return fmt.Errorf("a conversion window of nothing lets nobody through: write 30m, 12h or 7d")
	case s.Order == anyOrder && time.Duration(s.Window) < 24*time.Hour:
		return fmt.Errorf("any order needs a window of whole days, not of %s: write --within 1d first", s.Window.String())
	case s.Limit < 1 || s.Limit > 1000:
		return fmt.Errorf("the limit of groups is between 1 and 1000, not %d", s.Limit)
	}
	return s.Who.Check(1)
}
