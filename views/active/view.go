package active

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/charts"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "active",
		Title: "Active",
		Short: "Count active or new users over time",
		Long: "Count the users who did anything that makes a user active, or those who were new, by day,\n" +
			"week or month. A user counts once in each interval, so that days do not add up to weeks.",
		Example: "amptui active --last 12w --interval week\n" +
			"amptui active --count new --by platform -o chart",
		Bind:    func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:     open,
		Ask:     ask,
		Marks:   []string{views.Unfinished, views.Gaps, views.Uniques},
		Figures: figureNames,
		Notes:   func(v views.View) []string { return v.(*view).notesInWords() },

		Questions: views.QuestionsOf[State, asked, api.Segmentation](parse),
	}
}

type view struct {
	env   views.Env
	q     views.Question[State, asked, api.Segmentation]
	graph views.Graph
	at    views.Spot
	notes views.Annotations
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Segmentation](env, s), notes: views.NewAnnotations(env)}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	written := views.NewAnnotations(env)
	a, got, err := views.AskAnnotated[State, asked, api.Segmentation](ctx, env, s, &written)
	if err != nil {
		return views.Answer{}, err
	}
	g := newGraph(s, a, got, env.Mask)
	g.Marks = written.Marks(g.Times, s.Interval)
	return views.Answer{
		Link: link(s.masked(env.Mask)), Title: word(s.Count), Chart: picture(s, &g, nil), Table: g.Table(nil), Data: g.Data(),
		Notes:   append(append([]string{s.info(a)}, got.Meta.Badges()...), written.Missed()...),
		Figures: g.LastFigures(s.Interval, true), Annotations: written.Said(g.Times, s.Interval),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "active", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link { return link(v.q.State.masked(v.env.Mask)) }
func (v *view) Typing() bool     { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd    { return v.q.Load() }

// Stop gives up what is in flight.
func (v *view) Stop() {
	v.q.Stop()
	v.notes.Stop()
}

// Update takes a message; annotations are asked for behind the first answer.
func (v *view) Update(msg tea.Msg) tea.Cmd { return views.UpdateAnnotated(&v.q, &v.notes, msg) }

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

func (v *view) take() {
	v.graph = newGraph(v.q.Shown, v.q.Of, v.q.Value, v.env.Mask)
	v.at.Over(&v.graph, len(v.graph.Labels)/6)
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if v.q.Have {
		about.Computed, about.Info, about.Notes = v.q.Value.Meta.Computed, v.q.Shown.info(v.q.Of), v.q.Value.Meta.Badges()
		if note := v.notes.At(v.graph.Times, v.q.Shown.Interval, v.at.Point); note != "" {
			about.Notes = append([]string{note}, about.Notes...)
		}
	}
	return v.q.View(about, v.draw)
}

func (v *view) draw(w, h int) string {
	s := v.q.Shown
	s.Face = v.q.State.Face
	g := v.graph
	g.Marks = v.notes.Marks(g.Times, s.Interval)
	chart := picture(s, &g, &v.at)
	if t, ok := chart.(charts.Table); ok {
		chart = views.InSight(t, h)
	}
	return chart.Draw(w, h, v.env.Theme)
}

// notesInWords are the annotations of the dates that are shown.
func (v *view) notesInWords() []string { return v.notes.Explain(v.graph.Times, v.q.Shown.Interval) }

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.q.Prompt.IsOpen() {
		return k.TypingActions("", true)
	}
	who := v.q.WhoActions(func(s *State) *query.Who { return &s.Who })
	next := views.Next(faces(), v.q.State.Face)
	actions := append(v.q.Standing(),
		keys.Action{Key: k.Counted, Do: v.q.Ask(nextCount)},
		keys.Action{Key: k.Interval, Do: v.q.Ask(func(s *State) { s.Interval = views.Next(intervals(), s.Interval) })},
		keys.Action{Key: k.Dates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		who[0], keys.Action{Key: k.Face, Do: v.q.Look(func(s *State) { s.Face = next }), Label: string(next)},
	)
	actions = append(actions, v.at.Actions(k, v.q.State.Face == tableFace, v.q.Redraw)...)
	return append(append(actions, who[1:]...), v.q.Refreshing()...)
}

func nextCount(s *State) {
	s.Count = views.Next([]api.CountedUsers{api.CountActive, api.CountNew}, s.Count)
}
