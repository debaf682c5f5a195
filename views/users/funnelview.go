package users

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// population is what all users do in a funnel, and which events make nobody
// active.
type population struct {
	funnel   api.Funnel
	inactive map[text.Raw]bool
}

// askPopulation asks for all users' way through a funnel. The event list is
// asked only where a step is any active event.
func askPopulation(ctx context.Context, client *api.Client, f query.Funnel, q api.FunnelQuery) (population, error) {
	var p population
	var err error
	if slices.ContainsFunc(f.Steps, func(e api.Event) bool { return e.Name == text.New("_active") }) {
		list, err := client.Events(ctx)
		if err != nil {
			return p, err
		}
		p.inactive = map[text.Raw]bool{}
		for _, e := range list.Events {
			p.inactive[e.Name] = e.Inactive
		}
	}
	p.funnel, err = client.Funnel(ctx, q)
	return p, err
}

// chooseFunnel opens the box for a funnel, with the one of the funnel view to
// take.
func (v *view) chooseFunnel() tea.Cmd {
	var choices []views.Choice
	if v.state.Funnel != "" {
		choices = append(choices, views.Choice{Value: query.None, Note: "no funnel"})
	}
	if v.env.Opened != nil {
		if l, ok := v.env.Opened("funnel"); ok {
			if f, err := parseFunnel(query.Join(l.Args)); err == nil {
				choices = append(choices, views.Choice{Value: printFunnel(f), Note: "as in the funnel view"})
			}
		}
	}
	v.prompt.Open("how far in which funnel", v.state.Funnel, true, choices, func(typed string) (tea.Cmd, error) {
		s := v.state
		if typed == "" && s.Funnel == "" {
			return nil, errors.New(`type the steps of a funnel, as in "Checkout Started" Purchase --within 1d`)
		}
		if typed == query.None {
			typed = ""
		}
		if err := s.readFunnel(typed); err != nil {
			return nil, err
		}
		v.state = s
		v.tell()
		return tea.Batch(v.askAll()...), nil
	})
	v.prompt.Hint = `type steps, as in "Checkout Started" Purchase --within 1d`
	if v.state.Funnel == "" {
		v.prompt.PickBest()
	}
	return nil
}

// askAll asks what all users do in the funnel, where that is not too dear.
func (v *view) askAll() []tea.Cmd {
	v.all.Stop()
	v.dear = 0
	f, err := parseFunnel(v.state.Funnel)
	if err != nil {
		return nil
	}
	q, err := f.Query(v.now())
	if err != nil {
		return nil
	}
	if cost := v.env.API.Price(q); cost > dearest && !v.env.Local || v.env.Dear(cost) != nil {
		v.dear = cost
		return nil
	}
	client := v.env.API
	return []tea.Cmd{v.all.Start(func(ctx context.Context) (population, error) { return askPopulation(ctx, client, f, q) })}
}

// dearest is the cost up to which all users are asked without being told to, if
// so much is left.
const dearest = 500

// tookAll sets the user beside all.
func (v *view) tookAll(population, error) tea.Cmd {
	v.tell()
	return nil
}

// walkFunnel follows the user through the funnel of the state.
func (v *view) walkFunnel() {
	v.journey, v.latest, v.stray = journey{}, journey{}, nil
	if v.state.Funnel == "" || v.person == nil {
		return
	}
	f, err := parseFunnel(v.state.Funnel)
	if err != nil {
		v.stray = err
		return
	}
	events := deeds(v.person.history, v.all.Value.inactive)
	if v.journey, v.stray = walk(f, between{}, events); v.stray == nil && v.journey.tries > 1 {
		v.latest, v.stray = walk(f, between{from: v.journey.last}, events)
	}
}

// shownFunnel is the funnel as it may be shown.
func (v *view) shownFunnel() query.Funnel {
	f, _ := parseFunnel(v.state.masked(v.env.Mask).Funnel)
	return f
}

// journeyWords is how far the user gets, in a sentence; of several tries also
// how the last one went, where it went worse than the best.
func (v *view) journeyWords() string {
	f := v.shownFunnel()
	said := v.journey.words(f, v.now())
	if v.journey.tries > 1 && 0 < v.latest.done() && v.latest.done() < v.journey.done() {
		said += ", which stopped at " + stepName(f, v.latest.done()-1).Safe()
	}
	return said
}

