package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views/query"
)

// talking runs the program for those who listen, with what they type.
func talking(t *testing.T, args []string, typed ...string) (string, int) {
	t.Helper()
	s := newShell(t)
	s.in = strings.Join(typed, "\n") + "\n"
	code := s.run(demoArgs(append(args, "--accessible")...)...)
	if s.errs != "" {
		t.Errorf("%q talks beside the output: %s", typed, s.errs)
	}
	return s.out, code
}

// Every view can be asked by its number, and what is said can be read out.
func TestEveryViewCanBeListenedTo(t *testing.T) {
	for i, spec := range catalog() {
		words := map[string]string{"users": "ada@example.com", "funnel": "1 6", "chart": "plays7d"}[spec.Name]
		out, code := talking(t, nil, fmt.Sprint(i+1), words, "quit")
		if code != 0 || !strings.Contains(out, "Question: "+spec.Name) || !strings.Contains(out, "\nRow 1: ") {
			t.Errorf("%s: %d\n%s", spec.Name, code, out)
		}
		for _, r := range out {
			if r < ' ' && r != '\n' || strings.ContainsRune("▲▼→±≥·×–│─█●", r) || unicode.In(r, unicode.Braille) {
				t.Errorf("%s: a reader stumbles over %q:\n%s", spec.Name, r, out)
				break
			}
		}
	}
}

// Whoever listens hears the numbers of the twin that prints.
func TestWhatIsHeardIsWhatIsPrinted(t *testing.T) {
	line := `segment Purchase --by platform --vs prev`
	words, _ := query.Split(line)
	s := newShell(t)
	s.run(demoArgs(append(words, "-o", "json")...)...)
	var printed segmentJSON
	if err := json.Unmarshal([]byte(s.out), &printed); err != nil {
		t.Fatal(err, s.errs)
	}
	heard, _ := talking(t, nil, line)
	for _, series := range printed.Series {
		if series.Total == nil || strings.Contains(series.Label, "before") {
			continue
		}
		if want := "total of " + series.Label + ": " + charts.Exact(*series.Total); !strings.Contains(heard, want) {
			t.Errorf("nobody says %q:\n%s", want, heard)
		}
	}
	for _, want := range []string{"Question: " + line, "the period before", "not complete", "of the day", "The table has 30 rows"} {
		if !strings.Contains(heard, want) {
			t.Errorf("nobody says %q:\n%s", want, heard)
		}
	}
}

func TestAConversationGoesOnAndBack(t *testing.T) {
	asked := func(typed ...string) []string {
		out, _ := talking(t, nil, typed...)
		var lines []string
		for _, line := range strings.Split(out, "\n") {
			if q, ok := strings.CutPrefix(line, "Question: "); ok {
				lines = append(lines, q)
			}
		}
		return lines
	}
	got := asked("segment Purchase", "retention", "back", "again", "amptui revenue", "quit", "events")
	if want := "segment Purchase|retention|segment Purchase|segment Purchase|revenue"; strings.Join(got, "|") != want {
		t.Errorf("asked %s; want %s", strings.Join(got, "|"), want)
	}
	out, code := talking(t, nil, "again", "back", "more", "row 1", "99", "segmnt", "segment Purchase --frob", "segment Purchas", `segment "`, "retention", "row 496", "more", "row 11", "help", "help funnel")
	for _, want := range []string{
		"nothing was asked yet", "no question before", fmt.Sprintf("from 1 to %d", len(catalog())), "did you mean segment?", "--frob", "did you mean Purchase?",
		"from 1 to 495", "Row 11: all cohorts; users", "Row 20: ", "475 rows follow", "again asks the last question anew", "--within: conversion window",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("nobody says %q:\n%s", want, out)
		}
	}
	if code != 0 {
		t.Errorf("the end of the input is %d", code)
	}
}

