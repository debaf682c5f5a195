package charts_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
)

// Whoever moves down a long list sees where they are, in every height.
func TestTheBarUnderTheCursorIsAlwaysSeen(t *testing.T) {
	b := charts.Bars{}
	for i := range 30 {
		b.Bars = append(b.Bars, charts.Bar{Name: fmt.Sprintf("bar-%02d", i), Value: float64(30 - i), Text: "1"})
	}
	for h := 1; h <= 31; h++ {
		for b.Cursor = range 30 {
			picture := b.Draw(60, h, theme.Plain())
			if !strings.Contains(picture, b.Bars[b.Cursor].Name) {
				t.Fatalf("bar %d of 30 is not seen in %d lines:\n%s", b.Cursor, h, picture)
			}
			shown, more := strings.Count(picture, "bar-"), 0
			if at := strings.Index(picture, "+"); at >= 0 {
				fmt.Sscanf(picture[at:], "+%d more", &more)
				if last := fmt.Sprintf("bar-%02d", 29-more); !strings.Contains(picture, last) || strings.Contains(picture, "bar-29") {
					t.Fatalf("%d more follow behind another than %s:\n%s", more, last, picture)
				}
			} else if h > 1 && !strings.Contains(picture, "bar-29") {
				t.Fatalf("%d of 30 are shown and nobody says that more follow:\n%s", shown, picture)
			}
		}
	}
}

func TestNegativeBarsGrowToTheLeft(t *testing.T) {
	b := charts.Bars{Cursor: -1, Bars: []charts.Bar{
		{Name: "gain", Value: 100, Text: "100"},
		{Name: "loss", Value: -50, Text: "-50"},
		{Name: "none", Value: 0, Text: "0"},
		{Name: "dust", Value: -0.001, Text: "-0.001"},
	}}
	for name, th := range tiers() {
		lines := strings.Split(b.Draw(60, 4, th), "\n")
		for i := range lines {
			lines[i] = sgr().ReplaceAllString(lines[i], "")
		}
		full, rule := th.Glyphs.Eighths[7], th.Glyphs.VRule
		zero := func(i int) int { return charts.Width(lines[i][:strings.Index(lines[i], rule)]) }
		if zero(0) != zero(1) || zero(1) != zero(2) || zero(2) != zero(3) {
			t.Fatalf("%s: zero stands in several places:\n%s", name, strings.Join(lines, "\n"))
		}
		left := func(i int) int { return strings.Count(lines[i][:strings.Index(lines[i], rule)], full) }
		right := func(i int) int { return strings.Count(lines[i][strings.Index(lines[i], rule):], full) }
		if left(0) != 0 || right(0) == 0 || left(1) == 0 || right(1) != 0 || left(2)+right(2) != 0 || left(3) != 1 {
			t.Errorf("%s:\n%s", name, strings.Join(lines, "\n"))
		}
		if got := right(0) - 2*left(1); got < -2 || got > 2 {
			t.Errorf("%s: 100 is %d cells, -50 is %d:\n%s", name, right(0), left(1), strings.Join(lines, "\n"))
		}
	}
}

func TestColumnsSayWhyTheyAreLines(t *testing.T) {
	wide, below := example(), example()
	wide.Axis.Times, wide.Series[0].Values = days(400), make([]float64, 400)
	below.Series[1].Values[3] = -5
	for why, l := range map[string]charts.Line{"too many points": wide, "below zero": below, "": example()} {
		for _, size := range [][2]int{{120, 30}, {80, 20}, {60, 10}} {
			got := charts.Columns(l).Draw(size[0], size[1], theme.Plain())
			if strings.Contains(got, "as lines: "+why) != (why != "") || strings.Contains(l.Draw(size[0], size[1], theme.Plain()), "as lines") {
				t.Errorf("%q on %v:\n%s", why, size, got)
			}
		}
	}
}

// Nothing is drawn as less than it is.
func TestLargeValuesKeepTheirSize(t *testing.T) {
	l := charts.Line{
		Axis: charts.Axis{Times: days(3), Step: charts.Day}, Cursor: -1, Focus: -1, Bare: true,
		Series: []charts.Series{{Values: []float64{1e15, 4e15, 8e15}}},
	}
	picture := l.Draw(60, 12, theme.Plain())
	for _, tick := range []string{"8e15", "4e15"} {
		if !strings.Contains(picture, tick) {
			t.Errorf("there is no tick at %s:\n%s", tick, picture)
		}
	}
	b := charts.Bars{Cursor: -1, Bars: []charts.Bar{{Name: "a", Value: 4e15, Text: "4"}, {Name: "b", Value: 1e15, Text: "1"}}}
	lines := strings.Split(b.Draw(60, 2, theme.Plain()), "\n")
	if a, c := strings.Count(lines[0], "█"), strings.Count(lines[1], "█"); a < 3*c {
		t.Errorf("four times as much is %d cells to %d", a, c)
	}
	for v, want := range map[float64]string{999e12: "999T", 1e15: "1e15", -2.34e18: "-2.3e18"} {
		if got := charts.SI(v); got != want {
			t.Errorf("SI(%g) = %s; want %s", v, got, want)
		}
	}
}

