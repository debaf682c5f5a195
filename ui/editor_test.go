package ui

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// editor stands for the user's editor: what it was given, and what it leaves.
type editor struct {
	words []string
	shown string
	path  string
	env   []string
	mode  os.FileMode
	leave func(string) string
	fails error
}

// with gives the story's program an editor.
func (e *editor) with(d *driver) {
	d.app.getenv = func(name string) string {
		return map[string]string{"EDITOR": `my-ed --wait "a b"`}[name]
	}
	d.app.exec = func(c *exec.Cmd, done func(error) tea.Msg) tea.Cmd {
		return func() tea.Msg {
			e.words, e.env, e.path = c.Args[:len(c.Args)-1], c.Env, c.Args[len(c.Args)-1]
			b, err := os.ReadFile(e.path)
			if err != nil {
				d.t.Error(err)
			}
			e.shown = string(b)
			if info, err := os.Stat(filepath.Dir(e.path)); err == nil {
				e.mode = info.Mode().Perm()
			}
			if e.leave != nil {
				if err := os.WriteFile(e.path, []byte(e.leave(e.shown)), 0o600); err != nil {
					d.t.Error(err)
				}
			}
			return done(e.fails)
		}
	}
}

// choose runs an action by its words in the palette.
func (d *driver) choose(words string) {
	d.Press(":")
	d.Type(words)
	d.Press("enter")
}

func TestTheQueryLineIsEditedInTheUsersEditor(t *testing.T) {
	t.Setenv("AMPLITUDE_SECRET_KEY", "never-for-a-child")
	story(t, demoServer(), func(d *driver) {
		e := &editor{leave: func(s string) string {
			return "# a note\n" + strings.Replace(s, "segment", "amptui segment", 1) + "  --metric totals \\\n  --interval week\n"
		}}
		e.with(d)
		d.Press("enter")
		d.choose("edit the query line in $E")
		d.Sees("--metric totals --interval week", "Song Played")
		if got := strings.Join(e.words, "|"); got != "my-ed|--wait|a b" {
			t.Errorf("the editor was called as %s", got)
		}
		if e.mode != 0o700 {
			t.Errorf("the folder of the file has mode %o", e.mode)
		}
		if _, err := os.Stat(filepath.Dir(e.path)); !os.IsNotExist(err) {
			t.Errorf("the folder is still there: %v", err)
		}
		if all := strings.Join(e.env, "\n"); strings.Contains(all, "AMPLITUDE_") || !strings.Contains(all, "PATH=") {
			t.Error("the editor has the credentials, or no environment at all")
		}
		d.Press("H")
		d.SeesNot("--metric totals")
	})
}

func TestWhatTheEditorLeavesIsTakenWholeOrNotAtAll(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 24)
		d.Press("enter")
		e := &editor{}
		e.with(d)
		before := d.Frame()
		d.choose("edit the query line in $E") // left as it was: nothing to do
		if after := d.Frame(); after != before {
			t.Errorf("nothing was edited, but the screen changed from\n%s\nto\n%s", before, after)
		}
		for leaves, says := range map[string]string{
			"segment --metric many":   "not taken: ",
			"nothing at all":          "not taken: ",
			"":                        "not taken: ",
			"segment A\x00":           "not taken: the file holds what is no text",
			strings.Repeat("a", 2e6):  "not taken: the file is larger than a mebibyte",
			"segment \x1b[31m --what": "not taken: ",
		} {
			e.leave = func(string) string { return leaves }
			d.Wait(time.Minute) // what was said before is gone
			d.choose("edit the query line in $E")
			d.Sees(says, "Song Played")
			if strings.Contains(d.Frame(), "\x1b[31m") {
				t.Errorf("%q reached the screen", leaves)
			}
		}
		e.fails = &exec.Error{Name: "my-ed", Err: exec.ErrNotFound}
		d.choose("edit the query line in $E")
		d.Sees("not taken: the editor my-ed failed")
		d.app.getenv = func(string) string { return "" }
		d.choose("edit the query line in $E")
		d.Sees("no editor is named: set EDITOR, as in EDITOR=vim")
	})
}

func TestSegmentsAreEditedAsJSON(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(160, 30)
		e := &editor{leave: func(s string) string { return strings.Replace(s, `"Germany"`, `"France", "Spain"`, 1) }}
		e.with(d)
		if _, err := d.app.runLine("x"); err == nil {
			t.Error("a line that is none was run")
		}
		cmd, err := d.app.runLine(`segment "Song Played" --where "country is Germany" --segment "platform is iOS" --segment "platform is Web" --metric totals`)
		if err != nil {
			t.Fatal(err)
		}
		d.run(cmd)
		d.Wait(time.Second)
		d.choose("edit the segments as JSON")
		if !strings.Contains(e.shown, `"prop": "country"`) || strings.Count(e.shown, `"platform"`) != 2 {
			t.Errorf("the editor showed %s", e.shown)
		}
		d.Sees("--metric totals", "country is France, Spain; platform is iOS", "country is Germany; platform is Web")
		e.leave = func(s string) string { return strings.Replace(s, `"op": "is"`, `"op": "equals"`, 1) }
		d.choose("edit the segments as JSON")
		d.Sees(`not taken: segment 1, condition 1: "equals" is no operator`, "country is France, Spain; platform is iOS")
		d.Press("5")
		d.Press("esc")
		d.choose("edit the segments as JSON")
		d.Sees("this question takes no segments")
	})
}

// Under the mask a file shows what the screen shows, and comes back as what it is.
func TestTheMaskHoldsInTheEditor(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 30)
		e := &editor{leave: func(s string) string { return s + " " }}
		e.with(d)
		cmd, err := d.app.runLine(`segment "Song Played" --where "gp:email is ada@example.com"`)
		if err != nil {
			t.Fatal(err)
		}
		d.run(cmd)
		d.Wait(time.Second)
		d.Press("X")
		for _, what := range []string{"edit the query line in $E", "edit the segments as JSON"} {
			d.choose(what)
			if strings.Contains(e.shown, "ada@") || e.shown == "" {
				t.Errorf("the file of %q shows %s", what, e.shown)
			}
			d.SeesNot("ada@", "not taken")
			e.shown = ""
		}
		d.Press("X")
		d.Sees("gp:email is ada@example.com")
	})
}

func TestWhatWasNotTakenIsNotLost(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 24)
		d.Press("enter")
		e := &editor{leave: func(string) string { return "segment Purchase --metric totls\n" }}
		e.with(d)
		d.choose("edit the query line in $E")
		d.Sees("did you mean totals?", "as you left it")
		e.leave = func(s string) string { return strings.Replace(s, "totls", "totals", 1) }
		d.choose("edit the query line in $E")
		if e.shown != "segment Purchase --metric totls\n" {
			t.Errorf("the editor was opened with %q", e.shown)
		}
		d.Sees("segment Purchase --metric totals")
		e.leave = nil
		d.choose("edit the query line in $E")
		if e.shown != "segment Purchase --metric totals\n" {
			t.Errorf("the next question was opened as %q", e.shown)
		}
	})
}
