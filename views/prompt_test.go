package views

import "testing"

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
