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

// worthSaying is the cost from which it is said while the question runs.
const worthSaying = 500

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
	asked  A      // what is in flight
	wrong  error  // why the state cannot be asked
	dear   string // why the question waits for a key press: its cost
	price  int    // what the question in flight costs
	req    Request[T]
	names  Request[api.EventList] // for choosing events
	events func() []Choice        // what the open prompt offers besides the names
	turn   int                    // counts what changes the picture besides answers
	body   Memo[picture]
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
	q.names.Stop()
}

// Load asks what the state says, unless it cannot be asked or costs more than a
// key press should.
func (q *Question[S, A, T]) Load() tea.Cmd { return q.ask(false) }

// LoadAnyway asks whatever it costs, and past the answers that are kept.
func (q *Question[S, A, T]) LoadAnyway() tea.Cmd { return q.ask(true) }

func (q *Question[S, A, T]) ask(anyway bool) tea.Cmd {
	q.turn++
	q.req.Stop()
	a, err := q.State.Query(q.env.Today())
	if q.wrong = err; err != nil {
		return nil
	}
	q.asked = a
	client := q.env.API
	q.price = 0
	for _, one := range a.Questions() {
		q.price += client.Price(one)
	}
	if q.dear = q.env.TooDear(q.price); q.dear != "" && !anyway {
		return nil
	}
	q.dear = ""
	return q.req.Start(func(ctx context.Context) (T, error) {
		if anyway {
			ctx = api.Fresh(ctx)
		}
		return a.Fetch(ctx, client)
	})
}

// TooDear says why what costs so much is not asked by itself: it is more than the
// API allows in five minutes, or than is left of that now.
func (e Env) TooDear(price int) string {
	cost := charts.Exact(float64(price))
	switch at := e.API.Fits(price); {
	case e.Local || price == 0:
		return ""
	case price > api.MostInWindow:
		return fmt.Sprintf("This costs %s of the 1,000 in 5 minutes.", cost)
	case !at.IsZero():
		return fmt.Sprintf("This costs %s, and of the 1,000 in 5 minutes %s are spent: it fits at %s.",
			cost, charts.Exact(float64(e.API.Spent().FiveMinutes)), at.Add(time.Minute-time.Nanosecond).In(e.Zone).Format("15:04"))
	}
	return ""
}

// Update takes the messages that are the question's own, the size, and the keys
// of an open prompt.
func (q *Question[S, A, T]) Update(msg tea.Msg) tea.Cmd {
	version := q.req.Version
	if mine, cmd := q.req.Update(msg); mine {
		if q.req.Version != version && q.req.Err == nil && q.req.Has {
			q.Value, q.Of, q.Shown, q.Have = q.req.Value, q.asked, q.State, true
			q.Take()
			q.turn++
		}
		return cmd
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
			return q.Prompt.Update(msg)
		}
	}
	return nil
}

// Set takes a state that may not be askable yet, and asks if it is.
func (q *Question[S, A, T]) Set(s S) tea.Cmd {
	q.State = s
	return q.Load()
}

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
		return nil, err
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
	if q.dear != "" {
		actions = append(actions, keys.Action{Key: q.env.Keys.Refresh, Do: q.LoadAnyway, Label: "ask all the same"})
	}
	if q.req.Loading() {
		actions = append(actions, keys.Action{Key: q.env.Keys.Cancel, Do: func() tea.Cmd { q.req.Stop(); return nil }, Label: "cancel"})
	}
	return actions
}

// Refreshing is the action that asks again.
func (q *Question[S, A, T]) Refreshing() []keys.Action {
	if q.dear != "" {
		return nil // Standing has it
	}
	return []keys.Action{{Key: q.env.Keys.Refresh, Do: q.LoadAnyway, Quiet: true}}
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
		Line: about.Link.Line(), Now: q.env.Today(),
		Stale: q.Have && (q.req.Loading() || q.req.Err != nil || q.dear != "" || q.wrong != nil),
	}
	if q.Have {
		head.AsOf, head.Info, head.Notes = about.Computed.In(q.env.Zone), about.Info, about.Notes
		if head.Err = q.req.Err; q.wrong != nil {
			head.Err = q.wrong
		}
	}
	head.Beats, head.Wait, _ = q.req.Waiting()
	switch {
	case q.dear != "" && q.Have:
		head.Wait = q.dear + " " + q.env.Keys.Refresh.Shown() + " asks all the same"
	case head.Wait == "" && q.req.Loading() && q.price > worthSaying && !q.env.Local:
		head.Wait = fmt.Sprintf("asking: this costs %s of the 1,000 in 5 minutes", charts.Exact(float64(q.price)))
	}
	if q.Have && !head.Stale {
		head.Again = q.again()
	}
	body := head.Draw(q.W, q.env.Theme) + "\n" + q.content(q.H-2, about.Blank, draw)
	return q.Prompt.Over(body, q.W, q.H, q.env.Theme)
}

// again is when asking again makes sense, zero where nothing is kept.
func (q *Question[S, A, T]) again() time.Time {
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
	case !q.Have && blank != "":
		return charts.Fit(blank, q.W, h)
	case !q.Have && q.wrong != nil:
		return Failed(q.wrong, q.W, h, th)
	case !q.Have && q.req.Err != nil:
		return Failed(q.req.Err, q.W, h, th)
	case !q.Have && q.dear != "":
		return Said(q.dear+" It is not asked by itself. "+q.env.Keys.Refresh.Shown()+" asks all the same; fewer dates, groups or segments cost less.", th.Warn, q.W, h)
	case !q.Have:
		return charts.Fit("\n "+th.Dim.Paint(Asking(q.req.Loading())), q.W, h)
	}
	return q.body.Get(picture{q.turn, q.req.Version, q.W, h}, func() string { return draw(q.W, h) })
}

// Next is the word after this one, round and round.
func Next[T comparable](words []T, at T) T {
	return words[(slices.Index(words, at)+1)%len(words)]
}
