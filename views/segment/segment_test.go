package segment

import (
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
	"amptui/views/viewtest"
)

func FuzzStateRoundTrip(f *testing.F) {
	grammar().RoundTrip(f,
		``,
		`"Song Played" --by platform --where 'country is Germany, France' --last 30d --vs prev`,
		`"Song Played" Purchase --metric formula --formula 'UNIQUES(B)/UNIQUES(A)' --last 12w --interval week`,
		`"A[event:x is y][by event:z]" --metric sums --limit 5 --hide 'a b' --hide c --log --fit`,
		`-- -x --from '1 mar' --to yesterday`,
		`X --segment 'country is Germany; gp:plan is "a;b"' --segment 'cohort is abc' --complete --users active`,
		`$'Evil\x1b' --rolling-average 7 --face table`,
		`X --where 'performed "Y[event:a is b]" >= 3 in 30d'`,
	)
}

// same compares two states by their text, and what has no text by value.
func same(a, b State) bool {
	return reflect.DeepEqual(link(a), link(b)) && a.Range == b.Range && a.Interval == b.Interval &&
		query.EqualEvents(a.Events, b.Events) && a.Limit == b.Limit && a.Formula == b.Formula
}

// grammar is how this view reads and prints a question.
func grammar() viewtest.Grammar[State] {
	return viewtest.Grammar[State]{
		Parse: parse, Link: link,
		Same:   same,
		Masked: State.masked,
	}
}

func state(t *testing.T, line string) State {
	t.Helper()
	return grammar().State(t, line)
}

func TestOnlyWhatDiffersFromTheDefaultIsPrinted(t *testing.T) {
	s := state(t, `"Song Played" --last 30d --interval day --metric uniques --limit 100 --face line`)
	if got := link(s).Line(); got != `segment "Song Played"` {
		t.Errorf("the line is %s", got)
	}
	fresh := Default()
	if got := link(fresh).Line(); got != "segment" {
		t.Errorf("a fresh line is %s", got)
	}
}

func TestWhatCannotBeAskedIsSaidBeforeAnythingIsAsked(t *testing.T) {
	viewtest.Refused(t, ask, map[string]string{
		`A B C`:                                 "one event or two",
		`A --metric sums`:                       "[by NAME]",
		`A --metric formula`:                    "--formula",
		`A --formula 'UNIQUES(A)'`:              "--metric formula",
		`A --by country --by city --by version`: "two properties at most",
		`A --by country --segment 'os is iOS' --segment 'os is Android'`: "cannot be grouped",
		`A --limit 2000`:                           "between 1 and 1000",
		`A --interval wek`:                         "did you mean week?",
		`A --metrc totals`:                         "did you mean --metric?",
		`A --where 'contry is x'`:                  "did you mean country?",
		`A --rolling-average 7 --rolling-window 7`: "exclude each other",
		`A --by os --by os`:                        "os is given twice",
		`A --log=maybe`:                            "not true or false",
	})
	s := state(t, "A --from 2026-03-09 --to 2026-03-01")
	if _, err := s.Query(viewtest.Tuesday()); err == nil || !strings.Contains(err.Error(), "swap") {
		t.Errorf("a range that ends before it begins: %v", err)
	}
}

func datesOf(q api.SegmentationQuery) string {
	return q.Dates.Start.Format(time.DateOnly) + " " + q.Dates.End.Format(time.DateOnly)
}

func TestTheQueryCoversWhatTheStateSays(t *testing.T) {
	for _, c := range []struct{ line, dates, before, note string }{
		{"A", "2026-10-26 2026-11-24", "", ""},
		{"A --vs prev", "2026-10-26 2026-11-24", "2026-09-21 2026-10-20", ""},
		{"A --last 7d --vs prev", "2026-11-18 2026-11-24", "2026-11-11 2026-11-17", ""},
		{"A --last 12w --interval week --vs prev", "2026-09-07 2026-11-24", "2026-06-15 2026-09-01", ""},
		{"A --last 6mo --interval month --vs prev", "2026-06-01 2026-11-24", "2025-12-01 2026-05-31", ""},
		{"A --complete", "2026-10-26 2026-11-23", "", ""},
		{"A --complete --last 12w --interval week", "2026-09-07 2026-11-22", "", ""},
		{"A --complete --last 6mo --interval month", "2026-06-01 2026-10-31", "", ""},
		{"A --interval hour", "2026-11-18 2026-11-24", "", "7 days at most"},
		{"A --from 2020-01-01 --to 2026-11-24", "2025-11-25 2026-11-24", "", "365 days at most"},
		{"A --from 2024-01-01 --to 2024-12-31 --interval month", "2024-01-01 2024-12-31", "", ""},
	} {
		a, err := state(t, c.line).Query(viewtest.Tuesday())
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		if got := datesOf(a.query); got != c.dates {
			t.Errorf("%s asks for %s; want %s", c.line, got, c.dates)
		}
		if c.before != "" && datesOf(*a.before) != c.before {
			t.Errorf("%s compares with %s; want %s", c.line, datesOf(*a.before), c.before)
		}
		if (c.note == "") != (a.note == "") || !strings.Contains(a.note, c.note) {
			t.Errorf("%s notes %q; want %q", c.line, a.note, c.note)
		}
	}
}

