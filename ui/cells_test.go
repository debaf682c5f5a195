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
		err := writeForm(&b, c.form, views.Answer{Table: table("a\tb", "c\n\rd", "=1")}, views.Env{}, paper{w: 80, h: 24})
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

// What goes into a file or a pipe is whole; a width that was asked for is kept.
func TestPrintedTablesAreWhole(t *testing.T) {
	s := newShell(t)
	s.env["COLUMNS"] = "40"
	for _, line := range [][]string{
		{"revenue", "--by", "country"},
		{"funnel", "Checkout Started", "Payment Submitted", "Purchase", "--by", "country"},
		{"retention", "--by", "country", "--last", "3w"},
		{"segment", "Song Played", "--by", "country", "--interval", "hour", "--last", "24h"},
		{"composition", "country"},
		{"chart", "buy4step"},
		{"users", "ada@example.com"},
		{"events"},
	} {
		if code := s.run(demoArgs(append(line, "-o", "table")...)...); code != 0 || strings.Contains(s.out, "…") || s.out == "" {
			t.Errorf("%v: %d, %s\n%s", line, code, s.errs, s.out)
		}
		table := s.out
		if s.run(demoArgs(append(line, "-o", "plain")...)...); strings.Count(table, "\n") != strings.Count(s.out, "\n") {
			t.Errorf("%v has other rows as a table than as plain text", line)
		}
		titles, _, _ := strings.Cut(s.out, "\n")
		for title := range strings.SplitSeq(titles, "\t") {
			if title = strings.TrimSuffix(title, " (ms)"); title != "unfinished" && !strings.Contains(table, title) {
				t.Errorf("%v has no column %q:\n%s", line, title, table)
			}
		}
	}
	s.run(demoArgs("revenue", "--by", "country", "-o", "table", "--width", "60")...)
	for row := range strings.Lines(s.out) {
		if wide := charts.Width(strings.TrimSuffix(row, "\n")); wide > 60 {
			t.Fatalf("a row is %d columns wide, 60 were asked for:\n%s", wide, row)
		}
	}
}
