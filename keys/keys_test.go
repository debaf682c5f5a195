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
