package segment

import (
	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
	"amptui/views"
)

// Stop gives up what is in flight.
func (v *view) Stop() {
	v.q.Stop()
	v.notes.Stop()
}

// Update takes a message; annotations are asked for behind the first answer.
func (v *view) Update(msg tea.Msg) tea.Cmd { return views.UpdateAnnotated(&v.q, &v.notes, msg) }

// noted are remarks with what is written at the point under the cursor in front.
func (v *view) noted(remarks []string) []string {
	note := v.notes.At(v.answer.times, v.q.Shown.Interval, v.look.cursor)
	if note == "" {
		return remarks
	}
	return append([]string{note}, remarks...)
}

// marked is a chart with the points marked at which something is written.
func marked(chart charts.Chart, marks []int) charts.Chart {
	switch c := chart.(type) {
	case charts.Line:
		c.Axis.Marks = marks
		return c
	case charts.Columns:
		c.Axis.Marks = marks
		return c
	}
	return chart
}

// notesInWords are the annotations of the dates that are shown.
func (v *view) notesInWords() []string { return v.notes.Explain(v.answer.times, v.q.Shown.Interval) }
