package views

import (
	"fmt"
	"time"

	"amptui/api"
	"amptui/charts"
)

// worthSaying is the cost from which it is said while a question runs.
const worthSaying = 500

// Price is what questions cost together now, past the answers that are kept or
// not, and how many look-ups of users are among them. Two that are the same are
// asked once.
func (e Env) Price(fresh bool, questions ...api.Question) (cost, lookups int) {
	asked := map[string]bool{}
	for _, q := range questions {
		url := e.API.URL(q)
		switch {
		case asked[url]:
		case api.IsLookup(q):
			lookups++
		case fresh:
			cost += q.Cost()
		default:
			cost += e.API.Price(q)
		}
		asked[url] = true
	}
	return cost, lookups
}

// Costs says what questions would cost now, before they are asked; nothing where
// nothing is asked or counted.
func (e Env) Costs(questions ...api.Question) string {
	if len(questions) == 0 || e.API == nil || e.Local {
		return ""
	}
	cost, lookups := e.Price(false, questions...)
	switch dear := e.Dear(cost); {
	case cost == 0 && lookups > 0:
		return "costs look-ups of the 360 an hour" // how many depends on what is found
	case cost == 0:
		return "costs nothing: the answer is kept"
	case dear != nil && !dear.fits.IsZero():
		return fmt.Sprintf("costs %s of the 1,000 in 5 minutes, fits at %s", exact(cost), dear.at())
	}
	return fmt.Sprintf("costs %s of the 1,000 in 5 minutes", exact(cost))
}

// Warn says that questions cost much; nothing where they do not. Commands say it,
// which ask whatever it costs.
func (e Env) Warn(questions ...api.Question) string {
	if e.Local {
		return ""
	}
	switch cost, _ := e.Price(false, questions...); {
	case cost > api.MostInWindow:
		return fmt.Sprintf("this costs %s of the 1,000 in 5 minutes: the server may refuse it", exact(cost))
	case cost > worthSaying:
		return fmt.Sprintf("this costs %s of the 1,000 in 5 minutes", exact(cost))
	}
	return ""
}

// Kept says that answers come from the disk and how to get new ones; nothing where
// one of them is asked for.
func (e Env) Kept(questions ...api.Question) string {
	var until time.Time
	for _, q := range questions {
		good, ok := e.API.Again(q)
		if !ok {
			return ""
		}
		if until.IsZero() || good.Before(until) {
			until = good
		}
	}
	if until.IsZero() {
		return ""
	}
	return "this was answered before and is good until " + until.In(e.Zone).Format("15:04") + "; --fresh asks again"
}

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
