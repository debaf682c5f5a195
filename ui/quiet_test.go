package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestQuietPrintsErrorsAndChecksThatHoldOnly(t *testing.T) {
	s := newShell(t)
	board := filepath.Join(s.env["HOME"], ".config", "amptui", "boards")
	if err := os.MkdirAll(board, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(board, "two"), []byte("segment Purchase\nsegment Gone\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
		errs []string // how each line of the error output begins
	}{
		{[]string{"segment", "Purchase", "-q"}, 0, nil},
		{[]string{"segment", "Purchase", "--quiet", "--fail-if", "value < 0"}, 0, nil},
		{[]string{"segment", "Purchase", "-q", "--fail-if", "value >= 0"}, 5, []string{"amptui: value >= 0: value of Purchase"}},
		{[]string{"segment", "Purchase", "-q", "--last", "1d", "--fail-if", "value >= 0"}, 1, []string{"amptui: value >= 0: nothing to compare"}},
		{[]string{"segment", "Purchas", "-q"}, 2, []string{"amptui: there is no event called Purchas"}},
		{[]string{"users", "nobody at all", "-q"}, 6, nil},
		{[]string{"segment", "Purchase", "-q", "-o", "json"}, 2, []string{"amptui: --quiet prints no answer"}},
		{[]string{"board", "two", "-q"}, 1, []string{"amptui: segment Gone: "}},
		{[]string{"version", "-q"}, 2, []string{"amptui: amptui version takes no --quiet"}},
	} {
		code := s.run(demoArgs(c.args...)...)
		said := strings.FieldsFunc(s.errs, func(r rune) bool { return r == '\n' })
		if code != c.code || s.out != "" || len(said) != len(c.errs) {
			t.Errorf("%q: %d, prints %q, says %q", c.args, code, s.out, s.errs)
			continue
		}
		for i, begins := range c.errs {
			if !strings.HasPrefix(said[i], begins) {
				t.Errorf("%q says %q, want %q", c.args, said[i], begins)
			}
		}
	}
}

// What README.md shows for cron is silent or says one line, and cron reads it whole.
func TestReadmeShowsALineForCron(t *testing.T) {
	s := newShell(t)
	ran := 0
	for _, b := range blocks(t) {
		if b.lang != "crontab" {
			continue
		}
		for i, line := range b.lines {
			fields := strings.Fields(line)
			words, ok := commandOf(t, strings.Join(fields[5:], " "))
			if !ok || strings.Contains(line, "%") {
				t.Fatalf("README.md:%d is no line for cron: %s", b.at+i, line)
			}
			ran++
			code := s.run(demoArgs(words...)...)
			if code != exitOK && code != exitTripped || s.out != "" || (code == exitOK) != (s.errs == "") {
				t.Errorf("README.md:%d: %d, %s%s", b.at+i, code, s.out, s.errs)
			}
		}
	}
	if ran == 0 {
		t.Error("README.md shows no line for cron")
	}
}
