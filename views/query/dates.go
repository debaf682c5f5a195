package query

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// Unit is the unit of a span of time.
type Unit string

// The units of spans, as they are written behind the number.
const (
	Hours  Unit = "h"
	Days   Unit = "d"
	Weeks  Unit = "w"
	Months Unit = "mo"
)

// Span is a length of time up to now: 30d, 12w, 6mo, 48h.
type Span struct {
	N    int
	Unit Unit
}

// String is the span as it is typed; nothing for no span.
func (s Span) String() string {
	if s.N == 0 {
		return ""
	}
	return strconv.Itoa(s.N) + string(s.Unit)
}

// ParseSpan reads "30d", "12w", "6mo" or "48h"; also "1y".
func ParseSpan(s string) (Span, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	digits := strings.TrimRight(s, "abcdefghijklmnopqrstuvwxyz ")
	unit := strings.TrimSpace(s[len(digits):])
	n, err := wholeNumber(digits)
	if err != nil || n == 0 || n > 10000 {
		return Span{}, fmt.Errorf("%s is not a length of time: write 48h, 30d, 12w or 6mo", text.Clean(s))
	}
	switch unit {
	case "h", "d", "w", "mo":
		return Span{n, Unit(unit)}, nil
	case "hour", "hours":
		return Span{n, Hours}, nil
	case "day", "days":
		return Span{n, Days}, nil
	case "week", "weeks":
		return Span{n, Weeks}, nil
	case "month", "months":
		return Span{n, Months}, nil
	case "y", "year", "years":
		return Span{12 * n, Months}, nil
	}
	return Span{}, fmt.Errorf("%s is not a length of time: write 48h, 30d, 12w or 6mo", text.Clean(s))
}

func wholeNumber(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || s != strconv.Itoa(n) {
		return 0, fmt.Errorf("%s is not a whole number", text.Clean(s))
	}
	return n, nil
}

// Range is what dates a question covers: the last so many days, or from one
// date to another, both included. Dates stay as they were typed, so that
// "last monday" means another day next week; Dates makes them absolute.
type Range struct {
	Last     Span
	From, To string
}

// String is the range in words, for headings.
func (r Range) String() string {
	switch {
	case r.Last.N > 0:
		return "last " + r.Last.String()
	case r.To == "":
		return r.From + " to today"
	}
	return r.From + " to " + r.To
}

// ParseRange reads a range as somebody types it: "30d", "last 12w",
// "2026-03-01 to 2026-03-09", "last monday", "from 1 mar to yesterday".
func ParseRange(s string) (Range, error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	if span, err := ParseSpan(strings.TrimPrefix(s, "last ")); err == nil {
		return Range{Last: span}, nil
	}
	s = strings.TrimPrefix(s, "from ")
	from, to, both := strings.Cut(s, " to ")
	if !both {
		from, to, both = strings.Cut(s, "..")
	}
	if !both {
		from, to = s, ""
	}
	r := Range{}
	var err error
	if r.From, err = ParseDate(from); err != nil {
		return Range{}, err
	}
	if to != "" {
		r.To, err = ParseDate(to)
	}
	return r, err
}

// ParseDate checks a date as typed and returns it in one spelling: an ISO date
// or month, "today", "yesterday", "3d ago", "last monday", "1 mar", "1 mar 2026".
func ParseDate(s string) (string, error) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	// Any day will do: what matters is whether it can be read.
	if _, _, err := day(s, time.Date(2024, 2, 29, 0, 0, 0, 0, time.UTC)); err != nil {
		return "", err
	}
	return s, nil
}

// Meant is what a date, or a span that ends today, means as of now, in words;
// nothing for what is neither.
func Meant(typed string, now time.Time) string {
	const written = "Mon 2 Jan 2006"
	typed = strings.ToLower(strings.Join(strings.Fields(typed), " "))
	if span, err := ParseSpan(typed); err == nil {
		return "since " + span.first(now).Format(written)
	}
	first, last, err := day(typed, midnight(now))
	switch {
	case err != nil:
		return ""
	case first.Equal(last):
		return first.Format(written)
	}
	return first.Format(written) + " to " + last.Format(written)
}

// Dates makes the range absolute, as of now in the zone of now. Relative ranges
// end today and begin at a whole week or month when the interval is one: the
// last 12 weeks are then this week and the eleven before it.
func (r Range) Dates(now time.Time, interval api.Interval) (api.Dates, error) {
	today := midnight(now)
	if r.Last.Unit == Weeks && interval == api.Week {
		return api.Dates{Start: api.AddDays(interval.Bucket(today), 7-7*r.Last.N), End: today}, nil
	}
	if r.Last.N > 0 {
		return api.Dates{Start: interval.Bucket(r.Last.first(now)), End: today}, nil
	}
	if r.From == "" {
		return api.Dates{}, fmt.Errorf("a last date needs a first one: add --from")
	}
	from, _, err := day(r.From, today)
	if err != nil {
		return api.Dates{}, err
	}
	to := today
	if r.To != "" {
		if _, to, err = day(r.To, today); err != nil {
			return api.Dates{}, err
		}
	}
	if from.After(today) {
		return api.Dates{}, fmt.Errorf("%s has not come yet: a range begins today at the latest", from.Format(time.DateOnly))
	}
	if to.Before(from) {
		return api.Dates{}, fmt.Errorf("the range ends (%s) before it begins (%s): swap the dates", to.Format(time.DateOnly), from.Format(time.DateOnly))
	}
	return api.Dates{Start: from, End: to}, nil
}

