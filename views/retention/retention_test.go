package retention

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/query"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f,
		``,
		`_new "Song Played" --last 12w --interval week --mode rolling`,
		`"A[event:x is y]" B --brackets 0,1-7,8-14 --by gp:plan --counts`,
		`_active _all --mode bracket --brackets 0-30 --face trend`,
		`A B --segment 'country is Germany' --segment 'cohort is abc' --from '1 mar'`,
		`-- -x $'Evil\x1b'`,
	)
}

// grammar is how this view reads and prints a question.
func grammar() viewtest.Grammar[State] {
	return viewtest.Grammar[State]{
		Parse: parse, Link: link,
		Same: func(a, b State) bool {
			return reflect.DeepEqual(link(a), link(b)) && reflect.DeepEqual(a.Brackets, b.Brackets) && a.Mode == b.Mode &&
				query.EqualEvents([]api.Event{a.Start, a.Return}, []api.Event{b.Start, b.Return})
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
		`Purchase`:                           "a start event and a return event, and Purchase is one only: write retention _new Purchase",
		`A B C`:                              "not 3 events",
		`'' B`:                               "the start event: an event has no name",
		`A _new`:                             "nobody comes back as a new user",
		`A B --mode bracket`:                 "--brackets 0,1-7,8-14",
		`A B --brackets 0-5,3-9`:             "brackets 0-5 and 3-9 overlap",
		`A B --brackets 8-14,1-7`:            "out of order",
		`A B --brackets 7-1`:                 "write 1-7",
		`A B --brackets x`:                   "x is no span of days",
		`A B --brackets 0,,3`:                "is no span of days",
		`A B --brackets 0-3 --interval week`: "brackets are spans of days, not of weeks: ask by day",
		`A B --mode n-day --brackets 0-3`:    "drop --mode n-day or --brackets",
		`A B --brackets 0-3 --mode n-day`:    "drop --mode n-day or --brackets",
		`A B --mode rolling --brackets 0-3`:  "brackets need mode bracket",
		`A B --mode nday`:                    "did you mean n-day?",
		`A B --last 400d`:                    "the last 400d are 400 days: the API answers 365 at most by day",
		`A B --interval hour`:                "is not one of day, week, month",
		`"A[by x]" B`:                        "group the users with --by",
		`A B --by country --by city`:         "groups are by one property",
	})
}

func TestTheQuestionIsWhatTheStateSays(t *testing.T) {
	for _, c := range []struct{ line, rm, rb, i string }{
		{"_new _active", "", "", "1"}, // the live API refuses the documented n-day
		{"_new A --mode rolling --interval week", "rolling", "", "7"},
		{"_new A --brackets 0,1-7,8-14", "bracket", "[[0,1],[1,8],[8,15]]", "1"},
		{"_new A --interval month --last 6mo", "", "", "30"},
	} {
		a, err := state(t, c.line).Query(viewtest.Tuesday())
		if err != nil {
			t.Fatalf("%s: %v", c.line, err)
		}
		v := a.query.Values()
		if v.Get("rm") != c.rm || v.Get("rb") != c.rb || v.Get("i") != c.i || v.Has("rm") != (c.rm != "") {
			t.Errorf("%s: %v", c.line, v)
		}
	}
}

func cellsOf(counts ...float64) []api.RetentionCell {
	out := make([]api.RetentionCell, len(counts))
	for i, n := range counts {
		out[i] = api.RetentionCell{Count: n, Of: counts[0]}
	}
	return out
}

// found is three cohorts of which the youngest two cells are not over.
func found() api.Retention {
	g := api.RetentionGroup{Users: 300, Combined: cellsOf(300, 90, 30, 20)}
	g.Combined[3].Incomplete = true
	for i, cells := range [][]api.RetentionCell{cellsOf(100, 99), cellsOf(0, 0, 0), cellsOf(200, 60, 20, 15)} {
		day := time.Date(2026, 11, 24-i, 0, 0, 0, 0, time.UTC)
		g.Cohorts = append(g.Cohorts, api.RetentionCohort{Time: day, Label: text.New(day.Format("Jan 2")), Size: cells[0].Count, Cells: cells})
	}
	g.Cohorts[0].Cells[0].Incomplete, g.Cohorts[0].Cells[1].Incomplete = true, true
	g.Cohorts[2].Cells[3].Incomplete = true
	return api.Retention{Groups: []api.RetentionGroup{g}}
}

