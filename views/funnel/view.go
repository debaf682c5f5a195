package funnel

import (
	"context"
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "funnel",
		Title: "Funnel",
		Use:   "EVENT EVENT...",
		Hint:  "the events, step by step: NAME, then filters [event:source is push]",
		Short: "See where users drop out between steps",
		Long: "See how many users get from step to step, where most drop out, and how long they take.\n" +
			"In any order, step k counts who did k of the events. Filters and groups of users are about the first step.",
		Example: "amptui funnel \"Store Opened\" \"Checkout Started\" Purchase --by platform\n" +
			"amptui funnel \"Sign Up\" \"Song Played[event:source is push]\" Purchase --within 7d --order any --users new --last 90d\n" +
			"amptui funnel \"Sign Up\" Purchase --face days -o chart",
		Bind: func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:  open,
		Ask:  ask,

		Marks: []string{
			"What is shaded behind a bar was lost since the step before. Percentages are of all who did the first step, and of those who did the step before.",
			"A day is open while the conversion window of its last tries still runs.",
			views.Nobody,
		},
		Figures: figureNames,
		Besides: besides,

		About: func(v views.View) (string, bool) {
			steps := v.(*view).q.State.Steps
			if len(steps) == 0 {
				return "", false
			}
			return query.PrintEvent(steps[0]), true
		},
		Begin: func(event string) []string { return []string{event} },

		Questions: views.QuestionsOf[State, asked, api.Funnel](parse),
	}
}

type question = views.Question[State, asked, api.Funnel]

type view struct {
	env    views.Env
	q      question
	answer answer
	look   look
	past   [][]api.Event // the steps before each change
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Funnel](env, s), look: look{day: -1}}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	a, got, err := views.AskOnce[State, asked, api.Funnel](ctx, env, s)
	if err != nil {
		return views.Answer{}, err
	}
	r := newAnswer(s, got, env.Mask)
	certain, err := r.settle(ctx, env, s, a)
	if err != nil {
		return views.Answer{}, err
	}
	plain := look{step: -1, day: -1}
	table := r.table(plain)
	table.Cursor = -1
	notes := append(append([]string{s.info(a)}, r.remarks(s, a)...), append(r.sentence(), certain.says()...)...)
	return views.Answer{
		Link: link(s.masked(env.Mask)), Title: strings.Join(s.names(), " > "), Chart: r.chart(s, plain, 1000),
		Table: table, Data: r.data(), Notes: notes, Figures: r.figures(a, certain),
	}, nil
}

// names are the events of the steps, without their filters.
func (s State) names() []string {
	names := make([]string, len(s.Steps))
	for i, e := range s.Steps {
		names[i] = e.Name.Safe()
	}
	return names
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "funnel", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link           { return link(v.q.State.masked(v.env.Mask)) }
func (v *view) Typing() bool               { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd              { return v.q.Load() }
func (v *view) Stop()                      { v.q.Stop() }
func (v *view) Update(msg tea.Msg) tea.Cmd { return v.q.Update(msg) }

// Retake asks another question where the view stands. Steps that were taken back by
// that are not taken back once more.
func (v *view) Retake(args []string) (tea.Cmd, bool) {
	was := v.q.State.Steps
	cmd, ok := v.q.Retake(parse, args)
	switch is, last := v.q.State.Steps, len(v.past)-1; {
	case !ok || query.EqualEvents(was, is):
	case last >= 0 && query.EqualEvents(v.past[last], is):
		v.past = v.past[:last]
	default:
		v.past = append(v.past, was)
	}
	v.look.step = max(0, min(v.look.step, len(v.q.State.Steps)-1))
	return cmd, ok
}

// take shows a new answer; the cursor stays where it still means the same.
func (v *view) take() {
	v.answer = newAnswer(v.q.Shown, v.q.Value, v.env.Mask)
	v.look.step = max(0, min(v.look.step, len(v.q.State.Steps)-1))
	v.look.group = max(0, min(v.look.group, len(v.answer.groups)-1))
	if v.look.day >= v.days() {
		v.look.day = -1
	}
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if _, err := v.q.State.Query(v.env.Today()); errors.Is(err, errSteps) || v.q.Held() {
		about.Blank = v.blank()
	}
	if v.q.Have {
		about.Computed = v.answer.meta.Computed
		about.Info, about.Notes = v.q.Shown.info(v.q.Of), v.answer.remarks(v.drawn(), v.q.Of)
	}
	return v.q.View(about, func(w, h int) string { return v.answer.draw(v.drawn(), v.look, w, h, v.env.Theme) })
}

// blank says how to build a funnel while it lacks steps.
func (v *view) blank() string {
	lines := []string{""}
	for i, e := range v.q.State.masked(v.env.Mask).Steps {
		lines = append(lines, "  "+charts.Exact(float64(i+1))+" "+charts.Cut(text.Clean(query.PrintEvent(e)), max(v.q.W-6, 0)))
	}
	say := "A funnel takes two steps or more, in the order in which users do them."
	switch n := len(v.q.State.Steps); {
	case n == 1:
		say = "One step more and the funnel can be asked."
	case n > 1:
		return strings.Join(append(lines, "", " The funnel is asked when all of its steps are chosen."), "\n")
	}
	lines = append(append(lines, " "+say, ""), v.sentence("%s adds a step: type a part of its name, enter takes it.", v.env.Keys.AddStep)...)
	if v.env.Has("events") {
		lines = append(lines, v.sentence("In the list of events %s marks steps and %s makes a funnel of the marks.", v.env.Keys.Mark, v.env.Keys.Funnel)...)
	}
	return strings.Join(lines, "\n")
}

// sentence is a sentence with keys in it, in as many lines as it takes where they have
// long names.
func (v *view) sentence(format string, of ...keys.Key) []string {
	plain, painted := make([]any, len(of)), make([]any, len(of))
	for i, k := range of {
		plain[i] = views.Named(k)
		painted[i] = v.env.Theme.Key.Paint(views.Named(k))
	}
	whole := fmt.Sprintf(format, plain...)
	if charts.Width(whole) < v.q.W {
		return []string{" " + fmt.Sprintf(format, painted...)}
	}
	lines := charts.Wrap(whole, max(v.q.W-2, 1))
	for i := range lines {
		lines[i] = " " + lines[i]
	}
	return lines
}

// drawn is the state that the answer is of, drawn as the user wants it now.
func (v *view) drawn() State {
	s := v.q.Shown
	s.Face = v.q.State.Face
	return s
}

func (v *view) days() int {
	if len(v.answer.groups) == 0 {
		return 0
	}
	return len(v.answer.groups[0].days)
}