// A mark stands where a bar ended before, in every tier and without colour: in the bar
// where it has grown, behind it where it has shrunk.
func TestBarsAreMarkedWhereTheyEndedBefore(t *testing.T) {
	b := charts.Bars{Cursor: -1, Compared: true, Heads: []string{"total", "before", "change"}, Bars: []charts.Bar{
		{Name: "grown", Value: 100, Before: 50, Text: "100", Columns: []string{"50", "▲ 100%"}},
		{Name: "shrunk", Value: 25, Before: 75, Text: "25", Columns: []string{"75", "▼ 66.7%"}},
		{Name: "same", Value: 40, Before: 40, Text: "40", Columns: []string{"40", "= 0%"}},
		{Name: "new", Value: 40, Before: math.NaN(), Text: "40", Columns: []string{"–", "–"}},
		{Name: "fallen", Value: -20, Before: 10, Text: "-20", Columns: []string{"10", "▼ 300%"}},
	}}
	for name, th := range tiers() {
		for _, all := range []int{4, 5} { // without and with bars to the left
			picture := b
			picture.Bars = b.Bars[:all]
			lines := strings.Split(sgr().ReplaceAllString(picture.Draw(90, all+1, th), ""), "\n")
			full, rule := th.Glyphs.Eighths[7], th.Glyphs.VRule
			if !strings.Contains(lines[0], rule+" before") || !strings.Contains(lines[0], "change") {
				t.Errorf("%s: nothing says what the mark is: %q", name, lines[0])
			}
			zeros := strings.Count(lines[4], rule) // the bar without a mark has the rule only
			if zeros != all-4 {
				t.Errorf("%s: a mark stands for what is missing: %q", name, lines[4])
			}
			for i, one := range picture.Bars {
				if strings.Count(lines[i+1], rule) < zeros || i != 3 && strings.Count(lines[i+1], rule) != zeros+1 {
					t.Errorf("%s: %s has no mark: %q", name, one.Name, lines[i+1])
				}
			}
			_, bar, _ := strings.Cut(lines[1], "grown")
			if all == 5 {
				_, bar, _ = strings.Cut(bar, rule)
			}
			inside, rest, _ := strings.Cut(bar, rule)
			if n, m := strings.Count(inside, full), strings.Count(rest, full); n-m < -2 || n-m > 2 {
				t.Errorf("%s: half of the bar is %d cells, the other %d: %q", name, n, m, lines[1])
			}
			if behind := lines[2][strings.LastIndex(lines[2], full):]; !strings.Contains(behind, rule) {
				t.Errorf("%s: the mark is not behind the shorter bar: %q", name, lines[2])
			}
		}
	}
}

// Stacked columns are marked at the height that all of them had before; where one of
// them is missing there is no mark.
func TestColumnsAreMarkedAsHighAsBefore(t *testing.T) {
	c := charts.Columns{
		Axis: charts.Axis{Labels: []string{"a", "b", "c"}}, Cursor: -1, Focus: -1,
		Series: []charts.Series{
			{Name: "x", Values: []float64{50, 50, 50}},
			{Name: "y", Values: []float64{50, 50, 50}, Color: 1},
			{Previous: true, Values: []float64{30, math.NaN(), 40}},
			{Previous: true, Values: []float64{20, 50, 40}, Color: 1},
		},
	}
	for name, th := range tiers() {
		picture := sgr().ReplaceAllString(c.Draw(100, 22, th), "")
		lines := strings.Split(picture, "\n")
		at := map[int]int{} // rows with a mark
		for y, line := range lines[:len(lines)-2] {
			if _, plot, ok := strings.Cut(strings.Replace(line, th.Glyphs.VTick, th.Glyphs.VRule, 1), th.Glyphs.VRule); ok {
				if n := strings.Count(plot[:min(len(plot), 200)], strings.Repeat(th.Glyphs.Thick, 5)); n > 0 {
					at[y] = n
				}
			}
		}
		if len(at) != 2 {
			t.Errorf("%s: marks are in rows %v, two were due:\n%s", name, at, picture)
		}
		if !strings.Contains(picture, th.Glyphs.Thick+" before") {
			t.Errorf("%s: nothing says what the mark is:\n%s", name, picture)
		}
	}
	c.Series = c.Series[:2]
	if picture := c.Draw(100, 22, theme.Plain()); strings.Contains(picture, "before") {
		t.Errorf("a mark is named, and there is none:\n%s", picture)
	}
}
