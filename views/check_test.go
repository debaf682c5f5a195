package views

import (
	"math"
	"strings"
	"testing"

	"amptui/api/text"
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
		{Name: "total", Of: "iOS", Value: 50, Before: 100, Since: "before", Open: "today is not over", Rises: true},
		{Name: "close", Value: 0.19996, Percent: true, Before: nan},
		{Name: "ratio", Value: 0.25, Before: nan},
		{Name: "missing", Value: nan, Before: nan},
	}
}

func figureNames() []FigureName {
	return []FigureName{
		{Name: "conversion", Unit: Percent},
		{Name: "drop", Unit: Percent},
		{Name: "value", Changes: true},
		{Name: "day 7", Unit: Percent},
		{Name: "day 30", Unit: Percent},
		{Name: "events"},
		{Name: "total", Changes: true},
		{Name: "close", Unit: Percent},
		{Name: "ratio", Unit: Ratio},
		{Name: "missing"},
	}
}

// checked is what a check says of the figures, or why it says nothing.
func checked(typed string) (string, error) {
	c, err := ParseCheck(typed)
	if err == nil {
		err = c.Fits(figureNames())
	}
	if err != nil {
		return "", err
	}
	found, err := c.Against(figures())
	return strings.Join(found.Says, "; "), err
}

func TestACheckSaysWhatItComparedWithWhat(t *testing.T) {
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
		"close < 20%":              "close < 20%: close is 19.996%, which is < 20%",
		"ratio > 20%":              "ratio > 20%: ratio is 25%, which is > 20%",
		"ratio > 0.2":              "ratio > 0.2: ratio is 0.25, which is > 0.2",
		"total > 49":               "total > 49: total of iOS is 50, which is > 49",
	} {
		if got, err := checked(typed); got != want || err != nil {
			t.Errorf("%q says %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestACheckThatCannotCompareSaysWhy(t *testing.T) {
	for typed, want := range map[string]string{
		"total > 50":               "total of iOS is not certain: today is not over",
		"total < 1000":             "total of iOS is not certain: today is not over",
		"total = 50":               "total of iOS is not certain: today is not over",
		"total drop > 1%":          "total of iOS is not certain: today is not over",
		"missing = 0":              "missing is missing",
		"day 30 < 50%":             "this answer has no figure day 30",
		"conversion < 20% vs prev": "compares no change",
		"drop > 20% vs prev":       "names no figure",
		"value drop > 3% vs last":  "write 'vs prev'",
		"value drop > 30":          "write 30%",
		"value dorp > 30%":         "dorp is not a change: did you mean drop?",
		"value falls > 30%":        "falls is not a change: write drop or rise",
		"value < 20%":              "value is no percentage",
		"conversion < 20":          "write 20%",
		"conversion drop > 20%":    "conversion has no period before to be compared with; write 'drop > 20%'",
		"events rise > 20%":        "events has no period before",
		"conversion":               "compares nothing",
		"< 5":                      "names no figure",
		"events = none":            "is not a number",
		"events = NaN":             "is not a number",
		"convertion < 20%":         "did you mean conversion?",
		"dya 7 < 20%":              "did you mean day 7?",
		"day7 < 20%":               "did you mean day 7?",
		"moon phase > 3":           "there are conversion, drop, value, day 7",
		"value \x1b[31m drop > 3%": "is not a change",
	} {
		got, err := checked(typed)
		if err == nil || got != "" || !strings.Contains(err.Error(), want) || !text.IsFit(err.Error()) {
			t.Errorf("%q says %q, %v; want %q", typed, got, err, want)
		}
	}
}

func TestWhatCannotBeComparedIsNotSeen(t *testing.T) {
	c, err := ParseCheck("value drop > 1%")
	if err != nil {
		t.Fatal(err)
	}
	for why, figures := range map[string][]Figure{
		"has nothing before it that is over": {{Name: "value", Value: 5, Before: math.NaN()}},
		"was 0 before":                       {{Name: "value", Value: 5, Before: 0}},
		"this answer has no figure value":    nil,
	} {
		found, err := c.Against(figures)
		if err == nil || !strings.Contains(err.Error(), why) || found.Seen != 0 || len(found.Says) != 0 {
			t.Errorf("%+v, %v; want %q", found, err, why)
		}
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
		if found, err := c.Against(figures()); (err == nil) != (found.Seen > 0) || len(found.Says) > found.Seen {
			t.Errorf("%q: %+v, %v", s, found, err)
		}
		if err := c.Fits(figureNames()); err != nil && !text.IsFit(err.Error()) {
			t.Errorf("%q drives the terminal: %q", s, err)
		}
	})
}
