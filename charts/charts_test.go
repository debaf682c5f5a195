package charts_test

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"amptui/charts"
	"amptui/charts/golden"
	"amptui/charts/theme"
)

func tiers() map[string]theme.Theme {
	return map[string]theme.Theme{
		"braille": theme.Plain(),
		"block":   theme.New(theme.Options{Depth: theme.Bare, Tier: theme.Block}),
		"ascii":   theme.New(theme.Options{Depth: theme.Bare, Tier: theme.ASCII}),
		"colours": theme.New(theme.Options{Depth: theme.TrueColor, Tier: theme.Braille}),
		"16":      theme.New(theme.Options{Depth: theme.Colors16, Tier: theme.Braille}),
	}
}

func days(n int) []time.Time {
	out := make([]time.Time, n)
	for i := range out {
		out[i] = time.Date(2026, 10, 26, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i)
	}
	return out
}

// wave is n values that go up and down, the last of them unfinished.
func wave(n int, height float64) (values []float64, open []bool) {
	values, open = make([]float64, n), make([]bool, n)
	for i := range values {
		values[i] = math.Round(height * (1.2 + math.Sin(float64(i)/3)))
	}
	values[n-1] = math.Round(values[n-1] / 2)
	open[n-1] = true
	return values, open
}

func example() charts.Line {
	ios, open := wave(30, 4000)
	android, _ := wave(30, 2500)
	android[10], android[11] = math.NaN(), math.NaN()
	return charts.Line{
		Axis: charts.Axis{Times: days(30), Step: charts.Day}, Heads: []string{"total", "change"},
		Series: []charts.Series{
			{Name: "iOS", Values: ios, Open: open, Columns: []string{"98.1k", "▲ 4.1%"}},
			{Name: "購入 Android", Values: android, Open: open, Color: 1, Columns: []string{"61.2k", "▼ 1.9%"}},
		},
		Cursor: -1, Focus: -1, Note: "Tue 24 Nov: 61% of the day",
	}
}

func table(n int) charts.Table {
	return charts.Table{
		Columns: []charts.Column{
			{Title: "event", Flex: true, Min: 10},
			{Title: "totals", Right: true, Min: 8, Sort: -1},
			{Title: "share", Bar: true, Min: 6, Max: 20, Drop: 2},
			{Title: "flags", Min: 5, Drop: 1},
		},
		Len: n, Cursor: min(1, n-1),
		Row: func(i int) charts.Row {
			return charts.Row{Cells: []charts.Cell{
				{Text: fmt.Sprintf("Event %d 購入", i), Match: []int{0, 1}},
				{Text: charts.Exact(float64(10 * (n - i))), Number: float64(10 * (n - i)), Numeric: true},
				{Bar: float64(n-i) / float64(n)},
				{Text: "H"},
			}, Marked: i == 2, Dim: i == 3}
		},
	}
}

func bars() charts.Bars {
	b := charts.Bars{Cursor: 1}
	for i, name := range []string{"United States", "Deutschland", "日本", "a country with a very long name indeed"} {
		v := float64(4000 / (i + 1))
		b.Bars = append(b.Bars, charts.Bar{Name: name, Value: v, Text: charts.Exact(v), Extra: "12%", Color: i, Open: i == 2})
	}
	b.Bars = append(b.Bars, charts.Bar{Name: "missing", Value: math.NaN()}, charts.Bar{Name: "zero", Value: 0, Text: "0"}, charts.Bar{Name: "negative", Value: -900, Text: "-900"})
	return b
}

func pictures() map[string]charts.Chart {
	cursor := example()
	cursor.Cursor, cursor.Focus = 12, 1
	zoomed := example()
	zoomed.From, zoomed.To, zoomed.Log = 5, 15, true
	previous := example()
	was, _ := wave(30, 3500)
	previous.Series = append(previous.Series, charts.Series{Name: "before", Values: was, Previous: true})
	hidden := example()
	hidden.Series[0].Hidden, hidden.Fit = true, true
	return map[string]charts.Chart{
		"line": example(), "cursor": cursor, "zoomed": zoomed, "previous": previous, "hidden": hidden,
		"columns": charts.Columns(example()), "bars": bars(), "table": table(50), "empty": charts.Line{Cursor: -1, Focus: -1, Empty: "no data"},
		"funnel": funnel(1), "groups": funnel(3), "heat": triangle(20, 12), "wide": triangle(40, 30),
		"spark": charts.Spark{Values: []float64{1, 2, 3, math.NaN(), 0, 8, 5}, Open: true},
	}
}

