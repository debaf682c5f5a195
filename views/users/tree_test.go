package users

import (
	"encoding/json"
	"strings"
	"testing"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
)

// lines is the tree as it is drawn.
func (t *tree) text(w int) string {
	var out []string
	for _, l := range t.lines {
		out = append(out, strings.TrimRight(t.draw(l, false, w, theme.Plain()), " "))
	}
	return strings.Join(out, "\n")
}

func TestATreeOpensSearchesAndNamesItsPlaces(t *testing.T) {
	tree := newTree("x", json.RawMessage(`{"z":null,"event_properties":{"items":[{"name":"A"},{"weird key":{"deep":"needle"}}],"n":12345678901234567890},"event_type":"Song","y":{}}`), "event_type", "event_properties")
	want := `   event_type  "Song"
 ▾ event_properties  2 names
   ▸ items  2 values
     n  12345678901234567890
 ▸ empty  2 without a value`
	if got := tree.text(60); got != want {
		t.Fatalf("the tree is\n%s; want\n%s", got, want)
	}
	tree.find = "NEEDLE"
	if !tree.next(1) || tree.under().path() != `event_properties.items[1]["weird key"].deep` || tree.under().word() != "needle" {
		t.Errorf("found at %s", tree.under().path())
	}
	for _, path := range []string{`event_properties.items[1]["weird key"].deep`, `event_properties.items[1]["weird key"]`, `event_properties.items[1]`, `event_properties.items`} {
		if got := tree.under().path(); got != path {
			t.Errorf("on the way out: %s; want %s", got, path)
		}
		for at := tree.under(); tree.under() == at; tree.out() {
			if at.up == tree.root || at.path() == "event_properties.items" {
				break
			}
		}
	}
	tree.find = "nowhere"
	if tree.next(1) {
		t.Error("what is not there is found")
	}
}

func TestAnOpenedTextIsWholeUpToItsLimit(t *testing.T) {
	long := strings.Repeat("0123456789", 100_000)
	doc, _ := json.Marshal("first\n\x1b[31msecond\t" + long)
	tree := newTree("x", doc)
	if len(tree.lines) < mostText/60 {
		t.Fatalf("%d lines", len(tree.lines))
	}
	shown := ""
	for _, l := range tree.lines {
		line := tree.draw(l, false, 60, theme.Plain())
		if text.Clean(line) != line || charts.Width(line) > 60 {
			t.Fatalf("a line is %q", line)
		}
		shown += strings.TrimSpace(line)
	}
	if !strings.Contains(shown, "first␛[31msecond") || !strings.HasSuffix(shown, "bytes more, which a copy of the value holds") {
		t.Errorf("it begins %q and ends %q", shown[:60], shown[len(shown)-60:])
	}
	if got := strings.Count(shown, "0123456789"); got < mostText/10-20 {
		t.Errorf("%d of the %d parts are there", got, mostText/10)
	}
}

func FuzzTree(f *testing.F) {
	for _, doc := range []string{`{"a":[1,2,{"b":null}]}`, `"text"`, `[]`, `12`, `{"a":{"a":{"a":{}}}}`, `{`, ``, `nul`, `{"a":"\u001b[2J","a":1}`, `"\ud800"`} {
		f.Add(doc, 40, "a")
	}
	f.Fuzz(func(t *testing.T, doc string, w int, find string) {
		w = 8 + (w%120+120)%120
		tree := newTree("x", json.RawMessage(doc), "a")
		tree.wide, tree.find = w, find
		tree.lay()
		for range 20 {
			tree.into()
			tree.next(1)
			tree.cursor.Move(1)
		}
		for _, l := range tree.lines[:min(len(tree.lines), 200)] {
			line := tree.draw(l, true, w, theme.Plain())
			if clean := text.CleanWhole(line); clean != line {
				t.Fatalf("%q draws %q", doc, line)
			}
			if charts.Width(line) > w+8 {
				t.Fatalf("%q draws %d cells in %d: %q", doc, charts.Width(line), w, line)
			}
		}
		for range 40 {
			tree.out()
		}
	})
}
