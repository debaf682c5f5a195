package events

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:    "events",
		Title:   "Events",
		Use:     "[WORD]...",
		Hint:    "what the name holds, fuzzily; 'word matches exactly, \"two words\" together, !word must not occur",
		Short:   "List the event types, with this week's totals",
		Long:    "List the project's event types with their totals of this week, the change against last week and their flags.\nFilter words match fuzzily; 'word matches exactly, \"two words\" together, !word must not occur.",
		Example: "amptui events\namptui events purch --sort delta\namptui events -o json",
		Bind:    func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:     open,
		Ask:     ask,
		About:   about,
		Marks: []string{
			"this week: how often since the project's week began, which is not over. of most: as a part of what the most common event has. ± week: the change against last week, as the API sends it; whether a week that is not over is compared with a whole one it does not say.",
			"H is hidden in the project's menus, I makes no user active, D is deleted and no longer counted.",
			"new, silent, up, down: how an event has changed since you looked before. like NAME: another event of nearly the same name.",
		},
		Figures: figureNames,
		Finds:   true,

		Questions: func(_ time.Time, args []string) ([]api.Question, error) {
			s := Default()
			return []api.Question{api.EventListQuery{}}, views.Parse(&s, args)
		},
	}
}

type view struct {
	env     views.Env
	state   State
	req     views.Request[api.EventList]
	list    listing
	have    bool
	cursor  views.Cursor
	marks   []text.Raw // in marking order
	filter  textinput.Model
	typing  bool
	begun   bool  // the filter of before is being edited; else the first letter replaces it
	before  place // where the cursor stood before the list was filtered
	preview preview
	visits  views.Visits // the list is compared with the one before
	front   bool         // the user sees it
	w, h    int
	body    views.Memo[frame]
	version int // of what the table shows: answers, marks, filter, order
}

// place is where the cursor stands in the list: at an event, and how far down the screen.
type place struct {
	event text.Raw
	down  int
}

type frame struct {
	version, at, top, w, h, preview int
}

func open(env views.Env, args []string) (views.View, error) {
	s := Default()
	if err := views.Parse(&s, args); err != nil {
		return nil, err
	}
	return &view{env: env, state: s, filter: views.NewInput()}, nil
}

func (v *view) Typing() bool { return v.typing }

func (v *view) Init() tea.Cmd { return v.load() }

func (v *view) Stop() {
	v.req.Stop()
	v.preview.req.Stop()
}

func (v *view) load() tea.Cmd {
	client := v.env.API
	return v.req.Start(func(ctx context.Context) (api.EventList, error) { return client.Events(ctx) })
}

// refresh asks again, past the answer that is kept.
func (v *view) refresh() tea.Cmd {
	client := v.env.API
	return v.req.Start(func(ctx context.Context) (api.EventList, error) { return client.Events(api.Fresh(ctx)) })
}

func (v *view) Update(msg tea.Msg) tea.Cmd {
	version := v.req.Version
	if mine, cmd := v.req.Update(msg); mine {
		if v.req.Version != version && v.req.Err == nil && v.req.Has {
			return tea.Batch(cmd, v.take(), v.look())
		}
		return cmd
	}
	if mine, cmd := v.preview.update(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case views.Front:
		v.front = msg.View == views.View(v)
		return v.look()
	case tea.WindowSizeMsg:
		v.w, v.h = msg.Width, msg.Height
		return v.look()
	case tea.KeyMsg:
		return v.typed(msg)
	}
	return nil
}

// take shows a new answer, with the cursor on the same event as before, and keeps
// it where it begins a visit.
func (v *view) take() tea.Cmd {
	visits, begun := visitsAfter(v.env, v.req.Value)
	v.visits = visits
	v.list, v.have = newListing(v.req.Value, visits.Before, v.env.Now()), true
	v.arrange()
	if !begun || v.env.Visits == nil {
		return nil
	}
	*v.env.Visits = visits
	save := v.env.SaveVisits
	if save == nil {
		return nil
	}
	return func() tea.Msg {
		if err := save(visits); err != nil {
			return views.Notice{Text: "this look is not kept: " + text.Clean(err.Error()), Bad: true}
		}
		return nil
	}
}

// visitsAfter is the visits after a look at the list.
func visitsAfter(env views.Env, list api.EventList) (views.Visits, bool) {
	if env.Visits == nil {
		return views.Visits{}, false
	}
	return env.Visits.After(views.Visit{Taken: env.Now(), Totals: visit(list.Events)})
}