func TestPictures(t *testing.T) {
	for name, c := range pictures() {
		for _, size := range [][2]int{{80, 20}, {120, 30}, {60, 10}, {40, 8}} {
			for _, tier := range []string{"braille", "ascii"} {
				t.Run(fmt.Sprintf("%s-%s-%dx%d", name, tier, size[0], size[1]), func(t *testing.T) {
					golden.Equal(t, c.Draw(size[0], size[1], tiers()[tier])+"\n")
				})
			}
		}
	}
}

// sgr finds what sets styles.
func sgr() *regexp.Regexp { return regexp.MustCompile("\x1b\\[[0-9;]*m") }

// exactly fails unless the picture is h lines of w cells of harmless text.
func exactly(t *testing.T, picture string, w, h int) {
	t.Helper()
	if h <= 0 {
		if picture != "" {
			t.Fatalf("%q on %dx%d", picture, w, h)
		}
		return
	}
	lines := strings.Split(picture, "\n")
	if len(lines) != h {
		t.Fatalf("%d lines on %dx%d:\n%s", len(lines), w, h, picture)
	}
	for _, line := range lines {
		if got := charts.Width(line); got != max(w, 0) {
			t.Fatalf("%d cells on %dx%d: %q", got, w, h, line)
		}
		if strings.ContainsAny(sgr().ReplaceAllString(line, ""), "\x1b\r\t\x07") {
			t.Fatalf("more than text and styles: %q", line)
		}
	}
}

func oddNumbers() map[string][]float64 {
	inf, nan := math.Inf(1), math.NaN()
	return map[string][]float64{
		"none": {}, "one": {5}, "zero": {0, 0, 0}, "constant": {7, 7, 7}, "missing": {nan, nan}, "gaps": {nan, 1, nan, 2, nan},
		"infinite": {1, inf, -inf, 2}, "huge": {1e308, -1e308, 3}, "negative": {-5, -2, -9}, "outlier": {1, 2, 1e9, 2}, "tiny": {1e-12, 3e-12},
		"mixed": {-3, 0, 4, nan, 1e15},
	}
}

func TestEveryPictureFitsEverySize(t *testing.T) {
	sizes := [][2]int{{13, 6}, {40, 8}, {75, 5}, {76, 20}, {80, 24}, {200, 60}, {300, 100}, {300, 1}, {1, 100}}
	for w := -1; w <= 13; w++ {
		for h := -1; h <= 12; h++ {
			sizes = append(sizes, [2]int{w, h})
		}
	}
	for tier, th := range tiers() {
		for _, size := range sizes {
			w, h := size[0], size[1]
			for name, c := range pictures() {
				if got := c.Draw(w, h, th); tier == "braille" && strings.Contains(got, "\x1b") {
					t.Fatalf("%s without colours has escapes", name)
				} else {
					exactly(t, got, w, h)
				}
			}
			for _, values := range oddNumbers() {
				for _, flags := range []int{0, 1, 2, 3, 4} {
					exactly(t, odd(values, flags).Draw(w, h, th), w, h)
					exactly(t, charts.Columns(odd(values, flags)).Draw(w, h, th), w, h)
				}
				exactly(t, charts.Spark{Values: values, Open: true}.Draw(w, h, th), w, h)
				b := charts.Bars{Cursor: -1}
				for _, v := range values {
					b.Bars = append(b.Bars, charts.Bar{Name: "n", Value: v, Text: charts.Exact(v)})
				}
				exactly(t, b.Draw(w, h, th), w, h)
			}
		}
	}
}

