package ui

import (
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api/text"
	"amptui/config"
	"amptui/views"
	"amptui/views/query"
)

// keepAfter is how long after a change a session is kept, so that keys in quick
// succession write once.
const keepAfter = 2 * time.Second

// keeper writes sessions in the order in which they were taken: an older one that
// comes late writes nothing.
type keeper struct {
	write func(config.Session) error

	mu   sync.Mutex
	last int
}

func (k *keeper) keep(number int, s config.Session) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if number <= k.last {
		return nil
	}
	k.last = number
	return k.write(s)
}

// keeping is what the root knows of what is kept.
type keeping struct {
	judged judged // what may be kept of the question in front

	due   bool // a session will be kept soon
	taken int  // counts sessions
	last  config.Session
}

// keepNow is the time to keep the session; notKept says why that failed.
type (
	keepNow struct{}
	notKept struct{ err error }
)

// keepSoon keeps the session in a while, where sessions are kept.
func (a *App) keepSoon() tea.Cmd {
	if a.memory.keeper == nil || a.keeping.due {
		return nil
	}
	a.keeping.due = true
	return tea.Tick(keepAfter, func(time.Time) tea.Msg { return keepNow{} })
}

// keepInTime writes the session as it is now, beside the program's loop.
func (a *App) keepInTime() tea.Cmd {
	a.keeping.due = false
	s, ok := a.session()
	if !ok {
		return nil
	}
	keeper, number := a.memory.keeper, a.keeping.taken
	return func() tea.Msg {
		if err := keeper.keep(number, s); err != nil {
			return notKept{err}
		}
		return nil
	}
}

// keepLast writes how the program is left.
func (a *App) keepLast() error {
	s, ok := a.session()
	if !ok {
		return nil
	}
	return a.memory.keeper.keep(a.keeping.taken, s)
}

// session is how the program stands, false where that need not be kept.
func (a *App) session() (config.Session, bool) {
	if a.memory.keeper == nil || a.view() == nil {
		return config.Session{}, false
	}
	s := config.Session{Front: a.front, Lines: a.lines(), Recent: slices.Clone(a.recent)}
	if spec, ok := a.spec(a.front); !ok || spec.Personal {
		s.Front = a.specs[0].Name
	}
	if reflect.DeepEqual(s, a.keeping.last) {
		return s, false
	}
	a.keeping.last = s
	a.keeping.taken++
	return s, true
}

// sayNotKept says that nothing is kept, once.
func (a *App) sayNotKept(err error) tea.Cmd {
	a.memory.keeper = nil
	return a.say(views.Notice{Text: text.Clean(err.Error()) + ": what you do now is not restored next time", Bad: true})
}

// lines are the query lines of the views that are open, but for those about users.
func (a *App) lines() []string {
	var out []string
	for _, s := range slices.Concat(a.specs, a.hidden()) {
		args, ok := a.waiting[s.Name]
		if v := a.open[s.Name]; v != nil {
			args, ok = a.asked(v).Args, true
		}
		if l := (views.Link{View: s.Name, Args: args}); ok && !a.personal(l) {
			out = append(out, l.Line())
		}
	}
	return out
}

// personal says whether a question is about users: a look-up, or one with a mail
// address in it or a filter by an id or the like. Such a line is never written to
// disk by itself.
func (a *App) personal(l views.Link) bool {
	spec, ok := a.spec(l.View)
	return !ok || spec.Personal || slices.ContainsFunc(l.Args, func(word string) bool {
		return strings.Contains(word, "@") || views.NamesSomebody(word)
	}) || hidesSomebody(spec, l.Args)
}

// hidesSomebody says whether a question names series that it hides, and the mask
// would not show those names: they may be ids.
func hidesSomebody(spec views.Spec, args []string) bool {
	hidden := func(args []string) []string {
		fs := pflag.NewFlagSet("", pflag.ContinueOnError)
		spec.Bind(fs)
		if fs.Parse(args) != nil || fs.Lookup("hide") == nil {
			return nil
		}
		return views.FlagArgs(fs.Lookup("hide"))
	}
	if spec.Bind == nil || len(hidden(args)) == 0 {
		return false
	}
	v, err := spec.New(views.Env{Mask: views.NewMask(nil, true, nil)}, args)
	return err != nil || !slices.Equal(hidden(args), hidden(v.Link().Args))
}

// readLine is a query line as a link; a leading "amptui" is as good as none. It is
// false where there is no such view.
func (a *App) readLine(line string) (views.Link, bool) {
	words, err := query.Split(line)
	if err != nil {
		return views.Link{}, false
	}
	if len(words) > 0 && words[0] == "amptui" {
		words = words[1:]
	}
	if len(words) == 0 {
		return views.Link{}, false
	}
	_, ok := a.spec(words[0])
	return views.Link{View: words[0], Args: words[1:]}, ok
}

// restore makes links of the lines of the last session: the one in front is
// opened, unless the user has named another, and the others wait until they are
// looked at. Lines that are not understood any more are passed over.
func (a *App) restore(s config.Session, named bool) (views.Link, bool) {
	var first views.Link
	for _, line := range s.Lines {
		l, ok := a.readLine(line)
		if !ok || a.personal(l) {
			continue
		}
		spec, _ := a.spec(l.View)
		if _, err := spec.New(a.env, l.Args); err != nil {
			continue
		}
		if l.View == s.Front && !named {
			first = l
		} else {
			a.waiting[l.View] = l.Args
		}
	}
	return first, first.View != ""
}
