package revenue

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
	grammar().RoundTrip(f,
		``,
		`--metric arppu --interval week --by country --last 90d`,
		`--metric paying --face heat --from 2026-03 --to yesterday`,
		`--segment 'country is Germany' --segment 'cohort is abc' --interval month --last 6mo --face table`,
	)
}

// grammar is how this view reads and prints a question.
func grammar() viewtest.Grammar[State] {
	return viewtest.Grammar[State]{
		Parse: parse, Link: link,
		Same: func(a, b State) bool {
			return reflect.DeepEqual(link(a), link(b)) && a.Range == b.Range && a.Metric == b.Metric
		},
		Masked: State.masked,
	}
}

func state(t *testing.T, line string) State {
	t.Helper()
	return grammar().State(t, line)
}

func TestWhatCannotBeAskedIsSaidBeforeAnythingIsAsked(t *testing.T) {
	viewtest.Refused(t, ask, map[string]string{
		`Purchase`:                   "revenue is asked with flags only",
		`--metric arp`:               "did you mean arpu?",
		`--last 400d --interval day`: "the last 400d are 400 days: the API answers 365 at most by day",
		`--last 60w`:                 "the API answers 364 at most by week",
		`--by country --by city`:     "groups are by one property",
		`--interval hour`:            "is not one of day, week, month",
	})
}

func TestTheMetricIsAskedInTheNumbersOfTheAPI(t *testing.T) {
	for i, m := range metrics() {
		s := Default()
		s.Metric = m
		a, err := s.Query(viewtest.Tuesday())
		if err != nil || a.query.Values().Get("m") != string(rune('0'+i)) {
			t.Errorf("%s asks %v, %v", m, a.query.Values(), err)
		}
	}
}

// found is two cohorts; the younger has reached day 2 in part and day 7 not at
// all.
func found() api.Revenue {
	days := func(values []float64, complete ...bool) []api.RevenueDay {
		var out []api.RevenueDay
		for i, n := range []int{1, 2, 7, 90} {
			out = append(out, api.RevenueDay{Day: n, Value: values[i], Complete: complete[i]})
		}
		return out
	}
	return api.Revenue{Groups: []api.RevenueGroup{{
		Users: 30, Paid: 5, Amount: 99,
		Combined: days([]float64{1, 2, 1.5, 0}, false, false, false, false),
		Cohorts: []api.RevenueCohort{
			{Time: time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC), Users: 10, Paid: 1, Amount: 9, Days: days([]float64{3, 4, 0, 0}, true, false, false, false)},
			{Time: time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), Users: 20, Paid: 4, Amount: 90, Days: days([]float64{0, 1, 1.5, 0}, true, true, true, false)},
		},
	}}}
}

func TestPendingIsPendingAndZeroIsZero(t *testing.T) {
	s := state(t, "--face heat")
	r := newAnswer(s, found(), nil)
	m := r.triangle(s, &views.Cells{})
	young, old := m.Rows[1].Cells, m.Rows[2].Cells
	if old[0].Text != "0.00" || old[0].Open || old[0].Level != 0 {
		t.Errorf("a certain zero is %+v", old[0])
	}
	if !young[1].Open || young[1].Text != "4.00" || !math.IsNaN(young[1].Level) {
		t.Errorf("a pending number is %+v", young[1])
	}
	if !young[2].Open || young[2].Text != "" {
		t.Errorf("a pending zero is %+v; it is no number yet", young[2])
	}
	if all := m.Rows[0].Cells; all[0].Open || all[0].Text != "1.00" {
		t.Errorf("what all are worth who are so old is %+v; it is no number of a cohort that is too young", all[0])
	}
	if len(m.Heads) != 3 {
		t.Errorf("the columns are %v; of day 90 nothing is known", m.Heads)
	}
	if r.top != 3 {
		t.Errorf("the scale ends at %v; want the largest certain number of a cohort", r.top)
	}
	curve := r.curve(s, &views.Cells{Row: 1})
	if v := curve.Series[1].Values; v[0] != 3 || v[1] != 4 || !math.IsNaN(v[2]) || !curve.Series[1].Open[1] {
		t.Errorf("the curve of the young cohort is %+v", curve.Series[1])
	}
	if !strings.Contains(r.why(), "fall at their end") {
		t.Errorf("why a curve falls: %q", r.why())
	}
	for _, c := range []struct {
		row, col int
		want     string
	}{
		{0, 0, "all new users (30): ARPU 1.00 by day 1, of those so old"},
		{1, 2, "new in the week of 16 Nov 2026 (10): day 7 is pending"},
		{2, 0, "new in the week of 9 Nov 2026 (20): ARPU 0.00 by day 1"},
	} {
		if got := r.readout(s, views.Cells{Row: c.row, Col: c.col}); got != c.want {
			t.Errorf("%q; want %q", got, c.want)
		}
	}
}

