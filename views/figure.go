package views

import (
	"fmt"
	"slices"
	"strings"

	"amptui/api/text"
	"amptui/views/query"
)

// A Figure is a number of an answer that can be checked.
type Figure struct {
	Name    string  // what it is, as checks write it: conversion, value, day 7
	Of      string  // what tells it from others of its name: group, step, date; may be empty
	Value   float64 // percentages as fractions
	Percent bool    // the value is a fraction

	// Counts is what the value is a number of, where the name does not say it: user,
	// event. Write is how it is written where that is neither a number nor a percentage.
	Counts string
	Write  func(float64) string

	Before  float64 // the same of the period before, NaN where that is not known
	Since   string  // what Before is of, in words
	Printed string  // where the answer prints it, and how, in words; empty where that is plain

	// Open says in words what of the figure is not over yet; it is empty where all
	// is. What is open trips no check, but that a figure which Rises, and can do
	// nothing else, is above a number already.
	Open  string
	Rises bool
}

// StillRunning says of a figure that the last day of its range is not over.
const StillRunning = "the last day is not over, end with yesterday as in --from '30d ago' --to yesterday"

// A FigureName is what a check may name of a question, known before it is asked.
type FigureName struct {
	Name    string
	Means   string // in words, for the help
	Unit    Unit
	Changes bool // it is compared with the period before too: value drop > 30%
}

// A Unit is how the numbers of a figure are written.
type Unit int

// The units of figures.
const (
	Plain   Unit = iota // 1000
	Percent             // 20% or 0.2
	Ratio               // either: a formula may be a part of something
)

// unknownFigure says that no figure of the names is called so, and which one was
// probably meant.
func unknownFigure(name string, known []FigureName) error {
	var names []string
	for _, f := range known {
		names = append(names, f.Name)
	}
	safe := text.Clean(name)
	if near := nearestFigure(name, names); near != "" {
		return fmt.Errorf("there is no figure called %s here: did you mean %s?", safe, near)
	}
	listed := strings.Join(names[:min(len(names), 6)], ", ")
	if len(names) > 6 {
		listed += " …"
	}
	return fmt.Errorf("there is no figure called %s here: there are %s", safe, listed)
}

// nearestFigure is the name that was probably meant. In names of ages, day 7, the
// word may be wrong but not the number.
func nearestFigure(name string, names []string) string {
	word, number, aged := strings.Cut(name, " ")
	if !aged {
		return query.Nearest(name, names)
	}
	var words []string
	for _, n := range names {
		if w, k, ok := strings.Cut(n, " "); ok && k == number {
			words = append(words, w)
		}
	}
	if near := query.Nearest(word, words); near != "" {
		return near + " " + number
	}
	return query.Nearest(name, slices.DeleteFunc(slices.Clone(names), func(n string) bool { return strings.Contains(n, " ") }))
}

// Ages are the names of figures that are of users so old: day 0 to day 366. The help
// has them as one, day N.
func Ages(word, means string, unit Unit) []FigureName {
	const most = 366
	out := make([]FigureName, 0, most+1)
	for n := range most + 1 {
		out = append(out, FigureName{Name: fmt.Sprintf("%s %d", word, n), Means: means, Unit: unit})
	}
	return out
}