// arrange filters and orders again and keeps the cursor on its event.
func (v *view) arrange() {
	under, ok := v.under()
	v.list.arrange(v.state)
	v.version++
	v.cursor.Len = len(v.list.rows)
	v.cursor.Move(0)
	if !ok {
		return
	}
	if at := v.row(under.Name); at >= 0 {
		v.cursor.At = at
	}
}

// under is the event under the cursor.
func (v *view) under() (api.EventType, bool) {
	if v.cursor.At < 0 || v.cursor.At >= len(v.list.rows) {
		return api.EventType{}, false
	}
	return v.list.events[v.list.rows[v.cursor.At]], true
}

// typed takes a key while the filter is typed.
func (v *view) typed(msg tea.KeyMsg) tea.Cmd {
	if !v.typing {
		return nil
	}
	if !msg.Paste {
		switch msg.Type {
		case tea.KeyEnter:
			v.typing = false
			return nil
		case tea.KeyEsc:
			v.typing = false
			v.setFilter("")
			return v.look()
		case tea.KeyUp, tea.KeyDown:
			v.cursor.Move(map[tea.KeyType]int{tea.KeyUp: -1, tea.KeyDown: 1}[msg.Type])
			return v.look()
		}
	}
	if !v.begun && msg.Type == tea.KeyRunes {
		v.filter.SetValue("")
	}
	v.begun = true
	v.filter, _ = v.filter.Update(msg)
	v.setFilter(v.filter.Value())
	return v.look()
}

// setFilter filters the list, with the cursor on the first row. Without a filter the
// cursor stands again where it stood before there was one.
func (v *view) setFilter(words string) {
	was := v.state.Find
	v.state.Find = strings.Join(strings.Fields(words), " ")
	if e, ok := v.under(); ok && was == "" && v.state.Find != "" {
		v.before = place{e.Name, v.cursor.At - v.cursor.Top}
	}
	v.cursor.At, v.cursor.Top = 0, 0
	v.list.arrange(v.state)
	v.version++
	v.cursor.Len = len(v.list.rows)
	if v.state.Find == "" {
		v.putBack()
	}
}

// putBack puts the cursor where it stood before the list was filtered, if the list has
// that event yet.
func (v *view) putBack() {
	if at := v.row(v.before.event); at >= 0 {
		v.cursor.At, v.cursor.Top = at, max(at-v.before.down, 0)
	}
	v.before = place{}
}

// row is where an event stands in the list; -1 where it does not.
func (v *view) row(name text.Raw) int {
	return slices.IndexFunc(v.list.rows, func(i int) bool { return v.list.events[i].Name == name })
}

func (v *view) marked(name text.Raw) bool { return slices.Contains(v.marks, name) }

func (v *view) View() string {
	head := views.Head{
		Line:  v.Link().Line(),
		AsOf:  v.req.Value.Meta.Computed.In(v.env.Zone),
		Now:   v.env.Today(),
		Retry: v.env.Keys.Refresh,
		Stale: v.req.Has && (v.req.Loading() || v.req.Err != nil),
		Notes: v.notes(),
	}
	if v.have {
		head.Err = v.req.Err // else it stands in the list's place
		if at, ok := v.env.API.Again(api.EventListQuery{}); ok && !head.Stale {
			head.Again = at.In(v.env.Zone)
		}
	}
	head.Beats, head.Wait, _ = v.req.Waiting()
	if v.typing {
		return v.typingHead(head) + "\n" + v.content(v.h-views.HeadHeight)
	}
	return head.Draw(v.w, v.env.Theme) + "\n" + v.content(v.h-views.HeadHeight)
}

// typingHead shows the filter in the place of the remarks.
func (v *view) typingHead(head views.Head) string {
	first, _, _ := strings.Cut(head.Draw(v.w, v.env.Theme), "\n")
	count := fmt.Sprintf(" %d of %d ", len(v.list.rows), len(v.list.events))
	draw := views.DrawFormer
	if v.begun {
		draw = views.DrawInput
	}
	line := " / " + draw(v.filter, max(v.w-4-len(count), 1), v.env.Theme)
	pad := max(v.w-charts.Width(line)-len(count), 0)
	return first + "\n" + charts.Fit(line+strings.Repeat(" ", pad)+v.env.Theme.Dim.Paint(count), v.w, 1)
}

