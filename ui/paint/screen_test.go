package paint

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// writes keeps what was written, and how often.
type writes struct {
	bytes.Buffer
	n int
}

func (w *writes) Write(p []byte) (int, error) {
	w.n++
	return w.Buffer.Write(p)
}

// take empties the buffer.
func (w *writes) take() string {
	s := w.String()
	w.Reset()
	w.n = 0
	return s
}

func TestAnySequenceOfFramesShowsTheLast(t *testing.T) {
	for seed := range uint64(300) {
		checkSequence(t, seed)
	}
}

func FuzzFrames(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(checkSequence)
}

// FuzzFrame paints one frame of any bytes.
func FuzzFrame(f *testing.F) {
	for _, s := range hostile() {
		f.Add(s, "plain\n\x1b[7m日本\x1b[m")
	}
	f.Fuzz(func(t *testing.T, first, second string) {
		var w writes
		s := NewScreen(&w, Options{})
		s.Open(24, 5)
		for _, frame := range []string{first, second, first} {
			s.Paint(frame)
			checkBytes(t, w.take())
		}
	})
}

func checkSequence(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 7))
	width, height := 1+r.IntN(40), 1+r.IntN(8)
	var w writes
	s := NewScreen(&w, Options{})
	term := vt.NewEmulator(width, height)
	s.Open(width, height)
	frame := ""
	for step := range 2 + r.IntN(12) {
		frame = nextFrame(r, frame, width, height)
		switch r.IntN(12) {
		case 0:
			width, height = 1+r.IntN(40), 1+r.IntN(8)
			s.Resize(width, height)
			term.Resize(width, height)
		case 1:
			s.Forget()
		case 2:
			s.Close()
			s.Open(width, height)
		}
		checkPaint(t, s, &w, term, frame, fmt.Sprintf("seed %d step %d", seed, step))
	}
}

// checkPaint paints a frame and holds the terminal against one that got it written
// plainly. What was written is what it returns.
func checkPaint(t *testing.T, s *Screen, w *writes, term *vt.Emulator, frame, when string) string {
	t.Helper()
	before := w.n
	s.Paint(frame)
	if w.n > before+1 {
		t.Fatalf("%s: %d writes", when, w.n-before)
	}
	out := w.take()
	checkBytes(t, out)
	feed(t, term, out)
	if got, want := shown(term), fresh(t, frame, term.Width(), term.Height()); got != want {
		t.Fatalf("%s, %dx%d\nframe %q\nwrote %q\ngot\n%s\nwant\n%s", when, term.Width(), term.Height(), frame, out, got, want)
	}
	return out
}

// feed writes to the emulator, which holds the last cluster back until
// something that prints nothing follows.
func feed(t *testing.T, term *vt.Emulator, out string) {
	t.Helper()
	if _, err := term.Write([]byte(out + "\x1b[?25l")); err != nil {
		t.Fatal(err)
	}
}

// fresh is what a terminal shows to which each line was written naively.
func fresh(t *testing.T, frame string, width, height int) string {
	term := vt.NewEmulator(width, height)
	feed(t, term, "\x1b[?1049h\x1b[?7l")
	for y, line := range strings.Split(frame, "\n") {
		if y >= height {
			break
		}
		feed(t, term, fmt.Sprintf("\x1b[%d;1H\x1b[m%s", y+1, cut(visible(line), width)))
	}
	return shown(term)
}

// cut is the line as far as it fits; half a wide cluster is a blank.
func cut(line string, width int) string {
	var b strings.Builder
	var state byte
	for len(line) > 0 {
		seq, w, n, next := ansi.DecodeSequence(line, state, nil)
		if w > width {
			return b.String() + strings.Repeat(" ", width)
		}
		b.WriteString(seq)
		width -= w
		line, state = line[n:], next
	}
	return b.String()
}

