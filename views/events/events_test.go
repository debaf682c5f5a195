package events

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	parse := func(words []string) (State, error) {
		s := Default()
		err := views.Parse(&s, words)
		return s, err
	}
	viewtest.Grammar[State]{Parse: parse, Link: link}.RoundTrip(f, "", "purch !cancel --sort delta", "'exact --reverse", "-- -x", "--sort name a b", "'Sign Up' '!Song Played'", `'"a' 'b"' c`)
}

func TestAWordWithBlanksIsFoundAsItStands(t *testing.T) {
	names := []string{"Sign Up", "Sign Up Started", "Settings Opened", "Upsign", "sign  up"}
	for _, c := range []struct {
		words []string
		want  []int
	}{
		{[]string{"Sign Up"}, []int{0, 1}},
		{[]string{"sign", "up"}, []int{0, 1, 3, 4}},
		{[]string{"Sign Up", "!Sign Up Started"}, []int{0}},
		{[]string{"n U", "start"}, []int{1}},
		{[]string{`"sign`}, []int{0, 1, 3, 4}}, // as it is typed
	} {
		s := Default()
		if err := s.Take(c.words); err != nil {
			t.Fatal(err)
		}
		if got := views.Find(s.Find, names); !slices.Equal(got, c.want) {
			t.Errorf("%q finds %v; want %v", c.words, got, c.want)
		}
	}
}

func TestNumbersAreSortedAsNumbersAndMissingOnesStandLast(t *testing.T) {
	event := func(name string, totals float64) api.EventType {
		return api.EventType{Name: text.New(name), Totals: totals, Delta: math.NaN()}
	}
	l := newListing(api.EventList{Events: []api.EventType{event("b", 9), event("missing", math.NaN()), event("a", 100), event("c", 20)}}, views.Visit{}, wednesday())
	order := func(s State) (names []string) {
		l.arrange(s)
		for _, at := range l.rows {
			names = append(names, l.display[at])
		}
		return names
	}
	for _, c := range []struct {
		s    State
		want []string
	}{
		{State{Sort: byTotals}, []string{"a", "c", "b", "missing"}},
		{State{Sort: byTotals, Reverse: true}, []string{"b", "c", "a", "missing"}},
		{State{Sort: byName}, []string{"a", "b", "c", "missing"}},
		{State{Sort: byDelta}, []string{"a", "b", "c", "missing"}},
	} {
		if got := order(c.s); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%+v: %v; want %v", c.s, got, c.want)
		}
	}
}

func BenchmarkFilter10000(b *testing.B) {
	var list api.EventList
	for i := range 10000 {
		list.Events = append(list.Events, api.EventType{Name: text.New("Event number " + string(rune('a'+i%26)) + " of the project"), Totals: float64(i)})
	}
	l := newListing(list, views.Visit{}, wednesday())
	for b.Loop() {
		l.arrange(State{Sort: byTotals, Find: "num"})
	}
}
