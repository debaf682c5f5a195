package views

import (
	"slices"
	"strings"
	"testing"

	"amptui/charts/theme"
)

func TestWhatIsTypedStandsBeforeItsScatteredLetters(t *testing.T) {
	var p Prompt
	choices := []Choice{{Value: "pseudonyms, or theirs"}, {Value: "reopen"}, {Value: "the open one"}, {Value: "opens it"}, {Value: "nothing"}}
	p.Open("x", "", false, choices, nil)
	p.input.SetValue("open")
	p.narrow()
	got := ""
	for _, i := range p.shown {
		got += p.choices[i].Value + "; "
	}
	if want := "opens it; the open one; reopen; "; got != want {
		t.Errorf("%s; want %s", got, want)
	}
}

// What the footer calls a key is found by that word, before what merely holds it.
func TestAChoiceIsFoundByItsOtherWords(t *testing.T) {
	p := Prompt{}
	p.Open("command", "", true, []Choice{
		{Value: "0", Label: "add a segment to compare, or drop one", Also: "segments"},
		{Value: "1", Label: "lay the period before over it", Also: "compare"},
		{Value: "2", Label: "compared with nothing"},
	}, nil)
	p.Typed = func(string) bool { return false }
	for typed, want := range map[string][]string{
		"compare": {"1", "2", "0"}, "period": {"1"}, "segment": {"0"}, "qqq": nil,
	} {
		p.input.SetValue(typed)
		p.narrow()
		var got []string
		for _, i := range p.shown {
			got = append(got, p.choices[i].Value)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s finds %q; want %q", typed, got, want)
		}
		if says := strings.Contains(strings.Join(p.lines(60, 10, theme.Plain()), "\n"), "nothing matches"); says != (want == nil) {
			t.Errorf("%s: says that nothing matches: %v", typed, says)
		}
	}
}
