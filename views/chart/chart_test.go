package chart

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
	"amptui/views/query"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f, "", `abc123`, `https://app.amplitude.com/analytics/org/chart/gl9dulhv/edit/abc --face table`, `app.amplitude.com/analytics/demo/chart/a-b_c?x=1`, `-- -a`)
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
	viewtest.Refused(t, ask, map[string]string{``: "which chart?", `a b`: "one chart at a time", `"no id"`: "is no id of a chart", `https://app.amplitude.com/analytics/org/dashboard/x`: "names no saved chart", `https://app.amplitude.com/analytics/org/chart/new`: "names no saved chart", `../../x`: "names no saved chart"})
}

func series() api.Chart {
	r := api.Chart{Title: text.New("Plays"), Heads: []text.Raw{text.New("Segment")}}
	for i := range 2 {
		day := time.Date(2026, 11, 23+i, 0, 0, 0, 0, time.UTC)
		r.Times, r.X = append(r.Times, day), append(r.X, text.New(day.Format(time.DateOnly)))
	}
	r.Rows = []api.ChartRow{{Names: []text.Raw{text.New("iOS")}, Values: []float64{5, 2}}, {Names: []text.Raw{text.New("Web")}, Values: []float64{1, math.NaN()}}}
	return r
}

func funnel() api.Chart {
	return api.Chart{
		Heads: []text.Raw{text.New("Segment"), text.New("Steps")}, X: []text.Raw{text.New("Users"), text.New("Rate")},
		Rows: []api.ChartRow{{Names: []text.Raw{text.New("All"), text.New("1 A")}, Values: []float64{10, 1}}, {Names: []text.Raw{text.New("All"), text.New("2 B")}, Values: []float64{5, 0.5}}},
	}
}

func list() api.Chart {
	return api.Chart{
		Heads: []text.Raw{text.New("User")}, X: []text.Raw{text.New("Plan"), text.New("Age")},
		Rows: []api.ChartRow{{Names: []text.Raw{text.New("u")}, Values: []float64{math.NaN(), 7}, Words: []text.Raw{text.New("pro"), text.New("7")}}},
	}
}

// What a chart is, is seen by its table; what cannot be drawn says so.
func TestAChartIsDrawnAsWhatItIs(t *testing.T) {
	for name, c := range map[string]struct {
		got  api.Chart
		face Face
		as   Face
		why  string
	}{
		"dates":          {series(), autoFace, lineFace, ""},
		"steps":          {funnel(), autoFace, barFace, ""},
		"steps as lines": {funnel(), lineFace, barFace, "the points are no dates: there is no line between them"},
		"a list":         {list(), autoFace, tableFace, "not all cells are numbers: this is a table"},
		"a list as bars": {list(), barFace, tableFace, "not all cells are numbers: this is a table"},
		"a table":        {list(), tableFace, tableFace, ""},
		"nothing":        {api.Chart{}, autoFace, tableFace, ""},
	} {
		r := newAnswer(c.got, viewtest.Tuesday(), nil)
		if as, why := r.face(c.face), r.why(c.face); as != c.as || why != c.why {
			t.Errorf("%s is drawn as %s, %q; want %s, %q", name, as, why, c.as, c.why)
		}
	}
	r := newAnswer(funnel(), viewtest.Tuesday(), nil)
	if next, ok := r.next(autoFace); next != tableFace || !ok {
		t.Errorf("behind bars come %s, %v", next, ok)
	}
	r = newAnswer(list(), viewtest.Tuesday(), nil)
	if next, ok := r.next(autoFace); ok {
		t.Errorf("a list is drawn as %s", next)
	}
	if drawn := r.picture(autoFace, nil).Draw(60, 4, theme.Plain()); !strings.Contains(drawn, "pro") || !strings.Contains(drawn, "7") {
		t.Errorf("%s", drawn)
	}
	r = newAnswer(series(), viewtest.Tuesday(), nil)
	if f := r.figures(); f[0].Value != 2 || f[1].Value != 5 || f[1].Of != "iOS, 2026-11-23" {
		t.Errorf("%+v; today is not over", f)
	}
	doc, err := json.Marshal(r.data())
	if want := `{"title":"Plays","heads":["Segment"],"x":["2026-11-23","2026-11-24"],"incomplete":[false,true],"rows":[{"names":["iOS"],"values":[5,2]},{"names":["Web"],"values":[1,null]}]}`; err != nil || string(doc) != want {
		t.Errorf("%s, %v; want %s", doc, err, want)
	}
}

// By what a chart is grouped, nobody says: with the mask on its names are hidden.
func TestNamesOfASavedChartAreMasked(t *testing.T) {
	r := newAnswer(list(), viewtest.Tuesday(), views.NewMask([]byte("key"), true, nil))
	if drawn := r.picture(autoFace, nil).Draw(60, 4, theme.Plain()); strings.Contains(drawn, "pro") || !strings.Contains(drawn, "text-") {
		t.Errorf("%s", drawn)
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	for _, got := range []api.Chart{{}, series(), funnel(), list(), {Heads: []text.Raw{{}, {}}, Rows: []api.ChartRow{{Names: make([]text.Raw, 2)}}}} {
		for _, face := range faces() {
			r := newAnswer(got, viewtest.Tuesday(), nil)
			var at views.Spot
			at.Over(&r.graph, 3)
			r.picture(face, &at).Draw(80, 20, theme.Plain())
			r.picture(face, nil).Draw(80, 20, theme.Plain())
			r.table(nil).Draw(80, 20, theme.Plain())
			r.figures()
			if _, err := json.Marshal(r.data()); err != nil {
				t.Error(err)
			}
		}
	}
}

// What is not over is marked where it is printed, and the remarks begin with the title.
func TestWhatIsNotOverIsMarkedInPrint(t *testing.T) {
	got := series()
	got.About = []text.Raw{text.New("Totals")}
	r := newAnswer(got, viewtest.Tuesday(), nil)
	if said := strings.Join(r.remarks(), "; "); said != "Plays; Totals; * 2026-11-24 is not over yet" {
		t.Errorf("the remarks are %q", said)
	}
	columns := r.table(nil).Columns
	if last := columns[len(columns)-1].Title; last != "2026-11-24*" || columns[1].Title != "2026-11-23" {
		t.Errorf("the columns are %+v", columns)
	}
	r = newAnswer(got, viewtest.Tuesday().AddDate(0, 0, 7), nil)
	if said := strings.Join(r.remarks(), "; "); said != "Plays; Totals" || r.table(nil).Columns[2].Title != "2026-11-24" {
		t.Errorf("of a chart that is over is said %q", said)
	}
}

func TestTheIDIsFoundInWhatWasPasted(t *testing.T) {
	for line, want := range map[string]string{
		"gl9dulhv": "gl9dulhv",
		"https://app.amplitude.com/analytics/org/chart/gl9dulhv":                  "gl9dulhv",
		"https://app.eu.amplitude.com/analytics/org/chart/gl9dulhv/edit/4x?a=b#c": "gl9dulhv",
		"app.amplitude.com/analytics/org/chart/gl9dulhv/":                         "gl9dulhv",
	} {
		if got := state(t, query.Quote(line)).ID; got != want {
			t.Errorf("%s: %q; want %q", line, got, want)
		}
	}
}
