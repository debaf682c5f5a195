package retention

import (
	"fmt"
	"math"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// answer is what was found: groups of cohorts, newest first.
type answer struct {
	groups []group
	heads  []string // what each column is about: 0, 1, 2 or 0, 1-7
	top    float64  // the highest rate that is certain, the end of the scale of colours
	open   bool     // some cell is not over
	meta   api.Meta
	made   *madeRows // of the group that was drawn last
	empty  string    // said where nobody began
}

// madeRows are the rows of a triangle, which a step of the cursor does not change: there
// may be a hundred thousand cells.
type madeRows struct {
	group  int
	counts bool
	rows   []charts.HeatRow
}

// group is the cohorts of some users.
type group struct {
	label text.Raw // segment or group value; empty where all are one
	rows  []row    // all cohorts together first, if that was sent; then each
	all   bool     // the first row is that of all cohorts
}

// row is one cohort, or all together.
type row struct {
	name  string // in words
	date  string // as exports name it
	time  time.Time
	size  float64
	cells []api.RetentionCell
}

// newAnswer turns what the API said into what is drawn. It is pure.
func newAnswer(s State, got api.Retention, m *views.Mask) answer {
	r, shown := answer{meta: got.Meta}, s.masked(m)
	r.empty = views.Unmatched("no data: nobody did the start event in these dates", shown.Who.Narrows(shown.Start, shown.Return))
	columns := 0
	var times []time.Time
	for _, g := range got.Groups {
		for _, c := range g.Cohorts {
			times = append(times, c.Time)
		}
	}
	named := views.CohortNames(times, s.Interval)
	for _, g := range got.Groups {
		one := group{label: views.GroupName(m, s.Who, g.Segment, g.Label), all: len(g.Combined) > 0}
		if one.all {
			one.rows = append(one.rows, row{name: "all cohorts", size: g.Users, cells: g.Combined})
		}
		for _, c := range g.Cohorts {
			one.rows = append(one.rows, row{
				name: named(c.Time, c.Label), date: views.Date(c.Time, c.Label),
				time: c.Time, size: c.Size, cells: c.Cells,
			})
		}
		for _, row := range one.rows {
			columns = max(columns, len(row.cells))
		}
		r.groups = append(r.groups, one)
	}
	for n := range columns {
		r.heads = append(r.heads, s.column(n))
	}
	r.measure()
	return r
}

// column is what the n-th column is about, as short as a head.
func (s State) column(n int) string {
	if s.Mode == bracket && n < len(s.Brackets) {
		return bracketWord(s.Brackets[n])
	}
	return fmt.Sprint(n)
}

// rate is the part that came back, NaN where there is no number or nobody.
func rate(c api.RetentionCell) float64 {
	if c.Of > 0 {
		return c.Count / c.Of
	}
	return math.NaN()
}

// measure finds the end of the scale of colours among the numbers that are
// certain. The first column is mostly the start itself and would drown the rest.
func (r *answer) measure() {
	for _, from := range []int{1, 0} {
		for _, g := range r.groups {
			for _, row := range g.rows {
				for n, c := range row.cells {
					r.open = r.open || c.Incomplete
					if v := rate(c); n >= from && !c.Incomplete && v > r.top {
						r.top = v
					}
				}
			}
		}
		if r.top > 0 {
			return
		}
	}
}

// readout says a cell in words.
func (r *answer) readout(s State, at views.Cells) string {
	if at.Group >= len(r.groups) || at.Row >= len(r.groups[at.Group].rows) {
		return ""
	}
	g := r.groups[at.Group]
	row := g.rows[at.Row]
	who := "cohort of " + row.name
	if s.Interval == api.Week {
		who = "week of " + row.name
	}
	if g.all && at.Row == 0 {
		who = row.name
	}
	if !g.label.IsZero() {
		who = g.label.Safe() + ", " + who
	}
	if at.Col >= len(row.cells) {
		return fmt.Sprintf("%s: %s is still to come", who, s.when(at.Col))
	}
	c := row.cells[at.Col]
	switch {
	case math.IsNaN(c.Count) || math.IsNaN(c.Of):
		return fmt.Sprintf("%s: no number was sent for %s", who, s.when(at.Col))
	case c.Of == 0:
		return fmt.Sprintf("%s: nobody, so there is no rate for %s", who, s.when(at.Col))
	}
	said := fmt.Sprintf("%s: %s of %s users (%s) %s %s", who, charts.Exact(c.Count), charts.Exact(c.Of), charts.Percent(rate(c)), s.did(), s.in(at.Col))
	if c.Incomplete {
		said += ", not over yet"
	}
	return said
}

// did is what coming back means, in words.
func (s State) did() string {
	switch name := s.Return.Name.Safe(); name {
	case "_active":
		return "were active"
	case "_all":
		return "came back"
	default:
		return "did " + name
	}
}

// when names the time that a column is about.
func (s State) when(n int) string {
	if s.Mode == bracket && n < len(s.Brackets) {
		b := s.Brackets[n]
		if b.To > b.From+1 {
			return fmt.Sprintf("days %d to %d", b.From, b.To-1)
		}
		n = b.From
	}
	if s.Mode == rolling {
		return fmt.Sprintf("%s %d or later", s.unit(), n)
	}
	return fmt.Sprintf("%s %d", s.unit(), n)
}

// in is when with its preposition.
func (s State) in(n int) string { return s.preposition() + s.when(n) }

func (s State) preposition() string {
	if s.unit() == "day" {
		return "on "
	}
	return "in "
}

// info says in words what the picture shows.
func (s State) info(a asked) string {
	d := a.query.Dates
	mode := "back " + s.preposition() + s.unit() + " N"
	switch s.Mode {
	case rolling:
		mode = s.preposition() + s.unit() + " N or later"
	case bracket:
		mode = "within spans of days"
	}
	return views.Span(d.Start, d.End) + " · " + mode
}

// remarks is what a reader must know before believing a number.
func (r *answer) remarks() []string {
	notes := r.meta.Badges()
	if r.open {
		notes = append(notes, "* not over, not in averages")
	}
	if len(r.groups) > 0 && !r.groups[0].all {
		notes = append(notes, "no row of all cohorts was sent")
	}
	return notes
}

// data is the documented JSON of the answer.
func (r *answer) data() any {
	type cell struct {
		N          int          `json:"n"`
		Count      views.Number `json:"count"`
		Of         views.Number `json:"of"`
		Incomplete bool         `json:"incomplete"`
	}
	type cohort struct {
		Date  string       `json:"date"`
		Size  views.Number `json:"size"`
		Cells []cell       `json:"cells"`
	}
	type oneGroup struct {
		Label    text.Raw `json:"label"`
		Cohorts  []cohort `json:"cohorts"`
		Combined []cell   `json:"combined"`
	}
	cells := func(list []api.RetentionCell) []cell {
		out := make([]cell, len(list))
		for n, c := range list {
			out[n] = cell{n, views.Number(c.Count), views.Number(c.Of), c.Incomplete}
		}
		return out
	}
	groups := make([]oneGroup, len(r.groups))
	for i, g := range r.groups {
		groups[i] = oneGroup{Label: g.label, Cohorts: []cohort{}, Combined: []cell{}}
		for k, row := range g.rows {
			if k == 0 && g.all {
				groups[i].Combined = cells(row.cells)
				continue
			}
			groups[i].Cohorts = append(groups[i].Cohorts, cohort{row.date, views.Number(row.size), cells(row.cells)})
		}
	}
	return struct {
		Groups []oneGroup `json:"groups"`
	}{groups}
}
