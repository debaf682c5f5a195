package charts_test

import (
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
)

// triangle is cohorts of which each is a column shorter than the one before it;
// the last two cells of a row are open.
func triangle(rows, columns int) charts.Heat {
	t := charts.Heat{Corner: "cohort", Fixed: []string{"users"}, Frozen: 1, Row: 2, Col: 3}
	for n := range columns {
		t.Heads = append(t.Heads, fmt.Sprint(n))
	}
	for i := range rows {
		r := charts.HeatRow{Name: fmt.Sprintf("Tue %d Nov", i+1), Fixed: []string{charts.Exact(float64(1000 + 37*i))}}
		if i == 0 {
			r.Name = "all cohorts"
		}
		length := min(i+1, columns)
		if i == 0 {
			length = columns
		}
		for n := range length {
			v := 1 / (1 + 0.7*float64(n) + 0.1*float64(i%3))
			c := charts.HeatCell{Text: fmt.Sprintf("%.0f%%", 100*v), Level: v, Open: n >= length-2}
			if c.Open {
				c.Level = math.NaN()
			}
			r.Cells = append(r.Cells, c)
		}
		t.Rows = append(t.Rows, r)
	}
	return t
}

func TestAHeatMapCostsWhatItsTextWarrants(t *testing.T) {
	run := regexp.MustCompile("(\x1b\\[[0-9;]+m)([^\x1b]*)\x1b\\[0?m")
	for name, depth := range map[string]theme.Depth{"16": theme.Colors16, "256": theme.Colors256, "true": theme.TrueColor, "none": theme.NoColor} {
		th := theme.New(theme.Options{Depth: depth, Tier: theme.Braille})
		plain := triangle(61, 30).Draw(200, 62, theme.Plain())
		styled := triangle(61, 30).Draw(200, 62, th)
		if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(styled, ""); got != plain {
			t.Fatalf("%s: the text is another with colours", name)
		}
		spent := 0
		for line := range strings.SplitSeq(styled, "\n") {
			runs := run.FindAllStringSubmatchIndex(line, -1)
			for i, at := range runs {
				spent += at[1] - at[0] - (at[5] - at[4])
				if i > 0 && runs[i-1][1] == at[0] && line[runs[i-1][2]:runs[i-1][3]] == line[at[2]:at[3]] {
					t.Errorf("%s: two runs of one style stand beside each other in %q", name, line)
				}
			}
		}
		if got := len(plain) + spent; got != len(styled) {
			t.Errorf("%s: %d bytes; text and runs are %d", name, len(styled), got)
		}
		if depth == theme.NoColor && spent > 3000 {
			t.Errorf("%d bytes of styles without colours", spent)
		}
	}
}

// Numbers say it all: without colours, in ASCII, with 16 of them.
func TestAHeatMapIsReadableWithoutColours(t *testing.T) {
	for name, th := range tiers() {
		got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(triangle(20, 12).Draw(80, 21, th), "")
		for _, want := range []string{"cohort", "users", "100%", "all cohorts", "1,000", "*"} {
			if !strings.Contains(got, want) {
				t.Errorf("%s: %q is missing in\n%s", name, want, got)
			}
		}
	}
}

// The cell under the cursor has a sign, so that it is found without colours and among
// cells that are as bright as it.
func TestTheCellUnderTheCursorHasASign(t *testing.T) {
	for name, th := range tiers() {
		h := triangle(20, 12)
		for _, at := range [][2]int{{0, 0}, {3, 1}, {19, 11}} {
			h.Row, h.Col = at[0], at[1]
			got := sgr().ReplaceAllString(h.Draw(120, 21, th), "")
			exactly(t, got, 120, 21)
			if n := strings.Count(got, th.Glyphs.Pointer); len(h.Rows[at[0]].Cells) > at[1] && n != 2 {
				t.Errorf("%s, row %d, column %d: %d signs; want that of the row and that of the cell\n%s", name, at[0], at[1], n, got)
			}
		}
	}
}

func TestOpenCellsAreDimAndHaveNoColour(t *testing.T) {
	th := theme.New(theme.Options{Depth: theme.TrueColor, Tier: theme.Braille})
	open := charts.Heat{
		Corner: "cohort", Heads: []string{"0", "1"}, Row: -1,
		Rows: []charts.HeatRow{{Name: "a", Cells: []charts.HeatCell{{Text: "50%", Level: math.NaN(), Open: true}, {Text: "50%", Level: 0.5}}}},
	}
	lines := strings.Split(open.Draw(40, 2, th), "\n")
	if !strings.Contains(lines[1], th.Dim.Paint(" ")[:4]) || !strings.Contains(lines[1], "50%*") {
		t.Errorf("an open cell is %q", lines[1])
	}
	if got := strings.Count(lines[1], ";48;"); got != 1 {
		t.Errorf("%d cells have a colour; want the one that is over: %q", got, lines[1])
	}
}

func TestTheHeatMapFollowsItsCursor(t *testing.T) {
	h := triangle(61, 90)
	for _, to := range [][2]int{{0, 0}, {1, 0}, {60, 0}, {60, 89}, {30, 45}, {1, 89}, {0, 0}} {
		h.Row, h.Col = to[0], to[1]
		h.Top, h.Left = h.Follow(80, 20)
		picture := h.Draw(80, 20, theme.Plain())
		if !strings.Contains(picture, "▸ "+h.Rows[to[0]].Name) {
			t.Errorf("row %d is not in sight:\n%s", to[0], picture)
		}
		if !regexp.MustCompile(`\s` + h.Heads[to[1]] + `\s`).MatchString(strings.Split(picture, "\n")[0] + " ") {
			t.Errorf("column %d is not in sight:\n%s", to[1], picture)
		}
		if !strings.Contains(picture, "all cohorts") {
			t.Errorf("the frozen row has scrolled away:\n%s", picture)
		}
	}
}

