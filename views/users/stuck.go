package users

import (
	"fmt"
	"math"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views/query"
)

// datesOf is when tries begin that the API counts for a funnel, as of now, in
// the zone of now.
func datesOf(f query.Funnel, now time.Time) (between, error) {
	dates, err := f.Range.Whole(now, f.Interval)
	if err != nil {
		return between{}, err
	}
	return between{dates.Start, api.AddDays(dates.End, 1)}, nil
}

// done is how many steps the furthest try has.
func (j journey) done() int {
	n := 0
	for n < len(j.steps) && j.steps[n].ok {
		n++
	}
	return n
}

// whole is how long the furthest try took from its first step to its last.
func (j journey) whole() time.Duration {
	if n := j.done(); n > 0 {
		return j.steps[n-1].at.Sub(j.steps[0].at)
	}
	return 0
}

// stepName is what a step is: an event, or where the order is free so many of
// the events.
func stepName(f query.Funnel, k int) text.Raw {
	switch {
	case f.Order == query.AnyOrder && k == len(f.Steps)-1:
		return text.New(fmt.Sprintf("all %d of them", len(f.Steps)))
	case f.Order == query.AnyOrder:
		return text.New(fmt.Sprintf("any %d of %d", k+1, len(f.Steps)))
	}
	return text.New(query.PrintEvent(f.Steps[k]))
}

// words tells a journey as of now, in the zone of now.
func (j journey) words(f query.Funnel, now time.Time) string {
	n := j.done()
	switch n {
	case 0:
		return "never began: " + j.absent(f)
	case len(j.steps):
		return "went all the way in " + lasting(j.whole()) + j.triesInWords(now)
	}
	return fmt.Sprintf("stuck after %s (%s): %s%s", stepName(f, n-1).Safe(), moment(j.steps[n-1].at, now), j.why(f, now), j.triesInWords(now))
}

// absent says what is missing for a funnel to begin.
func (j journey) absent(f query.Funnel) string {
	of := "among the loaded events"
	if j.in != (between{}) {
		of += " of these dates"
	}
	if f.Order == query.AnyOrder {
		return fmt.Sprintf("none of the %d events is %s", len(f.Steps), of)
	}
	return stepName(f, 0).Safe() + " is not " + of
}

// why says what did not happen.
func (j journey) why(f query.Funnel, now time.Time) string {
	next, window := j.lacking(f), windowOf(f).String()
	if left := j.over.Sub(now); left > 0 && j.end == neverCame {
		return fmt.Sprintf("%s did not come yet, %s of %s are left", next, lasting(left), window)
	}
	switch j.end {
	case cameLate:
		return fmt.Sprintf("%s came after %s, too late for %s", next, lasting(j.next.time.Sub(j.steps[0].at)), window)
	case anotherCame:
		return fmt.Sprintf("%s did not come next, %s did", next, j.next.name.Safe())
	case notLoaded:
		return "events that came next are not loaded"
	}
	return fmt.Sprintf("%s never came within %s", next, window)
}

// lacking names the step that did not come; in any order all of them.
func (j journey) lacking(f query.Funnel) string {
	n := j.done()
	if f.Order != query.AnyOrder {
		return stepName(f, n).Safe()
	}
	had := map[int]bool{}
	for _, r := range j.steps[:n] {
		had[r.step] = true
	}
	var names []string
	for k, step := range f.Steps {
		if !had[k] {
			names = append(names, text.Clean(query.PrintEvent(step)))
		}
	}
	last := len(names) - 1
	if last == 0 {
		return names[0]
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}

// triesInWords says how often it was tried, where it was more than once.
func (j journey) triesInWords(now time.Time) string {
	if j.tries < 2 {
		return ""
	}
	s := fmt.Sprintf("; %d tries", j.tries)
	if j.finished > 0 {
		s += fmt.Sprintf(", %d went through", j.finished)
	}
	s += ", last " + moment(j.last, now)
	if j.end != wentThrough && j.until.After(now) && !j.until.Equal(j.over) {
		s += ", open until " + moment(j.until, now)
	}
	return s
}

// moment is a time to the minute, with its year where that is another one.
func moment(t, now time.Time) string {
	t = t.In(now.Location())
	if t.Year() != now.Year() {
		return t.Format("2 Jan 2006 15:04")
	}
	return t.Format("2 Jan 15:04")
}

func lasting(d time.Duration) string { return charts.Duration(milliseconds(d)) }

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// beside is a step of a user's journey beside everybody's. What the population
// is not known for is NaN.
type beside struct {
	name    text.Raw
	own     reached
	count   float64 // users that got so far
	ofFirst float64 // of those that began
	median  float64 // milliseconds since the step before; NaN for the first, and where nobody got there
}

// besides joins a journey with the API's answer to the same question, step by
// step, and the whole from the first step to the last. An answer of several
// groups is of no one population: then, as where it has none, all of it is NaN.
func besides(f query.Funnel, j journey, got api.Funnel) (steps []beside, whole beside) {
	unknown := math.NaN()
	group := api.FunnelGroup{Median: unknown}
	if len(got.Groups) == 1 {
		group = got.Groups[0]
	}
	for k, r := range j.steps {
		b := beside{name: stepName(f, k), own: r, count: unknown, ofFirst: unknown, median: unknown}
		if k < len(group.Steps) {
			s := group.Steps[k]
			b.count, b.ofFirst, b.median = s.Count, s.OfFirst, s.Median
		}
		steps = append(steps, b)
	}
	whole = beside{name: text.New("first to last"), count: unknown, ofFirst: unknown, median: group.Median}
	if n := len(steps); n > 0 {
		last := steps[n-1]
		whole.count, whole.ofFirst, whole.own = last.count, last.ofFirst, last.own
		if last.own.ok {
			whole.own.took = j.whole()
		}
	}
	return steps, whole
}
