package segment

import (
	"context"
	"math"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "segment",
		Title: "Segment",
		Use:   "[EVENT [EVENT]]",
		Hint:  "an event, or two: NAME, then filters [event:source is push] and groups [by genre]; _active is any active event, _all any event",
		Short: "Chart one or two events over time",
		Long:  "Chart one or two events over time: by metric, interval, dates, users, segments and groups.",
		Example: "amptui segment \"Song Played\" --by platform --last 12w --interval week\n" +
			"amptui segment \"Song Played\" Purchase --metric formula --formula 'UNIQUES(B)/UNIQUES(A)' -o chart\n" +
			"amptui segment Purchase --where 'country is Germany, France' --vs prev -o json",
		Bind: func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:  open,
		Ask:  ask,

		Without: []string{"_active"},
		Marks:   []string{views.Unfinished, views.Gaps, views.Uniques},
		Figures: figureNames,

		About: func(v views.View) (string, bool) {
			return query.PrintEvent(withoutGroups(v.(*view).q.State.Events[0])), true
		},
		Begin:   func(event string) []string { return []string{event} },
		Explain: explain,
		Notes:   func(v views.View) []string { return v.(*view).notesInWords() },

		Questions: views.QuestionsOf[State, asked, found](parse),
	}
}

// withoutGroups is an event as other views take it.
func withoutGroups(e api.Event) api.Event {
	e.By = nil
	return e
}

type view struct {
	env    views.Env
	q      views.Question[State, asked, found]
	answer answer
	look   look
	hours  hours
	notes  views.Annotations
}

// hours is the last answer by hours: the shape of a day, for the same question by
// days.
type hours struct {
	of     string // the question without interval and dates
	answer *answer
}

// regardless is a question without interval, dates, and how it is drawn.
func regardless(s State) string {
	fresh := Default()
	s.Interval, s.Range, s.Compare, s.Complete = fresh.Interval, fresh.Range, fresh.Compare, fresh.Complete
	s.Face, s.Hide, s.Log, s.Fit = fresh.Face, fresh.Hide, fresh.Log, fresh.Fit
	return link(s).Line()
}

func parse(args []string) (State, error) {
	s := Default()
	err := views.Parse(&s, args)
	return s, err
}

func open(env views.Env, args []string) (views.View, error) {
	s, err := parse(args)
	if err != nil {
		return nil, err
	}
	v := &view{env: env, q: views.NewQuestion[State, asked, found](env, s), look: look{cursor: -1, focus: -1, kept: &charts.Backdrop{}}, notes: views.NewAnnotations(env)}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	env.Annotated = env.Annotated && s.Metric != api.Histogram // that has no dates
	written := views.NewAnnotations(env)
	a, got, err := views.AskAnnotated[State, asked, found](ctx, env, s, &written)
	if err != nil {
		return views.Answer{}, err
	}
	r := newAnswer(s, a, got, env.Mask)
	notes := slices.Concat([]string{r.info(s, a)}, r.leftOut(s), r.notes)
	if over := r.unfinished(s, a); over != "" {
		notes = append(notes, over)
	}
	notes = append(notes, r.verdicts(s, a)...)
	plain := look{cursor: -1, focus: -1}
	return views.Answer{
		Link: link(s.masked(env.Mask)), Title: seriesTitle(s), Chart: marked(r.chart(s, a, plain), written.Marks(r.times, s.Interval)),
		Table: r.table(s, plain), Data: r.data(s), Notes: append(notes, written.Missed()...), Figures: r.figures(s),
		Annotations: written.Said(r.times, s.Interval),
	}, nil
}

