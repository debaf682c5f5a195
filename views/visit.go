package views

import (
	"time"

	"amptui/api/text"
)

// A Visit is the list of event types as somebody last saw it: the total of the
// week by name, NaN where there was none. The zero Visit is none.
type Visit struct {
	Taken  time.Time
	Totals map[text.Raw]float64
}

// Known says whether there was a visit.
func (v Visit) Known() bool { return !v.Taken.IsZero() }
