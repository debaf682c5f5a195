package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
	viewform "amptui/views/form"
)

// elsewhere is what the root can change to without being left.
type elsewhere struct {
	profiles []config.Profile                   // of the configuration
	open     func(name string, demo bool) place // one of them, or the demo; nil where nothing else can be opened
	local    *time.Location                     // this computer's zone
}

// place is what is known of a profile before it is opened, and what opens it.
type place struct {
	project Project
	mask    *views.Mask
	start   func() tea.Msg
}

// demoWord stands for the demo among the profiles.
const demoWord = "demo"

// switching are the actions that change the profile and the zone of moments.
func (a *App) switching() []keys.Action {
	blocked := ""
	switch {
	case a.setup.elsewhere.open == nil:
		blocked = "event files are open; quit and start without --events"
	case a.view() == nil && a.setup.err == nil:
		blocked = "it is still opening"
	}
	own := []keys.Action{{Key: a.env.Keys.Profile, Do: a.chooseProfile, Take: a.takeProfile, Blocked: blocked, Quiet: a.setup.err == nil}}
	if a.view() != nil {
		own = append(own, keys.Action{Key: a.env.Keys.Zone, Do: a.nextClock, Take: a.takeClock, Quiet: true})
	}
	return own
}

// chooseProfile offers the profiles there are.
func (a *App) chooseProfile() tea.Cmd {
	a.over, a.palette.command = paletteOver, false
	a.palette.offer = nil
	a.palette.prompt.Open("profile", "", true, a.profileChoices(), a.takeProfile)
	a.palette.prompt.Hint = "amptui login --profile NAME adds one"
	a.palette.prompt.PickBest()
	return nil
}

func (a *App) profileChoices() []views.Choice {
	var choices []views.Choice
	for _, p := range a.setup.elsewhere.profiles {
		choices = append(choices, views.Choice{
			Value: p.Name, Label: text.Clean(p.Name),
			Note: views.Joined(a.env.Theme.Glyphs.Dot, text.Clean(p.Project), first(p.Region, text.Clean(p.BaseURL), "us")),
		})
	}
	if a.hasProfile(demoWord) {
		return choices
	}
	return append(choices, views.Choice{Value: demoWord, Note: "a built-in project: no account, no network"})
}

func (a *App) hasProfile(name string) bool {
	return slices.ContainsFunc(a.setup.elsewhere.profiles, func(p config.Profile) bool { return p.Name == name })
}

// takeProfile leaves everything as the profile in use has it, and opens another.
func (a *App) takeProfile(name string) (tea.Cmd, error) {
	name = strings.TrimSpace(name)
	var names []string
	for _, c := range a.profileChoices() {
		if c.Value == name {
			return a.switchProfile(name), nil
		}
		names = append(names, c.Value)
	}
	if name == "" {
		return nil, fmt.Errorf("name one of %s", text.Clean(strings.Join(names, ", ")))
	}
	return nil, noSuch("profile", name, names)
}

// switchProfile opens a profile. The mask stays on where it is on, and goes on where
// the profile wants it.
func (a *App) switchProfile(name string) tea.Cmd {
	kept := a.keepInTime()
	for _, v := range a.live() {
		v.Stop()
	}
	a.taking.Stop()
	a.names.Stop()
	a.cohorts.Stop()
	a.meter.lapse.Stop()
	to := a.setup.elsewhere.open(name, !a.hasProfile(name))
	if to.mask.On() && !a.env.Mask.On() {
		a.env.Mask = to.mask
	}
	a.setup.err, a.setup.start, a.setup.named = nil, to.start, false
	a.setup.first = views.Link{View: a.specs[0].Name}
	a.project, a.front = to.project, a.specs[0].Name
	a.open, a.waiting, a.back = map[string]views.View{}, map[string][]string{}, nil
	a.came = nil
	a.trail, a.recent, a.memory, a.keeping = trail{}, nil, memory{}, keeping{}
	a.form, a.draft, a.seen, a.over = (*viewform.Form)(nil), draft{}, nil, nothing
	a.names, a.cohorts, a.notice = views.Request[api.EventList]{}, views.Request[api.CohortList]{}, views.Notice{}
	a.env.API, a.env.Now, a.env.Moments = nil, time.Now, nil
	return tea.Batch(kept, to.start)
}

// nextClock tells moments in the next zone: the project's, this computer's, UTC.
func (a *App) nextClock() tea.Cmd {
	zones := a.clocks()
	now := a.env.Clock().String()
	next := 0
	for i, z := range zones {
		if z.String() == now {
			next = (i + 1) % len(zones)
		}
	}
	return a.setClock(zones[next])
}

// clocks are the zones to choose from, the project's first, none twice.
func (a *App) clocks() []*time.Location {
	zones := []*time.Location{a.env.Zone}
	for _, z := range []*time.Location{a.setup.elsewhere.local, time.UTC} {
		same := z == nil
		for _, other := range zones {
			same = same || other.String() == z.String()
		}
		if !same {
			zones = append(zones, z)
		}
	}
	return zones
}

// takeClock tells moments in a zone that was typed.
func (a *App) takeClock(name string) (tea.Cmd, error) {
	switch name = strings.TrimSpace(name); strings.ToLower(name) {
	case "":
		return a.nextClock(), nil
	case "project":
		return a.setClock(a.env.Zone), nil
	case "local":
		if a.setup.elsewhere.local != nil {
			return a.setClock(a.setup.elsewhere.local), nil
		}
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%s is not a time zone: write project, local, UTC, Europe/Berlin or America/New_York", text.Clean(name))
	}
	return a.setClock(zone), nil
}

func (a *App) setClock(zone *time.Location) tea.Cmd {
	whose := "the project's zone"
	if a.env.Moments = zone; zone.String() == a.env.Zone.String() {
		a.env.Moments = nil
	} else {
		whose = zone.String()
	}
	now := a.env.Now().In(zone)
	said := fmt.Sprintf("times in %s, %s; the days of charts stay the project's", whose, views.ZoneName(now))
	return tea.Batch(a.all(views.Zoned{Zone: a.env.Moments}), a.say(views.Notice{Text: said}))
}
