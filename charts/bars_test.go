package charts_test

import (
	"fmt"
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
