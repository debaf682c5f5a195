package demo

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

type retentionAnswer struct {
	Data struct {
		Series []struct {
			Dates    []string          `json:"dates"`
			Values   map[string][]cell `json:"values"`
			Combined []cell            `json:"combined"`
		} `json:"series"`
	} `json:"data"`
}

func counts(row []cell) []int {
	out := make([]int, len(row))
	for i, c := range row {
		out[i] = c.Count
	}
	return out
}

// retentionCase is a question and how the slow count sees it.
type retentionCase struct{ start, mode, interval string }

func retentionCases() []retentionCase {
	var out []retentionCase
	for _, mode := range []string{"", "rolling", "bracket"} {
		for _, start := range []string{"A", "_new"} {
			for _, interval := range []string{"1", "7", "30"} {
				out = append(out, retentionCase{start, mode, interval})
			}
		}
	}
	return out
}

func TestRetentionEqualsASlowCount(t *testing.T) {
	for seed := range uint64(4) {
		s, facts := smallLog(t, seed)
		for _, c := range retentionCases() {
			v := params("se", `{"event_type":"`+c.start+`"}`, "re", `{"event_type":"B"}`, "i", c.interval)
			if c.mode != "" {
				v.Set("rm", c.mode)
			}
			if c.mode == "bracket" {
				v.Set("rb", "[[0,2],[2,5]]")
			}
			var got retentionAnswer
			ask(t, s, "/api/2/retention", v, &got)
			series := got.Data.Series[0]
			everybody := map[string]bool{}
			for _, label := range series.Dates {
				row := series.Values[label]
				want, users := slowCohort(facts, s, label, c, len(row)-1)
				if !slices.Equal(counts(row), want) {
					t.Errorf("seed %d, %+v, %s: %v; want %v", seed, c, label, counts(row), want)
				}
				for _, u := range users {
					everybody[u] = true
				}
			}
			if n := series.Combined[0].Count; n != len(everybody) {
				t.Errorf("seed %d, %+v: %d users in all; want %d", seed, c, n, len(everybody))
			}
		}
	}
}

// slowStart finds the event that begins a user's clock in a cohort, or -1.
func slowStart(events []fact, s *Server, label string, c retentionCase) int {
	for k, f := range events {
		at := f.at.In(s.Zone)
		day := at.Format("20060102")
		if day < "20260322" || day > "20260331" || c.start != "_new" && f.kind != c.start {
			if c.start == "_new" {
				return -1
			}
			continue
		}
		cohort := at
		layout := "Jan 2, 2006"
		if c.interval == "7" {
			for cohort.Weekday() != time.Monday {
				cohort = cohort.AddDate(0, 0, -1)
			}
		} else if c.interval == "30" {
			layout = "Jan 2006"
		}
		if cohort.Format(layout) == label {
			return k
		}
		if c.start == "_new" {
			return -1
		}
	}
	return -1
}

// slowSteps is how many whole days, weeks or 30 days lie between two times,
// rounded down as the API rounds.
func slowSteps(from, to time.Time, zone *time.Location, interval string) int {
	from, to = from.In(zone), to.In(zone)
	if interval == "1" {
		return int(to.Truncate(time.Hour).Sub(from.Truncate(time.Hour)).Hours()) / 24
	}
	days := 0
	for d := from; d.Format(time.DateOnly) != to.Format(time.DateOnly); d = d.AddDate(0, 0, 1) {
		days++
	}
	return days / map[string]int{"7": 7, "30": 30}[interval]
}

