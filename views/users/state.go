// Package users is the view that looks one user up: who it is, and what happened
// as a story, the newest first.
package users

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// State is whom the user asks for and what of the story is shown.
type State struct {
	Who    text.Raw   // as pasted; empty asks nobody yet
	Beside text.Raw   // another user to compare with
	Limit  int        // events to load at first
	At     string     // the moment to begin at, as typed
	Only   text.Raw   // this event only
	Mute   []text.Raw // without these events
	Find   string     // in names and values
	Funnel string     // a funnel that this user goes through, as its query line
}

// page is how many events the API answers at a time.
const pageSize = 1000

// mostEvents bounds what a command loads: a hundred pages are more than a
// quarter of an hour's look-ups.
const mostEvents = 100 * pageSize

// Default asks nobody.
func Default() State { return State{Limit: pageSize} }

// Bind names the state's flags.
func (s *State) Bind(fs *pflag.FlagSet) {
	word := func(to *text.Raw, kind string) query.Custom {
		return query.Custom{
			Kind: kind, Print: func() string { return query.PrintWord(*to) },
			Read: func(typed string) error { *to = text.New(typed); return nil },
		}
	}
	fs.Var(word(&s.Only, "EVENT"), "only", "this event only")
	fs.Var(query.ListFlag(&s.Mute, "EVENT", query.ParseWord, query.PrintWord), "mute", "without this event (repeat for more)")
	fs.StringVar(&s.Find, "find", s.Find, "go to this `text` in names and values of events")
	fs.Var(query.Custom{
		Kind: "MOMENT", Print: func() string { return s.At },
		Read: func(typed string) (err error) { s.At, err = query.ParseMoment(typed); return err },
	}, "at", "begin at a moment: '2 mar 14:00', 'yesterday 9:30', 2026-03-02")
	fs.IntVar(&s.Limit, "limit", s.Limit, "how many events to load, and to print from --at on; at most 100,000")
	fs.Var(word(&s.Beside, "WHO"), "beside", "compare with another user")
	fs.Var(query.Custom{Kind: "'EVENT EVENT'", Print: func() string { return s.Funnel }, Read: s.readFunnel}, "funnel", "how far this user gets in a funnel, as its query line: 'A B --within 7d'")
}

// readFunnel takes a funnel's query line, with or without its first word, and
// keeps it in one spelling.
func (s *State) readFunnel(typed string) error {
	if strings.TrimSpace(typed) == "" {
		s.Funnel = ""
		return nil
	}
	f, err := parseFunnel(typed)
	if err == nil {
		s.Funnel = printFunnel(f)
	}
	return err
}

// choosing is the state with one of several matches in the place of what was typed: by
// its user ID, and by its Amplitude ID where it is anonymous.
func (s State) choosing(m api.UserMatch) State {
	if s.Who = m.UserID; s.Who.IsZero() {
		s.Who = number(m.AmplitudeID)
	}
	return s
}

// Take reads whom to look up: one word, or several that are joined by blanks,
// since what is pasted may hold some.
func (s *State) Take(words []string) error {
	s.Who = text.Raw{}
	if who := strings.TrimSpace(strings.Join(words, " ")); who != "" {
		s.Who = text.New(who)
	}
	return s.check()
}

func (s State) check() error {
	switch {
	case s.Limit < 1 || s.Limit > mostEvents:
		return fmt.Errorf("the limit of events is between 1 and 100,000, not %d", s.Limit)
	case len(query.PrintWord(s.Who)) > 1000:
		return errors.New("an id has 1,000 bytes at most: paste a user ID, a device ID, an Amplitude ID or a profile's address")
	case s.Who.IsZero() && !s.Beside.IsZero():
		return errors.New("two users are compared: name the first one too, as in users ada --beside bob")
	case slices.Contains(s.Mute, s.Only) && !s.Only.IsZero():
		return fmt.Errorf("%s is both the only event and a muted one: drop --only or --mute", s.Only.Safe())
	}
	return nil
}

// Words is the inverse of Take.
func (s *State) Words() []string {
	if s.Who.IsZero() {
		return nil
	}
	return []string{query.PrintWord(s.Who)}
}