// A question on the command line comes first; what is to be printed is printed.
func TestWhoAsksForWordsGetsThem(t *testing.T) {
	if out, _ := talking(t, []string{"segment", "Purchase"}, "quit"); !strings.Contains(out, "Question: segment Purchase") {
		t.Errorf("the question of the command line is not asked:\n%s", out)
	}
	for _, args := range [][]string{{"board", "morning"}, nil} {
		out, _ := talking(t, args, "board morning")
		if n := strings.Count(out, "Question: "); n != 6*(1+len(args)/2) {
			t.Errorf("%q: the board has %d answers:\n%s", args, n, out)
		}
	}
	if out, _ := talking(t, []string{"--mask", "users", "ada@example.com"}, "quit"); strings.Contains(out, "ada@") || !strings.Contains(out, "Question: users") {
		t.Errorf("the mask is not kept:\n%s", out)
	}
	s := newShell(t)
	s.env["ACCESSIBLE"] = "1"
	s.in = "quit\n"
	if s.run(demoArgs()...); !strings.Contains(s.out, "What can be asked") {
		t.Errorf("ACCESSIBLE=1: %s%s", s.out, s.errs)
	}
	if s.run(demoArgs("segment", "Purchase")...); !strings.HasPrefix(s.out, "day\t") {
		t.Errorf("a pipe gets words: %s", s.out)
	}
	for word, want := range map[string]bool{"": false, "0": false, "no": false, "1": true, "yes": true} {
		p := &program{env: func(key string) string { return map[string]string{"ACCESSIBLE": word, "HOME": t.TempDir()}[key] }}
		p.root(nil)
		if got := p.accessible(); got != want {
			t.Errorf("ACCESSIBLE=%s: %v", word, got)
		}
	}
}

// The configuration can ask for it, and a terminal that cannot move its cursor
// gets nothing else; a flag says no to both.
func TestAPlainTerminalIsTalkedTo(t *testing.T) {
	home := t.TempDir()
	env := map[string]string{"HOME": home, "TERM": "dumb"}
	of := func(tty bool, args ...string) bool {
		p := &program{
			env:      func(key string) string { return env[key] },
			terminal: func() (int, int, bool) { return 80, 24, tty }, reading: func() bool { return tty },
		}
		if err := p.root(nil).ParseFlags(args); err != nil {
			t.Fatal(err)
		}
		return p.accessible()
	}
	if !of(true) || of(false) || of(true, "--accessible=false") {
		t.Error("TERM=dumb: the terminal must be talked to, a pipe not, and the flag counts")
	}
	env["TERM"] = "xterm"
	if of(true) {
		t.Error("a terminal is talked to though it can draw")
	}
	path := filepath.Join(home, ".config", "amptui", "config.toml")
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("accessible = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !of(true) || of(true, "--accessible=false") {
		t.Error("the configuration is not heard")
	}
}

// Numbers choose events and rows, but a flag's number is the flag's.
func TestNumbersChooseWhatIsListed(t *testing.T) {
	out, _ := talking(t, nil,
		"2", "1 --by platform --limit 3", "open 1",
		"users user-1000", "open 2",
		"1", "song", "open 1",
		"users nobody-here", "open 1",
		"2", "open 1", "2", "menu",
		"3", "checkout started, Payment Submitted, 9 --last 14d", "2", `"App Opened" --by platform`, "quit")
	var asked []string
	for _, line := range strings.Split(out, "\n") {
		if q, ok := strings.CutPrefix(line, "Question: "); ok {
			asked = append(asked, q)
		}
	}
	want := []string{
		`segment "Song Played" --by platform --limit 3`,
		"users user-1000", "users user-10002",
		"events song", `segment "Song Played"`,
		"users nobody-here",
		`funnel "Checkout Started" "Payment Submitted" "Album Viewed" --last 14d`, `segment "App Opened" --by platform`,
	}
	if !slices.Equal(asked, want) {
		t.Errorf("asked %q, want %q", asked, want)
	}
	for said, times := range map[string]int{
		"these rows lead nowhere": 1, "the table has no rows": 2, "nobody was found": 1, "What can be asked": 2, "opens what it leads to": 2,
	} {
		if got := strings.Count(out, said); got != times {
			t.Errorf("%q is said %d times, want %d:\n%s", said, got, times, out)
		}
	}
}

func TestHiddenEventsTakeNoPlaceAmongTheMostFrequent(t *testing.T) {
	var list api.EventList
	for i := range 2 * listedAtOnce {
		list.Events = append(list.Events, api.EventType{Name: text.New(fmt.Sprintf("event %d", i)), Totals: float64(1000 - i), Hidden: i%2 == 0})
	}
	if got := mostFrequent(list); len(got) != listedAtOnce || got[0] != "event 1" {
		t.Errorf("%d events from %q", len(got), got[0])
	}
}

func TestTheLastRowsAreReadAtOnce(t *testing.T) {
	out, _ := talking(t, nil, "last", "segment Purchase", "last", "quit")
	if !strings.Contains(out, "there are no rows yet") || !strings.Contains(out, "Row 30: Tuesday 24 November; not complete") || strings.Contains(out, "Row 15:") {
		t.Errorf("%s", out)
	}
}
