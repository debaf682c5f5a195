package segment

import (
	"context"
	"fmt"
	"math"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"
	"golang.org/x/sync/errgroup"

	"amptui/api"
	"amptui/charts"
	"amptui/views"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "segment",
		Title: "Segment",
		Use:   "[EVENT [EVENT]]",
		Short: "Chart one or two events over time",
		Long: "Chart one or two events over time: by metric, interval, dates, users, segments and groups.\n" +
			"An event is its name, then bracket groups: \"Song Played[event:source is push][by event:genre]\".\n" +
			"_active is any active event, _all any event.",
		Example: "amptui segment \"Song Played\" --by platform --last 12w --interval week\n" +
			"amptui segment \"Song Played\" Purchase --metric formula --formula 'UNIQUES(B)/UNIQUES(A)' -o chart\n" +
			"amptui segment Purchase --where 'country is Germany, France' --vs prev -o json",
		Bind: func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:  open,
		Ask:  ask,
	}
}

// costly is the cost above which nothing is asked without a key press: all that
// the API allows in five minutes.
const costly = 1000

type view struct {
	env    views.Env
	state  State
	asked  asked
	wrong  error // why the state cannot be asked
	dear   bool  // the question waits for a key press because of its cost
	req    views.Request[found]
	shown  State // the state that the answer on screen is of
	answer answer
	have   bool
	look   look
	prompt views.Prompt
	names  views.Request[api.EventList] // for choosing events
	w, h   int
	turn   int // counts what changes the picture besides answers
	body   views.Memo[frame]
}

type frame struct{ turn, version, w, h int }

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
	return &view{env: env, state: s, look: look{cursor: -1, focus: -1}}, nil
}

func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	a, err := s.Query(env.Today())
	if err != nil {
		return views.Answer{}, views.Mistake(err)
	}
	got, err := fetch(ctx, env.API, a)
	if err != nil {
		return views.Answer{}, err
	}
	r := newAnswer(s, a, got)
	notes := append([]string{r.info(s, a)}, r.notes...)
	if over := r.unfinished(s, a); over != "" {
		notes = append(notes, over)
	}
	plain := look{cursor: -1, focus: -1}
	return views.Answer{
		Link: link(s), Title: seriesTitle(s), Chart: r.chart(s, a, plain),
		Table: r.table(s, plain), Data: r.data(s), Notes: notes,
	}, nil
}

func seriesTitle(s State) string {
	title := s.Events[0].Name.Safe()
	if len(s.Events) > 1 {
		title += ", " + s.Events[1].Name.Safe()
	}
	return title
}

// fetch asks for the period and, with a comparison, for the one before at the
// same time.
func fetch(ctx context.Context, client *api.Client, a asked) (found, error) {
	var f found
	group, ctx := errgroup.WithContext(ctx)
	get := func(q api.SegmentationQuery, to **api.Segmentation) {
		group.Go(func() error {
			answer, err := client.Segmentation(ctx, q)
			*to = &answer
			return err
		})
	}
	get(a.query, &f.now)
	if a.before != nil {
		get(*a.before, &f.before)
	}
	return f, group.Wait()
}

func link(s State) views.Link {
	fresh := Default()
	return views.Link{View: "segment", Args: views.Args(&s, &fresh)}
}

func (v *view) Link() views.Link { return link(v.state) }
func (v *view) Typing() bool     { return v.prompt.IsOpen() }
func (v *view) Init() tea.Cmd    { return v.load() }

func (v *view) Stop() {
	v.req.Stop()
	v.names.Stop()
}

// load asks what the state says, unless it cannot be asked or costs more than a
// key press should.
func (v *view) load() tea.Cmd { return v.ask(false) }

func (v *view) ask(anyway bool) tea.Cmd {
	v.turn++
	v.req.Stop()
	a, err := v.state.Query(v.env.Today())
	if v.wrong = err; err != nil {
		return nil
	}
	v.asked = a
	if v.dear = a.cost() > costly && !anyway && !v.env.Local; v.dear {
		return nil
	}
	client := v.env.API
	return v.req.Start(func(ctx context.Context) (found, error) { return fetch(ctx, client, a) })
}

func (v *view) Update(msg tea.Msg) tea.Cmd {
	version := v.req.Version
	if mine, cmd := v.req.Update(msg); mine {
		if v.req.Version != version && v.req.Err == nil && v.req.Has {
			v.take()
		}
		return cmd
	}
	names := v.names.Version
	if mine, cmd := v.names.Update(msg); mine {
		if v.names.Version != names {
			v.prompt.Choices(v.eventChoices())
		}
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		v.w, v.h = msg.Width, msg.Height
		v.turn++
	case tea.KeyMsg:
		if v.prompt.IsOpen() {
			return v.prompt.Update(msg)
		}
	}
	return nil
}

// take shows a new answer. Cursor, focus and zoom stay where they still mean
// the same.
func (v *view) take() {
	was := v.answer
	v.answer, v.shown, v.have = newAnswer(v.state, v.asked, v.req.Value), v.state, true
	if len(was.labels) != len(v.answer.labels) || !slices.Equal(was.labels, v.answer.labels) {
		v.look.cursor, v.look.from, v.look.to = -1, 0, 0
	}
	if v.look.focus >= len(v.answer.series) {
		v.look.focus = -1
	}
	v.turn++
}

