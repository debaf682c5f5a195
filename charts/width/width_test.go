package width

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// Every code point alone, doubled, and beside others has the width that the
// rules of Unicode give it.
func TestPlainWidthsAreThoseOfUnicode(t *testing.T) {
	plain := 0
	for r := rune(0); r < 0x20000; r++ {
		if r >= 0xd800 && r < 0xe000 {
			continue
		}
		c := string(r)
		for _, s := range []string{c, c + c, "a" + c + "b", c + "日", "\x1b[1;38:5:7m" + c + "\x1b[m", "각" + c} {
			if got, want := Of(s), ansi.StringWidth(s); got != want {
				t.Fatalf("%+q takes %d cells; want %d", s, got, want)
			}
		}
		if Plain(r) > 0 {
			plain++
		}
	}
	if plain < 30000 {
		t.Errorf("only %d code points are plain", plain)
	}
}

func FuzzOf(f *testing.F) {
	for _, s := range []string{"", "\x1b", "\x1b[", "\x1b[1", "\x1b[1m x", "\x1b]8;;x\a", "e\u0301", "👩‍👩‍👧", "\xff", "a\nb", "\x9b1mx", "1\ufe0f\u20e3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := Of(s), ansi.StringWidth(s); got != want {
			t.Errorf("%+q takes %d cells; want %d", s, got, want)
		}
	})
}

// BenchmarkOfALine measures a coloured line of a chart, as every frame has 40.
func BenchmarkOfALine(b *testing.B) {
	line := strings.Repeat("\x1b[32m⡠⠤⣀ ● Song Played\x1b[m │ 9,812", 5)
	b.ReportAllocs()
	for b.Loop() {
		Of(line)
	}
}