func TestThePeriodBeforeIsAlignedByWeekdayAndDoesNotOverlap(t *testing.T) {
	for n := 1; n <= 100; n++ {
		s := Default()
		s.Range.Last.N, s.Compare = n, previous
		a, err := s.Query(viewtest.Tuesday())
		if err != nil {
			t.Fatal(err)
		}
		now, was := a.query.Dates, a.before.Dates
		if now.Start.Weekday() != was.Start.Weekday() || now.Len() != was.Len() || !was.End.Before(now.Start) {
			t.Errorf("%d days: %v is compared with %v", n, now, was)
		}
	}
}

// answered is an answer of daily values up to the Tuesday, and two days on.
func answered(values ...float64) *api.Segmentation {
	s := &api.Segmentation{Series: []api.SegmentationSeries{{Values: values, Total: 99}}}
	for i := range values {
		day := time.Date(2026, 11, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i-len(values)+1)
		s.Times = append(s.Times, day)
		s.Labels = append(s.Labels, text.New(day.Format(time.DateOnly)))
	}
	return s
}

func TestUnfinishedAndFutureAreNotNumbers(t *testing.T) {
	s := state(t, "A --from 2026-11-22 --to 2026-11-26")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	r := newAnswer(s, a, found{now: answered(5, 0, 3, 0, 0)}, nil)
	line := r.series[0]
	if line.values[1] != 0 || r.open[0] || r.open[1] {
		t.Errorf("a zero of the past: %v, open %v", line.values, r.open)
	}
	if line.values[2] != 3 || !r.open[2] || math.Abs(r.progress-14.5/24) > 1e-9 {
		t.Errorf("today: %v, open %v, progress %v", line.values, r.open, r.progress)
	}
	if len(line.values) != 3 || len(r.times) != 3 || len(r.labels) != 3 || line.total != 99 {
		t.Errorf("with the future: %v of %v, total %v", line.values, r.times, line.total)
	}
	if got := r.unfinished(s, a); got != "Tue 24 Nov: 60% of the day" {
		t.Errorf("the last bucket says %q", got)
	}
	if got := r.lastComplete(); got != 1 {
		t.Errorf("the last complete point is %d", got)
	}
}

func TestABucketThatTheRangeCutsThroughIsNotWhole(t *testing.T) {
	s := state(t, "A --from 2026-11-11 --to 2026-11-18 --interval week")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	got := answered(1, 2)
	got.Times = []time.Time{time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC), time.Date(2026, 11, 16, 0, 0, 0, 0, time.UTC)}
	r := newAnswer(s, a, found{now: got}, nil)
	if !r.open[0] || !r.open[1] {
		t.Errorf("open is %v; both weeks are cut", r.open)
	}
}

func TestTotalsAreTheApisOwn(t *testing.T) {
	s := state(t, "A --from 2026-11-22 --to 2026-11-26 --vs prev")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	was := answered(2, 2)
	for i := range was.Times {
		was.Times[i] = api.AddDays(was.Times[i], -7)
	}
	was.Series[0].Total = 66
	r := newAnswer(s, a, found{now: answered(5, 4, 3, 0, 0), before: was}, nil)
	if r.series[0].total != 99 {
		t.Errorf("the total is %v; the API says 99", r.series[0].total)
	}
	if got := r.series[0].previous; len(got) != 3 || got[1] != 2 || !math.IsNaN(got[2]) {
		t.Errorf("the period before is %v; want two values and a gap", got)
	}
	// The change beside two totals is theirs, whatever the last day did.
	if got := r.changeOf(r.series[0], -1); got != 0.5 {
		t.Errorf("the change is %v; want that of the totals, 99 over 66", got)
	}
	if got := r.heads(s, -1); got[1] != "change so far" {
		t.Errorf("the change of dates that are not over is called %q", got[1])
	}
	if r.shares(s) {
		t.Error("one series has no share")
	}
}

