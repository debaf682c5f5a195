package funnel

import (
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/views/query"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f,
		``,
		`"Sign Up" "Song Played[event:source is push]" Purchase --within 7d --order any --users new --last 90d`,
		`A B --within '1d 12h' --order sequential --by platform --limit 5 --face days --interval week`,
		`A B --segment 'country is Germany; gp:plan is "a;b"' --segment 'cohort is abc' --from '1 mar' --to yesterday`,
		`-- -x $'Evil\x1b'`,
		`A B --within 90s --where 'performed "Y[event:a is b]" >= 3 in 30d' --face times`,
	)
}

// grammar is how this view reads and prints a question.
func grammar() viewtest.Grammar[State] {
	return viewtest.Grammar[State]{
		Parse: parse, Link: link,
		Same: func(a, b State) bool {
			return reflect.DeepEqual(link(a), link(b)) && a.Window == b.Window && a.Range == b.Range && query.EqualEvents(a.Steps, b.Steps)
		},
		Masked: State.masked,
	}
}

func state(t *testing.T, line string) State {
	t.Helper()
	return grammar().State(t, line)
}

// What cannot be asked is said in a sentence that says what to do, and nothing
// goes to the server.
func TestWhatCannotBeAskedIsSaidBeforeAnythingIsAsked(t *testing.T) {
	viewtest.Refused(t, ask, map[string]string{
		``:                            "a funnel needs two steps or more: write funnel EVENT EVENT",
		`A`:                           "this has one: write funnel A EVENT",
		`A B --within 0m`:             "a conversion window of nothing lets nobody through",
		`A B --within 0`:              "write 30m, 12h or 7d",
		`A B --within soon`:           "soon is not a conversion window",
		`A B --within 3y`:             "is not a conversion window",
		`A B --within 400d`:           "longer than a year",
		`A B --order any --within 5h`: "whole days",
		`A B --order exact`:           "is not one of ordered, any, sequential",
		`A B --last 400d`:             "the last 400d are 400 days: the API answers 365 at most by day; ask for fewer dates, or a longer interval",
		`A B --from 2020-01-01`:       "days: the API answers 365 at most",
		`A B --by country --by city`:  "groups are by one property here, not by 2",
		`A B --by country --segment 'os is iOS' --segment 'os is Android'`: "cannot be grouped too",
		`"A[by genre]" B`:     "a step takes filters, no group",
		`_new B`:              "--users new",
		`A B --users any`:     "is not one of active, new",
		`A B --limit 0`:       "between 1 and 1000",
		`A B --interval hour`: "is not one of day, week, month",
	})
	s := state(t, "A B --last 400d --interval month")
	if _, err := s.Query(viewtest.Tuesday()); err != nil {
		t.Errorf("400 days by month: %v", err)
	}
}

func TestTheQuestionIsWhatTheStateSays(t *testing.T) {
	a, err := state(t, `A B --within 30m --order sequential --users new --by platform --limit 7 --where 'os is iOS'`).Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	v := a.query.Values()
	for key, want := range map[string]string{
		"cs": "1800", "mode": "sequential", "n": "new", "g": "platform", "limit": "7", "i": "1", "start": "20261026", "end": "20261124",
		"s": `[{"prop":"os","op":"is","values":["iOS"]}]`,
	} {
		if got := v.Get(key); got != want {
			t.Errorf("%s is %q; want %q", key, got, want)
		}
	}
	if got := v["e"]; len(got) != 2 || got[0] != `{"event_type":"A"}` {
		t.Errorf("the steps are %q", got)
	}
}

// funnelOf is groups of steps with these counts and medians.
func funnelOf(labels []string, counts [][]float64, medians []float64) api.Funnel {
	var f api.Funnel
	for i, label := range labels {
		g := api.FunnelGroup{Label: text.New(label), Median: math.NaN(), Average: math.NaN()}
		for k, n := range counts[i] {
			s := api.FunnelStep{Count: n, OfFirst: n / counts[i][0], OfPrevious: 1, Median: math.NaN(), Average: math.NaN()}
			if k > 0 {
				s.OfPrevious, s.Median = n/counts[i][k-1], medians[k]
			}
			g.Steps = append(g.Steps, s)
		}
		f.Groups = append(f.Groups, g)
	}
	return f
}

