package ui

import (
	"errors"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/spf13/cobra"

	"amptui/api/text"
	"amptui/config"
	"amptui/views"
	"amptui/views/query"
)

// memory is what is kept between runs: how the profile was left, the saved
// queries, and the boards. The zero memory keeps nothing.
type memory struct {
	session   config.Session
	keep      func(config.Session) error
	queries   func() ([]config.SavedQuery, []config.Warning, error)
	saveQuery func(name, line string) error
	board     func(name string) (config.Board, error)
	boards    func() []string
}

// memoryOf is the memory of a profile; without one sessions are not kept.
func (p *program) memoryOf(profile *config.Profile) (memory, []string) {
	m := memory{
		queries:   func() ([]config.SavedQuery, []config.Warning, error) { return config.LoadQueries(p.env) },
		saveQuery: func(name, line string) error { return config.SaveQuery(name, line, p.env) },
		board:     p.loadBoard,
		boards:    p.boardNames,
	}
	if profile == nil || p.global.fresh {
		return m, nil
	}
	m.keep = func(s config.Session) error { return config.SaveSession(*profile, s, p.env) }
	session, _, err := config.LoadSession(*profile, p.env)
	if err != nil {
		return m, []string{err.Error()}
	}
	m.session = session
	return m, nil
}

// keepSession keeps how the program is left.
func (a *App) keepSession() error {
	if a.memory.keep == nil || a.view() == nil {
		return nil
	}
	front := a.front
	if spec, ok := a.spec(front); !ok || spec.Personal {
		front = a.specs[0].Name
	}
	return a.memory.keep(config.Session{Front: front, Lines: a.lines(), Recent: a.recent})
}

// saveQuery asks for a name and saves the query line in front.
func (a *App) saveQuery() tea.Cmd {
	line := a.view().Link().Line()
	queries, _, err := a.memory.queries()
	if err != nil {
		return a.say(views.Notice{Text: text.Clean(err.Error()), Bad: true})
	}
	choices := make([]views.Choice, len(queries))
	for i, q := range queries {
		choices[i] = views.Choice{Value: q.Name, Note: text.Clean(q.Line)}
	}
	a.over, a.palette.command = paletteOver, false
	replacing := ""
	a.palette.prompt.Open("save the query as", "", true, choices, func(name string) (tea.Cmd, error) {
		if slices.ContainsFunc(queries, func(q config.SavedQuery) bool { return q.Name == name && q.Line != line }) && replacing != name {
			replacing = name
			return nil, fmt.Errorf("there is a query called %s: enter once more puts this one in its place", name)
		}
		if err := a.memory.saveQuery(name, line); err != nil {
			return nil, err
		}
		return a.say(views.Notice{Text: "saved as " + text.Clean(name) + ": amptui open " + query.Quote(name) + " shows it"}), nil
	})
	a.palette.prompt.Hint = "a name, such as sign-ups by platform"
	return nil
}

// notSaved says why the query in front cannot be saved.
func (a *App) notSaved() string {
	if spec, ok := a.spec(a.front); ok && spec.Personal {
		return "what is about users is not written to disk"
	}
	if l := a.view().Link(); !slices.Equal(a.env.Mask.RevealArgs(l.Args), l.Args) {
		return "its pseudonyms mean nothing in a file: " + a.env.Keys.Mask.Shown() + " takes the mask off"
	}
	if a.memory.saveQuery == nil {
		return "nothing is open yet"
	}
	return ""
}

// openCommand opens or prints a saved query.
func (p *program) openCommand() *cobra.Command {
	return &cobra.Command{
		Use: "open [NAME]", Short: "Open a saved query, or list them",
		Long:    "Open a saved query by its name, or print it with -o; without a name list them.\nThey are in queries.txt beside the configuration, one a line: \"name: query line\".",
		Example: "  amptui open sign-ups\n  amptui open sign-ups -o csv",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			queries, warnings, err := config.LoadQueries(p.env)
			if err != nil {
				return err
			}
			for _, w := range warnings {
				fmt.Fprintf(p.err, "amptui: queries.txt line %d: %s\n", w.Line, w.Text)
			}
			if len(args) == 0 {
				return p.listQueries(queries)
			}
			names := make([]string, len(queries))
			for i, q := range queries {
				if names[i] = q.Name; q.Name == args[0] {
					return p.runSaved(c, q.Line)
				}
			}
			if len(names) == 0 {
				return usageError{errors.New("no query is saved yet: B in a view saves one")}
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
	spec, args, err := lineSpec(line)
	if err != nil {
		return usageError{err}
	}
	if _, err := spec.New(views.Env{}, args); err != nil {
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

// printing says whether a command prints instead of opening the explorer.
func (p *program) printing() bool {
	return p.global.output != "" || len(p.global.failIf) > 0 || p.global.watch > 0 || !p.interactive()
}