func TestTheOlderAnswerIsATimeSeries(t *testing.T) {
	got := api.Revenue{Series: &api.Segmentation{Series: []api.SegmentationSeries{{Values: []float64{5, math.NaN()}, Total: 5}}}}
	for i := range 2 {
		day := time.Date(2026, 11, 23+i, 0, 0, 0, 0, time.UTC)
		got.Series.Times, got.Series.Labels = append(got.Series.Times, day), append(got.Series.Labels, text.New(day.Format(time.DateOnly)))
	}
	got.Open = []bool{false, true}
	s := state(t, "--metric total --interval day")
	r := newAnswer(s, got, nil)
	if line := r.overTime(s, nil); !reflect.DeepEqual(line.Series[0].Open, got.Open) || line.Note != "○: not over yet" {
		t.Errorf("the line is %+v; today is not over", line)
	}
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	if info := s.info(a, &r); !strings.Contains(info, "of all users, not by age") {
		t.Errorf("the head says %q", info)
	}
	if notes := strings.Join(r.remarks(), "; "); !strings.Contains(notes, "/revenue/day") {
		t.Errorf("the notes are %q", notes)
	}
	doc, err := json.Marshal(r.data())
	if want := `{"groups":[],"x":["2026-11-23","2026-11-24"],"series":[{"label":"","values":[5,null],"total":5,"incomplete":[false,true]}]}`; err != nil || string(doc) != want {
		t.Errorf("%s, %v; want %s", doc, err, want)
	}
	for _, face := range faces() {
		s.Face = face
		if picture := r.chart(s, &views.Cells{}).Draw(80, 15, theme.Plain()); strings.Contains(picture, "no data") {
			t.Errorf("%s draws\n%s", face, picture)
		}
	}
}

func TestAnyAnswerDraws(t *testing.T) {
	several := found()
	several.Groups = append(several.Groups, found().Groups[0], api.RevenueGroup{})
	for _, got := range []api.Revenue{{}, {Groups: []api.RevenueGroup{{}}}, {Series: &api.Segmentation{}}, found(), several} {
		for _, line := range []string{"", "--face heat", "--face table", "--by platform", "--by platform --face heat", "--metric paying --face table"} {
			s := state(t, line)
			r := newAnswer(s, got, nil)
			for row := range 4 {
				var rows []int
				for _, g := range r.groups {
					rows = append(rows, len(g.rows))
				}
				at := views.Cells{Row: row, Col: row}
				at.Over(rows, r.shown)
				r.chart(s, &at).Draw(80, 20, theme.Plain())
				r.readout(s, at)
			}
			r.chart(s, nil).Draw(80, 20, theme.Plain())
			r.table(s).Draw(80, 20, theme.Plain())
			if _, err := json.Marshal(r.data()); err != nil {
				t.Error(err)
			}
		}
	}
}

// Where no row of all was sent, as the documentation has it, the cohorts are the
// curves: there is something to see, with a cursor and without.
func TestWithoutARowOfAllTheCohortsAreTheCurves(t *testing.T) {
	got := found()
	got.Groups[0].Combined = nil
	got.Groups[0].Cohorts = append([]api.RevenueCohort{{Time: viewtest.Tuesday(), Users: math.NaN()}}, got.Groups[0].Cohorts...)
	s := Default()
	r := newAnswer(s, got, nil)
	if line := r.curve(s, nil); len(line.Series) != 2 || line.Series[0].Name != "16 Nov 2026" || line.Focus != -1 {
		t.Errorf("the curves are %+v", line)
	}
	for row, focus := range []int{-1, 0, 1} {
		if line := r.curve(s, &views.Cells{Row: row}); len(line.Series) != 2 || line.Focus != focus || line.Cursor != 0 {
			t.Errorf("with the cursor on row %d: %+v", row, line)
		}
	}
}

// That nobody was new is said of nobody only.
func TestNoNumberIsNotNobody(t *testing.T) {
	got := found()
	g := &got.Groups[0]
	for i := range g.Combined {
		g.Combined[i].Value, g.Combined[i].Complete = 0, false
	}
	g.Cohorts = nil
	for users, want := range map[float64]string{
		0: "nobody was new in these dates", 1: "no number yet: what the new user pays is pending", 30: "no number yet: what the 30 new users pay is pending",
	} {
		g.Users = users
		r := newAnswer(Default(), got, nil)
		if picture := r.curve(Default(), nil).Draw(80, 5, theme.Plain()); !strings.Contains(picture, want) {
			t.Errorf("of %v users is said\n%s", users, picture)
		}
	}
}

// Money has its cents, in the legend as in the table.
func TestTheLegendWritesMoneyAsTheTableDoes(t *testing.T) {
	got := found()
	got.Groups[0].Combined[0].Value = 0.68137
	for metric, want := range map[string]string{"arpu": "0.68", "paying": "0.6814"} {
		s := state(t, "--metric "+metric)
		r := newAnswer(s, got, nil)
		if picture := r.curve(s, &views.Cells{}).Draw(80, 15, theme.Plain()); !strings.Contains(picture, want+" ") {
			t.Errorf("%s: no %q in\n%s", metric, want, picture)
		}
	}
}
