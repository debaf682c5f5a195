package demo

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"slices"
	"testing"
	"time"
)

const funnelPath = "/api/2/funnels"

type funnelAnswer struct {
	Data []struct {
		Raw     []float64 `json:"cumulativeRaw"`
		Label   string    `json:"groupValue"`
		Events  []string  `json:"events"`
		Median  []float64 `json:"medianTransTimes"`
		Average []float64 `json:"avgTransTimes"`
		Days    struct {
			X        []string    `json:"xValues"`
			Series   [][]float64 `json:"series"`
			Complete []bool      `json:"isComplete"`
		} `json:"dayFunnels"`
		Bins struct {
			Steps []struct {
				Bins []struct {
					Dist struct {
						Uniques float64 `json:"uniques"`
					} `json:"bin_dist"`
				} `json:"bins"`
			} `json:"step_bins"`
		} `json:"stepTransTimeDistribution"`
	} `json:"data"`
	Series  int  `json:"numSeries"`
	Limited bool `json:"hitChunkGroupByLimit"`
}

// slowStep is a step as its parameter and as a predicate.
type slowStep struct {
	arg string
	is  func(fact) bool
}

func ofKind(kind string) slowStep {
	return slowStep{`{"event_type":"` + kind + `"}`, func(f fact) bool { return kind == "_all" || f.kind == kind }}
}

func withNumber(kind string, n int) slowStep {
	return slowStep{
		fmt.Sprintf(`{"event_type":%q,"filters":[{"subprop_type":"event","subprop_key":"n","subprop_op":"is","subprop_value":["%d"]}]}`, kind, n),
		func(f fact) bool { return f.kind == kind && f.own["n"] == n },
	}
}

// slowFunnel follows every try of every user, by recursion over all choices.
func slowFunnel(facts []fact, s *Server, steps []slowStep, mode string, window time.Duration, day string) []float64 {
	users := map[string][]fact{}
	for _, f := range facts {
		users[f.user] = append(users[f.user], f)
	}
	out := make([]float64, len(steps))
	for _, events := range users {
		best := 0
		for i, first := range events {
			d := first.at.In(s.Zone).Format(time.DateOnly)
			if d < "2026-03-22" || d > "2026-03-31" || first.at.After(s.Now()) || day != "" && d != day {
				continue
			}
			best = max(best, furthest(events, i, first.at.Add(window), s.Now(), steps, mode))
		}
		for k := range best {
			out[k]++
		}
	}
	return out
}

func furthest(events []fact, i int, end, now time.Time, steps []slowStep, mode string) int {
	if len(steps) == 0 || events[i].at.After(end) || events[i].at.After(now) {
		return 0
	}
	best := 0
	for k, step := range steps {
		if mode != "unordered" && k > 0 || !step.is(events[i]) {
			continue
		}
		rest := slices.Delete(slices.Clone(steps), k, k+1)
		reached := 1
		for j := i + 1; j < len(events); j++ {
			if mode == "sequential" && j > i+1 {
				break
			}
			reached = max(reached, 1+furthest(events, j, end, now, rest, mode))
		}
		best = max(best, reached)
	}
	return best
}

func TestFunnelsEqualASlowCount(t *testing.T) {
	for seed := range uint64(4) {
		s, facts := smallLog(t, seed)
		for name, steps := range map[string][]slowStep{
			"apart":    {ofKind("A"), ofKind("B"), ofKind("C")},
			"mixed":    {ofKind("A"), withNumber("A", 1), ofKind("B")},
			"the same": {ofKind("B"), ofKind("B"), ofKind("B")},
			"anything": {ofKind("_all"), withNumber("C", 2), withNumber("A", 3)},
			"one step": {ofKind("C")},
		} {
			for _, mode := range []string{"ordered", "unordered", "sequential"} {
				for _, hours := range []int{24, 96} {
					v := params("mode", mode, "cs", fmt.Sprint(hours*3600))
					for _, step := range steps {
						v.Add("e", step.arg)
					}
					var got funnelAnswer
					ask(t, s, funnelPath, v, &got)
					window := time.Duration(hours) * time.Hour
					if want := slowFunnel(facts, s, steps, mode, window, ""); !slices.Equal(got.Data[0].Raw, want) {
						t.Errorf("seed %d, %s, %s in %d hours: %v; want %v", seed, name, mode, hours, got.Data[0].Raw, want)
					}
					for i, day := range got.Data[0].Days.X {
						if want := slowFunnel(facts, s, steps, mode, window, day); !slices.Equal(got.Data[0].Days.Series[i], want) {
							t.Errorf("seed %d, %s, %s in %d hours on %s: %v; want %v", seed, name, mode, hours, day, got.Data[0].Days.Series[i], want)
						}
					}
				}
			}
		}
	}
}