// funnelLines draws how far the user gets in the funnel, step by step, beside
// what all users do, in at most so many lines.
func (v *view) funnelLines(w, most int) []string {
	th := v.env.Theme
	rule := th.Rule.Paint(strings.Repeat(th.Glyphs.HRule, w))
	if v.stray != nil {
		return []string{" " + th.Bad.Paint(charts.Cut(v.stray.Error(), max(w-2, 0))), rule}
	}
	var lines []string
	for _, s := range charts.Wrap(v.journeyWords(), max(w-2, 1)) {
		lines = append(lines, " "+th.Title.Paint(s))
	}
	lines = append(lines, " "+th.Dim.Paint(charts.Cut(v.sight(), max(w-2, 0))))
	table := v.stepTable()
	room := max(most-len(lines)-1, 2)
	drawn := table.Draw(w, min(table.Len+1, room), th)
	return append(append(lines, strings.Split(drawn, "\n")...), rule)
}

// sight says what the sentence is true of: how far back events are loaded, and
// whom all users are.
func (v *view) sight() string {
	words := []string{"from all events there are"}
	if h := v.person.history; !h.whole() {
		words[0] = "from the " + charts.Exact(float64(h.count())) + " events that are loaded"
		if back := h.back(); !back.IsZero() {
			words[0] += ", back to " + dayOf(back.In(v.env.Clock()), v.now())
		}
	}
	switch {
	case v.dear > 0:
		words = append(words, fmt.Sprintf("all users are not asked: that costs %s of the 1,000 in 5 minutes", charts.Exact(float64(v.dear))))
	case v.all.Err != nil:
		words = append(words, "all users: "+views.Explain(v.all.Err, v.env.Keys))
	case v.all.Has:
		words = append(words, "all users: "+v.shownFunnel().Range.String())
	case v.all.Loading():
		words = append(words, "asking for all users …")
	}
	return strings.Join(words, v.env.Theme.Glyphs.Dot)
}

// stepTable is every step: when this user came, how long after the step before,
// and the median and the share of all users.
func (v *view) stepTable() charts.Table {
	f := v.shownFunnel()
	steps, _ := besides(f, v.journey, v.all.Value.funnel)
	return charts.Table{
		Columns: []charts.Column{
			{Title: "step", Min: 12, Flex: true},
			{Title: "best try", Right: true, Min: 12},
			{Title: "after", Right: true, Min: 7},
			{Title: "median", Right: true, Min: 7, Drop: 1},
			{Title: "all users", Right: true, Min: 6, Drop: 3},
			{Title: "last try", Right: true, Min: 12, Drop: 2},
		},
		Len: len(steps), Cursor: -1,
		Row: func(i int) charts.Row {
			s := steps[i]
			at, took := "not yet", ""
			if s.own.ok {
				at = moment(s.own.at, v.now())
				if i > 0 {
					took = lasting(s.own.took)
				}
			}
			median := ""
			if i > 0 && !math.IsNaN(s.median) {
				median = charts.Duration(s.median)
			}
			share := ""
			if !math.IsNaN(s.ofFirst) {
				share = charts.Percent(s.ofFirst)
			}
			last := ""
			if v.journey.tries > 1 {
				last = "not yet"
				if i < len(v.latest.steps) && v.latest.steps[i].ok {
					last = moment(v.latest.steps[i].at, v.now())
				}
			}
			return charts.Row{Dim: !s.own.ok, Cells: []charts.Cell{
				{Text: fmt.Sprintf("%d %s", i+1, s.name.Safe())}, {Text: at}, {Text: took}, {Text: median}, {Text: share}, {Text: last},
			}}
		},
	}
}

// journeyMarkdown is how far the user gets, for a ticket.
func (v *view) journeyMarkdown() string {
	f := v.shownFunnel()
	names := make([]string, len(f.Steps))
	for i, e := range f.Steps {
		names[i] = e.Name.Safe()
	}
	return markdown(strings.Join(names, " → ")) + ": " + markdown(v.journeyWords())
}
