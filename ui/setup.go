package ui

import (
	"errors"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/demo"
	"amptui/api/text"
	"amptui/charts"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
)

// setup is the time before there is a client: credentials are read after the
// first frame, and without any the screen says what the ways are.
type setup struct {
	first views.Link
	start func() tea.Msg
	err   error
	demo  func() tea.Msg // opens the demo instead
	named bool           // the user has named the view to begin with

	elsewhere elsewhere
	progress  progress      // of event files; nil where none are read
	far       demo.Progress // how far that was last

	warnings []string // said once the first view is there
}

// opened is what start returns: where the data come from, or why from nowhere.
type opened struct {
	source source
	err    error
}

func (a *App) opened(msg opened) tea.Cmd {
	if msg.err != nil {
		a.setup.err = msg.err
		return nil
	}
	got := msg.source.env
	a.env.API, a.env.Local, a.env.Log, a.env.Inside = got.API, got.Local, got.Log, got.Inside
	a.env.Pins, a.env.SavePins, a.env.Web = got.Pins, got.SavePins, got.Web
	a.env.Visits, a.env.SaveVisits = got.Visits, got.SaveVisits
	a.takeMask(got.Mask)
	if msg.source.project.Profile != "" {
		a.project = msg.source.project
	}
	if got.Now != nil {
		a.env.Now, a.env.Zone = got.Now, got.Zone
	}
	a.warn(msg.source.notes)
	a.memory, a.log = msg.source.memory, msg.source.log
	a.flags, a.inLog = msg.source.flags, nil
	if got.Properties != nil {
		a.inLog = got.Properties()
	}
	a.recent = a.memory.session.Recent
	first := a.setup.first
	if link, ok := a.restore(a.memory.session, a.setup.named); ok {
		first = link
	}
	return tea.Batch(a.goTo(first, false), a.sayWarnings())
}

// warn keeps what must be said once the first view is there.
func (a *App) warn(warnings []string) { a.setup.warnings = append(a.setup.warnings, warnings...) }

// sayWarnings says the first of them and how many there are; without any, how text is
// selected though the program has the mouse.
func (a *App) sayWarnings() tea.Cmd {
	warnings := a.setup.warnings
	if a.setup.warnings = nil; len(warnings) == 0 {
		return a.sayMouse()
	}
	said := text.Clean(warnings[0])
	if n := len(warnings) - 1; n > 0 {
		said += fmt.Sprintf(" (and %d more)", n)
	}
	return a.say(views.Notice{Text: said, Bad: true})
}

func (s *setup) actions(a *App) []keys.Action {
	if s.err == nil {
		return nil
	}
	actions := []keys.Action{{Key: a.env.Keys.Refresh, Label: "try again", Do: func() tea.Cmd {
		s.err = nil
		return s.begin()
	}}}
	if s.demo != nil {
		actions = append(actions, keys.Action{Key: a.env.Keys.Open, Label: "open the demo", Do: func() tea.Cmd {
			s.err = nil
			return s.demo
		}})
	}
	return actions
}

// draw is the first-run screen, or what is being waited for.
func (s *setup) draw(a *App) string {
	th := a.env.Theme
	if s.err == nil {
		return s.waiting(a.w, th)
	}
	lines := []string{""}
	say := func(text string) { lines = append(lines, " "+text) }
	if !errors.Is(s.err, config.ErrNone) {
		for _, line := range charts.Wrap(views.Explain(s.err, a.env.Keys), a.w-2) {
			say(th.Bad.Paint(line))
		}
		if !errors.Is(s.err, config.ErrWay) {
			return strings.Join(lines, "\n") // other keys would not help
		}
		say("")
	}
	say(th.Title.Paint("amptui needs an API key and a secret key. There are four ways:"))
	for i, way := range firstRunWays() {
		if a.h >= 18 {
			say("")
		}
		say(th.Key.Paint(string(rune('1'+i))) + " " + way.is)
		say("  " + th.Accent.Paint(way.typed))
		if why := reason(s.err, way.source); why != "" && a.h >= 24 {
			say("  " + th.Dim.Paint(charts.Cut("now: "+why, a.w-4)))
		}
	}
	if a.h >= 18 {
		say("")
	}
	say("Just to look round: " + th.Key.Paint(views.Named(a.env.Keys.Open)) + " opens the demo (also amptui --demo).")
	return strings.Join(lines, "\n")
}

// way is one way to give credentials.
type way struct {
	source    config.Source
	is, typed string
}

func firstRunWays() []way {
	return []way{
		{config.FromKeyring, "the keyring of this computer:", "amptui login"},
		{config.FromEnv, "the environment:", "AMPLITUDE_API_KEY=… AMPLITUDE_SECRET_KEY=… amptui"},
		{config.FromCommand, "a command that prints them (pass, op, …), in the profile:", `credential_command = ["pass", "show", "amplitude"]`},
		{config.FromFile, "for this session only, or in a file that only you can read:", "amptui login --session   or   amptui login --insecure-storage"},
	}
}

// reason is why a way gave nothing.
func reason(err error, from config.Source) string {
	var none *config.None
	if errors.As(err, &none) {
		for _, r := range none.Reasons {
			if r.Source == from {
				return text.Clean(r.Text)
			}
		}
	}
	return ""
}
