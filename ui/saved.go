package ui

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"amptui/api/text"
	"amptui/config"
	"amptui/views"
	"amptui/views/query"
)

// saveQuery asks for a name and saves the query line in front.
func (a *App) saveQuery() tea.Cmd {
	line := a.asked(a.view()).Line()
	suggested := a.suggestName(line)
	a.over, a.palette.command = paletteOver, false
	a.palette.offer = func() []views.Choice {
		var choices []views.Choice
		for _, q := range a.memory.library.queries {
			was := ""
			if l, ok := a.readLine(q.Line); ok {
				was = text.Clean(a.shownLine(l))
			}
			choices = append(choices, views.Choice{Value: q.Name, Note: was})
		}
		return choices
	}
	replacing := ""
	a.palette.prompt.Open("save the query as", "", true, a.palette.offer(), func(name string) (tea.Cmd, error) {
		if name = strings.TrimSpace(name); name == "" {
			name = suggested
		}
		if err := config.CheckQueryName(name); err != nil {
			return nil, err
		}
		if was, ok := a.memory.library.line(name); ok && was != line && replacing != name {
			replacing = name
			return nil, fmt.Errorf("there is a query called %s: enter once more puts this one in its place", name)
		}
		save, replace := a.memory.save, replacing == name
		return func() tea.Msg { return querySaved{name, save(name, line, replace)} }, nil
	})
	a.palette.prompt.Hint = "enter takes " + suggested + ", or type another name"
	return a.readLibrary()
}

type querySaved struct {
	name string
	err  error
}

func (a *App) saved(msg querySaved) tea.Cmd {
	if msg.err != nil {
		return a.say(views.Notice{Text: text.Clean(msg.err.Error()), Bad: true})
	}
	said := "saved as " + text.Clean(msg.name) + ": amptui open " + query.Join(append([]string{msg.name}, a.flags...)) + " shows it"
	return tea.Batch(a.say(views.Notice{Text: said}), a.readLibrary())
}

// suggestName is a name for the query in front that no other query has: its view,
// its events and its groups.
func (a *App) suggestName(line string) string {
	spec, _ := a.spec(a.front)
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	spec.Bind(fs)
	parts := []string{spec.Name}
	if fs.Parse(a.asked(a.view()).Args) == nil {
		for _, word := range fs.Args() {
			if e, err := query.ParseEvent(word); err == nil {
				word = e.Name.Safe()
			}
			parts = append(parts, word)
		}
		if by := fs.Lookup("by"); by != nil && by.Changed {
			parts = append(parts, "by", by.Value.String())
		}
	}
	name := strings.Join(strings.FieldsFunc(text.Clean(strings.Join(parts, " ")), func(r rune) bool {
		return strings.ContainsRune(":#/\\\"' ", r)
	}), " ")
	for len(name) > 50 {
		_, n := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-n]
	}
	name = strings.TrimSpace(name)
	for try, n := name, 2; ; n++ {
		if was, ok := a.memory.library.line(try); !ok || was == line {
			return try
		}
		try = fmt.Sprintf("%s %d", name, n)
	}
}

// notSaved says why the query in front cannot be saved.
func (a *App) notSaved() string {
	shown := a.view().Link()
	l := a.unmasked(shown)
	switch {
	case a.front == boardName:
		return "a board is a file already: save one of its charts"
	case a.keeping.judged.personal(a, l):
		return "what is about users is not written to disk"
	case !same(l, shown):
		return "its pseudonyms mean nothing in a file: " + views.Named(a.env.Keys.Mask) + " takes the mask off"
	case a.memory.save == nil:
		return "nothing is open yet"
	}
	return ""
}

// judged is the last question that was judged personal or not. Every frame asks
// it of the question in front, which seldom changes.
type judged struct {
	link views.Link
	is   bool
}

// personal is App.personal, worked out anew for another question only.
func (j *judged) personal(a *App, l views.Link) bool {
	if j.link.View == "" || !same(j.link, l) {
		j.link, j.is = l, a.personal(l)
	}
	return j.is
}

// openCommand opens or prints a saved query.
func (p *program) openCommand() *cobra.Command {
	return &cobra.Command{
		Use: "open [NAME]", Short: "Open a saved query, or list them",
		Long:    "Open a saved query by its name, or print it with -o; without a name list them.\nThey are in queries.txt beside the configuration, one a line: \"name: query line\".",
		Example: "  amptui open sign-ups\n  amptui open sign-ups -o csv",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			saved := p.library()
			if saved.err != nil {
				return saved.err
			}
			for _, w := range saved.warnings {
				fmt.Fprintf(p.err, "amptui: queries.txt line %d: %s\n", w.Line, w.Text)
			}
			if len(args) == 0 {
				return p.listQueries(saved.queries)
			}
			if line, ok := saved.line(args[0]); ok {
				return p.runSaved(c, line)
			}
			if len(saved.queries) == 0 {
				return usageError{errors.New("no query is saved yet: B in a view saves one")}
			}
			names := make([]string, len(saved.queries))
			for i, q := range saved.queries {
				names[i] = q.Name
			}
			return usageError{noSuch("saved query", args[0], names)}
		},
	}
}

func (p *program) listQueries(queries []config.SavedQuery) error {
	if len(queries) == 0 {
		fmt.Fprintln(p.err, "amptui: no query is saved yet: B in a view saves one")
	}
	for _, q := range queries {
		if _, err := fmt.Fprintf(p.out, "%s\t%s\n", q.Name, text.Clean(q.Line)); err != nil {
			return quietly(err)
		}
	}
	return nil
}

// runSaved opens a query line, or prints it.
func (p *program) runSaved(c *cobra.Command, line string) error {
	spec, args, err := opens(line)
	if err != nil {
		return usageError{err}
	}
	if p.printing() {
		return p.print(c.Context(), spec, args)
	}
	p.named = true
	return p.explore(c.Context(), views.Link{View: spec.Name, Args: args})
}

// lineSpec is the view of a query line, and its arguments.
func lineSpec(line string) (views.Spec, []string, error) {
	words, err := query.Split(line)
	if err != nil {
		return views.Spec{}, nil, err
	}
	if len(words) > 0 && words[0] == "amptui" {
		words = words[1:]
	}
	if len(words) == 0 {
		return views.Spec{}, nil, errors.New("the query line is empty")
	}
	var names []string
	for _, s := range catalog() {
		if names = append(names, s.Name); s.Name == words[0] {
			return s, words[1:], nil
		}
	}
	return views.Spec{}, nil, noSuch("view", words[0], names)
}

// opens is lineSpec of a line that opens its view, or says why it does not.
func opens(line string) (views.Spec, []string, error) {
	spec, args, err := lineSpec(line)
	if err == nil {
		_, err = spec.New(views.Env{}, args)
	}
	return spec, args, err
}

// printing says whether a command prints instead of opening the explorer.
func (p *program) printing() bool {
	return p.global.output != "" || len(p.global.failIf) > 0 || p.global.watch > 0 || p.global.quiet || !p.interactive()
}
