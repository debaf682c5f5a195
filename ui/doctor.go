package ui

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/config"
)

// The states of a finding, as they are printed.
const (
	fine = "ok"   // nothing to do
	look = "look" // worth knowing; it works
	bad  = "bad"  // something does not work
)

// A finding is one thing that the doctor has looked at.
type finding struct {
	Name  string   `json:"name"`
	State string   `json:"state"`
	Says  []string `json:"says"`

	strip []string // drawn, for the eye to judge
	err   error    // what a bad one is to a script
}

// say adds a sentence; text of others is cleaned.
func (f *finding) say(format string, args ...any) {
	f.Says = append(f.Says, text.Clean(fmt.Sprintf(format, args...)))
}

// worse says something that makes the finding worse.
func (f *finding) worse(state, format string, args ...any) {
	if f.State != bad {
		f.State = state
	}
	f.say(format, args...)
}

func found(name string) finding { return finding{Name: name, State: fine, Says: []string{}} }

// doctorCommand looks at everything that the program needs of its surroundings.
func (p *program) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: "Look at terminal, configuration, keys, network and clock", Args: cobra.NoArgs,
		Long: "Look at all that amptui needs: terminal, colours and signs, locale, configuration, keyring, keys,\n" +
			"proxy, server and clock. It makes one call, the cheapest there is, and prints no secret, so that\n" +
			"what it says can be sent to somebody. Lines marked " + look + " are worth a look; for those marked " + bad + "\n" +
			"the exit code says what is wrong.",
		Example: "  amptui doctor\n  amptui doctor --demo\n  amptui doctor --profile shop -o json",
		RunE:    func(c *cobra.Command, _ []string) error { return p.doctor(c.Context()) },
	}
}

func (p *program) doctor(ctx context.Context) error {
	if f := p.global.output; f != "" && f != "json" && f != "table" {
		return usageError{noSuch("output format of the doctor", f, []string{"table", "json"})}
	}
	findings := append([]finding{p.configFinding()}, p.localFindings()...)
	findings = append(findings, p.awayFindings(ctx)...)
	if err := p.printFindings(findings); err != nil {
		return err
	}
	for _, f := range findings {
		if f.err != nil {
			return said{f.err}
		}
	}
	for _, f := range findings {
		if f.State == bad {
			return errSaid
		}
	}
	return nil
}

// printFindings prints what was found, for a reader or as JSON.
func (p *program) printFindings(findings []finding) error {
	var count [2]int
	for _, f := range findings {
		switch f.State {
		case look:
			count[0]++
		case bad:
			count[1]++
		}
	}
	if p.global.output == "json" {
		return p.printJSON(struct {
			OK       bool      `json:"ok"`
			Build    build     `json:"build"`
			Findings []finding `json:"findings"`
		}{count[1] == 0, thisBuild(), findings})
	}
	th := p.printTheme("table")
	w, _ := p.size()
	var out strings.Builder
	out.WriteString(th.Title.Paint(thisBuild().String()) + "\n\n")
	for _, f := range findings {
		f.write(&out, w, th)
	}
	end := "everything works"
	if count[1] > 0 {
		end = things(count[1], "does not work", "do not work")
	}
	if count[0] > 0 {
		end += "; " + things(count[0], "is worth a look", "are worth a look")
	}
	out.WriteString("\n" + end + "\n")
	_, err := fmt.Fprint(p.out, th.Glyphs.Spell(out.String()))
	return quietly(err)
}

func things(n int, one, several string) string {
	if n == 1 {
		return "1 thing " + one
	}
	return fmt.Sprintf("%d things %s", n, several)
}

// write writes a finding: its state, its name, and what there is to say, wrapped.
func (f finding) write(out *strings.Builder, w int, th theme.Theme) {
	const indent = 21
	style := map[string]theme.Style{fine: th.Good, look: th.Warn, bad: th.Bad}[f.State]
	head := " " + style.Paint(charts.Pad(f.State, 5)) + th.Title.Paint(charts.Pad(f.Name, indent-6))
	rest := strings.Repeat(" ", indent)
	for _, s := range f.Says {
		for _, line := range whole(s, max(w-indent, 20)) {
			out.WriteString(head + line + "\n")
			head = rest
		}
	}
	if w < 80 {
		rest = rest[:7]
	}
	for _, line := range f.strip {
		out.WriteString(rest + line + "\n")
	}
}

// whole wraps a sentence and cuts nothing off it, such as the end of a path.
func whole(s string, w int) []string {
	for _, word := range strings.Fields(s) {
		if charts.Width(word) > w {
			return charts.Folded(s, w)
		}
	}
	return charts.Wrap(s, w)
}

// configFinding is the configuration file with its mistakes. It comes first: a file
// is read once, and says once what is wrong with it.
func (p *program) configFinding() finding {
	f := found("configuration")
	said := p.mistakes()
	f.say("%s", p.configFile())
	for _, s := range said {
		f.worse(bad, "%s", s)
	}
	c, _ := p.settings()
	if n := len(c.List()); n > 0 {
		names := make([]string, n)
		for i, profile := range c.List() {
			names[i] = profile.Name
		}
		f.say("profiles: %s", strings.Join(names, ", "))
	}
	return f
}

// filesFinding is where things are kept.
func (p *program) filesFinding() finding {
	f := found("files")
	cache, state := config.Cache(p.env), config.StateDir(p.env)
	if cache.Dir == "" || state == "" {
		f.worse(look, "there is no home folder: nothing is kept between runs")
		return f
	}
	f.say("cache: %s, %s", cache.Dir, amount(cache))
	f.say("state: %s", state)
	return f
}

// took is a time that a reader can compare.
func took(d time.Duration) string { return d.Round(time.Millisecond).String() }
