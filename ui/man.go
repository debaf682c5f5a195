package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"amptui/api/text"
)

// manCommand writes the manual pages, made from the same rows as the help.
func (p *program) manCommand() *cobra.Command {
	return &cobra.Command{
		Use: "man [FOLDER]", Short: "Write the manual pages",
		Long:    "Write the manual page of every command into a folder, or the first one to the output.",
		Example: "  amptui man | man -l -\n  amptui man ~/.local/share/man/man1",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			pages := manPages(c.Root())
			if len(args) == 0 {
				_, err := fmt.Fprint(p.out, pages[0].text)
				return quietly(err)
			}
			if err := os.MkdirAll(args[0], 0o755); err != nil {
				return fmt.Errorf("%s cannot be made: %s", text.Clean(args[0]), text.Clean(err.Error()))
			}
			for _, one := range pages {
				// Manual pages are for everybody on the computer.
				if err := os.WriteFile(filepath.Join(args[0], one.name), []byte(one.text), 0o644); err != nil {
					return fmt.Errorf("%s cannot be written: %s", one.name, text.Clean(err.Error()))
				}
			}
			return nil
		},
	}
}

// A manPage is one file of the manual.
type manPage struct{ name, text string }

// manPages are the pages of a command and of those below it. Nothing of the day or
// the computer is in them: the same program writes the same bytes.
func manPages(c *cobra.Command) []manPage {
	name := strings.ReplaceAll(c.CommandPath(), " ", "-")
	var r roff
	fmt.Fprintf(&r.out, ".TH %s 1 \"\" \"amptui\" \"amptui\"\n", strings.ToUpper(name))
	r.title("Name")
	r.out.WriteString(escaped(name) + ` \- ` + escaped(strings.ToLower(c.Short[:1])+c.Short[1:]) + "\n")
	r.title("Description")
	r.text(0, first(c.Long, c.Short+"."))
	manual{&r}.of(c)
	var also []string
	if c.HasParent() {
		also = append(also, strings.ReplaceAll(c.Parent().CommandPath(), " ", "-")+"(1)")
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			also = append(also, strings.ReplaceAll(sub.CommandPath(), " ", "-")+"(1)")
		}
	}
	if len(also) > 0 {
		r.title("See also")
		r.text(0, strings.Join(also, ", "))
	}
	pages := []manPage{{name + ".1", r.out.String()}}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			pages = append(pages, manPages(sub)...)
		}
	}
	return pages
}

// roff is a manual as a manual page.
type roff struct{ out strings.Builder }

func (r *roff) text(_ int, s string) { r.out.WriteString(".PP\n" + escaped(s) + "\n") }

func (r *roff) title(s string) { r.out.WriteString(".SH " + escaped(strings.ToUpper(s)) + "\n") }

func (r *roff) block(title string, lines []string) {
	r.title(title)
	r.out.WriteString(".nf\n")
	for _, line := range lines {
		r.out.WriteString(escaped(strings.TrimSpace(line)) + "\n")
	}
	r.out.WriteString(".fi\n")
}

func (r *roff) row(word, means string) {
	r.out.WriteString(".TP\n\\fB" + escaped(word) + "\\fR\n" + escaped(means) + "\n")
}

// escaped is text that means nothing to the typesetter: no line of it begins a
// request, a hyphen can be copied as one, and a quote stays upright.
func escaped(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "'", `\(aq`, "`", `\(ga`, "^", `\(ha`, "~", `\(ti`).Replace(s)
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, ".") {
			lines[i] = `\&` + line
		}
	}
	return strings.Join(lines, "\n")
}
