package realtime

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f, "", `--face table`)
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
	viewtest.Refused(t, ask, map[string]string{`Purchase`: "--interval 5min", `--last 3d`: "no flag --last", `--face lime`: "did you mean line?"})
}

func found(times bool) api.Segmentation {
	var got api.Segmentation
	for i := range 3 {
		at := time.Date(2026, 11, 24, 14, 15+5*i, 0, 0, time.UTC)
		got.Labels = append(got.Labels, text.New(at.Format("15:04")))
		if times {
			got.Times = append(got.Times, at)
		}
	}
	got.Series = []api.SegmentationSeries{{Label: text.New("Today"), Values: []float64{1, 2, 3}}, {Label: text.New("Yesterday"), Values: []float64{4, 5, 6}}}
	return got
}

func TestTheDayBeforeIsBehindAndSaid(t *testing.T) {
	g := newGraph(found(true))
	var at views.Spot
	at.Over(&g, 3)
	drawn := picture(Default(), &g, &at).Draw(80, 14, theme.Plain())
	if !strings.Contains(drawn, "24 hours before: 6") || !strings.Contains(drawn, "Tue 24 Nov 14:25") {
		t.Errorf("%s", drawn)
	}
	if drawn = picture(Default(), &g, nil).Draw(80, 14, theme.Plain()); !strings.Contains(drawn, "dotted: 24 hours before") {
		t.Errorf("the second curve has no name:\n%s", drawn)
	}
	if f := figures(&g); len(f) != 1 || f[0].Value != 3 || f[0].Before != 6 || f[0].Open != "" {
		t.Errorf("%+v", f)
	}
	g = newGraph(found(false))
	if said := info(&g); !strings.Contains(said, "unknown zone") {
		t.Errorf("%q", said)
	}
	if g = newGraph(api.Segmentation{}); figures(&g)[0].Open == "" {
		t.Errorf("nothing is %+v", figures(&g))
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	odd := found(true)
	odd.Series = append(odd.Series, api.SegmentationSeries{Values: []float64{math.NaN(), math.Inf(-1), 0}})
	for _, got := range []api.Segmentation{{}, {Labels: []text.Raw{{}}}, found(true), found(false), odd} {
		for _, line := range []string{"", "--face table"} {
			s := state(t, line)
			g := newGraph(got)
			var at views.Spot
			at.Over(&g, 3)
			picture(s, &g, &at).Draw(80, 20, theme.Plain())
			picture(s, &g, nil).Draw(80, 20, theme.Plain())
			figures(&g)
			if _, err := json.Marshal(g.Data()); err != nil {
				t.Error(err)
			}
		}
	}
}
