package ui

import (
	"strings"
	"testing"
)

// A filter that nobody matches is named, in every form on the error output, and a check
// says so: an empty table looks like an answer.
func TestAFilterThatNobodyMatchesIsNamed(t *testing.T) {
	s := newShell(t)
	const says = "nobody matched country is Germny"
	for _, view := range [][]string{{"segment", "Song Played"}, {"funnel", "Song Played", "Purchase"}, {"retention"}, {"revenue"}, {"active"}} {
		for _, form := range formats() {
			code := s.run(demoArgs(append(view, "--where", "country is Germny", "-o", form)...)...)
			said := s.errs
			if form == "json" {
				said = s.out
			}
			if code != exitOK || !strings.Contains(said, says) {
				t.Errorf("%v -o %s ends with %d and says %q", view, form, code, said)
			}
		}
	}
	code := s.run(demoArgs("segment", "Song Played", "--where", "country is Germny", "--fail-if", "value = 0")...)
	if code != 1 || !strings.Contains(s.errs, "value = 0: nothing to compare: no data: "+says) {
		t.Errorf("a check ends with %d: %s", code, s.errs)
	}
	if s.run(demoArgs("segment", "Song Played[event:source is pusj]", "-o", "plain")...); !strings.Contains(s.errs, "nobody matched Song Played[event:source is pusj]") {
		t.Errorf("of a filter of the event is said %s", s.errs)
	}
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment \"Song Played\" --where \"country is Germny\"")
		d.Press("enter")
		d.Sees(says)
		d.Press("t", "t", "t")
		d.Sees(says)
	})
}
