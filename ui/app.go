package ui

import (
	"os"
	"os/exec"
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/demo"
	"amptui/keys"
	"amptui/ui/paint"
	"amptui/views"
	viewform "amptui/views/form"
)

// App is the root: it holds the views, sends keys to the one in front and every
// other message to all, and draws header, footer and what lies over the view.
// It knows views only as the catalogue's data.
type App struct {
	specs   []views.Spec
	env     views.Env
	project Project
	setup   setup // what runs before there is a client

	open  map[string]views.View // the view of each name
	front string
	back  []visit  // where esc goes, newest last
	came  []string // views that were left for another by its key, each once, newest last: where q goes then

	over    overlay
	palette palette
	shown   shown
	memory  memory
	log     *demo.Log // behind the demo and event files
	flags   []string  // that open this project again
	inLog   []string  // its properties, as filters write them
	trail   trail
	keeping keeping
	form    *viewform.Form
	names   views.Request[api.EventList] // for the form
	cohorts views.Request[api.CohortList]
	waiting map[string][]string  // arguments of views of the last session that were not opened yet
	recent  []string             // what was chosen last in the palette
	taking  views.Request[taken] // an answer is put in another form
	meter   meter                // of the budget, in the header
	seen    views.View           // the view that was in front when views were last told
	notice  views.Notice
	noticed int                  // counts notices, so that an old timer clears no new one
	copied  func(string) tea.Cmd // puts text on the user's clipboard
	exec    func(*exec.Cmd, func(error) tea.Msg) tea.Cmd
	getenv  func(string) string
	mouse   bool   // the terminal reports it
	folder  string // where exports go; empty is the working folder
	draft   draft  // what the editor was left with and could not be taken
	w, h    int
}

// visit is a view as it was left for a link.
type visit struct {
	name string
	view views.View
}

// overlay is what lies over the view in front.
type overlay int

const (
	nothing overlay = iota
	helpOver
	whyOver  // how the view has come to what it says, behind the keys
	textOver // a text that was copied
	formOver // every field of the question
	paletteOver
)

// noticeTime is how long a notice stands.
const noticeTime = 6 * time.Second

type noticeOver struct{ number int }

// NewApp makes the root with the link to begin with. start opens the client; it
// runs as the first command, after the first frame.
func NewApp(specs []views.Spec, env views.Env, project Project, first views.Link, start func() tea.Msg) *App {
	for _, s := range specs {
		env.Views = append(env.Views, s.Name)
	}
	if env.Mask == nil {
		env.Mask = views.NewMask(nil, false, nil)
	}
	a := &App{
		specs: specs, env: env, project: project, front: first.View,
		open: map[string]views.View{}, waiting: map[string][]string{},
		setup:  setup{first: first, start: start},
		copied: paint.Copy, exec: paint.Exec, getenv: os.Getenv,
	}
	a.env.Opened, a.env.Properties = a.linkOf, a.properties
	return a
}

// linkOf is how a view stands that was opened.
func (a *App) linkOf(name string) (views.Link, bool) {
	v := a.open[name]
	if v == nil {
		return views.Link{}, false
	}
	return v.Link(), true
}

// Init opens the client.
func (a *App) Init() tea.Cmd { return a.setup.begin() }

// view is the view in front, nil before there is one.
func (a *App) view() views.View { return a.open[a.front] }

// Update takes every message of the program. When another view has come to the
// front, all are told.
func (a *App) Update(msg tea.Msg) tea.Cmd {
	cmd := tea.Batch(a.update(msg), a.watchBudget())
	if a.follow() {
		cmd = tea.Batch(cmd, a.keepSoon())
	}
	if v := a.view(); v != nil && v != a.seen {
		a.seen = v
		cmd = tea.Batch(cmd, a.all(views.Front{View: v}))
	}
	return cmd
}

