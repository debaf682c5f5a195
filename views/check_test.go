package views

import (
	"math"
	"strings"
	"testing"
)

func figures() []Figure {
	nan := math.NaN()
	return []Figure{
		{Name: "conversion", Of: "Android", Value: 0.18, Percent: true, Before: nan},
		{Name: "conversion", Of: "iOS", Value: 0.42, Percent: true, Before: nan},
		{Name: "drop", Of: "Android, A to B", Value: 0.82, Percent: true, Before: nan},
		{Name: "value", Of: "iOS, Mon 23 Nov", Value: 600, Before: 1000, Since: "Mon 16 Nov"},
		{Name: "value", Of: "Web, Mon 23 Nov", Value: 40, Before: 0},
		{Name: "day 7", Value: 0.2, Percent: true, Before: nan},
		{Name: "events", Value: 0, Before: nan},
	}
}

func TestAChecksSaysWhatItComparedWithWhat(t *testing.T) {
	for typed, want := range map[string]string{
		"conversion < 20%":         "conversion < 20%: conversion of Android is 18%, which is < 20%",
		"conversion < 0.1":         "",
		"drop >= 82%":              "drop >= 82%: drop of Android, A to B is 82%, which is >= 82%",
		"value drop > 30% vs prev": "value drop > 30% vs prev: value of iOS, Mon 23 Nov is 600 against 1,000 of Mon 16 Nov, down 40%, which is > 30%",
		"value drop > 30%":         "value drop > 30%: value of iOS, Mon 23 Nov is 600 against 1,000 of Mon 16 Nov, down 40%, which is > 30%",
		"value rise > 1% vs prev":  "",
		"value < 50":               "value < 50: value of Web, Mon 23 Nov is 40, which is < 50",
		"  events   =  0 ":         "events = 0: events is 0, which is = 0",
		"events == 0":              "events == 0: events is 0, which is = 0",
		"events != 0":              "",
		"DAY 7 <= 20%":             "DAY 7 <= 20%: day 7 is 20%, which is <= 20%",
		"conversion < 20% vs prev": "!compares no change",
		"drop > 20% vs prev":       "!names no figure",
		"conversion":               "!compares nothing",
		"< 5":                      "!names no figure",
		"events = none":            "!is not a number",
		"events = NaN":             "!is not a number",
		"convertion < 20%":         "!did you mean conversion?",
		"moon phase > 3":           "!there are conversion, drop, value, day 7, events",
		"value \x1b[31m drop > 3":  "!there is no figure",
	} {
		c, err := ParseCheck(typed)
		var found Tripped
		if err == nil {
			found, err = c.Against(figures())
		}
		got := strings.Join(found.Says, "; ")
		if err != nil {
			got = "!" + err.Error()
		}
		if wrong := strings.HasPrefix(want, "!"); wrong && (!strings.HasPrefix(got, "!") || !strings.Contains(got, want[1:])) || !wrong && got != want {
			t.Errorf("%q says %q; want %q", typed, got, want)
		}
		if strings.Contains(got, "\x1b") {
			t.Errorf("%q drives the terminal: %q", typed, got)
		}
	}
}

func TestWhatCannotBeComparedIsNotSeen(t *testing.T) {
	c, err := ParseCheck("value drop > 1%")
	if err != nil {
		t.Fatal(err)
	}
	found, err := c.Against([]Figure{{Name: "value", Value: 5, Before: math.NaN()}, {Name: "value", Value: 5, Before: 0}})
	if err != nil || found.Seen != 0 || len(found.Says) != 0 {
		t.Errorf("%+v, %v", found, err)
	}
}

func FuzzParseCheck(f *testing.F) {
	for _, s := range []string{"conversion < 20%", "value drop > 30% vs prev", "", "=", "a<=b", "x == 1e999", "≤ > 3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseCheck(s)
		if err != nil {
			return
		}
		again, err := ParseCheck(c.String())
		if err != nil || again != c {
			t.Errorf("%q reads as %+v, printed %q as %+v, %v", s, c, c.String(), again, err)
		}
		_, _ = c.Against(figures())
	})
}
