// Package viewtest holds what every view promises of its query line: it reads what
// it prints, masked or not, and what cannot be asked is refused before anything is.
package viewtest

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"

	"amptui/views"
	"amptui/views/query"
)

// Tuesday is the moment of the tests, a Tuesday afternoon.
func Tuesday() time.Time { return time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC) }

// Words are those of a query line.
func Words(t testing.TB, line string) []string {
	t.Helper()
	words, err := query.Split(line)
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return words
}

// A Grammar is how a view reads and prints its state.
type Grammar[S any] struct {
	Parse  func(words []string) (S, error)
	Link   func(S) views.Link
	Same   func(a, b S) bool       // nil: they are deeply equal
	Masked func(S, *views.Mask) S  // nil: nothing in the line tells who somebody is
	Hidden func(s, masked S) error // what the mask must not leave; nil: nothing further
}

// State is what a line means; the test ends where it means nothing.
func (g Grammar[S]) State(t testing.TB, line string) S {
	t.Helper()
	s, err := g.Parse(Words(t, line))
	if err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return s
}

// RoundTrip fuzzes that whatever line is understood prints as one that means the
// same, and that a masked one can be revealed again.
func (g Grammar[S]) RoundTrip(f *testing.F, lines ...string) {
	for _, line := range lines {
		f.Add(line)
	}
	f.Fuzz(func(t *testing.T, line string) {
		words, err := query.Split(line)
		if err != nil {
			return
		}
		s, err := g.Parse(words)
		if err != nil {
			return
		}
		g.returns(t, line, s)
		if g.Masked != nil {
			g.reveals(t, line, s)
		}
	})
}

func (g Grammar[S]) returns(t *testing.T, line string, s S) {
	t.Helper()
	printed := g.Link(s).Line()
	again, err := g.Parse(Words(t, printed)[1:])
	same := g.Same
	if same == nil {
		same = func(a, b S) bool { return reflect.DeepEqual(a, b) }
	}
	if err != nil || !same(s, again) {
		t.Fatalf("%q prints as %q and reads as\n%#v, %v; want\n%#v", line, printed, again, err, s)
	}
}

func (g Grammar[S]) reveals(t *testing.T, line string, s S) {
	t.Helper()
	mask := views.NewMask([]byte("key"), true, nil)
	hidden := g.Masked(s, mask)
	if g.Hidden != nil {
		if err := g.Hidden(s, hidden); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	masked := g.Link(hidden).Args
	again, err := g.Parse(mask.RevealArgs(masked))
	// Where states are alike only by what they mean, their lines are.
	if err != nil || !reflect.DeepEqual(g.Link(s), g.Link(again)) || g.Same == nil && !reflect.DeepEqual(s, again) {
		t.Fatalf("%q is masked as %q and reveals as\n%#v, %v; want\n%#v", line, masked, again, err, s)
	}
}

// Refused holds that lines are refused, each with a sentence that has the words given,
// and that nothing is asked for them: there is no client.
func Refused(t *testing.T, ask func(context.Context, views.Env, []string) (views.Answer, error), lines map[string]string) {
	t.Helper()
	env := views.Env{Now: Tuesday, Zone: time.UTC}
	for line, want := range lines {
		if _, err := ask(t.Context(), env, Words(t, line)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want something with %q", line, err, want)
		}
	}
}
