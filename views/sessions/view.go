package sessions

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
		Name:  "sessions",
		Title: "Sessions",
		Short: "See how long sessions are, and how many a user has",
		Long: "See how many sessions are how long, how long they are on average from day to day, or how\n" +
			"many a user has. A session belongs to the day on which it began; it is still growing today.",
		Example: "amptui sessions --measure average --last 12w\n" +
			"amptui sessions --bins 60m/5 -o chart\n" +
			"amptui sessions --measure per-user -o csv",
		Bind:    func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:     open,
		Ask:     ask,
		Marks:   []string{views.Unfinished, views.Gaps},
		Figures: figureNames,

		Questions: views.QuestionsOf[State, asked, api.Segmentation](parse),
	}
}

type view struct {
	env   views.Env
	q     views.Question[State, asked, api.Segmentation]
	graph views.Graph
	at    views.Spot
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Segmentation](env, s)}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	a, got, err := views.AskOnce[State, asked, api.Segmentation](ctx, env, s)
	if err != nil {
		return views.Answer{}, err
	}
	g := newGraph(s, a, got)
	table := g.Table(nil)
	if s.Measure == average {
		table.Columns[len(table.Columns)-1].Unit = "s"
	}
	return views.Answer{
		Link: link(s), Title: s.Measure.word(), Chart: picture(s, &g, nil), Table: table, Data: g.Data(),
		Notes: append([]string{s.info(a, &g)}, got.Meta.Badges()...), Figures: figures(s, a, &g),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "sessions", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link           { return link(v.q.State) }
func (v *view) Typing() bool               { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd              { return v.q.Load() }
func (v *view) Stop()                      { v.q.Stop() }
func (v *view) Update(msg tea.Msg) tea.Cmd { return v.q.Update(msg) }

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

func (v *view) take() {
	v.graph = newGraph(v.q.Shown, v.q.Of, v.q.Value)
	v.at.Over(&v.graph, len(v.graph.Labels)/6)
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if v.q.Have {
		about.Computed, about.Info, about.Notes = v.q.Value.Meta.Computed, v.q.Shown.info(v.q.Of, &v.graph), v.q.Value.Meta.Badges()
	}
	return v.q.View(about, v.draw)
}

func (v *view) draw(w, h int) string {
	s := v.q.Shown
	s.Face = v.q.State.Face
	chart := picture(s, &v.graph, &v.at)
	if t, ok := chart.(charts.Table); ok {
		chart = views.InSight(t, h)
	}
	return chart.Draw(w, h, v.env.Theme)
}

func (v *view) Actions() []keys.Action {
	k := v.env.Keys
	if v.q.Prompt.IsOpen() {
		return k.TypingActions("", true)
	}
	noBins := ""
	if v.q.State.Measure != lengths {
		noBins = "only lengths are counted by bins"
	}
	next := views.Next(faces(), v.q.State.Face)
	actions := append(v.q.Standing(),
		keys.Action{Key: k.SessionMeasure, Do: v.q.Ask(func(s *State) {
			if s.Measure = views.Next(measures(), s.Measure); s.Measure != lengths {
				s.Bins = api.Bins{}
			}
		})},
		keys.Action{Key: k.Dates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		keys.Action{Key: k.Bins, Do: v.chooseBins, Blocked: noBins},
		keys.Action{Key: k.Face, Do: v.q.Look(func(s *State) { s.Face = next }), Label: string(next)},
	)
	rows := v.q.State.Face == tableFace || v.q.Have && v.q.Shown.Measure == lengths
	actions = append(actions, v.at.Actions(k, rows, v.q.Redraw)...)
	return append(actions, v.q.Refreshing()...)
}

func (v *view) chooseBins() tea.Cmd {
	choices := append([]views.Choice{{Value: query.None, Note: "as the API counts by itself"}}, views.Values("60s/5", "10m/1", "60m/5", "8h/1")...)
	return v.q.Choose("lengths", "60m/5 is up to 60 minutes by 5", choices, func(s *State, value string) (err error) {
		if s.Bins = (api.Bins{}); value != query.None {
			s.Bins, err = parseBins(value)
		}
		return err
	})
}