func TestAFunnelsTimesAreThoseOfItsSteps(t *testing.T) {
	now := time.Date(2026, 3, 30, 12, 0, 0, 0, time.UTC)
	s := serverOf(t, now,
		event("A", "2026-03-22 10:00:00.000000", "1", `{}`),
		event("B", "2026-03-22 10:00:10.000000", "1", `{}`),
		event("C", "2026-03-22 10:01:10.000000", "1", `{}`),
		event("A", "2026-03-23 10:00:00.000000", "2", `{}`),
		event("B", "2026-03-23 10:00:30.000000", "2", `{}`),
		event("A", "2026-03-29 10:00:00.000000", "3", `{}`),
	)
	var got funnelAnswer
	ask(t, s, funnelPath, params("e", `{"event_type":"A"}`, "e", `{"event_type":"B"}`, "e", `{"event_type":"C"}`, "cs", "86400"), &got)
	g := got.Data[0]
	if want := []float64{70000, 20000, 60000}; !slices.Equal(g.Median, want) || !slices.Equal(g.Average, want) {
		t.Errorf("median %v, average %v; want %v", g.Median, g.Average, want)
	}
	for k, step := range g.Bins.Steps {
		n := 0.0
		for _, b := range step.Bins {
			n += b.Dist.Uniques
		}
		if n != g.Raw[k] {
			t.Errorf("step %d: %v times of %v users", k, n, g.Raw[k])
		}
	}
	// The window of those who began on the day before now is not over.
	if want := []bool{true, true, true, true, true, true, true, false, false, false}; !slices.Equal(g.Days.Complete, want) {
		t.Errorf("complete %v; want %v", g.Days.Complete, want)
	}
	ask(t, s, funnelPath, params("e", `{"event_type":"B"}`, "e", `{"event_type":"A"}`), &got)
	if g := got.Data[0]; !slices.Equal(g.Median, []float64{-1, -1}) || !slices.Equal(g.Average, []float64{-1, -1}) {
		t.Errorf("nobody took %v, %v", g.Median, g.Average)
	}
}

func TestFunnelGroupsSegmentsAndNewUsers(t *testing.T) {
	s, facts := smallLog(t, 2)
	steps := []string{"e", `{"event_type":"A"}`, "e", `{"event_type":"B"}`}
	var phones, grouped, cut, fresh funnelAnswer
	ask(t, s, funnelPath, params(append(steps, "s", `[{"prop":"platform","op":"is","values":["iOS"]}]`)...), &phones)
	ask(t, s, funnelPath, params(append(steps, "g", "platform")...), &grouped)
	ask(t, s, funnelPath, params(append(steps, "g", "platform", "limit", "1")...), &cut)
	ask(t, s, funnelPath, params(append(steps, "n", "new")...), &fresh)
	for _, g := range grouped.Data {
		if g.Label == "iOS" && !slices.Equal(g.Raw, phones.Data[0].Raw) {
			t.Errorf("the group iOS is %v, the segment %v", g.Raw, phones.Data[0].Raw)
		}
	}
	if grouped.Series != 2 || grouped.Limited || cut.Series != 1 || !cut.Limited {
		t.Errorf("%d groups, cut %v; with a limit of one %d, cut %v", grouped.Series, grouped.Limited, cut.Series, cut.Limited)
	}
	first := map[string]time.Time{}
	for _, f := range facts {
		if _, ok := first[f.user]; !ok {
			first[f.user] = f.at
		}
	}
	var young []fact
	for _, f := range facts {
		if d := first[f.user].In(s.Zone).Format("20060102"); d >= "20260322" && d <= "20260331" {
			young = append(young, f)
		}
	}
	if want := slowFunnel(young, s, []slowStep{ofKind("A"), ofKind("B")}, "ordered", 30*24*time.Hour, ""); !slices.Equal(fresh.Data[0].Raw, want) {
		t.Errorf("new users %v; want %v", fresh.Data[0].Raw, want)
	}
	var nobody funnelAnswer
	ask(t, s, funnelPath, params(append(steps, "s", `[{"prop":"platform","op":"is","values":["Nokia"]}]`)...), &nobody)
	if nobody.Data == nil || len(nobody.Data) != 0 || nobody.Series != 0 {
		t.Errorf("a funnel of nobody: %+v", nobody)
	}
}

