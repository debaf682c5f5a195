package ui

import (
	"context"
	"fmt"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/charts"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
)

// board shows several questions together as small charts.
type board struct {
	env   views.Env
	name  string
	title string
	items []*item
	at    int
	top   int // first row of the grid that is seen
	grid  grid
	price int
	dear  *views.Dear // why it waits
	held  []*item     // what waits
	later views.Alarm // rings when that fits
	fresh bool        // it gets past the answers that are kept
	wide  int
	high  int
}

// item is one question of a board.
type item struct {
	name  string // under which it is saved; empty where the board has the line itself
	line  string
	spec  views.Spec
	args  []string
	err   error // the line is not understood
	wrong error // it cannot be asked as of now
	req   views.Request[views.Answer]
	turn  int // of the mask that the question in flight was asked with
	shown int // of the mask that the answer was made with
	drawn views.Memo[tile]
}

// tile is what the picture of a question depends on.
type tile struct{ version, turn, w, h int }

const boardName = "board"

// boardSpec is the board as a link and a query line open it: board NAME.
func (a *App) boardSpec() views.Spec {
	return views.Spec{
		Name: boardName, Title: "Board", Use: "NAME", Short: "Several questions together",
		New: func(env views.Env, args []string) (views.View, error) {
			b, err := a.memory.library.named(args)
			if err != nil {
				return nil, err
			}
			return newBoard(env, b, a.memory.library), nil
		},
		Questions: func(now time.Time, args []string) ([]api.Question, error) {
			b, err := a.memory.library.named(args)
			if err != nil {
				return nil, err
			}
			var all []api.Question
			for _, it := range newBoard(a.env, b, a.memory.library).items {
				if it.err == nil {
					one, _ := it.spec.Questions(now, it.args) // what cannot be asked costs nothing
					all = append(all, one...)
				}
			}
			return all, nil
		},
	}
}

// hidden are the views that have no key: they are opened by name.
func (a *App) hidden() []views.Spec { return []views.Spec{a.boardSpec()} }

// newBoard reads the lines of a board; a line that is the name of a saved query is
// that query.
func newBoard(env views.Env, b config.Board, saved library) *board {
	v := &board{env: env, name: b.Name, title: b.Title, grid: grid{1, 1}}
	if v.title == "" {
		v.title = b.Name
	}
	for _, row := range b.Rows {
		it := &item{line: row.Text}
		if line, ok := saved.line(row.Text); ok {
			it.name, it.line = row.Text, line
		}
		if it.spec, it.args, it.err = opens(it.line); it.err != nil {
			it.err = fmt.Errorf("line %d: %w", row.At, it.err)
		}
		v.items = append(v.items, it)
	}
	return v
}

func (v *board) Init() tea.Cmd    { return v.load(v.items, false, false) }
func (v *board) Typing() bool     { return false }
func (v *board) Link() views.Link { return views.Link{View: boardName, Args: []string{v.name}} }

// Retake is for coming back to the board: what has no answer yet is asked.
func (v *board) Retake(args []string) (tea.Cmd, bool) {
	if !slices.Equal(args, []string{v.name}) {
		return nil, false
	}
	lacking := slices.DeleteFunc(slices.Clone(v.items), func(it *item) bool { return it.req.Loading() || v.has(it) })
	if len(lacking) == 0 {
		return nil, true
	}
	return v.load(lacking, false, false), true
}

// Stop gives up what is in flight, or waits.
func (v *board) Stop() {
	v.later.Stop()
	v.dear = nil
	for _, it := range v.items {
		it.req.Stop()
	}
}

// has says whether a question has an answer that may be shown: one that the mask of
// now has made.
func (v *board) has(it *item) bool { return it.req.Has && it.shown == v.env.Mask.Turn() }

// load asks questions, past the answers that are kept or not, unless they cost too
// much together; what does not fit into the budget now is asked when it does.
// anyway asks whatever they cost.
func (v *board) load(items []*item, fresh, anyway bool) tea.Cmd {
	v.later.Stop()
	v.held, v.fresh, v.dear = items, fresh, nil
	v.price, _ = v.env.Price(fresh, v.questions(items)...)
	if !anyway {
		v.dear = v.env.Dear(v.price)
	}
	if v.dear != nil {
		pause, ok := v.dear.Waits()
		if !ok {
			return nil
		}
		return v.later.Set(pause)
	}
	var cmds []tea.Cmd
	for _, it := range items {
		if it.err != nil || it.wrong != nil {
			continue
		}
		it.turn = v.env.Mask.Turn()
		env, spec, args := v.env, it.spec, it.args
		cmds = append(cmds, it.req.Start(func(ctx context.Context) (views.Answer, error) {
			if fresh {
				ctx = api.Fresh(ctx)
			}
			return spec.Ask(ctx, env, args)
		}))
	}
	return tea.Batch(cmds...)
}

