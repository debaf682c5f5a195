package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// Where nothing is found a script hears it, as of grep; a list to choose from, a list
// that has no names to look for, and a check are something.
func TestWhatIsNotFoundHasACodeOfItsOwn(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"users", "nobody@nowhere.example"}, exitNothing, "nobody was found"},
		{[]string{"users", "amplitude_id=1"}, exitNothing, "nobody"},
		{[]string{"events", "nosuchevent"}, exitNothing, "no event matches"},
		{[]string{"users", "user-1000"}, exitOK, "name one of them"},
		{[]string{"users", "ada@example.com"}, exitOK, "events"},
		{[]string{"users", "ada@example.com", "--only", "purchase"}, exitOK, "1,000 of"},
		{[]string{"users", "ada@example.com", "--only", "Purchse"}, exitUsage, "there is no event called Purchse: did you mean Purchase?"},
		{[]string{"users", "ada@example.com", "--mute", "song playd"}, exitUsage, "did you mean Song Played?"},
		{[]string{"users", "ada@example.com", "--only", "Payment Failed"}, exitNothing, "no Payment Failed is loaded"},
		{[]string{"users", "ada@example.com", "--only", "Harpsichord Concert"}, exitNothing, "no Harpsichord Concert is loaded"},
		{[]string{"users", "ada@example.com", "--mute", "Payment Failed"}, exitOK, "no Payment Failed is loaded"},
		{[]string{"users", "ada@example.com", "--find", "no such words"}, exitNothing, "no event that is loaded holds no such words"},
		{[]string{"users", "ada@example.com", "--at", "2 jan 2020"}, exitNothing, "no event that is shown is as old as"},
		{[]string{"events", "purch"}, exitOK, ""},
		{[]string{"events", "--changed", "--fresh"}, exitOK, ""},
		{[]string{"events", "nosuchevent", "--fail-if", "events > 0"}, exitOK, "no event matches"},
		{[]string{"events", "nosuchevent", "--fail-if", "events = 0"}, exitTripped, "no event matches"},
	} {
		s := newShell(t)
		if code := s.run(demoArgs(append(c.args, "-o", "csv")...)...); code != c.code || !strings.Contains(s.errs, c.says) || strings.Count(s.errs, "nobody was") > 1 {
			t.Errorf("%q ends with %d, want %d:\n%s", c.args, code, c.code, s.errs)
		}
	}
	s := newShell(t)
	for command, finds := range map[string]bool{"users": true, "events": true, "open": true, "segment": false, "board": false, "logout": false} {
		if s.run(command, "--help"); strings.Contains(s.out, "  6                       nothing was found") != finds {
			t.Errorf("the help of %s says so, or does not:\n%s", command, s.out)
		}
	}
	if readme, err := os.ReadFile("../README.md"); err != nil || !strings.Contains(string(readme), "\n| 6 | nothing was found") {
		t.Error("the README does not say so", err)
	}
}

