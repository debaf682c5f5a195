package ui

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheDemosLogIsWrittenToANewFileOnly(t *testing.T) {
	if raceDetector {
		t.Skip("one command runs after the other")
	}
	s := newShell(t)
	s.log = demoLog()
	path := filepath.Join(t.TempDir(), "events.json.gz")
	if code := s.run(demoArgs("demo", "export", path)...); code != exitOK || !strings.Contains(s.errs, " events up to 24 Nov 2026 14:") {
		t.Errorf("it ends with %d and says %s", code, s.errs)
	}
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if code := s.run("events", "--events", path, "-o", "plain", "--zone", "UTC"); code != exitOK || !strings.Contains(s.out, "Song Played\t") {
		t.Errorf("the file opens with %d: %s%s", code, s.out, s.errs)
	}
	for _, says := range []string{" events from 28 Jul 2026 to 24 Nov 2026", "this week: since Mon 23 Nov"} {
		if !strings.Contains(s.errs, says) {
			t.Errorf("%q is not said of the file, but %s", says, s.errs)
		}
	}
	if code := s.run(demoArgs("demo", "export", path)...); code != 1 || !strings.Contains(s.errs, "is there already and stays as it is") {
		t.Errorf("a second time it ends with %d and says %s", code, s.errs)
	}
	if after, _ := os.ReadFile(path); string(after) != string(before) {
		t.Error("a file that was there has changed")
	}
	nowhere := filepath.Join(t.TempDir(), "no", "events.json")
	if code := s.run(demoArgs("demo", "export", nowhere)...); code != 1 || strings.Count(s.errs, nowhere) != 1 {
		t.Errorf("into no folder it ends with %d and says %s", code, s.errs)
	}
}

func TestTheDemosLogDoesNotFloodATerminal(t *testing.T) {
	if raceDetector {
		t.Skip("one command runs after the other")
	}
	s := newShell(t)
	s.log = demoLog()
	s.wide = 80
	if code := s.run(demoArgs("demo", "export")...); code != exitUsage || s.out != "" || !strings.Contains(s.errs, "amptui demo export demo.json.gz") {
		t.Errorf("on a terminal: %d, %d bytes, %s", code, len(s.out), s.errs)
	}
	s.wide = 0
	if code := s.run(demoArgs("demo", "export")...); code != exitOK || strings.Count(s.out, "\n") < 1000 {
		t.Errorf("into a pipe: %d, %d bytes, %s", code, len(s.out), s.errs)
	}
}
