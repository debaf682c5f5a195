package ui

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"amptui/charts"
	"amptui/views"
)

func TestNoCellIsRunByASpreadsheet(t *testing.T) {
	for cell, want := range map[string]string{
		"Purchase": "Purchase", "": "", "-5": "-5", "+3.5": "+3.5", "a=1": "a=1", "2026-11-24": "2026-11-24", ".5": ".5",
		"=1+1": "'=1+1", "+1+1": "'+1+1", "-1+1": "'-1+1", "@SUM(A1)": "'@SUM(A1)", "|calc": "'|calc", "%x": "'%x",
		" =1+1": "' =1+1", "\t=1": "'\t=1", "\tx": "'\tx", `"=1+1"`: `'"=1+1"`, "＝1+1": "'＝1+1", "-Inf": "'-Inf", "-0x1p-2": "'-0x1p-2", "--5": "'--5", "-": "'-", "-1e5": "'-1e5",
	} {
		if got := guard(cell); got != want {
			t.Errorf("%q becomes %q; want %q", cell, got, want)
		}
	}
}

// table is a table of one row, with the cells as they are.
func table(cells ...string) charts.Table {
	t := charts.Table{Len: 1}
	row := charts.Row{}
	for _, cell := range cells {
		t.Columns = append(t.Columns, charts.Column{Title: "head"})
		row.Cells = append(row.Cells, charts.Cell{Text: cell})
	}
	t.Row = func(int) charts.Row { return row }
	return t
}

// In whatever a spreadsheet takes for the end of a cell, no cell begins a formula,
// and with commas all cells come back.
func FuzzCSVHoldsNoFormula(f *testing.F) {
	for _, s := range []string{"=1", "a;=1", "a,=1", "a\t=1", "a\n=1", `a"b`, `";=1;"`, " ", "\r", "|x", "'=1", "-5;-6"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var b bytes.Buffer
		if err := writeCSV(&b, table(s, "after")); err != nil {
			t.Fatal(err)
		}
		for _, comma := range []rune{',', ';', '\t'} {
			r := csv.NewReader(bytes.NewReader(b.Bytes()))
			r.Comma, r.FieldsPerRecord, r.LazyQuotes = comma, -1, comma != ','
			rows, err := r.ReadAll()
			if err != nil {
				t.Fatalf("%q: %v in %q", s, err, b.String())
			}
			for _, row := range rows {
				for _, cell := range row {
					// Where another sign ends a cell, the line's own commas stay in it.
					if cell != "" && strings.ContainsRune("=+-@|", rune(cell[0])) && !isNumber(strings.TrimRight(cell, ",after")) {
						t.Errorf("with %q between cells, %q holds the cell %q in %q", comma, s, cell, b.String())
					}
				}
			}
			if comma == ',' && (len(rows) != 2 || len(rows[1]) != 2 || rows[1][0] != strings.ReplaceAll(guard(s), "\r\n", "\n")) {
				t.Errorf("%q comes back as %q", s, rows)
			}
		}
	})
}

func TestTabbedCellsStayCells(t *testing.T) {
	for _, c := range []struct{ form, want string }{
		{"plain", "head\thead\thead\na b\tc  d\t=1\n"},
		{"tsv", "head\thead\thead\na b\tc  d\t'=1\n"},
	} {
		var b bytes.Buffer
		err := writeForm(&b, c.form, views.Answer{Table: table("a\tb", "c\n\rd", "=1")}, views.Env{}, 80, 24)
		if err != nil || b.String() != c.want {
			t.Errorf("%s: %q, %v; want %q", c.form, b.String(), err, c.want)
		}
	}
}

func TestMarkdownIsReadAndNothingElse(t *testing.T) {
	for cell, want := range map[string]string{
		"Song Played": "Song Played", "_active": "_active", "*": "*", "a|b": `a\|b`, `a\|b`: `a\\\|b`, "**b**": `\*\*b\*\*`, "_a_": `\_a\_`,
		"<b>": "&lt;b>", "&lt;": "&amp;lt;", "[x](y)": `\[x](y)`, "`x`": "\\`x\\`", "a\nb": "a b", "~~a~~": `\~\~a\~\~`,
		"@team": "`@team`", "see https://x.example": "`see https://x.example`",
		"www.x.example|`": "`` www.x.example\\|` ``",
	} {
		if got := markdown(cell); got != want {
			t.Errorf("%q becomes %q; want %q", cell, got, want)
		}
	}
}
