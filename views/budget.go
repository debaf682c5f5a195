package views

import (
	"fmt"
	"time"

	"amptui/api"
	"amptui/charts"
)

// worthSaying is the cost from which it is said while a question runs.
const worthSaying = 500

// Dear is why a question is not asked at once: it costs more than the API allows
// in five minutes, or than is left of that now.
type Dear struct {
	cost, spent int
	fits        time.Time // in the project's zone; zero where it never does
}

// Dear looks at what asking costs, as of now; nil where it can be asked.
func (e Env) Dear(cost int) *Dear {
	if e.Local || cost == 0 {
		return nil
	}
	d := &Dear{cost: cost, spent: e.API.Spent().FiveMinutes}
	if cost > api.MostInWindow {
		return d
	}
	fits := e.API.Fits(cost)
	if fits.IsZero() {
		return nil
	}
	d.fits = fits.In(e.Zone)
	return d
}

// Waits is how long it takes until the question fits; false where it never does.
func (d *Dear) Waits() (time.Duration, bool) {
	return max(time.Until(d.fits), 0), !d.fits.IsZero()
}

// at is the minute in which it fits for sure. A time of day stays true while
// nothing is drawn.
func (d *Dear) at() string { return d.fits.Add(time.Minute - time.Nanosecond).Format("15:04") }

// Line says it in a line, what matters most first; the key asks all the same.
func (d *Dear) Line(key string) string {
	if d.fits.IsZero() {
		return fmt.Sprintf("costs %s of the 1,000 in 5 minutes: %s asks all the same", exact(d.cost), key)
	}
	return fmt.Sprintf("asked at %s, when its %s fit: %s of 1,000 are spent; %s asks now", d.at(), exact(d.cost), exact(d.spent), key)
}

// Sentence says it where there is nothing else to say.
func (d *Dear) Sentence(key, cancel string) string {
	const less = "; fewer dates, groups or segments cost less."
	if d.fits.IsZero() {
		return fmt.Sprintf("This costs %s of the 1,000 in 5 minutes. It is not asked by itself: %s asks all the same%s", exact(d.cost), key, less)
	}
	return fmt.Sprintf("This costs %s, and of the 1,000 in 5 minutes %s are spent. It is asked at %s, when it fits. %s asks now, %s not at all%s",
		exact(d.cost), exact(d.spent), d.at(), key, cancel, less)
}

func exact(n int) string { return charts.Exact(float64(n)) }
