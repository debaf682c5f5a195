package funnel

import (
	"context"
	"fmt"
	"strings"
	"time"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
)

// settled is the same funnel of the dates whose conversion window is over: what it
// says does not change any more. A user counts once in it, as in the table; the days of
// an answer cannot be added up, since who began on two of them stands in both.
type settled struct {
	groups []group
	dates  string // in words; empty where they are all that was asked for
	why    string // there are none, or they were not asked for
}

const (
	noneSettled = "who began last may still convert, ask for a shorter --within or earlier dates"
	notSettled  = "who began last may still convert"
)

// settledDates are the dates asked for as far as their window is over in all groups;
// all says that they are all of them. Without any, why says so.
func (r *answer) settledDates(a asked) (d api.Dates, all bool, why string) {
	d, all = a.query.Dates, true
	for _, g := range r.groups {
		for i, day := range g.days {
			if day.Complete {
				continue
			}
			all = false
			if i == 0 {
				return d, false, noneSettled
			}
			last := g.days[i-1].Time
			if last.IsZero() {
				return d, false, "the dates are not understood: what is over is not known"
			}
			if end := api.AddDays(a.query.Interval.Next(last), -1); end.Before(d.End) {
				d.End = end
			}
			break
		}
	}
	return d, all, ""
}

// settle finds what of the answer is certain. Where a check wants it and the answer
// does not have it, it asks once more, for the dates whose window is over.
func (r *answer) settle(ctx context.Context, env views.Env, s State, a asked) (settled, error) {
	d, all, why := r.settledDates(a)
	switch {
	case all:
		return settled{groups: r.groups}, nil
	case why != "":
		return settled{groups: r.groups, why: why}, nil
	case !env.Checked:
		return settled{groups: r.groups, why: notSettled}, nil
	}
	over := a
	over.query.Dates = d
	got, err := over.Fetch(ctx, env.API)
	if err != nil {
		return settled{}, err
	}
	certain := newAnswer(s, got, env.Mask)
	return settled{
		groups: certain.groups,
		dates:  fmt.Sprintf("%s, whose %s window is over,", views.Span(d.Start, d.End), s.Window),
	}, nil
}

// besides is what a check will ask besides, as far as that can be known before: of the
// dates whose window is over by the clock.
func besides(now time.Time, args []string) []api.Question {
	s, err := parse(args)
	if err != nil {
		return nil
	}
	a, err := s.Query(now)
	if err != nil {
		return nil
	}
	d := &a.query.Dates
	last := a.query.Interval.Bucket(now.Add(-time.Duration(s.Window)))
	if !last.After(d.Start) || last.After(d.End) {
		return nil
	}
	d.End = api.AddDays(last, -1)
	return []api.Question{a.query}
}

// group is what is certain of a group, or why nothing is.
func (c settled) group(of group) (g group, why string) {
	for _, g := range c.groups {
		if g.label == of.label && g.segment == of.segment {
			return g, c.why
		}
	}
	return of, "nobody of it began in " + strings.TrimSuffix(c.dates, ",")
}

// part is how many of so many.
type part struct {
	n, of float64
	did   string // what they did, where that is not the step
}

// printed says where the answer prints a part: in a column of the table at a step or,
// where that may still rise, in the remark on the dates that are over.
func (c settled) printed(p part, column string, step int, inTable float64) string {
	table := fmt.Sprintf("%q at step %d: %s", column, step+1, charts.Rate(inTable))
	if c.dates == "" {
		return table
	}
	return fmt.Sprintf("%s of %s users%s; %s of all dates, may still rise", charts.Exact(p.n), charts.Exact(p.of), p.did, table)
}

// mostSettled is how many groups the remark on settled dates has.
const mostSettled = 10

// says is the remark on what was asked for a check: how many got to each step.
func (c settled) says() []string {
	if c.dates == "" {
		return nil
	}
	var said []string
	for _, g := range c.groups {
		if len(g.steps) < 2 {
			continue
		}
		var counts []string
		for _, step := range g.steps {
			counts = append(counts, charts.Exact(step.Count))
		}
		last := len(g.steps) - 1
		said = append(said, views.Joined(": ", g.label.Safe(), strings.Join(counts, " → ")+", "+charts.Percent(ratio(g.count(last), g.count(0)))))
	}
	if more := len(said) - mostSettled; more > 0 {
		said = append(said[:mostSettled], fmt.Sprintf("%d groups more", more))
	}
	if len(said) == 0 {
		said = []string{"nobody began"}
	}
	return []string{"for the check, of " + c.dates + " asked for besides: " + strings.Join(said, "; ")}
}
