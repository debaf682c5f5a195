package ui

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/views/query"
)

// A question is built by keys, and then means the same, and has the same answer,
// wherever its line goes: into a shell, into another window, into a board.
func TestOneQuestionIsTheSameEverywhere(t *testing.T) {
	for view, keys := range map[string]func(*driver){
		"events":    func(d *driver) { d.Press("/"); d.Type("song"); d.Press("enter", "s", "S") },
		"segment":   func(d *driver) { d.Press("enter", "m", "i", "v", "S") },
		"funnel":    func(d *driver) { d.Press("space", "j", "j", "space", "F", "m", "n") },
		"retention": func(d *driver) { d.Press("enter", "4", "i", "m") },
		"users":     func(d *driver) { d.lookUp("ada@example.com"); d.Press("j", "x") },
		"revenue":   func(d *driver) { d.Press("6", "m", "i") },
	} {
		t.Run(view, func(t *testing.T) {
			var line string
			t.Chdir(t.TempDir())
			story(t, demoServer(), func(d *driver) {
				d.app.folder = "" // the working one
				keys(d)
				d.Press("y")
				line = d.copy[len(d.copy)-1]
				d.choose("export as JSON")
				d.Sees("written to")
			})
			command, ok := strings.CutPrefix(line, "amptui ")
			if !ok || !strings.HasPrefix(command, view+" ") {
				t.Fatalf("the keys have made %q", line)
			}
			words, err := query.Split(command)
			if err != nil {
				t.Fatal(err)
			}
			answer, err := os.ReadFile("amptui-" + view + "-2026-11-24.json")
			if err != nil {
				t.Fatal(err)
			}
			s := newShell(t)
			if code := s.run(demoArgs(append(slices.Clone(words), "-o", "json")...)...); code != 0 {
				t.Fatalf("%s: %d %s", line, code, s.errs)
			}
			if strings.TrimSpace(s.out) != strings.TrimSpace(string(answer)) {
				t.Errorf("%s\nprints\n%.500s\nbut in the explorer it is\n%.500s", line, s.out, answer)
			}
			alone := strings.TrimSpace(s.out)

			story(t, demoServer(), func(d *driver) {
				d.Press(":")
				d.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(line), Paste: true})
				d.Press("enter", "y")
				if got := d.copy[len(d.copy)-1]; got != line {
					t.Errorf("pasted in another window it is\n%s, not\n%s", got, line)
				}
			})

			file := filepath.Join(s.env["HOME"], ".config", "amptui", "boards", "mine")
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(command+"\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			if code := s.run(demoArgs("board", "mine", "-o", "json")...); code != 0 || !strings.Contains(s.out, alone) {
				t.Errorf("in a board: %d %s\n%.500s\nwithout\n%.500s", code, s.errs, s.out, alone)
			}
		})
	}
}
