package views

import (
	"time"

	"amptui/api/text"
)

// A Visit is the list of event types as somebody saw it: the total of the week by
// name, NaN where there was none. The zero Visit is none.
type Visit struct {
	Taken  time.Time
	Totals map[text.Raw]float64
}

// Known says whether there was a visit.
func (v Visit) Known() bool { return !v.Taken.IsZero() }

// Visits are the last visit and the one before it, which the last one is compared
// with.
type Visits struct{ Last, Before Visit }

// visitsApart is how long after a visit the next one begins: looking again before
// that, in the same run or in another, is part of it, and wipes no marks out.
const visitsApart = 6 * time.Hour

// After is the visits after a look at the list, and whether it has begun a visit.
// An empty list is no look: a server that fails must not make all events new.
func (v Visits) After(look Visit) (Visits, bool) {
	passed := look.Taken.Sub(v.Last.Taken)
	if len(look.Totals) == 0 || v.Last.Known() && passed >= 0 && passed < visitsApart {
		return v, false
	}
	return Visits{Last: look, Before: v.Last}, true
}
