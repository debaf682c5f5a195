package active

import (
	"encoding/json"
	"math"
	"reflect"
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
	grammar().RoundTrip(f, "", `--count new --interval week --by country --last 12w`, `--where "cohort is not abc" --face bar`, `--segment "country is Germany" --segment "gp:plan is pro" --face table --from 2026-03 --to yesterday`)
}

// grammar is how this view reads and prints a question.
func grammar() viewtest.Grammar[State] {
	return viewtest.Grammar[State]{
		Parse: parse, Link: link,
		Masked: State.masked,
	}
}

func state(t *testing.T, line string) State {
	t.Helper()
	return grammar().State(t, line)
}

func TestWhatCannotBeAskedIsSaidBeforeAnythingIsAsked(t *testing.T) {
	viewtest.Refused(t, ask, map[string]string{`Purchase`: "segment NAME", `--count old`: "is not one of", `--interval hour`: "is not one of day, week, month", `--last 400d`: "the API answers 365 at most", `--by country --by city`: "groups are by one property"})
}

func counted(labels int, series ...[]float64) api.Segmentation {
	var got api.Segmentation
	for i := range labels {
		day := time.Date(2026, 11, 25-labels+i, 0, 0, 0, 0, time.UTC)
		got.Times, got.Labels = append(got.Times, day), append(got.Labels, text.New(day.Format(time.DateOnly)))
	}
	for _, values := range series {
		got.Series = append(got.Series, api.SegmentationSeries{Values: values, Total: 99})
	}
	return got
}

// Today is not over: it is hollow, starred, no figure of a check, and no total is
// certain while it runs.
func TestTheDayThatIsNotOverStaysOutOfWhatIsCertain(t *testing.T) {
	s := state(t, "--last 9d")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	g := newGraph(s, a, counted(9, []float64{10, 11, 12, 13, 14, 15, 16, 17, 3}), nil)
	if want := []bool{false, false, false, false, false, false, false, false, true}; !reflect.DeepEqual(g.Open, want) || g.Note != "○: not over yet" {
		t.Errorf("open are %v, %q", g.Open, g.Note)
	}
	figures := g.LastFigures(api.Day, true)
	if v := figures[0]; v.Value != 17 || v.Before != 10 || v.Of != "2026-11-23" || v.Since != "2026-11-16" || v.Open != "" {
		t.Errorf("the value is %+v", v)
	}
	if v := figures[1]; v.Value != 99 || v.Open == "" || !v.Rises {
		t.Errorf("the total is %+v", v)
	}
	doc, err := json.Marshal(g.Data())
	if err != nil || !strings.Contains(string(doc), `"x":["2026-11-16",`) || !strings.Contains(string(doc), `"total":99,"incomplete":[false,`) {
		t.Errorf("%s, %v", doc, err)
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	odd := counted(3, []float64{1, math.NaN(), math.Inf(1)}, []float64{0, 0, 0})
	undated := odd
	undated.Times = nil
	for _, got := range []api.Segmentation{{}, counted(2), counted(0, []float64{}), odd, undated} {
		for _, line := range []string{"", "--face bar", "--face table", "--by platform", "--interval month --last 2mo"} {
			s := state(t, line)
			a, err := s.Query(viewtest.Tuesday())
			if err != nil {
				t.Fatal(err)
			}
			g := newGraph(s, a, got, nil)
			var at views.Spot
			at.Over(&g, 3)
			picture(s, &g, &at).Draw(80, 20, theme.Plain())
			picture(s, &g, nil).Draw(80, 20, theme.Plain())
			g.LastFigures(s.Interval, true)
			if _, err := json.Marshal(g.Data()); err != nil {
				t.Error(err)
			}
		}
	}
}
