package composition

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f, "", `country`, `gp:plan --last 7d --face table`, `'gp:"my plan"' --from yesterday`, `--last 90d`)
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
	viewtest.Refused(t, ask, map[string]string{`event:source`: "a property of events", `a b`: "one property", `countri`: "did you mean country?", `--last 400d`: "the API answers 365 at most"})
}

func found() api.Segmentation {
	return api.Segmentation{
		Labels: []text.Raw{text.New("Berlin"), text.New("(none)")}, Series: []api.SegmentationSeries{{Values: []float64{3, 1}, Total: math.NaN()}},
	}
}

func TestSharesAreOfAllUsers(t *testing.T) {
	s := state(t, "city")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	g := newGraph(s, found(), nil)
	if bars := picture(s, &g, nil).Draw(60, 3, theme.Plain()); !strings.Contains(bars, "75%") || !strings.Contains(bars, "25%") {
		t.Errorf("%s", bars)
	}
	want := map[string]float64{"values ": 2, "users Berlin": 3, "share Berlin": 0.75, "users (none)": 1, "share (none)": 0.25}
	for _, f := range figures(a, &g) {
		if f.Value != want[f.Name+" "+f.Of] || f.Open == "" {
			t.Errorf("%+v; today is not over", f)
		}
	}
	if info := s.info(a, &g); info != "users by city, 2 values, shares of all · 26 Oct to 24 Nov 2026" {
		t.Errorf("%q", info)
	}
}

// What could tell who a user is has a pseudonym; that a property is unset has none.
func TestValuesAreMasked(t *testing.T) {
	g := newGraph(state(t, "city"), found(), views.NewMask([]byte("key"), true, nil))
	if got := g.Labels[0].Safe(); !strings.HasPrefix(got, "place-") || g.Labels[1].Safe() != "(none)" {
		t.Errorf("the values are %v", g.Labels)
	}
	if g = newGraph(state(t, "platform"), found(), views.NewMask([]byte("key"), true, nil)); g.Labels[0].Safe() != "Berlin" {
		t.Errorf("of a safe property they are %v", g.Labels)
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	for _, got := range []api.Segmentation{{}, {Labels: []text.Raw{{}}}, found()} {
		for _, line := range []string{"", "country --face table"} {
			s := state(t, line)
			a, err := s.Query(viewtest.Tuesday())
			if err != nil {
				t.Fatal(err)
			}
			g := newGraph(s, got, nil)
			var at views.Spot
			at.Over(&g, 3)
			picture(s, &g, &at).Draw(80, 20, theme.Plain())
			figures(a, &g)
			if _, err := json.Marshal(g.Data()); err != nil {
				t.Error(err)
			}
		}
	}
}
