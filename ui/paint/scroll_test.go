package paint

import (
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/charmbracelet/x/vt"
)

func TestAnyScrollShowsTheLastFrame(t *testing.T) {
	for seed := range uint64(150) {
		checkScrolls(t, seed)
	}
}

func FuzzScrolls(f *testing.F) {
	f.Add(uint64(3))
	f.Fuzz(checkScrolls)
}

// checkScrolls moves bands of a frame up and down, among other changes, and
// holds the terminal against one that got the frame written plainly.
func checkScrolls(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 11))
	width, height := 20+r.IntN(60), 4+r.IntN(20)
	var w writes
	s := NewScreen(&w, Options{})
	term := vt.NewEmulator(width, height)
	s.Open(width, height)
	lines := make([]string, height)
	for i := range lines {
		lines[i] = randomLine(r, width)
	}
	scrolls := 0
	for step := range 12 {
		top := r.IntN(height)
		part := lines[top : top+1+r.IntN(height-top)]
		by := min(1+r.IntN(farthest), len(part))
		if r.IntN(2) == 0 {
			copy(part, part[by:])
			for i := range by {
				part[len(part)-1-i] = randomLine(r, width)
			}
		} else {
			copy(part[by:], part)
			for i := range by {
				part[i] = randomLine(r, width)
			}
		}
		lines[r.IntN(height)] = randomLine(r, width)
		out := checkPaint(t, s, &w, term, strings.Join(lines, "\n"), fmt.Sprintf("seed %d step %d", seed, step))
		scrolls += strings.Count(out, resetScroll)
	}
	if height > 12 && width > 60 && scrolls == 0 {
		t.Errorf("seed %d, %dx%d: nothing was scrolled", seed, width, height)
	}
}

func TestScrolledRowIsWrittenOnce(t *testing.T) {
	for name, rows := range map[string]int{"down": 1, "up": -1, "the wheel down": 3, "the wheel up": -3} {
		var w writes
		s := NewScreen(&w, Options{})
		s.Open(120, 40)
		first := 50
		s.Paint(tableFrame(first))
		for range 10 {
			w.take()
			first += rows
			s.Paint(tableFrame(first))
			if limit := 60 + 110*max(rows, -rows); w.n != 1 || w.Len() > limit {
				t.Errorf("%s: %d bytes in %d writes, at most %d: %q", name, w.Len(), w.n, limit, w.String())
			}
		}
	}
}

func TestScrollAllocatesNothing(t *testing.T) {
	frames := []string{tableFrame(5), tableFrame(6)}
	s := NewScreen(io.Discard, Options{})
	s.Open(120, 40)
	i := 0
	if n := testing.AllocsPerRun(100, func() { i++; s.Paint(frames[i%2]) }); n > 0 {
		t.Errorf("%v allocations a step", n)
	}
}

func BenchmarkScroll(b *testing.B) {
	frames := []string{tableFrame(5), tableFrame(6)}
	s := NewScreen(io.Discard, Options{})
	s.Open(120, 40)
	for i := 0; b.Loop(); i++ {
		s.Paint(frames[i%2])
	}
}

// tableFrame is a table of rows from the first on, between a head and a foot
// that stay.
func tableFrame(first int) string {
	var b strings.Builder
	b.WriteString("\x1b[1mUsers\x1b[m\n────\n")
	for i := first; i < first+36; i++ {
		fmt.Fprintf(&b, "  %02d:%02d  \x1b[36m%-30s\x1b[m %-20s %s\n", i/60, i%60, fmt.Sprintf("Event %d of %d", i*7919%1000, i), fmt.Sprintf("platform %d", i*31%17), strings.Repeat("█", i*13%24))
	}
	b.WriteString("────\nj down  k up")
	return b.String()
}
