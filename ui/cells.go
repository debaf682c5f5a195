package ui

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// writeCSV writes the table for spreadsheets: no cell of it is run as a formula,
// whatever the spreadsheet takes for the end of a cell.
func writeCSV(out io.Writer, t charts.Table) error {
	var b strings.Builder
	line := func(cells []string) {
		for i, cell := range cells {
			cells[i] = quoteCSV(cell)
		}
		b.WriteString(strings.Join(cells, ",") + "\n")
	}
	head := titles(t)
	for i, title := range head {
		head[i] = guard(title)
	}
	line(head)
	for i := range t.Len {
		line(values(t, i, guard))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// quoteCSV puts quotes round a cell that would be more than one where the comma,
// the semicolon (as in much of Europe) or the tab ends a cell.
func quoteCSV(cell string) string {
	if !strings.ContainsAny(cell, ",;\"\t\r\n") && strings.TrimSpace(cell) == cell {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

// guard makes a cell that a spreadsheet would run as a formula a text, by a quote
// before it. Blanks before the formula do not save it, and the wide forms of the
// signs are as good as the plain ones. A number may have a sign.
func guard(cell string) string {
	rest := strings.TrimLeftFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || r == '"' })
	first := []rune(rest + " ")[0]
	if strings.ContainsRune("=+-@|%＝＋－＠", first) && !isNumber(cell) || cell != rest && strings.ContainsAny(cell[:1], "\t\r\n") {
		return "'" + cell
	}
	return cell
}

// isNumber says whether a cell is a number as everybody writes it: digits, perhaps
// a sign and a point. Inf, 0x1p-2 and 1e5 are names as well as numbers.
func isNumber(cell string) bool {
	digits := strings.TrimLeft(cell, "+-")
	whole, fraction, _ := strings.Cut(digits, ".")
	number := whole + fraction
	return len(cell)-len(digits) <= 1 && number != "" && strings.Trim(number, "0123456789") == ""
}

// writeTabbed writes a head, then rows, with tabs between the cells. What is no
// number goes through a function first.
func writeTabbed(out io.Writer, t charts.Table, foreign func(string) string) error {
	one := strings.NewReplacer("\t", " ", "\r\n", " ", "\n", " ", "\r", " ").Replace
	var b strings.Builder
	line := func(cells []string) {
		for i, cell := range cells {
			cells[i] = one(cell)
		}
		b.WriteString(strings.Join(cells, "\t") + "\n")
	}
	head := titles(t)
	for i, title := range head {
		head[i] = foreign(title)
	}
	line(head)
	for i := range t.Len {
		line(values(t, i, foreign))
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// writeMarkdown writes a heading, the query and the table.
func writeMarkdown(out io.Writer, answer views.Answer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### %s\n\n%s\n\n", markdown(answer.Title), code("amptui "+answer.Link.Line()))
	if len(answer.Summary) > 0 {
		b.WriteString(strings.Join(answer.Summary, "\n") + "\n\n")
	}
	t := answer.Table
	head, rule := "|", "|"
	for _, title := range titles(t) {
		head += " " + markdown(title) + " |"
	}
	for _, i := range exported(t) {
		if t.Columns[i].Right {
			rule += " ---: |"
		} else {
			rule += " --- |"
		}
	}
	b.WriteString(head + "\n" + rule + "\n")
	for i := range t.Len {
		b.WriteString("| " + strings.Join(values(t, i, markdown), " | ") + " |\n")
	}
	for _, note := range slices.Concat(answer.Notes, answer.Annotations) {
		b.WriteString("\n" + markdown(text.Clean(note)) + "\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// markdown is a foreign text within a line of Markdown, or a cell of its tables,
// where it is read and nothing else: no mark, no link, no cell of its own. What
// would notify somebody or lead somewhere stands as code.
func markdown(s string) string {
	s = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ").Replace(s)
	if strings.Contains(s, "://") || strings.Contains(s, "www.") || strings.Contains(s, "@") {
		return strings.ReplaceAll(code(s), "|", `\|`)
	}
	s = strings.NewReplacer(`\`, `\\`, "|", `\|`, "`", "\\`", "<", "&lt;", "&", "&amp;", "[", `\[`, "~", `\~`, "#", `\#`).Replace(s)
	for _, mark := range []string{"*", "_"} {
		if strings.Count(s, mark) > 1 { // one alone marks nothing
			s = strings.ReplaceAll(s, mark, `\`+mark)
		}
	}
	return s
}

// code is a text as code in Markdown, as it is.
func code(s string) string {
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}
