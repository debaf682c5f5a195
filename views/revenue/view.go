package revenue

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/views"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "revenue",
		Title: "Revenue",
		Short: "See what new users are worth as they grow older",
		Long: "See the lifetime value of the users who were new in a range: what they have paid by their\n" +
			"first, second, 7th, 30th … day, cohort by cohort. Money is the sum as it was sent, in no currency.\n" +
			"Day N is pending while some users are younger than N days; they are left out of it.",
		Example: "amptui revenue --metric arppu --interval week --by country --last 90d\n" +
			"amptui revenue --face heat --last 12w -o chart",
		Bind: func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:  open,
		Ask:  ask,

		Marks:   []string{views.Young, "Money is the sum as it was sent, in no currency."},
		Figures: figureNames,

		Questions: views.QuestionsOf[State, asked, api.Revenue](parse),
	}
}

type view struct {
	env    views.Env
	q      views.Question[State, asked, api.Revenue]
	answer answer
	at     views.Cells
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Revenue](env, s), at: views.Cells{}}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	a, got, err := views.AskOnce[State, asked, api.Revenue](ctx, env, s)
	if err != nil {
		return views.Answer{}, err
	}
	r := newAnswer(s, got, env.Mask)
	notes := append([]string{s.info(a, &r)}, r.remarks()...)
	if why := r.why(); why != "" {
		notes = append(notes, why)
	}
	notes = append(notes, "amounts of money as they were sent: the API names no currency")
	return views.Answer{
		Link: link(s.masked(env.Mask)), Title: s.Metric.word() + " of new users", Chart: r.chart(s, nil),
		Table: r.table(s), Data: r.data(), Notes: notes, Figures: r.figures(api.AddDays(a.query.Dates.End, 1).After(got.Meta.Reaches(env.Today()))),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "revenue", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link           { return link(v.q.State.masked(v.env.Mask)) }
func (v *view) Typing() bool               { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd              { return v.q.Load() }
func (v *view) Stop()                      { v.q.Stop() }
func (v *view) Update(msg tea.Msg) tea.Cmd { return v.q.Update(msg) }

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

// take shows a new answer; the cursor stays where that still exists.
func (v *view) take() {
	v.answer = newAnswer(v.q.Shown, v.q.Value, v.env.Mask)
	var rows []int
	for _, g := range v.answer.groups {
		rows = append(rows, len(g.rows))
	}
	columns := v.answer.shown
	if old := v.answer.old; old != nil {
		rows, columns = []int{len(old.Series)}, len(old.Labels)
	}
	v.at.Over(rows, columns)
	v.follow()
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if v.q.Have {
		about.Computed = v.answer.meta.Computed
		about.Info, about.Notes = v.q.Shown.info(v.q.Of, &v.answer), v.answer.remarks()
	}
	return v.q.View(about, v.draw)
}

// drawn is the state that the answer is of, drawn as the user wants it now.
func (v *view) drawn() State {
	s := v.q.Shown
	s.Face = v.q.State.Face
	return s
}

// draw is the group's name, the picture, and the cell under the cursor in words.
func (v *view) draw(w, h int) string {
	s := v.drawn()
	return views.Framed(v.answer.chart(s, &v.at), v.title(), v.answer.readout(s, v.at), w, h, v.env.Theme)
}

// title names the group that is shown, where one is shown at a time; over a
// curve it says what may mislead.
func (v *view) title() string {
	switch {
	case v.q.State.Face == curveFace:
		return v.answer.why()
	case v.at.Group >= len(v.answer.groups):
		return ""
	}
	return views.GroupTitle(v.answer.groups[v.at.Group].label.Safe(), v.at.Group, len(v.answer.groups))
}

// follow keeps the cell under the cursor in sight.
func (v *view) follow() {
	v.q.FollowCells(&v.at, v.answer.chart(v.drawn(), &v.at), v.title())
}
