package charts_test

import (
	"math"
	"testing"

	"amptui/api/demo/fault"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
)

// worded is one of each kind of chart, with a word in all places and the values.
func worded(word string, a, b float64) map[string]charts.Chart {
	cell := charts.HeatCell{Text: word, Level: a, Open: b > 0}
	row := charts.Row{Cells: []charts.Cell{{Text: word, Match: []int{0}}, charts.Number(a, word), {Bar: b}}, Marked: a > 0, Dim: b > 0}
	line := odd([]float64{a, b, a * b}, 1)
	line.Series[0].Name, line.Series[1].Name = word, word
	return map[string]charts.Chart{
		"line":    line,
		"columns": charts.Columns(line),
		"bars":    charts.Bars{Bars: []charts.Bar{{Name: word, Value: a, Text: word, Extra: word}, {Name: word, Value: b, Open: true}}, Cursor: 1, Empty: word},
		"no bars": charts.Bars{Cursor: -1, Empty: word},
		"spark":   charts.Spark{Values: []float64{a, b, a}},
		"table": charts.Table{
			Columns: []charts.Column{{Title: word, Flex: true, Min: 4}, {Title: word, Right: true, Min: 3, Max: 9, Drop: 1}, {Title: "x", Bar: true, Min: 5, Drop: 2}},
			Len:     3, Row: func(int) charts.Row { return row }, Cursor: 1, Empty: word,
		},
		"no table": charts.Table{Columns: []charts.Column{{Title: word}}, Cursor: -1, Empty: word},
		"funnel": charts.Funnel{Heads: []string{word, "of first"}, Cursor: 0, Empty: word, Steps: []charts.FunnelStep{
			{Name: word, Bars: []charts.FunnelBar{{Name: word, Left: a, Before: b, Columns: []string{word, "1"}, Worst: true}, {Left: b}}}, {Name: word},
		}},
		"heat": charts.Heat{
			Corner: word, Fixed: []string{word}, Heads: []string{word, "1"}, Frozen: 1, Row: 1, Col: 1, Empty: word,
			Rows: []charts.HeatRow{{Name: word, Fixed: []string{word}, Cells: []charts.HeatCell{cell, cell}}, {Name: word}},
		},
		"ruler": charts.Ruler{From: days(2)[0], To: days(2)[1], Rest: word},
	}
}

// Every chart keeps to its lines and cells, whatever its words are, once they are fit
// for a terminal.
func TestChartsKeepToTheirRoomWithEveryHostileWord(t *testing.T) {
	for i, word := range fault.Words() {
		for name, chart := range worded(text.Clean(word), 0.4, 12) {
			for _, size := range [][2]int{{80, 20}, {7 + i%60, 3 + i%9}} {
				picture := chart.Draw(size[0], size[1], theme.Plain())
				exactly(t, picture, size[0], size[1])
				if t.Failed() {
					t.Fatalf("%s of %.60q", name, word)
				}
			}
		}
	}
}

func FuzzCharts(f *testing.F) {
	f.Add("Song Played", 0.5, 12.0, 80, 20)
	f.Add("購入完了 1\ufe0f\u20e3", math.NaN(), math.Inf(1), 12, 5)
	f.Add("a\x1b[31m", -1e300, 1e15, 3, 2)
	f.Fuzz(func(t *testing.T, word string, a, b float64, w, h int) {
		w, h = w%310, h%110
		for _, chart := range worded(text.Clean(word), a, b) {
			exactly(t, chart.Draw(w, h, theme.Plain()), w, h)
		}
	})
}

func FuzzCutAndFold(f *testing.F) {
	for _, s := range []string{"l1\ufe0f\u20e3 x", "購入完了", "e\u0301e\u0301", "👩‍👩‍👧 family", "plain text"} {
		f.Add(s, 9)
	}
	f.Fuzz(func(t *testing.T, s string, w int) {
		s, w = text.Clean(s), w%300
		if got := charts.Width(charts.Cut(s, w)); got > max(w, 0) {
			t.Errorf("%q cut to %d cells has %d", s, w, got)
		}
		exactly(t, charts.Fit(s, max(w, 1), 1), max(w, 1), 1)
		for _, line := range charts.Folded(s, max(w, 2)) {
			if got := charts.Width(line); got > max(w, 2) {
				t.Errorf("%q folded to %d cells has a line of %d", s, w, got)
			}
		}
	})
}