// Whole is Dates for answers that cannot be cut shorter without meaning
// something else: a range that the API does not answer is an error.
func (r Range) Whole(now time.Time, interval api.Interval) (api.Dates, error) {
	d, err := r.Dates(now, interval)
	if err != nil {
		return d, err
	}
	if span, most := d.Len(), interval.MaxDays(); span > most+slack(interval) {
		longer := ", or a longer interval"
		if interval == api.Month {
			longer = ""
		}
		return d, fmt.Errorf("%s %d days: the API answers %d at most by %s; ask for fewer dates%s",
			r.covers(), span, most, IntervalWord(interval), longer)
	}
	return d, nil
}

func (r Range) covers() string {
	if r.Last.N > 0 {
		return "the " + r.String() + " are"
	}
	return r.String() + " are"
}

// slack is how much longer a range may be that begins and ends with a bucket
// that is not whole.
func slack(interval api.Interval) int {
	switch interval {
	case api.Week:
		return 6
	case api.Month:
		return 31
	}
	return 0
}

// first is the first day of the span that ends today.
func (s Span) first(now time.Time) time.Time {
	today := midnight(now)
	switch s.Unit {
	case Hours:
		return midnight(now.Add(-time.Duration(s.N) * time.Hour))
	case Weeks:
		return api.AddDays(today, 1-7*s.N)
	case Months:
		return api.Midnight(today.Year(), today.Month()-time.Month(s.N-1), 1, now.Location())
	}
	return api.AddDays(today, 1-s.N)
}

func midnight(t time.Time) time.Time { return api.Day.Bucket(t) }

// day reads a date as of today. A month or year stands for its first day where
// a range begins and for its last where it ends.
func day(s string, today time.Time) (first, last time.Time, err error) {
	at := func(t time.Time) (time.Time, time.Time, error) { return t, t, nil }
	switch s {
	case "today", "now":
		return at(today)
	case "yesterday":
		return at(api.AddDays(today, -1))
	}
	if ago, ok := strings.CutSuffix(s, " ago"); ok {
		span, err := ParseSpan(ago)
		if err == nil && span.Unit != Hours {
			return at(before(today, span))
		}
	}
	if name, ok := strings.CutPrefix(s, "last "); ok {
		for d := 1; d <= 7; d++ {
			t := api.AddDays(today, -d)
			if w := strings.ToLower(t.Weekday().String()); w == name || w[:3] == name {
				return at(t)
			}
		}
	}
	return written(s, today)
}

func before(today time.Time, span Span) time.Time {
	switch span.Unit {
	case Weeks:
		return api.AddDays(today, -7*span.N)
	case Months:
		return api.Midnight(today.Year(), today.Month()-time.Month(span.N), today.Day(), today.Location())
	}
	return api.AddDays(today, -span.N)
}

// written reads a date that names its day, month or year.
func written(s string, today time.Time) (first, last time.Time, err error) {
	for _, layout := range []string{"2006-01-02", "20060102", "2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006"} {
		if t, err := parseDay(layout, s, today.Location()); err == nil {
			return t, t, nil
		}
	}
	for _, layout := range []string{"2 Jan", "2 January", "Jan 2", "January 2"} {
		if t, err := parseDay(layout+" 2006", s+" "+strconv.Itoa(today.Year()), today.Location()); err == nil {
			if t.After(today) {
				t = api.Midnight(t.Year()-1, t.Month(), t.Day(), t.Location())
			}
			return t, t, nil
		}
	}
	for _, layout := range []string{"2006-01", "Jan 2006", "January 2006"} {
		if t, err := parseDay(layout, s, today.Location()); err == nil {
			return t, api.Midnight(t.Year(), t.Month()+1, t.Day()-1, t.Location()), nil
		}
	}
	if t, err := time.ParseInLocation("2006", s, today.Location()); err == nil {
		return t, api.Midnight(t.Year()+1, t.Month(), t.Day()-1, t.Location()), nil
	}
	return time.Time{}, time.Time{}, fmt.Errorf("%s is not a date: write 2026-03-01, 1 mar, yesterday, last monday, 3d ago", text.Clean(s))
}

// parseDay reads a date as the beginning of that day in a zone.
func parseDay(layout, s string, zone *time.Location) (time.Time, error) {
	t, err := time.Parse(layout, s)
	if err != nil {
		return t, err
	}
	return api.Midnight(t.Year(), t.Month(), t.Day(), zone), nil
}
