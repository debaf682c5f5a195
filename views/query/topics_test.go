package query

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/spf13/pflag"

	"amptui/api"
)

// Everything that the help says can be written is understood as it is written.
func TestTheHelpTellsTheTruth(t *testing.T) {
	for _, s := range EventTopic().Rows {
		words, err := Split(s.Write)
		if err != nil || len(words) != 1 {
			t.Errorf("%s is %d words, %v", s.Write, len(words), err)
			continue
		}
		if e, err := ParseEvent(words[0]); err != nil || strings.Contains(s.Write, "[") != (len(e.Filters)+len(e.By) > 0) && !strings.Contains(s.Write, `\[`) {
			t.Errorf("%s reads as %+v, %v", s.Write, e, err)
		}
	}
	for _, s := range FilterTopic().Rows {
		if segment, err := ParseSegment(s.Write); err != nil || len(segment) != 1+strings.Count(s.Write, ";") {
			t.Errorf("%s reads as %d conditions, %v", s.Write, len(segment), err)
		}
	}
	for _, s := range DateTopic().Rows {
		words, err := Split(s.Write)
		if err != nil {
			t.Fatal(err)
		}
		var r Range
		fs := pflag.NewFlagSet("", pflag.ContinueOnError)
		r.Bind(fs)
		if err := fs.Parse(words); err != nil {
			t.Errorf("%s: %v", s.Write, err)
		}
		if _, err := r.Dates(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), api.Day); err != nil {
			t.Errorf("%s: %v", s.Write, err)
		}
	}
	for _, s := range FormulaTopic().Rows {
		if err := CheckFormula(s.Write, []bool{false, false}); err != nil {
			t.Errorf("%s: %v", s.Write, err)
		}
	}
}

func TestACommandExplainsWhatItTakes(t *testing.T) {
	var r Range
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	r.Bind(fs)
	var titles []string
	for _, topic := range Topics("EVENT EVENT...", fs) {
		titles = append(titles, topic.Title)
	}
	if want := []string{EventTopic().Title, DateTopic().Title}; !slices.Equal(titles, want) {
		t.Errorf("%q; want %q", titles, want)
	}
	Drawing(fs, "last", "no-such-flag")
	if !IsDrawing(fs.Lookup("last")) || IsDrawing(fs.Lookup("from")) {
		t.Error("the wrong flags are about drawing")
	}
}
