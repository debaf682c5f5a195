package events

import (
	"context"
	"math"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// ask lists the events without a screen.
func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s := Default()
	if err := views.Parse(&s, args); err != nil {
		return views.Answer{}, err
	}
	answer, err := env.API.Events(ctx)
	if err != nil {
		return views.Answer{}, err
	}
	visits, _ := visitsAfter(env, answer)
	l := newListing(answer, visits.Before, env.Now())
	l.arrange(s)
	table := l.table(s, func(text.Raw) bool { return false })
	notes := append(append(answer.Meta.Badges(), l.since(s, visits.Before, env)...), ofLog(env)...)
	nothing := s.Find != "" && len(l.rows) == 0
	if nothing {
		notes = append(notes, "no event matches")
	}
	return views.Answer{
		Nothing: nothing,

		Link:  link(s),
		Title: "events this week",
		Chart: bars(l),
		Table: table,
		Data:  l.data(),
		Notes: notes,
		Aloud: func(row, _ int) string { return l.aloud(l.rows[row]) },
		Leads: func(row int) views.Link {
			return views.Link{View: "segment", Args: []string{word(l.events[l.rows[row]].Name)}}
		},

		Figures: l.figures(),
	}, nil
}

// figureNames are what checks can compare of the list.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "events", Means: "how many match"},
		{Name: "total", Means: "how often each was this week so far: > and >= only"},
	}
}

// figures are what checks can compare: how many events match, and of each how
// often it was this week, which is not over.
func (l listing) figures() []views.Figure {
	out := []views.Figure{{Name: "events", Value: float64(len(l.rows)), Before: math.NaN()}}
	for _, at := range l.rows {
		out = append(out, views.Figure{
			Name: "total", Counts: "event", Of: l.display[at], Value: l.events[at].Totals, Before: math.NaN(),
			Open: "this week is not over, segment checks days and weeks that are", Rises: true,
		})
	}
	return out
}

// bars draws the list for -o chart.
func bars(l listing) charts.Bars {
	b := charts.Bars{Cursor: -1, Empty: "no events"}
	for _, at := range l.rows {
		e := l.events[at]
		b.Bars = append(b.Bars, charts.Bar{Name: l.display[at], Value: e.Totals, Text: charts.Exact(e.Totals)})
	}
	return b
}
