// Package views is what every view is made of: the contract with the root, the
// question in flight, links and query lines, prompts, and errors in words.
package views

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
)

// A View is one screen between header and footer. The root sends keys to the
// view in front, every other message to all of them.
type View interface {
	Init() tea.Cmd
	Update(tea.Msg) tea.Cmd // a tea.WindowSizeMsg is the view's own room
	View() string           // text of that room
	Actions() []keys.Action // what can be done now
	Typing() bool           // plain letters belong to a text field
	Link() Link             // reopens the view as it stands
	Stop()                  // gives up what is in flight
}

// Pointed is a view that knows what stands at a place of it, for a click of the mouse.
// Others are pointed at by what they draw: rows with a cursor, axes.
type Pointed interface {
	// Point moves to what is at a place, counted from the view's upper left corner.
	// on says that the cursor was there already; without ok the view does not know
	// its places as it is drawn now.
	Point(x, y int) (on, ok bool)
}

// Env is what a view gets from outside: everything it may use of the world.
type Env struct {
	API     *api.Client
	Now     func() time.Time
	Zone    *time.Location // the project's
	Moments *time.Location // in which moments are told, where that is not the project's
	Keys    keys.Map
	Theme   theme.Theme
	Views   []string // names of the views there are, for links
	Local   bool     // event files answer: there is no budget to keep
	Log     string   // what is in the event files, in words
	Inside  bool     // this program itself answers: nobody else can ask
	Mask    *Mask    // what stands for values that could tell who a user is; nil is off

	Annotated bool // answers without a screen have the annotations of their dates
	Checked   bool // a check compares their figures

	Pins     []string             // names of the properties that the profile pins
	SavePins func([]string) error // keeps them; nil where they live for this session only
	Web      string               // address of the project's pages in Amplitude's web app, if known

	Visits     *Visits            // when and how the profile last saw the list of events; nil where that is not known
	SaveVisits func(Visits) error // keeps them; nil where they live for this session only

	// Opened is how another view stands, if it was opened; nil where there are no
	// other views.
	Opened func(view string) (Link, bool)

	// Properties are the names of properties that were seen, as filters write them;
	// nil where nobody looks.
	Properties func() []string
}

// Has says whether there is a view of that name.
func (e Env) Has(view string) bool {
	for _, v := range e.Views {
		if v == view {
			return true
		}
	}
	return false
}

// Today is now in the project's zone.
func (e Env) Today() time.Time { return e.Now().In(e.Zone) }

// Clock is the zone in which moments are told, such as those of a user's events. Days
// and other buckets of charts are the API's, and in the project's zone always.
func (e Env) Clock() *time.Location {
	if e.Moments != nil {
		return e.Moments
	}
	return e.Zone
}

// A Spec is a view as the catalogue lists it. The root, the commands, the help
// and the documentation are made from it.
type Spec struct {
	Name    string // the command and the first word of the query line
	Title   string // in the header
	Use     string // its words, as a usage line shows them
	Hint    string // what its words are, for the form
	Short   string // one line for the list of commands
	Long    string // paragraphs for the command's help
	Example string
	Bind    func(*pflag.FlagSet)                                              // the flags with their defaults
	New     func(env Env, args []string) (View, error)                        // opens it on a screen
	Ask     func(ctx context.Context, env Env, args []string) (Answer, error) // answers without a screen

	// Personal says that its questions are about users: they are never written to
	// disk.
	Personal bool

	// Finds says that it looks for what is named: an answer may be [Answer.Nothing].
	Finds bool

	// Without are the words that stand where none are given.
	Without []string

	// About is the event that a view of this spec is about as it stands, Begin the
	// words of a question about an event; nil where there is none. A view that is
	// opened beside another begins with the same event.
	About func(View) (event string, ok bool)
	Begin func(event string) []string

	// Figures are what checks can compare in its answers, known before anything is
	// asked.
	Figures func(args []string) []FigureName

	// Besides is what an answer asks besides its Questions where it is [Env.Checked], as
	// far as that can be known before; nil where that is nothing.
	Besides func(now time.Time, args []string) []api.Question

	// Explain is how a view of this spec has come to what it says, whether what is
	// seen is real: what it says, then the arithmetic. The help shows it; nil where
	// nothing is worked out.
	Explain func(View) []string

	// Notes are what the project has written at the dates that a view of this spec
	// shows, for the help; nil where it shows none.
	Notes func(View) []string

	// Marks are what the signs on its screen mean, a sentence or two each, for the help.
	Marks []string

	// Questions are what goes to the API as of now, in the zone of now, without
	// asking it. An error says in a sentence what cannot be asked.
	Questions func(now time.Time, args []string) ([]api.Question, error)
}

// An Answer is what a view found, ready to be drawn or written.
type Answer struct {
	Link  Link
	Title string       // a heading for charts and Markdown
	Chart charts.Chart // for -o chart
	Table charts.Table // for table, csv, md and plain
	Data  any          // for json: the documented object, without query and zone
	Notes []string     // what a reader must know: unfinished, clamped, sampled, cut

	// Nothing says that what was looked for by name is not there: nobody, no event. A
	// script hears that by the exit code.
	Nothing bool

	// Annotations are what is written at the dates of the answer, a sentence each.
	// Where the chart has a time axis it marks where they begin.
	Annotations []string

	// Leads is the question that a row of the table leads to, as it does on the
	// screen; nil where rows lead nowhere.
	Leads func(row int) Link

	Figures []Figure // what checks can compare

	// Aloud is a row as it is read out behind the row after; -1 is behind none. Whole is
	// all there is to a row: sentences, and what was sent, a line each. Where they are
	// nil, the cells are read with their titles.
	Aloud func(row, after int) string
	Whole func(row int) (said, sent []string)

	// Summary is what stands before the table in Markdown, as Markdown; nothing for
	// most views.
	Summary []string
}
