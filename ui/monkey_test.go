package ui

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/demo/fault"
	"amptui/api/text"
	"amptui/ui/paint"
	"amptui/views"
)

// monkey presses keys at random.
type monkey struct {
	*driver
	dice   *rand.Rand
	words  []string
	links  []views.Link
	screen *paint.Screen
	last   []string // what was done last, for the report
}

// howMany is a number from the environment, for the long run.
func howMany(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil && n > 0 {
		return n
	}
	if testing.Short() || raceDetector {
		return otherwise / 4
	}
	return otherwise
}

// No key, paste or size may crash a view or draw what does not fit, whatever the
// server answers. AMPTUI_KEYS is how many keys there are in all.
func TestRandomKeysOverGoodHostileAndFailingServers(t *testing.T) {
	demoLog()
	servers := []string{
		"", "", "hostile", "hostile-escaped", "hostile-dates", "hostile-error", "flapping", "error", "out-of-order", "slow", "numbers-null",
		"keys-missing", "series-short", "sampled", "limited", "not-found", "invalid-utf-8", "ids-null", "closed-in-body", "echo",
	}
	keys := howMany("AMPTUI_KEYS", 6000) / len(servers)
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, name := range servers {
		t.Run(fmt.Sprintf("%d-%s", i, name), func(t *testing.T) {
			t.Parallel()
			slots <- struct{}{}
			defer func() { <-slots }()
			// Now and then it begins anew, so that what grows does not grow for ever.
			for round := 0; keys > round*5000; round++ {
				synctest.Test(t, func(t *testing.T) {
					pressAtRandom(t, name, uint64(i*1000+round), min(keys-round*5000, 5000))
				})
			}
		})
	}
}

func pressAtRandom(t *testing.T, name string, seed uint64, keys int) {
	kind, bad := fault.Find(name)
	server := newFailing(kind)
	server.bad.Store(bad && name != "closed-in-body")
	d := startOver(t, server.Transport(), 100, 30, views.Link{View: "events"})
	d.app.exec = func(*exec.Cmd, func(error) tea.Msg) tea.Cmd { return nil }
	m := &monkey{driver: d, dice: rand.New(rand.NewPCG(seed, 1)), words: fault.Words(), screen: paint.NewScreen(io.Discard, paint.Options{})}
	m.screen.Open(d.w, d.h)
	for _, spec := range catalog() {
		for line := range strings.SplitSeq(spec.Example, "\n") {
			if _, args, err := opens(line); err == nil {
				m.links = append(m.links, views.Link{View: spec.Name, Args: args})
			}
		}
	}
	defer func() {
		if v := recover(); v != nil {
			t.Errorf("seed %d: after %q: %v", seed, m.last, v)
			panic(v)
		}
		d.app.Stop()
		server.Close()
		d.Pass(2 * noticeTime)
	}()
	for i := range keys {
		if i == keys/2 {
			server.bad.Store(bad)
		}
		m.act()
		if i%6 == 0 {
			m.look()
		}
	}
	m.look()
}

// act does one thing that a user can do.
func (m *monkey) act() {
	switch n := m.dice.IntN(100); {
	case n < 55:
		if actions := m.app.actions(); len(actions) > 0 {
			keys := actions[m.dice.IntN(len(actions))].Key.Keys()
			m.press(keys[m.dice.IntN(len(keys))])
		}
	case n < 75:
		all := []string{"enter", "esc", "tab", "up", "down", "left", "right", "backspace", "space", "pgdown", "ctrl+d", "ctrl+u", "j", "k", "h", "l", "g", "G", "/", ":", "?", "0", "9", "-", ".", "é", "購", "\u0301", "x"}
		m.press(all[m.dice.IntN(len(all))])
	case n < 80:
		word := m.words[m.dice.IntN(len(m.words))]
		m.note("paste %.40q", word)
		m.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(word), Paste: true})
	case n < 84:
		m.note("size")
		m.resize(1+m.dice.IntN(300), 1+m.dice.IntN(100))
	case n < 88:
		m.resize(100, 30)
	case n < 89:
		l := m.links[m.dice.IntN(len(m.links))]
		m.note("%s", l.Line())
		m.take(views.Goto(l))
	case n < 90:
		m.note("wait")
		m.Pass(time.Duration(m.dice.IntN(8000)) * time.Millisecond)
	default:
		m.Pass(100 * time.Millisecond)
	}
}

func (m *monkey) press(key string) {
	m.note("%s", key)
	m.Tap(key)
}

func (m *monkey) resize(w, h int) {
	m.Resize(w, h)
	m.screen.Resize(w, h)
}

func (m *monkey) note(format string, args ...any) {
	m.last = append(m.last, fmt.Sprintf(format, args...))
	m.last = m.last[max(len(m.last)-40, 0):]
}

// look draws the screen: it fits, and nothing on it drives the terminal.
func (m *monkey) look() {
	m.t.Helper()
	frame := m.Frame()
	m.screen.Paint(frame)
	if n := m.screen.Foreign(); n != 0 {
		m.t.Fatalf("after %q: the painter has replaced %d foreign bytes:\n%q", m.last, n, frame)
	}
	for line := range strings.SplitSeq(frame, "\n") {
		if !text.IsFit(line) {
			m.t.Fatalf("after %q: no terminal should get %q", m.last, line)
		}
	}
}

// Every view, drawn with good and with hostile answers, fits all sizes. With
// AMPTUI_SIZES=all these are all from 1x1 to 300x100.
func TestEveryViewFitsAllSizes(t *testing.T) {
	demoLog()
	all := os.Getenv("AMPTUI_SIZES") == "all"
	for _, name := range []string{"", "hostile"} {
		for _, spec := range catalog() {
			t.Run(spec.Name+name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					kind, bad := fault.Find(name)
					server := newFailing(kind)
					server.bad.Store(bad)
					d := startOver(t, server.Transport(), 100, 30, firstLink(t, spec))
					defer left(d, server)
					d.Pass(3 * time.Second)
					for w := 1; w <= 300; w++ {
						for h := 1; h <= 100; h++ {
							if all && (bad == (h%4 == 0) || !bad) || h == 1+w*7%100 || h == 10+w%13 && w > 39 && w%5 == 0 && !raceDetector {
								d.Resize(w, h)
								d.Frame()
							}
						}
					}
					d.Resize(100, 30)
				})
			})
		}
	}
}
