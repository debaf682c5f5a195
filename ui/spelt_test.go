package ui

import (
	"strings"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
	"amptui/ui/paint"
	"amptui/views/query"
)

// still is a program that stands still.
type still struct {
	paint.Model
	frame string
}

func (s still) Frame() string { return s.frame }

func TestATerminalWithoutUnicodeGetsNone(t *testing.T) {
	frame := "26 Oct to 24 Nov… · ≥ 3 of 5 ▲ 2% – ±0 ↑↓←→"
	ascii := theme.New(theme.Options{Tier: theme.ASCII}).Glyphs
	got := spelt{still{frame: frame}, ascii}.Frame()
	if strings.ContainsFunc(got, func(r rune) bool { return r > '~' }) || charts.Width(got) != charts.Width(frame) {
		t.Errorf("%q is spelt %q", frame, got)
	}
	if got := (spelt{still{frame: frame}, theme.Plain().Glyphs}).Frame(); got != frame {
		t.Errorf("with all characters %q is spelt %q", frame, got)
	}
	s := newShell(t)
	for _, line := range []string{
		`retention --last 20d`, `retention --face curve`, `revenue --face heat`, `revenue --by platform`,
		`funnel Search "Checkout Started" Purchase`, `funnel Search Purchase --face table`, `funnel Search Purchase --face days`,
	} {
		words, err := query.Split(line)
		if err != nil {
			t.Fatal(err)
		}
		code := s.run(demoArgs(append(words, "-o", "chart", "--glyphs", "ascii")...)...)
		if text := s.out + s.errs; code != 0 || strings.ContainsFunc(text, func(r rune) bool { return r > '~' }) {
			t.Errorf("%s: %d\n%s", line, code, text)
		}
	}
}

// What is said beside the output is spelt too.
func TestRemarksAreSpeltToo(t *testing.T) {
	s := newShell(t)
	for _, line := range []string{"segment --help", "funnel --help", "retention --help", "revenue --help", "users --help", "--help", "segment --last 9x", "segment Purchase --vs prev", "segment Purchas"} {
		words, _ := query.Split(line)
		s.run(demoArgs(append(words, "--glyphs", "ascii")...)...)
		if said := s.out + s.errs; strings.ContainsFunc(said, func(r rune) bool { return r > '~' }) {
			t.Errorf("%s:\n%s", line, said)
		}
	}
}
