package ui

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api/demo"
	"amptui/config"
	"amptui/views/query"
)

// A block is a fenced part of README.md.
type block struct {
	at    int // the line of its first row
	lang  string
	lines []string
}

// blocks are the fenced parts of README.md.
func blocks(t *testing.T) []block {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []block
	open := false
	for i, line := range strings.Split(string(text), "\n") {
		switch lang, fence := strings.CutPrefix(line, "```"); {
		case fence && !open:
			open = true
			all = append(all, block{at: i + 2, lang: lang})
		case fence:
			open = false
		case open:
			b := &all[len(all)-1]
			b.lines = append(b.lines, line)
		}
	}
	return all
}

// commandOf is the words of a line for a shell behind "amptui" or "go run .", up to
// where the output goes; false for a line that runs something else.
func commandOf(t *testing.T, line string) ([]string, bool) {
	t.Helper()
	line, _, _ = strings.Cut(line+" ", "  #")
	words, err := query.Split(line)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	for len(words) > 0 && strings.Contains(words[0], "=") {
		words = words[1:] // variables, which the test sets itself
	}
	for i, w := range words {
		if w == ">" || w == ">>" || w == "|" && i > 0 && words[0] == "amptui" {
			words = words[:i]
			break
		}
	}
	if at := slices.Index(words, "|"); at >= 0 {
		words = words[at+1:]
	}
	switch {
	case len(words) > 0 && words[0] == "amptui":
		return words[1:], true
	case len(words) > 2 && slices.Equal(words[:3], []string{"go", "run", "."}):
		return words[3:], true
	}
	return nil, false
}

// plainly is a command as it runs without a terminal: what opens the explorer prints
// its first view, and what watches asks once.
func plainly(words []string) []string {
	words = slices.Clone(words)
	if at := slices.Index(words, "--watch"); at >= 0 {
		words = slices.Delete(words, at, at+2)
	}
	named := false
	for i, w := range words {
		valued := i > 0 && slices.Contains([]string{"--events", "--demo-fault"}, words[i-1])
		named = named || !strings.HasPrefix(w, "-") && !valued
	}
	if !named {
		words = append(words, catalog()[0].Name)
	}
	return words
}

// Every command that README.md shows does what it says: it runs, and prints.
func TestReadmeShowsCommandsThatRun(t *testing.T) {
	if raceDetector {
		t.Skip("one command runs after the other")
	}
	s := newShell(t)
	s.log = demoLog()
	readme, quoted := blocks(t), quotes(t)
	t.Chdir(t.TempDir())
	ran := 0
	var says []string // what each command has said, in one line
	for _, b := range readme {
		own := slices.ContainsFunc(b.lines, func(l string) bool { return strings.HasPrefix(l, "amptui login") })
		if b.lang != "sh" || own {
			continue
		}
		for i, line := range b.lines {
			words, ok := commandOf(t, line)
			if !ok {
				if !slices.Contains([]string{"go test ./...", "CGO_ENABLED=0 go install .", ""}, line) && !strings.HasPrefix(line, "mkdir -p ~/") {
					t.Errorf("README.md:%d runs neither amptui nor go: %s", b.at+i, line)
				}
				continue
			}
			ran++
			args := plainly(words)
			if !slices.Contains(args, "--events") {
				args = demoArgs(args...)
			}
			code := s.run(args...)
			says = append(says, strings.Join(strings.Fields(s.errs), " "))
			if slices.Contains(args, "--demo-fault") {
				if code == exitUsage { // it fails as it is told to
					t.Errorf("README.md:%d: %s: %s", b.at+i, line, s.errs)
				}
				continue
			}
			if code != exitOK && !(code == exitTripped && slices.Contains(args, "--fail-if")) || s.out == "" && args[0] != "man" && !slices.Contains(args, "export") {
				t.Errorf("README.md:%d: %s: %d, %s", b.at+i, line, code, s.errs)
			}
		}
	}
	if ran < 20 {
		t.Errorf("only %d commands were found", ran)
	}
	for _, quote := range quoted {
		if !slices.ContainsFunc(says, func(said string) bool { return strings.Contains(said, quote) }) {
			t.Errorf("no command of README.md says %q at the tests' time", quote)
		}
	}
}

// quotes are the quotations of README.md, each in one line.
func quotes(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	inside := false
	for line := range strings.SplitSeq(string(text), "\n") {
		words, quoted := strings.CutPrefix(line, "> ")
		switch {
		case quoted && inside:
			all[len(all)-1] += " " + words
		case quoted:
			all = append(all, words)
		}
		inside = quoted
	}
	if len(all) == 0 {
		t.Error("README.md quotes nothing")
	}
	return all
}