func (a *App) update(msg tea.Msg) tea.Cmd {
	if mine, cmd := a.tookNames(msg); mine {
		return cmd
	}
	if mine, _ := a.meter.lapse.Update(msg); mine {
		return nil // the frame is drawn anew, with the budget as it is now
	}
	version := a.taking.Version
	if mine, cmd := a.taking.Update(msg); mine {
		if a.taking.Version != version && !a.taking.Loading() {
			return tea.Batch(cmd, a.took())
		}
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.w, a.h = msg.Width, msg.Height
		return a.resize()
	case tea.KeyMsg:
		return a.press(msg)
	case tea.MouseMsg:
		return a.point(msg)
	case opened:
		return a.opened(msg)
	case progressed:
		return a.setup.took(msg)
	case views.Goto:
		return a.goTo(views.Link(msg), true)
	case views.Notice:
		return a.say(msg)
	case views.Copy:
		return a.copy(msg)
	case libraryRead:
		return a.tookLibrary(msg.library)
	case querySaved:
		return a.saved(msg)
	case keepNow:
		return a.keepInTime()
	case notKept:
		return a.sayNotKept(msg.err)
	case edited:
		return a.tookEdited(msg)
	case noticeOver:
		return a.endNotice(msg)
	case measured:
		return a.showStats(msg.figures)
	}
	return a.all(msg)
}

// all sends a message to every live view.
func (a *App) all(msg tea.Msg) tea.Cmd {
	var cmds []tea.Cmd
	for _, v := range a.live() {
		cmds = append(cmds, v.Update(msg))
	}
	return tea.Batch(cmds...)
}

// live is every view that can still be seen again.
func (a *App) live() []views.View {
	var live []views.View
	add := func(v views.View) {
		if v != nil && !slices.Contains(live, v) {
			live = append(live, v)
		}
	}
	for _, s := range slices.Concat(a.specs, a.hidden()) {
		add(a.open[s.Name])
	}
	for _, b := range a.back {
		add(b.view)
	}
	return live
}

// room is the view's own part of the screen: all but two lines above and two
// below.
func (a *App) room() tea.WindowSizeMsg {
	return tea.WindowSizeMsg{Width: max(a.w, 0), Height: max(a.h-4, 0)}
}

func (a *App) resize() tea.Cmd { return a.all(a.room()) }

// goTo opens a link, masked or not. A link followed from a view comes back with
// esc.
func (a *App) goTo(l views.Link, comeBack bool) tea.Cmd {
	spec, ok := a.spec(l.View)
	if !ok {
		return a.say(views.Notice{Text: "there is no view called " + l.View, Bad: true})
	}
	v, err := spec.New(a.env, a.env.Mask.RevealArgs(l.Args))
	if err != nil {
		return a.say(views.Notice{Text: err.Error(), Bad: true})
	}
	if was := a.view(); was != nil && comeBack {
		a.back = append(a.back, visit{a.front, was})
	}
	replaced := a.open[l.View]
	a.front, a.open[l.View] = l.View, v
	if replaced != nil && !slices.Contains(a.live(), replaced) {
		replaced.Stop()
	}
	return tea.Batch(v.Update(a.room()), v.Init())
}

func (a *App) spec(name string) (views.Spec, bool) {
	for _, s := range slices.Concat(a.specs, a.hidden()) {
		if s.Name == name {
			return s, true
		}
	}
	return views.Spec{}, false
}

// switchTo brings a view to the front, as it was left.
func (a *App) switchTo(name string) tea.Cmd {
	if name != a.front {
		a.came = append(slices.DeleteFunc(a.came, func(n string) bool { return n == name || n == a.front }), a.front)
	}
	return a.bring(name)
}

// bring is switchTo without a way back.
func (a *App) bring(name string) tea.Cmd {
	a.leaveBack()
	if a.open[name] == nil {
		return a.goTo(views.Link{View: name, Args: a.argsOf(name)}, false)
	}
	a.front = name
	return nil
}

