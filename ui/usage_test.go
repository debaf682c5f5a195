package ui

import (
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"amptui/charts"
	"amptui/charts/golden"
	"amptui/views/query"
)

// helpOf is what a command's --help prints, at 80 columns.
func helpOf(t *testing.T, words ...string) string {
	t.Helper()
	s := newShell(t)
	if code := s.run(append(words, "--help")...); code != 0 || s.errs != "" {
		t.Fatalf("%v: %d, %s", words, code, s.errs)
	}
	return s.out
}

func TestHelp(t *testing.T) {
	var all func(c *cobra.Command, words []string)
	all = func(c *cobra.Command, words []string) {
		name := strings.Join(append([]string{"amptui"}, words...), "-")
		t.Run(name, func(t *testing.T) { golden.Equal(t, helpOf(t, words...)) })
		for _, sub := range c.Commands() {
			if sub.IsAvailableCommand() {
				all(sub, append(append([]string{}, words...), sub.Name()))
			}
		}
	}
	all((&program{}).root(nil), nil)
}

// What stands in the help is complete, and fits: only what is copied as it is may
// be longer than a line.
func TestTheHelpNamesEveryFlagAndFits(t *testing.T) {
	root := (&program{}).root(nil)
	for _, spec := range catalog() {
		said := helpOf(t, spec.Name)
		c, _, err := root.Find([]string{spec.Name})
		if err != nil {
			t.Fatal(err)
		}
		for _, usage := range strings.Fields(c.Flags().FlagUsages() + root.PersistentFlags().FlagUsages()) {
			if strings.HasPrefix(usage, "--") && usage != "--help" && !strings.Contains(said, usage) {
				t.Errorf("the help of %s says nothing of %s", spec.Name, usage)
			}
		}
		examples := strings.Split(spec.Example, "\n")
		for _, line := range strings.Split(said, "\n") {
			copied := strings.HasPrefix(strings.TrimSpace(line), "amptui ")
			if charts.Width(line) > 80 && !copied {
				t.Errorf("%s: %d columns: %s", spec.Name, charts.Width(line), line)
			}
		}
		if !strings.HasPrefix(strings.TrimSpace(strings.SplitN(said, "\nExamples\n", 2)[1]), examples[0]) {
			t.Errorf("the help of %s does not begin with its examples", spec.Name)
		}
	}
}

// Every example of every view runs as it stands.
func TestEveryExampleRuns(t *testing.T) {
	s := newShell(t)
	for _, spec := range catalog() {
		for _, example := range strings.Split(spec.Example, "\n") {
			words, err := query.Split(example)
			if err != nil || words[0] != "amptui" {
				t.Errorf("%s: %v", example, err)
				continue
			}
			if code := s.run(demoArgs(words[1:]...)...); code != exitOK || s.out == "" {
				t.Errorf("%s: %d, %s", example, code, s.errs)
			}
		}
	}
}

// A flag that would change what a command does is no flag of one that it does not
// change; what an alias may set for every command is.
func TestACommandRefusesAFlagThatItDoesNotGoBy(t *testing.T) {
	s := newShell(t)
	for _, words := range [][]string{
		{"logout", "-o", "json"},
		{"config", "check", "--watch", "1h"},
		{"demo", "export", "--fail-if", "events = 0"},
		{"version", "--fail-if", "events = 0"},
	} {
		if code := s.run(words...); code != exitUsage || !strings.Contains(s.errs, "takes no --") || s.out != "" {
			t.Errorf("%v ends with %d: %s%s", words, code, s.out, s.errs)
		}
	}
	for _, words := range [][]string{{"version", "--demo", "--zone", "UTC"}, {"keys", "-o", "json", "--profile", "x"}, {"config", "path", "--color", "never"}} {
		if code := s.run(words...); code != exitOK {
			t.Errorf("%v ends with %d: %s", words, code, s.errs)
		}
	}
}

func TestProfilesAreListedForReadersAndPrograms(t *testing.T) {
	s := newShell(t)
	if code := s.run("profiles"); code != exitOK || s.out != "" || !strings.Contains(s.errs, "amptui login makes one") {
		t.Errorf("without any it ends with %d: %s%s", code, s.out, s.errs)
	}
	s.configure("profile = \"shop\"\n[profiles.app]\nregion = \"eu\"\n[profiles.shop]\nzone = \"Europe/Berlin\"\nproject = \"Shop\"\n")
	golden.Equal(t, s.ran("profiles")+"\n"+s.ran("profiles", "-o", "json"))
}

// ran is what a command prints that ends well.
func (s *shell) ran(args ...string) string {
	s.t.Helper()
	if code := s.run(args...); code != exitOK {
		s.t.Errorf("%v ends with %d: %s", args, code, s.errs)
	}
	return s.out
}

// A view that the command line does not name has no flags to be made; the one that it
// names has all, wherever it stands.
func TestOnlyTheNamedViewHasItsFlags(t *testing.T) {
	flags := func(words []string, view string) int {
		c, _, err := (&program{}).root(words).Find([]string{view})
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		c.LocalNonPersistentFlags().VisitAll(func(*pflag.Flag) { n++ })
		return n
	}
	if n := flags([]string{}, "segment"); n != 0 {
		t.Errorf("a bare start makes %d flags of segment", n)
	}
	if n := flags([]string{"events"}, "segment"); n != 0 {
		t.Errorf("events makes %d flags of segment", n)
	}
	for _, words := range [][]string{nil, {"--zone", "UTC", "segment", "-h"}, {"help", "segment"}, {"man"}, {"__complete", "seg"}, {"__completeNoDesc", ""}} {
		if n, all := flags(words, "segment"), flags(nil, "segment"); n != all {
			t.Errorf("%q makes %d of the %d flags of segment", words, n, all)
		}
	}
}
