package ui

import (
	"strings"
	"testing"
)

func TestTheLineUnderAChartSaysWhetherItIsReal(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(140, 30)
		d.Press("enter")
		d.Sees("so far today ", " (60% of the day) · Mon 23 Nov: ", "median of the last 4 Mondays", "the usual ±")
		d.Press("?", "?")
		d.Sees("Is it real?", "Mon 16 Nov 2026: ", "median of the last 4 Mondays = ", "usual: ", "change: ", "verdict: ")
		d.Press("esc")
		d.Press("i")
		d.SeesNot("Mondays") // five weeks are too few to judge a week by
		d.Resize(60, 15)
		d.Press("i", "i", "i")
		d.SeesNot("the usual")
	})
}

// A day has a pace once its hours were asked for the same question, and only then.
func TestHoursThatWereSeenGiveADayItsPace(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(160, 30)
		d.Press(":")
		d.Type("segment Purchase --metric totals --last 60d")
		d.Press("enter")
		d.Sees("Mon 23 Nov: ", "the usual ±")
		d.SeesNot("on pace for")
		for range 5 {
			if d.Press("i"); strings.Contains(d.Frame(), "per hour") {
				d.Sees("on pace for ~", "the last 4 days, Mon to Fri, by 14:00: ")
			}
		}
		d.Sees("per day", "so far today ", "of the day) · on pace for ~", "median of the last 8 Tuesdays")
		d.Press("?", "?")
		d.Sees("Is it real?", "Mon 23 Nov 2026 by 14:30: ", "so far / ")
		d.Press("esc", "n")
		d.SeesNot("on pace for") // another question, and its hours were not asked
	})
}

// Bars of several series show totals: a line about one day of one of them is no
// line under those.
func TestRankedBarsAreNotJudged(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment Purchase --by platform --face bar")
		d.Press("enter")
		d.Sees("iOS")
		d.SeesNot("the usual")
		d.Press("t", "t")
		d.Sees("the usual")
	})
}

func TestTheJudgementIsPrintedToo(t *testing.T) {
	s := newShell(t)
	code := s.run(demoArgs("segment", "Song Played", "--last", "60d", "-o", "chart")...)
	if code != 0 || !strings.Contains(s.errs, "median of the last 8 Mondays") {
		t.Errorf("%d %s", code, s.errs)
	}
}