func TestFunnelsOfOneBusyUserAreQuick(t *testing.T) {
	b := newBuilder()
	for i := range 200000 {
		b.append(record{
			at: time.Date(2026, 3, 22, 0, 0, 0, 0, time.UTC).UnixMicro() + int64(i)*1e6, kind: b.name([]string{"A", "B"}[i%2]),
			user: b.person(1), session: -1,
		})
	}
	s := &Server{Log: b.done(), Now: func() time.Time { return time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) }, Zone: time.UTC}
	for _, mode := range []string{"ordered", "unordered", "sequential"} {
		begin := time.Now()
		var got funnelAnswer
		ask(t, s, funnelPath, params("mode", mode, "e", `{"event_type":"A"}`, "e", `{"event_type":"B"}`, "e", `{"event_type":"_all"}`), &got)
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("%s took %v", mode, took)
		}
		if !slices.Equal(got.Data[0].Raw, []float64{1, 1, 1}) {
			t.Errorf("%s: %v", mode, got.Data[0].Raw)
		}
	}
}

func TestAFunnelsStepsAreNamedWithTheirFilters(t *testing.T) {
	s, _ := smallLog(t, 1)
	var got funnelAnswer
	ask(t, s, funnelPath, params("e", `{"event_type":"A","filters":[{"subprop_type":"event","subprop_key":"n","subprop_op":"is","subprop_value":["1","2"]},{"subprop_type":"user","subprop_key":"platform","subprop_op":"is","subprop_value":["iOS"]}]}`), &got)
	if want := "A (1, 2) (iOS)"; got.Data[0].Events[0] != want {
		t.Errorf("%q; want %q", got.Data[0].Events[0], want)
	}
}

// TestAFunnelHasTheLiveKeys compares with an answer that the live API sent. How
// often the step before was done is not counted.
func TestAFunnelHasTheLiveKeys(t *testing.T) {
	b, err := os.ReadFile("../testdata/funnels-2step-3days-recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	var live, ours struct {
		Data []map[string]any `json:"data"`
	}
	if err := json.Unmarshal(b, &live); err != nil {
		t.Fatal(err)
	}
	s, _ := smallLog(t, 1)
	ask(t, s, funnelPath, params("e", `{"event_type":"A"}`, "e", `{"event_type":"B"}`), &ours)
	for key, value := range live.Data[0] {
		if slices.Contains([]string{"avgPrevStepCounts", "medianPrevStepCounts", "stepPrevStepCountDistribution"}, key) {
			continue
		}
		mine, ok := ours.Data[0][key]
		if !ok || fmt.Sprintf("%T", mine) != fmt.Sprintf("%T", value) {
			t.Errorf("%s is %T; live it is %T", key, mine, value)
		}
	}
	if first := ours.Data[0]["cumulative"].([]any)[0].(float64); math.Abs(first-1) > 1e-12 {
		t.Errorf("the first step is %v of itself", first)
	}
}