func (v *view) View() string {
	head := views.Head{
		Line: v.Link().Line(), Now: v.env.Today(),
		Stale: v.have && (v.req.Loading() || v.req.Err != nil || v.dear || v.wrong != nil),
	}
	if v.have {
		head.AsOf = v.answer.meta.Computed.In(v.env.Zone)
		head.Info, head.Notes = v.answer.info(v.shown, v.asked), v.answer.remarks(v.drawn(), v.asked)
		if head.Err = v.req.Err; v.wrong != nil {
			head.Err = v.wrong
		}
	}
	head.Beats, head.Wait, _ = v.req.Waiting()
	if v.dear {
		head.Wait = fmt.Sprintf("costs %s of the 1,000 in 5 minutes: r asks all the same, d fewer dates", charts.Exact(float64(v.asked.cost())))
	}
	body := head.Draw(v.w, v.env.Theme) + "\n" + v.content(v.h-2)
	return v.prompt.Over(body, v.w, v.h, v.env.Theme)
}

func (v *view) content(h int) string {
	switch {
	case h <= 0:
		return ""
	case !v.have && v.wrong != nil:
		return views.Failed(v.wrong, v.w, h, v.env.Theme)
	case !v.have && v.req.Err != nil:
		return views.Failed(v.req.Err, v.w, h, v.env.Theme)
	case !v.have && v.dear:
		return charts.Fit("", v.w, h)
	case !v.have:
		return charts.Fit("\n "+v.env.Theme.Dim.Paint(views.Asking(v.req.Loading())), v.w, h)
	}
	return v.body.Get(frame{v.turn, v.req.Version, v.w, h}, func() string { return v.draw(h) })
}

// drawn is the state that the answer is of, drawn as the user wants it now: what
// only changes the drawing needs no new answer.
func (v *view) drawn() State {
	s := v.shown
	s.Face, s.Log, s.Fit, s.Hide = v.state.Face, v.state.Log, v.state.Fit, v.state.Hide
	return s
}

func (v *view) draw(h int) string {
	chart := v.answer.chart(v.drawn(), v.asked, v.look)
	if t, ok := chart.(charts.Table); ok {
		// Without a cursor the newest rows are in sight.
		newest := max(t.Len-h+1, 0)
		if t.Top = newest; t.Cursor >= 0 {
			t.Top = charts.Scroll(t.Cursor, newest, t.Len, h-1)
		}
		chart = t
	}
	return chart.Draw(v.w, h, v.env.Theme)
}

// points is how many points there are to move over.
func (v *view) points() int { return len(v.answer.labels) }

// visible is the range of points that the zoom shows.
func (v *view) visible() (from, to int) {
	if v.look.to == 0 {
		return 0, v.points()
	}
	return v.look.from, v.look.to
}

// moveCursor goes to another point; the first step goes to the last point that
// has a value. The zoom follows.
func (v *view) moveCursor(by int) tea.Cmd {
	from, to := v.visible()
	if v.look.cursor < 0 {
		v.look.cursor = max(min(v.lastValue(), to-1), from)
	} else {
		v.look.cursor = max(0, min(v.look.cursor+by, v.points()-1))
	}
	if v.look.to > 0 {
		shift := min(v.look.cursor-from, 0) + max(v.look.cursor-to+1, 0)
		v.look.from, v.look.to = from+shift, to+shift
	}
	v.turn++
	return nil
}

func (v *view) lastValue() int {
	for i := v.points() - 1; i >= 0; i-- {
		for _, one := range v.answer.series {
			if !math.IsNaN(one.values[i]) {
				return i
			}
		}
	}
	return v.points() - 1
}

func (v *view) moveFocus(by int) tea.Cmd {
	n := len(v.answer.series)
	if v.look.focus < 0 && by < 0 {
		v.look.focus = n - 1
	} else {
		v.look.focus = max(0, min(v.look.focus+by, n-1))
	}
	v.turn++
	return nil
}

// zoom halves or doubles the visible points around the cursor.
func (v *view) zoom(in bool) tea.Cmd {
	from, to := v.visible()
	wide := (to - from) * 2
	if in {
		wide = max((to-from+1)/2, 2)
	}
	if wide >= v.points() {
		return v.zoomAll()
	}
	middle := (from + to) / 2
	if v.look.cursor >= 0 {
		middle = v.look.cursor
	}
	v.show(middle-wide/2, wide)
	return nil
}

func (v *view) pan(by int) tea.Cmd {
	from, to := v.visible()
	v.show(from+by*max((to-from)/4, 1), to-from)
	return nil
}

// show makes n points visible, from one on, inside of what there is.
func (v *view) show(from, n int) {
	from = max(0, min(from, v.points()-n))
	v.look.from, v.look.to = from, from+n
	if v.look.cursor >= 0 {
		v.look.cursor = max(from, min(v.look.cursor, from+n-1))
	}
	v.turn++
}

func (v *view) zoomAll() tea.Cmd {
	v.look.from, v.look.to = 0, 0
	v.turn++
	return nil
}
