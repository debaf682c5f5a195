package theme

// highContrastLight is high contrast where the background is known to be light.
const highContrastLight = "high-contrast-light"

// faint is no colour but the terminal's own text, less bright: what stands in for grey
// among the 16 colours is the background itself in some palettes, and near it in others.
const faint = "faint"

// palette is what a theme's accents are: colours 0 to 15 are the user's own, 16
// to 255 are the same in every terminal. Empty is the terminal's own text.
type palette struct {
	accent, key, match, good, warn, bad, up, down, dim string
	series                                             []string
}

// paletteOf is the palette of a theme. What must be read, or told apart by eyes
// that see fewer colours, has fixed colours where the terminal has 256: nobody
// knows what the 16 look like, and in some palettes half of them are greys.
// There are fewer colours than markers and no common divisor, so that the first
// series beyond the markers has a pair of its own.
func paletteOf(name string, depth Depth) palette {
	p := ownColors(name)
	if depth <= Colors16 {
		return p
	}
	switch name {
	case "light":
		p.warn, p.up, p.down, p.dim = "130", "25", "130", "242"
		p.series = []string{"25", "166", "129", "22", "31", "52", "18"}
	case "high-contrast":
		p.warn, p.up, p.down = "220", "51", "208"
		p.series = []string{"51", "208", "229", "177", "79"}
	case highContrastLight:
		p.warn, p.up, p.down = "90", "20", "124"
		p.series = []string{"20", "124", "16", "90", "52"}
	case "dark":
		p.warn, p.up, p.down, p.dim = "214", "39", "214", "245"
		p.series = []string{"39", "214", "206", "49", "202", "153", "190"}
	default: // what can be read on light and on dark, since nothing says which it is
		p.match, p.warn, p.up, p.down, p.dim = "166", "166", "33", "166", "244"
		p.series = []string{"33", "172", "200", "108", "130"}
	}
	return p
}

// ownColors are palettes of the 16 colours only. The first four series are those
// that differ most for everybody.
func ownColors(name string) palette {
	switch name {
	case "light":
		return palette{"4", "4", "5", "4", "5", "1", "4", "1", faint, []string{"4", "1", "6", "0", "5", "2", "3"}}
	case "high-contrast":
		return palette{"15", "15", "11", "14", "11", "9", "14", "11", "", []string{"14", "11", "13"}}
	case highContrastLight:
		return palette{"0", "0", "4", "4", "5", "1", "4", "1", "", []string{"4", "1", "0"}}
	}
	match := "13"
	if name == "dark" {
		match = "11" // yellow, which is nothing on white
	}
	return palette{"12", "12", match, "12", "3", "9", "12", "3", faint, []string{"12", "3", "14", "11", "13", "10", "9"}}
}
