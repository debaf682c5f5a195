package ui

import (
	"encoding/json"
	"testing"
)

func TestJSONSaysWhatAReaderMustKnow(t *testing.T) {
	s := newShell(t)
	for _, c := range []struct {
		args []string
		want string
	}{
		{demoArgs("segment", "Song Played", "--hide", "Nope", "-o", "json"), "hidden names without a series: Nope"},
		{demoArgs("events", "-o", "json"), ""},
	} {
		var got struct{ Notes []string }
		if code := s.run(c.args...); code != 0 || json.Unmarshal([]byte(s.out), &got) != nil || got.Notes == nil {
			t.Fatalf("%v ends with %d: %s%s", c.args, code, s.out, s.errs)
		}
		if s.errs != "" {
			t.Errorf("%v is noisy: %s", c.args, s.errs)
		}
		found := c.want == ""
		for _, note := range got.Notes {
			found = found || note == c.want
		}
		if !found {
			t.Errorf("%v has the notes %q; want %q", c.args, got.Notes, c.want)
		}
	}
}
