package ui

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
)

// board shows several questions together as small charts.
type board struct {
	env    views.Env
	name   string
	title  string
	items  []*item
	at     int
	top    int // first row of the grid that is seen
	price  int
	dear   bool // it waits for a key press because of what it costs
	wide   int
	high   int
	across int // charts in a row
}

// item is one question of a board.
type item struct {
	line string
	spec views.Spec
	args []string
	err  error // the line is not understood
	req  views.Request[views.Answer]
}

const boardName = "board"

// boardSpec is the board as a link and a query line open it: board NAME.
func (a *App) boardSpec() views.Spec {
	return views.Spec{
		Name: boardName, Title: "Board", Use: "NAME", Short: "Several saved questions together",
		New: func(env views.Env, args []string) (views.View, error) {
			b, err := a.loadBoard(env, args)
			if err != nil {
				return nil, err
			}
			return b, nil
		},
		Questions: func(now time.Time, args []string) ([]api.Question, error) {
			b, err := a.loadBoard(a.env, args)
			if err != nil {
				return nil, err
			}
			var all []api.Question
			for _, it := range b.items {
				if it.err == nil {
					one, _ := it.spec.Questions(now, it.args) // what cannot be asked costs nothing
					all = append(all, one...)
				}
			}
			return all, nil
		},
	}
}

// loadBoard reads the board that the arguments name.
func (a *App) loadBoard(env views.Env, args []string) (*board, error) {
	if len(args) != 1 {
		return nil, errors.New("name a board: board morning")
	}
	if a.memory.board == nil {
		return nil, errors.New("nothing is open yet")
	}
	b, err := a.memory.board(args[0])
	if err != nil {
		return nil, noBoard(err, args[0], a.memory.boards())
	}
	return newBoard(env, b, a.queryLines()), nil
}

// noBoard names the boards there are.
func noBoard(err error, name string, names []string) error {
	switch {
	case !errors.Is(err, fs.ErrNotExist):
		return err
	case len(names) == 0:
		return fmt.Errorf("there is no board called %s: write query lines into a file of that name in the folder boards beside the configuration", text.Clean(name))
	}
	return noSuch("board", name, names)
}

// queryLines are the saved queries by name.
func (a *App) queryLines() map[string]string {
	out := map[string]string{}
	if a.memory.queries != nil {
		queries, _, _ := a.memory.queries() // what cannot be read is not named by a board
		for _, q := range queries {
			out[q.Name] = q.Line
		}
	}
	return out
}

// newBoard reads the lines of a board; a line that is the name of a saved query is
// that query.
func newBoard(env views.Env, b config.Board, saved map[string]string) *board {
	v := &board{env: env, name: b.Name, title: b.Title}
	if v.title == "" {
		v.title = b.Name
	}
	for _, line := range b.Lines {
		it := &item{line: line}
		if query, ok := saved[line]; ok {
			it.line = query
		}
		if it.spec, it.args, it.err = lineSpec(it.line); it.err == nil {
			if _, err := it.spec.New(views.Env{}, it.args); err != nil {
				it.err = err
			}
		}
		v.items = append(v.items, it)
	}
	return v
}

func (v *board) Init() tea.Cmd    { return v.load(false) }
func (v *board) Typing() bool     { return false }
func (v *board) Link() views.Link { return views.Link{View: boardName, Args: []string{v.name}} }
func (v *board) refresh() tea.Cmd { return v.load(true) }

func (v *board) Stop() {
	for _, it := range v.items {
		it.req.Stop()
	}
}

// load asks every question, unless they cost too much together.
func (v *board) load(anyway bool) tea.Cmd {
	v.price = 0
	for _, it := range v.items {
		if it.err != nil {
			continue
		}
		questions, err := it.spec.Questions(v.env.Today(), it.args)
		if it.err = err; err != nil {
			continue
		}
		for _, q := range questions {
			v.price += v.env.API.Price(q)
		}
	}
	if v.dear = v.price > api.MostInWindow && !v.env.Local && !anyway; v.dear {
		return nil
	}
	var cmds []tea.Cmd
	for _, it := range v.items {
		if it.err != nil {
			continue
		}
		env, spec, args := v.env, it.spec, it.args
		cmds = append(cmds, it.req.Start(func(ctx context.Context) (views.Answer, error) {
			if anyway {
				ctx = api.Fresh(ctx)
			}
			return spec.Ask(ctx, env, args)
		}))
	}
	return tea.Batch(cmds...)
}

func (v *board) Update(msg tea.Msg) tea.Cmd {
	for _, it := range v.items {
		if mine, cmd := it.req.Update(msg); mine {
			return cmd
		}
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		v.wide, v.high = msg.Width, msg.Height
	case views.Masked:
		return v.load(false)
	}
	return nil
}

func (v *board) Actions() []keys.Action {
	k := v.env.Keys
	move := func(by func() int) func() tea.Cmd {
		return func() tea.Cmd { v.at = max(0, min(v.at+by(), len(v.items)-1)); return nil }
	}
	one, row := func(n int) func() int { return func() int { return n } }, func(n int) func() int { return func() int { return n * max(v.across, 1) } }
	open := keys.Action{Key: k.Open, Do: v.open}
	if v.at >= len(v.items) || v.items[v.at].err != nil {
		open.Blocked = "this line is no question"
	}
	refresh := keys.Action{Key: k.Refresh, Do: v.refresh}
	if v.dear {
		refresh.Label = "ask all the same"
	}
	return []keys.Action{
		open, refresh,
		{Key: k.Left, Do: move(one(-1)), Label: "chart"},
		{Key: k.Right, Do: move(one(1)), Label: "chart"},
		{Key: k.Down, Do: move(row(1))},
		{Key: k.Up, Do: move(row(-1))},
		{Key: k.Top, Do: move(one(-len(v.items))), Quiet: true},
		{Key: k.Bottom, Do: move(one(len(v.items))), Quiet: true},
	}
}