func TestUniquesAreNotStacked(t *testing.T) {
	s := state(t, "A --by platform --face stacked")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	two := answered(1, 2)
	two.Series = append(two.Series, two.Series[0])
	r := newAnswer(s, a, found{now: two}, nil)
	if notes := strings.Join(r.notes, " "); !strings.Contains(notes, "cannot be stacked") {
		t.Errorf("the notes are %q", notes)
	}
}

func TestFortyEightHoursAreFortyEightHours(t *testing.T) {
	s := state(t, "A --last 48h --interval hour")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	got := &api.Segmentation{Series: []api.SegmentationSeries{{Total: 7}}}
	for h := a.query.Dates.Start; h.Before(a.query.Dates.End.AddDate(0, 0, 1)); h = h.Add(time.Hour) {
		got.Times = append(got.Times, h)
		got.Labels = append(got.Labels, text.New(h.Format(time.RFC3339)))
		got.Series[0].Values = append(got.Series[0].Values, 1)
	}
	r := newAnswer(s, a, found{now: got}, nil)
	counted := 0
	for _, v := range r.series[0].values {
		if !math.IsNaN(v) {
			counted++
		}
	}
	if counted != 48 || !math.IsNaN(r.series[0].total) {
		t.Errorf("%d hours, total %v; want 48 and no total, for the API's is of more hours", counted, r.series[0].total)
	}
}

// Names of groups and the points of a histogram are values of users: they are
// shown through the mask, and hidden by their real names all the same.
func TestAnswersAreShownThroughTheMask(t *testing.T) {
	m := views.NewMask([]byte("key"), true, nil)
	s := state(t, `X --by gp:name --hide Ada`)
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	got := answered(5, 4, 3, 0, 0)
	got.Series[0].Grouped, got.Series[0].Label = true, text.New("Ada")
	r := newAnswer(s, a, found{now: got}, m)
	if one := r.series[0]; !s.hidden(one.name) || one.shown == one.name || !strings.HasPrefix(one.shown.Safe(), "text-") {
		t.Errorf("the series is %s, shown as %s", one.name, one.shown)
	}
	if line := link(s.masked(m)).Line(); strings.Contains(line, "Ada") || !strings.Contains(line, "--hide series-") {
		t.Errorf("the line is %s", line)
	}
	s = state(t, `"X[by event:amount]" --metric histogram`)
	if a, err = s.Query(viewtest.Tuesday()); err != nil {
		t.Fatal(err)
	}
	got = answered(5, 4)
	got.Times, got.Labels = nil, []text.Raw{text.New("123456"), text.New("(none)")}
	r = newAnswer(s, a, found{now: got}, m)
	if !strings.HasPrefix(r.labels[0].Safe(), "number-") || r.labels[1].Safe() != "(none)" {
		t.Errorf("the points are %v", r.labels)
	}
}

// The server keeps answers for hours: what was not over when it computed one is not
// over in it, and no check trips on it, however late it is here.
func TestWhatWasNotOverWhenItWasComputedIsNotOver(t *testing.T) {
	s := state(t, "A --from 2026-11-20 --to 2026-11-24 --vs prev")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	got := answered(8, 7, 6, 5, 4, 0, 0)
	got.Meta.Computed, got.Meta.Cached = time.Date(2026, 11, 23, 6, 0, 0, 0, time.UTC), true
	before := answered(8, 7, 6, 5)
	for i := range before.Times {
		before.Times[i] = time.Date(2026, 11, 13+i, 0, 0, 0, 0, time.UTC)
	}
	before.Meta.Computed = time.Date(2026, 11, 15, 6, 0, 0, 0, time.UTC)
	r := newAnswer(s, a, found{now: got, before: before}, nil)
	if r.open[0] || r.open[2] || !r.open[3] || !r.open[len(r.open)-1] {
		t.Errorf("open is %v of %v", r.open, r.times)
	}
	if said := r.unfinished(s, a); said != "Mon 23 Nov: 25% of the day" {
		t.Errorf("the last bucket says %q", said)
	}
	if was := r.series[0].previous; was[1] != 7 || !math.IsNaN(was[2]) || !math.IsNaN(was[3]) {
		t.Errorf("before it was %v; its third day was not over", was)
	}
	for _, f := range r.figures(s) {
		if f.Name == "total" && f.Open == "" || f.Name == "value" && (f.Value != 6 || !math.IsNaN(f.Before)) {
			t.Errorf("a check may trip on %+v", f)
		}
	}
}