func odd(values []float64, flags int) charts.Line {
	return charts.Line{
		Axis: charts.Axis{Times: days(max(len(values), 1)), Step: charts.Step(flags)}, Cursor: flags - 1, Focus: flags - 2,
		Series: []charts.Series{{Name: "a", Values: values, Open: []bool{false, true}}, {Name: "b", Values: values, Previous: true}},
		Log:    flags == 1, Fit: flags == 2, Percent: flags == 3, From: flags - 1, To: 2 * flags,
	}
}

func FuzzLine(f *testing.F) {
	f.Add(80, 20, 3.0, 1e9, math.Inf(1), uint8(1))
	f.Fuzz(func(t *testing.T, w, h int, a, b, c float64, flags uint8) {
		w, h = w%310, h%110
		flags %= 6
		l := odd([]float64{a, b, c, a * b, math.NaN(), c - a}, int(flags%6))
		exactly(t, l.Draw(w, h, theme.Plain()), w, h)
		exactly(t, charts.Columns(l).Draw(w, h, theme.Plain()), w, h)
	})
}

func TestMissingIsAGapAndZeroIsZero(t *testing.T) {
	with := func(v float64) string {
		l := charts.Line{
			Axis: charts.Axis{Times: days(5), Step: charts.Day}, Cursor: -1, Focus: -1, Bare: true,
			Series: []charts.Series{{Values: []float64{5, 5, v, 5, 5}}},
		}
		return l.Draw(60, 12, theme.Plain())
	}
	if with(math.NaN()) == with(0) {
		t.Error("a missing value looks like zero")
	}
	if with(math.NaN()) == with(5) {
		t.Error("a missing value is drawn over")
	}
}

func TestOneStepOfACursorChangesLittle(t *testing.T) {
	a, b := table(100), table(100)
	a.Cursor, b.Cursor = 3, 4
	th := theme.New(theme.Options{Depth: theme.Colors256, Tier: theme.Braille})
	x, y := strings.Split(a.Draw(120, 40, th), "\n"), strings.Split(b.Draw(120, 40, th), "\n")
	changed := 0
	for i := range x {
		if x[i] != y[i] {
			changed++
		}
	}
	if changed != 2 {
		t.Errorf("%d lines change; want two", changed)
	}
}

func TestATableAsksForVisibleRowsOnly(t *testing.T) {
	big, asked := table(10000), 0
	row := big.Row
	big.Row = func(i int) charts.Row { asked++; return row(i) }
	big.Draw(80, 24, theme.Plain())
	if asked > 24 {
		t.Errorf("%d rows asked for", asked)
	}
}

func TestScrollKeepsTheCursorInSight(t *testing.T) {
	for height := range 12 {
		for rows := range 30 {
			top := 0
			for cursor := range rows {
				top = charts.Scroll(cursor, top, rows, height)
				if height > 0 && (cursor < top || cursor >= top+height || top > max(rows-height, 0)) {
					t.Fatalf("row %d of %d is not in sight: %d rows from %d", cursor, rows, height, top)
				}
			}
		}
	}
}

func TestNumbersAreSaidAsTheyAre(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct{ got, want string }{
		{charts.SI(0), "0"},
		{charts.SI(9812), "9.81k"},
		{charts.SI(12000), "12k"},
		{charts.SI(999.6), "1k"},
		{charts.SI(999999), "1M"},
		{charts.SI(3.4e6), "3.4M"},
		{charts.SI(-1500), "-1.5k"},
		{charts.SI(0.5), "0.5"},
		{charts.SI(nan), "–"},
		{charts.SI(math.Inf(1)), "–"},
		{charts.Exact(9812), "9,812"},
		{charts.Exact(1505645), "1,505,645"},
		{charts.Exact(-1234.5), "-1,234.5"},
		{charts.Exact(0), "0"},
		{charts.Exact(nan), "–"},
		{charts.Exact(0.00001), "1e-05"},
		{charts.Exact(999), "999"},
		{charts.Percent(0.041), "4.1%"},
		{charts.Percent(1), "100%"},
		{charts.Percent(0), "0%"},
		{charts.Percent(3e-4), "0.03%"},
		{charts.Percent(2e-6), "<0.01%"},
		{charts.Percent(0.99962), "99.96%"},
		{charts.Percent(1 - 1e-6), ">99.99%"},
		{charts.Percent(0.1 + 0.2 + 0.7), "100%"},
		{charts.Percent(0.0005), "0.1%"},
		{charts.Rate(0), "0.0%"},
		{charts.Rate(3e-4), "0.03%"},
		{charts.Rate(2e-6), "<0.01%"},
		{charts.Rate(0.9995), "99.95%"},
		{charts.Rate(1), "100.0%"},
		{charts.Percent(nan), "–"},
		{charts.Delta(0.041), "▲ 4.1%"},
		{charts.Delta(-0.5), "▼ 50%"},
		{charts.Delta(0), "= 0%"},
		{charts.Change(-20), "▼ 20"},
		{charts.Ago(90 * time.Second), "1m"},
		{charts.Ago(50 * time.Hour), "2d"},
	} {
		if c.got != c.want {
			t.Errorf("%s; want %s", c.got, c.want)
		}
	}
}

