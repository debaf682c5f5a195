package theme

// glyphs are the characters of a tier. Each is one cell wide.
func glyphs(tier Tier) Glyphs {
	g := Glyphs{
		Tier: tier, Pointer: "▸", Marked: "●", Ellipsis: "…", Up: "▲", Down: "▼", Flat: "=",
		Markers: []string{"●", "◆", "▲", "■", "▼", "✚", "◉", "✖"}, Hollow: "○", Missing: "–",
		HRule: "─", VRule: "│", Corner: "┼", Tick: "┬", VTick: "┤", CursorTick: "▲",
		Eighths: []string{"▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"},
		Levels:  []string{"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"},
		Spinner: []string{"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"},
		Shade:   "░", Fills: []string{"█", "▓", "▒", "▚", "▞", "▙"}, Dot: " · ", Bullet: "•",
		Opened: "▾", Closed: "▸", Thick: "━", Thin: "┄", Arrow: "→", Times: "×",
	}
	switch tier {
	case Block:
		g.Spinner = []string{"▖", "▘", "▝", "▗"}
	case ASCII:
		return Glyphs{
			Tier: tier, Pointer: ">", Marked: "*", Ellipsis: "~", Up: "+", Down: "-", Flat: "=",
			Markers: []string{"*", "o", "x", "#", "@", "%", "&", "$"}, Hollow: "?", Missing: "-",
			HRule: "-", VRule: "|", Corner: "+", Tick: "+", VTick: "|", CursorTick: "^",
			Eighths: []string{"", "", "", "-", "-", "-", "=", "="},
			Levels:  []string{"_", ".", ",", "-", "~", "+", "*", "#"},
			Spinner: []string{"|", "/", "-", "\\"},
			Shade:   ":", Fills: []string{"#", "o", "x", "%", "=", "+"}, Dot: " - ", Bullet: "*",
			Opened: "-", Closed: "+", Thick: "=", Thin: ".", Arrow: "->", Times: "x",
		}
	}
	return g
}
