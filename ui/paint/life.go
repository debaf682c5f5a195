package paint

import (
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"
)

// breath is the least time between two paints; what changes meanwhile is
// painted together.
const breath = 8 * time.Millisecond

// life is one run of a model. All but fail and what it touches belongs to the
// program's one event loop.
type life struct {
	model    Model
	terminal Terminal
	screen   *Screen
	program  *tea.Program
	now      func() time.Time

	width, height int
	dirty         bool
	waiting       bool // a paint is on its way
	painted       time.Time
	over          bool // nothing is painted any more
	expense       expense

	away atomic.Bool // another program has the terminal

	holding sync.Mutex
	cook    func() // gives the terminal's modes back; nil while not held
	failing sync.Once
	failed  chan struct{}
	reason  error // valid once failed is closed
}

func newLife(m Model, t Terminal) *life {
	if t.Env == nil {
		t.Env = func(string) string { return "" }
	}
	return &life{
		model:    m,
		terminal: t,
		screen:   NewScreen(t.Out, Options{Mouse: t.Mouse, Whole: ShowsWhole(t.Env)}),
		now:      time.Now,
		failed:   make(chan struct{}),
	}
}

// fail ends the program for a reason; the first one counts.
func (l *life) fail(reason error) {
	l.failing.Do(func() {
		if c, ok := reason.(Crash); ok {
			reason = c.write(l.terminal.Report)
		}
		l.reason = reason
		close(l.failed)
	})
}

// bridge is the model as Bubble Tea sees it: its view is always empty.
type bridge struct{ *life }

// View shows nothing, because Bubble Tea's renderer must not paint.
func (bridge) View() string { return "" }

// Init paints the first frame. By now the terminal echoes no keys any more,
// and no command has run yet.
func (b bridge) Init() (cmd tea.Cmd) {
	defer recovered(b.fail)
	b.width, b.height = b.size(0, 0)
	b.take()
	first := b.model.Init()
	second := b.model.Update(tea.WindowSizeMsg{Width: b.width, Height: b.height})
	b.paint()
	return guard(tea.Batch(first, second))
}

// Update passes a message on and paints what came of it.
func (b bridge) Update(msg tea.Msg) (model tea.Model, cmd tea.Cmd) {
	defer recovered(b.fail)
	switch msg := msg.(type) {
	case tea.SuspendMsg: // comes after the program was continued
		b.retake()
	case tea.WindowSizeMsg:
		cmd = b.resize(msg)
	case tea.KeyMsg:
		b.expense.key(b.now())
		cmd = b.keys(msg)
	default:
		cmd = b.model.Update(msg)
	}
	b.dirty = true
	b.paintSoon()
	return b, guard(cmd)
}

// keys passes each key on by itself: Bubble Tea makes one message of all the
// letters that it finds waiting. A paste stays whole.
func (l *life) keys(msg tea.KeyMsg) tea.Cmd {
	if msg.Paste || len(msg.Runes) < 2 {
		return l.model.Update(msg)
	}
	var cmds []tea.Cmd
	for _, r := range msg.Runes {
		one := msg
		one.Runes = []rune{r}
		cmds = append(cmds, l.model.Update(one))
	}
	return tea.Batch(cmds...)
}

func (l *life) resize(msg tea.WindowSizeMsg) tea.Cmd {
	l.width, l.height = l.size(msg.Width, msg.Height)
	l.screen.Resize(l.width, l.height)
	return l.model.Update(tea.WindowSizeMsg{Width: l.width, Height: l.height})
}

// filter sees every message before Bubble Tea does.
func (l *life) filter(_ tea.Model, msg tea.Msg) tea.Msg {
	defer recovered(l.fail)
	switch msg := msg.(type) {
	case paintMsg:
		l.waiting = false
		if l.dirty {
			l.paint()
		}
		return nil
	case redrawMsg:
		l.screen.Forget()
		l.paint()
		return nil
	case copyMsg:
		_ = l.screen.Copy(string(msg))
		return nil
	case figuresMsg:
		return msg.done(l.expense.Figures)
	case mouseMsg:
		return l.mouse(bool(msg))
	case Crash:
		l.fail(msg)
		return nil
	case execMsg:
		return l.exec(msg)
	case sizeMsg:
		if w, h := l.size(0, 0); w != l.width || h != l.height {
			return tea.WindowSizeMsg{Width: w, Height: h}
		}
		return nil
	case tea.SuspendMsg:
		if runtime.GOOS == "windows" {
			return nil
		}
		l.give()
	case tea.QuitMsg, tea.InterruptMsg:
		l.over = true
		l.give()
	}
	return msg
}

// mouse also tells Bubble Tea, which on Windows must read the console anew.
func (l *life) mouse(on bool) tea.Msg {
	l.screen.Mouse(on)
	if on {
		return tea.EnableMouseCellMotion()
	}
	return tea.DisableMouse()
}

// paintSoon paints at once if the last paint is long enough ago, else a little
// later together with what comes until then.
func (l *life) paintSoon() {
	since := l.now().Sub(l.painted)
	if since >= breath {
		l.paint()
		return
	}
	l.expense.pressed = time.Time{} // it is painted with what comes soon
	if !l.waiting {
		l.waiting = true
		time.AfterFunc(breath-since, func() { l.program.Send(paintMsg{}) })
	}
}

func (l *life) paint() {
	select {
	case <-l.failed:
		return
	default:
	}
	if l.over {
		return
	}
	l.dirty = false
	sent := l.screen.Sent()
	l.screen.Paint(l.model.Frame())
	l.painted = l.now()
	l.expense.frame(l.screen.Sent()-sent, l.painted)
	if err := l.screen.Err(); err != nil {
		l.fail(fmt.Errorf("%w: %w", ErrOutputFailed, err))
	}
}

// size is the terminal's size where w and h do not say it: as the terminal
// knows it, else by COLUMNS and LINES, else 80 x 24.
func (l *life) size(w, h int) (width, height int) {
	if w <= 0 || h <= 0 {
		w, h, _ = term.GetSize(l.terminal.Out.Fd())
	}
	if w <= 0 {
		w = l.setting("COLUMNS", 80)
	}
	if h <= 0 {
		h = l.setting("LINES", 24)
	}
	return min(w, maxWidth), min(h, maxHeight)
}

func (l *life) setting(name string, otherwise int) int {
	if n, err := strconv.Atoi(l.terminal.Env(name)); err == nil && n > 0 {
		return n
	}
	return otherwise
}