func (v *view) notes() []string {
	if !v.have {
		return nil
	}
	notes := v.req.Value.Meta.Badges()
	if v.state.Find != "" {
		notes = append(notes, fmt.Sprintf("%d of %d events match %s", len(v.list.rows), len(v.list.events), text.Clean(v.state.Find)))
	}
	notes = append(notes, v.list.since(v.state, v.visits.Before, v.env)...)
	notes = append(notes, ofLog(v.env)...)
	if len(v.marks) > 0 {
		notes = append(notes, fmt.Sprintf("%d marked", len(v.marks)))
	}
	return notes
}

// ofLog says of event files what is in them, and since when their last week is: it may
// be a short one, and of any year.
func ofLog(env views.Env) []string {
	if env.Log == "" {
		return nil
	}
	return []string{env.Log, "this week: since " + api.Week.Bucket(env.Today()).Format("Mon 2 Jan")}
}

// since says what has changed since when.
func (l *listing) since(s State, before views.Visit, env views.Env) []string {
	switch {
	case !before.Known() && !s.Changed:
		return nil
	case !before.Known() && env.Visits == nil:
		return []string{"nothing is kept of this project's looks: only near twins are shown"}
	case !before.Known():
		return []string{"nothing to compare with yet: changes are marked when you look again later"}
	}
	layout := "Mon 2 Jan 15:04"
	if before.Taken.In(env.Zone).Year() != env.Today().Year() {
		layout = "2 Jan 2006"
	}
	when := before.Taken.In(env.Zone).Format(layout)
	n := l.changed()
	if n == 0 && !s.Changed {
		return nil
	}
	notes := []string{fmt.Sprintf("%d changed since you looked on %s", n, when)}
	if k := len(l.gone); k > 0 {
		names := make([]string, 0, 3)
		for _, name := range l.gone[:min(k, 3)] {
			names = append(names, name.Safe())
		}
		if k > 3 {
			names = append(names, fmt.Sprintf("%d more", k-3))
		}
		notes = append(notes, "gone: "+strings.Join(names, ", "))
	}
	return notes
}

// content is the table and, where there is room, the preview beside it.
func (v *view) content(h int) string {
	th := v.env.Theme
	switch {
	case h <= 0:
		return ""
	case !v.have && v.req.Err == nil:
		return charts.Fit("\n "+th.Dim.Paint(views.Asking(v.req.Loading(), v.env.Keys.Refresh)), v.w, h)
	case !v.have:
		return views.Failed(v.req.Err, v.w, h, v.env)
	case len(v.list.events) == 0:
		return charts.Fit("\n "+th.Text.Paint("This project has no events that can be listed.")+
			"\n "+th.Dim.Paint("Hidden events are not listed; check the profile's region and project."), v.w, h)
	case len(v.list.rows) == 0 && v.state.Changed && v.state.Find == "":
		return charts.Fit("\n "+th.Text.Paint("No event is marked as changed.")+"\n "+th.Dim.Paint(views.Press(v.env.Keys.Cancel)+" to see all."), v.w, h)
	case len(v.list.rows) == 0:
		return charts.Fit("\n "+th.Text.Paint("No event matches the filter.")+"\n "+th.Dim.Paint(views.Press(v.env.Keys.Cancel)+" to clear it."), v.w, h)
	}
	v.cursor.Page = max(h-1, 1)
	top := charts.Scroll(v.cursor.At, v.cursor.Top, v.cursor.Len, v.cursor.Page)
	if top != v.cursor.Top {
		v.cursor.Top = top
		v.preview.scrolls++
	}
	key := frame{v.version, v.cursor.At, v.cursor.Top, v.w, h, v.preview.version()}
	return v.body.Get(key, func() string { return v.draw(h) })
}

func (v *view) draw(h int) string {
	left := v.w
	if v.previewing() {
		left = v.w - v.previewWidth() - 1
	}
	table := v.list.table(v.state, v.marked)
	table.Cursor, table.Top = v.cursor.At, v.cursor.Top
	drawn := table.Draw(left, h, v.env.Theme)
	if !v.previewing() {
		return drawn
	}
	return views.SideBySide(drawn, v.drawPreview(v.previewWidth(), h), v.env.Theme)
}
