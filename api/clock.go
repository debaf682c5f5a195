package api

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// skew is how far this computer's clock is ahead of the server's, as its last answer
// has told.
type skew struct{ ahead atomic.Int64 }

// note takes an answer's word on what time it is.
func (s *skew) note(began, ended time.Time, h http.Header) {
	if ahead, ok := aheadOf(began, ended, h); ok {
		s.ahead.Store(int64(ahead))
	}
}

// worthSaying is the skew where it makes another day of today for a while: what is
// over, what is not, and which dates are asked for all go by this computer's clock.
// Data are late by minutes anyway.
func (s *skew) worthSaying() time.Duration {
	if ahead := time.Duration(s.ahead.Load()); ahead.Abs() >= late {
		return ahead
	}
	return 0
}

// aheadOf is how far this computer's clock is ahead, by an answer whose headers came
// between two moments of it. The header has whole seconds, and was written somewhere
// on the way; a cache in between tells for how long it has kept it.
func aheadOf(began, ended time.Time, h http.Header) (time.Duration, bool) {
	date, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		return 0, false
	}
	middle := began.Add(ended.Sub(began) / 2)
	return middle.Sub(date.Add(age(h) + time.Second/2)).Round(time.Second), true
}

// age is for how long a cache between here and the server has kept an answer.
func age(h http.Header) time.Duration {
	seconds, err := strconv.Atoi(strings.TrimSpace(h.Get("Age")))
	if err != nil || seconds < 0 {
		return 0
	}
	return min(time.Duration(min(seconds, 1<<30))*time.Second, longestAge)
}

// longestAge bounds what a header can say: an answer is never from before the API.
const longestAge = 10 * 365 * 24 * time.Hour

// badge says a skew in words; nothing for none.
func badge(ahead time.Duration) string {
	off, word := ahead.Abs(), "ahead of"
	if ahead < 0 {
		word = "behind"
	}
	n, unit := int(off.Hours()/24), "days"
	switch {
	case off < 2*time.Hour:
		n, unit = int(off.Minutes()), "minutes"
	case off < 48*time.Hour:
		n, unit = int(off.Hours()), "hours"
	}
	return fmt.Sprintf("your clock is %d %s %s the server's", n, unit, word)
}
