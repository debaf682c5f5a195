package events

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

const (
	previewFrom  = 110 // columns of the terminal from which there is a preview
	previewDays  = 28
	previewShare = 400 // of the 1,000 cost in any five minutes
	previewPause = 250 * time.Millisecond
	fiveMinutes  = 5 * time.Minute
)

// preview is the line of the event that the cursor has rested on.
type preview struct {
	req    views.Request[glance]
	name   text.Raw    // whose line is shown or asked for
	at     time.Time   // when it was asked for
	kept   bool        // its answer is kept: it costs nothing
	asked  []time.Time // when lines were asked for that cost something
	paused bool        // the share of the budget is used up
	turn   int
	// scrolls is how often the list was scrolled since the line was drawn. A
	// list that goes on scrolling puts the line away: it is not that of the
	// row under the cursor, and it would have to be sent with each row.
	scrolls int
}

const awayAfter = 2 // scrolls

type glance struct {
	name   text.Raw
	answer api.Segmentation
	at     time.Time // now, when it was asked
}

func (p *preview) version() int { return p.turn + p.req.Version }

func (p *preview) update(msg tea.Msg) (bool, tea.Cmd) {
	was := p.req.Version
	mine, cmd := p.req.Update(msg)
	if mine && p.req.Version != was {
		p.scrolls = 0
		if !p.kept {
			p.asked = append(p.asked, p.at) // a failure has cost as much
		}
	}
	return mine, cmd
}

func (v *view) previewing() bool  { return v.w >= previewFrom }
func (v *view) previewWidth() int { return v.w * 2 / 5 }

// look asks for the line of the event under the cursor, where somebody sees it. The
// picture changes when the answer is there, not with every step.
func (v *view) look() tea.Cmd {
	e, ok := v.under()
	p := &v.preview
	if !v.front || !v.previewing() || !ok || e.Name == p.name {
		return nil
	}
	p.req.Stop()
	q := api.SegmentationQuery{
		Event: api.Event{Name: e.Name}, Metric: api.Totals, Interval: api.Day,
	}
	var err error
	q.Dates, err = query.Range{Last: query.Span{N: previewDays, Unit: query.Days}}.Dates(v.env.Today(), api.Day)
	if err != nil {
		return nil
	}
	now := v.env.Now()
	p.name, p.at = e.Name, time.Now()
	// The budget runs by the real clock, whatever time it is for the data.
	cost := v.env.API.Price(q)
	p.kept = cost == 0
	if !p.kept && !v.env.Local && !p.afford(cost, time.Now()) || v.env.Dear(cost) != nil {
		p.paused = true
		p.turn++
		return nil
	}
	p.paused = false
	client, name := v.env.API, e.Name
	return p.req.StartAfter(previewPause, func(ctx context.Context) (glance, error) {
		answer, err := client.Segmentation(ctx, q)
		return glance{name: name, answer: answer, at: now}, err
	})
}

// afford says whether one more look stays inside the share.
func (p *preview) afford(cost int, now time.Time) bool {
	kept := p.asked[:0]
	for _, t := range p.asked {
		if now.Sub(t) < fiveMinutes {
			kept = append(kept, t)
		}
	}
	p.asked = kept
	return (len(p.asked)+1)*cost <= previewShare
}

func (v *view) drawPreview(w, h int) string {
	th, p := v.env.Theme, &v.preview
	switch {
	case p.paused:
		return views.Said("preview rests: its share of the budget is used; "+views.Named(v.env.Keys.Open)+" asks", th.Dim, w, h)
	case p.req.Err != nil:
		return views.Failed(p.req.Err, w, h, v.env)
	case !p.req.Has || p.scrolls >= awayAfter:
		return charts.Fit("", w, h)
	}
	g := p.req.Value
	top := []string{
		" " + th.Title.Paint(charts.Cut(g.name.Safe(), w-2)),
		" " + th.Dim.Paint(charts.Cut(fmt.Sprintf("totals a day, last %d days, %s", previewDays, v.env.Zone), w-2)),
		"",
	}
	facts := v.facts(g.name, w)
	room := min(h-len(top), 24)
	if h-len(top)-len(facts)-1 < room {
		facts = nil
	}
	if room < 5 {
		return charts.Fit(strings.Join(top, "\n"), w, h)
	}
	drawn := append(top, v.glanceLine(g).Draw(w-1, room, th), "")
	return charts.Fit(strings.Join(append(drawn, facts...), "\n"), w, h)
}

// facts are what the list says of an event, in words.
func (v *view) facts(name text.Raw, w int) []string {
	at := slices.IndexFunc(v.list.events, func(e api.EventType) bool { return e.Name == name })
	if at < 0 {
		return nil
	}
	e := v.list.events[at]
	th := v.env.Theme
	said := []string{fmt.Sprintf("%s this week, %s of all events listed", charts.Exact(e.Totals), charts.Percent(e.Totals/v.list.all))}
	if !math.IsNaN(e.Delta) {
		said = append(said, charts.Change(e.Delta)+" against last week")
	}
	for _, f := range []struct {
		set   bool
		words string
	}{
		{e.Hidden, "H: hidden in the project's menus"},
		{e.Inactive, "I: does not make a user active"},
		{e.Deleted, "D: deleted, nothing new is counted"},
	} {
		if f.set {
			said = append(said, f.words)
		}
	}
	for i, s := range said {
		said[i] = " " + th.Text.Paint(charts.Cut(s, w-2))
	}
	return said
}

// glanceLine is a line without a legend: the last day is not over.
func (v *view) glanceLine(g glance) charts.Line {
	line := charts.Line{
		Axis: charts.Axis{Times: g.answer.Times, Step: charts.Day}, Cursor: -1, Focus: -1, Bare: true,
		Empty: fmt.Sprintf("not once in %d days", previewDays),
	}
	for _, s := range g.answer.Series {
		values := s.Values
		open := make([]bool, len(values))
		for i := range values {
			if i < len(g.answer.Times) {
				open[i] = api.AddDays(g.answer.Times[i], 1).After(g.at)
			}
		}
		if silent(values) {
			values = nil
		}
		line.Series = append(line.Series, charts.Series{Values: values, Open: open})
	}
	return line
}

func silent(values []float64) bool {
	for _, v := range values {
		if !math.IsNaN(v) && v != 0 {
			return false
		}
	}
	return true
}
