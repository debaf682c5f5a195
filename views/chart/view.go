package chart

import (
	"context"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/charts"
	"amptui/keys"
	"amptui/views"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "chart",
		Title: "Chart",
		Use:   "[ID]",
		Hint:  "the id of a chart, or its address in the web application",
		Short: "Open a chart that was saved in the web application",
		Long: "Open a saved chart by its id, or by the address that the web application shows for it. Its\n" +
			"dates and filters are its own. What kind of chart it is, the API does not say: rows over\n" +
			"dates are drawn as lines, other numbers as bars, and what is no number is a table.",
		Example: "amptui chart plays7d\n" +
			"amptui chart https://app.amplitude.com/analytics/ORG/chart/buy4step -o md",
		Bind:    func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:     open,
		Ask:     ask,
		Marks:   []string{views.Gaps, "What the saved chart means by its rows the API does not say; they are drawn as they came."},
		Figures: figureNames,
		Notes:   func(v views.View) []string { return v.(*view).notesInWords() },

		Questions: views.QuestionsOf[State, asked, api.Chart](parse),
	}
}

type view struct {
	env    views.Env
	q      views.Question[State, asked, api.Chart]
	answer answer
	at     views.Spot
	notes  views.Annotations
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Chart](env, s), notes: views.NewAnnotations(env)}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	written := views.NewAnnotations(env)
	written.Chart = s.ID
	_, got, err := views.AskAnnotated[State, asked, api.Chart](ctx, env, s, &written)
	if err != nil {
		return views.Answer{}, err
	}
	r := newAnswer(got, env.Today(), env.Mask)
	notes := append(r.remarks(), got.Meta.Badges()...)
	if why := r.why(s.Face); why != "" {
		notes = append(notes, why)
	}
	r.graph.Marks = written.Marks(r.graph.Times, r.interval())
	return views.Answer{
		Link: link(s), Title: r.title, Chart: r.picture(s.Face, nil), Table: r.table(nil), Data: r.data(),
		Notes: append(notes, written.Missed()...), Figures: r.figures(), Annotations: written.Said(r.graph.Times, r.interval()),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "chart", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link { return link(v.q.State) }
func (v *view) Typing() bool     { return v.q.Prompt.IsOpen() }

// Stop gives up what is in flight.
func (v *view) Stop() {
	v.q.Stop()
	v.notes.Stop()
}

// Update takes a message; annotations are asked for behind the first answer.
func (v *view) Update(msg tea.Msg) tea.Cmd { return views.UpdateAnnotated(&v.q, &v.notes, msg) }

// Init asks for the chart, or which one.
func (v *view) Init() tea.Cmd {
	if v.q.State.ID == "" {
		return v.chooseChart()
	}
	return v.q.Load()
}

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

func (v *view) take() {
	v.answer = newAnswer(v.q.Value, v.env.Today(), v.env.Mask)
	v.at.Over(&v.answer.graph, 10)
	v.notes.Chart = v.q.Shown.ID
}

func (v *view) View() string {
	about := views.About{Link: v.Link(), Blank: v.blank()}
	if v.q.Have {
		about.Computed, about.Notes = v.q.Value.Meta.Computed, v.q.Value.Meta.Badges()
		about.Info = strings.Join(append([]string{v.answer.title}, v.answer.about...), " · ")
		if why := v.answer.why(v.q.State.Face); why != "" {
			about.Notes = append([]string{why}, about.Notes...)
		}
		if note := v.notes.At(v.answer.graph.Times, v.answer.interval(), v.at.Point); note != "" {
			about.Notes = append([]string{note}, about.Notes...)
		}
	}
	return v.q.View(about, v.draw)
}

// blank says how to name a chart.
func (v *view) blank() string {
	if v.q.State.ID != "" {
		return ""
	}
	said := views.Named(v.env.Keys.OpenChart) + " opens a saved chart by its id, or by its address in the web application. The API has no list of charts."
	return "\n " + strings.Join(charts.Wrap(said, max(v.q.W-2, 1)), "\n ")
}

// notesInWords are the annotations of the dates that are shown, and of the chart.
func (v *view) notesInWords() []string {
	return v.notes.Explain(v.answer.graph.Times, v.answer.interval())
}

func (v *view) draw(w, h int) string {
	r := v.answer
	r.graph.Marks = v.notes.Marks(r.graph.Times, r.interval())
	chart := r.picture(v.q.State.Face, &v.at)
	switch c := chart.(type) {
	case charts.Table:
		chart = views.InSight(c, h)
	case charts.Bars:
		if len(v.answer.graph.Labels) > 0 {
			return views.Framed(c, v.answer.graph.Point(v.at.Point), "", w, h, v.env.Theme)
		}
	}
	return chart.Draw(w, h, v.env.Theme)
}

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.q.Prompt.IsOpen() {
		return k.TypingActions("", true)
	}
	only := ""
	next, ok := v.answer.next(v.q.State.Face)
	if !ok {
		only = "it can be drawn as a table only"
	}
	actions := append(v.q.Standing(),
		keys.Action{Key: k.OpenChart, Do: v.chooseChart},
		keys.Action{Key: k.Face, Do: v.q.Look(func(s *State) { s.Face = next }), Label: string(next), Blocked: only},
	)
	actions = append(actions, v.at.Actions(k, false, v.q.Redraw)...)
	return append(actions, v.q.Refreshing()...)
}

func (v *view) chooseChart() tea.Cmd {
	return v.q.Choose("saved chart", "its id, or its address, which ends in /chart/abc123", nil, func(s *State, value string) error { return s.choose(value) })
}