func TestWhatIsNotOverIsOutsideOfTheColours(t *testing.T) {
	s := Default()
	r := newAnswer(s, found(), nil)
	if r.top != 0.3 {
		t.Errorf("the scale ends at %v; want the 30%% of day 1 that are certain", r.top)
	}
	m := r.triangle(s, &views.Cells{})
	young := m.Rows[1].Cells
	if !young[1].Open || !math.IsNaN(young[1].Level) || young[1].Text != "99%" {
		t.Errorf("a cell that is not over is %+v", young[1])
	}
	if nobody := m.Rows[2].Cells[1]; nobody.Text != "–" || !math.IsNaN(nobody.Level) {
		t.Errorf("a rate of nobody is %+v", nobody)
	}
	if sure := m.Rows[3].Cells[1]; sure.Open || sure.Level != 1 || sure.Text != "30%" {
		t.Errorf("a certain cell is %+v", sure)
	}
	if len(m.Rows[1].Cells) != 2 || len(m.Rows[3].Cells) != 4 || m.Frozen != 1 || m.Rows[0].Name != "all cohorts" {
		t.Errorf("the triangle is %+v", m)
	}
	s.Counts = true
	if got := r.triangle(s, &views.Cells{}).Rows[3].Cells[1]; got.Text != "60" || got.Level != 1 {
		t.Errorf("as a count it is %+v", got)
	}
}

func TestACellIsReadOutInWords(t *testing.T) {
	s := Default()
	r := newAnswer(s, found(), nil)
	for _, c := range []struct {
		line     string
		row, col int
		want     string
	}{
		{"", 0, 1, "all cohorts: 90 of 300 users (30%) were active on day 1"},
		{"", 1, 1, "cohort of Tue 24 Nov: 99 of 100 users (99%) were active on day 1, not over yet"},
		{"", 1, 3, "cohort of Tue 24 Nov: day 3 is still to come"},
		{"", 2, 1, "cohort of Mon 23 Nov: nobody, so there is no rate for day 1"},
		{"_new 'Song Played' --mode rolling --interval week", 3, 2, "week of 22 Nov 2026: 20 of 200 users (10%) did Song Played in week 2 or later"},
		{"_new _all --brackets 0,1-7,8-14,15-30", 3, 2, "cohort of Sun 22 Nov: 20 of 200 users (10%) came back on days 8 to 14"},
	} {
		s := state(t, c.line)
		r = newAnswer(s, found(), nil)
		if got := r.readout(s, views.Cells{Row: c.row, Col: c.col}); got != c.want {
			t.Errorf("%s: %q; want %q", c.line, got, c.want)
		}
	}
}

func TestCurveAndTrendAreOfTheSameNumbers(t *testing.T) {
	s := Default()
	r := newAnswer(s, found(), nil)
	curve := r.curve(s, &views.Cells{Row: 3, Col: 1})
	if v := curve.Series[0].Values; !reflect.DeepEqual(v, []float64{1, 0.3, 0.1, 20.0 / 300}) || !curve.Series[0].Open[3] {
		t.Errorf("the curve of all is %+v", curve.Series[0])
	}
	if v := curve.Series[1].Values; v[1] != 0.3 || curve.Focus != 1 {
		t.Errorf("the curve of a cohort is %+v", curve.Series[1])
	}
	trend := r.trend(s, &views.Cells{Row: 3, Col: 1})
	day1 := trend.Series[0]
	if day1.Name != "day 1" || day1.Values[0] != 0.3 || !math.IsNaN(day1.Values[1]) || day1.Values[2] != 0.99 || !day1.Open[2] {
		t.Errorf("the trend of day 1 is %+v; want oldest first, a gap for nobody", day1)
	}
	if trend.Cursor != 0 || len(trend.Axis.Times) != 3 || !trend.Axis.Times[0].Before(trend.Axis.Times[2]) {
		t.Errorf("the axis is %+v, cursor %d", trend.Axis, trend.Cursor)
	}
}

