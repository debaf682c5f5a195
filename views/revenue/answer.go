package revenue

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// answer is what was found: groups of cohorts, newest first, or a plain time
// series from a server that knows only the older endpoint.
type answer struct {
	groups  []group
	days    []int // the ages that the columns are about
	shown   int   // so many of them are drawn: of the others nothing is known
	top     float64
	pending bool // some users are too young for some of the days
	old     *api.Segmentation
	names   []text.Raw // of its series, where there are groups
	open    []bool     // the points of old that are not over
	meta    api.Meta
	write   func(float64) string // writes a value of the metric
	nobody  string               // said where nobody was new
}

// group is the cohorts of some users.
type group struct {
	label text.Raw
	rows  []row // all new users together first, if that was sent; then each cohort
	all   bool  // the first row is that of all
}

// row is one cohort, or all together.
type row struct {
	name                string // in words
	date                string // as exports name it
	users, paid, amount float64
	cells               []cell // one per day of the answer
}

// cell is the metric at one age. A pending one lacks the users who are not that
// old; known says that it is a number all the same.
type cell struct {
	value   float64
	pending bool
	sent    bool
}

// known says whether there is a number to draw: a pending zero is that of nobody.
func (c cell) known() bool {
	return c.sent && !math.IsNaN(c.value) && (!c.pending || c.value != 0)
}

// marked says whether a number has the mark of what is pending. That of all users
// together is of those who are so old, as in retention: there it stands for no number.
func (c cell) marked(all bool) bool { return c.pending && !(all && c.known()) }

// newAnswer turns what the API said into what is drawn. It is pure.
func newAnswer(s State, got api.Revenue, m *views.Mask) answer {
	r := answer{old: got.Series, open: got.Open, meta: got.Meta, write: s.Metric.shown}
	r.nobody = views.Unmatched("no data: nobody was new in these dates", s.masked(m).Who.Narrows())
	see := func(days []api.RevenueDay) {
		for _, d := range days {
			if !slices.Contains(r.days, d.Day) {
				r.days = append(r.days, d.Day)
			}
		}
	}
	var times []time.Time
	for _, g := range got.Groups {
		see(g.Combined)
		for _, c := range g.Cohorts {
			see(c.Days)
			times = append(times, c.Time)
		}
	}
	slices.Sort(r.days)
	named := views.CohortNames(times, s.Interval)
	for _, g := range got.Groups {
		one := group{label: views.GroupName(m, s.Who, g.Segment, g.Label), all: len(g.Combined) > 0}
		if one.all {
			one.rows = append(one.rows, r.row("all new users", "", g.Users, g.Paid, g.Amount, g.Combined))
		}
		for _, c := range g.Cohorts {
			one.rows = append(one.rows, r.row(named(c.Time, c.Label), views.Date(c.Time, c.Label), c.Users, c.Paid, c.Amount, c.Days))
		}
		r.groups = append(r.groups, one)
	}
	if got.Series != nil {
		for _, one := range got.Series.Series {
			r.names = append(r.names, views.GroupName(m, s.Who, one.Segment, one.Label))
		}
	}
	r.measure()
	return r
}

func (r *answer) row(name, date string, users, paid, amount float64, days []api.RevenueDay) row {
	one := row{name: name, date: date, users: users, paid: paid, amount: amount, cells: make([]cell, len(r.days))}
	for _, d := range days {
		one.cells[slices.Index(r.days, d.Day)] = cell{d.Value, !d.Complete, true}
	}
	return one
}

// measure finds the columns that are worth drawing, and the end of the scale of
// colours among the numbers that are certain.
func (r *answer) measure() {
	r.shown = min(1, len(r.days))
	for _, g := range r.groups {
		for k, one := range g.rows {
			for n, c := range one.cells {
				if c.known() {
					r.shown = max(r.shown, n+1)
				}
				r.pending = r.pending || c.sent && c.pending
				if c.known() && !c.pending && !(k == 0 && g.all) {
					r.top = max(r.top, c.value)
				}
			}
		}
	}
}

