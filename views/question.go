package views

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
)

// Asked is a state as of a moment: all that goes to the API, with absolute
// dates.
type Asked[T any] interface {
	Questions() []api.Question
	Fetch(ctx context.Context, client *api.Client) (T, error)
}

// Askable is a state that knows its question as of now, in the zone of now. The
// error says in a sentence what cannot be asked.
type Askable[A any] interface {
	Query(now time.Time) (A, error)
}

// A Question is what a view asks the API: the state that the user edits, how it
// is asked, and what the answer on the screen is of. It is the life that views
// with one question share; what the answer means and how it is drawn is theirs.
type Question[S Askable[A], A Asked[T], T any] struct {
	State  S
	Shown  S      // the state that the answer on the screen is of
	Of     A      // what that answer was asked with
	Value  T      // that answer
	Have   bool   // there is an answer
	Take   func() // makes the view's own of the answer in Value, which is of Shown
	Prompt Prompt
	W, H   int

	env    Env
	asked  A         // what is in flight
	wrong  error     // why the state cannot be asked
	dear   *Dear     // why the question waits
	held   bool      // more of the state is being chosen: it is asked when the prompt is left
	fresh  bool      // the question gets past the answers that are kept
	price  int       // what the question in flight costs
	again  time.Time // when asking again makes sense, zero where nothing is kept
	req    Request[T]
	later  Alarm                  // rings when the question fits
	names  Request[api.EventList] // for choosing events
	events func() []Choice        // what the open prompt offers besides the names

	cohorts Request[api.CohortList] // for naming and choosing them
	filters func() []Choice         // what the open prompt offers besides cohorts
	turn    int                     // counts what changes the picture besides answers
	body    Memo[picture]
}

type picture struct{ turn, version, w, h int }

// NewQuestion asks nothing yet.
func NewQuestion[S Askable[A], A Asked[T], T any](env Env, s S) Question[S, A, T] {
	return Question[S, A, T]{env: env, State: s}
}

// AskOnce asks what a state says and waits for the answer, for the commands.
func AskOnce[S Askable[A], A Asked[T], T any](ctx context.Context, env Env, s S) (A, T, error) {
	var none T
	a, err := s.Query(env.Today())
	if err != nil {
		return a, none, Mistake(err)
	}
	got, err := a.Fetch(ctx, env.API)
	return a, got, err
}

// QuestionsOf makes a Spec's Questions of how its state is read.
func QuestionsOf[S Askable[A], A Asked[T], T any](parse func(args []string) (S, error)) func(time.Time, []string) ([]api.Question, error) {
	return func(now time.Time, args []string) ([]api.Question, error) {
		s, err := parse(args)
		if err != nil {
			return nil, err
		}
		a, err := s.Query(now)
		if err != nil {
			return nil, err
		}
		return a.Questions(), nil
	}
}

// Stop gives up what is in flight.
func (q *Question[S, A, T]) Stop() {
	q.req.Stop()
	q.later.Stop()
	q.names.Stop()
	q.cohorts.Stop()
}

// Load asks what the state says, unless it cannot be asked or costs more than a
// key press should. What does not fit into the budget now is asked when it does.
func (q *Question[S, A, T]) Load() tea.Cmd {
	q.fresh = false
	return q.ask(false)
}

// Refresh asks past the answers that are kept.
func (q *Question[S, A, T]) Refresh() tea.Cmd {
	q.fresh = true
	return q.ask(false)
}

// anyway asks whatever it costs.
func (q *Question[S, A, T]) anyway() tea.Cmd { return q.ask(true) }

// giveUp asks nothing, now or later.
func (q *Question[S, A, T]) giveUp() tea.Cmd {
	q.req.Stop()
	q.later.Stop()
	q.dear = nil
	return nil
}

