package retention

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/views"
	"amptui/views/query"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "retention",
		Title: "Retention",
		Use:   "[START RETURN]",
		Hint:  "the event that begins a cohort (_new is a user's very first), and the one that counts as coming back; [event:source is push] behind it filters",
		Short: "See how many users come back",
		Long: "See how many of those who did one event come back to another, cohort by cohort.\n" +
			"START is _new (a user's very first event), _active or an event; RETURN is _active, _all or an event.\n" +
			"Day 0 is the 24 hours from the start, day 1 the next; weeks and months are 7 and 30 days.",
		Example: "amptui retention _new \"Song Played\" --last 12w --interval week --mode rolling\n" +
			"amptui retention \"Sign Up\" Purchase --brackets 0,1-7,8-14 --by platform\n" +
			"amptui retention --face curve -o chart",
		Bind: func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:  open,
		Ask:  ask,

		Without: []string{"_new", "_active"},
		Marks:   []string{views.Young, views.Nobody, "The first line is all cohorts together, each day of those that are old enough for it."},
		Figures: figureNames,

		About: func(v views.View) (string, bool) { return query.PrintEvent(v.(*view).q.State.Return), true },
		Begin: func(event string) []string { return []string{"_new", event} },

		Questions: views.QuestionsOf[State, asked, api.Retention](parse),
	}
}

type view struct {
	env    views.Env
	q      views.Question[State, asked, api.Retention]
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Retention](env, s), at: views.Cells{Col: 1}}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	a, got, err := views.AskOnce[State, asked, api.Retention](ctx, env, s)
	if err != nil {
		return views.Answer{}, err
	}
	r := newAnswer(s, got, env.Mask)
	return views.Answer{
		Link: link(s.masked(env.Mask)), Title: s.Start.Name.Safe() + " > " + s.Return.Name.Safe(), Chart: r.chart(s, nil),
		Table: r.table(s), Data: r.data(), Notes: append([]string{s.info(a)}, r.remarks()...), Figures: r.figures(s, api.AddDays(a.query.Dates.End, 1).After(got.Meta.Reaches(env.Today()))),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "retention", Args: views.Args(&s, &fresh)}
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
	v.at.Over(rows, len(v.answer.heads))
	v.follow()
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if v.q.Have {
		about.Computed = v.answer.meta.Computed
		about.Info, about.Notes = v.q.Shown.info(v.q.Of), v.answer.remarks()
	}
	return v.q.View(about, v.draw)
}

// drawn is the state that the answer is of, drawn as the user wants it now.
func (v *view) drawn() State {
	s := v.q.Shown
	s.Face, s.Counts = v.q.State.Face, v.q.State.Counts
	return s
}

// draw is the group's name, the picture, and the cell under the cursor in words.
func (v *view) draw(w, h int) string {
	s := v.drawn()
	return views.Framed(v.answer.chart(s, &v.at), v.title(), v.answer.readout(s, v.at), w, h, v.env.Theme)
}

// title names the group that is shown, where one is shown at a time.
func (v *view) title() string {
	if v.q.State.Face != tableFace || v.at.Group >= len(v.answer.groups) {
		return ""
	}
	return views.GroupTitle(v.answer.groups[v.at.Group].label.Safe(), v.at.Group, len(v.answer.groups))
}

// follow keeps the cell under the cursor in sight.
func (v *view) follow() {
	v.q.FollowCells(&v.at, v.answer.chart(v.drawn(), &v.at), v.title())
}