func TestTheSentenceNamesDropGapAndSlowestStep(t *testing.T) {
	plain := newAnswer(state(t, "A B C"), funnelOf([]string{""}, [][]float64{{1000, 800, 200}}, []float64{0, 90000, 5000}), nil)
	if got := plain.sentence(); len(got) != 2 || got[0] != "Biggest drop: B to C, 600 of 800 lost (75%)" || got[1] != "Slowest step: A to B, median 1m 30s" {
		t.Errorf("the sentence is %q", got)
	}
	s := state(t, "A B C --by platform")
	// The third group loses all, of three: too few to say anything.
	grouped := newAnswer(s, funnelOf([]string{"iOS", "Android", "Rare"}, [][]float64{{1000, 500, 450}, {900, 450, 200}, {3, 3, 0}}, []float64{0, 1, 2}), nil)
	if got := grouped.sentence(); got[0] != "Widest gap: B to C, Android 44.4% against iOS 90%" {
		t.Errorf("the sentence is %q", got)
	}
	// Nor does it name the biggest drop, nor one user the slowest step.
	if got := grouped.sentence(); got[1] != "Biggest drop of Android: B to C, 250 of 450 lost (55.6%)" {
		t.Errorf("the sentence is %q", got)
	}
	slow := funnelOf([]string{"iOS", "Rare"}, [][]float64{{100, 50}, {100, 1}}, []float64{0, 1000})
	slow.Groups[1].Steps[1].Median = 9e9
	quick := newAnswer(s, slow, nil)
	if got := quick.sentence(); got[len(got)-1] != "Slowest step of iOS: A to B, median 1s" {
		t.Errorf("the sentence is %q", got)
	}
	// Where all groups are small, they are all there is to say.
	small := newAnswer(s, funnelOf([]string{"iOS", "Web"}, [][]float64{{9, 5, 5}, {3, 0, 0}}, []float64{0, 1, 2}), nil)
	if got := small.sentence(); len(got) != 2 || got[0] != "Biggest drop of Web: A to B, 3 of 3 lost (100%)" {
		t.Errorf("the sentence is %q", got)
	}
	// Nobody anywhere: nothing is said, nothing breaks.
	for _, counts := range [][]float64{{0, 0, 0}, {5, 5, 5}} {
		r := newAnswer(s, funnelOf([]string{"x"}, [][]float64{counts}, []float64{0, math.NaN(), math.NaN()}), nil)
		if got := r.sentence(); len(got) != 0 {
			t.Errorf("of %v is said %q", counts, got)
		}
		r.draw(s, look{day: -1}, 80, 20, theme.Plain())
	}
}

func TestAnAnswerOfAnotherLengthBreaksNothing(t *testing.T) {
	s := state(t, "A B C")
	for _, counts := range [][][]float64{{{5}}, {{5, 4, 3, 2}}, {{5, 4}, {3}}, {}} {
		labels := make([]string, len(counts))
		r := newAnswer(s, funnelOf(labels, counts, []float64{0, 1, 2, 3}), nil)
		for _, face := range faces() {
			s.Face = face
			for step := range 4 {
				r.draw(s, look{step: step, day: 0}, 80, 20, theme.Plain())
			}
		}
	}
}

func TestImmatureDaysAreDrawnAsImmature(t *testing.T) {
	s := state(t, "A B --face days")
	got := funnelOf([]string{""}, [][]float64{{10, 5}}, []float64{0, 1})
	for i := range 4 {
		got.Groups[0].Days = append(got.Groups[0].Days, api.FunnelDay{
			Time: time.Date(2026, 11, 20+i, 0, 0, 0, 0, time.UTC), Label: text.New("x"),
			Counts: []float64{4, 2}, Complete: i < 2,
		})
	}
	got.Groups[0].Days[1].Counts = []float64{0, 0}
	r := newAnswer(s, got, nil)
	line := r.overDays(s, look{day: -1})
	if open := line.Series[0].Open; !reflect.DeepEqual(open, []bool{false, false, true, true}) {
		t.Errorf("open days are %v", open)
	}
	if v := line.Series[0].Values; v[0] != 0.5 || !math.IsNaN(v[1]) {
		t.Errorf("the rates are %v; a day without starters has none", v)
	}
	if !strings.Contains(line.Note, "may still rise") {
		t.Errorf("the note is %q", line.Note)
	}
}

