package demo

import (
	"fmt"
	"math"
	"testing"
	"time"
)

type ltvAnswer struct {
	Data struct {
		Labels []any `json:"seriesLabels"`
		Series []struct {
			Dates    []string                      `json:"dates"`
			Values   map[string]map[string]float64 `json:"values"`
			Complete map[string]map[string]bool    `json:"complete"`
			Combined map[string]float64            `json:"combined"`
			Done     map[string]bool               `json:"combined_complete"`
		} `json:"series"`
	} `json:"data"`
}

// slowUser is a user as the slow second computation of lifetime value sees it.
type slowUser struct {
	first    time.Time
	platform string
	paid     map[time.Time]float64
}

func slowUsers(facts []fact, s *Server) []slowUser {
	users := map[string]*slowUser{}
	var out []slowUser
	for _, f := range facts {
		if f.at.After(s.Now()) {
			continue
		}
		if users[f.user] == nil {
			users[f.user] = &slowUser{f.at, f.platform, map[time.Time]float64{}}
		}
		if money, ok := f.own["$revenue"]; ok {
			users[f.user].paid[f.at] += float64(money.(int))
		}
	}
	for _, u := range users {
		if d := u.first.In(s.Zone).Format("20060102"); d >= "20260322" && d <= "20260331" {
			out = append(out, *u)
		}
	}
	return out
}

// slowWorth is the metric of some users after n days.
func slowWorth(users []slowUser, now time.Time, metric, n int) float64 {
	old, payers, money := 0.0, 0.0, 0.0
	for _, u := range users {
		end := u.first.Add(time.Duration(n) * 24 * time.Hour)
		if end.After(now) {
			continue
		}
		old++
		paid := false
		for at, m := range u.paid {
			if at.Before(end) {
				money += m
				paid = true
			}
		}
		if paid {
			payers++
		}
	}
	return []float64{money / max(old, 1), money / max(payers, 1), money, payers}[metric]
}

func TestLifetimeValueEqualsASlowCount(t *testing.T) {
	for seed := range uint64(4) {
		s, facts := smallLog(t, seed)
		// Everybody is new within the log, so that there is something to count.
		facts = facts[60:]
		var lines []string
		for i, f := range facts {
			own := "{}"
			if m, ok := f.own["$revenue"]; ok {
				own = fmt.Sprintf(`{"$revenue":%v}`, m)
			}
			lines = append(lines, fmt.Sprintf(`{"event_type":%q,"event_time":%q,"amplitude_id":1%s,"platform":%q,"$insert_id":"%d","event_properties":%s}`,
				f.kind, f.at.Format(wireTime), f.user, f.platform, i, own))
		}
		s.Log = logOf(t, lines...)
		users := slowUsers(facts, s)
		for metric := range 4 {
			var got ltvAnswer
			ask(t, s, "/api/2/revenue/ltv", params("m", fmt.Sprint(metric)), &got)
			series := got.Data.Series[0]
			for _, label := range append(series.Dates, "combined") {
				row, cohort := series.Values[label], []slowUser{}
				for _, u := range users {
					if u.first.In(s.Zone).Format("Jan 2") == label || label == "combined" {
						cohort = append(cohort, u)
					}
				}
				if label == "combined" {
					row = series.Combined
				}
				for _, n := range ltvDays() {
					if want := slowWorth(cohort, s.Now(), metric, n); math.Abs(row[dayKey(n)]-want) > 1e-9 {
						t.Errorf("seed %d, metric %d, %s after %d days: %v; want %v", seed, metric, label, n, row[dayKey(n)], want)
					}
				}
				checkCohort(t, label, row, cohort)
			}
			for label, done := range series.Complete {
				day, _ := time.ParseInLocation("Jan 2 2006", label+" 2026", s.Zone)
				for _, n := range ltvDays() {
					end := midnight(day.Year(), day.Month(), day.Day()+1, s.Zone).Add(time.Duration(n) * 24 * time.Hour)
					if want := !end.After(s.Now()); done[dayKey(n)] != want {
						t.Errorf("%s after %d days is complete: %v", label, n, !want)
					}
				}
			}
		}
	}
}

func checkCohort(t *testing.T, label string, row map[string]float64, cohort []slowUser) {
	t.Helper()
	paid, amount := 0.0, 0.0
	for _, u := range cohort {
		for _, m := range u.paid {
			amount += m
		}
		if len(u.paid) > 0 {
			paid++
		}
	}
	if row["count"] != float64(len(cohort)) || row["paid"] != paid || row["total_amount"] != amount {
		t.Errorf("%s: %v of %v users paid %v; want %v of %d, %v", label, row["paid"], row["count"], row["total_amount"], paid, len(cohort), amount)
	}
}

