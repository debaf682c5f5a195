package users

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// Spec is the view as the catalogue lists it.
func Spec() views.Spec {
	return views.Spec{
		Name:  "users",
		Title: "Users",
		Use:   "[WHO]",
		Hint:  "a user ID or the beginning of one, a device ID, an Amplitude ID or the address of a profile",
		Short: "Look a user up: who it is and what happened",
		Long: "Look a user up by a user ID or the beginning of one, a device ID, an Amplitude ID or the address of a profile,\n" +
			"and read what happened as a story, the newest first.\n" +
			"A look-up is two calls of the 360 that the API allows in an hour; every further thousand events is one more.",
		Example: "amptui users ada@example.com\n" +
			"amptui users ada@example.com --at 'yesterday 9:30'\n" +
			"amptui users ada@example.com --funnel '\"Checkout Started\" Purchase --within 1d'\n" +
			"amptui users ada@example.com --mask -o md",
		Bind: func(fs *pflag.FlagSet) { s := Default(); s.Bind(fs) },
		New:  open,
		Ask:  ask,

		Marks: []string{
			"A name with a number behind it, as in Song Played ×3, is a run of the same event; a line between two events is a silence, or a property that has changed.",
			"Only what is loaded is searched, counted and compared; the line at the bottom is the user's whole time, with that drawn thick.",
		},
		Figures: figureNames,

		Questions: questions, Personal: true, Finds: true,
	}
}

// questions are what a look-up asks first; what it asks then depends on the
// answer.
func questions(_ time.Time, args []string) ([]api.Question, error) {
	s, err := parse(args)
	if err != nil || s.Who.IsZero() {
		return nil, err
	}
	who := pasted(query.PrintWord(s.Who))
	if who.id != 0 {
		return []api.Question{api.ActivityQuery{User: who.id, Limit: min(s.Limit, pageSize)}}, nil
	}
	return []api.Question{api.UserSearchQuery{Who: query.PrintWord(who.word)}}, nil
}

type view struct {
	env   views.Env
	state State

	look   views.Request[found]      // somebody is looked up
	page   views.Request[arrival]    // more events of the user
	tail   views.Request[arrival]    // new events, while following
	hunt   views.Request[hits]       // a text in the events
	mate   views.Request[found]      // the other user
	firsts views.Request[[2]arrival] // the very first events of both
	all    views.Request[population] // what all users do in the funnel

	found  found // what the last look-up came to
	asked  State // the state that it was asked with
	person *person
	other  *person    // to compare with
	marked *person    // will be compared with the next one that is looked up
	past   []text.Raw // whom one has looked up, the last one first
	told   former     // the user on the screen
	former []former   // the users before, the last one first

	prompt   views.Prompt
	story    story
	wide     map[spot]bool
	hits     hits
	cursor   views.Cursor
	list     views.Cursor // over several matches
	traits   []trait
	trait    views.Cursor
	onWho    bool // the keys move over who the user is
	tree     *tree
	journey  journey // the try of the funnel that got furthest
	latest   journey // the last try, where there are several
	stray    error   // why the funnel cannot be followed here
	dear     int     // what asking all users would cost, where that is too much
	compared comparison
	scroll   views.Cursor // over the comparison
	follow   follow
	front    bool
	pins     []string

	printing bool // drawn for a shell, where no key does anything
	w, h     int
	turn     int // counts what changes the picture
	body     views.Memo[picture]
	word     views.Memo[searched] // the text that is searched for, as it is shown
	preview  map[spot]string      // an event's own properties in a line, where that was drawn
	on       map[spot]string      // what a session was on
}

type picture struct{ turn, w, h int }

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
	v := &view{env: env, state: s, pins: env.Pins, front: true, wide: map[spot]bool{}, preview: map[spot]string{}, on: map[spot]string{}}
	if s.Who.IsZero() {
		v.askWho()
	}
	return v, nil
}

// Link is the state as it stands; with the mask on, without what tells who the
// user is.
func (v *view) Link() views.Link {
	s := v.state.masked(v.env.Mask)
	s.Find = v.findWord()
	return link(s, nil)
}

func link(s State, mask *views.Mask) views.Link {
	s = s.masked(mask)
	fresh := Default()
	return views.Link{View: "users", Args: views.Args(&s, &fresh)}
}