// visible replaces what must never reach a terminal, one by one.
func visible(line string) string {
	sgr := regexp.MustCompile(`^\x1b\[[0-9:;]*m`)
	var b strings.Builder
	for len(line) > 0 {
		if m := sgr.FindString(line); m != "" {
			b.WriteString(m)
			line = line[len(m):]
			continue
		}
		r, n := utf8.DecodeRuneInString(line)
		if drives(r) {
			r = foreign
		}
		b.WriteRune(r)
		line = line[n:]
	}
	return b.String()
}

// shown is the emulator's screen: text and style of each cell, but only what
// can be seen of a blank.
func shown(term *vt.Emulator) string {
	var b strings.Builder
	for y := range term.Height() {
		for x := range term.Width() {
			c := term.CellAt(x, y)
			if c == nil || c.Width == 0 {
				b.WriteString("<>")
				continue
			}
			s := c.Style
			plain := s.Attrs&(1<<5|1<<7) == 0 && s.Underline == 0
			if c.Content == " " && plain {
				s.Fg, s.Attrs = nil, 0
			}
			fmt.Fprintf(&b, "%s{%v %v %v %v}", c.Content, s.Fg, s.Bg, s.Attrs, s.Underline)
		}
		b.WriteByte('\n')
	}
	return strings.ReplaceAll(b.String(), "{<nil> <nil> 0 0}", "")
}

// nextFrame changes some lines of the last frame.
func nextFrame(r *rand.Rand, last string, width, height int) string {
	lines := strings.Split(last, "\n")
	for len(lines) < height && r.IntN(8) > 0 {
		lines = append(lines, "")
	}
	for i := range lines {
		switch r.IntN(4) {
		case 0:
			lines[i] = randomLine(r, width+2)
		case 1:
			lines[i] = strings.ToUpper(lines[i])
			lines[i] = strings.NewReplacer("M", "m", "\x1b[", "\x1b[").Replace(lines[i])
		}
	}
	return strings.Join(lines, "\n")
}