func (q *Question[S, A, T]) ask(anyway bool) tea.Cmd {
	q.turn++
	q.giveUp()
	q.held = false
	a, err := q.State.Query(q.env.Today())
	if q.wrong = OnScreen(err, q.env.Keys); err != nil {
		return nil
	}
	q.asked = a
	client := q.env.API
	q.price, _ = q.env.Price(q.fresh, a.Questions()...)
	if !anyway {
		if q.dear = q.env.Dear(q.price); q.dear != nil {
			return q.wait()
		}
	}
	fresh := q.fresh
	return q.req.Start(func(ctx context.Context) (T, error) {
		if fresh {
			ctx = api.Fresh(ctx)
		}
		return a.Fetch(ctx, client)
	})
}

// wait asks when the question fits.
func (q *Question[S, A, T]) wait() tea.Cmd {
	pause, ok := q.dear.Waits()
	if !ok {
		return nil
	}
	return q.later.Set(pause)
}

// Update takes the messages that are the question's own, the size, and the keys
// of an open prompt.
func (q *Question[S, A, T]) Update(msg tea.Msg) tea.Cmd {
	version := q.req.Version
	if mine, cmd := q.req.Update(msg); mine {
		if q.req.Version != version && q.req.Err == nil && q.req.Has {
			q.Value, q.Of, q.Shown, q.Have = q.req.Value, q.asked, q.State, true
			q.again = q.whenAgain()
			q.Take()
			q.turn++
			cmd = tea.Batch(cmd, q.nameCohorts())
		}
		return cmd
	}
	cohorts := q.cohorts.Version
	if mine, cmd := q.cohorts.Update(msg); mine {
		if q.cohorts.Version != cohorts && q.cohorts.Has {
			q.tookCohorts()
		}
		return cmd
	}
	if mine, rings := q.later.Update(msg); mine {
		if rings {
			return q.ask(false) // the dates may be others by now
		}
		return nil
	}
	names := q.names.Version
	if mine, cmd := q.names.Update(msg); mine {
		if q.names.Version != names && q.events != nil {
			q.Prompt.Choices(q.events())
		}
		return cmd
	}
	switch msg := msg.(type) {
	case Masked:
		q.turn++
		if q.Have {
			q.Take() // the same answer, with other names
		}
	case tea.WindowSizeMsg:
		q.W, q.H = msg.Width, msg.Height
		q.turn++
	case tea.KeyMsg:
		if q.Prompt.IsOpen() {
			return q.answered(q.Prompt.Update(msg))
		}
	}
	return nil
}

// answered asks what was held while the prompt was open.
func (q *Question[S, A, T]) answered(cmd tea.Cmd) tea.Cmd {
	if !q.held || q.Prompt.IsOpen() {
		return cmd
	}
	return tea.Batch(cmd, q.Load())
}

// Set takes a state that may not be askable yet, and asks if it is.
func (q *Question[S, A, T]) Set(s S) tea.Cmd {
	q.State = s
	return q.Load()
}

// Hold takes a state of which more is being chosen: it is asked once, when the prompt
// is left, and not with every choice.
func (q *Question[S, A, T]) Hold(s S) {
	q.State = s
	q.giveUp()
	q.held = true
	q.turn++
}

// Held says that the state is not asked yet since more of it is being chosen.
func (q *Question[S, A, T]) Held() bool { return q.held }

// Redraw says that something changed the picture besides the answer.
func (q *Question[S, A, T]) Redraw() { q.turn++ }

// Change asks another question, made from the one that stands. A question that
// cannot be asked changes nothing and says why.
func (q *Question[S, A, T]) Change(edit func(*S) error) (tea.Cmd, error) {
	s := q.State
	if err := edit(&s); err != nil {
		return nil, err
	}
	if _, err := s.Query(q.env.Today()); err != nil {
		return nil, OnScreen(err, q.env.Keys)
	}
	q.State = s
	return q.Load(), nil
}

// Ask is an action that edits the state and asks.
func (q *Question[S, A, T]) Ask(edit func(*S)) func() tea.Cmd {
	return func() tea.Cmd {
		cmd, err := q.Change(func(s *S) error { edit(s); return nil })
		if err != nil {
			return Send(Notice{Text: text.Clean(err.Error()), Bad: true})
		}
		return cmd
	}
}

