package charts_test

import (
	"fmt"
	"strings"
	"time"

	"amptui/charts"
	"amptui/charts/theme"
)

// show prints a picture without the blanks that fill its lines.
func show(picture string) {
	for line := range strings.SplitSeq(picture, "\n") {
		fmt.Println(strings.TrimRight(line, " "))
	}
}

func ExampleLine() {
	var times []time.Time
	for day := range 7 {
		times = append(times, time.Date(2026, 11, 18+day, 0, 0, 0, 0, time.UTC))
	}
	line := charts.Line{
		Axis: charts.Axis{Times: times, Step: charts.Day},
		Series: []charts.Series{{
			Name: "Purchase", Values: []float64{40, 55, 61, 70, 66, 58, 20},
			Open: []bool{false, false, false, false, false, false, true}, Columns: []string{"370"},
		}},
		Heads: []string{"total"}, Cursor: -1, Focus: -1, Note: "Tue 24 Nov: 60% of the day",
	}
	show(line.Draw(80, 10, theme.Plain()))
	// Output:
	// 100 ┤                                                               total
	//     │                                                   ● Purchase    370
	//     │                ⢀⣀⣀⡠⠤⠤⠒⠒⠒⠤⠤⠤⠤⣀⣀⣀⡀
	//  50 ┤     ⢀⣀⠤⠤⠔⠒⠒⠒⠊⠉⠉⠁               ⠈⠉⠉⠉⠑⠒●⡀
	//     │⣀⠤⠔⠒⠉⠁                                  ⠐ ⡀
	//     │                                           ⠠
	//     │                                             ○
	//     │
	//   0 ┼┬──────────────┬──────────────┬──────────────┬
	//      18 Nov      20 Nov         22 Nov       24 Nov   Tue 24 Nov: 60% of the day
}

func ExampleBars() {
	bars := charts.Bars{Cursor: -1, Bars: []charts.Bar{
		{Name: "iOS", Value: 410, Text: "410"},
		{Name: "Android", Value: 219, Text: "219"},
		{Name: "日本", Value: 7, Text: "7"},
	}}
	show(bars.Draw(44, 3, theme.Plain()))
	// Output:
	// iOS     █████████████████████████████ 410
	//    Android ███████████████▌              219
	//    日本    ▌                               7
}

func ExampleTable() {
	rows := [][]string{{"Song Played", "1,497"}, {"Purchase", "44"}}
	table := charts.Table{
		Columns: []charts.Column{{Title: "event", Flex: true}, {Title: "this week", Right: true, Sort: -1}},
		Len:     len(rows),
		Row: func(i int) charts.Row {
			return charts.Row{Cells: []charts.Cell{{Text: rows[i][0]}, {Text: rows[i][1]}}}
		},
	}
	show(table.Draw(40, 3, theme.Plain()))
	// Output:
	// event                   this week ▼
	// ▸  Song Played                   1,497
	//    Purchase                         44
}
