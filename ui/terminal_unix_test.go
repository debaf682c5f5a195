//go:build unix

package ui

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"

	"amptui/api/text"
)

// terminal is the program itself, in a pseudo-terminal that answers no question.
type terminal struct {
	t        *testing.T
	cmd      *exec.Cmd
	pty, tty *os.File
	before   *term.State
	home     string
	ended    chan error

	mu    sync.Mutex
	out   strings.Builder
	heard chan struct{}
}

// inTerminal starts a command line on the events of a real log, which are read in a
// moment.
func inTerminal(t *testing.T, args ...string) *terminal {
	t.Helper()
	return inTerminalAt(t, "", nil, append(args, "--events", "testdata/fixes-2024.json.gz", "--zone", "UTC")...)
}

// inTerminalAt starts a command line in a folder, with more of an environment.
func inTerminalAt(t *testing.T, folder string, env []string, args ...string) *terminal {
	t.Helper()
	master, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Dup(int(master.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	master.Close()
	syscall.CloseOnExec(fd)
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	s := &terminal{
		t: t, pty: os.NewFile(uintptr(fd), "pty"), tty: tty, home: t.TempDir(),
		ended: make(chan error, 1), heard: make(chan struct{}, 1),
	}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: 100, Rows: 30}); err != nil {
		t.Fatal(err)
	}
	s.before, _ = term.GetState(tty.Fd())
	s.cmd = exec.Command(os.Args[0], args...)
	s.cmd.Env = append([]string{
		"AMPTUI_TEST_AS_MAIN=1", "TERM=xterm-256color", "LANG=C.UTF-8", "HOME=" + s.home, "PATH=" + os.Getenv("PATH"),
		"XDG_CONFIG_HOME=" + filepath.Join(s.home, "config"), "XDG_STATE_HOME=" + filepath.Join(s.home, "state"),
		"XDG_CACHE_HOME=" + filepath.Join(s.home, "cache"), "GORACE=atexit_sleep_ms=0 exitcode=0 log_path=" + filepath.Join(s.home, "race"),
	}, env...)
	s.cmd.Dir = folder
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.read()
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		s.tty.Close()
		s.pty.Close()
	})
	return s
}

