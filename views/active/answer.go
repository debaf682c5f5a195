package active

import (
	"fmt"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// newGraph turns what the API said into what is drawn. It is pure.
func newGraph(s State, a asked, got api.Segmentation, m *views.Mask) views.Graph {
	g := views.Graph{
		Points: query.IntervalWord(s.Interval), Labels: got.Labels, Times: got.Times, Step: views.Step(s.Interval),
		Empty:  views.Unmatched("no data: nobody was "+string(s.Count)+" in these dates", s.masked(m).Who.Narrows()),
		Counts: "user",
		Open:   views.OpenPoints(got, s.Interval, a.query.Dates, a.now),
	}
	for _, one := range got.Series {
		g.Series = append(g.Series, views.GraphSeries{
			Name: views.GroupName(m, s.Who, one.Segment, one.Label), Word: word(s.Count), Values: one.Values, Total: one.Total,
		})
	}
	for _, open := range g.Open {
		if open {
			g.Note = "○: not over yet"
		}
	}
	return g
}

// word is whom a count is about.
func word(c api.CountedUsers) string { return string(c) + " users" }

// info says in words what the picture shows.
func (s State) info(a asked) string {
	d := a.query.Dates
	return fmt.Sprintf("%s per %s, each once · %s", word(s.Count), query.IntervalWord(s.Interval), views.Span(d.Start, d.End))
}

// picture is the graph as the state's face.
func picture(s State, g *views.Graph, at *views.Spot) charts.Chart {
	switch s.Face {
	case tableFace:
		return g.Table(at)
	case barFace:
		if len(g.Series) < 2 { // users of several groups may not be stacked: some are in two
			return charts.Columns(g.Line(at))
		}
	}
	return g.Line(at)
}

// figureNames are what checks can compare of a question.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{
		{Name: "value", Means: "the last interval that is over; its change is against the same weekday a week before, of weeks and months the one before", Unit: views.Plain, Changes: true},
		{Name: "total", Means: "users of all dates together, each once, as the API counts them", Unit: views.Plain},
	}
}