// What is printed of a user begins at the moment that is asked for, in every form.
func TestPrintedEventsBeginAtTheMoment(t *testing.T) {
	ask := func(form string, more ...string) string {
		s := newShell(t)
		if code := s.run(demoArgs(append([]string{"users", "ada@example.com", "--at", "20 sep 12:00", "-o", form}, more...)...)...); code != 0 {
			t.Fatalf("%d: %s", code, s.errs)
		}
		if form != "json" && !strings.Contains(s.errs, "the events begin at Sun 20 Sep 2026 12:00") {
			t.Errorf("%s: nothing says where they begin: %s", form, s.errs)
		}
		return s.out
	}
	var doc struct {
		Events []struct{ Time time.Time }
		Loaded struct{ Events int }
	}
	if err := json.Unmarshal([]byte(ask("json")), &doc); err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 9, 20, 12, 0, 0, 0, time.UTC)
	if len(doc.Events) < 100 || doc.Events[0].Time.After(moment) || moment.Sub(doc.Events[0].Time) > 48*time.Hour || doc.Loaded.Events <= len(doc.Events) {
		t.Errorf("%d events from %v", len(doc.Events), doc.Events[:1])
	}
	first := doc.Events[0].Time.Format("2006-01-02T15:04:05")
	if csv := strings.Split(ask("csv"), "\n"); !strings.HasPrefix(csv[1], first) {
		t.Errorf("the table begins with %s, want %s", csv[1], first)
	}
	if chart := strings.Split(ask("chart"), "\n"); !strings.Contains(chart[2], "Sun 20 Sep") || !strings.Contains(chart[3], doc.Events[0].Time.Format("15:04:05")) {
		t.Errorf("the chart begins with\n%s", strings.Join(chart[:5], "\n"))
	}
	if md := ask("md"); !strings.Contains(md, "\n- Event: ") || !strings.Contains(md, doc.Events[0].Time.Format("Mon 2 Jan 2006 15:04:05")) {
		t.Errorf("the ticket lacks the event of the moment:\n%s", strings.Split(md, "\n| time")[0])
	}
}

// A limit and a text mean the same events in every form, and the remarks say how many they
// are and whose.
func TestEveryFormPrintsTheSameEvents(t *testing.T) {
	if raceDetector {
		t.Skip("one command runs after the other")
	}
	for _, c := range []struct {
		args   []string
		events int
		says   string
	}{
		{[]string{"--limit", "5"}, 5, "5 of 4,967 events\n"},
		{[]string{"--at", "14 nov 10:52", "--limit", "5"}, 5, "1,000 of 4,967 events are loaded, 5 of them printed"},
		{[]string{"--find", "payment"}, 3, "1,000 of 4,967 events are loaded, 3 of them printed"},
		{[]string{"--only", "purchase"}, 3, "1,000 of 4,967 events are loaded, 3 of them printed"},
		{[]string{"--find", "payment", "--at", "12 nov 9:00"}, 2, "2 of them printed"},
	} {
		for form, count := range map[string]func(string) int{
			"plain": func(out string) int { return strings.Count(out, "\n2026-") },
			"table": func(out string) int { return strings.Count(out, "\n   2026-") },
			"csv":   func(out string) int { return strings.Count(out, "\n2026-") },
			"md":    func(out string) int { return strings.Count(out, "\n| 2026-") },
			"json":  func(out string) int { return strings.Count(out, `{"time":"2026-`) },
			"chart": drawnEvents,
		} {
			for _, mask := range []bool{false, true} {
				s := newShell(t)
				args := append([]string{"users", "ada", "-o", form, "--width", "200", fmt.Sprintf("--mask=%v", mask)}, c.args...)
				if code := s.run(demoArgs(args...)...); code != exitOK {
					t.Fatalf("%v ends with %d: %s", args, code, s.errs)
				}
				if got := count(s.out); got != c.events {
					t.Errorf("%v prints %d events, want %d:\n%.2000s", args, got, c.events, s.out)
				}
				said := s.errs
				if form == "json" {
					said = s.out
				} else if !strings.Contains(said, c.says) {
					t.Errorf("%v does not say %q:\n%s", args, c.says, said)
				}
				if form == "chart" {
					said = strings.SplitN(s.out, "\n", 2)[0]
				}
				if strings.Contains(said, "ada@example.com") == mask || mask && !strings.Contains(said, "user-") {
					t.Errorf("%v does not say whose events these are, or does:\n%.300s", args, said)
				}
			}
		}
	}
}

// drawnEvents are those of a drawn story: one a row, as many as a run says.
func drawnEvents(out string) int {
	n := 0
	for _, m := range regexp.MustCompile(`(?m)^   \d\d:\d\d:\d\d  .*?(?: ×(\d+) |$| {3})`).FindAllStringSubmatch(out, -1) {
		many, _ := strconv.Atoi(m[1]) // none is one
		n += max(many, 1)
	}
	return n
}
