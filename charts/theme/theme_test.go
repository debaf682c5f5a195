package theme

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// every style of a theme, by name.
func styles(t Theme) map[string]Style {
	all := map[string]Style{
		"Dim": t.Dim, "Title": t.Title, "Accent": t.Accent, "Key": t.Key, "Selected": t.Selected, "Match": t.Match, "Mark": t.Mark,
		"Good": t.Good, "Warn": t.Warn, "Bad": t.Bad, "Up": t.Up, "Down": t.Down, "Rule": t.Rule, "Badge": t.Badge, "Cursor": t.Cursor,
	}
	for i, s := range t.Series {
		all["Series"+string(rune('0'+i))] = s
	}
	for i, s := range t.Heat {
		all["Heat"+string(rune('0'+i))] = s
	}
	return all
}

func TestAThemeKeepsToItsDepth(t *testing.T) {
	colour := regexp.MustCompile(`(^|;)(3[0-8]|4[0-8]|9[0-7]|10[0-7])(;|$)`)
	for _, name := range Names() {
		for depth, may := range map[Depth]string{
			Bare: `^$`, NoColor: `^(\x1b\[[147;]*m|)$`, Colors16: `^(\x1b\[[0-9;]*m|)$`, Colors256: `^(\x1b\[[0-9;]*m|)$`, TrueColor: `^(\x1b\[[0-9;]*m|)$`,
		} {
			for what, s := range styles(New(Options{Name: name, Depth: depth, Tier: Braille})) {
				if !regexp.MustCompile(may).MatchString(s.open) {
					t.Errorf("%s, depth %d: %s is %q", name, depth, what, s.open)
				}
				codes := strings.TrimSuffix(strings.TrimPrefix(s.open, "\x1b["), "m")
				if (depth <= NoColor || name == "mono") && colour.MatchString(codes) {
					t.Errorf("%s, depth %d: %s has a colour: %q", name, depth, what, s.open)
				}
				if depth == Colors16 && (strings.Contains(codes, "8;5;") || strings.Contains(codes, "8;2;")) {
					t.Errorf("%s with 16 colours: %s is %q", name, what, s.open)
				}
				if (s.open == "") != (s.close == "") {
					t.Errorf("%s: %s opens %q and closes %q", name, what, s.open, s.close)
				}
			}
		}
	}
}

// Little and much must not look alike, and much must stand out.
func TestHeatGoesOneWay(t *testing.T) {
	for _, name := range []string{"dark", "light", "high-contrast"} {
		for depth, steps := range map[Depth]int{Colors16: 3, Colors256: 6, TrueColor: 6} {
			heat := New(Options{Name: name, Depth: depth}).Heat
			if len(heat) != steps {
				t.Errorf("%s, depth %d: %d steps; want %d", name, depth, len(heat), steps)
			}
			seen := map[Style]bool{}
			for _, s := range heat {
				if seen[s] {
					t.Errorf("%s, depth %d: two steps look alike", name, depth)
				}
				seen[s] = true
			}
		}
	}
	dark, light := New(Options{Name: "dark", Depth: TrueColor}).Heat, New(Options{Name: "light", Depth: TrueColor}).Heat
	if dark[0] != light[len(light)-1] {
		t.Error("on a light terminal much must be dark")
	}
}

func TestWhatTheEnvironmentSaysIsWhatIsDrawn(t *testing.T) {
	for _, c := range []struct {
		env  string
		tty  bool
		flag string
		want Depth
	}{
		{"TERM=xterm", true, "auto", Colors16},
		{"TERM=xterm-256color", true, "", Colors256},
		{"TERM=xterm-256color COLORTERM=truecolor", true, "", TrueColor},
		{"TERM=xterm-256color NO_COLOR=1", true, "", NoColor},
		{"TERM=xterm-256color NO_COLOR=1", true, "always", Colors256},
		{"TERM=xterm-256color", false, "", Bare},
		{"TERM=xterm-256color", false, "always", Colors256},
		{"TERM=xterm-kitty", true, "", Colors256},
		{"TERM=foot NO_COLOR=1", true, "", NoColor},
		{"TERM=screen", true, "", Colors16},
		{"TERM=dumb", true, "", Bare},
		{"TERM=dumb", true, "never", Bare},
		{"TERM=dumb NO_COLOR=1", true, "auto", Bare},
		{"TERM=dumb", true, "always", Colors16},
		{"TERM=xterm-256color", true, "never", NoColor},
	} {
		env := func(key string) string {
			for _, pair := range strings.Fields(c.env) {
				if name, value, _ := strings.Cut(pair, "="); name == key {
					return value
				}
			}
			return ""
		}
		if got := Detect(env, c.tty, c.flag); got != c.want {
			t.Errorf("%s, terminal %v, --color %s: depth %d; want %d", c.env, c.tty, c.flag, got, c.want)
		}
	}
}

