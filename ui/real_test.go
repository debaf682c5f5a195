package ui

import (
	"strings"
	"testing"
)

func TestTheLineUnderAChartSaysWhetherItIsReal(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 30)
		d.Press("enter")
		d.Sees("Tue ", " so far (60% of the day) · Mon 23 Nov ", "median of the last 4 Mondays", "the usual ±")
		d.Press("?")
		d.Sees("how this was worked out", "Mon 16 Nov 2026", "change: ", "usual: ")
		d.Press("esc")
		d.Press("i")
		d.SeesNot("Mondays") // five weeks are too few to judge a week by
		d.Resize(60, 15)
		d.Press("i", "i", "i")
		d.SeesNot("the usual")
	})
}

func TestTheJudgementIsPrintedToo(t *testing.T) {
	s := newShell(t)
	code := s.run(demoArgs("segment", "Song Played", "--last", "60d", "-o", "chart")...)
	if code != 0 || !strings.Contains(s.errs, "median of the last 8 Mondays") {
		t.Errorf("%d %s", code, s.errs)
	}
}