// The steps to a project of one's own, against a server that answers as the API does.
func TestReadmeLeadsToAProjectOfOnesOwn(t *testing.T) {
	now := time.Now()
	server := httptest.NewServer(&demo.Server{Log: demo.Generate(1, now), Now: time.Now, Zone: time.UTC})
	defer server.Close()
	s := newShell(t)
	steps := 0
	for _, b := range blocks(t) {
		if !slices.ContainsFunc(b.lines, func(l string) bool { return strings.HasPrefix(l, "amptui login") }) {
			continue
		}
		for i, line := range b.lines {
			words, ok := commandOf(t, line)
			if !ok {
				t.Errorf("README.md:%d: %s", b.at+i, line)
				continue
			}
			steps++
			args := plainly(words)
			s.in = ""
			if args[0] == "login" {
				// The form needs a terminal, the keyring a desktop.
				args = append(args, "--secret-stdin", "--insecure-storage", "--region", server.URL)
				s.in = "key\nsecret\n"
			}
			if code := s.run(args...); code != 0 || s.out == "" {
				t.Errorf("README.md:%d: %s: %d, %s", b.at+i, line, code, s.errs)
			}
		}
	}
	if steps < 4 {
		t.Errorf("only %d steps were found", steps)
	}
}

// Every query line that stands alone is understood, and has an answer; what stands
// for a file is one.
func TestReadmeShowsQueriesThatAreUnderstood(t *testing.T) {
	s := newShell(t)
	s.log = demoLog()
	get := func(k string) string { return s.env[k] }
	ran := 0
	for _, b := range blocks(t) {
		switch whole := strings.Join(b.lines, "\n") + "\n"; {
		case b.lang == "toml":
			s.configure(whole)
			if code := s.run("config", "check"); code != 0 {
				t.Errorf("README.md:%d: %s", b.at, s.out)
			}
			s.configure("")
		case b.lang != "" || strings.Contains(whole, "──"):
		case strings.HasPrefix(b.lines[0], "amptui "): // a talk in accessible mode, which needs somebody who answers
		case strings.HasPrefix(b.lines[0], "# queries.txt"):
			s.configure("")
			if err := os.WriteFile(filepath.Join(filepath.Dir(config.Path(get)), "queries.txt"), []byte(whole), 0o600); err != nil {
				t.Fatal(err)
			}
			if code := s.run("config", "check"); code != 0 {
				t.Errorf("README.md:%d: %s", b.at, s.out)
			}
			saved, _, _ := config.LoadQueries(get)
			for _, q := range saved {
				ran++
				if code := s.run(demoArgs("open", q.Name, "-o", "plain")...); code != 0 || s.out == "" {
					t.Errorf("README.md:%d: %s: %d, %s", b.at+q.At-1, q.Name, code, s.errs)
				}
			}
		case strings.HasPrefix(b.lines[0], "# "):
			if err := os.MkdirAll(config.BoardsPath(get), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(config.BoardsPath(get), "today"), []byte(whole), 0o600); err != nil {
				t.Fatal(err)
			}
			ran++
			if code := s.run(demoArgs("board", "today", "-o", "plain")...); code != 0 || s.out == "" {
				t.Errorf("README.md:%d: %d, %s", b.at, code, s.errs)
			}
		default:
			for i, line := range b.lines {
				words, err := query.Split(line)
				if err != nil {
					t.Errorf("README.md:%d: %v", b.at+i, err)
					continue
				}
				ran++
				if code := s.run(demoArgs(append(words, "-o", "json")...)...); code != 0 || !strings.Contains(s.out, `"query":`) {
					t.Errorf("README.md:%d: %s: %d, %s", b.at+i, line, code, s.errs)
				}
			}
		}
	}
	if ran < 12 {
		t.Errorf("only %d queries were found", ran)
	}
}

// Every view has its picture, which the script makes, and README.md shows none that is
// not there.
func TestEveryViewHasItsPicture(t *testing.T) {
	script, err := os.ReadFile("../screenshots/shots.sh")
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	pictures := regexp.MustCompile(`screenshots/[a-z]+\.(png|gif)`).FindAllString(string(readme), -1)
	for _, spec := range catalog() {
		pictures = append(pictures, "screenshots/"+spec.Name+".png")
		if !strings.Contains(string(script), "\nshot "+spec.Name+" ") {
			t.Errorf("shots.sh makes no picture of %s", spec.Name)
		}
	}
	for _, path := range pictures {
		if _, err := os.Stat("../" + path); err != nil {
			t.Errorf("there is no %s", path)
		}
	}
}
