package charts_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
)

// A cell is cut only where the table has no room left, and nowhere in a table that is as
// wide as it wants.
func FuzzCellsAreCutOnlyWithoutRoom(f *testing.F) {
	for seed := range uint64(20) {
		f.Add(seed, 80)
	}
	f.Fuzz(func(t *testing.T, seed uint64, width int) {
		r := rand.New(rand.NewPCG(seed, 2))
		table := randomTable(r)
		whole, least := table.Measured().Whole(), table.Whole() // nothing is wanted there
		for _, w := range []int{whole, whole + 1, whole + 40, 1 + max(width, 0)%300, 40, 80, 120} {
			lines := strings.Split(table.Measured().Draw(w, table.Len+1, theme.Plain()), "\n")
			edge := len([]rune(strings.TrimRight(lines[0], " "))) // the last column stands right
			for i, line := range lines[1:] {
				for _, cell := range table.Row(i).Cells {
					switch cut := !strings.Contains(line, cell.Text); {
					case cut && w >= whole:
						t.Fatalf("%q is cut at %d columns, %d are wanted:\n%s", cell.Text, w, whole, strings.Join(lines, "\n"))
					case cut && w >= least && edge < w-2:
						t.Fatalf("%q is cut, and %d cells are free:\n%s", cell.Text, w-2-edge, strings.Join(lines, "\n"))
					}
				}
			}
		}
	})
}

// randomTable is a table of columns with and without limits, the last one to the right.
func randomTable(r *rand.Rand) charts.Table {
	t := charts.Table{Len: 1 + r.IntN(6), Cursor: -1}
	var cells [][]charts.Cell
	for range t.Len {
		cells = append(cells, nil)
	}
	columns := 1 + r.IntN(5)
	for c := range columns {
		one := charts.Column{Title: fmt.Sprint("c", c), Min: r.IntN(14), Flex: c == 0 && r.IntN(2) == 0}
		if r.IntN(2) == 0 {
			one.Max = one.Min + r.IntN(30)
		}
		if one.Flex {
			one.Max = 0
		}
		t.Columns = append(t.Columns, one)
		for i := range cells {
			cells[i] = append(cells[i], charts.Cell{Text: fmt.Sprintf("%d%c%s", i, 'a'+c, strings.Repeat("x", r.IntN(40)))})
		}
	}
	t.Columns = append(t.Columns, charts.Column{Title: "last", Right: true, Min: 6})
	for i := range cells {
		cells[i] = append(cells[i], charts.Cell{Text: "7"})
	}
	t.Row = func(i int) charts.Row { return charts.Row{Cells: cells[i]} }
	return t
}
