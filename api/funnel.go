package api

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"amptui/api/text"
)

const funnelEndpoint = "/api/2/funnels"

// Funnel is one group a segment or group value. No data is no group.
type Funnel struct {
	Groups []FunnelGroup
	Meta   Meta
}

// FunnelGroup is a funnel of some users. Steps and Days[].Counts are as long as
// the funnel has steps.
type FunnelGroup struct {
	Segment int
	Label   text.Raw // the group value, empty when ungrouped
	Steps   []FunnelStep
	Median  float64 // first to last step, milliseconds; NaN where nobody got there
	Average float64 // first to last step, milliseconds; NaN where nobody got there
	Days    []FunnelDay
}

// FunnelStep is one step. Times are those from the step before, in
// milliseconds, NaN where nobody got there and for the first step.
type FunnelStep struct {
	Label      text.Raw // for display: filters are added in parentheses
	Count      float64  // users that got so far, each counted once
	OfFirst    float64  // fraction of the first step
	OfPrevious float64  // fraction of the step before
	Median     float64
	Average    float64
	Bins       []FunnelBin // times of the users that came here from the step before
}

// FunnelBin is how many users took so long: From to To milliseconds.
type FunnelBin struct{ From, To, Users float64 }

// FunnelDay is the users that started in one interval.
type FunnelDay struct {
	Label    text.Raw
	Time     time.Time // zero when the label is no date
	Counts   []float64
	Complete bool // the conversion window of these users is over
}

// Funnel asks GET /api/2/funnels.
func (c *Client) Funnel(ctx context.Context, q FunnelQuery) (Funnel, error) {
	if err := q.Check(); err != nil {
		return Funnel{}, err
	}
	got, err := c.get(ctx, q)
	if err != nil {
		return Funnel{}, err
	}
	f, err := c.decodeFunnel(got.body, q, got.at)
	c.judge(q, got, &f.Meta, err)
	c.record(q.Interval, &f.Meta).funnel(&f)
	return f, err
}

type wireFunnel struct {
	Events  list[word]   `json:"events"`
	Group   word         `json:"groupValue"`
	Raw     list[number] `json:"cumulativeRaw"`
	Median  list[number] `json:"medianTransTimes"`
	Average list[number] `json:"avgTransTimes"`
	Meta    struct {
		Segment number `json:"segmentIndex"`
	} `json:"meta"`
	Days struct {
		X        list[word]         `json:"xValues"`
		Series   list[list[number]] `json:"series"`
		Complete *list[flag]        `json:"isComplete"`
	} `json:"dayFunnels"`
	Times struct {
		Steps list[struct {
			Bins list[struct {
				Start *number `json:"start"`
				End   *number `json:"end"`
				Dist  struct {
					Uniques *number `json:"uniques"`
				} `json:"bin_dist"`
			}] `json:"bins"`
		}] `json:"step_bins"`
	} `json:"stepTransTimeDistribution"`
}

func (c *Client) decodeFunnel(body []byte, q FunnelQuery, came time.Time) (Funnel, error) {
	data, meta, err := c.open(funnelEndpoint, body)
	if err != nil {
		return Funnel{}, err
	}
	if data[0] != '[' && data[0] != '{' {
		return Funnel{}, c.undecodable(funnelEndpoint, "its data are no list")
	}
	var raw list[json.RawMessage]
	if err := c.decode(funnelEndpoint, data, &raw); err != nil {
		return Funnel{}, err
	}
	out := Funnel{Meta: meta}
	for _, one := range raw {
		var w wireFunnel
		if err := c.decode(funnelEndpoint, one, &w); err != nil {
			return Funnel{}, err
		}
		if why := w.misfit(len(q.Steps)); why != "" {
			return Funnel{}, c.undecodable(funnelEndpoint, why)
		}
		g := w.group(q, c.options.Zone, meta.Reaches(came))
		if err := c.believed(funnelEndpoint, g.cannotBe(q)); err != nil {
			return Funnel{}, err
		}
		out.Groups = append(out.Groups, g)
	}
	return out, nil
}

