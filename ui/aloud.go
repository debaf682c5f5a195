package ui

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"amptui/api/text"
)

// ear writes for somebody who listens what is written short for the eye: dates,
// lengths of time, and names that are no words. It holds the patterns of a
// conversation.
type ear struct {
	now      time.Time // in the project's zone
	iso      *regexp.Regexp
	day      *regexp.Regexp
	month    *regexp.Regexp
	length   *regexp.Regexp
	property *regexp.Regexp
}

const shortMonths = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"

func newEar(now time.Time) *ear {
	return &ear{
		now:      now,
		iso:      regexp.MustCompile(`\b\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?\b`),
		day:      regexp.MustCompile(`\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)( \d{1,2}\b)`),
		month:    regexp.MustCompile(`(\b\d{1,2} )(` + shortMonths + `)\b`),
		length:   regexp.MustCompile(`\b(\d+)(ms|s|m|h|d|w|mo)\b`),
		property: regexp.MustCompile(`\bgp:(\w)`),
	}
}

// words are a text of ours in words. One with something to be typed in it stays as it
// is.
func (e *ear) words(s string) string {
	if strings.Contains(s, " --") {
		return s
	}
	s = e.property.ReplaceAllString(s, "$1")
	s = e.day.ReplaceAllStringFunc(s, func(found string) string {
		return weekday(found[:3]) + found[3:]
	})
	s = e.month.ReplaceAllStringFunc(s, func(found string) string {
		at := len(found) - 3
		return found[:at] + month(found[at:])
	})
	return e.length.ReplaceAllStringFunc(s, lengthInWords)
}

// title is what an answer is called: of several steps the one, then the other.
func (e *ear) title(s string) string {
	steps := strings.Split(text.Clean(s), " > ")
	for i, step := range steps {
		if name, ok := map[string]string{"_new": "new users", "_active": "any active event", "_all": "any event"}[step]; ok {
			step = name
		}
		steps[i] = e.words(step)
	}
	return strings.Join(steps, ", then ")
}

// cell is a value of a table in words: only what is a date or a length as a whole, since
// all else is a name or a number.
func (e *ear) cell(s string) string {
	if found := e.iso.FindString(s); found != "" && found == s {
		return e.date(s)
	}
	if rest := strings.TrimSpace(strings.ReplaceAll(e.length.ReplaceAllString(s, ""), " to ", "")); rest == "" || rest == "to" {
		return e.length.ReplaceAllStringFunc(s, lengthInWords)
	}
	return s
}

// date is a date or a moment as exports write it: with its year where that is not this
// one, and where it is a moment in its own zone.
func (e *ear) date(iso string) string {
	layout, spoken := time.DateOnly, "Monday 2 January"
	if strings.Contains(iso, "T") {
		layout = time.RFC3339Nano
	}
	t, err := time.Parse(layout, iso)
	if err != nil {
		return iso
	}
	if t.Year() != e.now.Year() {
		spoken += " 2006"
	}
	if layout != time.DateOnly {
		spoken += ", 15:04"
	}
	return t.Format(spoken)
}

// dates writes the dates in a text that is not only one in words.
func (e *ear) dates(s string) string { return e.iso.ReplaceAllStringFunc(s, e.date) }

func weekday(short string) string {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.HasPrefix(d.String(), short) {
			return d.String()
		}
	}
	return short
}

func month(short string) string {
	for m := time.January; m <= time.December; m++ {
		if strings.HasPrefix(m.String(), short) {
			return m.String()
		}
	}
	return short
}

// lengthInWords is 30d as 30 days.
func lengthInWords(short string) string {
	number := strings.TrimRight(short, "mshdwo")
	unit := map[string]string{"ms": "millisecond", "s": "second", "m": "minute", "h": "hour", "d": "day", "w": "week", "mo": "month"}[short[len(number):]]
	if n, err := strconv.Atoi(number); err != nil || n != 1 {
		unit += "s"
	}
	return number + " " + unit
}
