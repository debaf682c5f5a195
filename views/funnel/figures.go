package funnel

import (
	"fmt"
	"math"
	"strings"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
)

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "conversion", Means: "from the first step to the last, of each group; of tries whose window is over", Unit: views.Percent},
		{Name: "drop", Means: "the part that is lost at a step, of each step", Unit: views.Percent},
		{Name: "users", Means: "how many began"},
	}
}

// figures are what checks can compare: the conversion of the whole funnel, the
// part that is lost at each step, and who began. Where some days are immature,
// only tries that began on the others count: who began lately may still convert.
func (r *answer) figures(a asked) []views.Figure {
	var out []views.Figure
	running := api.AddDays(a.query.Dates.End, 1).After(r.meta.Reaches(a.now))
	for _, g := range r.groups {
		if len(g.steps) == 0 {
			continue
		}
		label := g.label.Safe()
		users := views.Figure{Name: "users", Of: label, Value: g.steps[0].Count, Before: math.NaN(), Rises: true}
		if running {
			users.Open = views.StillRunning
		}
		out = append(out, users)
		c := g.certain()
		add := func(name, where string, v float64, printed string) {
			out = append(out, views.Figure{Name: name, Of: views.Joined(", ", label, where, c.of()), Value: v, Percent: true, Before: math.NaN(), Open: c.open, Printed: printed})
		}
		n := len(c.counts)
		if n > 1 {
			add("conversion", "", ratio(c.counts[n-1], c.counts[0]), printedAs(c, 0, n-1, "", "of first", g.steps[n-1].OfFirst))
		}
		for k := 1; k < n && k < len(r.steps); k++ {
			add("drop", r.between(k), 1-ratio(c.counts[k], c.counts[k-1]), printedAs(c, k-1, k, " went on", "of previous", g.steps[k].OfPrevious))
		}
	}
	return out
}

// printedAs says where the answer prints the part that came from one step to another:
// in a column of the table or, where that may still rise, in the note of the tries that
// are over.
func printedAs(c certain, from, to int, went, column string, part float64) string {
	table := fmt.Sprintf("%q at step %d: %s", column, to+1, charts.Rate(part))
	if c.all {
		return table
	}
	return fmt.Sprintf("%s of %s%s; %s, may still change", charts.Exact(c.counts[to]), charts.Exact(c.counts[from]), went, table)
}

// mostCertain is how many groups the note of certain tries has.
const mostCertain = 10

// certainly is how many tries came to each step, of those whose window is over; nothing
// where they are all, or none.
func (r *answer) certainly() []string {
	var said []string
	for _, g := range r.groups {
		c := g.certain()
		if c.all || c.open != "" || len(c.counts) < 2 {
			continue
		}
		var counts []string
		for _, n := range c.counts {
			counts = append(counts, charts.Exact(n))
		}
		one := strings.Join(counts, " → ") + ", " + charts.Percent(ratio(c.counts[len(c.counts)-1], c.counts[0]))
		said = append(said, views.Joined(": ", g.label.Safe(), one))
	}
	if len(said) == 0 {
		return nil
	}
	if more := len(said) - mostCertain; more > 0 {
		said = append(said[:mostCertain], fmt.Sprintf("%d groups more", more))
	}
	return []string{certain{}.of() + ": " + strings.Join(said, "; ")}
}

func ratio(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return math.NaN()
}

// certain is how many got to each step, of tries whose window is over.
type certain struct {
	counts []float64
	all    bool   // which are all
	open   string // says that they are none
}

// of says which tries they are where they are not all.
func (c certain) of() string {
	if c.all || c.open != "" {
		return ""
	}
	return "tries begun on days that are over"
}

func (g group) certain() certain {
	over := 0
	all, sums := make([]float64, len(g.steps)), make([]float64, len(g.steps))
	for k, s := range g.steps {
		all[k] = s.Count
	}
	for _, d := range g.days {
		if !d.Complete {
			continue
		}
		over++
		for k := range min(len(sums), len(d.Counts)) {
			if !math.IsNaN(d.Counts[k]) {
				sums[k] += d.Counts[k]
			}
		}
	}
	switch over {
	case len(g.days):
		return certain{counts: all, all: true}
	case 0:
		return certain{counts: all, open: "who began last may still convert, ask for a shorter --within or earlier dates"}
	}
	return certain{counts: sums}
}
