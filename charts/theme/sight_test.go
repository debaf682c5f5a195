package theme

import (
	"fmt"
	"math"
	"strconv"
	"testing"
)

// terminals are what well-known terminals make of the 16 colours.
func terminals() map[string][16]int {
	return map[string][16]int{
		"xterm": {
			0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5,
			0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
		},
		"VGA": {
			0x000000, 0xaa0000, 0x00aa00, 0xaa5500, 0x0000aa, 0xaa00aa, 0x00aaaa, 0xaaaaaa,
			0x555555, 0xff5555, 0x55ff55, 0xffff55, 0x5555ff, 0xff55ff, 0x55ffff, 0xffffff,
		},
		"Windows Terminal": {
			0x0c0c0c, 0xc50f1f, 0x13a10e, 0xc19c00, 0x0037da, 0x881798, 0x3a96dd, 0xcccccc,
			0x767676, 0xe74856, 0x16c60c, 0xf9f1a5, 0x3b78ff, 0xb4009e, 0x61d6d6, 0xf2f2f2,
		},
		"GNOME": {
			0x2e3436, 0xcc0000, 0x4e9a06, 0xc4a000, 0x3465a4, 0x75507b, 0x06989a, 0xd3d7cf,
			0x555753, 0xef2929, 0x8ae234, 0xfce94f, 0x729fcf, 0xad7fa8, 0x34e2e2, 0xeeeeec,
		},
		"macOS": {
			0x000000, 0x990000, 0x00a600, 0x999900, 0x0000b2, 0xb200b2, 0x00a6b2, 0xbfbfbf,
			0x666666, 0xe50000, 0x00d900, 0xe5e500, 0x0000ff, 0xe500e5, 0x00e5e5, 0xe5e5e5,
		},
	}
}

// light is a colour as linear red, green and blue, 0 to 1.
type light [3]float64

// shown is what a terminal shows for a colour's number.
func shown(t *testing.T, color string, own [16]int) light {
	t.Helper()
	n, err := strconv.Atoi(color)
	if err != nil || n < 0 || n > 255 {
		t.Fatalf("%q is no colour", color)
	}
	levels := []int{0, 95, 135, 175, 215, 255}
	var rgb [3]int
	switch {
	case n < 16:
		rgb = [3]int{own[n] >> 16, own[n] >> 8 & 0xff, own[n] & 0xff}
	case n < 232:
		rgb = [3]int{levels[(n-16)/36], levels[(n-16)/6%6], levels[(n-16)%6]}
	default:
		rgb = [3]int{8 + 10*(n-232), 8 + 10*(n-232), 8 + 10*(n-232)}
	}
	return linear(rgb)
}

