package ui

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// edited is what the user's editor was left with.
type edited struct {
	draft
	err  error
	take func(string) (tea.Cmd, error)
}

// draft is a text in the editor: the file, what it was made of, and what was left. One
// that was not taken opens again as it was left, so that no work is lost.
type draft struct{ name, was, text string }

// mostEdited is how much is read back.
const mostEdited = 1 << 20

// editing are the actions that open the user's own editor.
func (a *App) editing() []keys.Action {
	own := func(name, label string, do func() tea.Cmd, blocked string) keys.Action {
		return keys.Action{Key: keys.Key{Name: name, Place: keys.Everywhere}, Label: label, Do: do, Blocked: blocked, Quiet: true}
	}
	none := ""
	if spec, _ := a.spec(a.front); spec.Bind == nil || !knowsSegments(spec) {
		none = "this question takes no segments"
	}
	return []keys.Action{
		own("edit-line", "edit the query line in $EDITOR", a.editLine, a.noForm()),
		own("edit-segments", "edit the segments as JSON in $EDITOR", a.editSegments, none),
	}
}

func knowsSegments(spec views.Spec) bool {
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	spec.Bind(fs)
	return fs.Lookup("segment") != nil
}

// editLine opens the query line.
func (a *App) editLine() tea.Cmd {
	return a.edit("query.txt", a.view().Link().Line()+"\n", func(s string) (tea.Cmd, error) {
		line := ""
		for row := range strings.SplitSeq(s, "\n") {
			if row = strings.TrimSpace(row); row != "" && !strings.HasPrefix(row, "#") {
				line = strings.TrimSpace(line + " " + strings.TrimSuffix(row, "\\"))
			}
		}
		if line == "" {
			return nil, errors.New("the line is empty")
		}
		return a.runLine(line)
	})
}

// editSegments opens the segments as the API is asked with them.
func (a *App) editSegments() tea.Cmd {
	link := a.view().Link()
	spec, _ := a.spec(link.View)
	who, rest, err := splitWho(spec, link.Args)
	if err != nil {
		return a.say(views.Notice{Text: text.Clean(err.Error()), Bad: true})
	}
	return a.edit("segments.json", string(api.SegmentsJSON(who.Asked())), func(s string) (tea.Cmd, error) {
		segments, err := api.ParseSegments([]byte(s))
		if err != nil {
			return nil, err
		}
		var args []string
		for _, segment := range segments {
			args = append(args, "--segment="+query.PrintSegment(segment))
		}
		args = append(args, rest...)
		// What is wrong is quoted: it is looked for before pseudonyms are undone.
		for _, try := range [][]string{args, a.env.Mask.RevealArgs(args)} {
			if _, err := spec.New(a.env, try); err != nil {
				return nil, err
			}
		}
		return a.goTo(views.Link{View: spec.Name, Args: args}, true), nil
	})
}

// splitWho takes the filters and segments out of arguments.
func splitWho(spec views.Spec, args []string) (query.Who, []string, error) {
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	fs.SortFlags = false
	spec.Bind(fs)
	if err := fs.Parse(args); err != nil {
		return query.Who{}, nil, err
	}
	var who query.Who
	var rest []string
	var failed error
	fs.Visit(func(f *pflag.Flag) {
		list, ok := f.Value.(interface{ Strings() []string })
		if !ok || f.Name != "where" && f.Name != "segment" {
			rest = append(rest, views.FlagArgs(f)...)
			return
		}
		for _, v := range list.Strings() {
			s, err := query.ParseSegment(v)
			failed = errors.Join(failed, err)
			if f.Name == "where" {
				who.Where = append(who.Where, s...)
			} else {
				who.Segments = append(who.Segments, s)
			}
		}
	})
	return who, append(append(rest, "--"), fs.Args()...), failed
}

// edit opens a text in the user's editor, in a folder that only the user can read
// and that is gone behind it.
func (a *App) edit(name, content string, take func(string) (tea.Cmd, error)) tea.Cmd {
	words, err := editorWords(a.getenv)
	if err != nil {
		return a.say(views.Notice{Text: err.Error(), Bad: true})
	}
	open, d := a.exec, draft{name: name, was: content, text: content}
	if a.draft.name == name && a.draft.was == content {
		d.text = a.draft.text
	}
	return func() tea.Msg {
		path, err := writeApart(name, d.text)
		if err != nil {
			return edited{err: fmt.Errorf("no file could be made for the editor: %w", err)}
		}
		child := exec.Command(words[0], append(words[1:], path)...)
		child.Env = config.ForeignEnv(os.Environ())
		return open(child, func(err error) tea.Msg {
			defer os.RemoveAll(filepath.Dir(path))
			if err != nil {
				return edited{err: fmt.Errorf("the editor %s failed: %w", words[0], err)}
			}
			return readEdited(path, d, take)
		})()
	}
}

// writeApart writes a file in a new folder of its own.
func writeApart(name, content string) (string, error) {
	dir, err := os.MkdirTemp("", "amptui-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return path, nil
}

// readEdited reads back what the editor has left; nothing new is nothing to do.
func readEdited(path string, d draft, take func(string) (tea.Cmd, error)) tea.Msg {
	info, err := os.Lstat(path)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return edited{err: errors.New("the editor has left no file")}
	case info.Size() > mostEdited:
		return edited{err: errors.New("the file is larger than a mebibyte")}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return edited{err: errors.New("the file cannot be read")}
	}
	if string(b) == d.text {
		return nil
	}
	if strings.ContainsRune(string(b), 0) {
		return edited{err: errors.New("the file holds what is no text")}
	}
	d.text = string(b)
	return edited{draft: d, take: take}
}

// tookEdited uses what was edited, or says why it cannot.
func (a *App) tookEdited(e edited) tea.Cmd {
	if e.err != nil {
		return a.say(views.Notice{Text: "not taken: " + text.Clean(e.err.Error()), Bad: true})
	}
	cmd, err := e.take(e.text)
	if err != nil {
		said := "not taken: " + text.Clean(err.Error())
		if a.draft = (draft{}); strings.TrimSpace(e.text) != "" { // what was emptied begins anew
			a.draft = e.draft
			said += " (the editor opens it again as you left it)"
		}
		return a.say(views.Notice{Text: said, Bad: true})
	}
	a.draft = draft{}
	return cmd
}

// editorWords are the command of the user's editor.
func editorWords(env func(string) string) ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words, err := query.Split(env(name)); err == nil && len(words) > 0 {
			return words, nil
		}
	}
	return nil, errors.New("no editor is named: set EDITOR, as in EDITOR=vim")
}
