package views

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views/query"
)

// first runs the asking part of a request's command.
func first(t *testing.T, cmd tea.Cmd) tea.Msg {
	t.Helper()
	batch, ok := cmd().(tea.BatchMsg)
	if !ok || len(batch) == 0 {
		t.Fatal("a request starts nothing")
	}
	return batch[0]()
}

func answerWith(n int) func(context.Context) (int, error) {
	return func(context.Context) (int, error) { return n, nil }
}

func TestOnlyTheLatestAnswerIsTaken(t *testing.T) {
	var r Request[int]
	late := r.Start(answerWith(1))
	newer := r.Start(answerWith(2))
	lateMsg, newerMsg := first(t, late), first(t, newer)
	if mine, _ := r.Update(lateMsg); !mine || r.Has {
		t.Errorf("a late answer: mine %v, taken %v", mine, r.Has)
	}
	if mine, _ := r.Update(newerMsg); !mine || r.Value != 2 || r.Version != 1 {
		t.Errorf("the newer answer: mine %v, %d, version %d", mine, r.Value, r.Version)
	}
	var other Request[int]
	if mine, _ := other.Update(newerMsg); mine {
		t.Error("a request takes another one's answer")
	}
}

func TestANewerQuestionCancelsTheOlder(t *testing.T) {
	var r Request[int]
	var seen error
	cmd := r.Start(func(ctx context.Context) (int, error) {
		<-ctx.Done()
		seen = ctx.Err()
		return 0, ctx.Err()
	})
	r.Start(answerWith(2))
	if mine, _ := r.Update(first(t, cmd)); !mine || !errors.Is(seen, context.Canceled) || r.Err != nil {
		t.Errorf("mine %v, the question saw %v, the view an error %v", mine, seen, r.Err)
	}
}

func TestTheLastGoodValueStaysBehindAnError(t *testing.T) {
	var r Request[int]
	r.Update(first(t, r.Start(answerWith(7))))
	failed := errors.New("failed")
	r.Update(first(t, r.Start(func(context.Context) (int, error) { return 0, failed })))
	if r.Value != 7 || !r.Has || !errors.Is(r.Err, failed) || r.Version != 2 {
		t.Errorf("%d, %v, %v, version %d", r.Value, r.Has, r.Err, r.Version)
	}
}

func TestFilterWordsMatchAsTheyAreWritten(t *testing.T) {
	names := []string{"Song Played", "Song Skipped", "Purchase", "Playlist Opened"}
	for filter, want := range map[string][]int{
		"": {0, 1, 2, 3}, "song": {0, 1}, "sgpl": {0}, "'play": {0, 3}, "!song": {2, 3}, "'play !list": {0}, "song !skip": {0}, "zzz": nil,
	} {
		if got := Find(filter, names); !slices.Equal(got, want) {
			t.Errorf("%q finds %v; want %v", filter, got, want)
		}
	}
}

func TestAFilterShowsTheLettersItMatched(t *testing.T) {
	for _, c := range []struct {
		filter, name string
		want         []int
	}{
		{"play", "Song Played", []int{5, 6, 7, 8}},
		{"lis", "Playlist List", []int{9, 10, 11}}, // the beginning of a word before its middle
		{"lay", "Song Played", []int{6, 7, 8}},
		{"sgp", "Song Played", []int{0, 3, 5}},
		{"РҐ", "Гра рґ", []int{7, 9}}, // letters of two bytes
		{"son ed !x 'pl", "Song Played", []int{0, 1, 2, 9, 10}},
		{"'song", "Song Played", nil},
		{"", "Song Played", nil},
	} {
		if got := Letters(c.filter, c.name); !slices.Equal(got, c.want) {
			t.Errorf("%q in %q: %v; want %v", c.filter, c.name, got, c.want)
		}
	}
	// What is no letter of the name, in its order, is no match.
	if got := Find("abc", []string{"axc", "cba", "aXbXc"}); !slices.Equal(got, []int{2}) {
		t.Errorf("abc finds %v", got)
	}
}

func TestAPromptKeepsWhatIsWrongAndGivesBackWhatIsChosen(t *testing.T) {
	var p Prompt
	taken := ""
	p.Open("x", "", true, []Choice{{Value: "alpha"}, {Value: "beta"}}, func(v string) (tea.Cmd, error) {
		if v == "bad" {
			return nil, errors.New("that is bad")
		}
		taken = v
		return nil, nil
	})
	typeIn := func(s string) {
		for _, r := range s {
			p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
		}
	}
	typeIn("bad")
	p.Update(tea.KeyMsg{Type: tea.KeyEnter})
	if body := p.Over(charts.Fit("", 40, 10), 40, 10, theme.Plain()); !p.IsOpen() || !strings.Contains(body, "that is bad") || !strings.Contains(body, "> bad") {
		t.Errorf("after a wrong word:\n%s", body)
	}
	for range 3 {
		p.Update(tea.KeyMsg{Type: tea.KeyBackspace})
	}
	typeIn("bt")
	p.Update(tea.KeyMsg{Type: tea.KeyDown})
	p.Update(tea.KeyMsg{Type: tea.KeyEnter})
	if taken != "beta" || p.IsOpen() {
		t.Errorf("took %q, open %v", taken, p.IsOpen())
	}
}

