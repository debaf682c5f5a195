package demo

import (
	"fmt"
	"math"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

const segmentationPath = "/api/2/events/segmentation"

// status asks and gives the status and the body.
func status(s *Server, path string, v url.Values) (int, string) {
	r := httptest.NewRequest("GET", path+"?"+v.Encode(), nil)
	r.SetBasicAuth("a", "b")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Code, w.Body.String()
}

// total is the range's total of a series.
func (a segAnswer) total(i int) float64 { return a.Data.Collapsed[i][0]["value"].(float64) }

// logOf makes a log of lines.
func logOf(t *testing.T, lines ...string) *Log {
	t.Helper()
	l, _, err := Read("lines", strings.NewReader(strings.Join(lines, "\n")))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func serverOf(t *testing.T, now time.Time, lines ...string) *Server {
	t.Helper()
	return &Server{Log: logOf(t, lines...), Now: func() time.Time { return now }, Zone: time.UTC}
}

func TestRollingReachesBackBeforeTheRange(t *testing.T) {
	s, facts := smallLog(t, 3)
	daily := func(day time.Time) (n float64) {
		for _, f := range facts {
			if f.kind == "A" && f.at.In(s.Zone).Format(time.DateOnly) == day.Format(time.DateOnly) {
				n++
			}
		}
		return n
	}
	var users, average, totals segAnswer
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "rollingWindow", "3"), &users)
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "rollingAverage", "3", "m", "totals"), &average)
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "rollingWindow", "3", "m", "totals"), &totals)
	for i, label := range users.Data.X {
		day, err := time.ParseInLocation(time.DateOnly, label, s.Zone)
		if err != nil {
			t.Fatal(err)
		}
		from := day.AddDate(0, 0, -2).Format(time.DateOnly)
		seen, sum := map[string]bool{}, 0.0
		for back := range 3 {
			sum += daily(day.AddDate(0, 0, -back))
		}
		for _, f := range facts {
			if d := f.at.In(s.Zone).Format(time.DateOnly); f.kind == "A" && d >= from && d <= label {
				seen[f.user] = true
			}
		}
		if got := users.Data.Series[0][i]; got != float64(len(seen)) {
			t.Errorf("%s has %v users in three days; want %d", label, got, len(seen))
		}
		if got := totals.Data.Series[0][i]; got != sum {
			t.Errorf("%s has %v events in three days; want %v", label, got, sum)
		}
		if got := average.Data.Series[0][i]; math.Abs(got-sum/3) > 1e-9 {
			t.Errorf("%s has %v events a day; want %v", label, got, sum/3)
		}
	}
	var plain segAnswer
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`), &plain)
	if users.total(0) != plain.total(0) {
		t.Errorf("the range has %v users with a rolling window, %v without", users.total(0), plain.total(0))
	}
}

func TestHoursOfTheDayTheClocksChange(t *testing.T) {
	s, facts := smallLog(t, 2)
	var got segAnswer
	v := params("e", `{"event_type":"_all"}`, "m", "totals", "i", "-3600000")
	v.Set("start", "20260328")
	v.Set("end", "20260330")
	ask(t, s, segmentationPath, v, &got)
	if len(got.Data.X) != 71 {
		t.Fatalf("three days, one of 23 hours, have %d hours", len(got.Data.X))
	}
	for i, label := range got.Data.X {
		want := 0.0
		for _, f := range facts {
			if slowBucket(f.at.In(s.Zone), "-3600000") == label {
				want++
			}
		}
		if got.Data.Series[0][i] != want {
			t.Errorf("%s: %v; want %v", label, got.Data.Series[0][i], want)
		}
	}
}

func TestNothingOfTheFutureIsCounted(t *testing.T) {
	s, facts := smallLog(t, 1)
	now := time.Date(2026, 3, 27, 15, 0, 0, 0, time.UTC)
	s.Now = func() time.Time { return now }
	var got segAnswer
	ask(t, s, segmentationPath, params("e", `{"event_type":"_all"}`, "m", "totals"), &got)
	want := 0.0
	for _, f := range facts {
		if !f.at.After(now) && f.at.In(s.Zone).Format("20060102") >= "20260322" {
			want++
		}
	}
	if got.total(0) != want || len(got.Data.X) != 10 || got.Data.Series[0][9] != 0 {
		t.Errorf("%v events over %v: %v; want %v", got.total(0), got.Data.X, got.Data.Series, want)
	}
	for _, m := range []string{"total", "paying"} {
		var paid segAnswer
		ask(t, s, "/api/2/revenue/day", params("m", m), &paid)
		if last := paid.Data.Series[0][9]; last != 0 {
			t.Errorf("%s of tomorrow is %v", m, last)
		}
	}
}

func TestAnEmptySegmentKeepsItsPlace(t *testing.T) {
	s, _ := smallLog(t, 1)
	nobody := `[{"prop":"platform","op":"is","values":["Nokia"]}]`
	phones := `[{"prop":"platform","op":"is","values":["iOS"]}]`
	var got segAnswer
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "s", nobody, "s", phones), &got)
	if len(got.Data.Series) != 2 || got.total(0) != 0 || got.total(1) == 0 {
		t.Errorf("nobody beside iOS: %v %v", got.Data.Labels, got.Data.Collapsed)
	}
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "s", nobody), &got)
	if len(got.Data.Series) != 0 || len(got.Data.X) != 10 {
		t.Errorf("nobody alone: %v", got.Data)
	}
	ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "s", nobody, "g", "platform"), &got)
	if len(got.Data.Series) != 0 {
		t.Errorf("groups of nobody: %v", got.Data.Labels)
	}
}

func event(kind, at, user, own string) string {
	return fmt.Sprintf(`{"event_type":%q,"event_time":%q,"amplitude_id":%s,"event_properties":%s}`, kind, at, user, own)
}

func TestOneTextIsOneGroup(t *testing.T) {
	s := serverOf(t, time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC),
		event("A", "2026-03-22 10:00:00.000000", "1", `{"n":1,"m":"x"}`),
		event("A", "2026-03-22 11:00:00.000000", "2", `{"n":"1","m":"x"}`),
		event("A", "2026-03-22 12:00:00.000000", "3", `{"n":1.0,"m":"y"}`),
		event("A", "2026-03-22 13:00:00.000000", "4", `{"n":null}`),
	)
	var got segAnswer
	ask(t, s, segmentationPath, params("e", `{"event_type":"A","group_by":[{"type":"event","value":"n"}]}`), &got)
	if want := []any{[]any{0.0, "1"}, []any{0.0, "(none)"}}; fmt.Sprint(got.Data.Labels) != fmt.Sprint(want) || got.total(0) != 3 {
		t.Errorf("groups %v with %v", got.Data.Labels, got.Data.Collapsed)
	}
	ask(t, s, segmentationPath, params("e", `{"event_type":"A","group_by":[{"type":"event","value":"n"},{"type":"event","value":"m"}]}`), &got)
	if want := []any{[]any{0.0, "1; x"}, []any{0.0, "(none); (none)"}, []any{0.0, "1; y"}}; fmt.Sprint(got.Data.Labels) != fmt.Sprint(want) {
		t.Errorf("pairs %v", got.Data.Labels)
	}
	filter := `{"event_type":"A","filters":[{"subprop_type":"event","subprop_key":"n","subprop_op":"is","subprop_value":["1.00"]}]}`
	ask(t, s, segmentationPath, params("e", filter, "m", "totals"), &got)
	if got.total(0) != 2 {
		t.Errorf("%v events have the number 1.00; the text is another", got.total(0))
	}
	unset := `{"event_type":"A","filters":[{"subprop_type":"event","subprop_key":"n","subprop_op":"is","subprop_value":["(none)"]}]}`
	ask(t, s, segmentationPath, params("e", unset, "m", "totals"), &got)
	if got.total(0) != 1 {
		t.Errorf("%v events have no n", got.total(0))
	}
}

func TestAPrunedAnswerSaysSo(t *testing.T) {
	s, _ := smallLog(t, 1)
	for limit, want := range map[string]bool{"1": true, "2": false, "5000": false} {
		var got struct {
			segAnswer
			Limited bool `json:"hitChunkGroupByLimit"`
		}
		ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "g", "platform", "limit", limit), &got)
		if got.Limited != want || len(got.Data.Series) > 2 || want && len(got.Data.Series) != 1 {
			t.Errorf("limit %s: %d series, cut %v", limit, len(got.Data.Series), got.Limited)
		}
	}
}

func TestManyGroupsAreCountedInBoundedRoom(t *testing.T) {
	var lines []string
	for i := range mostTallied + 50 {
		lines = append(lines, event("A", "2026-03-22 10:00:00.000000", fmt.Sprint(i), fmt.Sprintf(`{"n":"v%d"}`, i)))
	}
	lines = append(lines, event("A", "2026-03-22 11:00:00.000000", "1", `{"n":"v1"}`))
	s := serverOf(t, time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC), lines...)
	var got struct {
		segAnswer
		Limited bool `json:"hitChunkGroupByLimit"`
	}
	ask(t, s, segmentationPath, params("e", `{"event_type":"A","group_by":[{"type":"event","value":"n"}]}`, "m", "totals"), &got)
	if len(got.Data.Series) != 100 || !got.Limited || fmt.Sprint(got.Data.Labels[0]) != "[0 v1]" || got.total(0) != 2 {
		t.Errorf("%d series, cut %v, first %v with %v", len(got.Data.Series), got.Limited, got.Data.Labels[0], got.total(0))
	}
}

func TestAHistogramCountsTheValues(t *testing.T) {
	s, facts := smallLog(t, 2)
	var got segAnswer
	ask(t, s, segmentationPath, params("e", `{"event_type":"B","group_by":[{"type":"event","value":"n"}]}`, "m", "histogram"), &got)
	want := map[string]float64{}
	for _, f := range facts {
		if n, ok := f.own["n"]; ok && f.kind == "B" && f.at.In(s.Zone).Format("20060102") >= "20260322" && f.at.In(s.Zone).Format("20060102") <= "20260331" {
			want[fmt.Sprint(n)]++
		}
	}
	for i, x := range got.Data.X {
		if got.Data.Series[0][i] != want[x] {
			t.Errorf("%s: %v; want %v", x, got.Data.Series[0][i], want[x])
		}
	}
	if len(got.Data.X) != len(want) {
		t.Errorf("values %v; want %v", got.Data.X, want)
	}
}

func TestWideHistogramsHaveTenSpans(t *testing.T) {
	values := map[float64]bool{}
	for i := range 101 {
		values[float64(i)] = true
	}
	labels, find := spans(values)
	if len(labels) != 10 || labels[0] != "0 to 10" || find(0) != 0 || find(10) != 1 || find(99.9) != 9 || find(100) != 9 {
		t.Errorf("%v: 10 in %d, 100 in %d", labels, find(10), find(100))
	}
}

// TestWhoPerformedIsCountedSlowly checks the conditions on what users have done
// in all four spans of time.
func TestWhoPerformedIsCountedSlowly(t *testing.T) {
	s, facts := smallLog(t, 5)
	day := func(f fact) time.Time {
		at := f.at.In(s.Zone)
		return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, s.Zone)
	}
	for kind, within := range map[string]func(did, when fact) bool{
		"allTime":         func(fact, fact) bool { return true },
		"currentInterval": func(did, when fact) bool { return day(did).Equal(day(when)) },
		"forEachInterval": func(did, when fact) bool {
			return !day(did).After(day(when)) && day(did).After(day(when).AddDate(0, 0, -3))
		},
		"rolling": func(did, _ fact) bool {
			d := did.at.In(s.Zone).Format("20060102")
			return d >= "20260329" && d <= "20260331"
		},
	} {
		for _, op := range []string{">=", "=", "<"} {
			segment := fmt.Sprintf(`[{"type":"event","event_type":"C","filters":[],"op":%q,"value":2,"time_type":%q,"time_value":3}]`, op, kind)
			var got segAnswer
			ask(t, s, segmentationPath, params("e", `{"event_type":"A"}`, "m", "totals", "s", segment), &got)
			want := 0.0
			for _, f := range facts {
				if d := f.at.In(s.Zone).Format("20060102"); f.kind != "A" || d < "20260322" || d > "20260331" {
					continue
				}
				n := 0
				for _, did := range facts {
					if did.kind == "C" && did.user == f.user && !did.at.After(s.Now()) && within(did, f) {
						n++
					}
				}
				if op == ">=" && n >= 2 || op == "=" && n == 2 || op == "<" && n < 2 {
					want++
				}
			}
			total := 0.0
			if len(got.Data.Collapsed) > 0 {
				total = got.total(0)
			}
			if total != want {
				t.Errorf("%s %s 2: %v events; want %v", kind, op, total, want)
			}
		}
	}
}