// masked is the state with pseudonyms for what could tell who is meant.
func (s State) masked(mask *views.Mask) State {
	if !mask.On() {
		return s
	}
	s.Who, s.Beside = mask.Pseudonym("user", s.Who), mask.Pseudonym("user", s.Beside)
	s.Find = query.PrintWord(mask.Pseudonym("text", text.New(s.Find)))
	if f, err := parseFunnel(s.Funnel); err == nil {
		f.Steps, f.Who = query.MaskedEvents(f.Steps, mask.Of), f.Who.Masked(mask.Of)
		s.Funnel = printFunnel(f)
	}
	return s
}

func (v *view) Typing() bool { return v.prompt.IsOpen() }

func (v *view) Init() tea.Cmd {
	if v.state.Who.IsZero() {
		return nil
	}
	return v.lookUp()
}

// Stop gives up what is in flight.
func (v *view) Stop() {
	v.look.Stop()
	v.page.Stop()
	v.tail.Stop()
	v.hunt.Stop()
	v.mate.Stop()
	v.firsts.Stop()
	v.all.Stop()
	v.follow.on = false
}

func (v *view) now() time.Time { return v.env.Now().In(v.env.Clock()) }

func (v *view) redraw() { v.turn++ }

// lookUp asks who is meant. A look-up that is still running is given up.
func (v *view) lookUp() tea.Cmd {
	v.page.Stop()
	v.redraw()
	v.asked = v.state
	client, who, limit := v.env.API, pasted(query.PrintWord(v.state.Who)), v.state.Limit
	return v.look.Start(func(ctx context.Context) (found, error) { return find(ctx, client, who, limit) })
}

// choose opens one of several matches.
func (v *view) choose(m api.UserMatch) tea.Cmd {
	f, client, limit := v.found, v.env.API, v.state.Limit
	v.state = v.state.choosing(m)
	v.asked = v.state
	v.redraw()
	return v.look.Start(func(ctx context.Context) (found, error) { return f.open(ctx, client, m, limit) })
}

func (v *view) Update(msg tea.Msg) tea.Cmd {
	if mine, cmd := v.answered(msg); mine {
		return cmd
	}
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		v.w, v.h = msg.Width, msg.Height
		v.redraw()
	case tea.KeyMsg:
		if v.prompt.IsOpen() {
			return v.prompt.Update(msg)
		}
	case views.Masked:
		v.remask()
	case views.Zoned:
		v.env.Moments = msg.Zone
		v.redraw()
	case views.Front:
		return v.inFront(msg.View == views.View(v))
	}
	return nil
}

// answered takes the messages of the questions in flight.
func (v *view) answered(msg tea.Msg) (bool, tea.Cmd) {
	if mine, cmd := take(&v.look, msg, v.tookLook); mine {
		return true, cmd
	}
	if mine, cmd := take(&v.page, msg, v.tookPage); mine {
		return true, cmd
	}
	if mine, cmd := take(&v.tail, msg, v.tookTail); mine {
		return true, cmd
	}
	if mine, cmd := take(&v.hunt, msg, v.tookHits); mine {
		return true, cmd
	}
	if mine, cmd := take(&v.firsts, msg, v.tookFirsts); mine {
		return true, cmd
	}
	if mine, cmd := take(&v.mate, msg, v.tookMate); mine {
		return true, cmd
	}
	return take(&v.all, msg, v.tookAll)
}

// take gives a new answer, or why there is none, to a function.
func take[T any](r *views.Request[T], msg tea.Msg, took func(T, error) tea.Cmd) (bool, tea.Cmd) {
	version := r.Version
	mine, cmd := r.Update(msg)
	if !mine || r.Version == version || r.Loading() {
		return mine, cmd
	}
	return true, tea.Batch(cmd, took(r.Value, r.Err))
}

