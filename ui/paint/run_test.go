//go:build unix

package paint

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/creack/pty"
)

// session is the tiny program on a pty that answers no queries.
type session struct {
	t        *testing.T
	cmd      *exec.Cmd
	pty, tty *os.File
	before   *term.State
	report   string
	ended    chan error

	mu    sync.Mutex
	out   strings.Builder
	heard chan struct{}
}

func open(t *testing.T, start string) *session {
	t.Helper()
	p, tty, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	fd, err := syscall.Dup(int(p.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	p.Close()
	syscall.CloseOnExec(fd)
	if err := syscall.SetNonblock(fd, true); err != nil {
		t.Fatal(err)
	}
	p = os.NewFile(uintptr(fd), "pty") // a file whose reads end when it is closed
	s := &session{t: t, pty: p, tty: tty, ended: make(chan error, 1), heard: make(chan struct{}, 1)}
	s.resize(40, 6)
	s.before, _ = term.GetState(tty.Fd())
	s.report = filepath.Join(t.TempDir(), "state", "crash.txt")
	s.cmd = exec.Command(os.Args[0])
	s.cmd.Env = append(os.Environ(), "PAINT_CHILD="+start, "PAINT_REPORT="+s.report, "TERM=xterm-256color", "CI=", "GORACE=atexit_sleep_ms=0")
	s.cmd.Stdin, s.cmd.Stdout, s.cmd.Stderr = tty, tty, tty
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go s.read()
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		tty.Close()
		p.Close()
	})
	return s
}

func (s *session) read() {
	buf := make([]byte, 4096)
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

func (s *session) output() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.out.String()
}

// wait waits until text has been written after the first `from` bytes, and
// returns how much has been written.
func (s *session) wait(from int, text string) int {
	s.t.Helper()
	limit := time.After(5 * time.Second)
	for {
		if out := s.output(); strings.Contains(out[from:], text) {
			return len(out)
		}
		select {
		case <-s.heard:
		case <-limit:
			s.t.Fatalf("%q did not come: %q", text, s.output()[from:])
		}
	}
}

func (s *session) resize(w, h int) {
	if err := pty.Setsize(s.tty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) press(keys string) {
	if _, err := s.pty.WriteString(keys); err != nil {
		s.t.Fatal(err)
	}
}

// end waits for the program's end and returns its exit code.
func (s *session) end() int {
	s.t.Helper()
	select {
	case err := <-s.ended:
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			return exit.ExitCode()
		}
		return 0
	case <-time.After(time.Second):
		s.t.Fatalf("still there after a second: %q", s.output())
	}
	return -1
}

// clean checks that the terminal is as it was.
func (s *session) clean() {
	s.t.Helper()
	// The last bytes may come after the end of the process; an earlier leave, as
	// for a child, is not this one.
	s.wait(max(strings.LastIndex(s.output(), "\x1b[?1049h"), 0), "\x1b[?1049l")
	out := s.output()
	for on, off := range map[string]string{
		"\x1b[?1049h": "\x1b[?1049l", "\x1b[?25l": "\x1b[?25h", "\x1b[?2004h": "\x1b[?2004l", "\x1b[?7l": "\x1b[?7h",
		"\x1b[?1002h": "\x1b[?1002l", "\x1b[?1006h": "\x1b[?1006l",
	} {
		if strings.LastIndex(out, off) < strings.LastIndex(out, on) {
			s.t.Errorf("%q is the last word on this mode in %q", on, out)
		}
	}
	after, err := term.GetState(s.tty.Fd())
	for limit := time.Now().Add(time.Second); !reflect.DeepEqual(after, s.before) && time.Now().Before(limit); {
		<-time.After(time.Millisecond) // they come back after the last byte
		after, err = term.GetState(s.tty.Fd())
	}
	if err != nil || !reflect.DeepEqual(after, s.before) {
		s.t.Errorf("termios changed: %+v, then %+v (%v)", s.before, after, err)
	}
	if strings.Contains(out, "secret") || strings.Contains(out, "\x1b]0") {
		s.t.Errorf("the panic's text reached the terminal: %q", out)
	}
}

func TestStartsOnAMuteTerminal(t *testing.T) {
	begin := time.Now()
	s := open(t, "plain")
	s.wait(0, "size=40x6")
	if took := time.Since(begin); took > time.Second {
		t.Errorf("took %v", took)
	}
	if out := s.output(); strings.Contains(out, "]11;?") || strings.Contains(out, "\x1b[6n") {
		t.Errorf("asked the terminal: %q", out)
	}
	s.press("q")
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	s.clean()
}

