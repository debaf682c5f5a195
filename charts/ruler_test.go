package charts

import (
	"strings"
	"testing"
	"time"

	"amptui/charts/theme"
)

func day(n int) time.Time { return time.Date(2026, 2, n, 0, 0, 0, 0, time.UTC) }

func TestARulerShowsWhatIsLoadedOfATime(t *testing.T) {
	r := Ruler{From: day(1), To: day(21), Known: []Stretch{{day(16), day(21)}, {day(1), day(1)}}, At: day(18), Rest: "12 of 40"}
	got := strings.TrimRight(r.Draw(44, 1, theme.Plain()), " ")
	if want := " 1 Feb ━┄┄┄┄┄┄┄┄┄┄┄┄┄━━●━━ 21 Feb  12 of 40"; got != want {
		t.Errorf("the ruler is\n%q; want\n%q", got, want)
	}
	for _, odd := range []Ruler{{}, {From: day(2), To: day(1), At: day(5)}, {From: day(1), To: day(1), Known: []Stretch{{day(-900), day(900)}}}} {
		for w := range 60 {
			if line := odd.Draw(w, 2, theme.Plain()); w > 0 && Width(strings.Split(line, "\n")[0]) != w {
				t.Errorf("%d cells: %q", w, line)
			}
		}
	}
}

func TestALongValueIsFoldedWithoutLoss(t *testing.T) {
	for _, s := range []string{"", "abc", strings.Repeat("x", 100), strings.Repeat("購入", 30), "a👩‍👩‍👧b" + strings.Repeat("é", 40)} {
		for w := 1; w < 20; w++ {
			lines := Folded(s, w)
			if strings.Join(lines, "") != s {
				t.Fatalf("%q at %d is %q", s, w, lines)
			}
			for _, line := range lines {
				if Width(line) > max(w, 2) {
					t.Fatalf("%q at %d has %q", s, w, line)
				}
			}
		}
	}
}

func TestATextBreaksAtBlanks(t *testing.T) {
	for _, c := range []struct {
		text string
		w    int
		want string
	}{
		{"events, the last first", 10, "events,|the last|first"},
		{"events, the last first", 7, "events,|the|last|first"},
		{"11 events, the last", 9, "11|events,|the last"},
		{"no-blank-in-it", 5, "no-bl|ank-i|n-it"},
		{"  code stands in", 8, "  code|stands|in"},
		{"", 5, ""},
	} {
		if got := strings.Join(Broken(c.text, c.w), "|"); got != c.want {
			t.Errorf("%q at %d is %q, want %q", c.text, c.w, got, c.want)
		}
	}
	for _, s := range []string{"購入 は 完了しました", "a👩‍👩‍👧b " + strings.Repeat("é", 40), "    ", " , , ,"} {
		for w := 1; w < 20; w++ {
			lines := Broken(s, w)
			if got := strings.ReplaceAll(strings.Join(lines, ""), " ", ""); got != strings.ReplaceAll(s, " ", "") {
				t.Fatalf("%q at %d is %q", s, w, lines)
			}
			for _, line := range lines {
				if Width(line) > max(w, 2) {
					t.Fatalf("%q at %d has %q", s, w, line)
				}
			}
		}
	}
}
