package ui

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// A sheet is what a command's manual is written on.
type sheet interface {
	text(indent int, s string)          // a paragraph
	title(s string)                     // begins a part
	block(title string, lines []string) // a part of lines that are copied as they are
	row(word, means string)             // a word, and what it means
}

// manual writes what a command does, examples, how a question is written, and the
// flags by what they are for.
type manual struct{ sheet }

// of writes the manual of a command.
func (h manual) of(c *cobra.Command) {
	if c.Example != "" {
		h.block("Examples", strings.Split(c.Example, "\n"))
	}
	h.block("Usage", []string{c.UseLine()})
	h.commands(c)
	own := c.LocalNonPersistentFlags()
	own.SortFlags = false
	h.flags("What is asked", own, func(f *pflag.Flag) bool {
		return !query.IsDrawing(f) && f.Name != "help" && f.Name != "version"
	})
	h.flags("How it is drawn", own, query.IsDrawing)
	for _, spec := range catalog() {
		if spec.Name == c.Name() {
			h.topics(query.Topics(spec.Use, own))
			h.figures(spec.Figures(nil))
		}
	}
	for _, group := range globalGroups() {
		h.flags(group.title, c.Root().PersistentFlags(), func(f *pflag.Flag) bool {
			return slices.Contains(group.flags, f.Name) && isHeeded(c, f.Name)
		})
	}
	h.rows("Exit codes", exitCodes(c))
}

// heeding is the annotation of a command that goes by only some of the flags that all
// commands take; those below it do as it does.
const heeding = "heeds"

// heeds makes a command say which of the shared flags it goes by.
func heeds(c *cobra.Command, flags ...string) *cobra.Command {
	c.Annotations = map[string]string{heeding: strings.Join(flags, " ")}
	return c
}

// isHeeded says whether a command goes by a shared flag: views, boards and what is
// saved by all of them.
func isHeeded(c *cobra.Command, flag string) bool {
	for ; c != nil; c = c.Parent() {
		if flags, some := c.Annotations[heeding]; some {
			return slices.Contains(strings.Fields(flags), flag)
		}
	}
	return true
}

// unheeded refuses a flag that would change what a command does, and does not. Where
// the project is and how it looks may stand in an alias for every command.
func unheeded(c *cobra.Command) error {
	for _, name := range []string{"output", "fail-if", "watch", "quiet"} {
		if f := c.Flags().Lookup(name); f != nil && f.Changed && !isHeeded(c, name) {
			return usageError{fmt.Errorf("%s takes no --%s", c.CommandPath(), name)}
		}
	}
	return nil
}

// page is a manual as help shows it, so many columns wide.
type page struct {
	out strings.Builder
	w   int
}

// margin is how wide the left column is, with its indent.
const margin = 26

// help writes a command's help.
func (p *program) help(c *cobra.Command, _ []string) {
	w, _ := p.size()
	h := page{w: min(max(w, 60), 100)}
	h.text(0, first(c.Long, c.Short+"."))
	manual{&h}.of(c)
	_, _ = io.WriteString(p.out, p.theme(false).Glyphs.Spell(h.out.String())) // who closed the output knows
}

// globalGroups are the flags of every command by what they are for.
func globalGroups() []struct {
	title string
	flags []string
} {
	return []struct {
		title string
		flags []string
	}{
		{"Print, or check, without a screen", []string{"output", "width", "fail-if", "watch", "quiet"}},
		{"Which project", []string{"profile", "zone", "mask", "demo", "events", "demo-now", "demo-seed", "demo-listen", "demo-fault"}},
		{"What was kept", []string{"fresh"}},
		{"How it looks", []string{"color", "theme", "glyphs", "mouse", "accessible"}},
	}
}

// exitCodes are what a command ends with, as the documentation promises them: 5 where
// something can be checked, 3 and 4 where a project may be asked.
func exitCodes(c *cobra.Command) [][2]string {
	checks, asks := isHeeded(c, "fail-if"), isHeeded(c, "profile")
	codes := [][2]string{{fmt.Sprint(exitOK), "well"}, {"1", "an error"}, {fmt.Sprint(exitUsage), "a mistake in what was typed"}}
	if checks {
		codes[1][1] += ", or a check that has nothing to compare"
	}
	if asks {
		codes = append(codes, [2]string{fmt.Sprint(exitCredentials), "there are no keys, or they are refused"}, [2]string{fmt.Sprint(exitRateLimit), "the rate limit is reached"})
	}
	if checks {
		codes = append(codes, [2]string{fmt.Sprint(exitTripped), "a check of --fail-if holds"})
	}
	specs := catalog()
	at := slices.IndexFunc(specs, func(s views.Spec) bool { return s.Name == c.Name() })
	if checks && c.Name() != boardName && (at < 0 || specs[at].Finds) {
		codes = append(codes, [2]string{fmt.Sprint(exitNothing), "nothing was found: nobody is called so, or no event matches"})
	}
	return codes
}