// Look is an action that edits how the answer is drawn: nothing is asked.
func (q *Question[S, A, T]) Look(edit func(*S)) func() tea.Cmd {
	return func() tea.Cmd {
		edit(&q.State)
		q.turn++
		return nil
	}
}

// Standing are the actions on the question as a whole that come first: asking
// what is dear, and cancelling.
func (q *Question[S, A, T]) Standing() []keys.Action {
	var actions []keys.Action
	if q.dear != nil {
		actions = append(actions, keys.Action{Key: q.env.Keys.Refresh, Do: q.anyway, Label: "ask all the same"})
	}
	if q.req.Loading() || q.later.IsSet() {
		actions = append(actions, keys.Action{Key: q.env.Keys.Cancel, Do: q.giveUp, Label: "cancel"})
	}
	return actions
}

// Refreshing is the action that asks again.
func (q *Question[S, A, T]) Refreshing() []keys.Action {
	if q.dear != nil {
		return nil // Standing has it
	}
	return []keys.Action{{Key: q.env.Keys.Refresh, Do: q.Refresh, Quiet: true}}
}

// About is what the head says of the answer that is drawn.
type About struct {
	Link     Link
	Computed time.Time
	Info     string
	Notes    []string
	Blank    string // said instead of an error while there is nothing to ask yet
}

// View draws the head, the answer (or why there is none), and the prompt over
// it. draw is called where there is an answer and something changed.
func (q *Question[S, A, T]) View(about About, draw func(w, h int) string) string {
	head := Head{
		Line: q.env.Mask.Line(about.Link), Now: q.env.Today(), Retry: q.env.Keys.Refresh,
		Stale: q.Have && (q.held || q.req.Loading() || q.req.Err != nil || q.dear != nil || q.wrong != nil),
	}
	if q.Have && !q.held {
		head.AsOf, head.Info, head.Notes = about.Computed.In(q.env.Zone), about.Info, about.Notes
		if head.Err = q.req.Err; q.wrong != nil {
			head.Err = q.wrong
		}
	}
	head.Beats, head.Wait, _ = q.req.Waiting()
	switch {
	case q.dear != nil && q.Have:
		head.Wait = q.dear.Line(Named(q.env.Keys.Refresh))
	case head.Wait == "" && q.req.Loading() && q.price > worthSaying && !q.env.Local:
		head.Wait = fmt.Sprintf("asking: this costs %s of the 1,000 in 5 minutes", exact(q.price))
	}
	if q.Have && !head.Stale {
		head.Again = q.again
	}
	body := head.Draw(q.W, q.env.Theme) + "\n" + q.content(q.H-HeadHeight, about.Blank, draw)
	return q.Prompt.Over(body, q.W, q.H, q.env.Theme)
}

// whenAgain is when asking again makes sense, zero where nothing is kept.
func (q *Question[S, A, T]) whenAgain() time.Time {
	var at time.Time
	for _, one := range q.Of.Questions() {
		if until, ok := q.env.API.Again(one); ok && until.After(at) {
			at = until
		}
	}
	return at.In(q.env.Zone)
}

func (q *Question[S, A, T]) content(h int, blank string, draw func(w, h int) string) string {
	th := q.env.Theme
	switch {
	case h <= 0:
		return ""
	case (!q.Have || q.held) && blank != "":
		return charts.Fit(blank, q.W, h)
	case !q.Have && q.wrong != nil:
		return Failed(q.wrong, q.W, h, q.env)
	case !q.Have && q.req.Err != nil:
		return Failed(q.req.Err, q.W, h, q.env)
	case !q.Have && q.dear != nil:
		return Said(q.dear.Sentence(Named(q.env.Keys.Refresh), Named(q.env.Keys.Cancel)), th.Warn, q.W, h)
	case !q.Have:
		return charts.Fit("\n "+th.Dim.Paint(Asking(q.req.Loading(), q.env.Keys.Refresh)), q.W, h)
	}
	return q.body.Get(picture{q.turn, q.req.Version, q.W, h}, func() string { return draw(q.W, h) })
}

// Next is the word after this one, round and round.
func Next[T comparable](words []T, at T) T {
	return words[(slices.Index(words, at)+1)%len(words)]
}
