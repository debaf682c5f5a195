package composition

import (
	"context"

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
		Name:  "composition",
		Title: "Composition",
		Use:   "[PROPERTY]",
		Hint:  "a property of users: country, version, gp:plan (custom)",
		Short: "See how users are made up by a property",
		Long: "See how many of the users who were active in a range have which value of a property.\n" +
			"\"(none)\" are those who have none.",
		Example: "amptui composition country\n" +
			"amptui composition gp:plan --last 7d -o md",
		Bind:    func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:     open,
		Ask:     ask,
		Without: []string{"platform"},
		Marks:   []string{views.Unfinished, views.Uniques, "(none) are those who have no value; shares are of the sum of what is shown, and only where that adds up."},
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
	g := newGraph(s, got, env.Mask)
	return views.Answer{
		Link: link(s), Title: "users by " + query.PrintProperty(s.By), Chart: picture(s, &g, nil), Table: g.Table(nil), Data: g.Data(),
		Notes: append([]string{s.info(a, &g)}, got.Meta.Badges()...), Figures: figures(a, &g),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "composition", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link           { return link(v.q.State) }
func (v *view) Typing() bool               { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd              { return v.q.Load() }
func (v *view) Stop()                      { v.q.Stop() }
func (v *view) Update(msg tea.Msg) tea.Cmd { return v.q.Update(msg) }

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

func (v *view) take() {
	v.graph = newGraph(v.q.Shown, v.q.Value, v.env.Mask)
	v.at.Over(&v.graph, 10)
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
	next := views.Next(faces(), v.q.State.Face)
	actions := append(v.q.Standing(),
		keys.Action{Key: k.By, Do: v.chooseProperty, Label: "property"},
		keys.Action{Key: k.Dates, Do: func() tea.Cmd { return v.q.ChooseDates(func(s *State) *query.Range { return &s.Range }) }},
		keys.Action{Key: k.Face, Do: v.q.Look(func(s *State) { s.Face = next }), Label: string(next)},
	)
	actions = append(actions, v.at.Actions(k, true, v.q.Redraw)...)
	actions = append(actions, keys.Action{Key: k.Open, Do: v.overTime, Blocked: v.noValue(), Label: "over time"})
	return append(actions, v.q.Refreshing()...)
}

func (v *view) chooseProperty() tea.Cmd {
	return v.q.ChooseGroup(nil, false, func(s *State, value string) error { return s.choose(value) })
}

func (v *view) noValue() string {
	switch {
	case !v.env.Has("active"):
		return "there is no view for it"
	case !v.q.Have || len(v.graph.Labels) == 0:
		return "there is nothing to open yet"
	}
	return ""
}

// overTime charts the active users who have the value under the cursor.
func (v *view) overTime() tea.Cmd {
	s := v.q.Shown
	value := v.q.Value.Labels[v.at.Point]
	where := query.PrintFilter(api.Filter{Property: s.By, Op: api.Is, Values: []text.Raw{value}})
	return views.Send(views.Goto{View: "active", Args: []string{"--where", where}})
}
