package sessions

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// newGraph turns what the API said into what is drawn. It is pure.
func newGraph(s State, a asked, got api.Segmentation) views.Graph {
	g := views.Graph{Points: "day", Labels: got.Labels, Times: got.Times, Step: charts.Day, Empty: "no data: there was no session in these dates"}
	switch s.Measure {
	case lengths:
		g.Points, g.Times = "length", nil
		g.Labels = make([]text.Raw, len(got.Labels))
		for i, l := range got.Labels {
			g.Labels[i] = span(l)
		}
	case average:
		g.Write = seconds
	case perUser:
		g.Write = views.Decimal
	}
	if s.Measure != lengths {
		g.Open = views.OpenPoints(got, api.Day, a.query.Dates, a.now)
		for _, open := range g.Open {
			if open {
				g.Note = "○: not over yet"
			}
		}
		if s.Measure == average {
			g.Note = views.Joined(" · ", "axis in seconds", g.Note)
		}
	}
	for _, one := range got.Series {
		g.Series = append(g.Series, views.GraphSeries{Word: s.Measure.word(), Values: one.Values, Total: one.Total})
	}
	return g
}

// span is a bin as people say it: 60s-180s is 1m to 3m. What is written otherwise
// stays as it is.
func span(label text.Raw) text.Raw {
	found := regexp.MustCompile(`^(\d{1,9})s-(\d{1,9})s$`).FindStringSubmatch(label.Safe())
	if found == nil {
		return label
	}
	from, _ := strconv.ParseFloat(found[1], 64)
	to, _ := strconv.ParseFloat(found[2], 64)
	return text.New(seconds(from) + " to " + seconds(to))
}

// seconds is a length in words.
func seconds(v float64) string {
	switch {
	case math.IsNaN(v):
		return charts.Exact(v)
	case v == 0:
		return "0s"
	}
	return charts.Duration(1000 * v)
}

// word is what the measure's numbers are.
func (m Measure) word() string {
	switch m {
	case average:
		return "average length"
	case perUser:
		return "sessions per user"
	}
	return "sessions"
}

// info says in words what the picture shows.
func (s State) info(a asked, g *views.Graph) string {
	d, over := a.query.Dates, ""
	dates := views.Span(d.Start, d.End)
	switch s.Measure {
	case lengths:
		if n := total(g); !math.IsNaN(n) {
			over = charts.Exact(n) + " "
		}
		return fmt.Sprintf("%ssessions by their length · %s", over, dates)
	case average:
		over = "average length of a session per day"
	default:
		over = "sessions per day and user who has one"
	}
	if len(g.Series) > 0 && !math.IsNaN(g.Series[0].Total) {
		over += ", " + g.Say(g.Series[0].Total) + " of all"
	}
	return over + " · " + dates
}

// total is how many sessions there are in all bins: they may be added up.
func total(g *views.Graph) float64 {
	if len(g.Series) == 0 {
		return math.NaN()
	}
	n := 0.0
	for _, v := range g.Series[0].Values {
		if !math.IsNaN(v) {
			n += v
		}
	}
	return n
}

// picture is the graph as the state's face.
func picture(s State, g *views.Graph, at *views.Spot) charts.Chart {
	switch {
	case s.Face == tableFace:
		return g.Table(at)
	case s.Measure == lengths:
		return g.Bars(at, true)
	}
	return g.Line(at)
}

// figureNames are what checks can compare of a question.
func figureNames(args []string) []views.FigureName {
	s, _ := parse(args) // what cannot be read is named elsewhere
	if s.Measure == lengths {
		return []views.FigureName{{Name: "sessions", Means: "how many there are, of all lengths that are counted", Unit: views.Plain}}
	}
	return []views.FigureName{
		{Name: "value", Means: "the last day that is over, lengths in seconds; its change is against the same weekday a week before", Unit: views.Plain, Changes: true},
		{Name: "total", Means: "of all dates together, as the API has it", Unit: views.Plain},
	}
}

// figures are what checks can compare.
func figures(s State, a asked, g *views.Graph) []views.Figure {
	if s.Measure != lengths {
		return g.LastFigures(api.Day, false)
	}
	n := views.Figure{Name: "sessions", Value: total(g), Before: math.NaN(), Rises: true}
	if math.IsNaN(n.Value) {
		n.Value = 0 // there was none
	}
	if api.AddDays(a.query.Dates.End, 1).After(a.now) {
		n.Open = views.StillRunning
	}
	return []views.Figure{n}
}
