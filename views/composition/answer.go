package composition

import (
	"fmt"
	"math"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// newGraph turns what the API said into what is drawn. It is pure.
func newGraph(s State, got api.Segmentation, m *views.Mask) views.Graph {
	g := views.Graph{Points: query.PrintProperty(s.By), Labels: make([]text.Raw, len(got.Labels)), Empty: "no data: nobody was active in these dates"}
	for i, label := range got.Labels {
		g.Labels[i] = m.Group([]api.Property{s.By}, label)
	}
	for _, one := range got.Series {
		g.Series = append(g.Series, views.GraphSeries{Word: "users", Values: one.Values, Total: one.Total})
	}
	return g
}

// info says in words what the picture shows. A user has one value of a property, so
// that values add up to users.
func (s State) info(a asked, g *views.Graph) string {
	n := len(g.Labels)
	return fmt.Sprintf("users by %s, %s, shares of all · %s", query.PrintProperty(s.By), values(n), views.Span(a.query.Dates.Start, a.query.Dates.End))
}

func values(n int) string {
	if n == 1 {
		return "one value"
	}
	return charts.Exact(float64(n)) + " values"
}

// picture is the graph as the state's face.
func picture(s State, g *views.Graph, at *views.Spot) charts.Chart {
	if s.Face == tableFace {
		return g.Table(at)
	}
	return g.Bars(at, true)
}

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "users", Means: "how many have each value", Unit: views.Plain},
		{Name: "share", Means: "of all users who have each value", Unit: views.Percent},
		{Name: "values", Means: "how many different values there are", Unit: views.Plain},
	}
}

// figures are what checks can compare: of each value its users and their share.
func figures(a asked, g *views.Graph) []views.Figure {
	open := ""
	if api.AddDays(a.query.Dates.End, 1).After(a.now) {
		open = views.StillRunning
	}
	out := []views.Figure{{Name: "values", Value: float64(len(g.Labels)), Before: math.NaN(), Open: open, Rises: true}}
	if len(g.Series) == 0 {
		return out
	}
	sum := 0.0
	for _, v := range g.Series[0].Values {
		if !math.IsNaN(v) {
			sum += v
		}
	}
	for i, label := range g.Labels {
		v := g.Series[0].Values[i]
		out = append(out,
			views.Figure{Name: "users", Of: label.Safe(), Value: v, Before: math.NaN(), Open: open},
			views.Figure{Name: "share", Of: label.Safe(), Value: v / sum, Percent: true, Before: math.NaN(), Open: open})
	}
	return out
}