func funnel(groups int) charts.Funnel {
	f := charts.Funnel{Heads: []string{"users", "of first", "of previous", "lost", "median", "average"}, Cursor: 1}
	left := 1.0
	for k, name := range []string{"Store Opened", "Checkout 購入 Started", "Payment Submitted", "Purchase"} {
		s := charts.FunnelStep{Name: name}
		for g := range groups {
			b := charts.FunnelBar{Left: left / (1 + 0.3*float64(g*k)), Before: math.NaN(), Color: g, Worst: k == 2 && g == 1}
			if groups > 1 {
				b.Name = []string{"iOS", "Android", "Web"}[g%3]
			}
			b.Columns = []string{charts.Exact(1400 * b.Left), charts.Percent(b.Left)}
			if k > 0 {
				b.Before = 1.6 * b.Left
				b.Columns = append(b.Columns, charts.Percent(0.6), "321", "48s", "13h 13m")
			}
			s.Bars = append(s.Bars, b)
		}
		left /= 1.6
		f.Steps = append(f.Steps, s)
	}
	return f
}

func TestStepsStayInSightWhereTheyDoNotFit(t *testing.T) {
	for _, groups := range []int{1, 3} {
		for h := 2; h < 20; h++ {
			for cursor := range 4 {
				f := funnel(groups)
				f.Cursor = cursor
				if picture := f.Draw(80, h, theme.Plain()); !strings.Contains(picture, "▸ ") {
					t.Errorf("%d groups on %d lines: step %d is not in sight:\n%s", groups, h, cursor+1, picture)
				}
			}
		}
	}
}

// Steps that do not fit are named: nobody takes the first two for the funnel.
func TestStepsOutOfSightAreNamed(t *testing.T) {
	for h, want := range map[int]string{2: "step 1 of 4", 6: "step 1 of 4", 7: "steps 1 to 2 of 4", 11: "steps 1 to 3 of 4", 17: ""} {
		f := funnel(3)
		f.Cursor = 0
		head, _, _ := strings.Cut(f.Draw(80, h, theme.Plain()), "\n")
		if got, _, _ := strings.Cut(strings.TrimSpace(head), "  "); want != "" && got != want || want == "" && strings.Contains(head, "step") {
			t.Errorf("on %d lines the head is %q; want %q", h, head, want)
		}
	}
	f := funnel(3)
	f.Cursor = 3
	if picture := f.Draw(80, 6, theme.Plain()); !strings.Contains(picture, "step 4 of 4") {
		t.Errorf("the last step's place is not said in\n%s", picture)
	}
}

// Groups that do not fit are counted: nobody takes the first for all.
func TestGroupsOutOfSightAreCounted(t *testing.T) {
	for h := 4; h < 11; h++ {
		f := funnel(9)
		f.Cursor = 0
		picture := strings.Split(f.Draw(80, h, theme.Plain()), "\n")
		want := fmt.Sprintf("+%d more", 9-(h-3)) // beside the heads, the step's name and this line
		if last := strings.TrimSpace(picture[h-1]); last != want {
			t.Errorf("on %d lines at the end stands %q; want %q", h, last, want)
		}
	}
	f := funnel(9)
	f.Cursor = 0
	if picture := f.Draw(80, 11, theme.Plain()); strings.Contains(picture, "more") {
		t.Errorf("nothing is out of sight in\n%s", picture)
	}
}

func TestDurationsAreSaidInTwoUnits(t *testing.T) {
	for ms, want := range map[float64]string{
		0: "0ms", 812: "812ms", 999.7: "1s", 46000: "46s", 59700: "1m", 91000: "1m 31s", 3599999: "1h", 3600000: "1h",
		19200000: "5h 20m", 86400000: "1d", 90000000: "25h", 273600000: "3d 4h", 2592000000: "30d", 1e300: "11574074d 1h",
	} {
		if got := charts.Duration(ms); got != want {
			t.Errorf("%v ms are %q; want %q", ms, got, want)
		}
	}
	if got := charts.Duration(math.NaN()); got != "–" {
		t.Errorf("no time is %q", got)
	}
}

func FuzzHeat(f *testing.F) {
	f.Add(80, 20, 5, 12, 3, 4, 0.5)
	f.Fuzz(func(t *testing.T, w, h, rows, columns, row, column int, level float64) {
		w, h, rows, columns = w%310, h%110, abs(rows)%40, abs(columns)%60
		m := triangle(rows, columns)
		m.Row, m.Col, m.Frozen = row%50, abs(column)%70, rows%3
		for i := range m.Rows {
			for n := range m.Rows[i].Cells {
				m.Rows[i].Cells[n].Level = level
			}
		}
		exactly(t, m.Draw(w, h, theme.Plain()), w, h)
		m.Top, m.Left = m.Follow(w, h)
		exactly(t, m.Draw(w, h, theme.Plain()), w, h)
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

func BenchmarkHeatDraw200x60(b *testing.B) {
	m := triangle(61, 30)
	th := theme.New(theme.Options{Depth: theme.Colors256, Tier: theme.Braille})
	for b.Loop() {
		m.Draw(200, 60, th)
	}
}
