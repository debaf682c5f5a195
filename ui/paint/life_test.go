package paint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// tally counts what it is told and asked.
type tally struct {
	updates, frames, width atomic.Int64
	keys                   []string
}

func (*tally) Init() tea.Cmd { return nil }

func (m *tally) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case int:
		m.updates.Add(1)
	case tea.KeyMsg:
		m.keys = append(m.keys, msg.String())
	case tea.WindowSizeMsg:
		m.width.Store(int64(msg.Width))
	}
	return nil
}

func (m *tally) Frame() string {
	m.frames.Add(1)
	return fmt.Sprint(m.updates.Load())
}

// live runs the model without a terminal.
func live(t *testing.T, m Model, w io.Writer) *life {
	l := newLife(m, Terminal{})
	l.screen = NewScreen(w, Options{})
	l.program = tea.NewProgram(bridge{l}, tea.WithInput(nil), tea.WithOutput(io.Discard), tea.WithoutRenderer(),
		tea.WithFilter(l.filter), tea.WithoutCatchPanics(), tea.WithoutSignalHandler())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = l.program.Run()
	}()
	t.Cleanup(func() {
		l.program.Kill()
		<-done
	})
	synctest.Wait()
	return l
}

func TestMessagesTogetherArePaintedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m tally
		var w writes
		l := live(t, &m, &w)
		if m.frames.Load() != 1 {
			t.Fatalf("%d frames before the first message", m.frames.Load())
		}
		for range 100 {
			l.program.Send(1)
		}
		synctest.Wait()
		if m.frames.Load() != 1 {
			t.Errorf("%d frames in one moment", m.frames.Load())
		}
		time.Sleep(breath)
		synctest.Wait()
		if m.frames.Load() != 2 || m.updates.Load() != 100 || !strings.HasSuffix(w.take(), "100") {
			t.Errorf("%d frames of %d updates", m.frames.Load(), m.updates.Load())
		}
		time.Sleep(time.Minute)
		l.program.Send(1)
		synctest.Wait()
		if m.frames.Load() != 3 {
			t.Errorf("a message after a rest was not painted at once: %d frames", m.frames.Load())
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if m.frames.Load() != 3 {
			t.Errorf("painted again without a message: %d frames", m.frames.Load())
		}
	})
}

func TestKeysArriveOneByOneAndAPasteWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m tally
		l := live(t, &m, io.Discard)
		for _, k := range []tea.Key{
			{Type: tea.KeyRunes, Runes: []rune("jjé")},
			{Type: tea.KeyDown},
			{Type: tea.KeyRunes, Runes: []rune("k"), Alt: true},
			{Type: tea.KeyRunes, Runes: []rune("a paste"), Paste: true},
		} {
			l.program.Send(tea.KeyMsg(k))
		}
		synctest.Wait()
		if got := strings.Join(m.keys, "|"); got != "j|j|é|down|alt+k|[a paste]" {
			t.Error(got)
		}
	})
}

func TestResizeStormIsPaintedTogether(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var m tally
		var w writes
		l := live(t, &m, &w)
		for i := range 50 {
			l.program.Send(tea.WindowSizeMsg{Width: 100 - i, Height: 40})
		}
		time.Sleep(breath)
		synctest.Wait()
		if m.frames.Load() != 2 || m.width.Load() != 51 {
			t.Errorf("%d frames, width %d", m.frames.Load(), m.width.Load())
		}
	})
}

// full fails each write.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestWriteErrorEndsTheProgram(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := live(t, &tally{}, full{})
		select {
		case <-l.failed:
		default:
			t.Fatal("goes on")
		}
		if !errors.Is(l.reason, ErrOutputFailed) || ExitCode(l.reason) != 1 {
			t.Errorf("reason: %v", l.reason)
		}
		if err := l.verdict(context.Background(), nil); err != l.reason {
			t.Errorf("verdict: %v", err)
		}
	})
}

func TestSizeFallsBackOnTheEnvironment(t *testing.T) {
	for _, c := range []struct {
		lines, columns string
		width, height  int
	}{
		{"", "", 80, 24},
		{"50", "132", 132, 50},
		{"-1", "wide", 80, 24},
		{"99999", "99999", maxWidth, maxHeight},
	} {
		l := newLife(&tally{}, Terminal{Env: func(name string) string {
			return map[string]string{"LINES": c.lines, "COLUMNS": c.columns}[name]
		}})
		if w, h := l.size(0, 0); w != c.width || h != c.height {
			t.Errorf("%q %q: %dx%d", c.lines, c.columns, w, h)
		}
	}
}

// secret is a panic value that must show nowhere.
const secret = "secret\x1b]0;pwned\a"

func TestCrashSaysNothingOfThePanic(t *testing.T) {
	caught := make(chan error)
	Go(func() { panic(secret) }, func(err error) { caught <- err })
	err := <-caught
	var c Crash
	if !errors.As(err, &c) || strings.Contains(fmt.Sprintf("%+v", c), "secret") || c.Kind != "string" {
		t.Errorf("%+v", err)
	}
	if !strings.Contains(c.Trace, "life_test.go:") {
		t.Errorf("the trace does not lead here:\n%s", c.Trace)
	}
}

func TestClusterTableIsBounded(t *testing.T) {
	s := NewScreen(io.Discard, Options{})
	s.Open(80, 24)
	for i := range 3 * maxClusters {
		s.Paint(fmt.Sprintf("%c\u0301%c\u0301", 'a'+i%26, 0x4e00+i))
	}
	if n := len(s.clusters.texts); n > maxClusters+80*24 {
		t.Errorf("%d clusters", n)
	}
}

func TestAPanicWithoutAScreenIsReported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "crash.txt")
	err := Caught(path, func() error { panic(secret) })
	var c Crash
	if !errors.As(err, &c) || c.Report != path || strings.Contains(err.Error(), "secret") || ExitCode(err) != 1 {
		t.Fatalf("%+v", err)
	}
	if err := Caught(path, func() error { return os.ErrClosed }); !errors.Is(err, os.ErrClosed) {
		t.Errorf("an error became %v", err)
	}
	text, _ := os.ReadFile(path)
	if strings.Contains(string(text), "secret") || !strings.Contains(string(text), "life_test.go:") {
		t.Errorf("the report:\n%s", text)
	}
}
