package views

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views/query"
)

// Joined are the words that are not empty, with something between.
func Joined(between string, words ...string) string {
	return strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), between)
}

// GroupName is what tells a group of an answer from the others: its segment
// where segments are compared, its value where there is a group-by, nothing
// where all users are one group; all of it as the mask shows it.
func GroupName(m *Mask, who query.Who, segment int, value text.Raw) text.Raw {
	switch {
	case len(who.Segments) > 1 && segment < len(who.Segments):
		return text.New(m.Segment(who.Segments[segment]))
	case len(who.By) > 0:
		return m.Group(who.By, value)
	}
	return text.Raw{}
}

// Date is a day as tables and exports name it: an ISO date, or the label that
// was sent where that is no date.
func Date(t time.Time, label text.Raw) string {
	if t.IsZero() {
		return label.Safe()
	}
	return t.Format(time.DateOnly)
}

// Span is a range of days in words, both ends included.
func Span(from, to time.Time) string {
	switch {
	case from.Format(time.DateOnly) == to.Format(time.DateOnly):
		return from.Format("2 Jan 2006")
	case from.Year() == to.Year():
		return from.Format("2 Jan") + " to " + to.Format("2 Jan 2006")
	}
	return from.Format("2 Jan 2006") + " to " + to.Format("2 Jan 2006")
}

// Unmatched says why an answer is empty: which filters nobody matched, else what is said
// where there are none.
func Unmatched(unfiltered string, filters []string) string {
	if len(filters) == 0 {
		return unfiltered
	}
	return "no data: nobody matched " + strings.Join(filters, " and ") + " in these dates"
}

// Step is the distance between two points of an axis at an interval.
func Step(i api.Interval) charts.Step {
	switch i {
	case api.FiveMinutes:
		return charts.FiveMinutes
	case api.Hour:
		return charts.Hour
	case api.Week:
		return charts.Week
	case api.Month:
		return charts.Month
	}
	return charts.Day
}

// ZoneName is how far the zone of a time is from UTC at that time.
func ZoneName(t time.Time) string {
	_, offset := t.Zone()
	if offset == 0 {
		return "UTC"
	}
	if minutes := offset / 60 % 60; minutes != 0 {
		return fmt.Sprintf("UTC%+d:%02d", offset/3600, max(minutes, -minutes))
	}
	return fmt.Sprintf("UTC%+d", offset/3600)
}
