package ui

import (
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
	"amptui/views"
)

// budgetWords is how much is said of the budget.
type budgetWords int

const (
	budgetNone budgetWords = iota
	budgetShort
	budgetLong
	budgetAll
)

// budget is what this program has spent of the API's 1,000 cost in any five
// minutes, and of the 360 user look-ups of an hour where users are looked up; as
// much of it as is asked for, the one that the view in front spends first. Others
// share the key, so it is "at least". The demo and event files have none to keep.
func (a *App) budget(much budgetWords) string {
	if a.env.API == nil || a.env.Inside {
		return ""
	}
	spent := a.env.API.Spent()
	cost, lookups := charts.Exact(float64(spent.FiveMinutes)), charts.Exact(float64(spent.Lookups))
	spec, _ := a.spec(a.front)
	short, long := a.env.Theme.Glyphs.AtLeast(cost)+"/1k", "≥ "+cost+"/1000 · 5m"
	other := ""
	if spent.Lookups > 0 {
		other = "≥ " + lookups + "/360 look-ups · 1h"
	}
	if spec.Personal {
		other = long
		short, long = a.env.Theme.Glyphs.AtLeast(lookups)+"/360", "≥ "+lookups+"/360 look-ups · 1h"
	}
	switch much {
	case budgetShort:
		return short + " "
	case budgetLong:
		return long + " "
	}
	return strings.Join(given(long, other), "  ") + " "
}

// meter redraws the budget when less of it is spent.
type meter struct {
	lapse views.Alarm
	left  bool // so is the program: nothing begins any more
}

func (m *meter) stop() {
	m.lapse.Stop()
	m.left = true
}

// leastLapse is how long the meter stands at least: what was spent key by key must
// not come back in as many pictures.
const leastLapse = 10 * time.Second

// watchBudget has the frame drawn anew when less of the budget is spent, though no
// key is pressed. Where nothing is spent, nothing happens.
func (a *App) watchBudget() tea.Cmd {
	if a.meter.left || a.meter.lapse.IsSet() || a.env.API == nil || a.env.Inside {
		return nil
	}
	at, ok := a.env.API.Lapses()
	if !ok {
		return nil
	}
	return a.meter.lapse.Set(max(time.Until(at), leastLapse))
}