func seriesTitle(s State) string {
	title := s.Events[0].Name.Safe()
	if len(s.Events) > 1 {
		title += ", " + s.Events[1].Name.Safe()
	}
	return title
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "segment", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link { return link(v.q.State.masked(v.env.Mask)) }
func (v *view) Typing() bool     { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd    { return v.q.Load() }

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

// take shows a new answer. Cursor, focus and zoom stay where they still mean
// the same.
func (v *view) take() {
	was := v.answer
	v.answer = newAnswer(v.q.Shown, v.q.Of, v.q.Value, v.env.Mask)
	if len(was.labels) != len(v.answer.labels) || !slices.Equal(was.labels, v.answer.labels) {
		v.look.cursor, v.look.from, v.look.to = -1, 0, 0
	}
	if v.look.focus >= len(v.answer.series) {
		v.look.focus = -1
	}
	if v.q.Shown.Interval == api.Hour {
		held := v.answer
		v.hours = hours{regardless(v.q.Shown), &held}
	}
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if v.q.Have {
		about.Computed = v.answer.meta.Computed
		about.Info, about.Notes = v.answer.info(v.q.Shown, v.q.Of), v.noted(v.remarks())
	}
	return v.q.View(about, v.draw)
}

// remarks are those of the answer as it is drawn.
func (v *view) remarks() []string {
	s := v.drawn()
	notes := v.answer.remarks(s, v.q.Of, v.env.Mask)
	if s.Face == tableFace {
		notes = append(v.answer.leftOut(s), notes...)
	}
	return notes
}

// drawn is the state that the answer is of, drawn as the user wants it now: what
// only changes the drawing needs no new answer.
func (v *view) drawn() State {
	s, now := v.q.Shown, v.q.State
	s.Face, s.Log, s.Fit, s.Hide = now.Face, now.Log, now.Fit, now.Hide
	return s
}

func (v *view) draw(w, h int) string {
	chart := marked(v.answer.chart(v.drawn(), v.q.Of, v.look), v.notes.Marks(v.answer.times, v.q.Shown.Interval))
	if t, ok := chart.(charts.Table); ok {
		// Without a cursor the newest rows are in sight.
		newest := max(t.Len-h+1, 0)
		if t.Top = newest; t.Cursor >= 0 {
			t.Top = charts.Scroll(t.Cursor, newest, t.Len, h-1)
		}
		chart = t
	} else if j, ok := v.judgement(); ok && h >= judgedFrom && v.drawsPoints() {
		th := v.env.Theme
		return chart.Draw(w, h-1, th) + "\n" + charts.Fit(" "+th.Dim.Paint(j.line(w-2)), w, 1)
	}
	return chart.Draw(w, h, v.env.Theme)
}

// judgedFrom is the height from which there is room for a judgement.
const judgedFrom = 12

// drawsPoints says whether the chart shows the points that are judged: bars of
// several series show their totals.
func (v *view) drawsPoints() bool { return v.drawn().Face != barFace || len(v.answer.series) == 1 }

func (v *view) judgement() (judgement, bool) {
	if !v.q.Have {
		return judgement{}, false
	}
	s := v.drawn()
	var held *answer
	if v.hours.answer != nil && s.Interval == api.Day && v.hours.of == regardless(s) {
		held = v.hours.answer
	}
	return v.answer.judge(s, v.q.Of, held, v.answer.judged(s, v.look.focus))
}

// explain is the arithmetic behind the line under the chart.
func explain(of views.View) []string {
	j, ok := of.(*view).judgement()
	if !ok {
		return nil
	}
	return append([]string{j.says()}, j.work...)
}

// points is how many points there are to move over.
func (v *view) points() int { return len(v.answer.labels) }

// visible is the range of points that the zoom shows.
func (v *view) visible() (from, to int) {
	if v.look.to == 0 {
		return 0, v.points()
	}
	return v.look.from, v.look.to
}

// moveCursor goes to another point; the first step goes to the last point that
// has a value. The zoom follows.
func (v *view) moveCursor(by int) tea.Cmd {
	from, to := v.visible()
	if v.look.cursor < 0 {
		v.look.cursor = max(min(v.lastValue(), to-1), from)
	} else {
		v.look.cursor = max(0, min(v.look.cursor+by, v.points()-1))
	}
	if v.look.to > 0 {
		shift := min(v.look.cursor-from, 0) + max(v.look.cursor-to+1, 0)
		v.look.from, v.look.to = from+shift, to+shift
	}
	v.q.Redraw()
	return nil
}

func (v *view) lastValue() int {
	for i := v.points() - 1; i >= 0; i-- {
		for _, one := range v.answer.series {
			if !math.IsNaN(one.values[i]) {
				return i
			}
		}
	}
	return v.points() - 1
}

func (v *view) moveFocus(by int) tea.Cmd {
	n := len(v.answer.series)
	if v.look.focus < 0 && by < 0 {
		v.look.focus = n - 1
	} else {
		v.look.focus = max(0, min(v.look.focus+by, n-1))
	}
	v.q.Redraw()
	return nil
}

// zoom halves or doubles the visible points around the cursor.
func (v *view) zoom(in bool) tea.Cmd {
	from, to := v.visible()
	wide := (to - from) * 2
	if in {
		wide = max((to-from+1)/2, 2)
	}
	if wide >= v.points() {
		return v.zoomAll()
	}
	middle := (from + to) / 2
	if v.look.cursor >= 0 {
		middle = v.look.cursor
	}
	v.show(middle-wide/2, wide)
	return nil
}

func (v *view) pan(by int) tea.Cmd {
	from, to := v.visible()
	v.show(from+by*max((to-from)/4, 1), to-from)
	return nil
}

// show makes n points visible, from one on, inside of what there is.
func (v *view) show(from, n int) {
	from = max(0, min(from, v.points()-n))
	v.look.from, v.look.to = from, from+n
	if v.look.cursor >= 0 {
		v.look.cursor = max(from, min(v.look.cursor, from+n-1))
	}
	v.q.Redraw()
}

func (v *view) zoomAll() tea.Cmd {
	v.look.from, v.look.to = 0, 0
	v.q.Redraw()
	return nil
}