func TestEveryWayOutRestoresTheTerminal(t *testing.T) {
	sig := func(n syscall.Signal) func(*session) {
		return func(s *session) { _ = s.cmd.Process.Signal(n) }
	}
	key := func(k string) func(*session) {
		return func(s *session) { s.press(k) }
	}
	for name, c := range map[string]struct {
		leave  func(*session)
		code   int
		report bool
	}{
		"q":                {key("q"), 0, false},
		"ctrl+c":           {key("\x03"), 130, false},
		"SIGINT":           {sig(syscall.SIGINT), 130, false},
		"SIGTERM":          {sig(syscall.SIGTERM), 143, false},
		"SIGHUP":           {sig(syscall.SIGHUP), 129, false},
		"SIGQUIT":          {sig(syscall.SIGQUIT), 131, false},
		"panic in Update":  {key("u"), 1, true},
		"panic in Frame":   {key("f"), 1, true},
		"panic in Cmd":     {key("c"), 1, true},
		"panic in Batch":   {key("b"), 1, true},
		"panic after Exec": {key("x"), 1, true},
		"SIGTERM in hang":  {func(s *session) { s.press("h"); _ = s.cmd.Process.Signal(syscall.SIGTERM) }, 143, false},
		"SIGTERM in a child": {func(s *session) {
			s.press("w")
			s.wait(0, "asleep")
			_ = s.cmd.Process.Signal(syscall.SIGTERM)
		}, 143, false},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, "plain")
			s.wait(0, "last=")
			c.leave(s)
			if code := s.end(); code != c.code {
				t.Errorf("exit code %d, want %d: %q", code, c.code, s.output())
			}
			s.clean()
			checkReport(t, s.report, c.report)
		})
	}
}

func TestPanicInInitRestoresTheTerminal(t *testing.T) {
	for _, start := range []string{"init", "initcmd"} {
		s := open(t, start)
		if code := s.end(); code != 1 {
			t.Errorf("%s: exit code %d", start, code)
		}
		s.clean()
		checkReport(t, s.report, true)
	}
}

// checkReport checks that a crash, and nothing else, leaves a report that only
// the user can read, with the place but not the panic's value.
func checkReport(t *testing.T, path string, want bool) {
	t.Helper()
	info, err := os.Stat(path)
	if !want {
		if err == nil {
			t.Error("there is a crash report")
		}
		return
	}
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("report: %v, %v", info, err)
	}
	text, _ := os.ReadFile(path)
	if strings.Contains(string(text), "secret") || !strings.Contains(string(text), "child_test.go:") {
		t.Errorf("report:\n%s", text)
	}
}

func TestHangUpEndsTheProgram(t *testing.T) {
	s := open(t, "plain")
	s.wait(0, "last=")
	s.tty.Close()
	s.pty.Close()
	if code := s.end(); code != 129 {
		t.Errorf("exit code %d", code)
	}
}

func TestSuspendGivesTheTerminalBackAndTakesItAgain(t *testing.T) {
	s := open(t, "plain")
	s.wait(0, "last=")
	s.press("j\x1a")
	from := s.wait(0, "\x1b[?2004l")
	s.clean()
	for !strings.Contains(s.output()[from:], "\x1b[?1049h") { // a signal sent too early is lost
		_ = s.cmd.Process.Signal(syscall.SIGCONT)
		select {
		case <-s.heard:
		case <-time.After(20 * time.Millisecond):
		}
	}
	s.wait(from, "keys=2")
	s.wait(from, "resumed")
	s.press("q")
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	s.clean()
}

func TestChildHasTheTerminal(t *testing.T) {
	s := open(t, "plain")
	s.wait(0, "last=")
	from := s.wait(0, "last=")
	s.press("e")
	s.wait(from, "exited exit status 3")
	out := s.output()[from:]
	left, said, back := strings.Index(out, "\x1b[?1049l"), strings.Index(out, "from the child\r\n"), strings.LastIndex(out, "\x1b[?1049h")
	if left < 0 || said < left || back < said {
		t.Errorf("left at %d, child at %d, back at %d: %q", left, said, back, out)
	}
	s.press("q")
	s.end()
	s.clean()
}

func TestResizeRepaintsAll(t *testing.T) {
	s := open(t, "plain")
	from := s.wait(0, "last=")
	for w := 41; w <= 70; w++ {
		s.resize(w, 7)
	}
	s.wait(from, "size=70x7")
	s.press("q")
	s.end()
}

func TestCopyAndRedraw(t *testing.T) {
	s := open(t, "plain")
	from := s.wait(0, "last=")
	s.press("y")
	from = s.wait(from, "\x1b]52;c;Y29waWVk\a")
	s.press("l")
	s.wait(from, clearAll)
	s.press("q")
	s.end()
}

func TestMouseIsSwitchedWhileRunning(t *testing.T) {
	s := open(t, "plain")
	from := s.wait(0, "last=")
	s.press("m")
	from = s.wait(from, "\x1b[?1002l")
	s.press("M")
	from = s.wait(from, "\x1b[?1002h\x1b[?1006h")
	s.press("\x1b[<0;3;2M")
	s.wait(from, "mouse 2,1")
	s.press("q")
	s.end()
	s.clean()
}

func TestPasteArrivesWhole(t *testing.T) {
	s := open(t, "plain")
	from := s.wait(0, "last=")
	s.press("\x1b[200~two words\x1b[201~")
	s.wait(from, "[two words]")
	s.press("q")
	s.end()
}

func TestIdleProgramWritesNothing(t *testing.T) {
	s := open(t, "plain")
	s.wait(0, "last=")
	s.press("j")
	from := s.wait(0, "j")
	select {
	case <-s.ended:
		t.Fatal("ended")
	case <-time.After(1500 * time.Millisecond): // longer than Bubble Tea's tick
	}
	if got := s.output()[from:]; got != "" {
		t.Errorf("wrote %s", strconv.Quote(got))
	}
	s.press("q")
	s.end()
	s.clean()
}