// money is an amount as sent: the API names no currency.
func money(v float64) string {
	if math.IsNaN(v) {
		return charts.Exact(v)
	}
	if math.Abs(v) >= 10000 {
		return charts.Exact(math.Round(v))
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// shown is a value of the metric.
func (m Metric) shown(v float64) string {
	if m == paying {
		return charts.Exact(v)
	}
	return money(v)
}

// readout says a cell in words.
func (r *answer) readout(s State, at views.Cells) string {
	if at.Group >= len(r.groups) || at.Row >= len(r.groups[at.Group].rows) || at.Col >= len(r.days) {
		return ""
	}
	g, day := r.groups[at.Group], r.days[at.Col]
	one := g.rows[at.Row]
	who := one.name
	if !g.all || at.Row > 0 {
		who = "new on " + one.name
		switch s.Interval {
		case api.Week:
			who = "new in the week of " + one.name
		case api.Month:
			who = "new in " + one.name
		}
	}
	if !g.label.IsZero() {
		who = g.label.Safe() + ", " + who
	}
	if !math.IsNaN(one.users) {
		who += " (" + charts.Exact(one.users) + ")"
	}
	c := one.cells[at.Col]
	switch {
	case !c.sent:
		return fmt.Sprintf("%s: no number was sent for day %d", who, day)
	case !c.known():
		return fmt.Sprintf("%s: day %d is pending", who, day)
	}
	said := fmt.Sprintf("%s: %s %s by day %d", who, s.Metric.word(), s.Metric.shown(c.value), day)
	switch all := g.all && at.Row == 0; {
	case c.marked(all):
		said += ", pending"
	case c.pending:
		said += ", of those so old"
	}
	return said
}

// info says in words what the picture shows.
func (s State) info(a asked, r *answer) string {
	d := a.query.Dates
	if r.old != nil {
		return fmt.Sprintf("%s per %s of all users, not by age · %s", s.Metric.word(), query.IntervalWord(s.Interval), views.Span(d.Start, d.End))
	}
	return fmt.Sprintf("%s of new users by %s · %s", s.Metric.word(), query.IntervalWord(s.Interval), views.Span(d.Start, d.End))
}

// remarks is what a reader must know before believing a number.
func (r *answer) remarks() []string {
	notes := r.meta.Badges()
	switch {
	case r.old != nil:
		notes = append(notes, "from /revenue/day")
	case r.pending:
		notes = append(notes, "* not all are so old: may fall too")
	}
	if len(r.groups) > 0 && !r.groups[0].all {
		notes = append(notes, "no row of all users was sent")
	}
	return notes
}

// why says why a curve may fall though revenue adds up.
func (r *answer) why() string {
	if !r.pending {
		return ""
	}
	return "Users younger than N days are left out of day N: curves may fall at their end."
}

// data is the documented JSON of the answer.
func (r *answer) data() any {
	type day struct {
		N        int          `json:"n"`
		Value    views.Number `json:"value"`
		Complete bool         `json:"complete"`
	}
	type cohort struct {
		Date   string       `json:"date"`
		Users  views.Number `json:"users"`
		Paid   views.Number `json:"paid"`
		Amount views.Number `json:"amount"`
		Days   []day        `json:"days"`
	}
	type oneGroup struct {
		Label    text.Raw `json:"label"`
		Cohorts  []cohort `json:"cohorts"`
		Combined []day    `json:"combined"`
	}
	days := func(cells []cell) []day {
		out := []day{}
		for i, c := range cells {
			if c.sent {
				out = append(out, day{r.days[i], views.Number(c.value), !c.pending})
			}
		}
		return out
	}
	groups := make([]oneGroup, len(r.groups))
	for i, g := range r.groups {
		groups[i] = oneGroup{Label: g.label, Cohorts: []cohort{}, Combined: []day{}}
		for k, one := range g.rows {
			if k == 0 && g.all {
				groups[i].Combined = days(one.cells)
				continue
			}
			groups[i].Cohorts = append(groups[i].Cohorts, cohort{one.date, views.Number(one.users), views.Number(one.paid), views.Number(one.amount), days(one.cells)})
		}
	}
	return struct {
		Groups []oneGroup `json:"groups"`
		*series
	}{groups, r.seriesData()}
}

// series is the JSON of a time series, where that is what the server knows.
type series struct {
	X      []string    `json:"x"`
	Series []oneSeries `json:"series"`
}

type oneSeries struct {
	Label      text.Raw       `json:"label"`
	Values     []views.Number `json:"values"`
	Total      views.Number   `json:"total"`
	Incomplete []bool         `json:"incomplete"`
}

func (r *answer) seriesData() *series {
	if r.old == nil {
		return nil
	}
	out := &series{X: []string{}, Series: []oneSeries{}}
	for i := range r.old.Labels {
		out.X = append(out.X, r.point(i))
	}
	for i, one := range r.old.Series {
		label := one.Label
		if !r.names[i].IsZero() {
			label = r.names[i]
		}
		out.Series = append(out.Series, oneSeries{label, views.Numbers(one.Values), views.Number(one.Total), r.open})
	}
	return out
}

// point is a point of the time series as tables and exports name it.
func (r *answer) point(i int) string {
	if i < len(r.old.Times) {
		return views.Date(r.old.Times[i], r.old.Labels[i])
	}
	return r.old.Labels[i].Safe()
}