func (s *terminal) read() {
	buf := make([]byte, 64<<10)
	for {
		n, err := s.pty.Read(buf)
		s.mu.Lock()
		s.out.Write(buf[:n])
		s.mu.Unlock()
		select {
		case s.heard <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

func (s *terminal) output() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.String()
}

// sees waits until something is written.
func (s *terminal) sees(words string) {
	s.t.Helper()
	limit := time.After(30 * time.Second)
	for !strings.Contains(s.output(), words) {
		select {
		case <-s.heard:
		case <-limit:
			s.t.Fatalf("%q does not come: %q", words, s.output())
		}
	}
}

// rests waits until nothing has been written for a while, but not for what turns.
func (s *terminal) rests() {
	const pause = 60 * time.Millisecond
	limit := time.After(5 * pause)
	for {
		select {
		case <-s.heard:
		case <-time.After(pause):
			return
		case <-limit:
			return
		}
	}
}

func (s *terminal) press(keys string) {
	if _, err := s.pty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the program's end, a second at most, and returns its exit code.
func (s *terminal) end() int {
	s.t.Helper()
	select {
	case err := <-s.ended:
		s.races()
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode()
		}
		return 0
	case <-time.After(time.Second):
		s.t.Fatalf("it is still there after a second: %q", s.output())
	}
	return -1
}

// races holds that the program itself has none, where they are looked for. They are
// written to a file: on the terminal they would be taken for what the program says.
// Bubble Tea has one of its own: told to end at once, it closes its input while it is
// read.
func (s *terminal) races() {
	s.t.Helper()
	files, _ := filepath.Glob(filepath.Join(s.home, "race.*")) // the pattern is a good one
	for _, path := range files {
		found, err := os.ReadFile(path)
		if err != nil {
			s.t.Fatal(err)
		}
		for report := range strings.SplitSeq(string(found), "==================") {
			if strings.Contains(report, "DATA RACE") && !strings.Contains(report, "cancelreader.(*epollCancelReader).Close()") {
				s.t.Errorf("%s", report)
			}
		}
	}
}

// asBefore holds that the terminal is as it was.
func (s *terminal) asBefore() {
	s.t.Helper()
	s.sees("\x1b[?1049l")
	out := s.output()
	for on, off := range map[string]string{
		"\x1b[?1049h": "\x1b[?1049l", "\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l", "\x1b[?7l": "\x1b[?7h",
	} {
		if strings.LastIndex(out, off) < strings.LastIndex(out, on) {
			s.t.Errorf("%q is the last word on this mode in %q", on, out)
		}
	}
	after, err := term.GetState(s.tty.Fd())
	for limit := time.Now().Add(time.Second); !reflect.DeepEqual(after, s.before) && time.Now().Before(limit); {
		time.Sleep(time.Millisecond) // they come back after the last byte
		after, err = term.GetState(s.tty.Fd())
	}
	if err != nil || !reflect.DeepEqual(after, s.before) {
		s.t.Errorf("the line discipline was %+v and is %+v (%v)", s.before, after, err)
	}
}

// Whatever the server does, and however the program is ended, it ends at once, and
// the terminal is as it was.
func TestTheProgramEndsInEveryWayOnEveryServer(t *testing.T) {
	sig := func(n syscall.Signal) func(*terminal) { return func(s *terminal) { _ = s.cmd.Process.Signal(n) } }
	key := func(k string) func(*terminal) { return func(s *terminal) { s.press(k) } }
	ways := map[string]struct {
		leave func(*terminal)
		code  int
	}{
		"Q": {key("Q"), 0}, "ctrl+c": {key("\x03"), 0},
		"SIGINT": {sig(syscall.SIGINT), 130}, "SIGTERM": {sig(syscall.SIGTERM), 143},
		"SIGHUP": {sig(syscall.SIGHUP), 129}, "SIGQUIT": {sig(syscall.SIGQUIT), 131},
	}
	for _, fault := range []string{"", "silent", "endless", "drip-headers", "error"} {
		for name, way := range ways {
			t.Run(fault+"/"+name, func(t *testing.T) {
				t.Parallel()
				var args []string
				if fault != "" {
					args = []string{"--demo-fault", fault}
				}
				s := inTerminal(t, args...)
				s.sees("1 Events")
				s.rests()
				way.leave(s)
				if code := s.end(); code != way.code {
					t.Errorf("the exit code is %d; want %d: %q", code, way.code, s.output())
				}
				s.asBefore()
			})
		}
		t.Run(fault+"/hang-up", func(t *testing.T) {
			t.Parallel()
			s := inTerminal(t)
			s.sees("1 Events")
			s.tty.Close()
			s.pty.Close()
			if code := s.end(); code == 0 {
				t.Error("a terminal that went away is no good end")
			}
		})
	}
}

// Of what strangers have named their events, properties and users no byte drives the
// terminal, on its whole way through the program.
func TestNothingOfTheDataDrivesARealTerminal(t *testing.T) {
	for _, fault := range []string{"hostile", "hostile-escaped", "hostile-raw", "hostile-dates", "hostile-error", "hostile-error-text", "hostile-headers", "hostile-reason", "hostile-place", "echo"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			s := inTerminal(t, "--demo-fault", fault)
			s.sees("1 Events")
			s.rests()
			for _, keys := range []string{
				"j", "G", "/", "a", "\x1b", "\x1b", "\r", "j", "t", "b", "\x1b", "?", "\x1b", "3", "a", "\x1b", "4", "t", "6", "t",
				"5", "a", "\r", "\t", "j", "j", "\r", "\x1b", "Y", "\x1b", "e", "\x1b", ":", "\x1b", "H", "H", "2", "s", "\x1b", "X",
			} {
				s.press(keys)
				s.rests()
			}
			s.press("Q")
			s.end()
			if bad := driven(s.output()); bad != "" {
				t.Errorf("this reaches the terminal: %q", bad)
			}
		})
	}
}

// driven is the first thing in what was written that is neither text fit for a
// terminal nor one of the program's own commands.
func driven(out string) string {
	for i := 0; i < len(out); {
		if out[i] != '\x1b' {
			end := strings.IndexByte(out[i:], '\x1b')
			if end < 0 {
				end = len(out) - i
			}
			word := strings.NewReplacer("\r", "", "\n", "", "\b", "").Replace(out[i : i+end])
			if !text.IsFit(word) {
				return word
			}
			i += end
			continue
		}
		n := command(out[i:])
		if n == 0 {
			return out[i:min(i+20, len(out))]
		}
		i += n
	}
	return ""
}

// command is the length of a command that the program itself gives: moving, erasing,
// style, and the modes that it sets.
func command(s string) int {
	if strings.HasPrefix(s, "\x1bM") {
		return 2 // a row up, which scrolls at the top
	}
	if len(s) < 3 || s[1] != '[' {
		return 0
	}
	end := 2
	for end < len(s) && strings.IndexByte("0123456789;:?", s[end]) >= 0 {
		end++
	}
	if end == len(s) {
		return 0
	}
	if s[2] == '?' {
		for _, mode := range []string{"1049", "25", "7", "2004", "1002", "1006", "2026"} {
			if s[3:end] == mode && (s[end] == 'h' || s[end] == 'l') {
				return end + 1
			}
		}
		return 0
	}
	if strings.IndexByte("mHJKABCDGdXPLMSTr@", s[end]) < 0 {
		return 0
	}
	return end + 1
}
