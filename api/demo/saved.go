package demo

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// saved is what somebody has kept in a project besides its events: annotations,
// cohorts and charts. Event files have none of it.
type saved struct {
	annotations []annotation
	cohorts     []cohort
	charts      []chart
}

// annotation is a remark at a date, or from one to another.
type annotation struct {
	start, end     time.Time // no end is a moment
	label, details string
	category       string
	chart          string // the id of the chart that it is written at; nothing is the project
}

// cohort is a set of users with a name: those for whom one condition holds.
type cohort struct {
	id, name string
	is, not  condition // of members, and of everybody else
}

// chart is a question with an id and a title.
type chart struct {
	id, title, about string
	funnel           bool // its steps are the events; else a segmentation
	days             int  // up to today
	ask              url.Values
}

// storeSaved is what is saved in the generated store. The annotations are of what
// has happened in its log: see Generate.
func storeSaved(first time.Time) saved {
	event := func(name string) string { return `{"event_type":` + strconv.Quote(name) + `}` }
	played := func(op string) condition {
		return condition{did: &performed{event: eventArg{name: "Song Played"}, op: op, count: 20, time: "rolling", days: 30}}
	}
	bought := func(op string) condition {
		return condition{did: &performed{event: eventArg{name: "Purchase"}, op: op, time: "allTime"}}
	}
	plan := func(op string) condition { return condition{filter: &filter{"gp:plan", op, []string{"premium"}}} }
	day := func(n int) time.Time { return first.AddDate(0, 0, n) }
	return saved{
		annotations: []annotation{
			{start: day(40), label: "Version 3.4.1", details: "everywhere on one day", category: "Releases"},
			{start: day(storeDays - release), end: day(storeDays - release + 7), label: "Version 3.5.0", details: "shows lyrics; it reaches everybody within a week", category: "Releases"},
			{start: day(storeDays - release + 7), label: "Lyrics reach everybody", details: "what rose in the week before is the roll-out", category: "Releases", chart: "plays7d"},
			{start: day(storeDays - 5), label: "Failing payments reported", details: "by users of Android", category: "Support"},
		},
		cohorts: []cohort{
			{"c3premium", "Premium members", plan("is"), plan("is not")},
			{"c3heavy20", "Heavy listeners", played(">="), played("<")},
			{"c3never00", "Never bought anything", bought("="), bought("!=")},
		},
		charts: []chart{
			{id: "plays7d", title: "Songs played by platform", about: "Totals", days: 30, ask: url.Values{"e": {event("Song Played")}, "m": {"totals"}, "g": {"platform"}}},
			{id: "buy4step", title: "From the store to a purchase", about: "Unique users, within a day", funnel: true, days: 14, ask: url.Values{
				"e": {event("Store Opened"), event("Checkout Started"), event("Payment Submitted"), event("Purchase")}, "cs": {"86400"},
			}},
		},
	}
}

// cohort is the condition that stands for a cohort's members, or for all others.
func (l *Log) cohort(id string, not bool) (condition, error) {
	for _, c := range l.saved.cohorts {
		switch {
		case c.id != id:
		case not:
			return c.not, nil
		default:
			return c.is, nil
		}
	}
	return condition{}, refusal{404, "Cohort not found"}
}

// annotations lists the annotations, in the shape of the live API: a date without
// a time is midnight in UTC, wherever the project is.
func (s *Server) annotations(context.Context, url.Values) (any, error) {
	data := []any{}
	for i, a := range s.Log.saved.annotations {
		if a.start.After(s.Now()) {
			continue
		}
		var end, chart any
		if !a.end.IsZero() {
			end = a.end.Format("2006-01-02T15:04:05+00:00")
		}
		if a.chart != "" {
			chart = a.chart
		}
		data = append(data, map[string]any{
			"id": i + 1, "start": a.start.Format("2006-01-02T15:04:05+00:00"), "end": end, "label": a.label, "details": a.details,
			"chart_id": chart, "category": map[string]any{"id": 1, "category": a.category},
		})
	}
	return bare{map[string]any{"data": data}}, nil
}

