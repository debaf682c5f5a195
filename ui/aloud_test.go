package ui

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"amptui/charts"
)

func TestWhatIsShortForTheEyeIsInWordsForTheEar(t *testing.T) {
	e := newEar(time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC))
	for in, want := range map[string]string{
		"26 Oct to 24 Nov 2026, within 30d": "26 October to 24 November 2026, within 30 days",
		"Mon 23 Nov 21:34 (8m 40s)":         "Monday 23 November 21:34 (8 minutes 40 seconds)",
		"in 1d or 2h":                       "in 1 day or 2 hours",
		"users by gp:plan":                  "users by plan",
		"Nov 3d":                            "Nov 3 days",
		"Mon Ami":                           "Mon Ami",
		"write --last 30d":                  "write --last 30d",
		"end it, as in --from '30d ago'":    "end it, as in --from '30d ago'",
		"3D model, 10sec":                   "3D model, 10sec",
	} {
		if got := e.words(in); got != want {
			t.Errorf("%q is said %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"2026-11-23":                    "Monday 23 November",
		"2025-12-31":                    "Wednesday 31 December 2025",
		"2026-11-23T21:05:00Z":          "Monday 23 November, 21:05",
		"2026-11-23T21:05:09.120+02:00": "Monday 23 November, 21:05",
		"2026-11-23 was cold":           "2026-11-23 was cold",
		"2026-99-99":                    "2026-99-99",
		"8h 13m":                        "8 hours 13 minutes",
		"0s to 3s":                      "0 seconds to 3 seconds",
		"iOS 3d":                        "iOS 3d",
		"":                              "",
	} {
		if got := e.cell(in); got != want {
			t.Errorf("the cell %q is said %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"_new > _active": "new users, then any active event", "click_all > my_new": "click_all, then my_new",
	} {
		if got := e.title(in); got != want {
			t.Errorf("%q is said %q, want %q", in, got, want)
		}
	}
}

// A word is told by help, understood where anything can be typed and where a view asks
// for its words, and suggested for one that is mistyped.
func TestEveryWordIsInOneList(t *testing.T) {
	told, _ := talking(t, nil, "help", "quit")
	tk := &talk{specs: catalog()}
	for _, w := range tk.words() {
		for _, name := range w.names {
			if got, ok := tk.word(name); !ok || got.does != w.does {
				t.Errorf("%s is not understood", name)
			}
			line, rest := name, []string(nil)
			if w.takes == aRow {
				line, rest = name+" 3", []string{"3"}
			}
			if mine := tk.forUs(line, append([]string{name}, rest...)); mine != (w.takes == aRow || !w.needs) {
				t.Errorf("%q where a view asks for its words: %v", line, mine)
			}
			if tk.forUs(`"`+name+`"`, []string{name}) || tk.forUs(name+" Purchase", []string{name, "Purchase"}) {
				t.Errorf("%s in quotes, or before an event, is a name", name)
			}
		}
		if !strings.Contains(told, "\n"+w.names[0]+" ") || !strings.Contains(told, w.does) {
			t.Errorf("help does not tell %s:\n%s", w.names[0], told)
		}
		if _, err := tk.spec(w.names[0] + "x"); !strings.Contains(fmt.Sprint(err), "did you mean "+w.names[0]+"?") {
			t.Errorf("%sx: %v", w.names[0], err)
		}
	}
	if err := tk.take(context.Background(), "q"); err != errLeft {
		t.Errorf("q: %v", err)
	}
}

// A ticket that is shown breaks at blanks, however wide the screen is.
func TestNoLineOfATicketBeginsWithAComma(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.lookUp("ada@example.com")
		d.Press("Y")
		d.Sees("the ticket text", "- Event: ")
		for w := 40; w < 120; w += 3 {
			d.Resize(w, 40)
			for _, line := range strings.Split(d.Frame(), "\n") {
				if strings.IndexAny(strings.TrimLeft(line, " "), ",.;:)") == 0 {
					t.Errorf("%d columns: a line begins with a comma or the like:\n%s", w, d.Frame())
				}
			}
		}
	})
}

// Where nothing typed would ask nothing, no listener is told that it asks the usual.
func TestAnEmptyLineAsksWhatIsSaid(t *testing.T) {
	for i, spec := range catalog() {
		out, _ := talking(t, nil, fmt.Sprint(i+1), "", "quit")
		usual := strings.Contains(out, "An empty line asks for the usual, menu for nothing.")
		if usual != strings.Contains(out, "Question: "+spec.Name) || usual == strings.Contains(out, "An empty line asks for nothing.") || strings.Contains(out, "There is no answer") {
			t.Errorf("%s:\n%s", spec.Name, out)
		}
	}
}

// A user's events are sentences, with times in words and no JSON; one is read whole by
// its number.
func TestAUsersEventsAreSentences(t *testing.T) {
	out, _ := talking(t, nil, "users ada@example.com", "more", "row 4", "quit")
	_, rows, _ := strings.Cut(out, "The table has")
	if found := regexp.MustCompile(`[{}]|\dT\d\d:|null|\bRow \d+:[^\n]*(event|properties|session) [A-Z{2]`).FindString(rows); found != "" {
		t.Errorf("%q is nothing to listen to:\n%s", found, rows)
	}
	for _, want := range []string{
		"\nRow 1: Session of ", " events. ", "; genre: ", "\nRow 20: ", "980 rows follow.",
		"\nProperties of the event, ", "\nProperties of the user then, ", "\nplan: ", " UTC, ", "\nAlso sent with it, ",
	} {
		if !strings.Contains(rows, want) {
			t.Errorf("nobody says %q:\n%s", want, rows)
		}
	}
	if n := strings.Count(out, "Type more, last"); n != 1 {
		t.Errorf("how to go on is said %d times:\n%s", n, out)
	}
}

// What is read line by line begins no line with a comma, names its units, and repeats
// neither reasons nor what a row has in common with the one before.
func TestNothingToStumbleOver(t *testing.T) {
	for question, wants := range map[string][]string{
		"users ada@example.com":              {"User ada@example.com.\nAmplitude ID: "},
		"segment Purchase --by platform":     {" users, "},
		"segment Purchase --metric totals":   {" events, "},
		"events":                             {" so far this week; "},
		"retention":                          {"new users, then any active event.", "\nRow 2: day 1; "},
		"revenue":                            {"names no currency", "\nRow 2: day "},
		"active":                             {" users; not complete"},
		"sessions --measure average":         {" minutes "},
		"composition gp:plan":                {"users by plan."},
		"realtime":                           {" users, "},
		"chart plays7d":                      {"further ones."},
		`funnel "Sign Up" Purchase`:          {"\nRow 1: step 1; event Sign Up; users "},
		"funnel Purchase Purchase --by city": {"; not complete: "},
	} {
		p := newShell(t)
		p.in = question + "\nquit\n"
		p.wide = 48
		p.run(demoArgs("--accessible")...)
		_, said, _ := strings.Cut(p.out, "Question: ")
		said, _, _ = strings.Cut(said, "What next?")
		_, said, _ = strings.Cut(said, "\n") // the question stays as it is typed
		for _, line := range strings.Split(said, "\n") {
			if strings.IndexAny(line, ",.;:)") == 0 {
				t.Errorf("%s: a line begins with %q", question, line)
			}
			if charts.Width(line) > 47 {
				t.Errorf("%s: a line is too long: %q", question, line)
			}
		}
		whole, _ := talking(t, nil, question, "quit")
		for _, want := range wants {
			if !strings.Contains(whole, want) {
				t.Errorf("%s: nobody says %q:\n%s", question, want, whole)
			}
		}
		if n := strings.Count(whole, "the last day is not over"); n > 1 {
			t.Errorf("%s: a reason is said %d times:\n%s", question, n, whole)
		}
		if strings.Contains(whole, "..") || strings.Contains(whole, "?.") {
			t.Errorf("%s: a sentence ends twice:\n%s", question, whole)
		}
	}
}