// text writes a paragraph, wrapped behind an indent.
func (h *page) text(indent int, s string) {
	for _, line := range charts.Wrap(s, h.w-indent) {
		h.out.WriteString(strings.Repeat(" ", indent) + line + "\n")
	}
}

func (h *page) title(s string) { h.out.WriteString("\n" + s + "\n") }

// block writes lines that are copied as they are: they are never wrapped.
func (h *page) block(title string, lines []string) {
	h.title(title)
	for _, line := range lines {
		h.out.WriteString("  " + strings.TrimSpace(line) + "\n")
	}
}

// rows writes a list with a word at the left and what it means at the right.
func (h manual) rows(title string, rows [][2]string) {
	if len(rows) == 0 {
		return
	}
	h.title(title)
	for _, row := range rows {
		h.row(row[0], row[1])
	}
}

// row writes a word and what it means; a long word stands on a line of its own.
func (h *page) row(word, means string) {
	lines := charts.Wrap(means, h.w-margin)
	head := "  " + word
	if charts.Width(head) > margin-2 {
		h.out.WriteString(head + "\n")
		head = ""
	}
	for _, line := range lines {
		h.out.WriteString(head + strings.Repeat(" ", margin-charts.Width(head)) + line + "\n")
		head = ""
	}
}

// commands lists the commands of a command, the program's by what they are for.
func (h manual) commands(c *cobra.Command) {
	left := map[string][2]string{}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			left[sub.Name()] = [2]string{sub.Name(), sub.Short}
		}
	}
	for _, group := range commandGroups() {
		var rows [][2]string
		for _, name := range group.names {
			if row, ok := left[name]; ok && !c.HasParent() {
				rows = append(rows, row)
				delete(left, name)
			}
		}
		h.rows(group.title, rows)
	}
	var rest [][2]string
	for _, name := range slices.Sorted(maps.Keys(left)) {
		rest = append(rest, left[name])
	}
	h.rows("Commands, each with its own --help", rest)
}

// commandGroups are the program's commands by what they are for.
func commandGroups() []struct {
	title string
	names []string
} {
	var all []string
	for _, spec := range catalog() {
		all = append(all, spec.Name)
	}
	return []struct {
		title string
		names []string
	}{
		{"Views, each with its own --help", all},
		{"What is saved", []string{"open", "board"}},
		{"Your project", []string{"login", "logout", "profiles", "doctor"}},
		{"The program", []string{"keys", "config", "cache", "completion", "man", "demo", "version"}},
	}
}

// flags lists some flags, in the order in which they are named.
func (h manual) flags(title string, fs *pflag.FlagSet, of func(*pflag.Flag) bool) {
	var rows [][2]string
	fs.SortFlags = false
	fs.VisitAll(func(f *pflag.Flag) {
		if !of(f) || f.Hidden {
			return
		}
		rows = append(rows, flagRow(f))
	})
	h.rows(title, rows)
}

// flagRow is a flag with what it takes, and what it does.
func flagRow(f *pflag.Flag) [2]string {
	kind, means := pflag.UnquoteUsage(f)
	word := "--" + f.Name
	if f.Shorthand != "" {
		word = "-" + f.Shorthand + ", " + word
	}
	switch kind {
	case "string":
		kind = "WORD"
	case "int", "uint":
		kind = "NUMBER"
	case "", f.Value.Type(): // it takes nothing, or says itself what
	default:
		kind = strings.ToUpper(kind)
	}
	if words := strings.Split(kind, "|"); len(words) > 1 {
		if slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(means, w) }) {
			means += ": " + strings.Join(words, ", ")
		}
		kind = "WORD"
	}
	if kind != "" {
		word += " " + kind
	}
	if !slices.Contains([]string{"", "false", "0", "0s", "[]"}, f.DefValue) {
		means += " (default " + f.DefValue + ")"
	}
	return [2]string{word, means}
}

// topics explain the grammar by what can be written.
func (h manual) topics(topics []query.Topic) {
	for _, topic := range topics {
		h.title(topic.Title)
		for _, s := range topic.Rows {
			h.row(s.Write, s.Means)
		}
		if topic.Note != "" {
			h.text(2, topic.Note)
		}
	}
}

// figures list what --fail-if can check in a view's answers.
func (h manual) figures(names []views.FigureName) {
	var rows [][2]string
	for _, f := range names {
		name := f.Name
		if word, _, aged := strings.Cut(name, " "); aged {
			name = word + " N"
		}
		if f.Unit == views.Percent {
			name += " (%)"
		}
		if f.Changes {
			name += " [drop|rise]"
		}
		if len(rows) == 0 || rows[len(rows)-1][0] != name {
			rows = append(rows, [2]string{name, f.Means})
		}
	}
	h.rows("What --fail-if 'FIGURE OPERATOR NUMBER[%]' can check here", rows)
	h.text(2, "Operators are <, <=, >, >=, = and !=. What is not over trips no check.")
}
