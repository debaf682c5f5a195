package funnel

import (
	"fmt"
	"math"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// answer is what was found: groups times steps.
type answer struct {
	steps  []text.Raw // what was asked for
	groups []group
	meta   api.Meta
	empty  string // said where nobody began
}

// group is a funnel of some users.
type group struct {
	label           text.Raw // segment or group value; empty where all are one
	segment         int
	steps           []api.FunnelStep
	median, average float64 // first to last step, milliseconds
	days            []api.FunnelDay
}

// newAnswer turns what the API said into what is drawn. It is pure.
func newAnswer(s State, got api.Funnel, m *views.Mask) answer {
	r, shown := answer{meta: got.Meta}, s.masked(m)
	r.empty = views.Unmatched("no data: nobody did the first step in these dates", shown.Who.Narrows(shown.Steps...))
	for _, g := range got.Groups {
		one := group{label: views.GroupName(m, s.Who, g.Segment, g.Label), segment: g.Segment, steps: g.Steps, median: g.Median, average: g.Average, days: g.Days}
		r.groups = append(r.groups, one)
		for i := len(r.steps); i < len(g.Steps); i++ {
			r.steps = append(r.steps, shown.stepName(i, len(g.Steps), g.Steps[i].Label))
		}
	}
	return r
}

// stepName is what a count is of: an event, or where the order is free so many
// of the events.
func (s State) stepName(i, steps int, label text.Raw) text.Raw {
	switch {
	case s.Order == query.AnyOrder && i == steps-1:
		return text.New(fmt.Sprintf("all %d of them", steps))
	case s.Order == query.AnyOrder:
		return text.New(fmt.Sprintf("any %d of %d", i+1, steps))
	case i < len(s.Steps):
		return text.New(query.PrintEvent(s.Steps[i]))
	}
	return label
}

// came is how many were at the step before; NaN for the first.
func (g group) came(step int) float64 {
	if step == 0 || step > len(g.steps) {
		return math.NaN()
	}
	return g.steps[step-1].Count
}

func (g group) count(step int) float64 { return g.steps[step].Count }

// lost is how many of the step before did not get here.
func (g group) lost(step int) float64 { return g.came(step) - g.steps[step].Count }

// lossRate is the part of the step before that was lost, NaN where nobody was
// there.
func (g group) lossRate(step int) float64 {
	if came := g.came(step); came > 0 {
		return g.lost(step) / came
	}
	return math.NaN()
}

// conversion is the part of the first step that got here.
func (g group) conversion(step int) float64 {
	if first := g.steps[0].Count; first > 0 && step < len(g.steps) {
		return g.steps[step].Count / first
	}
	return math.NaN()
}

// place is a step of a group.
type place struct{ group, step int }

// biggestDrop is where the largest part of the users is lost.
func (r *answer) biggestDrop() (place, bool) {
	return r.most(group.came, func(g group, step int) float64 {
		if g.lost(step) == 0 {
			return math.NaN()
		}
		return g.lossRate(step)
	})
}

// slowestStep is where the median time is longest.
func (r *answer) slowestStep() (place, bool) {
	return r.most(group.count, func(g group, step int) float64 { return g.steps[step].Median })
}

// fewest is how many users a group must have at a step before it is compared:
// the rates of fewer say little.
const fewest = 20

// most is where a figure, which is one of so many users, is highest. Groups of
// few users are heard where there are no others.
func (r *answer) most(users, of func(group, int) float64) (at place, found bool) {
	for _, least := range []float64{fewest, 0} {
		best := math.Inf(-1)
		for i, g := range r.groups {
			for k := 1; k < len(g.steps); k++ {
				if v := of(g, k); v > best && (len(r.groups) == 1 || users(g, k) >= least) {
					at, best, found = place{i, k}, v, true
				}
			}
		}
		if found {
			break
		}
	}
	return at, found
}

// widestGap is the step whose conversion differs most between groups, with the
// worst and the best of them.
func (r *answer) widestGap() (step, worst, best int, ok bool) {
	widest := 0.0
	for k := 1; k < len(r.steps); k++ {
		low, high := -1, -1
		for i, g := range r.groups {
			if k >= len(g.steps) || g.came(k) < fewest {
				continue
			}
			if low < 0 || g.lossRate(k) > r.groups[low].lossRate(k) {
				low = i
			}
			if high < 0 || g.lossRate(k) < r.groups[high].lossRate(k) {
				high = i
			}
		}
		if low < 0 {
			continue
		}
		if gap := r.groups[low].lossRate(k) - r.groups[high].lossRate(k); gap > widest {
			step, worst, best, widest, ok = k, low, high, gap, true
		}
	}
	return step, worst, best, ok
}

// sentence says the answer in words: where groups part, where most are lost,
// where it takes longest, and how long the whole of one funnel takes.
func (r *answer) sentence() []string {
	var said []string
	if k, low, high, ok := r.widestGap(); ok {
		said = append(said, fmt.Sprintf("Widest gap: %s, %s %s against %s %s", r.between(k),
			r.groups[low].label.Safe(), charts.Percent(1-r.groups[low].lossRate(k)),
			r.groups[high].label.Safe(), charts.Percent(1-r.groups[high].lossRate(k))))
	}
	if at, ok := r.biggestDrop(); ok {
		g := r.groups[at.group]
		said = append(said, fmt.Sprintf("Biggest drop%s: %s, %s of %s lost (%s)", of(g), r.between(at.step),
			charts.Exact(g.lost(at.step)), charts.Exact(g.came(at.step)), charts.Percent(g.lossRate(at.step))))
	}
	if at, ok := r.slowestStep(); ok {
		g := r.groups[at.group]
		said = append(said, fmt.Sprintf("Slowest step%s: %s, median %s", of(g), r.between(at.step), charts.Duration(g.steps[at.step].Median)))
	}
	if len(r.groups) == 1 {
		said = append(said, r.groups[0].whole()...)
	}
	return said
}

// whole says how long those took who did all steps, where that is more than one
// step.
func (g group) whole() []string {
	if len(g.steps) < 3 || math.IsNaN(g.median) {
		return nil
	}
	return []string{fmt.Sprintf("First to last step%s: median %s, average %s", of(g), charts.Duration(g.median), charts.Duration(g.average))}
}

func of(g group) string {
	if g.label.IsZero() {
		return ""
	}
	return " of " + g.label.Safe()
}

func (r *answer) between(step int) string {
	return r.steps[step-1].Safe() + " to " + r.steps[step].Safe()
}

// data is the documented JSON of the answer.
func (r *answer) data() any {
	type step struct {
		Event      text.Raw     `json:"event"`
		Count      views.Number `json:"count"`
		OfFirst    views.Number `json:"of_first"`
		OfPrevious views.Number `json:"of_previous"`
		Median     views.Number `json:"median_ms"`
		Average    views.Number `json:"average_ms"`
	}
	type day struct {
		Date     string         `json:"date"`
		Counts   []views.Number `json:"counts"`
		Complete bool           `json:"complete"`
	}
	type oneGroup struct {
		Label text.Raw `json:"label"`
		Steps []step   `json:"steps"`
		Days  []day    `json:"days"`
	}
	groups := make([]oneGroup, len(r.groups))
	for i, g := range r.groups {
		groups[i] = oneGroup{Label: g.label, Steps: []step{}, Days: []day{}}
		for k, s := range g.steps {
			groups[i].Steps = append(groups[i].Steps, step{
				r.steps[k], views.Number(s.Count), views.Number(s.OfFirst), views.Number(s.OfPrevious),
				views.Number(s.Median), views.Number(s.Average),
			})
		}
		for _, d := range g.days {
			groups[i].Days = append(groups[i].Days, day{views.Date(d.Time, d.Label), views.Numbers(d.Counts), d.Complete})
		}
	}
	return struct {
		Groups []oneGroup `json:"groups"`
	}{groups}
}

// info says in words what the picture shows: first what the query line may not
// say.
func (s State) info(a asked) string {
	d := a.query.Dates
	info := fmt.Sprintf("%s · within %s", views.Span(d.Start, d.End), s.Window)
	if s.Users == api.NewUsers {
		info += ", new users"
	}
	switch s.Order {
	case query.AnyOrder:
		info += ", in any order"
	case query.Sequential:
		info += ", no event between the steps"
	}
	return info
}

// remarks is what a reader must know before believing a number.
func (r *answer) remarks(s State, a asked) []string {
	notes := r.meta.Badges()
	if len(s.Who.By) > 0 && len(r.groups) >= s.Limit {
		notes = append(notes, fmt.Sprintf("the first %d groups only", s.Limit))
	}
	if len(s.Who.By) == 0 && s.Limit != Default().Limit {
		notes = append(notes, "--limit counts groups, and there are none")
	}
	if over := api.AddDays(a.query.Dates.End, 1).Add(time.Duration(s.Window)); over.After(r.meta.Reaches(a.now)) {
		notes = append(notes, "recent days may still rise")
	}
	return notes
}