func linear(rgb [3]int) (out light) {
	for i, c := range rgb {
		v := float64(c) / 255
		if out[i] = v / 12.92; v > 0.04045 {
			out[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return out
}

// eyes are how colours reach those who lack one kind of cone: the matrices of
// Machado, Oliveira and Fernandes (2009) at full severity.
func eyes() map[string][3]light {
	return map[string][3]light{
		"all cones":    {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
		"protanopia":   {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
		"deuteranopia": {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}},
		"tritanopia":   {{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}},
	}
}

func times(m [3]light, c light) (out light) {
	for i, row := range m {
		for j := range row {
			out[i] += row[j] * c[j]
		}
		out[i] = max(0, min(out[i], 1))
	}
	return out
}

// lab is a colour in Ottosson's OKLab, where equal distances look equal.
func lab(c light) light {
	cone := times3([3]light{
		{0.4122214708, 0.5363325363, 0.0514459929},
		{0.2119034982, 0.6806995451, 0.1073969566},
		{0.0883024619, 0.2817188376, 0.6299787005},
	}, c)
	for i := range cone {
		cone[i] = math.Cbrt(cone[i])
	}
	return times3([3]light{
		{0.2104542553, 0.7936177850, -0.0040720468},
		{1.9779984951, -2.4285922050, 0.4505937099},
		{0.0259040371, 0.7827717662, -0.8086757660},
	}, cone)
}

// times3 is times without a bound.
func times3(m [3]light, c light) (out light) {
	for i, row := range m {
		for j := range row {
			out[i] += row[j] * c[j]
		}
	}
	return out
}

// distance is how far two colours are apart, in hundredths: 2 is what can just be
// seen side by side, black and white are 100 apart.
func distance(a, b light) float64 {
	a, b = lab(a), lab(b)
	return 100 * math.Sqrt((a[0]-b[0])*(a[0]-b[0])+(a[1]-b[1])*(a[1]-b[1])+(a[2]-b[2])*(a[2]-b[2]))
}

// contrast is that of WCAG: 1 is none, 21 is black on white.
func contrast(a, b light) float64 {
	of := func(c light) float64 { return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2] + 0.05 }
	return max(of(a), of(b)) / min(of(a), of(b))
}

// nearest is the least distance of any two of some colours, for whom, and which.
func nearest(t *testing.T, colors []string, own [16]int) (least float64, which string) {
	t.Helper()
	least = math.Inf(1)
	for who, eye := range eyes() {
		for i, a := range colors {
			for _, b := range colors[:i] {
				d := distance(times(eye, shown(t, a, own)), times(eye, shown(t, b, own)))
				if d < least {
					least, which = d, fmt.Sprintf("%s and %s with %s", b, a, who)
				}
			}
		}
	}
	return least, which
}

func allPalettes() []string {
	return []string{"auto", "dark", "light", "high-contrast", highContrastLight}
}

// Nobody may take one series for another, or for what is dim.
func TestSeriesDifferForEveryEye(t *testing.T) {
	for _, name := range allPalettes() {
		p := paletteOf(name, Colors256)
		colors := p.series
		if p.dim != "" {
			colors = append([]string{p.dim}, colors...)
		}
		least, which := nearest(t, colors, [16]int{})
		t.Logf("%s: %.1f apart: %s", name, least, which)
		if least < 8.5 {
			t.Errorf("%s: %s are %.1f apart", name, which, least)
		}
	}
}

// With 16 colours the first four must be told apart in every well-known palette;
// the further ones have their markers.
func TestTheFirstSeriesDifferInEveryTerminal(t *testing.T) {
	for terminal, own := range terminals() {
		for _, name := range allPalettes() {
			p := paletteOf(name, Colors16)
			least, which := nearest(t, p.series[:min(4, len(p.series))], own)
			t.Logf("%s in %s: %.1f apart: %s", name, terminal, least, which)
			if least < 8 {
				t.Errorf("%s in %s: %s are %.1f apart", name, terminal, which, least)
			}
			for _, tier := range []Tier{ASCII, Block, Braille} {
				if signs := len(glyphs(tier).Markers); signs < 10 || signs%len(p.series) == 0 || len(p.series) >= signs {
					t.Errorf("%s: with %d colours and %d markers the pairs come again too soon", name, len(p.series), signs)
				}
			}
			seen := map[string]bool{p.dim: true}
			for _, c := range p.series {
				if seen[c] {
					t.Errorf("%s: %s is used twice, or is dim", name, c)
				}
				seen[c] = true
			}
		}
	}
}

// Rises and falls have signs too; whoever sees colours sees them differ.
func TestRisesAndFallsDifferForEveryEye(t *testing.T) {
	for terminal, own := range terminals() {
		for _, name := range allPalettes() {
			for _, depth := range []Depth{Colors16, Colors256} {
				p := paletteOf(name, depth)
				if least, which := nearest(t, []string{p.up, p.down}, own); least < 14 {
					t.Errorf("%s in %s, depth %d: rise and fall, %s, are %.1f apart", name, terminal, depth, which, least)
				}
			}
		}
	}
}

// What has a fixed colour can be read on the backgrounds that people have.
func TestFixedColoursCanBeRead(t *testing.T) {
	for name, c := range map[string]struct {
		backs []int
		text  float64 // of what is text
		line  float64 // of what is a line or a mark
	}{
		"auto":            {[]int{0x000000, 0x1a1b26, 0x282c34, 0x002b36, 0xffffff, 0xfafafa, 0xfdf6e3}, 3.2, 2.25},
		"dark":            {[]int{0x000000, 0x1a1b26, 0x282c34, 0x002b36}, 4, 4},
		"light":           {[]int{0xffffff, 0xfafafa, 0xfdf6e3}, 4, 3},
		"high-contrast":   {[]int{0x000000, 0x1c1c1c}, 7, 7},
		highContrastLight: {[]int{0xffffff}, 7, 7},
	} {
		p := paletteOf(name, Colors256)
		for _, back := range c.backs {
			ground := linear([3]int{back >> 16, back >> 8 & 0xff, back & 0xff})
			for i, color := range append([]string{p.dim, p.warn, p.up, p.down}, p.series...) {
				want := c.text
				if i > 3 {
					want = c.line
				}
				if color == "" {
					continue
				}
				if got := contrast(shown(t, color, [16]int{}), ground); got < want {
					t.Errorf("%s: %s has a contrast of %.1f on #%06x; want %.1f", name, color, got, back, want)
				}
			}
		}
	}
}

// The numbers in a heat map stay readable on every step, whatever the terminal makes
// of the 16 colours, and each step stands out more from the ground than the one before.
func TestHeatCanBeRead(t *testing.T) {
	for terminal, own := range terminals() {
		for _, name := range allPalettes() {
			for depth, least := range map[Depth]float64{Colors16: 4, Colors256: 4.5} {
				ground := linear([3]int{})
				if name == "light" || name == highContrastLight {
					ground = light{1, 1, 1}
				}
				before := 1.0
				for _, one := range heatRamp(name, depth) {
					if one.back == "" {
						continue
					}
					back := shown(t, one.back, own)
					if got := contrast(back, shown(t, one.text, own)); got < least {
						t.Errorf("%s in %s: %s on %s has a contrast of %.1f; want %.1f", name, terminal, one.text, one.back, got, least)
					}
					if got := contrast(back, ground); got < before {
						t.Errorf("%s in %s, depth %d: %s stands out less than the step before", name, terminal, depth, one.back)
					} else {
						before = got
					}
				}
			}
		}
	}
}

// What is dim must not vanish: none of the 16 colours is a grey in every palette.
func TestDimIsNoneOfThe16Colours(t *testing.T) {
	for _, name := range allPalettes() {
		if got := New(Options{Name: name, Depth: Colors16}).Dim.open; got != "" && got != "\x1b[2m" {
			t.Errorf("%s: dim is %q", name, got)
		}
	}
}
