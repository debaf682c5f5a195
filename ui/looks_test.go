package ui

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/query"
)

// looksLines are query lines that show every view, every face of it and a board.
func looksLines() []string {
	return []string{
		"events", "events --changed", "events son", "segment Purchase --by platform --vs prev", "segment Purchase --face bar", "segment Purchase --by platform --face stacked",
		"segment Purchase --face table", "funnel Search Purchase --by platform", "funnel Search Purchase --face days", "funnel Search Purchase --face times",
		"funnel Search Purchase --face table", "retention", "retention --face curve", "retention --face trend", "revenue --by platform", "revenue --face heat",
		"revenue --face table", "users ada@example.com", "users nobody@example.com", "active --by platform", "sessions", "composition", "realtime", "chart", "board morning",
	}
}

// overlays are keys that open something over a view, or in it, where they mean that.
func overlays() []string { return []string{"j", "enter", "?", ":", "/", "w", "b", "d", "e", "Y", "P"} }

// walkOver shows each view, each overlay and each size in a theme, and gives each
// frame to check with how it came about; what check says is wrong ends the walk.
func walkOver(t *testing.T, th theme.Theme, check func(frame string) string) {
	t.Helper()
	failing := demoServer()
	story(t, failing, func(d *driver) {
		d.app.env.Theme = th
		seen := map[string]bool{}
		see := func(how ...any) bool {
			seen[d.Frame()] = true
			wrong := check(spelt{still{frame: d.Frame()}, th.Glyphs}.Frame())
			if wrong != "" {
				t.Errorf("%s: %s\n%s", fmt.Sprint(how...), wrong, d.Frame())
			}
			return wrong == ""
		}
		for i, line := range looksLines() {
			size := [][2]int{{80, 24}, {60, 15}, {120, 36}}[i%3]
			d.Resize(size[0], size[1])
			for _, key := range append([]string{""}, overlays()...) {
				d.opens(line)
				if key != "" {
					d.Press(key)
				}
				if !see(line, " after ", key) {
					return
				}
			}
			for _, size := range [][2]int{{60, 15}, {80, 24}, {120, 36}, {40, 10}, {39, 9}} {
				d.Resize(size[0], size[1])
				if !see(line, " at ", size) {
					return
				}
			}
		}
		if least := 10 * len(looksLines()); len(seen) < least {
			t.Errorf("only %d frames differ; want %d", len(seen), least)
		}
	})
}

// opens leaves whatever is open over the view and asks a line.
func (d *driver) opens(line string) {
	d.t.Helper()
	d.app.over = nothing
	l, ok := d.app.readLine(line)
	if !ok {
		l = views.Link{View: "board", Args: strings.Fields(line)[1:]}
	}
	d.run(d.app.goTo(l, true))
	d.Wait(2 * time.Second)
}

// foreign says whether a frame has more than ASCII that is no word of others.
func foreign(frame string) string {
	at := strings.IndexFunc(frame, func(r rune) bool {
		return r > '~' && !unicode.IsLetter(r) && !unicode.IsMark(r) && r != '🎧' && r != '\ufe0f'
	})
	if at < 0 {
		return ""
	}
	return fmt.Sprintf("%q", []rune(frame[at:])[0])
}

// colours finds what sets a colour of any kind, and rich what is none of the 16.
func colours() *regexp.Regexp {
	return regexp.MustCompile("\x1b\\[([0-9;]*;)?(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;[0-9;]*)?m")
}

func rich() *regexp.Regexp { return regexp.MustCompile("\x1b\\[([0-9;]*;)?[34]8;") }

// finds says what of a frame a pattern finds.
func finds(pattern *regexp.Regexp) func(string) string {
	return func(frame string) string {
		if found := pattern.FindString(frame); found != "" {
			return fmt.Sprintf("%q", found)
		}
		return ""
	}
}

