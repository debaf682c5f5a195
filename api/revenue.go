package api

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"sync/atomic"
	"time"

	"amptui/api/text"
)

const (
	revenueEndpoint    = "/api/2/revenue/ltv"
	oldRevenueEndpoint = "/api/2/revenue/day"
)

// oldRevenue remembers that the server knows only the older endpoint.
type oldRevenue struct{ atomic.Bool }

// Revenue is what new users of a range are worth: groups of cohorts, or, from
// the older endpoint, a plain time series in Series and no groups.
type Revenue struct {
	Groups []RevenueGroup
	Series *Segmentation // of /revenue/day: revenue per interval, not by cohort
	Open   []bool        // of Series: the points that are not over
	Meta   Meta
}

// RevenueGroup is the cohorts of some users, newest first.
type RevenueGroup struct {
	Segment  int
	Label    text.Raw
	Cohorts  []RevenueCohort
	Users    float64 // of all cohorts together; NaN when not sent
	Paid     float64
	Amount   float64 // all their revenue so far
	Combined []RevenueDay
}

// RevenueCohort is the new users of one date. Money is the sum as it was sent;
// the API names no currency.
type RevenueCohort struct {
	Label  text.Raw
	Time   time.Time // zero when the label is no date
	Users  float64
	Paid   float64
	Amount float64 // all their revenue so far
	Days   []RevenueDay
}

// RevenueDay is the metric after so many days of a user's age. What is not
// complete is pending: not all users are that old.
type RevenueDay struct {
	Day      int
	Value    float64
	Complete bool
}

// Revenue asks GET /api/2/revenue/ltv; where the server answers 404, and from
// then on, GET /api/2/revenue/day.
func (c *Client) Revenue(ctx context.Context, q RevenueQuery) (Revenue, error) {
	if err := q.Check(); err != nil {
		return Revenue{}, err
	}
	if !c.plain.Load() {
		got, err := c.get(ctx, q)
		if err == nil {
			r, err := c.decodeRevenue(got.body, q, got.at)
			c.judge(q, got, &r.Meta, err)
			c.record(q.Interval, &r.Meta).revenue(&r)
			return r, err
		}
		if !errors.Is(err, ErrNotFound) {
			return Revenue{}, err
		}
	}
	older := oldRevenueQuery{q}
	got, err := c.get(ctx, older)
	if err != nil {
		return Revenue{}, err
	}
	c.plain.Store(true)
	r, err := c.decodeRevenueDay(got.body, q, got.at)
	c.judge(older, got, &r.Meta, err)
	c.record(q.Interval, &r.Meta).revenue(&r)
	return r, err
}

// oldRevenueQuery is the same question for the older endpoint.
type oldRevenueQuery struct{ RevenueQuery }

// Endpoint is where the question is asked.
func (oldRevenueQuery) Endpoint() string { return oldRevenueEndpoint }

// Values name the metric in the older endpoint's words.
func (q oldRevenueQuery) Values() url.Values {
	v := q.RevenueQuery.Values()
	v.Set("m", [...]string{"arpu", "arppu", "total", "paying"}[q.Metric])
	return v
}

// resolve is the question as this server takes it.
func (c *Client) resolve(q Question) Question {
	if r, ok := q.(RevenueQuery); ok && c.plain.Load() {
		return oldRevenueQuery{r}
	}
	return q
}

// decodeRevenueDay takes either shape: the older endpoint is described as a time
// series in one place and by cohort in another.
func (c *Client) decodeRevenueDay(body []byte, q RevenueQuery, came time.Time) (Revenue, error) {
	s, err := c.decodeSegmentation(body, len(q.By) > 0, q.Dates.End)
	if err != nil {
		return c.decodeRevenue(body, q, came)
	}
	if err := c.believed(oldRevenueEndpoint, s.keepTo(q.Interval, q.Dates)); err != nil {
		return Revenue{}, err
	}
	out := Revenue{Series: &s, Open: make([]bool, len(s.Times)), Meta: s.Meta}
	for i, t := range s.Times {
		out.Open[i] = q.Interval.Next(t).After(s.Meta.Reaches(came))
	}
	return out, nil
}