func TestTheThemeFollowsTheBackground(t *testing.T) {
	for _, c := range []struct{ name, colorfgbg, want string }{
		{"auto", "", "auto"},
		{"", "", "auto"},
		{"", "15;0", "dark"},
		{"auto", "0;15", "light"},
		{"auto", "0;default;7", "light"},
		{"auto", "0;x", "auto"},
		{"auto", "15;default", "auto"},
		{"dark", "0;15", "dark"},
		{"light", "15;0", "light"},
		{"mono", "0;15", "mono"},
		{"high-contrast", "15;0", "high-contrast"},
		{"high-contrast", "0;15", highContrastLight},
	} {
		if got := Background(c.name, func(string) string { return c.colorfgbg }); got != c.want {
			t.Errorf("%s with COLORFGBG=%s: %s; want %s", c.name, c.colorfgbg, got, c.want)
		}
	}
}

func TestTheTierFollowsTheLocale(t *testing.T) {
	for _, c := range []struct {
		env  map[string]string
		flag string
		want Tier
	}{
		{map[string]string{"LANG": "de_DE.UTF-8"}, "", Braille},
		{map[string]string{"LC_CTYPE": "en_GB.utf8"}, "auto", Braille},
		{map[string]string{"LC_ALL": "C", "LANG": "en_GB.UTF-8"}, "", ASCII},
		{map[string]string{}, "", ASCII},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "dumb"}, "", ASCII},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "linux"}, "", ASCII},
		{map[string]string{"LANG": "C.UTF-8", "TERM": "linux"}, "block", Block},
		{map[string]string{"LANG": "C"}, "braille", Braille},
		{map[string]string{"LANG": "C.UTF-8"}, "block", Block},
		{map[string]string{"LANG": "C.UTF-8"}, "ascii", ASCII},
	} {
		if got := DetectTier(func(key string) string { return c.env[key] }, c.flag); got != c.want {
			t.Errorf("%v, --glyphs %s: tier %d; want %d", c.env, c.flag, got, c.want)
		}
	}
}

// What is drawn with ASCII is ASCII, and every glyph keeps its one cell.
func TestEachTierKeepsToItsCharacters(t *testing.T) {
	private := regexp.MustCompile(`[\x{E000}-\x{F8FF}\x{1F000}-\x{1FFFF}]`)
	for _, tier := range []Tier{ASCII, Block, Braille} {
		g := glyphs(tier)
		every := slices.Concat(g.Markers, g.Eighths, g.Levels, g.Spinner, g.Fills, []string{
			g.Pointer, g.Marked, g.Ellipsis, g.Up, g.Down, g.Flat, g.Rising, g.Falling, g.Before, g.Note, g.Hollow, g.Missing, g.HRule, g.VRule, g.Corner, g.Tick,
			g.VTick, g.CursorTick, g.Shade, g.Dot, g.Bullet, g.Opened, g.Closed, g.Thick, g.Thin, g.Arrow, g.Times,
		})
		for _, glyph := range every {
			if tier == ASCII && strings.ContainsFunc(glyph, func(r rune) bool { return r > '~' }) || private.MatchString(glyph) {
				t.Errorf("tier %d has %q", tier, glyph)
			}
			if tier == Block && strings.ContainsFunc(glyph, func(r rune) bool { return r >= 0x2800 && r <= 0x28ff }) {
				t.Errorf("the blocks have %q", glyph)
			}
		}
		for what, signs := range map[string][]string{"markers": g.Markers, "fills": g.Fills} {
			if distinct := slices.Compact(slices.Sorted(slices.Values(signs))); len(distinct) != len(signs) || len(signs) < 10 {
				t.Errorf("tier %d: ten series are not told apart by the %s %q", tier, what, signs)
			}
		}
		for _, one := range slices.Concat(g.Markers, g.Levels, g.Eighths, g.Spinner, g.Fills, []string{g.Rising, g.Falling, g.Before, g.Hollow}) {
			if n := len([]rune(one)); n != 1 {
				t.Errorf("tier %d: %q takes %d cells", tier, one, n)
			}
		}
	}
}
