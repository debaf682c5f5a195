package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
)

// fact is one event as the slow second computation sees it.
type fact struct {
	at       time.Time
	user     string
	kind     string
	own      map[string]any
	platform string
}

// smallLog is a random log with its facts: few users, few days, so that slow
// computations can check every number.
func smallLog(t *testing.T, seed uint64) (*Server, []fact) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	var facts []fact
	var lines strings.Builder
	for i := range 400 {
		f := fact{
			at:       time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(14*24*3600)) * time.Second),
			user:     fmt.Sprint(r.IntN(25)),
			kind:     []string{"A", "B", "C"}[r.IntN(3)],
			own:      map[string]any{},
			platform: []string{"iOS", "Android"}[r.IntN(2)],
		}
		if r.IntN(3) > 0 {
			f.own["n"] = r.IntN(5)
		}
		if f.kind == "C" && r.IntN(2) == 0 {
			f.own["$revenue"] = 1 + r.IntN(9)
		}
		facts = append(facts, f)
		line, err := json.Marshal(map[string]any{
			"event_type": f.kind, "event_time": f.at.Format(wireTime), "user_id": "u" + f.user, "amplitude_id": json.Number("1000" + f.user),
			"platform": f.platform, "event_properties": f.own, "$insert_id": fmt.Sprint(i),
		})
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(line)
		lines.WriteByte('\n')
	}
	log, report, err := Read("small.json", strings.NewReader(lines.String()))
	if err != nil || report.Events != 400 {
		t.Fatalf("%+v, %v", report, err)
	}
	slices.SortStableFunc(facts, func(a, b fact) int { return a.at.Compare(b.at) })
	now := time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	return &Server{Log: log, Now: func() time.Time { return now }, Zone: berlin}, facts
}

func ask(t *testing.T, s *Server, path string, v url.Values, to any) {
	t.Helper()
	r := httptest.NewRequest("GET", path+"?"+v.Encode(), nil).WithContext(context.Background())
	r.SetBasicAuth("a", "b")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 200 {
		t.Fatalf("%s?%s: %d %s", path, v.Encode(), w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), to); err != nil {
		t.Fatal(err)
	}
}

type segAnswer struct {
	Data struct {
		Series    [][]float64        `json:"series"`
		Labels    []any              `json:"seriesLabels"`
		Collapsed [][]map[string]any `json:"seriesCollapsed"`
		X         []string           `json:"xValues"`
	} `json:"data"`
}

