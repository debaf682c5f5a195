package ui

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/pflag"

	"amptui/charts/theme"
	"amptui/keys"
	"amptui/ui/paint"
	"amptui/views"
)

// alone holds that no process of the session is left.
func (s *terminal) alone() {
	s.t.Helper()
	session := strconv.Itoa(s.cmd.Process.Pid)
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil || len(stats) == 0 {
		s.t.Fatalf("%d processes, %v", len(stats), err)
	}
	for _, path := range stats {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended meanwhile
		}
		_, after, _ := strings.Cut(string(stat), ") ")
		if f := strings.Fields(after); len(f) > 3 && f[3] == session && f[0] != "Z" {
			s.t.Errorf("left behind: %s", stat)
		}
	}
}

func TestAHangingCredentialCommandIsNotLeftBehind(t *testing.T) {
	for name, leave := range map[string]func(*terminal){
		"Q":       func(s *terminal) { s.press("Q") },
		"SIGTERM": func(s *terminal) { _ = s.cmd.Process.Signal(syscall.SIGTERM) },
		"hang-up": func(s *terminal) { s.tty.Close(); s.pty.Close() },
	} {
		t.Run(name, func(t *testing.T) {
			config, work := t.TempDir(), t.TempDir()
			path := filepath.Join(config, "amptui", "config.toml")
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			// Deaf to the hang-up that the end of a session's leader brings: under a
			// shell, which leads it, none comes.
			toml := "[profiles.default]\ncredential_command = [\"sh\", \"-c\", \"trap '' HUP; touch started; exec sleep 600\"]\n"
			if err := os.WriteFile(path, []byte(toml), 0o600); err != nil {
				t.Fatal(err)
			}
			s := inTerminalAt(t, work, []string{"XDG_CONFIG_HOME=" + config})
			s.sees("1 Events")
			for limit := time.Now().Add(20 * time.Second); ; time.Sleep(2 * time.Millisecond) {
				if _, err := os.Stat(filepath.Join(work, "started")); err == nil {
					break
				}
				if time.Now().After(limit) {
					t.Fatal("the command was not started")
				}
			}
			leave(s)
			s.end()
			if name != "hang-up" {
				s.asBefore()
			}
			s.alone()
		})
	}
}

func TestCtrlCQuitsWhereLettersAreTyped(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":", "Q")
		if d.quit {
			t.Fatal("a letter quits")
		}
		d.Press("ctrl+c")
		if !d.quit {
			t.Errorf("ctrl+c does nothing:\n%s", d.Frame())
		}
	})
}

// breaks is what a panic holds that may show nowhere.
const breaks = "ada@example.com\x1b]52;c;cHduZWQ=\a"

// broken is a view that panics in one of its methods.
type broken struct{ where string }

func (b *broken) breakIn(where string) {
	if b.where == where {
		panic(breaks)
	}
}

func (b *broken) Init() tea.Cmd {
	b.breakIn("Init")
	return func() tea.Msg {
		b.breakIn("Cmd")
		return views.Together(context.Background(), func(context.Context) error { b.breakIn("goroutine"); return nil })
	}
}

func (b *broken) Update(tea.Msg) tea.Cmd { b.breakIn("Update"); return nil }
func (b *broken) View() string           { b.breakIn("View"); return "a view" }
func (b *broken) Actions() []keys.Action { b.breakIn("Actions"); return nil }
func (*broken) Typing() bool             { return false }
func (*broken) Link() views.Link         { return views.Link{View: "broken"} }
func (*broken) Stop()                    {}

// TestBrokenViewAsAChild is the program with a view that panics.
func TestBrokenViewAsAChild(t *testing.T) {
	where := os.Getenv("BROKEN_VIEW")
	if where == "" {
		t.Skip("runs as the child of TestAPanicOfAViewRestoresTheTerminal")
	}
	spec := views.Spec{
		Name: "broken", Title: "Broken", Bind: func(*pflag.FlagSet) {},
		New: func(views.Env, []string) (views.View, error) { return &broken{where}, nil },
	}
	p := &program{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv}
	env := views.Env{Now: time.Now, Zone: time.UTC, Keys: keys.Default(), Theme: theme.Plain()}
	app := NewApp(append([]views.Spec{spec}, catalog()...), env, Project{}, views.Link{View: "broken"}, func() tea.Msg {
		return opened{source: source{env: views.Env{Mask: views.NewMask([]byte("key"), false, nil)}, close: func() {}}}
	})
	err := paint.Run(t.Context(), spelt{app, env.Theme.Glyphs}, paint.Terminal{In: os.Stdin, Out: os.Stdout, Env: os.Getenv, Report: p.reportFile()})
	if err != nil {
		p.complain(err)
	}
	os.Exit(exitCode(err))
}

func TestAPanicOfAViewRestoresTheTerminal(t *testing.T) {
	for _, where := range []string{"Init", "Cmd", "goroutine", "Update", "View", "Actions"} {
		t.Run(where, func(t *testing.T) {
			s := inTerminalAt(t, "", []string{"AMPTUI_TEST_AS_MAIN=", "BROKEN_VIEW=" + where}, "-test.run=^TestBrokenViewAsAChild$")
			s.sees("amptui: the program crashed")
			if code := s.end(); code != 1 {
				t.Errorf("exit code %d", code)
			}
			s.asBefore()
			out := s.output()
			if strings.Contains(out, "ada@") || strings.Contains(out, "]52") || strings.Contains(out, "goroutine ") {
				t.Errorf("the panic's text reached the terminal: %q", out)
			}
			path := filepath.Join(s.home, "state/amptui/crash.txt")
			info, err := os.Stat(path)
			if err != nil || info.Mode().Perm() != 0o600 {
				t.Fatalf("%v, %v", info, err)
			}
			report, _ := os.ReadFile(path)
			if strings.Contains(string(report), "ada@") || !strings.Contains(string(report), ".go:") {
				t.Errorf("the report:\n%s", report)
			}
		})
	}
}
