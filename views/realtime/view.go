package realtime

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/charts"
	"amptui/keys"
	"amptui/views"
)

// How often the view asks by itself, and for how long at most. A slot is five
// minutes long, and data arrive some minutes late.
const (
	every = 2 * time.Minute
	atEnd = time.Hour
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "realtime",
		Title: "Real-time",
		Short: "See how many users are active just now",
		Long: "See how many users were active in each five minutes of the last 24 hours, over the 24 before.\n" +
			"The view asks again every two minutes while it is in front, for an hour at most. The last\n" +
			"minutes are not complete: data arrive some minutes late.",
		Example: "amptui realtime\n" +
			"amptui realtime -o chart\n" +
			"amptui realtime --fail-if 'value = 0'",
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

	next    views.Alarm // rings when it is time to ask again
	front   bool        // the user sees the view
	resting bool        // the user has ended the watch, or it has ended by itself
	been    time.Duration
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
	v := &view{env: env, q: views.NewQuestion[State, asked, api.Segmentation](env, s), resting: env.Local}
	v.q.Take = v.take
	return v, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	_, got, err := views.AskOnce[State, asked, api.Segmentation](ctx, env, s)
	if err != nil {
		return views.Answer{}, err
	}
	g := newGraph(got)
	return views.Answer{
		Link: link(s), Title: "active users, the last 24 hours", Chart: picture(s, &g, nil), Table: g.Table(nil), Data: g.Data(),
		Notes: append([]string{info(&g)}, got.Meta.Badges()...), Figures: figures(&g),
	}, nil
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "realtime", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link { return link(v.q.State) }
func (v *view) Typing() bool     { return v.q.Prompt.IsOpen() }
func (v *view) Init() tea.Cmd    { return v.q.Load() }

// Stop gives up what is in flight, and asks no more.
func (v *view) Stop() {
	v.q.Stop()
	v.next.Stop()
}

// Update takes a message. The view asks by itself while it is in front only.
func (v *view) Update(msg tea.Msg) tea.Cmd {
	if mine, rings := v.next.Update(msg); mine {
		if rings && v.front && !v.resting {
			return tea.Batch(v.q.Refresh(), v.wait())
		}
		return nil
	}
	if msg, ok := msg.(views.Front); ok {
		was := v.front
		if v.front = msg.View == views.View(v); v.front == was {
			return nil
		}
		if !v.front {
			v.next.Stop()
			return nil
		}
		v.been = 0
		return v.wait()
	}
	return v.q.Update(msg)
}

// wait asks again some time from now, unless it has gone on for long.
func (v *view) wait() tea.Cmd {
	if v.resting {
		return nil
	}
	if v.been += every; v.been > atEnd {
		return v.rest()
	}
	return v.next.Set(every)
}

func (v *view) rest() tea.Cmd {
	v.resting = true
	v.next.Stop()
	v.q.Redraw()
	return nil
}

// follow begins to ask by itself, or ends that.
func (v *view) follow() tea.Cmd {
	if !v.resting {
		return v.rest()
	}
	v.resting, v.been = false, 0
	return tea.Batch(v.q.Refresh(), v.wait())
}

// Retake asks another question where the view stands.
func (v *view) Retake(args []string) (tea.Cmd, bool) { return v.q.Retake(parse, args) }

// take shows a new answer. A cursor at the newest slot stays at the newest.
func (v *view) take() {
	newest := len(v.graph.Labels) > 0 && v.at.Point == len(v.graph.Labels)-1
	v.graph = newGraph(v.q.Value)
	v.at.Over(&v.graph, 12)
	if newest {
		v.at.Point = max(len(v.graph.Labels)-1, 0)
	}
}

func (v *view) View() string {
	about := views.About{Link: v.Link()}
	if v.q.Have {
		about.Computed, about.Info, about.Notes = v.q.Value.Meta.Computed, info(&v.graph), v.q.Value.Meta.Badges()
		if about.Info += " · asks every " + charts.Duration(float64(every.Milliseconds())); v.resting {
			about.Info = info(&v.graph) + fmt.Sprintf(" · at rest, %s goes on", views.Named(v.env.Keys.Follow))
		}
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
	next, word := views.Next(faces(), v.q.State.Face), "rest"
	if v.resting {
		word = "follow"
	}
	actions := append(v.q.Standing(),
		keys.Action{Key: k.Face, Do: v.q.Look(func(s *State) { s.Face = next }), Label: string(next)},
		keys.Action{Key: k.Follow, Do: v.follow, Label: word},
	)
	actions = append(actions, v.at.Actions(k, v.q.State.Face == tableFace, v.q.Redraw)...)
	return append(actions, v.q.Refreshing()...)
}