func (a *App) say(n views.Notice) tea.Cmd {
	a.notice = n
	a.noticed++
	number := a.noticed
	return tea.Tick(noticeTime, func(time.Time) tea.Msg { return noticeOver{number} })
}

// press sends a key to the one place that it is meant for.
func (a *App) press(msg tea.KeyMsg) tea.Cmd {
	front, over, noticed := a.front, a.over, a.noticed
	cmd := a.pass(msg)
	if (a.front != front || a.over != over) && a.noticed == noticed {
		a.notice = views.Notice{} // it was about what is no longer seen
	}
	return cmd
}

// pass is press without what comes of a change of the screen.
func (a *App) pass(msg tea.KeyMsg) tea.Cmd {
	if do := a.unlettered(msg); do != nil {
		return do()
	}
	switch {
	case a.over != nothing:
		return a.pressOver(msg)
	case a.view() != nil && a.view().Typing():
		return a.view().Update(msg)
	case msg.Paste:
		return nil
	}
	action, ok := keys.Find(a.actions(), msg.String())
	if !ok {
		return nil
	}
	return a.do(action)
}

func (a *App) do(action keys.Action) tea.Cmd {
	if action.Blocked != "" {
		return a.say(views.Notice{Text: first(action.Key.AllShown(), action.Word()) + ": " + action.Blocked})
	}
	return action.Do()
}

// actions is all that can be done now: the view's own first.
func (a *App) actions() []keys.Action {
	var actions []keys.Action
	if v := a.view(); v != nil {
		if v.Typing() {
			return v.Actions() // the text field has all keys
		}
		actions = a.givingUp(v.Actions())
	} else {
		actions = append(actions, a.setup.actions(a)...)
	}
	return append(actions, a.ownActions(actions)...)
}

// ownActions are the root's, without what the view does itself.
func (a *App) ownActions(taken []keys.Action) []keys.Action {
	k := a.env.Keys
	own := []keys.Action{
		{Key: k.Palette, Do: a.openPalette},
		{Key: k.Help, Do: func() tea.Cmd { a.over = helpOver; return nil }},
		{Key: k.Mask, Do: a.toggleMask, Quiet: true},
		{Key: k.Cancel, Do: a.escape, Quiet: len(a.back) == 0},
		{Key: k.Back, Do: a.quitOrBack, Label: a.backWord(), Quiet: len(a.back) > 0},
		{Key: k.Quit, Do: func() tea.Cmd { return tea.Quit }, Quiet: true},
		{Key: k.Suspend, Do: func() tea.Cmd { return tea.Suspend }, Quiet: true},
	}
	if v := a.view(); v != nil {
		own = append(own, keys.Action{Key: k.CopyLine, Do: func() tea.Cmd {
			return views.Send(views.Copy{What: "the query line", Text: "amptui " + v.Link().Line()})
		}, Quiet: true}, keys.Action{Key: k.CopyAs, Do: a.copyAs, Quiet: true})
		own = append(own,
			keys.Action{Key: k.Edit, Do: a.openForm, Blocked: a.noForm()},
			keys.Action{Key: k.Before, Do: a.walk(-1), Blocked: a.noWay(-1), Quiet: true},
			keys.Action{Key: k.After, Do: a.walk(1), Blocked: a.noWay(1), Quiet: true},
			keys.Action{Key: k.Save, Do: a.saveQuery, Blocked: a.notSaved(), Quiet: true})
		own = append(own, a.viewActions()...)
	}
	return slices.DeleteFunc(slices.Concat(own, a.switching(), a.enterLine()), func(o keys.Action) bool {
		return slices.ContainsFunc(taken, func(t keys.Action) bool { return t.Key.Name == o.Key.Name })
	})
}

// Stop gives up everything in flight.
func (a *App) Stop() {
	a.taking.Stop()
	a.names.Stop()
	a.cohorts.Stop()
	a.meter.stop()
	for _, v := range a.live() {
		v.Stop()
	}
}