func slowCohort(facts []fact, s *Server, label string, c retentionCase, width int) (row []int, members []string) {
	row = make([]int, width+1)
	users := map[string][]fact{}
	for _, f := range facts {
		if !f.at.After(s.Now()) {
			users[f.user] = append(users[f.user], f)
		}
	}
	for name, events := range users {
		begin := slowStart(events, s, label, c)
		if begin < 0 {
			continue
		}
		members = append(members, name)
		row[0]++
		for n := range width {
			in := func(steps int) bool { return steps == n }
			if c.mode == "rolling" {
				in = func(steps int) bool { return steps >= n }
			} else if c.mode == "bracket" {
				b := [][2]int{{0, 2}, {2, 5}}[n]
				in = func(steps int) bool { return steps >= b[0] && steps < b[1] }
			}
			if slices.ContainsFunc(events[begin:], func(f fact) bool {
				return f.kind == "B" && in(slowSteps(events[begin].at, f.at, s.Zone, c.interval))
			}) {
				row[n+1]++
			}
		}
	}
	return row, members
}

func TestTheLastTwoDaysOfACohortAreIncomplete(t *testing.T) {
	s, _ := smallLog(t, 1)
	var got retentionAnswer
	ask(t, s, "/api/2/retention", params("se", `{"event_type":"A"}`, "re", `{"event_type":"_all"}`), &got)
	for label, row := range got.Data.Series[0].Values {
		for k, c := range row {
			if want := k > 0 && k >= len(row)-2; c.Incomplete != want {
				t.Errorf("%s, cell %d of %d: incomplete is %v", label, k, len(row), c.Incomplete)
			}
		}
	}
}

func TestRollingRetentionIsNeverLess(t *testing.T) {
	for seed := range uint64(4) {
		s, _ := smallLog(t, seed)
		var exact, rolling retentionAnswer
		v := params("se", `{"event_type":"A"}`, "re", `{"event_type":"_active"}`)
		ask(t, s, "/api/2/retention", v, &exact)
		v.Set("rm", "rolling")
		ask(t, s, "/api/2/retention", v, &rolling)
		for label, row := range exact.Data.Series[0].Values {
			for k, c := range row {
				if more := rolling.Data.Series[0].Values[label][k]; more.Count < c.Count {
					t.Errorf("seed %d, %s: rolling %v under n-day %v", seed, label, more, c)
				}
			}
		}
	}
}

func TestTheCombinedRowLeavesYoungCohortsOut(t *testing.T) {
	s, facts := smallLog(t, 3)
	var got retentionAnswer
	ask(t, s, "/api/2/retention", params("se", `{"event_type":"_new"}`, "re", `{"event_type":"B"}`), &got)
	series := got.Data.Series[0]
	for k := 1; k < len(series.Combined); k++ {
		count, of, complete := 0, 0, false
		for _, row := range series.Values {
			complete = complete || k < len(row) && !row[k].Incomplete
		}
		for _, row := range series.Values {
			if k < len(row) && row[k].Incomplete != complete {
				// With _new everybody is in one cohort, so that they add up.
				count, of = count+row[k].Count, of+row[k].Of
			}
		}
		if c := series.Combined[k]; c.Count != count || c.Of != of || c.Incomplete == complete {
			t.Errorf("cell %d: %+v; want %d of %d, complete %v", k, c, count, of, complete)
		}
	}
	if len(facts) == 0 || len(series.Combined) < 3 {
		t.Error(fmt.Sprint("too little to see anything: ", series.Combined))
	}
}

func TestDayZeroOfNewUsersIsTheWholeCohort(t *testing.T) {
	s, _ := smallLog(t, 1)
	var got retentionAnswer
	ask(t, s, "/api/2/retention", params("se", `{"event_type":"_new"}`, "re", `{"event_type":"_all"}`), &got)
	people := 0
	for label, row := range got.Data.Series[0].Values {
		people += row[0].Count
		if len(row) > 1 && row[1].Count != row[0].Count {
			t.Errorf("%s: %d of %d on day 0", label, row[1].Count, row[0].Count)
		}
	}
	if people == 0 || got.Data.Series[0].Combined[0].Count != people {
		t.Errorf("%d new users, combined %+v", people, got.Data.Series[0].Combined[0])
	}
}
