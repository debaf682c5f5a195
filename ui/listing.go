package ui

import (
	"bytes"
	"fmt"
	"slices"

	"amptui/charts"
	"amptui/views"
)

// printRows prints a list that is no view's answer in the form of -o. data is its
// JSON, command the word that prints it.
func (p *program) printRows(command string, t charts.Table, data any) error {
	format := p.global.output
	if format == "json" {
		return p.printJSON(data)
	}
	if format == "chart" || !slices.Contains(formats(), format) {
		return usageError{noSuch("output format of a list", format, []string{"table", "json", "csv", "md", "plain"})}
	}
	var out bytes.Buffer
	env := views.Env{Theme: p.printTheme(format)}
	if err := writeForm(&out, format, views.Answer{Title: "amptui " + command, Link: views.Link{View: command}, Table: t}, env, p.paper()); err != nil {
		return err
	}
	_, err := p.out.Write(out.Bytes())
	return quietly(err)
}

// printJSON prints one object. What a terminal must not see is escaped.
func (p *program) printJSON(data any) error {
	doc, err := encode(data)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "%s\n", escapeHidden(doc))
	return quietly(err)
}
