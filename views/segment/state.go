// Package segment is the view that charts one or two events over time.
package segment

import (
	"fmt"
	"slices"
	"strings"

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
	lineFace    Face = "line"
	barFace     Face = "bar"
	stackedFace Face = "stacked"
	tableFace   Face = "table"
)

func faces() []Face { return []Face{lineFace, barFace, stackedFace, tableFace} }

// Comparison is the period that is laid under the one asked for.
type Comparison string

const (
	noComparison Comparison = ""
	previous     Comparison = "prev"
)

func metrics() []api.Metric {
	return []api.Metric{
		api.Uniques, api.Totals, api.Average, api.ActivePercent,
		api.Sums, api.ValueAverage, api.Histogram, api.Formula,
	}
}

// State is what the user asks and how the answer is drawn.
type State struct {
	Events         []api.Event // one or two
	Metric         api.Metric
	Formula        string
	Interval       api.Interval
	Range          query.Range
	Who            query.Who
	Limit          int
	RollingAverage int
	RollingWindow  int
	Users          api.Users
	Compare        Comparison
	Complete       bool // complete periods only
	Face           Face
	Hide           []text.Raw // names of hidden series
	Log            bool
	Fit            bool // the value axis need not begin at zero
}

// Default is the question a fresh chart asks.
func Default() State {
	return State{
		Events:   []api.Event{{Name: text.New("_active")}},
		Metric:   api.Uniques,
		Interval: api.Day,
		Range:    query.Range{Last: query.Span{N: 30, Unit: query.Days}},
		Limit:    100,
		Users:    api.AnyUsers,
		Face:     lineFace,
	}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Metric, metrics()...), "metric", "what to count; sums, value_avg and histogram need a group-by inside the event")
	fs.StringVar(&s.Formula, "formula", s.Formula, "`formula` of metric formula, A and B are the events: UNIQUES(B)/UNIQUES(A)")
	s.Who.Bind(fs, 2)
	fs.IntVar(&s.Limit, "limit", s.Limit, "how many groups at most, up to 1000")
	fs.IntVar(&s.RollingAverage, "rolling-average", s.RollingAverage, "average over so many intervals")
	fs.IntVar(&s.RollingWindow, "rolling-window", s.RollingWindow, "count over so many intervals")
	fs.Var(query.ChoiceFlag(&s.Users, api.AnyUsers, api.ActiveUsers), "users", "which users count")
	s.Range.Bind(fs)
	fs.Var(query.IntervalFlag{To: &s.Interval}, "interval", "length of a bucket")
	fs.Var(query.ChoiceFlag(&s.Compare, previous), "vs", "compare with the period before")
	fs.BoolVar(&s.Complete, "complete", s.Complete, "complete periods only")
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer")
	fs.Var(query.ListFlag(&s.Hide, "SERIES", query.ParseWord, query.PrintWord), "hide", "do not draw the series of this name (repeatable)")
	fs.BoolVar(&s.Log, "log", s.Log, "logarithmic values")
	fs.BoolVar(&s.Fit, "fit", s.Fit, "let the value axis begin above zero")
	query.Drawing(fs, "face", "hide", "log", "fit")
}

// Take reads the events.
func (s *State) Take(words []string) error {
	if len(words) > 2 {
		return fmt.Errorf("a chart takes one event or two, not %d: put quotes round a name with blanks", len(words))
	}
	if len(words) > 0 {
		s.Events = nil
	}
	for _, w := range words {
		e, err := query.ParseEvent(w)
		if err != nil {
			return err
		}
		s.Events = append(s.Events, e)
	}
	return s.check()
}

// check says what cannot be asked, before anything is asked.
func (s State) check() error {
	switch {
	case s.Metric == api.Formula && strings.TrimSpace(s.Formula) == "":
		return fmt.Errorf("metric formula needs a formula: --formula 'UNIQUES(B)/UNIQUES(A)'")
	case s.Metric != api.Formula && s.Formula != "":
		return fmt.Errorf("a formula needs --metric formula")
	case s.Log && s.Fit:
		return fmt.Errorf("logarithmic values have no zero to leave out: drop --log or --fit")
	case needsNumber(s.Metric) && len(s.Events[0].By) == 0:
		return fmt.Errorf("metric %s needs a property of the event: \"%s[by NAME]\"", s.Metric, s.Events[0].Name.Safe())
	case s.Limit < 1 || s.Limit > 1000:
		return fmt.Errorf("the limit of groups is between 1 and 1000, not %d", s.Limit)
	case s.RollingAverage < 0 || s.RollingWindow < 0:
		return fmt.Errorf("a rolling average or window counts intervals: write a whole number above 0")
	case s.RollingAverage > 0 && s.RollingWindow > 0:
		return fmt.Errorf("a rolling average and a rolling window exclude each other: drop one")
	}
	if s.Metric == api.Formula {
		grouped := make([]bool, len(s.Events))
		for i, e := range s.Events {
			grouped[i] = len(e.By) > 0
		}
		if err := query.CheckFormula(s.Formula, grouped); err != nil {
			return err
		}
	}
	return s.Who.Check(2)
}

// needsNumber says whether the metric works on a property of the event.
func needsNumber(m api.Metric) bool {
	return m == api.Sums || m == api.ValueAverage || m == api.Histogram
}

// adds says whether values of this metric may be added up: shares and stacks
// mean something only then.
func (s State) adds() bool {
	return s.RollingAverage == 0 && s.RollingWindow == 0 && (s.Metric == api.Totals || s.Metric == api.Sums)
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	fresh := Default()
	if query.EqualEvents(s.Events, fresh.Events) {
		return nil
	}
	words := make([]string, len(s.Events))
	for i, e := range s.Events {
		words[i] = query.PrintEvent(e)
	}
	return words
}

// masked is s as it may be shown.
func (s State) masked(m *views.Mask) State {
	s.Hide = s.hiddenNames(m)
	s.Events, s.Who = query.MaskedEvents(s.Events, m.Of), s.Who.Masked(m.Of)
	return s
}

// hiddenNames are the names of the hidden series as they may be shown: whole,
// since they may be joined of values that are safe and of others.
func (s State) hiddenNames(m *views.Mask) []text.Raw {
	shown := s.Who.Masked(m.Of)
	same := func(a, b api.Segment) bool { return query.PrintSegment(a) == query.PrintSegment(b) }
	if !m.Hides(s.groups()) && slices.EqualFunc(s.Who.Segments, shown.Segments, same) {
		return s.Hide
	}
	names := slices.Clone(s.Hide)
	for i, name := range names {
		names[i] = m.Pseudonym("series", name)
	}
	return names
}

// groups are the properties that the events and the users are grouped by.
func (s State) groups() []api.Property {
	by := slices.Clone(s.Who.By)
	for _, e := range s.Events {
		by = append(by, e.By...)
	}
	return by
}

// hidden says whether the series of this name is not drawn.
func (s State) hidden(name text.Raw) bool { return slices.Contains(s.Hide, name) }