func TestYearsOfCohortsHaveNamesOfTheirOwn(t *testing.T) {
	now := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	s := serverOf(t, now,
		event("A", "2024-09-03 10:00:00", "1", `{"$revenue":5}`),
		event("A", "2025-09-03 10:00:00", "2", `{"$revenue":7}`),
	)
	v := params("i", "30", "m", "2")
	v.Set("start", "20240101")
	v.Set("end", "20251231")
	var got ltvAnswer
	ask(t, s, "/api/2/revenue/ltv", v, &got)
	values := got.Data.Series[0].Values
	if len(values) != 24 || values["2024-09-01"]["total_amount"] != 5 || values["2025-09-01"]["total_amount"] != 7 {
		t.Errorf("%d cohorts, %v", len(values), values)
	}
	var retained retentionAnswer
	v.Set("se", `{"event_type":"_new"}`)
	v.Set("re", `{"event_type":"_all"}`)
	ask(t, s, "/api/2/retention", v, &retained)
	if rows := retained.Data.Series[0].Values; len(rows) != 24 || rows["Sep 2024"][0].Count != 1 || rows["Sep 2025"][0].Count != 1 {
		t.Errorf("%d cohorts", len(rows))
	}
}

func TestGroupsOfNewUsersAddUp(t *testing.T) {
	s := &Server{Log: store(), Now: storeNow, Zone: time.UTC}
	v := params("m", "2")
	v.Set("start", "20261001")
	v.Set("end", "20261031")
	var whole, parts ltvAnswer
	ask(t, s, "/api/2/revenue/ltv", v, &whole)
	v.Set("g", "platform")
	ask(t, s, "/api/2/revenue/ltv", v, &parts)
	users, amount := 0.0, 0.0
	for i, series := range parts.Data.Series {
		users, amount = users+series.Combined["count"], amount+series.Combined["total_amount"]
		if _, ok := parts.Data.Labels[i].(string); !ok {
			t.Errorf("label %v", parts.Data.Labels[i])
		}
	}
	combined := whole.Data.Series[0].Combined
	if users != combined["count"] || math.Abs(amount-combined["total_amount"]) > 1e-6 || users == 0 || amount == 0 {
		t.Errorf("groups of %v users and %v; whole %v", users, amount, combined)
	}
}

func TestRevenueOfEachDayEqualsASlowCount(t *testing.T) {
	for seed := range uint64(3) {
		s, facts := smallLog(t, seed)
		var got [4]segAnswer
		for k, m := range []string{"total", "paying", "arpu", "arppu"} {
			ask(t, s, "/api/2/revenue/day", params("m", m), &got[k])
		}
		for i, label := range got[0].Data.X {
			money, payers, active := 0.0, map[string]bool{}, map[string]bool{}
			for _, f := range facts {
				if f.at.In(s.Zone).Format(time.DateOnly) != label {
					continue
				}
				active[f.user] = true
				if m, ok := f.own["$revenue"]; ok {
					money += float64(m.(int))
					payers[f.user] = true
				}
			}
			want := []float64{money, float64(len(payers)), ratio(money, float64(len(active))), ratio(money, float64(len(payers)))}
			for k := range got {
				if v := got[k].Data.Series[0][i]; math.Abs(v-want[k]) > 1e-9 {
					t.Errorf("seed %d, %s, metric %d: %v; want %v", seed, label, k, v, want[k])
				}
			}
		}
	}
}

func TestActiveAndNewUsersEqualASlowCount(t *testing.T) {
	s, facts := smallLog(t, 2)
	facts = facts[50:]
	var lines []string
	for i, f := range facts {
		lines = append(lines, fmt.Sprintf(`{"event_type":%q,"event_time":%q,"amplitude_id":1%s,"platform":%q,"$insert_id":"%d"}`, f.kind, f.at.Format(wireTime), f.user, f.platform, i))
	}
	s.Log = logOf(t, lines...)
	phones := `[{"prop":"platform","op":"is","values":["iOS"]}]`
	for _, kind := range []string{"active", "new"} {
		var got segAnswer
		ask(t, s, "/api/2/users", params("m", kind, "s", "[]", "s", phones), &got)
		for i, label := range got.Data.X {
			var want [2]map[string]bool
			for k := range want {
				want[k] = map[string]bool{}
			}
			first := map[string]bool{}
			for _, f := range facts {
				here := f.at.In(s.Zone).Format(time.DateOnly) == label && (kind == "active" || !first[f.user])
				first[f.user] = true
				if here {
					want[0][f.user] = true
					if f.platform == "iOS" {
						want[1][f.user] = true
					}
				}
			}
			for k := range want {
				if n := got.Data.Series[k][i]; n != float64(len(want[k])) {
					t.Errorf("%s users of segment %d on %s: %v; want %d", kind, k, label, n, len(want[k]))
				}
			}
		}
	}
}