// Each screen keeps to what the terminal has: only the names of others have more than
// ASCII, nothing has a colour where there are to be none, and none of the 256 is among
// the 16.
func TestEveryScreenKeepsToItsLook(t *testing.T) {
	if raceDetector {
		t.Skip("it draws, and nothing runs beside that")
	}
	for name, c := range map[string]struct {
		theme theme.Options
		check func(string) string
	}{
		"ascii":         {theme.Options{Tier: theme.ASCII}, foreign},
		"no colour":     {theme.Options{Depth: theme.NoColor, Tier: theme.Braille}, finds(colours())},
		"mono":          {theme.Options{Name: "mono", Depth: theme.TrueColor, Tier: theme.Block}, finds(colours())},
		"16":            {theme.Options{Depth: theme.Colors16, Tier: theme.Braille}, finds(rich())},
		"16 light":      {theme.Options{Name: "light", Depth: theme.Colors16, Tier: theme.Block}, finds(rich())},
		"high contrast": {theme.Options{Name: "high-contrast", Depth: theme.Colors16, Tier: theme.ASCII}, func(s string) string { return first(finds(rich())(s), foreign(s)) }},
	} {
		t.Run(name, func(t *testing.T) { walkOver(t, theme.New(c.theme), c.check) })
	}
}

// What a doctor says of the signs is why they are those, not the locale's fault.
func TestAConsoleIsGivenItsFewSigns(t *testing.T) {
	s := newShell(t)
	for term, want := range map[string]string{"linux": "ascii: TERM is linux", "dumb": "ascii: TERM is dumb", "xterm": "braille: LANG is C.UTF-8"} {
		s.env["TERM"] = term
		s.run("doctor", "--demo")
		if !strings.Contains(s.out, want) {
			t.Errorf("TERM=%s: no %q in\n%s", term, want, s.out)
		}
	}
}

// What is printed keeps to it as well, and so does what a failure says.
func TestWhatIsPrintedKeepsToItsLook(t *testing.T) {
	if raceDetector {
		t.Skip("it draws, and nothing runs beside that")
	}
	s := newShell(t)
	failures := []string{"segment Purchase --demo-fault unauthorized", "retention --demo-fault limited-hour", "events --demo-fault page", "segment Purchase --demo-fault sampled"}
	for _, line := range append(looksLines(), failures...) {
		if line == "chart" {
			continue // needs an id
		}
		words, err := query.Split(line)
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range []string{"chart", "table"} {
			if words[0] == "board" && form == "table" {
				continue
			}
			args := demoArgs(append(slices.Clone(words), "-o", form)...)
			s.run(append(args, "--glyphs", "ascii")...)
			if wrong := foreign(s.out + s.errs); wrong != "" || s.out+s.errs == "" {
				t.Errorf("%s as %s has %s:\n%s%s", line, form, wrong, s.out, s.errs)
			}
			for look, pattern := range map[string]*regexp.Regexp{"--theme mono": colours(), "--color never": regexp.MustCompile("\x1b"), "--color auto": regexp.MustCompile("\x1b")} {
				how := strings.Fields(look)
				if how[0] == "--theme" {
					how = append(how, "--color", "always")
				}
				s.run(append(slices.Clone(args), how...)...)
				if wrong := finds(pattern)(s.out + s.errs); wrong != "" {
					t.Errorf("%s as %s with %v has %s", line, form, how, wrong)
				}
			}
			s.env["TERM"] = "xterm"
			s.run(append(args, "--color", "always")...)
			if wrong := finds(rich())(s.out); wrong != "" {
				t.Errorf("%s as %s with 16 colours has %s", line, form, wrong)
			}
			delete(s.env, "TERM")
		}
	}
}

// Commands that only talk have no more than ASCII either.
func TestWhatIsSaidKeepsToASCII(t *testing.T) {
	s := newShell(t)
	s.env["LC_ALL"] = "C"
	for _, line := range []string{"keys", "keys -o json", "demo faults", "doctor --demo", "version", "config print-default", "profiles", "cache", "board --demo", "man"} {
		s.run(strings.Fields(line)...)
		if wrong := foreign(s.out + s.errs); wrong != "" && line != "keys -o json" {
			t.Errorf("%s has %s:\n%.2000s%s", line, wrong, s.out, s.errs)
		}
	}
}