func TestTextIsCutByClusters(t *testing.T) {
	for w := range 12 {
		for _, s := range []string{"購入完了しました", "e\u0301e\u0301e\u0301e\u0301", "👩‍👩‍👧 family", "plain text here"} {
			if got := charts.Width(charts.Cut(s, w)); got > w {
				t.Errorf("%q cut to %d cells has %d", s, w, got)
			}
			if got := charts.Width(charts.Pad(charts.Cut(s, w), w)); got != w {
				t.Errorf("%q padded to %d cells has %d", s, w, got)
			}
		}
	}
}

func BenchmarkLineDraw200x60(b *testing.B) {
	for _, size := range [][2]int{{5, 90}, {50, 365}} {
		b.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(b *testing.B) {
			l := charts.Line{Axis: charts.Axis{Times: days(size[1]), Step: charts.Day}, Cursor: -1, Focus: -1}
			for i := range size[0] {
				values, _ := wave(size[1], float64(100*(i+1)))
				l.Series = append(l.Series, charts.Series{Name: fmt.Sprint("series ", i), Values: values, Color: i})
			}
			th := theme.New(theme.Options{Depth: theme.Colors256, Tier: theme.Braille})
			for b.Loop() {
				l.Draw(200, 60, th)
			}
		})
	}
}

func BenchmarkTable10000(b *testing.B) {
	t := table(10000)
	th := theme.New(theme.Options{Depth: theme.Colors256, Tier: theme.Braille})
	for b.Loop() {
		t.Draw(120, 40, th)
	}
}

func TestTicksAreToldApart(t *testing.T) {
	for name, l := range map[string]charts.Line{
		"small percentages": {Percent: true, Series: []charts.Series{{Values: []float64{0.0001, 0.00045, 0.0002}}}},
		"far from zero":     {Fit: true, Series: []charts.Series{{Values: []float64{1000100, 1000450, 1000300}}}},
	} {
		l.Axis, l.Cursor, l.Focus, l.Bare = charts.Axis{Times: days(3), Step: charts.Day}, -1, -1, true
		seen := map[string]bool{}
		for line := range strings.SplitSeq(l.Draw(60, 14, theme.Plain()), "\n") {
			label, _, ok := strings.Cut(line, "┤")
			if label = strings.TrimSpace(label); ok && label != "" {
				if seen[label] {
					t.Errorf("%s: two ticks say %s", name, label)
				}
				seen[label] = true
			}
		}
		if len(seen) < 2 {
			t.Errorf("%s: ticks %v", name, seen)
		}
	}
}

// The plot must stand still while the cursor moves.
func TestTheCursorMovesNothingButItself(t *testing.T) {
	axis := ""
	for at := range 30 {
		l := example()
		l.Cursor = at
		for _, line := range strings.Split(l.Draw(120, 30, theme.Plain()), "\n") {
			if _, rest, ok := strings.Cut(line, "┼"); ok {
				rest, _, _ = strings.Cut(rest, " ")
				if rest = strings.NewReplacer("▲", "─", "┬", "─").Replace(rest); axis != "" && rest != axis {
					t.Fatalf("at point %d the axis is %d long, before it was %d", at, charts.Width(rest), charts.Width(axis))
				}
				axis = rest
			}
		}
	}
}
