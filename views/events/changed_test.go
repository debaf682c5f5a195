package events

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
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

func kindsOf(list []api.EventType, last views.Visit, now time.Time) map[string]changeKind {
	kinds, _ := changes(list, last, now)
	got := map[string]changeKind{}
	for i, k := range kinds {
		if k != unchanged {
			got[list[i].Name.Safe()] = k
		}
	}
	return got
}

func visitAt(taken time.Time, totals map[string]float64) views.Visit {
	return views.Visit{Taken: taken, Totals: visit(listOf(totals))}
}

func wednesday() time.Time { return time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC) }

func TestAnEventIsComparedWithHowTheWeekGoes(t *testing.T) {
	yesterday := wednesday().Add(-24 * time.Hour)
	for _, c := range []struct {
		name      string
		then, now map[string]float64
		want      map[string]changeKind
	}{
		{
			"the week has just begun",
			map[string]float64{"a": 10000, "b": 1000, "c": 1000, "d": 1000, "e": 5, "g": 1000, "n": math.NaN()},
			map[string]float64{"a": 1000, "b": 100, "c": 0, "d": 300, "e": 0, "f": 3, "g": 20, "n": 7},
			map[string]changeKind{"c": isSilent, "d": isUp, "f": isNew, "g": isDown},
		},
		{
			"one that is most of all jumps",
			map[string]float64{"a": 900000, "b": 5000, "c": 5000, "d": 5000, "e": 5000},
			map[string]float64{"a": 2700000, "b": 5000, "c": 5000, "d": 5000, "e": 5000},
			map[string]changeKind{"a": isUp},
		},
		{
			"one that is most of all is lost",
			map[string]float64{"a": 90000, "b": 5000, "c": 5000, "d": 5000, "e": 5000},
			map[string]float64{"a": 0, "b": 5000, "c": 5000, "d": 5000, "e": 5000},
			map[string]changeKind{"a": isSilent},
		},
		{
			"too few to know how the week goes",
			map[string]float64{"a": 90000, "b": 5000, "c": 5000},
			map[string]float64{"a": 1000, "b": 5000, "c": 5000, "x": 1},
			map[string]changeKind{"x": isNew},
		},
		{
			"chance",
			map[string]float64{"a": 50, "b": 40, "c": 60, "d": 30, "e": 45},
			map[string]float64{"a": 50, "b": 40, "c": 60, "d": 52, "e": 45},
			map[string]changeKind{},
		},
		{
			"nothing at all this week",
			map[string]float64{"a": 500, "b": 400, "c": 600, "d": 300},
			map[string]float64{"a": 0, "b": 0, "c": 0, "d": 0},
			map[string]changeKind{},
		},
		{
			"numbers that no server should send",
			map[string]float64{"a": -500, "b": math.Inf(1), "c": 600, "d": 300, "e": 300, "f": 300, "g": 300},
			map[string]float64{"a": 1, "b": 2, "c": math.Inf(-1), "d": 300, "e": 300, "f": 300, "g": -300},
			map[string]changeKind{"g": isDown},
		},
	} {
		if got := kindsOf(listOf(c.now), visitAt(yesterday, c.then), wednesday()); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v; want %v", c.name, got, c.want)
		}
	}
}

func TestWhatIsNotListedAnyMoreIsGone(t *testing.T) {
	yesterday := wednesday().Add(-24 * time.Hour)
	list := listOf(map[string]float64{"a": 1, "b": 2})
	last := visitAt(yesterday, map[string]float64{"a": 1, "b": 2, "c": 3, "d": 4, "n": math.NaN()})
	if _, gone := changes(list, last, wednesday()); fmt.Sprint(gone) != "[c d n]" {
		t.Errorf("gone %v", gone)
	}
	if kinds, gone := changes(list, views.Visit{}, wednesday()); !reflect.DeepEqual(kinds, make([]changeKind, 2)) || gone != nil {
		t.Errorf("without a visit %v, %v", kinds, gone)
	}
}

