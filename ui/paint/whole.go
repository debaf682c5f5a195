package paint

import (
	"slices"
	"strings"
)

// ShowsWhole says whether the terminal that the environment names is one of
// those that are known to understand synchronized output (private mode 2026).
// A multiplexer in between is not: whether it passes the mode on, or holds
// back itself, depends on its version. Nothing is asked of the terminal.
func ShowsWhole(env func(string) string) bool {
	term := env("TERM")
	if env("TMUX") != "" || env("STY") != "" || env("ZELLIJ") != "" ||
		strings.HasPrefix(term, "screen") || strings.HasPrefix(term, "tmux") {
		return false
	}
	switch env("TERM_PROGRAM") {
	case "ghostty", "iTerm.app", "WezTerm", "contour", "mintty", "rio":
		return true
	}
	if env("WT_SESSION") != "" || env("KITTY_WINDOW_ID") != "" || env("ALACRITTY_WINDOW_ID") != "" {
		return true
	}
	name, _, _ := strings.Cut(term, "-")
	if name == "xterm" {
		_, name, _ = strings.Cut(term, "-")
	}
	return slices.Contains([]string{"alacritty", "contour", "foot", "ghostty", "kitty", "rio", "wezterm"}, name)
}