func TestNoRowOfAllIsSaidAndNotMadeUp(t *testing.T) {
	got := found()
	got.Groups[0].Combined = nil
	s := Default()
	r := newAnswer(s, got, nil)
	if notes := strings.Join(r.remarks(), "; "); !strings.Contains(notes, "no row of all cohorts") {
		t.Errorf("the notes are %q", notes)
	}
	if rows := r.triangle(s, &views.Cells{}).Rows; rows[0].Name == "all cohorts" {
		t.Error("a row of all cohorts was made up")
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	several := found()
	several.Groups = append(several.Groups, found().Groups[0], api.RetentionGroup{})
	for _, got := range []api.Retention{{}, {Groups: []api.RetentionGroup{{}}}, found(), several} {
		for _, line := range []string{"", "--face curve", "--face trend", "--by platform", "--by platform --face trend", "--by platform --face curve", "--brackets 0-3"} {
			s := state(t, line)
			r := newAnswer(s, got, nil)
			for row := range 5 {
				at := views.Cells{Row: row, Col: row}
				var rows []int
				for _, g := range r.groups {
					rows = append(rows, len(g.rows))
				}
				at.Over(rows, len(r.heads))
				r.chart(s, &at).Draw(80, 20, theme.Plain())
				r.readout(s, at)
			}
			var c charts.Chart = r.chart(s, nil)
			c.Draw(80, 20, theme.Plain())
			r.table(s).Draw(80, 20, theme.Plain())
		}
	}
}

func TestWithoutARowOfAllTheCohortsAreTheCurves(t *testing.T) {
	got := found()
	got.Groups[0].Combined = nil
	s := Default()
	r := newAnswer(s, got, nil)
	if line := r.curve(s, nil); len(line.Series) != 3 || line.Series[2].Values[1] != 0.3 || line.Focus != -1 {
		t.Errorf("the curves are %+v", line)
	}
	if line := r.curve(s, &views.Cells{Row: 2, Col: 1}); len(line.Series) != 3 || line.Focus != 2 || line.Cursor != 1 {
		t.Errorf("with the cursor on the oldest: %+v", line)
	}
}

// What nobody did so far is no rate of nothing: the day is not over.
func TestWhatIsNotOverIsNeverNothing(t *testing.T) {
	s := Default()
	r := newAnswer(s, found(), nil)
	for _, c := range []struct {
		cell   api.RetentionCell
		counts bool
		want   string
	}{
		{api.RetentionCell{Count: 0, Of: 9, Incomplete: true}, false, ""},
		{api.RetentionCell{Count: 0, Of: 9, Incomplete: true}, true, "0"},
		{api.RetentionCell{Count: 1, Of: 9, Incomplete: true}, false, "11%"},
		{api.RetentionCell{Count: 0, Of: 9}, false, "0%"},
		{api.RetentionCell{Count: 1, Of: 8}, false, "13%"}, // 12.5, and 37.5 is 38 too
		{api.RetentionCell{Count: 3, Of: 8}, false, "38%"},
	} {
		s.Counts = c.counts
		if got := r.cell(s, c.cell); got.Text != c.want || got.Open != c.cell.Incomplete {
			t.Errorf("%+v is %+v; want %q", c.cell, got, c.want)
		}
	}
	rows := row{cells: []api.RetentionCell{{Count: 0, Of: 9, Incomplete: true}, {Count: 0, Of: 9}}}
	for n, want := range []string{"", "0%"} {
		if cell := rows.line(n, "", "").Cells[5]; cell.Text != want || cell.Number != 0 {
			t.Errorf("in the table stands %+v; want %q", cell, want)
		}
	}
}

func TestTheHeadSaysWhatComingBackIs(t *testing.T) {
	for line, want := range map[string]string{
		"": "26 Oct to 24 Nov 2026 · back on day N", "--interval month --last 3mo": "1 Sep to 24 Nov 2026 · back in month N",
		"--mode rolling --interval week --last 3w": "9 Nov to 24 Nov 2026 · in week N or later", "--brackets 0-7": "26 Oct to 24 Nov 2026 · within spans of days",
	} {
		s := state(t, line)
		a, err := s.Query(viewtest.Tuesday())
		if err != nil || s.info(a) != want {
			t.Errorf("%s: %q, %v; want %q", line, s.info(a), err, want)
		}
	}
}

// A key press draws one group, however many there are.
func BenchmarkTriangleOfManyGroups(b *testing.B) {
	var got api.Retention
	for range 300 {
		g := api.RetentionGroup{Combined: cellsOf(make([]float64, 30)...)}
		for i := range 30 {
			g.Cohorts = append(g.Cohorts, api.RetentionCohort{Time: viewtest.Tuesday().AddDate(0, 0, -i), Cells: cellsOf(make([]float64, i+1)...)})
		}
		got.Groups = append(got.Groups, g)
	}
	s := Default()
	r := newAnswer(s, got, nil)
	for b.Loop() {
		r.triangle(s, &views.Cells{Group: 150}).Draw(80, 20, theme.Plain())
	}
}
