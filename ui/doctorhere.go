package ui

import (
	"fmt"
	"strings"

	"amptui/charts/theme"
)

// localFindings are what can be seen without leaving this computer.
func (p *program) localFindings() []finding {
	return []finding{p.terminalFinding(), p.colourFinding(), p.signFinding(), p.filesFinding()}
}

// terminalFinding is the terminal and what stands between it and the program.
func (p *program) terminalFinding() finding {
	f := found("terminal")
	w, h, tty := p.terminal()
	name := first(p.env("TERM"), "TERM is not set")
	if program := strings.TrimSpace(p.env("TERM_PROGRAM") + " " + p.env("TERM_PROGRAM_VERSION")); program != "" {
		name += ", " + program
	}
	switch {
	case !tty:
		f.worse(look, "%s; the output is no terminal: commands print, the explorer needs one", name)
	case w < leastWidth || h < leastHeight:
		f.worse(bad, "%s, %d by %d: the explorer needs %d by %d", name, w, h, leastWidth, leastHeight)
	default:
		f.say("%s, %d by %d", name, w, h)
	}
	if tty && !p.reading() {
		f.worse(look, "the input is no terminal: the explorer gets no keys")
	}
	switch {
	case p.env("TERM") == "dumb":
		f.worse(look, "TERM=dumb cannot move the cursor: the explorer talks in lines, as with --accessible")
	case p.env("TMUX") != "":
		f.say("inside tmux: copies reach the clipboard with set -g set-clipboard on")
	case p.env("STY") != "":
		f.say("inside screen: copies may not reach the clipboard")
	}
	if p.env("SSH_CONNECTION") != "" || p.env("SSH_TTY") != "" {
		f.say("over SSH: only what changes on the screen is sent")
	}
	return f
}

// colourFinding is how many colours are used and why, with a strip to look at.
func (p *program) colourFinding() finding {
	f := found("colours")
	c, _ := p.settings()
	_, _, tty := p.terminal()
	asked := first(p.global.color, c.Color, "auto")
	depth := theme.Detect(p.env, tty, asked)
	why := "as --color or the configuration says"
	switch {
	case asked != "auto":
	case p.env("TERM") == "dumb":
		why = "since TERM is dumb"
	case !tty:
		why = "since the output is no terminal"
	case p.env("NO_COLOR") != "":
		why = "since NO_COLOR is set"
	case depth == theme.TrueColor:
		why = "since COLORTERM says so"
	case depth == theme.Colors256:
		why = "since TERM says so"
	default:
		why = "since neither TERM nor COLORTERM promises more"
	}
	f.say("%s, %s", map[theme.Depth]string{
		theme.Bare: "none", theme.NoColor: "none, only bold and reverse", theme.Colors16: "16", theme.Colors256: "256", theme.TrueColor: "16 million",
	}[depth], why)
	wanted := first(p.global.theme, c.Theme, "auto")
	if wanted == "auto" {
		now := theme.Background(wanted, p.env)
		if now == wanted {
			now = "for light and dark"
		}
		f.say("theme %s: auto goes by COLORFGBG, which is %s", now, first(p.env("COLORFGBG"), "not set"))
	} else {
		f.say("theme %s", wanted)
	}
	th := p.printTheme("table")
	var series, heat strings.Builder
	for i, s := range th.Series {
		series.WriteString(s.Paint(th.Glyphs.Markers[i%len(th.Glyphs.Markers)]+strings.Repeat(th.Glyphs.HRule, 3)) + " ")
	}
	for i, s := range th.Heat {
		heat.WriteString(s.Paint(fmt.Sprintf(" %2d ", i+1)))
	}
	f.strip = []string{
		strings.TrimRight(series.String(), " ") + "  by sign too",
		th.Up.Paint(th.Glyphs.Up+" rise") + "  " + th.Down.Paint(th.Glyphs.Down+" fall") + "  " + th.Dim.Paint("dim") + "  " +
			th.Selected.Paint("chosen") + "  " + th.Match.Paint("found") + "  " + th.Warn.Paint("stale") + "  " + th.Bad.Paint("error"),
	}
	if len(th.Heat) > 1 {
		f.strip = append(f.strip, heat.String()+"  from little to much")
	}
	return f
}

// signFinding is which characters are drawn and why, with a strip to look at.
func (p *program) signFinding() finding {
	f := found("signs")
	c, _ := p.settings()
	asked := first(p.global.glyphs, c.Glyphs, "auto")
	tier := theme.DetectTier(p.env, asked)
	locale := "no locale is set"
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if v := p.env(name); v != "" {
			locale = name + " is " + v
			break
		}
	}
	word := map[theme.Tier]string{theme.ASCII: "ascii", theme.Block: "block", theme.Braille: "braille"}[tier]
	switch {
	case asked != "auto":
		f.say("%s, as --glyphs or the configuration says; %s", word, locale)
	case tier == theme.ASCII && theme.FewSigns(p.env):
		f.worse(look, "%s: TERM is %s, which has few signs; --glyphs braille draws finer lines where it has more", word, p.env("TERM"))
	case tier == theme.ASCII:
		f.worse(look, "%s: %s, which does not promise UTF-8; --glyphs braille draws finer lines", word, locale)
	default:
		f.say("%s: %s", word, locale)
	}
	g := p.printTheme("table").Glyphs
	f.strip = []string{
		strings.Join(g.Levels, "") + "  " + g.Eighths[len(g.Eighths)-1] + g.Shade + "  " + strings.Join(g.Markers, " ") + " " + g.Hollow +
			"  " + g.Pointer + g.Up + g.Down + g.Ellipsis + g.Missing + g.Arrow,
	}
	switch tier {
	case theme.Braille:
		f.strip = append(f.strip, "⣀⡠⠤⠒⠊⠉⠑⠒⠤⢄⣀  a wave of dots, else try --glyphs block", "|ä|é|日本|  a bar close behind every sign")
	case theme.Block:
		f.strip = append(f.strip, "|ä|é|日本|  a bar close behind every sign")
	}
	return f
}
