package realtime

import (
	"math"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
)

// newGraph turns what the API said into what is drawn: the second series is the day
// before, slot by slot. It is pure.
func newGraph(got api.Segmentation) views.Graph {
	g := views.Graph{Points: "five minutes from", Labels: got.Labels, Times: got.Times, Step: charts.FiveMinutes, Empty: "no data: nobody was active"}
	for i, one := range got.Series {
		g.Series = append(g.Series, views.GraphSeries{Name: one.Label, Word: "active users", Values: one.Values, Total: math.NaN(), Previous: i > 0})
	}
	return g
}

// info says in words what the picture shows.
func info(g *views.Graph) string {
	said := "active users per 5 minutes, over those of 24 hours before"
	if g.Times == nil {
		said += "; the clock is of an unknown zone"
	}
	return said
}

// picture is the graph as the state's face.
func picture(s State, g *views.Graph, at *views.Spot) charts.Chart {
	if s.Face == tableFace {
		return g.Table(at)
	}
	line := g.Line(at)
	switch {
	case len(g.Series) < 2:
	case at != nil && line.Cursor >= 0:
		line.Focus, line.Note = -1, "24 hours before: "+charts.Exact(g.Series[1].Values[at.Point])
	default:
		line.Note = "dotted: 24 hours before"
	}
	return line
}

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{{Name: "value", Means: "active users in the last five minutes that were sent; the change is against 24 hours before", Unit: views.Plain, Changes: true}}
}

// figures are what checks can compare: the last slot beside that of the day before.
// It lacks nothing but what is late by some minutes.
func figures(g *views.Graph) []views.Figure {
	n := len(g.Labels)
	f := views.Figure{Name: "value", Counts: "user", Value: math.NaN(), Before: math.NaN(), Since: "24 hours before", Open: "no five minutes were sent"}
	if n == 0 || len(g.Series) == 0 {
		return []views.Figure{f}
	}
	f.Of, f.Value, f.Open = g.Point(n-1), g.Series[0].Values[n-1], ""
	if len(g.Series) > 1 {
		f.Before = g.Series[1].Values[n-1]
	}
	return []views.Figure{f}
}
