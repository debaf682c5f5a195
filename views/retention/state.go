// Package retention is the view that says how many users come back.
package retention

import (
	"errors"
	"fmt"
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
	tableFace Face = "table"
	curveFace Face = "curve"
	trendFace Face = "trend"
)

func faces() []Face { return []Face{tableFace, curveFace, trendFace} }

// Mode says what coming back means, in the words of the query line.
type Mode string

// The modes there are.
const (
	nDay    Mode = "n-day"
	rolling Mode = "rolling"
	bracket Mode = "bracket"
)

func modes() []Mode { return []Mode{nDay, rolling, bracket} }

// State is what the user asks and how the answer is drawn.
type State struct {
	Start, Return api.Event
	Mode          Mode
	Brackets      []api.Bracket // with mode bracket
	Interval      api.Interval
	Range         query.Range // of the cohorts
	Who           query.Who
	Counts        bool // numbers instead of percentages
	Face          Face
}

// Default is the question a fresh view asks: do new users come back?
func Default() State {
	return State{
		Start:    api.Event{Name: text.New("_new")},
		Return:   api.Event{Name: text.New("_active")},
		Mode:     nDay,
		Interval: api.Day,
		Range:    query.Range{Last: query.Span{N: 30, Unit: query.Days}},
		Face:     tableFace,
	}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	mode := &modeFlag{Choice: query.ChoiceFlag(&s.Mode, modes()...), of: s}
	fs.Var(mode, "mode", "n-day: back on day N; rolling: on it or later; bracket: within spans of days")
	fs.Var(query.Custom{
		Kind: "SPANS",
		Read: func(typed string) (err error) {
			if s.Brackets, err = parseBrackets(typed); err == nil {
				err = mode.contradicted()
			}
			return err
		},
		Print: func() string { return printBrackets(s.Brackets) },
	}, "brackets", "the spans of mode bracket, both ends included: 0,1-7,8-14")
	s.Who.Bind(fs, 1)
	s.Range.Bind(fs)
	fs.Var(query.IntervalFlag{To: &s.Interval, Of: intervals()}, "interval", "length of a cohort's interval")
	fs.BoolVar(&s.Counts, "counts", s.Counts, "users instead of percentages")
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer: table of cohorts, curve, trend of day N")
	query.Drawing(fs, "counts", "face")
}

// modeFlag is the mode as it is named. Brackets alone mean the mode; with another
// mode that is named too they contradict it.
type modeFlag struct {
	*query.Choice[Mode]
	of    *State
	given bool
}

// Set takes the mode's word.
func (m *modeFlag) Set(s string) error {
	m.given = true
	if err := m.Choice.Set(s); err != nil {
		return err
	}
	return m.contradicted()
}

func (m *modeFlag) contradicted() error {
	if m.given && m.of.Mode == nDay && len(m.of.Brackets) > 0 {
		return errors.New("brackets need mode bracket: drop --mode n-day or --brackets")
	}
	return nil
}

func intervals() []api.Interval { return []api.Interval{api.Day, api.Week, api.Month} }

// Take reads the start event and the return event.
func (s *State) Take(words []string) error {
	switch len(words) {
	case 0:
		return s.check()
	case 2:
	case 1:
		return fmt.Errorf("retention takes a start event and a return event, and %s is one only: write retention _new %s for new users who come back to it", text.Clean(words[0]), query.Join(words))
	default:
		return fmt.Errorf("retention takes a start event and a return event, not %d events: put quotes round a name with blanks", len(words))
	}
	var err error
	if s.Start, err = query.ParseEvent(words[0]); err != nil {
		return fmt.Errorf("the start event: %w", err)
	}
	if s.Return, err = query.ParseEvent(words[1]); err != nil {
		return fmt.Errorf("the return event: %w", err)
	}
	return s.check()
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	fresh := Default()
	if query.EqualEvents([]api.Event{s.Start, s.Return}, []api.Event{fresh.Start, fresh.Return}) {
		return nil
	}
	return []string{query.PrintEvent(s.Start), query.PrintEvent(s.Return)}
}

// check says what cannot be asked, before anything is asked. Brackets alone
// mean the mode.
func (s *State) check() error {
	if len(s.Brackets) > 0 && s.Mode == nDay {
		s.Mode = bracket
	}
	switch {
	case s.Mode == bracket && len(s.Brackets) == 0:
		return fmt.Errorf("mode bracket needs its spans of days: --brackets 0,1-7,8-14")
	case s.Mode == bracket && s.Interval != api.Day:
		return fmt.Errorf("brackets are spans of days, not of %ss: ask by day, or without brackets", query.IntervalWord(s.Interval))
	case s.Mode == rolling && len(s.Brackets) > 0:
		return fmt.Errorf("brackets need mode bracket: drop --mode rolling or --brackets")
	case s.Return.Name.Safe() == "_new":
		return fmt.Errorf("nobody comes back as a new user: _new is a start event, return to _active or to an event")
	case len(s.Start.By)+len(s.Return.By) > 0:
		return fmt.Errorf("events of retention take filters, no group: group the users with --by")
	}
	if err := checkBrackets(s.Brackets); err != nil {
		return err
	}
	return s.Who.Check(1)
}

// masked is s as it may be shown.
func (s State) masked(m *views.Mask) State {
	s.Start, s.Return, s.Who = query.MaskedEvent(s.Start, m.Of), query.MaskedEvent(s.Return, m.Of), s.Who.Masked(m.Of)
	return s
}

// unit is what is counted from the start: days, weeks or months.
func (s State) unit() string {
	return query.IntervalWord(s.Interval)
}

// parseBrackets reads spans of days as they are typed, both ends included. The
// API's end is exclusive.
func parseBrackets(typed string) ([]api.Bracket, error) {
	var out []api.Bracket
	for part := range strings.SplitSeq(typed, ",") {
		part = strings.TrimSpace(part)
		from, to, isSpan := strings.Cut(part, "-")
		if !isSpan {
			to = from
		}
		var b api.Bracket
		if _, err := fmt.Sscanf(strings.TrimSpace(from)+" "+strings.TrimSpace(to), "%d %d", &b.From, &b.To); err != nil || b.From < 0 || b.To > 3650 || strings.ContainsAny(part, "+.") {
			return nil, fmt.Errorf("%s is no span of days: write 0,1-7,8-14", text.Clean(part))
		}
		b.To++
		out = append(out, b)
	}
	return out, checkBrackets(out)
}

// mostBrackets is what the API's own page allows.
const mostBrackets = 100

func checkBrackets(list []api.Bracket) error {
	if len(list) > mostBrackets {
		return fmt.Errorf("%d brackets are too many: %d at most", len(list), mostBrackets)
	}
	for i, b := range list {
		if b.To <= b.From {
			return fmt.Errorf("bracket %d-%d ends before it begins: write %d-%d", b.From, b.To-1, b.To-1, b.From)
		}
		if i > 0 && b.From < list[i-1].To {
			return fmt.Errorf("brackets %s and %s overlap or are out of order: write them one after the other, as in 0,1-7,8-14", bracketWord(list[i-1]), bracketWord(b))
		}
	}
	return nil
}

func printBrackets(list []api.Bracket) string {
	words := make([]string, len(list))
	for i, b := range list {
		words[i] = bracketWord(b)
	}
	return strings.Join(words, ",")
}

func bracketWord(b api.Bracket) string {
	if b.To == b.From+1 {
		return fmt.Sprint(b.From)
	}
	return fmt.Sprintf("%d-%d", b.From, b.To-1)
}