func TestAPromptOffersTheMostCommonOfWhatMatchesAlike(t *testing.T) {
	list := []api.EventType{
		{Name: text.New("Late Payment"), Totals: 900},
		{Name: text.New("Pay"), Totals: 1},
		{Name: text.New("Payment Failed"), Totals: 10},
		{Name: text.New("Payment Lost"), Totals: math.NaN()},
		{Name: text.New("Payment Submitted"), Totals: 52},
		{Name: text.New("App Closed"), Totals: 9000},
	}
	for typed, want := range map[string]string{"paym": "Payment Submitted", "pay": "Pay", "payment l": "Payment Lost", "payment": "Payment Submitted", "late": "Late Payment", "ps": "Payment Submitted"} {
		var p Prompt
		taken := ""
		p.Open("event", "", true, EventChoices(list), func(v string) (tea.Cmd, error) { taken = v; return nil, nil })
		p.PickBest()
		p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(typed)})
		p.Update(tea.KeyMsg{Type: tea.KeyEnter})
		if taken != want {
			t.Errorf("%q takes %q, want %q", typed, taken, want)
		}
	}
}

func TestAPasteIsText(t *testing.T) {
	var p Prompt
	p.Open("x", "", true, nil, func(string) (tea.Cmd, error) { return nil, nil })
	p.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune("a\x1b[31m\nb"), Paste: true})
	for _, line := range strings.Split(p.Over(charts.Fit("", 40, 5), 40, 5, theme.Plain()), "\n") {
		if strings.ContainsAny(line, "\x1b\r") {
			t.Errorf("%q", line)
		}
	}
	if !p.IsOpen() {
		t.Error("a line break in a paste was taken for enter")
	}
}

func TestTheHeadIsCutBetweenWords(t *testing.T) {
	h := Head{Info: "26 Oct to 24 Nov 2026 · back on day N", Notes: []string{"* not over"}}
	for w := 30; w < 90; w++ {
		info, _, _ := strings.Cut(strings.Split(h.Draw(w, theme.Plain()), "\n")[1], " · * not over")
		info = strings.TrimSuffix(strings.TrimSpace(info), "…")
		if !strings.HasPrefix(h.Info+" ", info+" ") {
			t.Errorf("on %d columns stands %q", w, info)
		}
	}
}

// The footer names no key that does nothing.
func TestOneRowIsNotWalkedOver(t *testing.T) {
	for _, rows := range [][]int{{1}, {2}, {1, 1}} {
		var c Cells
		c.Over(rows, 3)
		for _, a := range c.Actions(keys.Default(), "series", "day", 10, func() {}) {
			was := c
			if a.Key.Shown() != keys.Default().Down.Shown() || a.Blocked != "" {
				continue
			}
			if a.Do(); c.Row == was.Row && c.Group == was.Group {
				t.Errorf("of %v: down goes nowhere", rows)
			}
		}
	}
}

func TestCohortsOfSeveralYearsSayWhich(t *testing.T) {
	old, young := time.Date(2014, 10, 1, 0, 0, 0, 0, time.UTC), time.Date(2021, 10, 1, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		times []time.Time
		i     api.Interval
		want  string
	}{
		{[]time.Time{{}, young, young.AddDate(0, 0, 1)}, api.Day, "Fri 1 Oct"},
		{[]time.Time{{}, young, old}, api.Day, "1 Oct 2021"},
		{[]time.Time{young, old}, api.Month, "Oct 2021"},
		{nil, api.Day, "Fri 1 Oct"},
	} {
		named := CohortNames(c.times, c.i)
		if got := named(young, text.New("x")); got != c.want {
			t.Errorf("of %v: %q; want %q", c.times, got, c.want)
		}
		if got := named(time.Time{}, text.New("no date")); got != "no date" {
			t.Errorf("a label that is no date is %q", got)
		}
	}
}

// flags is a state of a flag of each kind.
type flags struct {
	n    int
	on   bool
	list []text.Raw
}

func (f *flags) Bind(fs *pflag.FlagSet) {
	fs.IntVar(&f.n, "n", 0, "")
	fs.BoolVar(&f.on, "on", false, "")
	fs.Var(query.ListFlag(&f.list, "WORD", query.ParseWord, query.PrintWord), "word", "")
}
func (f *flags) Take([]string) error { return nil }
func (f *flags) Words() []string     { return nil }

func TestAWrongValueIsSaidInWords(t *testing.T) {
	for arg, want := range map[string]string{
		"--n=x":                      "--n: x is not a whole number, as in 20",
		"--n=99999999999999999999":   "--n: 99999999999999999999 is too large a number",
		"--n=":                       "--n: its value is missing: write one, or leave the flag out",
		"--on=maybe":                 "--on: maybe is not true or false: leave it out, or write the flag alone",
		"--n=1 --n=2":                "--n: it is given twice: leave one out",
		"--word=a --word=b --word=a": "--word: a is given twice: leave one out",
		"--wrd=a":                    "there is no flag --wrd: did you mean --word?",
	} {
		if err := Parse(&flags{}, strings.Fields(arg)); err == nil || err.Error() != want {
			t.Errorf("%s: %v; want %s", arg, err, want)
		}
	}
}
