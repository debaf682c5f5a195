package charts_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
)

// five series that go up and down at heights of their own, all of today not over.
func five() charts.Line {
	l := charts.Line{Axis: charts.Axis{Times: days(30), Step: charts.Day}, Heads: []string{"total"}, Cursor: -1, Focus: -1}
	for i := range 5 {
		values, open := wave(30, 1000)
		for k := range values {
			values[k] += float64(2500 * i)
		}
		l.Series = append(l.Series, charts.Series{Name: fmt.Sprint("group ", i), Values: values, Open: open, Color: i, Columns: []string{"1"}})
	}
	return l
}

// Whoever sees no colours, or few, finds each series of the legend in the plot: as a
// line by its marks, as a part of a column by what fills it.
func TestEverySeriesOfTheLegendIsFoundInThePlot(t *testing.T) {
	looks := tiers()
	looks["16 ascii"] = theme.New(theme.Options{Depth: theme.Colors16, Tier: theme.ASCII})
	looks["mono"] = theme.New(theme.Options{Name: "mono", Depth: theme.Colors256, Tier: theme.Braille})
	for name, th := range looks {
		lines := five()
		picture := lines.Draw(100, 30, th)
		for i := range lines.Series {
			sign, least := th.Glyphs.Markers[i], 1
			if th.Series[i].IsZero() {
				least = 4
			}
			if got := strings.Count(inPlot(picture), sign); got < least {
				t.Errorf("%s: %s of series %d is %d times in the plot; want %d\n%s", name, sign, i, got, least, picture)
			}
		}
		if !th.Series[0].IsZero() && th.Glyphs.Tier != theme.ASCII {
			continue // there the colours tell the parts apart
		}
		picture = charts.Columns(lines).Draw(100, 30, th)
		for i := range lines.Series {
			sign := th.Glyphs.Fills[i]
			if !strings.Contains(sgr().ReplaceAllString(picture, ""), sign+" group "+fmt.Sprint(i)) || strings.Count(inPlot(picture), sign) < 20 {
				t.Errorf("%s: %s of series %d is not in legend and plot\n%s", name, sign, i, picture)
			}
		}
	}
}

// inPlot is what a picture of 100 columns has to the left of its legend.
func inPlot(picture string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(sgr().ReplaceAllString(picture, ""), "\n") {
		cells := []rune(line)
		b.WriteString(string(cells[:min(len(cells), 80)]) + "\n")
	}
	return b.String()
}

// Where the colours come round again, what fills the parts does not.
func TestAColourThatComesAgainIsFilledOtherwise(t *testing.T) {
	th := theme.New(theme.Options{Name: "high-contrast", Depth: theme.Colors16, Tier: theme.Braille})
	seen := map[string]int{}
	picture := strings.Split(charts.Columns(five()).Draw(100, 30, th), "\n")
	for i := range 5 {
		for _, line := range picture {
			if before, _, ok := strings.Cut(line, fmt.Sprint("group ", i)); ok {
				sign := before[strings.LastIndex(before[:len(before)-len("\x1b[0m ")], "\x1b["):]
				if was, ok := seen[sign]; ok {
					t.Errorf("series %d and %d are both %q", was, i, sign)
				}
				seen[sign] = i
			}
		}
	}
	if plot := inPlot(strings.Join(picture, "\n")); strings.Count(plot, th.Glyphs.Fills[1]) < 20 {
		t.Errorf("the second round is filled as the first:\n%s", plot)
	}
	if len(seen) != 5 {
		t.Errorf("%d signs of 5 series were found", len(seen))
	}
}

// The mark of the last point that is over stands, however near the unfinished one is;
// where all are unfinished there is none, and one series alone needs none on its way.
func TestWhichPointsAreMarked(t *testing.T) {
	th := theme.Plain()
	values, open := wave(600, 1000)
	l := charts.Line{Axis: charts.Axis{Times: days(600), Step: charts.Day}, Series: []charts.Series{{Values: values, Open: open}}, Cursor: -1, Focus: -1, Bare: true}
	if got := strings.Count(l.Draw(60, 15, th), "●"); got != 0 {
		t.Errorf("bare lines have %d marks", got)
	}
	l.Bare = false
	if got := l.Draw(60, 15, th); strings.Count(got, "●") != 2 || strings.Count(got, "○") != 1 { // one is in the legend
		t.Errorf("one series has not one full and one hollow mark:\n%s", got)
	}
	for i := range open {
		open[i] = !math.IsNaN(values[i])
	}
	if got := l.Draw(60, 15, th); strings.Count(got, "●") != 1 {
		t.Errorf("nothing is over:\n%s", got)
	}
}

// The period before is drawn in a sign of its own where lines are drawn in signs.
func TestThePeriodBeforeHasASignOfItsOwn(t *testing.T) {
	for _, tier := range []theme.Tier{theme.ASCII, theme.Block} {
		th := theme.New(theme.Options{Depth: theme.Bare, Tier: tier})
		was, _ := wave(30, 3500)
		l := example()
		without := strings.Count(inPlot(l.Draw(100, 30, th)), th.Glyphs.Markers[0])
		l.Series = append(l.Series, charts.Series{Values: was, Previous: true})
		picture := inPlot(l.Draw(100, 30, th))
		if strings.Count(picture, th.Glyphs.Before) < 20 || strings.Count(picture, th.Glyphs.Markers[0]) != without {
			t.Errorf("tier %d: the period before has no sign of its own:\n%s", tier, picture)
		}
	}
}