// What happens at weekends only is not silent on a Wednesday: the API's change
// against last week says so. Of a visit longer ago it says nothing.
func TestTheChangeAgainstLastWeekCanDenyAMark(t *testing.T) {
	then := map[string]float64{"a": 1000, "b": 1000, "c": 1000, "d": 1000, "w": 1000}
	list := listOf(map[string]float64{"a": 500, "b": 500, "c": 1500, "d": 500, "w": 0})
	for i := range list {
		list[i].Delta = map[string]float64{"a": 10, "b": -10, "c": 900, "d": 5, "w": 0}[list[i].Name.Safe()]
	}
	for _, c := range []struct {
		name string
		days int
		edit func()
		want map[string]changeKind
	}{
		{"weekly", 3, func() {}, map[string]changeKind{"c": isUp}},
		{"after three weeks", 21, func() {}, map[string]changeKind{"c": isUp, "w": isSilent}},
		{"lost this week", 3, func() { list[4].Delta = -1000 }, map[string]changeKind{"c": isUp, "w": isSilent}},
		{"not sent", 3, func() { list[4].Delta = math.NaN() }, map[string]changeKind{"c": isUp, "w": isSilent}},
		{"as many as last week", 3, func() { list[2].Delta = -3 }, map[string]changeKind{"w": isSilent}},
		{"never counted", 3, func() {
			for i := range list {
				list[i].Delta = 0
			}
		}, map[string]changeKind{"c": isUp, "w": isSilent}},
	} {
		c.edit()
		if got := kindsOf(list, visitAt(wednesday().Add(-time.Duration(c.days)*24*time.Hour), then), wednesday()); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %v; want %v", c.name, got, c.want)
		}
	}
}

// Lists that differ by chance alone have no marks.
func TestChanceMakesNoMarks(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	marks := 0
	for range 200 {
		part := 0.02 + r.Float64()
		last, list := views.Visit{Taken: wednesday().Add(-24 * time.Hour), Totals: map[text.Raw]float64{}}, []api.EventType{}
		for i := range 100 {
			mean := math.Exp(10 * r.Float64())
			poisson := func(m float64) float64 { return max(0, math.Round(m+math.Sqrt(m)*r.NormFloat64())) }
			name := text.New(fmt.Sprint("e", i))
			last.Totals[name] = poisson(mean)
			list = append(list, api.EventType{Name: name, Totals: poisson(mean * part)})
		}
		marks += len(kindsOf(list, last, wednesday()))
	}
	if marks > 2 {
		t.Errorf("%d of 20,000 events are marked", marks)
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

func TestATwinIsTheFirstByName(t *testing.T) {
	names := []string{"Song Played", "song_played", "SONG PLAYED", "Songs Played", "Other"}
	for range 24 {
		rand.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
		var list []api.EventType
		for _, name := range names {
			list = append(list, api.EventType{Name: text.New(name)})
		}
		got := map[string]string{}
		for i, j := range twins(list) {
			if j >= 0 {
				got[names[i]] = names[j]
			}
		}
		want := map[string]string{
			"SONG PLAYED": "Song Played", "Song Played": "SONG PLAYED", "song_played": "SONG PLAYED",
			"Songs Played": "SONG PLAYED",
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("in the order %q: %q", names, got)
		}
	}
}

func TestTheOrderOfTheListChangesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	last, list := views.Visit{Taken: wednesday(), Totals: map[text.Raw]float64{}}, []api.EventType{}
	for i := range 300 {
		name := text.New(fmt.Sprintf("Event %c%c%d", 'a'+i%26, 'a'+i/26, i%7))
		list = append(list, api.EventType{Name: name, Totals: float64(r.IntN(2000)), Delta: float64(r.IntN(9) - 4)})
		if i%10 > 0 {
			last.Totals[name] = float64(r.IntN(2000))
		}
	}
	show := func() string {
		l := newListing(api.EventList{Events: list}, last, wednesday())
		l.arrange(State{Sort: byFlags, Changed: true})
		data, err := json.Marshal(l.data())
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	want := show()
	for range 10 {
		r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		if got := show(); got != want {
			t.Fatalf("another order shows other changes:\n%s\n%s", got, want)
		}
	}
}

func TestFlagsSortWhatWasLostFirst(t *testing.T) {
	list := listOf(map[string]float64{"a": 1000, "b": 0, "c": 3000, "d": 100, "e": 1000, "f": 7, "g": 1000, "h": 1000})
	list[6].Inactive = true
	list = append(list, api.EventType{Name: text.New("Song Played"), Totals: 1}, api.EventType{Name: text.New("song_played"), Totals: 1})
	last := visitAt(wednesday().Add(-24*time.Hour), map[string]float64{"a": 1000, "b": 1000, "c": 1000, "d": 1000, "e": 1000, "g": 1000, "h": 1000})
	last.Totals[text.New("Song Played")], last.Totals[text.New("song_played")] = 1, 1
	for reverse, want := range map[bool]string{
		false: "b f d c Song Played song_played g a e h", true: "a e h g Song Played song_played c d f b",
	} {
		l := newListing(api.EventList{Events: list}, last, wednesday())
		l.arrange(State{Sort: byFlags, Reverse: reverse})
		var got []string
		for _, at := range l.rows {
			got = append(got, l.events[at].Name.Safe())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("reverse %v: %q; want %q", reverse, got, want)
		}
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
