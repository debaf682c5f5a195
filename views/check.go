package views

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views/query"
)

// A Figure is a number of an answer that can be checked. Only what is complete is
// a figure: an unfinished bucket, a cohort that is too young, are none.
type Figure struct {
	Name    string  // what it is, as checks write it: conversion, value, day 7
	Of      string  // what tells it from others of its name: group, step, date; may be empty
	Value   float64 // percentages as fractions
	Percent bool    // the value is a fraction
	Before  float64 // the same of the period before, NaN where that is not known
	Since   string  // what Before is of, in words
}

// A Check compares figures with a number: "conversion < 20%", "day 7 < 0.2",
// "value drop > 30% vs prev".
type Check struct {
	name   string
	change changeKind // compared is how much the figure has changed
	op     string
	number float64 // a percentage as fraction
	typed  string
}

type changeKind int

const (
	noChange changeKind = iota
	drop
	rise
)

// ops are the operators of checks, the longer ones first.
func ops() []string { return []string{"<=", ">=", "!=", "==", "<", ">", "="} }

// ParseCheck reads a check.
func ParseCheck(s string) (Check, error) {
	c := Check{typed: strings.Join(strings.Fields(s), " ")}
	at, op := -1, ""
	for _, o := range ops() {
		if i := strings.Index(c.typed, o); i >= 0 && (at < 0 || i < at || i == at && len(o) > len(op)) {
			at, op = i, o
		}
	}
	if at < 0 {
		return c, fmt.Errorf("%q compares nothing: write it as in 'conversion < 20%%', 'value drop > 30%% vs prev' or 'events = 0'", text.Clean(c.typed))
	}
	c.op = strings.TrimPrefix(op, "=")
	if c.op == "" {
		c.op = "="
	}
	right, versus := strings.CutSuffix(strings.TrimSpace(c.typed[at+len(op):]), "vs prev")
	right = strings.TrimSpace(right)
	number, percent := strings.CutSuffix(right, "%")
	v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return c, fmt.Errorf("%q in %q is not a number: write 20%%, 0.2 or 1000", text.Clean(right), text.Clean(c.typed))
	}
	if c.number = v; percent {
		c.number = v / 100
	}
	return c, c.subject(strings.ToLower(strings.TrimSpace(c.typed[:at])), versus)
}

// subject reads what is compared.
func (c *Check) subject(words string, versus bool) error {
	for kind, word := range map[changeKind]string{drop: "drop", rise: "rise"} {
		if name, ok := strings.CutSuffix(words, " "+word); ok {
			c.name, c.change = strings.TrimSpace(name), kind
			return nil
		}
		if words == word && versus {
			return fmt.Errorf("%q names no figure: write it as in 'value %s > 30%% vs prev'", text.Clean(c.typed), word)
		}
	}
	c.name = words
	switch {
	case words == "":
		return fmt.Errorf("%q names no figure: write it as in 'conversion < 20%%'", text.Clean(c.typed))
	case versus:
		return fmt.Errorf("%q compares no change: write it as in '%s drop > 30%% vs prev'", text.Clean(c.typed), text.Clean(words))
	}
	return nil
}

// String is the check as it was typed.
func (c Check) String() string { return c.typed }

// Tripped is what a check has found.
type Tripped struct {
	Says []string // one sentence for each figure that it holds for: what was compared with what
	Seen int      // figures that could be compared
}

// Against compares figures. It is an error when there is no figure of that name;
// what cannot be compared (a change without a period before) is passed over.
func (c Check) Against(figures []Figure) (Tripped, error) {
	var out Tripped
	known := []string{}
	named := false
	for _, f := range figures {
		if !slices.Contains(known, f.Name) {
			known = append(known, f.Name)
		}
		if f.Name != c.name {
			continue
		}
		named = true
		value, ok := c.value(f)
		if !ok {
			continue
		}
		out.Seen++
		if c.holds(value) {
			out.Says = append(out.Says, c.say(f, value))
		}
	}
	if named || len(figures) == 0 {
		return out, nil
	}
	if near := query.Nearest(c.name, known); near != "" {
		return out, fmt.Errorf("there is no figure called %s here: did you mean %s?", text.Clean(c.name), near)
	}
	return out, fmt.Errorf("there is no figure called %s here: there are %s", text.Clean(c.name), strings.Join(known[:min(len(known), 8)], ", ")+map[bool]string{true: " …"}[len(known) > 8])
}

// value is what of a figure is compared.
func (c Check) value(f Figure) (float64, bool) {
	v := f.Value
	switch c.change {
	case drop:
		v = 1 - f.Value/f.Before
	case rise:
		v = f.Value/f.Before - 1
	}
	return v, !math.IsNaN(v) && !math.IsInf(v, 0)
}

func (c Check) holds(v float64) bool {
	switch c.op {
	case "<":
		return v < c.number
	case "<=":
		return v <= c.number
	case ">":
		return v > c.number
	case ">=":
		return v >= c.number
	case "!=":
		return v != c.number
	}
	return v == c.number
}

// say is one sentence: what was compared with what.
func (c Check) say(f Figure, v float64) string {
	number := func(v float64) string {
		if f.Percent {
			return charts.Percent(v)
		}
		return charts.Exact(v)
	}
	what := f.Name
	if f.Of != "" {
		what += " of " + f.Of
	}
	if c.change == noChange {
		return fmt.Sprintf("%s: %s is %s, which is %s %s", c.typed, what, number(v), c.op, number(c.number))
	}
	word := map[changeKind]string{drop: "down", rise: "up"}[c.change]
	return fmt.Sprintf("%s: %s is %s against %s of %s, %s %s, which is %s %s",
		c.typed, what, number(f.Value), number(f.Before), f.Since, word, charts.Percent(v), c.op, charts.Percent(c.number))
}