func randomLine(r *rand.Rand, width int) string {
	pieces := []string{
		"a", "b", "event ", "   ", "        ", "│", "█", "⣿", "日本", "한", "é", "e\u0301", "🇩🇪", "👩‍👩‍👧", "✈️", "😀",
		"\x1b[m", "\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[4m", "\x1b[7m", "\x1b[9m", "\x1b[22m", "\x1b[27m", "\x1b[24m",
		"\x1b[31m", "\x1b[94m", "\x1b[41m", "\x1b[39m", "\x1b[49m", "\x1b[38;5;200m", "\x1b[48;5;17m", "\x1b[38;2;1;2;3m", "\x1b[48;2;9;8;7;1m",
		"\r", "\x07", "\x1b]", "\u202e", "\u0085", "\x1b[2J", "\x1bc", "\x7f",
	}
	var b strings.Builder
	for range r.IntN(width) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// checkBytes fails on anything but text, SGR, cursor movements and the modes.
func checkBytes(t *testing.T, out string) {
	t.Helper()
	known := regexp.MustCompile(`\x1b(?:\[(?:[0-9;]*[mHr]|[0-9]*[ABCDG]|K|2J|\?(?:1049|2004|2026|25|7)[hl])|M)|[\r\n\x08]`)
	rest := known.ReplaceAllString(out, "")
	for i, r := range rest {
		if drives(r) || r == '\uFFFD' && !strings.HasPrefix(rest[i:], "\uFFFD") {
			t.Fatalf("foreign %q in %q", r, out)
		}
	}
}

func hostile() []string {
	return []string{
		"\x1b]52;c;Zm9v\a", "\x1b]0;title\x1b\\", "\x1b[2J\x1b[H", "\x1bc", "\x9b31m", "\u009b31m", "a\rb", "a\tb", "a\bb", "\x00", "\x7f",
		"\u202eabc", "\u2066x\u2069", "\u200e", "\xff\xfe", "\xc3", "\x1b", "\x1b[", "\x1b[31", "\x1b[?25h", "\x1b[>4;2m", "\x1b[4:3mwavy",
		"\x1b[" + strings.Repeat("1;", 40) + "m", "\u2028", "e\u0301\u202e", "👩\u200d\x1b[2J", "\u200d", "\u0301", "日", "\x1bP+q\x1b\\",
		"\x1b[38;2;m", "\x1b[38:2::1:2:3m", "\x1b[38:5:3m", "\x1b[999999999999999999m", "ᄀ\x1b[mᅡ", "🇩\x1b[m🇪",
	}
}

func TestNothingInAFrameDrivesTheTerminal(t *testing.T) {
	for _, text := range hostile() {
		for _, frame := range []string{text, "a" + text + "b", strings.Repeat("x", 18) + text, "\n" + text + "\n" + text} {
			var w writes
			s := NewScreen(&w, Options{})
			s.Open(20, 4)
			s.Paint(frame)
			checkBytes(t, w.take())
		}
	}
}

func TestForeignBytesAreCounted(t *testing.T) {
	for _, c := range []struct {
		frame string
		want  int
	}{
		{"plain \x1b[1;38;2;1;2;3mbold\x1b[m 日本 👩‍👩‍👧", 0},
		{"\x1b[2J", 1},
		{"\x1b]0;t\a", 2},
		{"a\rb\tc", 2},
		{"\xff\u0085\u202e", 3},
		{"e\u0301\u202e", 1},
	} {
		var w writes
		s := NewScreen(&w, Options{})
		s.Open(20, 4)
		s.Paint(c.frame)
		if got := s.Foreign(); got != c.want {
			t.Errorf("%q: counted %d, want %d", c.frame, got, c.want)
		}
	}
}

func TestCloseLeavesTheTerminalAsItWas(t *testing.T) {
	var w writes
	s := NewScreen(&w, Options{Mouse: true})
	s.Close()
	s.Paint("not open")
	if out := w.take(); out != "" {
		t.Errorf("a closed screen wrote %q", out)
	}
	s.Open(10, 2)
	s.Paint("\x1b[31mred")
	s.Close()
	s.Close()
	out := w.take()
	for _, on := range []string{"?1049", "?2004", "?25", "?7", "?1002", "?1006"} {
		set, reset := "\x1b["+on+"h", "\x1b["+on+"l"
		if on == "?25" || on == "?7" {
			set, reset = reset, set
		}
		if strings.Count(out, set) != 1 || strings.Count(out, reset) != 1 || strings.Index(out, set) > strings.Index(out, reset) {
			t.Errorf("%s is not set and reset once in %q", on, out)
		}
	}
	if !strings.HasSuffix(out, leave) {
		t.Errorf("does not end with %q: %q", leave, out)
	}
}

func TestCopyHoldsNoControlOfTheText(t *testing.T) {
	var w writes
	s := NewScreen(&w, Options{})
	if err := s.Copy("a\x1b\\\a"); err != nil || w.take() != "\x1b]52;c;YRtcBw==\a" {
		t.Errorf("wrote %q, %v", w.String(), err)
	}
	if err := s.Copy(strings.Repeat("x", CopyLimit()+1)); err != ErrTooLong || w.Len() > 0 {
		t.Errorf("too long a text: %v, %d bytes", err, w.Len())
	}
}

func TestUncertainWidthIsFollowedByAnAbsoluteMove(t *testing.T) {
	var w writes
	s := NewScreen(&w, Options{})
	s.Open(20, 1)
	s.Paint("🇩🇪ab")
	if out := w.take(); !regexp.MustCompile(`🇩🇪\x1b\[3Gab`).MatchString(out) {
		t.Errorf("wrote %q", out)
	}
	s.Paint("👩‍👩‍👧ab")
	if out := w.take(); !regexp.MustCompile(`👩‍👩‍👧\x1b\[3Gab`).MatchString(out) {
		t.Errorf("the text behind was not written again: %q", out)
	}
}