// tookLook shows what a look-up has come to.
func (v *view) tookLook(f found, err error) tea.Cmd {
	v.redraw()
	if err != nil {
		return nil
	}
	v.keep()
	v.found = f
	v.list = views.Cursor{Len: len(f.matches)}
	if f.first == nil {
		v.show(nil)
		return nil
	}
	v.show(newPerson(f.how, *f.first, v.env.Now()))
	v.remember()
	var cmds []tea.Cmd
	if v.state.At != "" {
		cmds = append(cmds, v.goToMoment())
	}
	if v.state.Find != "" {
		cmds = append(cmds, v.seekText(v.state.Find))
	}
	if !v.state.Beside.IsZero() {
		cmds = append(cmds, v.lookBeside())
	} else if v.marked != nil && v.marked.id != v.person.id {
		v.beside(v.marked, v.person)
		cmds = append(cmds, views.Send(views.Notice{})) // nobody is to be looked up any more
	}
	return tea.Batch(append(cmds, v.askAll()...)...)
}

// show puts a user on the screen, or nobody.
func (v *view) show(p *person) {
	v.person, v.other, v.tree, v.hits = p, nil, nil, hits{}
	v.wide, v.preview, v.on = map[spot]bool{}, map[spot]string{}, map[spot]string{}
	v.cursor, v.trait, v.onWho = views.Cursor{}, views.Cursor{}, false
	v.follow.on = false
	v.tail.Stop()
	v.tell()
	if p != nil && len(v.story.rows) > 1 {
		v.cursor.At = 1 // the newest event, below the head of its session
	}
}

// tell makes the story and the traits again, with the cursor where it was.
func (v *view) tell() {
	v.redraw()
	if v.person == nil {
		v.story, v.traits = story{}, nil
		v.cursor.Len, v.trait.Len = 0, 0
		return
	}
	kind, under := eventRow, spot{}
	if r, ok := v.under(); ok && len(r.of) > 0 {
		kind, under = r.kind, r.newest().spot
	}
	v.told = former{state: v.state, found: v.found, person: v.person}
	v.story = tell(v.person.history, v.showing())
	v.cursor.Len = len(v.story.rows)
	if at := v.story.place(kind, under); at >= 0 && under.page != nil {
		v.cursor.At = at
	}
	v.cursor.Move(0)
	v.traits = traits(v.person.user, v.pins, v.env.Mask, v.now())
	v.trait.Len = len(v.traits)
	v.trait.Move(0)
	v.walkFunnel()
}

// showing is what of the history the state asks for.
func (v *view) showing() told {
	only, names := v.named()
	mute := map[text.Raw]bool{}
	for _, name := range names {
		mute[name] = true
	}
	return told{only: only, mute: mute, wide: v.wide}
}

// under is the row under the cursor.
func (v *view) under() (row, bool) {
	if v.cursor.At < 0 || v.cursor.At >= len(v.story.rows) {
		return row{}, false
	}
	return v.story.rows[v.cursor.At], true
}

// remask draws again what the mask has changed.
func (v *view) remask() {
	v.preview, v.on, v.tree = map[spot]string{}, map[spot]string{}, nil
	v.tell()
	v.compare()
}

// remember keeps whom one looked up, for as long as the program runs.
func (v *view) remember() {
	v.past = slices.DeleteFunc(v.past, func(who text.Raw) bool { return who == v.state.Who })
	v.past = slices.Insert(v.past, 0, v.state.Who)
	v.past = v.past[:min(len(v.past), 20)]
}

// askWho opens the box for whom to look up.
func (v *view) askWho() tea.Cmd {
	choices := make([]views.Choice, len(v.past))
	for i, who := range v.past {
		choices[i] = views.Choice{Value: query.PrintWord(who), Label: v.env.Mask.Pseudonym("user", who).Safe(), Note: "looked up before"}
	}
	v.prompt.Open("look up", "", true, choices, func(typed string) (tea.Cmd, error) {
		who := pasted(strings.Join(v.env.Mask.Reveal([]string{typed}), ""))
		if who.word.IsZero() {
			return nil, errors.New("paste a user ID or the beginning of one, a device ID, an Amplitude ID, or a profile's address")
		}
		s := v.state
		s.Who, s.Beside, s.At, s.Find = text.New(strings.TrimSpace(typed)), text.Raw{}, "", ""
		s.Only, s.Mute = text.Raw{}, nil
		if err := s.check(); err != nil {
			return nil, err
		}
		s.Who = who.word
		if who.id != 0 {
			s.Who = text.New(fmt.Sprintf("amplitude_id=%d", who.id))
		}
		v.state = s
		return v.lookUp(), nil
	})
	v.prompt.Hint = "user ID, the beginning of one, device ID, Amplitude ID or profile address"
	return nil
}
