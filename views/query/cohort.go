package query

import (
	"slices"

	"amptui/api"
	"amptui/api/text"
)

// Cohorts is s with every cohort called otherwise.
func Cohorts(s api.Segment, change func(text.Raw) text.Raw) api.Segment {
	out := slices.Clone(s)
	for i, c := range out {
		if c.Cohort != nil {
			out[i].Cohort = &api.Cohort{ID: change(c.Cohort.ID), Not: c.Cohort.Not}
		}
	}
	return out
}

// CohortWord is a word of a query line with its cohorts called otherwise; what names
// none stays as it is.
func CohortWord(word string, change func(text.Raw) text.Raw) string {
	s, err := ParseSegment(word)
	if err != nil || !slices.ContainsFunc(s, func(c api.Condition) bool { return c.Cohort != nil }) {
		return word
	}
	changed := false
	s = Cohorts(s, func(was text.Raw) text.Raw {
		is := change(was)
		changed = changed || is != was
		return is
	})
	if !changed {
		return word // as it was typed
	}
	return PrintSegment(s)
}
