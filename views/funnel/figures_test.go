package funnel

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// twoGroups is a funnel of three steps; the last of its three days may still
// convert.
func twoGroups() answer {
	days := func(counts ...[]float64) (out []api.FunnelDay) {
		for i, c := range counts {
			out = append(out, api.FunnelDay{Counts: c, Complete: i < 2})
		}
		return out
	}
	return answer{
		steps: []text.Raw{text.New("A"), text.New("B"), text.New("C")},
		groups: []group{
			{label: text.New("iOS"), steps: []api.FunnelStep{{Count: 300, OfFirst: 1, OfPrevious: 1}, {Count: 140, OfFirst: 140. / 300, OfPrevious: 140. / 300}, {Count: 90, OfFirst: 0.3, OfPrevious: 90. / 140}}, days: days([]float64{100, 60, 40}, []float64{100, 60, 40}, []float64{100, 20, 10})},
			{label: text.New("Web"), steps: []api.FunnelStep{{Count: 0}, {Count: 0}, {Count: 0}}, days: days([]float64{0, 0, 0}, []float64{0, 0, 0}, []float64{0, 0, 0})},
		},
	}
}

func until(day int) asked {
	end := time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)
	return asked{query: api.FunnelQuery{Dates: api.Dates{Start: end, End: end}}, now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
}

func said(t *testing.T, figures []views.Figure, typed string) string {
	t.Helper()
	c, err := views.ParseCheck(typed)
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Against(figures)
	if err != nil {
		return "!" + err.Error()
	}
	slices.Sort(found.Says)
	return strings.Join(found.Says, "; ")
}

func TestOnlyTriesThatAreOverAreChecked(t *testing.T) {
	r := twoGroups()
	figures := r.figures(until(24))
	for typed, want := range map[string]string{
		"conversion < 41%": "conversion < 41%: conversion of iOS, tries begun on days that are over is 40% (80 of 200; \"of first\" at step 3: 30.0%, may still change), which is < 41%", // 30% with today
		"conversion < 40%": "",
		"drop > 39%":       "drop > 39%: drop of iOS, A to B, tries begun on days that are over is 40% (120 of 200 went on; \"of previous\" at step 2: 46.7%, may still change), which is > 39%",
		"drop > 45%":       "", // 53% with today
		"users < 1000":     "!users of Web is not certain: " + views.StillRunning,
		"users > 299":      "users > 299: users of iOS is 300, which is > 299",
	} {
		if got := said(t, figures, typed); got != want {
			t.Errorf("%s: %q; want %q", typed, got, want)
		}
	}
	if got := strings.Join(r.certainly(), "\n"); got != "tries begun on days that are over: iOS: 200 → 120 → 80, 40%; Web: 0 → 0 → 0, –" {
		t.Errorf("the answer says %q", got)
	}
	if got := said(t, r.figures(until(23)), "users < 1000"); !strings.Contains(got, "users of iOS is 300") {
		t.Errorf("users of a range that is over: %q", got)
	}
}

func TestAFunnelThatIsOverIsCheckedAsAWhole(t *testing.T) {
	r := twoGroups()
	for i := range r.groups {
		for k := range r.groups[i].days {
			r.groups[i].days[k].Complete = true
		}
	}
	if got := said(t, r.figures(until(20)), "conversion <= 30%"); got != "conversion <= 30%: conversion of iOS is 30% (\"of first\" at step 3: 30.0%), which is <= 30%" {
		t.Errorf("%q", got)
	}
	for i := range r.groups {
		for k := range r.groups[i].days {
			r.groups[i].days[k].Complete = false
		}
	}
	if got := said(t, r.figures(until(24)), "conversion <= 30%"); !strings.HasPrefix(got, "!conversion of Web is not certain: who began last may still convert") {
		t.Errorf("%q", got)
	}
}

func TestAFunnelWithoutStepsHasNoFigures(t *testing.T) {
	r := answer{groups: []group{{label: text.New("iOS")}}}
	if got := r.figures(until(20)); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if !math.IsNaN(ratio(0, 0)) {
		t.Error("nobody of nobody is a rate")
	}
}