type wireRevenue struct {
	Dates            list[word]                            `json:"dates"`
	Values           map[string]map[string]json.RawMessage `json:"values"`
	Complete         map[string]map[string]flag            `json:"complete"`
	Combined         map[string]json.RawMessage            `json:"combined"`
	CombinedComplete map[string]flag                       `json:"combined_complete"`
}

func (c *Client) decodeRevenue(body []byte, q RevenueQuery, came time.Time) (Revenue, error) {
	data, meta, err := c.open(revenueEndpoint, body)
	if err != nil {
		return Revenue{}, err
	}
	var wire struct {
		Series *list[wireRevenue]    `json:"series"`
		Labels list[json.RawMessage] `json:"seriesLabels"`
		Meta   list[json.RawMessage] `json:"seriesMeta"`
	}
	if err := c.decode(revenueEndpoint, data, &wire); err != nil {
		return Revenue{}, err
	}
	if wire.Series == nil {
		return Revenue{}, c.undecodable(revenueEndpoint, "it has no series")
	}
	if err := c.paired(revenueEndpoint, len(*wire.Series), len(wire.Labels)); err != nil {
		return Revenue{}, err
	}
	out := Revenue{Meta: meta}
	for i, w := range *wire.Series {
		g := RevenueGroup{Users: field(w.Combined, "count"), Paid: field(w.Combined, "paid"), Amount: field(w.Combined, "total_amount"), Combined: revenueDays(w.Combined, w.CombinedComplete)}
		g.Segment, g.Label = groupOf(wire.Labels, wire.Meta, i)
		if isStrange(w.Dates, w.Values) {
			return Revenue{}, c.undecodable(revenueEndpoint, "its dates and its values do not belong together")
		}
		for _, label := range everyDate(w.Dates, w.Values) {
			g.Cohorts = append(g.Cohorts, w.cohort(label.Raw, q, c.options.Zone, meta.Reaches(came)))
		}
		if w.CombinedComplete == nil {
			g.completeTogether()
		}
		if err := c.believed(revenueEndpoint, g.cannotBe(q)); err != nil {
			return Revenue{}, err
		}
		out.Groups = append(out.Groups, g)
	}
	return out, nil
}

// completeTogether says for all cohorts together, where the API does not, that a
// day is complete when it is so for each of them.
func (g *RevenueGroup) completeTogether() {
	for i := range g.Combined {
		d := &g.Combined[i]
		d.Complete = len(g.Cohorts) > 0
		for _, c := range g.Cohorts {
			for _, other := range c.Days {
				d.Complete = d.Complete && (other.Day != d.Day || other.Complete)
			}
		}
	}
}

func (w wireRevenue) cohort(label text.Raw, q RevenueQuery, zone *time.Location, now time.Time) RevenueCohort {
	row := w.Values[label.Exact()]
	out := RevenueCohort{Label: label, Users: field(row, "count"), Paid: field(row, "paid"), Amount: field(row, "total_amount")}
	out.Time, _ = day(label.Exact(), q.Dates.End, zone)
	complete, known := w.Complete[label.Exact()]
	out.Days = revenueDays(row, complete)
	if !known {
		// Without the API's own word a day is complete when the last to join the
		// cohort are older.
		for i := range out.Days {
			d := &out.Days[i]
			d.Complete = !out.Time.IsZero() && !AddDays(q.Interval.Next(out.Time), d.Day).After(now)
		}
	}
	return out
}

func field(row map[string]json.RawMessage, key string) float64 {
	if raw, ok := row[key]; ok {
		return parseNumber(raw)
	}
	return math.NaN()
}

// revenueDays takes every key r1d, r2d … in the order of the days.
func revenueDays(row map[string]json.RawMessage, complete map[string]flag) []RevenueDay {
	name := regexp.MustCompile(`^r(\d{1,4})d$`)
	var out []RevenueDay
	for key, raw := range row {
		m := name.FindStringSubmatch(key)
		if m == nil {
			continue
		}
		n, _ := strconv.Atoi(m[1])
		out = append(out, RevenueDay{Day: n, Value: parseNumber(raw), Complete: bool(complete[key])})
	}
	slices.SortFunc(out, func(a, b RevenueDay) int { return a.Day - b.Day })
	return out
}
