package theme

import "strings"

// glyphs are the characters of a tier. Each is one cell wide.
func glyphs(tier Tier) Glyphs {
	g := Glyphs{
		Tier: tier, Pointer: "▸", Marked: "●", Ellipsis: "…", Up: "▲", Down: "▼", Flat: "=", Rising: "▲", Falling: "▼",
		Markers: []string{"●", "◆", "▲", "■", "▼", "✚", "◉", "✖", "✦", "✱", "❖"}, Before: "·", Hollow: "○", Missing: "–",
		HRule: "─", VRule: "│", Corner: "┼", Tick: "┬", VTick: "┤", CursorTick: "▲", Note: "◆",
		Eighths: []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		Levels:  []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
		Spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
		Shade:   "░", Fills: []string{"█", "▓", "▒", "▚", "▞", "▙", "▤", "▥", "▨", "▩"}, Dot: " · ", Bullet: "•",
		Opened: "▾", Closed: "▸", Thick: "━", Thin: "┄", Arrow: "→", Times: "×",
	}
	switch tier {
	case Block:
		g.Spinner = []string{"▖", "▘", "▝", "▗"}
	case ASCII:
		return Glyphs{
			Tier: tier, Pointer: ">", Marked: "*", Ellipsis: "~", Up: "+", Down: "-", Flat: "=", Rising: "^", Falling: "v",
			Markers: []string{"*", "o", "x", "#", "@", "%", "&", "$", "+", "=", "V"}, Before: ".", Hollow: "?", Missing: "-",
			HRule: "-", VRule: "|", Corner: "+", Tick: "+", VTick: "|", CursorTick: "^", Note: "!",
			Eighths: []string{"-", "-", "-", "-", "-", "-", "=", "="},
			Levels:  []string{"_", ".", ",", "-", "~", "+", "*", "#"},
			Spinner: []string{"|", "/", "-", "\\"},
			Shade:   ":", Fills: []string{"#", "o", "x", "%", "=", "+", "@", "*", "&", "$"}, Dot: " | ", Bullet: "*",
			Opened: "-", Closed: "+", Thick: "=", Thin: ".", Arrow: "->", Times: "x",
		}
	}
	return g
}

// AtLeast is a number that may be more, without a blank, in as many cells in every tier.
func (g Glyphs) AtLeast(number string) string {
	if g.Tier == ASCII {
		return number + "+"
	}
	return "≥" + number
}

// Spell writes the signs that stand in our sentences and numbers, whatever the
// tier, in characters that the tier has, each in as many cells. Text of others
// stays as it is but for the same signs. Where a blank stands beside a sign, it makes
// room for what says more: ">" alone is more than, not at least, and "18 - 4" a sum.
func (g Glyphs) Spell(text string) string {
	if g.Tier != ASCII {
		return text
	}
	return strings.NewReplacer(
		" → ▲", ":  "+g.Up, " → ▼", ":  "+g.Down, " → =", ":  =",
		" · ", " | ", " …", "..", "≥ ", ">=", "± ", "+-",
		"…", g.Ellipsis, "–", g.Missing, "·", "-", "≥", ">", "±", "~", "○", g.Hollow, "“", `"`, "”", `"`, "’", "'",
		"▲", g.Up, "▼", g.Down, "↑", "^", "↓", "v", "←", "<", "→", ">", "×", "x",
	).Replace(text)
}
