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
	days := make([]api.FunnelDay, 3)
	for i := range days {
		days[i] = api.FunnelDay{Time: time.Date(2026, 11, 22+i, 0, 0, 0, 0, time.UTC), Counts: []float64{100, 60, 40}, Complete: i < 2}
	}
	return answer{
		steps: []text.Raw{text.New("A"), text.New("B"), text.New("C")},
		groups: []group{
			{label: text.New("iOS"), steps: steps(300, 140, 90), days: days},
			{label: text.New("Web"), steps: steps(0, 0, 0), days: days},
		},
	}
}

// steps are those of a funnel with so many users.
func steps(counts ...float64) []api.FunnelStep {
	var out []api.FunnelStep
	for k, n := range counts {
		out = append(out, api.FunnelStep{Count: n, OfFirst: ratio(n, counts[0]), OfPrevious: ratio(n, counts[max(k-1, 0)])})
	}
	return out
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

// A check compares users who count once each, as in the table: those of the dates
// whose window is over, not the sum of the days.
func TestOnlyDatesThatAreOverAreChecked(t *testing.T) {
	r, a := twoGroups(), until(24)
	a.query.Dates.Start, a.query.Interval = time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC), api.Day
	d, all, why := r.settledDates(a)
	if all || why != "" || d.Start.Day() != 22 || d.End.Day() != 23 {
		t.Fatalf("the dates that are over are %s to %s, all %v, %q", d.Start, d.End, all, why)
	}
	over := settled{dates: "22 Nov to 23 Nov 2026, whose 1d window is over,", groups: []group{{label: text.New("iOS"), steps: steps(150, 90, 60)}}}
	figures := r.figures(a, over)
	for typed, want := range map[string]string{
		"conversion < 41%": "conversion < 41%: conversion of iOS, 22 Nov to 23 Nov 2026, whose 1d window is over, is 40% (60 of 150 users; \"of first\" at step 3: 30.0% of all dates, may still rise), which is < 41%", // 30% with today
		"conversion < 40%": "",
		"drop > 39%":       "drop > 39%: drop of iOS, A to B, 22 Nov to 23 Nov 2026, whose 1d window is over, is 40% (90 of 150 users went on; \"of previous\" at step 2: 46.7% of all dates, may still rise), which is > 39%",
		"drop > 45%":       "", // 53% with today
		"users < 1000":     "!users of Web is not certain: " + views.StillRunning,
		"users > 299":      "users > 299: users of iOS is 300, which is > 299",
	} {
		if got := said(t, figures, typed); got != want {
			t.Errorf("%s: %q; want %q", typed, got, want)
		}
	}
	if got := strings.Join(over.says(), "\n"); got != "for the check, of 22 Nov to 23 Nov 2026, whose 1d window is over, asked for besides: iOS: 150 → 90 → 60, 40%" {
		t.Errorf("the answer says %q", got)
	}
	if got := said(t, r.figures(until(23), over), "users < 1000"); !strings.Contains(got, "users of iOS is 300") {
		t.Errorf("users of a range that is over: %q", got)
	}
	a.query.Interval = api.Week // of which the last one that is over may end behind the range
	if d, _, _ := r.settledDates(a); d.End.After(a.query.Dates.End) {
		t.Errorf("dates behind those that were asked for: %s", d.End)
	}
}

func TestAFunnelThatIsOverIsCheckedAsAWhole(t *testing.T) {
	r := twoGroups()
	for i := range r.groups[0].days { // both groups have these
		r.groups[0].days[i].Complete = true
	}
	whole := func(day int) []views.Figure {
		c, err := r.settle(t.Context(), views.Env{Checked: true}, State{}, until(day))
		if err != nil {
			t.Fatal(err)
		}
		return r.figures(until(day), c)
	}
	if got := said(t, whole(20), "conversion <= 30%"); got != "conversion <= 30%: conversion of iOS is 30% (\"of first\" at step 3: 30.0%), which is <= 30%" {
		t.Errorf("%q", got)
	}
	for i := range r.groups[0].days {
		r.groups[0].days[i].Complete = false
	}
	if got := said(t, whole(24), "conversion <= 30%"); !strings.HasPrefix(got, "!conversion of Web is not certain: who began last may still convert") {
		t.Errorf("%q", got)
	}
}

func TestAFunnelWithoutStepsHasNoFigures(t *testing.T) {
	r := answer{groups: []group{{label: text.New("iOS")}}}
	if got := r.figures(until(20), settled{}); len(got) != 0 {
		t.Errorf("%+v", got)
	}
	if !math.IsNaN(ratio(0, 0)) {
		t.Error("nobody of nobody is a rate")
	}
}
