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
		return "not complete means: " + open
	}
	return s
}

// tell says an answer: what, in which units and dates, how much, what has changed, what
// is incomplete; then the first rows of its table.
func (t *talk) tell(a views.Answer) {
	t.answer, t.row = &a, 0
	t.exactly("Question: " + a.Link.Line())
	if len(a.Summary) == 0 {
		t.sentence(t.ear.title(a.Title))
	}
	for _, line := range a.Summary {
		if line = strings.Trim(strings.ReplaceAll(line, "`", ""), " -#"); line != "" {
			t.sentence(t.ear.words(line))
		}
	}
	for _, note := range a.Notes {
		t.sentence(t.ear.words(text.Clean(note)))
	}
	if a.Aloud == nil { // else the rows say it
		t.figures(a.Figures)
	}
	if a.Table.Len == 0 {
		if !slices.Contains(a.Notes, a.Table.Empty) {
			t.sentence(first(a.Table.Empty, "The table has no rows"))
		}
		return
	}
	said := "The table has " + countOf(a.Table.Len, "row") + "."
	if a.Aloud == nil {
		said += " Its columns: " + t.columns() + "."
	}
	t.say("%s", said)
	t.rows(min(rowsAtOnce, a.Table.Len))
	if t.row < a.Table.Len {
		t.say("Type more, last, or row and a number.")
	}
	if a.Leads != nil {
		t.say("open and the number of a row opens what it leads to.")
	}
}

// figures says the first figures. Why one is not complete is said once.
func (t *talk) figures(figures []views.Figure) {
	said := map[string]bool{"": true}
	for _, f := range figures[:min(len(figures), figuresAtOnce)] {
		t.sentence(t.inWords(f, said[f.Open]))
		said[f.Open] = true
	}
	if more := len(figures) - figuresAtOnce; more > 0 {
		t.say("%s further figures stand in the table.", charts.Exact(float64(more)))
	}
}

// columns are the heads of the table, with the number of those that are too many to
// listen to.
func (t *talk) columns() string {
	var heads []string
	for _, i := range exported(t.answer.Table) {
		if title := t.answer.Table.Columns[i].Title; title != "" {
			heads = append(heads, t.ear.dates(t.ear.words(title)))
		}
	}
	if more := len(heads) - figuresAtOnce; more > 1 {
		heads = append(heads[:figuresAtOnce], countOf(more, "further one"))
	}
	return strings.Join(heads, ", ")
}

// sentence says a text with a full stop, unless it ends with a sign of its own.
func (t *talk) sentence(s string) {
	if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "?") && !strings.HasSuffix(s, "!") {
		s += "."
	}
	t.say("%s", s)
}

func countOf(n int, what string) string { return numbered(float64(n), what, charts.Exact) }

// numbered is a number with what it counts.
func numbered(n float64, what string, write func(float64) string) string {
	if n != 1 {
		what += "s"
	}
	return write(n) + " " + what
}

// inWords is a figure as a sentence: what it is, how much, what changed, and what
// is not over, with the reason unless that was said.
func (t *talk) inWords(f views.Figure, saidWhy bool) string {
	write := charts.Exact
	switch {
	case f.Write != nil:
		write = func(v float64) string { return t.ear.cell(f.Write(v)) }
	case f.Percent:
		write = charts.Percent
	}
	said := f.Name
	if f.Of != "" {
		said += " of " + t.ear.dates(t.ear.words(text.Clean(f.Of)))
	}
	if math.IsNaN(f.Value) {
		return said + ": no number; " + first(f.Open, "there is none")
	}
	said += ": "
	if f.Counts != "" {
		said += numbered(f.Value, f.Counts, write)
	} else {
		said += write(f.Value)
	}
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
			said += ", " + t.ear.dates(t.ear.words(text.Clean(f.Since)))
		}
	}
	switch {
	case f.Open == "":
	case saidWhy:
		said += ", not complete either"
	default:
		said += "; not complete: " + text.Clean(f.Open)
	}
	return said
}

// rows reads rows up to an end, and says how many follow.
func (t *talk) rows(end int) {
	for after := -1; t.row < end; t.row++ {
		t.sentence(fmt.Sprintf("Row %d: %s", t.row+1, t.rowInWords(t.row, after)))
		after = t.row
	}
	if rest := t.answer.Table.Len - t.row; rest > 0 {
		t.say("%s follow.", countOf(rest, "row"))
	}
}

// rowInWords is a row as a sentence: each column's title with its value. What is
// empty is left out, and so is what the row that was read before it, if any, begins
// with too.
func (t *talk) rowInWords(i, after int) string {
	if t.answer.Aloud != nil {
		return t.ear.words(t.answer.Aloud(i, after))
	}
	table := t.answer.Table
	cells := table.Row(i).Cells
	var before []charts.Cell
	if after >= 0 {
		before = table.Row(after).Cells
	}
	var said []string
	same := true
	columns := exported(table)
	for n, column := range columns {
		if column >= len(cells) {
			continue
		}
		value := strings.TrimSpace(cells[column].Text)
		if same = same && n < len(columns)-1 && column < len(before) && strings.TrimSpace(before[column].Text) == value; same {
			continue
		}
		title := t.ear.dates(t.ear.words(table.Columns[column].Title))
		switch {
		case value == "", value == "{}":
		case value == "–":
			said = append(said, title+" none")
		case value == "*":
			said = append(said, "not complete")
		case n == 0 && !cells[column].Numeric || title == "":
			said = append(said, t.ear.cell(value))
		default:
			said = append(said, title+" "+t.ear.cell(value))
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

// readRow reads the row of a number, whole.
func (t *talk) readRow(words []string) error {
	n, err := t.rowOf("row", words)
	if err != nil {
		return err
	}
	if t.answer.Whole == nil {
		t.sentence(fmt.Sprintf("Row %d: %s", n, t.rowInWords(n-1, -1)))
		return nil
	}
	said, sent := t.answer.Whole(n - 1)
	t.sentence(fmt.Sprintf("Row %d: %s", n, t.ear.words(strings.Join(said, ". "))))
	for _, line := range sent {
		t.sentence(line)
	}
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
