package charts_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/charts"
	"amptui/charts/theme"
)

func TestThePlotStandsStillWhenTheCursorComes(t *testing.T) {
	for _, width := range []int{120, 200} {
		line := pictures()["line"].(charts.Line)
		axis := func(cursor int) string {
			line.Cursor = cursor
			rows := strings.Split(line.Draw(width, 20, theme.Plain()), "\n")
			return rows[len(rows)-1]
		}
		if without, with := axis(-1), axis(3); without != with {
			t.Errorf("%d columns:\n%s\n%s", width, without, with)
		}
	}
}

// The plot has one width for every place of the cursor, whatever the values are, and the
// legend has room for each of them.
func FuzzThePlotStandsStillWhileTheCursorMoves(f *testing.F) {
	f.Add(uint64(1), 30, 3, false, false)
	f.Add(uint64(2), 14, 10, true, false)
	f.Add(uint64(3), 200, 40, false, true)
	f.Add(uint64(92), -40, 40, false, false) // no series has a value
	f.Fuzz(func(t *testing.T, seed uint64, points, series int, percent, compared bool) {
		points, series = 2+max(points, 0)%200, 1+max(series, 0)%40
		line := randomLine(rand.New(rand.NewPCG(seed, 1)), points, series, compared)
		line.Percent = percent
		for _, size := range [][2]int{{76, 20}, {80, 24}, {120, 36}, {200, 60}} {
			var first string
			for cursor := 0; cursor < points; cursor += 1 + points/8 {
				if line.Kept = nil; cursor%2 == 0 {
					line.Kept = &charts.Backdrop{}
				}
				line.Cursor = cursor
				rows := strings.Split(line.Draw(size[0], size[1], theme.Plain()), "\n")
				at := slices.IndexFunc(rows, func(row string) bool { return strings.Contains(row, "┼") })
				if at < 0 {
					break // there is no value, and no plot
				}
				_, axis, _ := strings.Cut(rows[at], "┼")
				axis = strings.ReplaceAll(strings.TrimRight(strings.SplitN(axis, "  ", 2)[0], " "), "▲", "─")
				axis = strings.ReplaceAll(axis, "┬", "─") // the mark of the cursor may stand on one
				if first == "" {
					first = axis
				}
				if axis != first {
					t.Fatalf("%d columns, cursor at %d: the axis has %d cells, %d at first:\n%s", size[0], cursor, len([]rune(axis)), len([]rune(first)), strings.Join(rows, "\n"))
				}
			}
		}
	})
}

// randomLine is a line chart of values that need all kinds of room.
func randomLine(r *rand.Rand, points, series int, compared bool) charts.Line {
	line := charts.Line{Focus: -1}
	for i := range points {
		line.Axis.Times = append(line.Axis.Times, time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC))
	}
	line.Axis.Step = charts.Day
	kinds := []func() float64{
		func() float64 { return float64(r.IntN(10)) },
		func() float64 { return math.Trunc(r.NormFloat64() * 1e6) },
		func() float64 { return r.Float64() * 100 },
		func() float64 { return r.Float64() * math.Pow(10, float64(r.IntN(20))) },
		func() float64 { return float64(r.IntN(2000)) / 8 },
		func() float64 { return math.NaN() },
	}
	for range series {
		one := charts.Series{Name: "one", Hidden: r.IntN(8) == 0}
		kind := r.IntN(len(kinds))
		for range points {
			k := kind
			if r.IntN(10) == 0 {
				k = r.IntN(len(kinds))
			}
			one.Values, one.Open = append(one.Values, kinds[k]()), append(one.Open, r.IntN(9) == 0)
		}
		one.Columns = []string{"1.2k"}
		line.Series = append(line.Series, one)
		if compared {
			line.Series = append(line.Series, charts.Series{Name: "before", Values: one.Values, Previous: true})
		}
	}
	line.Heads = []string{"total"}
	return line
}
