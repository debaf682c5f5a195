// Package sessions is the view that says how long sessions are, and how many of them
// users have.
package sessions

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
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
	chartFace Face = "chart"
	tableFace Face = "table"
)

func faces() []Face { return []Face{chartFace, tableFace} }

// Measure is what is asked of sessions, in the words of the query line.
type Measure string

// The measures there are.
const (
	lengths Measure = "lengths"
	average Measure = "average"
	perUser Measure = "per-user"
)

func measures() []Measure { return []Measure{lengths, average, perUser} }

// State is what the user asks and how the answer is drawn.
type State struct {
	Measure Measure
	Bins    api.Bins // of lengths; the zero Bins are the API's own
	Range   query.Range
	Face    Face
}

// Default is the question a fresh view asks.
func Default() State {
	return State{Measure: lengths, Range: query.Range{Last: query.Span{N: 30, Unit: query.Days}}, Face: chartFace}
}

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	fs.Var(query.ChoiceFlag(&s.Measure, measures()...), "measure", "how many sessions are how long; how long they are on average; how many a user has")
	fs.Var(query.Custom{
		Kind:  "BINS",
		Read:  func(word string) (err error) { s.Bins, err = parseBins(word); return err },
		Print: func() string { return printBins(s.Bins) },
	}, "bins", "lengths to count by: 60m/5 is up to 60 minutes by 5, 10-90s/10 from 10 to 90 seconds by 10")
	s.Range.Bind(fs)
	fs.Var(query.ChoiceFlag(&s.Face, faces()...), "face", "how to draw the answer")
	query.Drawing(fs, "face")
}

// Take checks the state: there are no words that are not flags.
func (s *State) Take(words []string) error {
	if len(words) > 0 {
		return fmt.Errorf("sessions are asked about with flags only, and %s is none: sessions --measure average", text.Clean(words[0]))
	}
	return s.check()
}

func (s State) check() error {
	if s.Measure != lengths && s.Bins != (api.Bins{}) {
		return fmt.Errorf("--bins are of lengths: drop them, or --measure %s", s.Measure)
	}
	return nil
}

// Words is the inverse of Take.
func (s *State) Words() []string { return nil }

const wrongBins = "%s is no way to count lengths: write 60m/5 (up to 60 minutes by 5), 10-90s/10 or 8h/1"

// parseBins reads FROM-TO, the unit, and behind a slash the size of a bin: 60m/5,
// 10-90s/10, 8h. The units are h, m and s.
func parseBins(word string) (api.Bins, error) {
	found := regexp.MustCompile(`^(?:(\d{1,6})-)?(\d{1,6})([hms])(?:/(\d{1,6})([hms])?)?$`).FindStringSubmatch(word)
	if found == nil || found[5] != "" && found[5] != found[3] {
		return api.Bins{}, fmt.Errorf(wrongBins, text.Clean(word))
	}
	b := api.Bins{Unit: map[string]string{"h": "hours", "m": "minutes", "s": "seconds"}[found[3]]}
	b.Min, _ = strconv.Atoi(found[1])
	b.Max, _ = strconv.Atoi(found[2])
	b.Size, _ = strconv.Atoi(found[4])
	if b.Max <= b.Min || b.Size > b.Max-b.Min || found[4] != "" && b.Size == 0 {
		return api.Bins{}, fmt.Errorf(wrongBins, text.Clean(word))
	}
	return b, nil
}

// printBins is the inverse of parseBins.
func printBins(b api.Bins) string {
	if b == (api.Bins{}) {
		return ""
	}
	out := strconv.Itoa(b.Max) + b.Unit[:1]
	if b.Min > 0 {
		out = strconv.Itoa(b.Min) + "-" + out
	}
	if b.Size > 0 {
		out += "/" + strconv.Itoa(b.Size)
	}
	return out
}

// asked is a state as of a moment.
type asked struct {
	query api.SessionsQuery
	now   time.Time
}

// Query is what the state asks as of now, in the zone of now. An error says in a
// sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	if err := s.check(); err != nil {
		return asked{}, err
	}
	dates, err := s.Range.Whole(now, api.Day)
	if err != nil {
		return asked{}, err
	}
	measure := map[Measure]api.SessionMeasure{lengths: api.SessionLengths, average: api.SessionAverage, perUser: api.SessionsPerUser}[s.Measure]
	q := api.SessionsQuery{Measure: measure, Dates: dates, Bins: s.Bins}
	return asked{q, now}, q.Check()
}

// Questions are what is asked of the API.
func (a asked) Questions() []api.Question { return []api.Question{a.query} }

// Fetch asks.
func (a asked) Fetch(ctx context.Context, client *api.Client) (api.Segmentation, error) {
	return client.Sessions(ctx, a.query)
}
