package events

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

func listOf(totals map[string]float64) []api.EventType {
	var list []api.EventType
	for i := range 26 {
		name := string(rune('a' + i))
		if v, ok := totals[name]; ok {
			list = append(list, api.EventType{Name: text.New(name), Totals: v})
		}
	}
	return list
}

func TestAnEventIsComparedByItsPartOfAll(t *testing.T) {
	last := views.Visit{Taken: time.Unix(1, 0), Totals: visit(listOf(map[string]float64{"a": 10000, "b": 1000, "c": 1000, "d": 1000, "e": 5, "g": 1000, "n": math.NaN()}))}
	// The week has just begun: a tenth of all has come so far.
	now := listOf(map[string]float64{"a": 1000, "b": 100, "c": 0, "d": 300, "e": 0, "f": 3, "g": 20, "n": 7})
	kinds, gone := changes(now, last)
	got := map[string]changeKind{}
	for i, k := range kinds {
		got[now[i].Name.Safe()] = k
	}
	want := map[string]changeKind{"a": unchanged, "b": unchanged, "c": isSilent, "d": isUp, "e": unchanged, "f": isNew, "g": isDown, "n": unchanged}
	if !reflect.DeepEqual(got, want) || len(gone) != 0 {
		t.Errorf("changed %v, gone %v; want %v", got, gone, want)
	}
	if _, gone := changes(now[:2], last); fmt.Sprint(gone) != "[c d e g n]" {
		t.Errorf("gone %v", gone)
	}
	if kinds, gone := changes(now, views.Visit{}); reflect.DeepEqual(kinds, make([]changeKind, len(now))) == false || gone != nil {
		t.Errorf("without a visit %v, %v", kinds, gone)
	}
	// Nothing at all this week: nothing can be expected.
	if kinds, _ := changes(listOf(map[string]float64{"a": 0, "b": 0}), last); kinds[0] != unchanged {
		t.Errorf("an empty week is %v", kinds)
	}
}

func TestNamesThatAreNearlyTheSameAreTwins(t *testing.T) {
	for _, c := range []struct {
		a, b string
		twin bool
	}{
		{"Song Played", "song_played", true},
		{"Song Played", "Songs Played", true},
		{"Song Played", "Song Playd", true},
		{"Checkout", "Checkuot", false},
		{"Step 1", "Step 2", false},
		{"Sign Up", "Sign In", false},
		{"Purchase", "Purchases", true},
		{"購入完了しました", "購入完了しまし", true},
		{"v1 opened", "v2 opened", false},
		{"!!!", "???", false},
		{"Level 10", "Level 100", false},
	} {
		got := twins([]api.EventType{{Name: text.New(c.a)}, {Name: text.New("something else")}, {Name: text.New(c.b)}})
		if (got[0] == 2) != c.twin || (got[2] == 0) != c.twin || got[1] != -1 {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

func TestTheOrderOfTheListChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	last, list := views.Visit{Taken: time.Unix(1, 0), Totals: map[text.Raw]float64{}}, []api.EventType{}
	for i := range 300 {
		name := text.New(fmt.Sprintf("Event %c%c%d", 'a'+i%26, 'a'+i/26, i%7))
		list = append(list, api.EventType{Name: name, Totals: float64(r.IntN(2000))})
		if i%10 > 0 {
			last.Totals[name] = float64(r.IntN(2000))
		}
	}
	by := func(list []api.EventType) map[text.Raw]changeKind {
		kinds, _ := changes(list, last)
		out := map[text.Raw]changeKind{}
		for i, k := range kinds {
			out[list[i].Name] = k
		}
		return out
	}
	want := by(list)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	if !reflect.DeepEqual(by(list), want) {
		t.Error("another order finds other changes")
	}
}

func BenchmarkTwins10000(b *testing.B) {
	var list []api.EventType
	for i := range 10_000 {
		list = append(list, api.EventType{Name: text.New(fmt.Sprintf("Event %x Happened", i*2654435761))})
	}
	for b.Loop() {
		twins(list)
	}
}
