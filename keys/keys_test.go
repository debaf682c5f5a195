package keys

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestNoTwoKeysOfOneScreenShareAKeystroke(t *testing.T) {
	m := Default()
	for _, c := range m.conflicts() {
		t.Errorf("%s means both %s and %s", Show(c.keystroke), c.a.Name, c.b.Name)
	}
}

func TestEveryKeyIsListedNamedAndExplained(t *testing.T) {
	m := Default()
	names := map[string]bool{}
	for _, k := range m.All() {
		if k.Name == "" || names[k.Name] || len(k.Keys()) == 0 || k.Help().Desc == "" || k.Place == "" {
			t.Errorf("%q (%v): needs a name of its own, a place, a keystroke and a sentence", k.Name, k.Keys())
		}
		names[k.Name] = true
	}
	if fields := reflect.TypeFor[Map]().NumField(); len(m.All()) != fields {
		t.Errorf("All lists %d keys of %d", len(m.All()), fields)
	}
}

func TestNoKeyNeedsWhatTerminalsKeepForThemselves(t *testing.T) {
	m := Default()
	for _, k := range m.All() {
		for _, s := range k.Keys() {
			for _, bad := range []string{"alt+", "ctrl+shift", "ctrl+a", "ctrl+b", "ctrl+s", "f1"} {
				if strings.HasPrefix(s, bad) {
					t.Errorf("%s is on %s", k.Name, s)
				}
			}
		}
	}
}

// byName is a file that names the actions in the order of the alphabet, from line 1.
func byName(to map[string][]string) func(string) int {
	return func(name string) int {
		at := 1
		for other := range to {
			if other < name {
				at++
			}
		}
		return at
	}
}

func TestRebindingNamesWhatIsWrongWithItsLine(t *testing.T) {
	for says, c := range map[string]struct {
		to   map[string][]string
		line int
	}{
		`there is no key called "mtric"`:                           {map[string][]string{"mtric": {"y"}}, 1},
		`close belongs to text fields`:                             {map[string][]string{"close": {"y"}}, 1},
		`metric: "crtl+x" is no keystroke`:                         {map[string][]string{"log": {"ctrl+x"}, "metric": {"crtl+x"}}, 2},
		`x means interval, and no longer metric, which has no key`: {map[string][]string{"interval": {"x"}, "metric": {"x"}}, 2},
		`i means metric, and no longer interval, which has no key`: {map[string][]string{"metric": {"i"}}, 1},
		`j means metric, and no longer down`:                       {map[string][]string{"metric": {"j"}}, 1},
		`ctrl+c means quit, and no longer log`:                     {map[string][]string{"log": {"ctrl+c"}, "quit": {"Q"}}, 2},
	} {
		m, problems := Default().Rebind(c.to, byName(c.to))
		if len(problems) != 1 || !strings.HasPrefix(problems[0].Text, says) || problems[0].Line != c.line {
			t.Errorf("%v: %v; want %s at line %d", c.to, problems, says, c.line)
		}
		if left := m.conflicts(); len(left) > 0 {
			t.Errorf("%v: %d keystrokes still mean two things", c.to, len(left))
		}
	}
}

func TestRebindingTakesKeystrokesAsTheyAreWritten(t *testing.T) {
	to := map[string][]string{"metric": {"x", "PgDn"}, "mark": {"Space"}, "log": {"Ctrl+X"}, "zero": {}, "solo": {"alt+S"}, "page-down": {"end"}, "bottom": {"G"}}
	m, problems := Default().Rebind(to, byName(to))
	for _, c := range []struct {
		k    Key
		want []string
	}{
		{m.Metric, []string{"x", "pgdown"}}, {m.Mark, []string{" "}}, {m.Log, []string{"ctrl+x"}}, {m.Zero, nil}, {m.Solo, []string{"alt+S"}},
	} {
		if !slices.Equal(c.k.Keys(), c.want) {
			t.Errorf("%s is on %q; want %q", c.k.Name, c.k.Keys(), c.want)
		}
	}
	if len(problems) > 0 {
		t.Errorf("the problems are %v", problems)
	}
	if d := Default(); d.Metric.Keys()[0] != "m" {
		t.Error("rebinding changed the default map")
	}
}

func TestSomethingAlwaysQuits(t *testing.T) {
	to := map[string][]string{"quit": {}, "back": {}, "cancel": {"ctrl+c"}}
	m, _ := Default().Rebind(to, byName(to))
	if !slices.Equal(m.Quit.Keys(), []string{"ctrl+c"}) || slices.Contains(m.Cancel.Keys(), "ctrl+c") {
		t.Errorf("quit is on %v, cancel on %v", m.Quit.Keys(), m.Cancel.Keys())
	}
}

func TestTheFooterShowsWhatWorksAndPairsTogether(t *testing.T) {
	m := Default()
	do := func() tea.Cmd { return nil }
	hints := Footer([]Action{
		{Key: m.Left, Do: do},
		{Key: m.Metric, Do: do, Blocked: "no"},
		{Key: m.Right, Do: do},
		{Key: m.Dates, Do: do},
		{Key: m.Log, Do: do, Quiet: true},
	})
	want := []Hint{{"h/l", "cursor"}, {"d", "dates"}}
	if !reflect.DeepEqual(hints, want) {
		t.Errorf("the footer is %v; want %v", hints, want)
	}
}

// FuzzRebind holds that whatever the configuration says, the map is usable: no two
// keys of a screen share a keystroke, something quits, what is wrong is said, and a
// key that was not named has at most lost a keystroke.
func FuzzRebind(f *testing.F) {
	f.Add("metric", "i", "down", "x")
	f.Add("quit", "", "cancel", "ctrl+c")
	f.Add("nope", "space", "take", "enter")
	f.Add("metric", "\x1b[31m", "log", "\xff")
	f.Fuzz(func(t *testing.T, a, one, b, two string) {
		to := map[string][]string{a: {one}, b: {two, one}}
		before, fresh := Default(), Default()
		m, problems := before.Rebind(to, byName(to))
		if left := m.conflicts(); len(left) > 0 || !slices.Contains(m.Quit.Keys(), "ctrl+c") {
			t.Errorf("%v: %d conflicts, quit on %v", to, len(left), m.Quit.Keys())
		}
		known := 0
		for i, k := range m.All() {
			if _, named := to[k.Name]; named {
				known++
				continue
			}
			for _, had := range k.Keys() {
				if !slices.Contains(fresh.All()[i].Keys(), had) {
					t.Errorf("%v: %s has got %q", to, k.Name, had)
				}
			}
			if len(k.Keys()) < len(fresh.All()[i].Keys()) && len(problems) == 0 {
				t.Errorf("%v: that %s has lost a key is not said", to, k.Name)
			}
		}
		if known < len(to) && len(problems) == 0 {
			t.Errorf("%v: that there is no such key is not said", to)
		}
		if !reflect.DeepEqual(before, fresh) {
			t.Error("the map that was rebound is another one itself")
		}
	})
}
