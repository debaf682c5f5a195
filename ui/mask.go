package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"amptui/config"
	"amptui/views"
	"amptui/views/query"
)

// toggleMask puts pseudonyms in the place of what tells who users are, or takes
// them away, everywhere at once.
func (a *App) toggleMask() tea.Cmd {
	a.env.Mask.Toggle()
	said := "ids, places and text are shown again"
	if a.env.Mask.On() {
		said = "ids, places and text are pseudonyms now: screen, copies and exports"
	}
	return tea.Batch(a.all(views.Masked{}), a.say(views.Notice{Text: said}))
}

// takeMask takes the mask of a source that was opened, as on or off as the one
// before it: the user may have pressed the key meanwhile.
func (a *App) takeMask(m *views.Mask) {
	if m == nil {
		return
	}
	if m.On() != a.env.Mask.On() {
		m.Toggle()
	}
	a.env.Mask = m
}

// maskBadge is what the header says while the mask is on.
func (a *App) maskBadge() string {
	if a.env.Mask.On() {
		return "masked"
	}
	return ""
}

// masked says whether the mask is on from the start: as --mask says, else as the
// profile does.
func (p *program) masked(profile config.Profile) bool {
	if f := p.global.maskFlag; f != nil && f.Changed {
		return p.global.mask
	}
	return profile.Mask
}

// firstMask is the mask before anything is opened. Its pseudonyms are never
// seen: what it says is whether the mask is on.
func (p *program) firstMask() *views.Mask {
	var profile config.Profile
	if !p.global.demo && len(p.global.events) == 0 {
		profile, _ = p.profile() // the next to ask says what is wrong with it
	}
	return views.NewMask(nil, p.masked(profile), nil)
}

// maskOf is the mask of a profile, and what of its mask_shows is no property.
func (p *program) maskOf(profile config.Profile, key []byte) (*views.Mask, []string) {
	var notes []string
	for _, name := range profile.MaskShows {
		if _, err := query.ParseProperty(name, false); err != nil {
			notes = append(notes, "mask_shows: "+err.Error())
		}
	}
	return views.NewMask(key, p.masked(profile), profile.MaskShows), notes
}
