package charts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
)

// many is a chart of so many series over a year.
func many(series int) charts.Line {
	l := charts.Line{Axis: charts.Axis{Times: days(365), Step: charts.Day}, Cursor: -1, Focus: -1, Heads: []string{"total"}}
	for i := range series {
		values, open := wave(365, float64(1000+i*37%500))
		l.Series = append(l.Series, charts.Series{Name: fmt.Sprint("group ", i), Values: values, Open: open, Color: i, Columns: []string{"1"}})
	}
	l.Series[1].Previous = true
	return l
}

// What is kept from one drawing to the next changes no picture.
func TestKeptLinesAreThoseThatAreDrawn(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	l := many(70)
	themes := []theme.Theme{theme.Plain(), theme.New(theme.Options{Depth: theme.Colors256, Tier: theme.Braille}), theme.New(theme.Options{Depth: theme.Colors16, Tier: theme.ASCII})}
	th, w, h := themes[0], 120, 30
	kept := &charts.Backdrop{}
	for step := range 300 {
		switch dice.IntN(9) {
		case 0:
			l.Focus = dice.IntN(len(l.Series)+1) - 1
		case 1:
			l.Series[dice.IntN(len(l.Series))].Hidden = dice.IntN(2) == 0
		case 2:
			l.From, l.To = dice.IntN(10), 300+dice.IntN(66)
		case 3:
			w, h = 40+dice.IntN(160), 6+dice.IntN(40)
		case 4:
			th = themes[dice.IntN(len(themes))]
		case 5:
			l.Log = !l.Log
		default:
			l.Cursor = dice.IntN(366) - 1
		}
		l.Kept = nil
		want := l.Draw(w, h, th)
		l.Kept = kept
		if got := l.Draw(w, h, th); got != want {
			t.Fatalf("step %d, cursor %d, focus %d, %dx%d:\n%s\nwant\n%s", step, l.Cursor, l.Focus, w, h, got, want)
		}
	}
}

func BenchmarkCursorOver1000Series(b *testing.B) {
	l := many(1000)
	l.Kept, l.Focus = &charts.Backdrop{}, 3
	th := theme.New(theme.Options{Depth: theme.Colors256, Tier: theme.Braille})
	for i := 0; b.Loop(); i++ {
		l.Cursor = i % 365
		l.Draw(120, 36, th)
	}
}
