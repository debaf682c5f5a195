package paint

import (
	"encoding/base64"
	"errors"
	"io"
	"strings"
	"sync"
)

// ErrTooLong says that a text is too long for the terminal's clipboard.
var ErrTooLong = errors.New("too long for the terminal's clipboard")

// maxCopy is the longest text in bytes that OSC 52 carries safely: several
// terminals stop at 100,000 bytes of base64.
const maxCopy = 74_000

// The largest screen that is painted; a larger terminal keeps a blank margin.
const (
	maxWidth  = 1000
	maxHeight = 500
)

const (
	enter     = "\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h\x1b[m"
	leave     = "\x1b[m" + resetScroll + "\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l"
	clearAll  = "\x1b[H\x1b[2J"
	clearTail = "\x1b[K"
	hold      = "\x1b[?2026h"
	show      = "\x1b[?2026l"
)

// large is how many bytes a change takes that a line may bring in pieces. A
// smaller one is one packet; sixteen bytes more would be a third of a step.
const large = 1200

// Options say how a screen treats its terminal.
type Options struct {
	// Mouse asks for the mouse from the first Open on; see Screen.Mouse.
	Mouse bool
	// Whole has the terminal show a large change at once, however its bytes
	// come: it is known to understand synchronized output. See [ShowsWhole].
	Whole bool
}

// A Screen is the one writer to a terminal. It keeps the cells that the
// terminal shows and writes the difference to each new frame. Its methods may
// be called from several goroutines.
type Screen struct {
	mu    sync.Mutex
	out   io.Writer
	mouse bool
	whole bool
	open  bool
	err   error
	sent  int64 // bytes

	width, height int
	known         bool     // the terminal shows grid
	grid          []cell   // height rows of width cells
	lines         []string // what each row of grid was made of
	frame         string   // what the whole grid was made of
	next          []cell   // the rows being painted, where they changed
	changed       []bool   // which rows those are
	blanks        []cell   // a row of blanks
	other         []byte   // room for a second way to paint the same
	parser        parser
	clusters      clusters
	pen           pen
}

// NewScreen makes a closed screen of 80 x 24 that writes to w. Nothing is
// written before [Screen.Open].
func NewScreen(w io.Writer, o Options) *Screen {
	s := &Screen{out: w, mouse: o.Mouse, whole: o.Whole, width: 80, height: 24}
	s.parser.clusters, s.pen.clusters = &s.clusters, &s.clusters
	return s
}

// Open enters the alternate screen, hides the cursor, turns automatic wrapping
// off and bracketed paste on, and takes the size in columns and rows. The next Paint paints all. On
// an open screen it only takes the size.
func (s *Screen) Open(width, height int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resize(width, height)
	if s.open {
		return
	}
	s.open = true
	s.write([]byte(enter))
	if s.mouse {
		s.write([]byte(mouseSwitch(true)))
	}
}

// Close resets colours, shows the cursor and leaves the alternate screen, so
// that the terminal is as it was. It may be called more than once, and Open
// may follow.
func (s *Screen) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open {
		return
	}
	if s.mouse {
		s.write([]byte(mouseSwitch(false)))
	}
	s.write([]byte(leave))
	s.open, s.known = false, false
}

// Resize takes a new size in columns and rows; the next Paint paints all.
func (s *Screen) Resize(width, height int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.resize(width, height)
}

func (s *Screen) resize(width, height int) {
	s.width, s.height = min(max(width, 1), maxWidth), min(max(height, 1), maxHeight)
	s.known = false
}

// Forget says that the terminal may show something else than the last frame;
// the next Paint clears it and paints all.
func (s *Screen) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known = false
}

// Err is the first error of a write, if any.
func (s *Screen) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Foreign counts the bytes and code points in frames that could have driven
// the terminal and were painted as U+FFFD instead: controls, escape sequences
// other than SGR, invalid UTF-8 and bidi controls. It is above zero only where
// text reached a frame uncleaned.
func (s *Screen) Foreign() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.parser.foreign
}

// Mouse asks the terminal to report clicks, drags and the wheel from now on, or
// not to, also after Close and Open.
func (s *Screen) Mouse(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.open && on != s.mouse {
		s.write([]byte(mouseSwitch(on)))
	}
	s.mouse = on
}

func mouseSwitch(on bool) string {
	if on {
		return "\x1b[?1002h\x1b[?1006h"
	}
	return "\x1b[?1006l\x1b[?1002l"
}

// Copy puts text into the clipboard of the user's own terminal by OSC 52, also
// across SSH. Whether the terminal allows it cannot be known. The error is
// [ErrTooLong] or that of the write.
func (s *Screen) Copy(text string) error {
	if len(text) > maxCopy {
		return ErrTooLong
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.write([]byte("\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\a"))
	return s.err
}

// Paint shows a frame: lines of text and SGR joined by newlines, each line
// beginning in the default style. Longer lines and further lines are cut,
// what is missing is blank. The difference to the last frame goes out in one
// write, none if there is no difference. A closed screen paints nothing.
func (s *Screen) Paint(frame string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.open || s.known && frame == s.frame {
		return
	}
	if len(s.clusters.texts) > maxClusters {
		s.clusters.texts, s.clusters.ids, s.known = nil, nil, false
	}
	s.pen.out = append(s.pen.out[:0], hold...)
	cleared := !s.known
	if cleared {
		s.clear()
	}
	s.frame = frame
	for y := range s.height {
		line, rest, _ := strings.Cut(frame, "\n")
		frame = rest
		s.changed[y] = line != s.lines[y]
		if s.changed[y] {
			s.lines[y] = line
			s.parser.pen = style{}
			s.parser.line(s.wanted(y), line)
		}
	}
	s.differences(cleared)
	for y, changed := range s.changed {
		if changed {
			copy(s.shown(y), s.wanted(y))
		}
	}
	switch out := s.pen.out[len(hold):]; {
	case len(out) == 0:
	case s.whole && len(out) >= large:
		s.pen.out = append(s.pen.out, show...)
		s.write(s.pen.out)
	default:
		s.write(out)
	}
}

// clear makes the terminal and the grid blank.
func (s *Screen) clear() {
	s.grid = blankRow(s.grid, s.width*s.height)
	s.next = blankRow(s.next, s.width*s.height)
	s.blanks = blankRow(s.blanks, s.width)
	s.lines, s.changed = make([]string, s.height), make([]bool, s.height)
	s.pen.out = append(s.pen.out, "\x1b[m"+clearAll...)
	s.pen.style, s.pen.x, s.pen.y, s.pen.width = style{}, 0, 0, s.width
	s.known = true
}

// Sent is how many bytes went to the terminal.
func (s *Screen) Sent() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent
}

// write keeps the first error and is silent after it.
func (s *Screen) write(b []byte) {
	if s.err != nil {
		return
	}
	n, err := s.out.Write(b)
	s.sent, s.err = s.sent+int64(n), err
}
