package sessions

import (
	"encoding/json"
	"math"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f, "", `--measure average --last 12w`, `--bins 60m/5 --face table`, `--bins 10-90s/10`, `--bins 8h`, `--measure per-user --from 2026-03`)
}

// grammar is how this view reads and prints a question.
func grammar() viewtest.Grammar[State] {
	return viewtest.Grammar[State]{
		Parse: parse, Link: link,
	}
}

func state(t *testing.T, line string) State {
	t.Helper()
	return grammar().State(t, line)
}

func TestWhatCannotBeAskedIsSaidBeforeAnythingIsAsked(t *testing.T) {
	viewtest.Refused(t, ask, map[string]string{`Purchase`: "flags only", `--measure averag`: "did you mean average?", `--bins 5m-60m`: "is no way to count lengths", `--bins 60m/0`: "is no way", `--bins 60m/70`: "is no way", `--bins 60m/5 --measure average`: "--bins are of lengths"})
}

func TestLengthsAreSaidAsPeopleSayThem(t *testing.T) {
	for label, want := range map[string]string{"0s-3s": "0s to 3s", "60s-180s": "1m to 3m", "3600s-86400s": "1h to 1d", "5min": "5min", "": ""} {
		if got := span(text.New(label)).Safe(); got != want {
			t.Errorf("%q is %q; want %q", label, got, want)
		}
	}
}

func TestSessionsAreAddedUpAndAveragesAreNot(t *testing.T) {
	s := state(t, "--last 7d")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	got := api.Segmentation{Labels: []text.Raw{text.New("0s-60s"), text.New("60s-120s")}, Series: []api.SegmentationSeries{{Values: []float64{3, 7}, Total: math.NaN()}}}
	g := newGraph(s, a, got)
	if info := s.info(a, &g); info != "10 sessions by their length · 18 Nov to 24 Nov 2026" {
		t.Errorf("%q", info)
	}
	if f := figures(s, a, &g); len(f) != 1 || f[0].Value != 10 || f[0].Open == "" || !f[0].Rises {
		t.Errorf("%+v; today may add some", f)
	}
	if g = newGraph(s, a, api.Segmentation{}); figures(s, a, &g)[0].Value != 0 {
		t.Errorf("no session is %+v", figures(s, a, &g))
	}
	s = state(t, "--measure average")
	got = api.Segmentation{
		Labels: []text.Raw{text.New("x"), text.New("y")}, Times: []time.Time{time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)},
		Series: []api.SegmentationSeries{{Values: []float64{90, 30}, Total: 75}},
	}
	g = newGraph(s, a, got)
	if info := s.info(a, &g); info != "average length of a session per day, 1m 15s of all · 18 Nov to 24 Nov 2026" {
		t.Errorf("%q", info)
	}
	if f := figures(s, a, &g); f[0].Value != 90 || f[0].Of != "2026-11-23" {
		t.Errorf("%+v", f)
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	for _, got := range []api.Segmentation{{}, {Labels: []text.Raw{{}}}, {Labels: []text.Raw{text.New("0s-3s")}, Series: []api.SegmentationSeries{{Values: []float64{math.NaN()}}}}} {
		for _, line := range []string{"", "--face table", "--measure average", "--measure per-user --face table"} {
			s := state(t, line)
			a, err := s.Query(viewtest.Tuesday())
			if err != nil {
				t.Fatal(err)
			}
			g := newGraph(s, a, got)
			var at views.Spot
			at.Over(&g, 3)
			picture(s, &g, &at).Draw(80, 20, theme.Plain())
			figures(s, a, &g)
			s.info(a, &g)
			if _, err := json.Marshal(g.Data()); err != nil {
				t.Error(err)
			}
		}
	}
}