func (v *board) open() tea.Cmd {
	it := v.items[v.at]
	return views.Send(views.Goto{View: it.spec.Name, Args: it.args})
}

const (
	leastTileWidth, leastTileHeight = 54, 12
	mostAcross                      = 4
)

func (v *board) View() string {
	w, h := v.wide, v.high
	if w <= 0 || h <= 0 {
		return ""
	}
	head := views.Head{Line: v.Link().Line(), Now: v.env.Today(), Info: v.title + v.env.Theme.Glyphs.Dot + v.state()}
	return head.Draw(w, v.env.Theme) + "\n" + v.grid(w, max(h-2, 0))
}

// state says how many of the questions are answered, and what they cost.
func (v *board) state() string {
	done := 0
	for _, it := range v.items {
		if it.err != nil || it.req.Has || it.req.Err != nil && !it.req.Loading() {
			done++
		}
	}
	switch {
	case v.dear:
		return fmt.Sprintf("this costs %s of the 1,000 in 5 minutes: %s asks all the same", charts.Exact(float64(v.price)), v.env.Keys.Refresh.Shown())
	case done < len(v.items):
		return fmt.Sprintf("%d of %d answered", done, len(v.items))
	}
	return fmt.Sprintf("%d questions", len(v.items))
}

// grid draws the charts beside and under each other, as many as fit; the others
// scroll.
func (v *board) grid(w, h int) string {
	th := v.env.Theme
	if len(v.items) == 0 {
		return charts.Fit("\n "+th.Dim.Paint("This board has no query line yet."), w, h)
	}
	v.across = max(1, min(w/leastTileWidth, mostAcross, len(v.items)))
	rows := (len(v.items) + v.across - 1) / v.across
	seen := max(1, min(h/leastTileHeight, rows))
	at := v.at / v.across
	v.top = max(min(v.top, at), at-seen+1, 0)
	var lines []string
	for r := v.top; r < min(v.top+seen, rows); r++ {
		high := h / seen
		if r == v.top+seen-1 {
			high = h - (seen-1)*(h/seen)
		}
		lines = append(lines, v.row(r, w, high))
	}
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

func (v *board) row(r, w, h int) string {
	out := ""
	for c := range v.across {
		wide := w / v.across
		if c == v.across-1 {
			wide = w - (v.across-1)*(w/v.across)
		}
		if c > 0 {
			wide--
		}
		tile := charts.Fit("", wide, h)
		if i := r*v.across + c; i < len(v.items) {
			tile = v.tile(v.items[i], i == v.at, wide, h)
		}
		if c == 0 {
			out = tile
		} else {
			out = views.SideBySide(out, tile, v.env.Theme)
		}
	}
	return out
}

// tile is one question: its line, its chart, and what must be known about it.
func (v *board) tile(it *item, under bool, w, h int) string {
	th := v.env.Theme
	style, gutter := th.Accent, "  "
	if under {
		style, gutter = th.Selected, th.Accent.Paint(th.Glyphs.Pointer)+" "
	}
	head := gutter + style.Paint(charts.Cut(v.lineOf(it), max(w-3, 1)))
	room := max(h-2, 0)
	var body string
	switch {
	case it.err != nil:
		body = views.Said(it.err.Error(), th.Bad, w, room)
	case it.req.Has:
		body = chartOf(it.req.Value, w, room, th)
	case it.req.Err != nil:
		body = views.Failed(it.req.Err, w, room, th)
	default:
		body = charts.Fit("\n "+th.Dim.Paint(views.Asking(it.req.Loading())), w, room)
	}
	foot := ""
	if it.req.Has && it.req.Err != nil {
		foot = " " + th.Bad.Paint(charts.Cut(views.Explain(it.req.Err), max(w-2, 0)))
	} else if notes := it.req.Value.Notes; it.req.Has && len(notes) > 0 {
		foot = " " + th.Dim.Paint(charts.Cut(text.Clean(notes[len(notes)-1]), max(w-2, 0)))
	}
	return charts.Fit(head, w, 1) + "\n" + body + "\n" + charts.Fit(foot, w, 1)
}

// lineOf is the line of a question as it may be shown.
func (v *board) lineOf(it *item) string {
	if it.req.Has {
		return it.req.Value.Link.Line()
	}
	return text.Clean(it.line)
}

// chartOf draws an answer small: lists without a cursor.
func chartOf(answer views.Answer, w, h int, th theme.Theme) string {
	if t, ok := answer.Chart.(charts.Table); ok {
		t.Cursor = -1
		if more := t.Len - (h - 2); h > 2 && t.Len > h-1 {
			return t.Draw(w, h-1, th) + "\n" + charts.Fit("  "+th.Dim.Paint(fmt.Sprintf("%d more rows", more)), w, 1)
		}
		return t.Draw(w, h, th)
	}
	return answer.Chart.Draw(w, h, th)
}

// hidden are the views that have no key: they are opened by name.
func (a *App) hidden() []views.Spec { return []views.Spec{a.boardSpec()} }

// boardNames are the boards there are, the demo's own too.
func (p *program) boardNames() []string {
	names := config.Boards(p.env)
	if p.global.demo {
		names = append(names, demoBoard().Name)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// loadBoard reads a board; the demo has one of its own.
func (p *program) loadBoard(name string) (config.Board, error) {
	b, err := config.LoadBoard(name, p.env)
	if own := demoBoard(); errors.Is(err, fs.ErrNotExist) && p.global.demo && name == own.Name {
		return own, nil
	}
	return b, err
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