// misfit says why a funnel is not the one that was asked for: half of one would look
// like a whole one.
func (w wireFunnel) misfit(steps int) string {
	switch {
	case len(w.Raw) == 0:
		return "a funnel has no counts"
	case steps > 0 && len(w.Raw) != steps:
		return fmt.Sprintf("a funnel has %d counts for %d steps", len(w.Raw), steps)
	case len(w.Days.Series) > len(w.Days.X):
		return fmt.Sprintf("a funnel has counts of %d days for %d dates", len(w.Days.Series), len(w.Days.X))
	}
	for _, day := range w.Days.Series {
		if len(day) > len(w.Raw) {
			return fmt.Sprintf("a funnel has %d counts for %d steps of a day", len(day), len(w.Raw))
		}
	}
	return ""
}

func (w wireFunnel) group(q FunnelQuery, zone *time.Location, now time.Time) FunnelGroup {
	g := FunnelGroup{Segment: index(w.Meta.Segment), Label: w.Group.Raw, Median: math.NaN(), Average: math.NaN()}
	// Live answers have the whole funnel at index 0, documented ones a zero.
	if at(w.Median, 0) > 0 {
		g.Median = at(w.Median, 0)
	}
	if at(w.Average, 0) > 0 {
		g.Average = at(w.Average, 0)
	}
	for i := range w.Raw {
		s := FunnelStep{
			Count: float64(w.Raw[i]), Median: math.NaN(), Average: math.NaN(),
			OfFirst: share(w.Raw, i, 0), OfPrevious: share(w.Raw, i, max(i-1, 0)),
		}
		if i < len(w.Events) {
			s.Label = w.Events[i].Raw
		}
		if i > 0 {
			s.Median, s.Average = span(w.Median, i), span(w.Average, i)
		}
		if i > 0 && i < len(w.Times.Steps) {
			for _, b := range w.Times.Steps[i].Bins {
				s.Bins = append(s.Bins, FunnelBin{value(b.Start), value(b.End), value(b.Dist.Uniques)})
			}
		}
		g.Steps = append(g.Steps, s)
	}
	g.Days = w.days(q, zone, now)
	return g
}

// days are the starters of each interval. Without the API's own word a day is
// complete when the window of its last starter is over.
func (w wireFunnel) days(q FunnelQuery, zone *time.Location, now time.Time) []FunnelDay {
	window := q.Window
	if window == 0 {
		window = 30 * 24 * time.Hour
	}
	interval := q.Interval
	if interval == 0 {
		interval = Day
	}
	var days []FunnelDay
	for i, x := range w.Days.X {
		d := FunnelDay{Label: x.Raw}
		d.Time, _ = day(x.Exact(), q.Dates.End, zone)
		for k := range w.Raw {
			v := math.NaN()
			if i < len(w.Days.Series) {
				v = at(w.Days.Series[i], k)
			}
			d.Counts = append(d.Counts, v)
		}
		if w.Days.Complete != nil {
			d.Complete = i < len(*w.Days.Complete) && bool((*w.Days.Complete)[i])
		} else {
			d.Complete = !d.Time.IsZero() && !interval.Next(d.Time).Add(window).After(now)
		}
		days = append(days, d)
	}
	return days
}

// share is one count as a fraction of another: the API's own fractions could say
// something else than its counts.
func share(counts list[number], i, of int) float64 {
	if counts[of] <= 0 || counts[i] < 0 {
		return math.NaN()
	}
	return float64(counts[i] / counts[of])
}

func at(row list[number], i int) float64 {
	if i >= len(row) {
		return math.NaN()
	}
	return float64(row[i])
}

// span is a time of the API; -1 says that nobody got there.
func span(row list[number], i int) float64 {
	if v := at(row, i); v >= 0 {
		return v
	}
	return math.NaN()
}
