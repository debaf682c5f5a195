package ui

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

const (
	rowsAtOnce    = 10 // so many rows are read before the listener is asked
	figuresAtOnce = 8
)

// spoken writes our signs as words: readers pass over them, or read out what they
// are called.
func spoken(s string) string {
	s = strings.NewReplacer(
		" → ▲ ", ": up ", " → ▼ ", ": down ", " → = 0%", ": unchanged", "= 0%", "unchanged", "± week", "change in a week",
		"▲ ", "up ", "▼ ", "down ", "▲", "up ", "▼", "down ", "→", "to", "±", "plus or minus ", "≥ ", "at least ", "≥", "at least ",
		" · ", ", ", "×", "times ",
	).Replace(s)
	if open, ok := strings.CutPrefix(s, "* "); ok {
		return "not complete: " + open
	}
	return s
}

// tell says an answer: what, how much, what has changed, what is incomplete; then
// the first rows of its table.
func (t *talk) tell(a views.Answer) {
	t.answer, t.row = &a, 0
	t.exactly("Question: " + a.Link.Line())
	t.say("%s.", strings.TrimSuffix(strings.ReplaceAll(text.Clean(a.Title), " > ", ", then "), "."))
	for _, line := range a.Summary {
		if line = strings.Trim(strings.ReplaceAll(line, "`", ""), " -#"); line != "" {
			t.say("%s.", strings.TrimSuffix(line, "."))
		}
	}
	open := "" // why the figure before is not complete
	for _, f := range a.Figures[:min(len(a.Figures), figuresAtOnce)] {
		t.say("%s.", inWords(f, open))
		open = f.Open
	}
	if more := len(a.Figures) - figuresAtOnce; more > 0 {
		t.say("%d further figures stand in the table.", more)
	}
	for _, note := range a.Notes {
		t.say("%s.", strings.TrimSuffix(text.Clean(note), "."))
	}
	if a.Table.Len == 0 {
		if !slices.Contains(a.Notes, a.Table.Empty) {
			t.say("%s.", first(a.Table.Empty, "The table has no rows"))
		}
		return
	}
	t.say("The table has %s. Its columns: %s.", countOf(a.Table.Len, "row"), strings.Join(titles(a.Table), ", "))
	t.rows(min(rowsAtOnce, a.Table.Len))
}

func countOf(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return charts.Exact(float64(n)) + " " + what
}

// inWords is a figure as a sentence: what it is, how much, what changed, and what
// is not over, unless that was just said.
func inWords(f views.Figure, saidOpen string) string {
	write := charts.Exact
	if f.Percent {
		write = charts.Percent
	}
	said := f.Name
	if f.Of != "" {
		said += " of " + text.Clean(f.Of)
	}
	if math.IsNaN(f.Value) {
		return said + ": no number; " + first(f.Open, "there is none")
	}
	said += ": " + write(f.Value)
	if !math.IsNaN(f.Before) {
		change := "unchanged from "
		switch {
		case f.Before != 0 && f.Value != f.Before:
			change = charts.Delta((f.Value-f.Before)/math.Abs(f.Before)) + " from "
		case f.Value != f.Before:
			change = charts.Change(f.Value-f.Before) + " from "
		}
		said += ", " + change + write(f.Before)
		if f.Since != "" {
			said += ", " + text.Clean(f.Since)
		}
	}
	switch f.Open {
	case "":
	case saidOpen:
		said += ", not complete either"
	default:
		said += "; not complete: " + text.Clean(f.Open)
	}
	return said
}

// rows reads rows up to an end.
func (t *talk) rows(end int) {
	for ; t.row < end; t.row++ {
		t.say("Row %d: %s", t.row+1, t.rowInWords(t.row))
	}
	if rest := t.answer.Table.Len - t.row; rest > 0 {
		t.say("%s follow: type more, last, or row and a number.", countOf(rest, "row"))
	}
	if t.answer.Leads != nil {
		t.say("open and the number of a row opens what it leads to.")
	}
}

// rowInWords is a row as a sentence: each column's title with its value. What is
// empty is left out.
func (t *talk) rowInWords(i int) string {
	table := t.answer.Table
	cells := table.Row(i).Cells
	var said []string
	for n, column := range exported(table) {
		if column >= len(cells) {
			continue
		}
		value := strings.TrimSpace(cells[column].Text)
		title := table.Columns[column].Title
		switch {
		case value == "", value == "{}":
		case value == "–":
			said = append(said, title+" none")
		case value == "*":
			said = append(said, "not complete")
		case n == 0 || title == "":
			said = append(said, value)
		default:
			said = append(said, title+" "+value)
		}
	}
	return strings.Join(said, "; ")
}

// more reads the next rows.
func (t *talk) more() error {
	switch {
	case t.answer == nil:
		return errors.New("nothing was asked yet")
	case t.row >= t.answer.Table.Len:
		return errors.New("all rows were read")
	}
	t.rows(min(t.row+rowsAtOnce, t.answer.Table.Len))
	return nil
}

// last reads the last rows: the newest, where rows are days.
func (t *talk) last() error {
	if t.answer == nil || t.answer.Table.Len == 0 {
		return errors.New("there are no rows yet")
	}
	t.row = max(0, t.answer.Table.Len-rowsAtOnce)
	t.rows(t.answer.Table.Len)
	return nil
}

// readRow reads the row of a number.
func (t *talk) readRow(words []string) error {
	n, err := t.rowOf("row", words)
	if err != nil {
		return err
	}
	t.say("Row %d: %s", n, t.rowInWords(n-1))
	return nil
}

// open asks what the row of a number leads to.
func (t *talk) open(ctx context.Context, words []string) error {
	n, err := t.rowOf("open", words)
	if err != nil {
		return err
	}
	if t.answer.Leads == nil {
		return errors.New("these rows lead nowhere: row and a number reads one")
	}
	t.ask(ctx, t.answer.Leads(n-1), false)
	return nil
}

// rowOf is the row that a word with a number means, from 1.
func (t *talk) rowOf(word string, numbers []string) (int, error) {
	if t.answer == nil || len(numbers) != 1 {
		return 0, fmt.Errorf("%s takes a number, once something was asked", word)
	}
	if t.answer.Table.Len == 0 {
		return 0, errors.New("the table has no rows")
	}
	n, err := strconv.Atoi(numbers[0])
	if err != nil || n < 1 || n > t.answer.Table.Len {
		return 0, fmt.Errorf("the rows go from 1 to %d", t.answer.Table.Len)
	}
	return n, nil
}

// flagsOf are the flags that a view takes.
func flagsOf(spec views.Spec) []*pflag.Flag {
	own := pflag.NewFlagSet(spec.Name, pflag.ContinueOnError)
	own.SortFlags = false
	spec.Bind(own)
	var flags []*pflag.Flag
	own.VisitAll(func(f *pflag.Flag) { flags = append(flags, f) })
	return flags
}
