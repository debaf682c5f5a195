package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

// paper is what an answer is printed on.
type paper struct {
	w, h  int  // in cells and lines; what has a height of its own takes that
	whole bool // a table takes the width that it needs, so that nothing of it is cut
}

// writeForm writes an answer in one of the forms.
func writeForm(out io.Writer, form string, answer views.Answer, env views.Env, on paper) error {
	switch form {
	case "json":
		return writeJSON(out, answer, env)
	case "csv":
		return writeCSV(out, answer.Table)
	case "md":
		return writeMarkdown(out, answer)
	case "tsv":
		return writeTabbed(out, answer.Table, guard)
	case "plain":
		return writeTabbed(out, answer.Table, func(cell string) string { return cell })
	}
	w, h, chart := on.w, on.h, answer.Chart
	if form == "table" {
		chart = answer.Table
	}
	switch c := chart.(type) {
	case charts.Table:
		c = c.Measured()
		c.Cursor, c.Top = -1, 0
		if h = c.Len + 1; on.whole {
			w = c.Whole()
		}
		chart = c
	case charts.Heat:
		h = len(c.Rows) + 1
	case interface{ Height() int }:
		h = c.Height()
	case charts.Line, charts.Columns:
		chart = annotated{c, answer.Annotations}
	}
	_, err := fmt.Fprintln(out, env.Theme.Glyphs.Spell(trimRight(chart.Draw(w, h, env.Theme))))
	return err
}

// annotated is a chart whose axis has marks, with what they stand for beneath it.
type annotated struct {
	charts.Chart
	said []string
}

// Draw leaves the most of the height to the chart. What has no room beneath it is
// counted.
func (a annotated) Draw(w, h int, th theme.Theme) string {
	lines := a.lines(w, h/4, th)
	return strings.Join(append([]string{a.Chart.Draw(w, h-len(lines), th)}, lines...), "\n")
}

func (a annotated) lines(w, most int, th theme.Theme) []string {
	var lines []string
	for i, said := range a.said {
		folded := charts.Wrap(said, max(w-4, 1))
		rest := len(a.said) - i
		if room := most - len(lines); len(folded) > room || len(folded) == room && rest > 1 {
			if room > 0 {
				lines = append(lines, charts.Fit("   "+th.Dim.Paint(fmt.Sprintf("annotations without room here: %d", rest)), w, 1))
			}
			break
		}
		sign := th.Accent.Paint(th.Glyphs.Note)
		for _, line := range folded {
			lines = append(lines, charts.Fit(" "+sign+" "+th.Dim.Paint(line), w, 1))
			sign = " "
		}
	}
	return lines
}

// trimRight cuts the blanks that only fill a line.
func trimRight(block string) string {
	lines := strings.Split(block, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.Join(lines, "\n")
}

// writeJSON writes one object: the query line, the zone, what a reader must know of
// the answer, and the view's data.
// What a terminal must not see is escaped.
func writeJSON(out io.Writer, answer views.Answer, env views.Env) error {
	head, err := encode(struct {
		Query string   `json:"query"`
		Zone  string   `json:"zone"`
		Notes []string `json:"notes"`
	}{answer.Link.Line(), env.Zone.String(), append(append([]string{}, answer.Notes...), answer.Annotations...)})
	if err != nil {
		return err
	}
	data, err := encode(answer.Data)
	if err != nil {
		return err
	}
	joined := append(bytes.TrimSuffix(head, []byte("}")), ',')
	joined = append(joined, bytes.TrimPrefix(data, []byte("{"))...)
	_, err = out.Write(append(escapeHidden(joined), '\n'))
	return err
}

func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSpace(b.Bytes()), err
}

// escapeHidden writes every rune that a terminal must not see as \uXXXX, which
// JSON strings allow anywhere.
func escapeHidden(doc []byte) []byte {
	if text.IsFit(string(doc)) {
		return doc
	}
	var b bytes.Buffer
	for len(doc) > 0 {
		r, n := utf8.DecodeRune(doc)
		if r >= utf8.RuneSelf && !text.IsFit(string(doc[:n])) {
			for _, unit := range utf16(r) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		} else {
			b.Write(doc[:n])
		}
		doc = doc[n:]
	}
	return b.Bytes()
}

func utf16(r rune) []rune {
	if r < 0x10000 {
		return []rune{r}
	}
	r -= 0x10000
	return []rune{0xd800 + r>>10, 0xdc00 + r&0x3ff}
}

// exported are the columns that carry data, not pictures.
func exported(t charts.Table) []int {
	var columns []int
	for i, c := range t.Columns {
		if !c.Bar {
			columns = append(columns, i)
		}
	}
	return columns
}

func titles(t charts.Table) []string {
	var row []string
	for _, i := range exported(t) {
		title := t.Columns[i].Title
		if title == "" {
			title = "unfinished"
		}
		if of := t.Columns[i].Of; of != "" {
			title = of + " " + title
		}
		if unit := t.Columns[i].Unit; unit != "" {
			title += " (" + unit + ")"
		}
		row = append(row, title)
	}
	return row
}

// values is a row with raw numbers; a missing number is empty. What is no number
// goes through a function first.
func values(t charts.Table, i int, foreign func(string) string) []string {
	cells := t.Row(i).Cells
	var row []string
	for _, c := range exported(t) {
		switch {
		case c >= len(cells):
			row = append(row, "")
		case cells[c].Numeric:
			row = append(row, rawNumber(cells[c].Number))
		default:
			row = append(row, foreign(cells[c].Text))
		}
	}
	return row
}

func rawNumber(v float64) string {
	if v != v {
		return ""
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