func TestMergedBinsKeepEverybody(t *testing.T) {
	var bins []api.FunnelBin
	total := 0.0
	for i := range 35 {
		bins = append(bins, api.FunnelBin{From: float64(i), To: float64(i + 1), Users: float64(i * i)})
		total += float64(i * i)
	}
	for most := range 40 {
		sum := 0.0
		got := merged(bins, most)
		for i, b := range got {
			sum += b.Users
			if i > 0 && b.From != got[i-1].To {
				t.Errorf("at most %d: a gap before %v", most, b)
			}
		}
		if sum != total || len(got) > max(most, 1) {
			t.Errorf("at most %d: %d bins of %v users; want %v", most, len(got), sum, total)
		}
	}
}

func TestTimesThatNobodyTookHaveABarOfNothing(t *testing.T) {
	bins := []api.FunnelBin{{From: 0, To: 1000, Users: 5}, {From: 1000, To: 5000, Users: 2}, {From: 9000, To: 10000, Users: 3}}
	got := funnelOf([]string{""}, [][]float64{{20, 10}}, []float64{0, 1})
	got.Groups[0].Steps[1].Bins = bins
	r := newAnswer(state(t, "A B --face times"), got, nil)
	bars := r.times(look{}, 20).Bars
	if len(bars) != 4 || bars[2].Name != "5s to 9s" || bars[2].Value != 0 || bars[2].Text != "0" {
		t.Errorf("the bars are %+v", bars)
	}
}

func TestTooFewStepsIsAnErrorOfItsOwn(t *testing.T) {
	if _, err := Default().Query(viewtest.Tuesday()); !errors.Is(err, errSteps) {
		t.Errorf("no steps: %v", err)
	}
}

// In any order the second count is of no event, but of who did two.
func TestInAnyOrderACountIsOfSoManyEvents(t *testing.T) {
	r := newAnswer(state(t, "A B C --order any"), funnelOf([]string{""}, [][]float64{{100, 50, 10}}, []float64{0, 1, 2}), nil)
	if got := r.sentence()[0]; got != "Biggest drop: any 2 of 3 to all 3 of them, 40 of 50 lost (80%)" {
		t.Errorf("the sentence is %q", got)
	}
}

// Index 0 of the times is that of the whole funnel.
func TestTheTimeOfTheWholeFunnelIsSaid(t *testing.T) {
	got := funnelOf([]string{""}, [][]float64{{100, 50, 10}}, []float64{0, 90000, 5000})
	got.Groups[0].Median, got.Groups[0].Average = 120000, 3600000
	r := newAnswer(state(t, "A B C"), got, nil)
	want := "First to last step: median 2m, average 1h"
	if said := r.sentence(); said[len(said)-1] != want {
		t.Errorf("the sentence is %q", said)
	}
	if said := r.timeCaption(look{step: 1}); len(said) != 2 || said[1] != want {
		t.Errorf("over the times stands %q", said)
	}
	// With two steps the only step is the whole.
	two := funnelOf([]string{""}, [][]float64{{100, 50}}, []float64{0, 90000})
	two.Groups[0].Median = 90000
	r = newAnswer(state(t, "A B"), two, nil)
	if said := strings.Join(r.sentence(), "; "); strings.Contains(said, "First to last") {
		t.Errorf("the sentence is %q", said)
	}
}

// A sentence stands there whole or not at all, and what is most important first.
func TestNoSentenceIsCut(t *testing.T) {
	s := state(t, "'Payment Submitted' Purchase --by platform")
	r := newAnswer(s, funnelOf([]string{"Android", "iOS"}, [][]float64{{400, 210}, {400, 370}}, []float64{0, 1000}), nil)
	for _, face := range faces() {
		s.Face = face
		for w := 60; w < 130; w += 7 {
			for h := 8; h < 20; h++ {
				picture := r.draw(s, look{day: -1}, w, h, theme.Plain())
				said := strings.Join(strings.Fields(picture), " ")
				if face == barFace && !strings.Contains(said, "Widest gap: Payment Submitted to Purchase, Android 52.5% against iOS 92.5%") {
					t.Errorf("%d by %d: no gap is named:\n%s", w, h, picture)
				}
				for _, line := range r.caption(s, look{day: -1}, w, 1, theme.Plain()) {
					if strings.Contains(line, "…") {
						t.Errorf("%s, %d by %d: %q is cut", face, w, h, line)
					}
				}
			}
		}
	}
}