func params(pairs ...string) url.Values {
	v := url.Values{"start": {"20260322"}, "end": {"20260331"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

// slowBucket is the label of a day, hour or week, the obvious way.
func slowBucket(t time.Time, i string) string {
	switch i {
	case "-3600000":
		return t.Format("2006-01-02T15") + ":00:00"
	case "7":
		for t.Weekday() != time.Monday {
			t = t.AddDate(0, 0, -1)
		}
	case "30":
		return t.Format("2006-01") + "-01"
	}
	return t.Format(time.DateOnly)
}

func TestSegmentationEqualsASlowCount(t *testing.T) {
	for seed := range uint64(6) {
		s, facts := smallLog(t, seed)
		for _, i := range []string{"1", "7", "30"} {
			for _, metric := range []string{"uniques", "totals", "average", "pct_dau", "sums", "value_avg"} {
				arg := `{"event_type":"B"}`
				if metric == "sums" || metric == "value_avg" {
					arg = `{"event_type":"B","group_by":[{"type":"event","value":"n"}]}`
				}
				var got segAnswer
				ask(t, s, "/api/2/events/segmentation", params("e", arg, "m", metric, "i", i), &got)
				want, total := slowSeries(facts, s.Zone, got.Data.X, i, metric)
				if len(got.Data.Series) != 1 || !near(got.Data.Series[0], want) || !near([]float64{got.Data.Collapsed[0][0]["value"].(float64)}, []float64{total}) {
					t.Errorf("seed %d, %s by %s: %v and %v; want %v and %v", seed, metric, i, got.Data.Series, got.Data.Collapsed, want, total)
				}
			}
		}
	}
}

func near(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return x-y < 1e-9 && y-x < 1e-9 })
}

func slowSeries(facts []fact, zone *time.Location, x []string, i, metric string) ([]float64, float64) {
	count := func(in func(fact) bool) float64 {
		users, active := map[string]bool{}, map[string]bool{}
		times, sum, counted := 0.0, 0.0, 0.0
		for _, f := range facts {
			if !in(f) {
				continue
			}
			active[f.user] = true
			if f.kind != "B" {
				continue
			}
			users[f.user] = true
			times++
			if n, ok := f.own["n"]; ok {
				sum += float64(n.(int))
				counted++
			}
		}
		div := func(a, b float64) float64 {
			if b == 0 {
				return 0
			}
			return a / b
		}
		return map[string]float64{
			"uniques": float64(len(users)), "totals": times, "average": div(times, float64(len(users))),
			"pct_dau": 100 * div(float64(len(users)), float64(len(active))), "sums": sum, "value_avg": div(sum, counted),
		}[metric]
	}
	inRange := func(f fact) bool {
		d := f.at.In(zone).Format("20060102")
		return d >= "20260322" && d <= "20260331"
	}
	var out []float64
	for _, label := range x {
		out = append(out, count(func(f fact) bool { return inRange(f) && slowBucket(f.at.In(zone), i) == label }))
	}
	return out, count(inRange)
}

func TestGroupsAddUpWhereTheyMust(t *testing.T) {
	for seed := range uint64(5) {
		s, _ := smallLog(t, seed)
		var whole, parts segAnswer
		ask(t, s, "/api/2/events/segmentation", params("e", `{"event_type":"_all"}`, "m", "totals"), &whole)
		ask(t, s, "/api/2/events/segmentation", params("e", `{"event_type":"_all"}`, "m", "totals", "g", "platform"), &parts)
		for i := range whole.Data.X {
			sum := 0.0
			for _, series := range parts.Data.Series {
				sum += series[i]
			}
			if sum != whole.Data.Series[0][i] {
				t.Errorf("seed %d: the groups of %s add up to %v of %v", seed, whole.Data.X[i], sum, whole.Data.Series[0][i])
			}
		}
		ask(t, s, "/api/2/events/segmentation", params("e", `{"event_type":"_all"}`, "m", "uniques", "g", "platform"), &parts)
		ask(t, s, "/api/2/events/segmentation", params("e", `{"event_type":"_all"}`, "m", "uniques"), &whole)
		total := whole.Data.Collapsed[0][0]["value"].(float64)
		most, sum := 0.0, 0.0
		for _, c := range parts.Data.Collapsed {
			v := c[0]["value"].(float64)
			most, sum = max(most, v), sum+v
		}
		if most > total || sum < total {
			t.Errorf("seed %d: unique users %v of groups %v", seed, total, parts.Data.Collapsed)
		}
		if days := slices.Max(whole.Data.Series[0]); days > total {
			t.Errorf("seed %d: a day has %v users of %v", seed, days, total)
		}
	}
}

func TestFiltersAreTheTenOperators(t *testing.T) {
	s, facts := smallLog(t, 4)
	for op, holds := range map[string]func(n int, set bool) bool{
		"is":               func(n int, set bool) bool { return set && n == 2 },
		"is not":           func(n int, set bool) bool { return !set || n != 2 },
		"contains":         func(n int, set bool) bool { return set && n == 2 },
		"does not contain": func(n int, set bool) bool { return !set || n != 2 },
		"less":             func(n int, set bool) bool { return set && n < 2 },
		"less or equal":    func(n int, set bool) bool { return set && n <= 2 },
		"greater":          func(n int, set bool) bool { return set && n > 2 },
		"greater or equal": func(n int, set bool) bool { return set && n >= 2 },
		"set is":           func(n int, set bool) bool { return set && n == 2 },
		"set is not":       func(n int, set bool) bool { return !set || n != 2 },
	} {
		var got segAnswer
		ask(t, s, "/api/2/events/segmentation", params("m", "totals", "e",
			`{"event_type":"_all","filters":[{"subprop_type":"event","subprop_key":"n","subprop_op":"`+op+`","subprop_value":["2"]}]}`), &got)
		want := 0.0
		for _, f := range facts {
			n, set := f.own["n"].(int)
			if d := f.at.In(s.Zone).Format("20060102"); d >= "20260322" && d <= "20260331" && holds(n, set) {
				want++
			}
		}
		if got := got.Data.Collapsed[0][0]["value"].(float64); got != want {
			t.Errorf("%s: %v events; want %v", op, got, want)
		}
	}
}