// cohorts lists the cohorts with how many members they have: of everybody who has
// ever done anything, by what they are now.
func (s *Server) cohorts(ctx context.Context, _ url.Values) (any, error) {
	list := []any{}
	for _, c := range s.Log.saved.cohorts {
		size, err := s.members(ctx, c)
		if err != nil {
			return nil, err
		}
		list = append(list, map[string]any{
			"id": c.id, "name": c.name, "size": size, "finished": true, "archived": false, "hidden": false, "published": true,
			"lastComputed": s.Now().Unix(), "description": nil, "owners": []any{}, "definition": map[string]any{}, "type": "redshift",
		})
	}
	return bare{map[string]any{"cohorts": list}}, nil
}

// members counts the users whose last event is in a cohort.
func (s *Server) members(ctx context.Context, c cohort) (int, error) {
	now := s.now()
	a := newAxis(dates{day.bucket(now), day.next(day.bucket(now))}, day)
	a.now = now.UnixMicro()
	m, err := s.Log.newMatcher(eventArg{name: "_all"}, []condition{c.is}, a, false)
	if err != nil {
		return 0, err
	}
	n := 0
	for u := range s.Log.people {
		if u&0xff == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		if last := s.Log.lastUntil(u, a.now); last >= 0 && m.inSegment(last) {
			n++
		}
	}
	return n, nil
}

// lastUntil is a user's last event up to a time, -1 for none.
func (l *Log) lastUntil(u int, to int64) int32 {
	_, n := l.within(l.people[u].events, -1<<62, to+1)
	if n == 0 {
		return -1
	}
	return l.people[u].events[n-1]
}

// chart answers what a saved chart asks, as of today, as the live API does: the
// text of a CSV file in JSON, in which cells of text begin with a tab.
func (s *Server) chart(id string) endpoint {
	return func(ctx context.Context, _ url.Values) (any, error) {
		at := slices.IndexFunc(s.Log.saved.charts, func(c chart) bool { return c.id == id })
		if at < 0 {
			return nil, refusal{404, "Chart not found"}
		}
		c := s.Log.saved.charts[at]
		rows, err := s.chartRows(ctx, c)
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		lines := append([][]string{{"\t" + c.title}, nil, {"\t" + c.about}, nil}, rows...)
		for _, cells := range lines {
			for i, cell := range cells {
				if i > 0 {
					b.WriteByte(',')
				}
				b.WriteString(`"` + strings.ReplaceAll(cell, `"`, `""`) + `"`)
			}
			b.WriteString("\r\n")
		}
		return bare{map[string]any{"data": b.String()}}, nil
	}
}

// chartRows are head and rows of a chart's table.
func (s *Server) chartRows(ctx context.Context, c chart) ([][]string, error) {
	v, now := url.Values{}, s.now()
	for name, values := range c.ask {
		v[name] = values
	}
	v.Set("start", now.AddDate(0, 0, 1-c.days).Format("20060102"))
	v.Set("end", now.Format("20060102"))
	if c.funnel {
		return s.funnelRows(ctx, v)
	}
	var found struct {
		X      []string    `json:"xValues"`
		Series [][]float64 `json:"series"`
		Labels [][]any     `json:"seriesLabels"`
	}
	if err := s.answerOf(ctx, s.segmentation, v, &found); err != nil {
		return nil, err
	}
	rows := [][]string{{"\tSegment"}}
	for _, x := range found.X {
		rows[0] = append(rows[0], "\t"+x)
	}
	for i, values := range found.Series {
		row := []string{"\t" + found.Labels[i][1].(string)}
		for _, n := range values {
			row = append(row, textNumber(n))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

func (s *Server) funnelRows(ctx context.Context, v url.Values) ([][]string, error) {
	var found []struct {
		Events []string  `json:"events"`
		Counts []float64 `json:"cumulativeRaw"`
	}
	if err := s.answerOf(ctx, s.funnel, v, &found); err != nil {
		return nil, err
	}
	rows := [][]string{{"\tSegment", "\tSteps", "\tUsers", "\tConversion"}}
	for _, g := range found {
		for k, n := range g.Counts {
			rows = append(rows, []string{"\tAll Users", "\t" + strconv.Itoa(k+1) + " " + g.Events[k], textNumber(n), textNumber(ratio(n, g.Counts[0]))})
		}
	}
	return rows, nil
}

// answerOf asks another endpoint and reads its data.
func (s *Server) answerOf(ctx context.Context, ask endpoint, v url.Values, to any) error {
	got, err := ask(ctx, v)
	if err != nil {
		return err
	}
	data := got
	if a, ok := got.(answer); ok {
		data = a.data
	}
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, to)
}