// questions are those of the lines that can be asked as of now.
func (v *board) questions(items []*item) []api.Question {
	var all []api.Question
	for _, it := range items {
		if it.err != nil {
			continue
		}
		var one []api.Question
		if one, it.wrong = it.spec.Questions(v.env.Today(), it.args); it.wrong == nil {
			all = append(all, one...)
		}
	}
	return all
}

func (v *board) Update(msg tea.Msg) tea.Cmd {
	if mine, rings := v.later.Update(msg); mine {
		if rings {
			return v.load(v.held, v.fresh, false)
		}
		return nil
	}
	for _, it := range v.items {
		version := it.req.Version
		if mine, cmd := it.req.Update(msg); mine {
			if it.req.Version != version && it.req.Err == nil {
				it.shown = it.turn
			}
			return cmd
		}
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		v.wide, v.high = msg.Width, msg.Height
		v.grid = gridOf(len(v.items), v.wide, v.high-views.HeadHeight)
		v.move(0)
	case views.Masked:
		return v.load(v.items, false, false)
	}
	return nil
}

// move goes to another question and keeps it in sight.
func (v *board) move(by int) {
	v.at = max(0, min(v.at+by, len(v.items)-1))
	row := v.at / v.grid.across
	v.top = max(0, min(v.top, row, v.rows()-v.grid.seen), row-v.grid.seen+1)
}

// rows is how many rows the grid has, seen or not.
func (v *board) rows() int { return (len(v.items) + v.grid.across - 1) / v.grid.across }

// Actions are what can be done on the board and with the question under the cursor.
func (v *board) Actions() []keys.Action {
	k := v.env.Keys
	move := func(by int) func() tea.Cmd { return func() tea.Cmd { v.move(by); return nil } }
	var actions []keys.Action
	if v.loading() > 0 || v.later.IsSet() {
		actions = append(actions, keys.Action{Key: k.Cancel, Label: "cancel", Do: func() tea.Cmd { v.Stop(); return nil }})
	}
	refresh := keys.Action{Key: k.Refresh, Do: func() tea.Cmd { return v.load(v.items, true, false) }}
	open := keys.Action{Key: k.Open, Do: v.open}
	if v.at >= len(v.items) || v.items[v.at].err != nil {
		open.Blocked = "this line is no question"
	}
	if v.dear != nil {
		refresh = keys.Action{Key: k.Refresh, Do: func() tea.Cmd { return v.load(v.held, v.fresh, true) }, Label: "ask all the same"}
		actions = append(actions, refresh, open)
	} else {
		actions = append(actions, open, refresh)
	}
	across, page := v.grid.across, v.grid.across*v.grid.seen
	return append(actions,
		keys.Action{Key: k.Left, Do: move(-1), Label: "chart", Quiet: across == 1},
		keys.Action{Key: k.Right, Do: move(1), Label: "chart", Quiet: across == 1},
		keys.Action{Key: k.Down, Do: move(across), Label: "row", Quiet: v.rows() < 2},
		keys.Action{Key: k.Up, Do: move(-across), Label: "row", Quiet: v.rows() < 2},
		keys.Action{Key: k.Top, Do: move(-len(v.items)), Quiet: true},
		keys.Action{Key: k.Bottom, Do: move(len(v.items)), Quiet: true},
		keys.Action{Key: k.PageDown, Do: move(page), Quiet: true},
		keys.Action{Key: k.PageUp, Do: move(-page), Quiet: true},
	)
}

func (v *board) open() tea.Cmd {
	it := v.items[v.at]
	return views.Send(views.Goto{View: it.spec.Name, Args: it.args})
}

// loading is how many questions are in flight.
func (v *board) loading() int {
	n := 0
	for _, it := range v.items {
		if it.req.Loading() {
			n++
		}
	}
	return n
}

// state says how many of the questions are answered, and what they cost.
func (v *board) state() string {
	n := v.loading()
	if n == 0 {
		return v.inSight()
	}
	said := fmt.Sprintf("%d of %d answered", len(v.items)-n, len(v.items))
	if v.price > 0 && !v.env.Local {
		said += ", all cost " + charts.Exact(float64(v.price)) + " of the 1,000 in 5 minutes"
	}
	return said
}

// inSight says which of the questions are seen.
func (v *board) inSight() string {
	all := len(v.items)
	first := v.top*v.grid.across + 1
	last := min(first+v.grid.across*v.grid.seen-1, all)
	switch {
	case first == 1 && last == all:
		return fmt.Sprintf("%d questions", all)
	case first == last:
		return fmt.Sprintf("%d of %d questions", first, all)
	}
	return fmt.Sprintf("%d to %d of %d questions", first, last, all)
}

// demoBoard is the board that comes with the demo.
func demoBoard() config.Board {
	return config.ParseBoard("morning", `# How did the music store do?
segment "Song Played" --by platform
segment Purchase --metric totals --last 8w
funnel "Checkout Started" "Payment Submitted" Purchase --by platform --within 1d --last 14d
retention _new "Song Played" --last 28d --face curve
revenue --last 8w
events --sort delta
`)
}
