package views

import (
	"context"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
)

// Annotations are what the project has written at dates, such as a release. They
// are asked for once, behind the first answer, and kept. A chart is whole without
// them: that they could not be had is said in the help, nowhere else.
type Annotations struct {
	env   Env
	req   Request[api.Annotations]
	asked bool
}

// NewAnnotations asks for nothing yet.
func NewAnnotations(env Env) Annotations { return Annotations{env: env} }

// Ask asks, the first time only.
func (a *Annotations) Ask() tea.Cmd {
	if a.asked || a.env.API == nil {
		return nil
	}
	a.asked = true
	client := a.env.API
	return a.req.Start(func(ctx context.Context) (api.Annotations, error) { return client.Annotations(ctx) })
}

// Update takes a message and says whether it was about annotations.
func (a *Annotations) Update(msg tea.Msg) (mine bool, cmd tea.Cmd) { return a.req.Update(msg) }

// Stop gives the question up; it is asked again with the next answer.
func (a *Annotations) Stop() {
	if a.req.Loading() {
		a.req.Stop()
		a.asked = false
	}
}

// of are the annotations that begin at a point of an axis, or with during those
// that are about it.
func (a *Annotations) of(begin, end time.Time, during bool) []api.Annotation {
	return slices.DeleteFunc(slices.Clone(a.req.Value.All), func(one api.Annotation) bool {
		begins := !one.Start.Before(begin) && one.Start.Before(end)
		holds := during && one.Start.Before(end) && one.End.After(begin)
		return !one.Chart.IsZero() || !begins && !holds
	})
}

// Marks are the points at which an annotation begins.
func (a *Annotations) Marks(times []time.Time, i api.Interval) []int {
	var marks []int
	for k, t := range times {
		if len(a.of(t, i.Next(t), false)) > 0 {
			marks = append(marks, k)
		}
	}
	return marks
}

// At says what is written at a point; nothing where nothing is.
func (a *Annotations) At(times []time.Time, i api.Interval, at int) string {
	if at < 0 || at >= len(times) {
		return ""
	}
	var said []string
	for _, one := range a.of(times[at], i.Next(times[at]), true) {
		said = append(said, a.say(one))
	}
	return Joined("; ", said...)
}

// say is an annotation with its day.
func (a *Annotations) say(one api.Annotation) string {
	day := one.Start.Format("2 Jan")
	if !one.End.IsZero() {
		day += " to " + one.End.Format("2 Jan")
	}
	label := a.env.Mask.Pseudonym("note", one.Label).Safe()
	if details := a.env.Mask.Pseudonym("note", one.Details); !details.IsZero() {
		label += " (" + details.Safe() + ")"
	}
	return day + ": " + label
}

// Explain says what the marks on the axis are, or why there are none.
func (a *Annotations) Explain(times []time.Time, i api.Interval) []string {
	switch {
	case a.req.Err != nil:
		return []string{"They could not be had: " + Explain(a.req.Err, a.env.Keys) + "."}
	case !a.req.Has || len(times) == 0:
		return nil
	}
	var said []string
	for _, one := range a.of(times[0], i.Next(times[len(times)-1]), true) {
		said = append(said, a.say(one))
	}
	if len(said) == 0 {
		return nil
	}
	return append([]string{"The marks on the axis are annotations of the project:"}, said...)
}
