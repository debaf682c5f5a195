package keys

import (
	"reflect"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
)

func TestNoTwoKeysOfOneScreenShareAKeystroke(t *testing.T) {
	m := Default()
	if problems := m.conflicts(); len(problems) > 0 {
		t.Error(strings.Join(problems, "\n"))
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

func TestRebindingNamesWhatIsWrong(t *testing.T) {
	m, problems := Default().Rebind(map[string][]string{"metric": {"x"}, "mtric": {"y"}, "interval": {"x"}, "mark": {"space"}})
	if !reflect.DeepEqual(m.Metric.Keys(), []string{"x"}) || !reflect.DeepEqual(m.Mark.Keys(), []string{" "}) {
		t.Errorf("metric is on %v, mark on %q", m.Metric.Keys(), m.Mark.Keys())
	}
	said := strings.Join(problems, "; ")
	for _, want := range []string{`"mtric"`, "x means both interval and metric"} {
		if !strings.Contains(said, want) {
			t.Errorf("the problems are %q; want %q among them", said, want)
		}
	}
	if d := Default(); d.Metric.Keys()[0] != "m" {
		t.Error("rebinding changed the default map")
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

// FuzzRebind holds that whatever the configuration says, the map is usable: every key
// has its name, what is wrong is said, and nothing else has changed.
func FuzzRebind(f *testing.F) {
	f.Add("metric", "x", "i")
	f.Add("nope", "space", "ctrl+a")
	f.Add("take", "enter", "")
	f.Add("metric", "\x1b[31m", "\xff")
	f.Fuzz(func(t *testing.T, name, a, b string) {
		before := Default()
		m, problems := before.Rebind(map[string][]string{name: {a, b}})
		fresh := Default()
		known := false
		for i, k := range m.All() {
			if k.Name == name {
				known = true
			} else if !reflect.DeepEqual(k.Keys(), fresh.All()[i].Keys()) {
				t.Errorf("%s has changed too", k.Name)
			}
			_ = k.AllShown()
		}
		if !known && len(problems) == 0 {
			t.Errorf("that there is no key called %q is not said", name)
		}
		if !reflect.DeepEqual(before, fresh) {
			t.Error("the map that was rebound is another one itself")
		}
	})
}
