package paint

import (
	"strings"
	"testing"
)

func TestLargeChangeIsShownWholeWhereThatIsUnderstood(t *testing.T) {
	for _, whole := range []bool{false, true} {
		var w writes
		s := NewScreen(&w, Options{Whole: whole})
		s.Open(120, 40)
		w.take()
		s.Paint(tableFrame(0))
		n := w.n
		if out := w.take(); n != 1 || strings.HasPrefix(out, hold) != whole || strings.HasSuffix(out, show) != whole {
			t.Errorf("understood %v: %d writes from %q to %q", whole, n, out[:20], out[len(out)-20:])
		}
		s.Paint(strings.Replace(tableFrame(0), "Users", "users", 1))
		if out := w.take(); strings.Contains(out, "?2026") {
			t.Errorf("understood %v: a small change: %q", whole, out)
		}
		if s.Paint(strings.Replace(tableFrame(0), "Users", "users", 1)); w.Len() > 0 {
			t.Errorf("understood %v: no change: %q", whole, w.String())
		}
	}
}

func TestOnlyKnownTerminalsAreHeldBack(t *testing.T) {
	for environment, want := range map[string]bool{
		"TERM=xterm-256color":   false,
		"TERM=xterm":            false,
		"TERM=":                 false,
		"TERM=dumb":             false,
		"TERM=linux":            false,
		"TERM=xterm-kitty":      true,
		"TERM=xterm-ghostty":    true,
		"TERM=alacritty":        true,
		"TERM=alacritty-direct": true,
		"TERM=foot-extra":       true,
		"TERM=footloose":        false,
		"TERM=xterm-256color TERM_PROGRAM=WezTerm":  true,
		"TERM=xterm-256color WT_SESSION=0af3":       true,
		"TERM=tmux-256color TERM_PROGRAM=iTerm.app": false,
		"TERM=screen-256color KITTY_WINDOW_ID=1":    false,
		"TERM=xterm-kitty TMUX=/tmp/t,1,0":          false,
	} {
		set := map[string]string{}
		for _, one := range strings.Fields(environment) {
			name, value, _ := strings.Cut(one, "=")
			set[name] = value
		}
		if got := ShowsWhole(func(name string) string { return set[name] }); got != want {
			t.Errorf("%s: %v", environment, got)
		}
	}
}
