package theme

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Depth is how much colour a terminal is given.
type Depth int

// The depths. Bare has no escape sequences at all; NoColor still has bold and
// reverse.
const (
	Bare Depth = iota
	NoColor
	Colors16
	Colors256
	TrueColor
)

// Options say what a theme is made for.
type Options struct {
	Name  string // auto, dark, light, mono or high-contrast; auto is for any background
	Depth Depth
	Tier  Tier
}

// Names are the themes there are.
func Names() []string { return []string{"auto", "dark", "light", "mono", "high-contrast"} }

// Detect is the depth of an output: what flag says (auto, always, never), else
// what the environment does. Nothing is asked of the terminal.
func Detect(env func(string) string, tty bool, flag string) Depth {
	term := env("TERM")
	switch {
	case flag != "always" && (!tty || term == "dumb"):
		return Bare
	case flag == "never":
		return NoColor
	case env("NO_COLOR") != "" && flag != "always":
		return NoColor
	case env("COLORTERM") == "truecolor" || env("COLORTERM") == "24bit":
		return TrueColor
	case strings.Contains(term, "256color") || slices.Contains(richTerms(), term):
		return Colors256
	}
	return Colors16
}

// richTerms are terminals with 256 colours that their TERM does not speak of; over SSH
// COLORTERM is lost.
func richTerms() []string {
	return []string{"xterm-kitty", "alacritty", "foot", "wezterm", "xterm-ghostty", "contour", "iterm2", "mintty", "xterm-direct", "tmux-direct"}
}

// DetectTier is how much of Unicode to draw with: what flag says (braille,
// block, ascii), else what the locale does.
func DetectTier(env func(string) string, flag string) Tier {
	switch flag {
	case "braille":
		return Braille
	case "block":
		return Block
	case "ascii":
		return ASCII
	}
	locale := env("LC_ALL")
	for _, name := range []string{"LC_CTYPE", "LANG"} {
		if locale == "" {
			locale = env(name)
		}
	}
	locale = strings.ToUpper(locale)
	if FewSigns(env) || !strings.Contains(locale, "UTF-8") && !strings.Contains(locale, "UTF8") {
		return ASCII
	}
	return Braille
}

// FewSigns says whether TERM names a terminal that has few characters whatever the
// locale: the font of a Linux console holds at most 512, and no braille.
func FewSigns(env func(string) string) bool { return env("TERM") == "dumb" || env("TERM") == "linux" }

// Background is the theme of a name on the background that COLORFGBG tells of: auto
// stays where that says nothing, high contrast has one for each.
func Background(name string, env func(string) string) string {
	fields := strings.Split(env("COLORFGBG"), ";")
	n, err := strconv.Atoi(fields[len(fields)-1])
	known := err == nil && n >= 0 && n <= 15
	light := known && (n == 7 || n >= 10)
	switch {
	case name == "high-contrast" && light:
		return highContrastLight
	case name != "" && name != "auto":
		return name
	case light:
		return "light"
	case known:
		return "dark"
	}
	return "auto"
}

// maker makes styles once; nothing is rendered through lipgloss later.
type maker struct {
	renderer *lipgloss.Renderer
	depth    Depth
}

func newMaker(depth Depth) maker {
	m := maker{renderer: lipgloss.NewRenderer(io.Discard), depth: depth}
	m.renderer.SetColorProfile(map[Depth]termenv.Profile{
		Bare: termenv.Ascii, NoColor: termenv.ANSI, Colors16: termenv.ANSI, Colors256: termenv.ANSI256, TrueColor: termenv.TrueColor,
	}[depth])
	return m
}

// style keeps what lipgloss writes round a text.
func (m maker) style(s lipgloss.Style) Style {
	if m.depth == Bare {
		return Style{}
	}
	open, end, ok := strings.Cut(s.Render("x"), "x")
	if !ok || open == "" {
		return Style{}
	}
	return Style{open, end}
}

func (m maker) plain() lipgloss.Style { return m.renderer.NewStyle() }

// fg is a foreground, or nothing without colours.
func (m maker) fg(color string) lipgloss.Style {
	if m.depth == NoColor || color == "" {
		return m.plain()
	}
	return m.plain().Foreground(lipgloss.Color(color))
}

// dim is a foreground that steps back; faint is the terminal's own way.
func (m maker) dim(color string) lipgloss.Style {
	if color == faint && m.depth != NoColor {
		return m.plain().Faint(true)
	}
	return m.fg(strings.TrimPrefix(color, faint))
}

// New makes a theme. Text has the terminal's own colours; accents are of the 16
// that the user has chosen; rises are blue, falls orange or what is nearest.
func New(o Options) Theme {
	m := newMaker(o.Depth)
	if o.Name == "mono" && o.Depth > NoColor {
		m = newMaker(NoColor)
	}
	p := paletteOf(o.Name, m.depth)
	t := Theme{
		Dim: m.style(m.dim(p.dim)), Title: m.style(m.plain().Bold(true)), Accent: m.style(m.fg(p.accent)),
		Key: m.style(m.fg(p.key).Bold(true)), Selected: m.style(m.plain().Reverse(true)),
		Match: m.style(m.fg(p.match).Bold(true)), Mark: m.style(m.fg(p.accent).Bold(true)),
		Good: m.style(m.fg(p.good)), Warn: m.style(m.fg(p.warn)), Bad: m.style(m.fg(p.bad).Bold(true)),
		Up: m.style(m.fg(p.up)), Down: m.style(m.fg(p.down)), Rule: m.style(m.dim(p.dim)),
		Badge: m.style(m.fg(p.warn)), Cursor: m.style(m.plain().Reverse(true)),
		Glyphs: glyphs(o.Tier),
	}
	for _, c := range p.series {
		t.Series = append(t.Series, m.style(m.fg(c)))
	}
	t.Heat = m.heat(o.Name)
	return t
}

// heat is backgrounds from little to much, each with a foreground that can be
// read on it: much stands out from the terminal's own background. Without
// colours there are none: the numbers say it. Colours of the 256 take half the
// bytes of exact ones.
func (m maker) heat(name string) []Style {
	ramp := heatRamp(name, m.depth)
	out := make([]Style, len(ramp))
	for i, c := range ramp {
		if c.back != "" {
			out[i] = m.style(m.plain().Background(lipgloss.Color(c.back)).Foreground(lipgloss.Color(c.text)))
		}
	}
	return out
}

// onGround is a background and the text on it.
type onGround struct{ back, text string }

func heatRamp(name string, depth Depth) []onGround {
	light := name == "light" || name == highContrastLight
	switch {
	case depth <= NoColor:
		return []onGround{{}}
	case depth == Colors16 && light:
		return []onGround{{}, {"7", "0"}, {"4", "15"}}
	case depth == Colors16:
		return []onGround{{}, {"8", "15"}, {"14", "0"}}
	}
	ramp := []onGround{{"17", "231"}, {"24", "231"}, {"31", "16"}, {"74", "16"}, {"117", "16"}, {"195", "16"}}
	if light {
		slices.Reverse(ramp)
	}
	return ramp
}

// Plain has no escape sequences; it serves pipes and tests.
func Plain() Theme { return New(Options{Depth: Bare, Tier: Braille}) }

// IsZero says whether the style paints nothing.
func (s Style) IsZero() bool { return s.open == "" }
