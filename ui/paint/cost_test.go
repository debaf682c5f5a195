package paint

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

func TestIdenticalFrameWritesNothing(t *testing.T) {
	var w writes
	s := NewScreen(&w, Options{})
	s.Open(120, 40)
	s.Paint(listFrame(3))
	w.take()
	s.Paint(strings.Clone(listFrame(3)))
	if out := w.take(); out != "" {
		t.Errorf("wrote %q", out)
	}
}

func TestStepInAListIsCheap(t *testing.T) {
	var w writes
	s := NewScreen(&w, Options{})
	s.Open(120, 40)
	s.Paint(listFrame(0))
	for i := 1; i < 30; i++ {
		w.take()
		s.Paint(listFrame(i))
		if w.n != 1 || w.Len() > 90 {
			t.Errorf("step %d: %d bytes in %d writes: %q", i, w.Len(), w.n, w.String())
		}
	}
}

func TestStepAllocatesNothing(t *testing.T) {
	frames := []string{listFrame(5), listFrame(6)}
	s := NewScreen(io.Discard, Options{})
	s.Open(120, 40)
	i := 0
	if n := testing.AllocsPerRun(100, func() { i++; s.Paint(frames[i%2]) }); n > 0 {
		t.Errorf("%v allocations a step", n)
	}
}

// listFrame is a list beside a chart with one row highlighted.
func listFrame(selected int) string {
	var b strings.Builder
	b.WriteString("\x1b[1mEvents\x1b[m                       Last 30 days\n")
	for i := range 37 {
		name := fmt.Sprintf("Event %c%d", 'A'+i%26, i*i%97)
		mark, on, off := "  ", "", ""
		if i == selected {
			mark, on, off = "> ", "\x1b[7m", "\x1b[27m"
		}
		fmt.Fprintf(&b, "%s%s%-24s%s%6d  \x1b[2m│\x1b[m", mark, on, name, off, i*i*31)
		for x := range 80 {
			fmt.Fprintf(&b, "\x1b[3%dm%c", 1+(x+i)/20%6, 0x2801+(x*i)%200)
		}
		b.WriteString("\x1b[m\n")
	}
	b.WriteString("\x1b[2m? help  q quit\x1b[m")
	return b.String()
}

func BenchmarkPaintIdentical(b *testing.B) { benchPaint(b, func(int) int { return 0 }) }

func BenchmarkPaintStep(b *testing.B) { benchPaint(b, func(i int) int { return i % 37 }) }

func benchPaint(b *testing.B, selected func(int) int) {
	frames := make([]string, 37)
	for i := range frames {
		frames[i] = listFrame(i)
	}
	var w writes
	s := NewScreen(&w, Options{})
	s.Open(120, 40)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w.Reset()
		s.Paint(frames[selected(i)])
	}
}

// BenchmarkPaintAll parses and compares all of a 120 x 40 frame.
func BenchmarkPaintAll(b *testing.B) {
	frames := []string{listFrame(1), strings.ReplaceAll(listFrame(1), "\n", "\x1b[m\n")}
	var w writes
	s := NewScreen(&w, Options{})
	s.Open(120, 40)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		w.Reset()
		s.Paint(frames[i%2])
	}
}
