package segment

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"amptui/api/text"
	"amptui/charts/theme"
)

// Without a screen every series is judged: a short list one by one, of a long one first
// what is unusual.
func TestEverySeriesIsJudgedWithoutAScreen(t *testing.T) {
	week := []float64{1000, 1000, 1000, 1000, 300, 200, 900}
	days := weeks(4, week, 1000, 1000, 1000, 1000, 300, 200, 895, 612)
	s, a, r := answerOf(t, "A --by platform --last 90d", afternoon(), days...)
	low := slices.Clone(days)
	low[len(low)-2] = 100
	one := r.series[0]
	r.series = nil
	for i := range 8 {
		one.name = text.New(fmt.Sprint("group ", i))
		one.shown, one.values = one.name, days
		if i == 6 {
			one.values = low
		}
		r.series = append(r.series, one)
	}
	beginnings := func(said []string) (out []string) {
		for _, line := range said {
			name, _, _ := strings.Cut(line, ": ")
			out = append(out, name)
		}
		return out
	}
	said := r.verdicts(s, a)
	if want := []string{"group 6", "group 0", "group 1", "group 2", "group 3", "3 more series"}; !slices.Equal(beginnings(said), want) || !strings.Contains(said[0], "outside the usual") || said[5] != "3 more series: all within their usual" {
		t.Errorf("of eight series: %q", said)
	}
	r.series = append(r.series[:2], r.series[6])
	if want := []string{"group 0", "group 1", "group 6"}; !slices.Equal(beginnings(r.verdicts(s, a)), want) {
		t.Errorf("of three series: %q", r.verdicts(s, a))
	}
	s.Hide = []text.Raw{text.New("group 1")}
	if want := []string{"group 0", "group 6"}; !slices.Equal(beginnings(r.verdicts(s, a)), want) {
		t.Errorf("with one hidden: %q", r.verdicts(s, a))
	}
	for said, of := range map[string][2]int{
		"1 more series: within its usual":                                           {1, 0},
		"1 more series: outside its usual":                                          {1, 1},
		"12 more series: 3 outside their usual, --limit and --where leave some out": {12, 3},
	} {
		if got := others(of[0], of[1]); got != said {
			t.Errorf("%q; want %q", got, said)
		}
	}
}

// A part of the active users is a percentage, with no more digits than say something,
// wherever it is written.
func TestAPartOfTheActiveUsersIsAPercentage(t *testing.T) {
	s, a, r := answerOf(t, "A --metric pct_dau --last 60d --face table", afternoon(), weeks(6, []float64{3.26087, 3.3, 3.4, 3.1, 2, 2, 3.2}, 1.61803)...)
	said := strings.Join(r.verdicts(s, a), "\n")
	for _, part := range []string{"so far today 1.62% (", "Mon 23 Nov: 3.20% ", "5 Mondays 3.20% "} {
		if !strings.Contains(said, part) {
			t.Errorf("%q is not in %q", part, said)
		}
	}
	row := r.table(s, look{cursor: -1, focus: -1}).Row(0)
	if cell := row.Cells[2]; cell.Text != "3.26%" || cell.Number != 3.26087 {
		t.Errorf("the cell is %+v", cell)
	}
	s.Face = lineFace
	if picture := r.line(s, a, look{cursor: 0, focus: -1}).Draw(100, 12, theme.Plain()); !strings.Contains(picture, "3.26%") {
		t.Errorf("the legend has no 3.26%%:\n%s", picture)
	}
}
