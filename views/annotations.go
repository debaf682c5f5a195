package views

import (
	"context"
	"errors"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
)

// Annotations are what the project has written at dates, such as a release. On the
// screen they are asked for once, behind the first answer, and kept; without one they
// are asked for behind the answer too. A chart is whole without them: that they could not
// be had is said in the help, nowhere else on the screen.
type Annotations struct {
	Chart string // the saved chart whose own are shown too; nothing is none

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

// UpdateAnnotated gives a message to the annotations beside a question, or else to the
// question; they are asked for behind its first answer.
func UpdateAnnotated[S Askable[A], A Asked[T], T any](q *Question[S, A, T], notes *Annotations, msg tea.Msg) tea.Cmd {
	if mine, cmd := notes.Update(msg); mine {
		q.Redraw()
		return cmd
	}
	cmd := q.Update(msg)
	if q.Have {
		cmd = tea.Batch(cmd, notes.Ask())
	}
	return cmd
}

// late is how long annotations are waited for without a screen.
const late = 2 * time.Second

// AskAnnotated asks as AskOnce does and then, where answers are to have it, for what the
// project has written. That nothing of it came is no failure, and is hardly waited for.
func AskAnnotated[S Askable[A], A Asked[T], T any](ctx context.Context, env Env, s S, notes *Annotations) (A, T, error) {
	a, got, err := AskOnce[S, A, T](ctx, env, s)
	if err != nil || !env.Annotated {
		return a, got, err
	}
	aside, enough := context.WithTimeout(api.Observe(api.Aside(ctx), func(api.Progress) {}), late)
	defer enough()
	notes.req.Value, notes.req.Err = env.API.Annotations(aside)
	notes.req.Has = notes.req.Err == nil
	return a, got, nil
}

// Missed says why there are none in an answer that may lack some. A server that has
// none to give has said so: nothing is missed then.
func (a *Annotations) Missed() []string {
	err := a.req.Err
	switch {
	case err == nil, errors.Is(err, api.ErrNotFound), errors.Is(err, api.ErrCredentials), errors.Is(err, api.ErrQuery):
		return nil
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.Is(err, api.ErrTimeout):
		return []string{"annotations are left out: they did not come in time"}
	}
	return []string{"annotations are left out: " + ExplainInShell(err)}
}

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
		return !a.shows(one) || !begins && !holds
	})
}

// shows says whether an annotation is one of the project, or of the saved chart.
func (a *Annotations) shows(one api.Annotation) bool {
	return one.Chart.IsZero() || a.isOwn(one)
}

func (a *Annotations) isOwn(one api.Annotation) bool {
	return a.Chart != "" && one.Chart == text.New(a.Chart)
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

// Said is what is written at the dates of an axis, one sentence for each. Where there
// are no dates, it is what is written at the saved chart itself.
func (a *Annotations) Said(times []time.Time, i api.Interval) []string {
	var said []string
	if len(times) == 0 {
		for _, one := range a.req.Value.All {
			if a.isOwn(one) {
				said = append(said, a.say(one))
			}
		}
		return said
	}
	for _, one := range a.of(times[0], i.Next(times[len(times)-1]), true) {
		said = append(said, a.say(one))
	}
	return said
}

// Explain says what the marks on the axis are, or why there are none.
func (a *Annotations) Explain(times []time.Time, i api.Interval) []string {
	if a.req.Err != nil {
		return []string{"They could not be had: " + Explain(a.req.Err, a.env.Keys) + "."}
	}
	said := a.Said(times, i)
	switch {
	case len(said) == 0:
		return nil
	case len(times) == 0:
		return append([]string{"Somebody has written at this chart:"}, said...)
	case a.Chart != "":
		return append([]string{"The marks on the axis are annotations of the project and of this chart:"}, said...)
	}
	return append([]string{"The marks on the axis are annotations of the project:"}, said...)
}
