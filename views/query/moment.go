package query

import (
	"fmt"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// ParseMoment checks a moment as typed and returns it in one spelling: a date
// as ParseDate reads it, a time of day, or both: "2 mar 14:00", "yesterday 9:30",
// "14:00", "2026-03-02t14:00:05".
func ParseMoment(s string) (string, error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if _, err := Moment(s, time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)); err != nil {
		return "", err
	}
	return s, nil
}

// Moment is what a moment as typed means as of now, in the zone of now. A date
// without a time of day is its last instant, since events are told from the
// newest back; a time of day without a date is that of today, or of yesterday
// where today it has not come yet.
func Moment(s string, now time.Time) (time.Time, error) {
	if t, err := time.Parse(time.RFC3339, strings.ToUpper(s)); err == nil {
		return t.In(now.Location()), nil
	}
	date, clock := s, ""
	if at := strings.LastIndexAny(s, " t"); at >= 0 && strings.Contains(s[at:], ":") {
		date, clock = s[:at], s[at+1:]
	} else if strings.Contains(s, ":") {
		date, clock = "", s
	}
	if clock == "" {
		_, last, err := day(date, midnight(now))
		if err != nil {
			return time.Time{}, notMoment(s)
		}
		return api.AddDays(last, 1).Add(-time.Nanosecond), nil
	}
	hour, ok := clockTime(clock)
	if !ok {
		return time.Time{}, notMoment(s)
	}
	if date == "" {
		t := onDay(now, hour)
		if t.After(now) {
			t = onDay(api.AddDays(now, -1), hour)
		}
		return t, nil
	}
	first, _, err := day(date, midnight(now))
	if err != nil {
		return time.Time{}, notMoment(s)
	}
	return onDay(first, hour), nil
}

func notMoment(s string) error {
	return fmt.Errorf("%s is not a moment: write 2 mar 14:00, yesterday 9:30, 2026-03-02 or 14:00", text.Clean(s))
}

// clockTime reads a time of day.
func clockTime(s string) (time.Time, bool) {
	for _, layout := range []string{"15:04", "15:04:05", "3:04pm"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// onDay is a time of day on the day of t, in its zone.
func onDay(t, clock time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), clock.Hour(), clock.Minute(), clock.Second(), 0, t.Location())
}
