package ui

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/demo"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/config"
	"amptui/ui/paint"
	"amptui/views"
	"amptui/views/query"
)

// Exit codes, as the documentation promises them.
const (
	exitOK          = 0
	exitUsage       = 2
	exitCredentials = 3
	exitRateLimit   = 4
	exitTripped     = 5
	exitNothing     = 6
)

// usageError is a mistake in what was typed.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

// program is one run: the world it may touch and the flags that all commands
// share.
type program struct {
	in       *os.File
	out      io.Writer
	err      io.Writer
	env      func(string) string
	global   globals
	terminal func() (w, h int, ok bool)                     // of the output, if it is a terminal
	reading  func() bool                                    // whether the input is a terminal
	config   *config.Config                                 // read once
	session  *login                                         // keys that live in this process only
	named    bool                                           // a view was named on the command line
	tell     func() (tell func(demo.Progress), done func()) // of reading event files; nil is silence
	lean     func()                                         // keeps memory small from here on; nil is as it comes
	ease     func()                                         // gives memory back soon; nil is as it comes
	demoLog  *demo.Log                                      // the log of --demo, where it was generated before
}

// globals are the flags of every command.
type globals struct {
	demo       bool
	events     []string
	demoSeed   uint64
	demoNow    string
	demoListen string
	demoFault  string
	profile    string
	zone       string
	output     string
	fresh      bool
	failIf     []string
	watch      time.Duration
	quiet      bool
	width      int
	color      string
	theme      string
	glyphs     string
	mouse      bool
	accessible bool
	mask       bool
	maskFlag   *pflag.Flag // whether --mask was given
	version    bool        // of the program itself only

	accessibleFlag *pflag.Flag // whether --accessible was given
}

func (g *globals) bind(fs *pflag.FlagSet) {
	fs.BoolVar(&g.demo, "demo", false, "explore a built-in demo project: no account, no network")
	fs.StringArrayVar(&g.events, "events", nil, "explore an event log in the Amplitude Export format (a `file` of JSON lines, gzip or zip; repeat for more)")
	fs.Uint64Var(&g.demoSeed, "demo-seed", 1, "the demo project's seed")
	fs.StringVar(&g.demoNow, "demo-now", "", "the `time` it is for the demo or the event log: 2026-11-24 or 2026-11-24T12:00:00Z")
	fs.StringVar(&g.demoListen, "demo-listen", "", "serve the demo or the event log on this loopback `address`, for other clients")
	fs.StringVar(&g.demoFault, "demo-fault", "", "make the demo's server fail, all of it or for one view: `NAME[:VIEW]` (amptui demo faults lists them)")
	fs.StringVar(&g.profile, "profile", "", "the `profile` to use")
	fs.StringVar(&g.zone, "zone", "", "the project's time `zone`, such as Europe/Berlin (default: the profile's, else this computer's)")
	fs.StringVarP(&g.output, "output", "o", "", "print and exit, as one `FORM`: chart, table, json, csv, md or plain")
	fs.BoolVar(&g.fresh, "fresh", false, "begin anew: restore nothing, keep nothing, and ask past the answers that are kept")
	fs.StringArrayVar(&g.failIf, "fail-if", nil, "print, and exit with 5 if this `check` holds: 'conversion < 20%', 'value drop > 30% vs prev', 'events = 0' (repeat for more)")
	fs.DurationVar(&g.watch, "watch", 0, "print again and again after this `SPAN`: 15m, 1h; a minute or more")
	fs.BoolVarP(&g.quiet, "quiet", "q", false, "print nothing but errors and the line of a check that holds: for cron")
	fs.IntVar(&g.width, "width", 0, "columns to print in (default: the terminal's, COLUMNS, 80)")
	fs.StringVar(&g.color, "color", "", "when to use colours: auto, always or never")
	fs.StringVar(&g.theme, "theme", "", "colours for a background: auto, dark, light, mono or high-contrast")
	fs.StringVar(&g.glyphs, "glyphs", "", "what charts are drawn with: auto, braille, block or ascii")
	fs.BoolVar(&g.mouse, "mouse", false, "take the mouse: the wheel scrolls, a click chooses (shift selects text)")
	fs.BoolVar(&g.accessible, "accessible", false, "talk in sentences, line by line, without a screen: for screen readers (also ACCESSIBLE=1)")
	g.accessibleFlag = fs.Lookup("accessible")
	fs.BoolVar(&g.mask, "mask", false, "put pseudonyms in the place of ids, places and text (default: as the profile says)")
	g.maskFlag = fs.Lookup("mask")
}

// check says what of the flags is none of the words they take.
func (g *globals) check() error {
	for _, f := range []struct {
		what, word string
		of         []string
	}{
		{"theme", g.theme, theme.Names()},
		{"kind of glyphs", g.glyphs, []string{"auto", "braille", "block", "ascii"}},
		{"answer to --color", g.color, []string{"auto", "always", "never"}},
	} {
		if f.word != "" && !slices.Contains(f.of, f.word) {
			return usageError{noSuch(f.what, f.word, f.of)}
		}
	}
	return g.checkFault()
}

// contradiction names two flags that each say where the data come from.
func (g *globals) contradiction() error {
	var said []string
	for _, f := range []struct {
		name  string
		given bool
	}{{"--demo", g.demo}, {"--events", len(g.events) > 0}, {"--profile", g.profile != ""}} {
		if f.given {
			said = append(said, f.name)
		}
	}
	if len(said) < 2 {
		return nil
	}
	return usageError{fmt.Errorf("%s contradict each other, each says where the data come from: leave only one", strings.Join(said, " and "))}
}

// root makes the command tree: one command a view, and those for credentials,
// demo and documentation. Of the views that a command line does not name it has no
// flags, which costs less at each start; nil has all.
func (p *program) root(words []string) *cobra.Command {
	root := &cobra.Command{
		Use:   "amptui",
		Short: "Explore a product-analytics project in the terminal",
		Long: "amptui explores one Amplitude project in the terminal: events and charts,\n" +
			"with the keyboard, over SSH. Every view is also a command.",
		Example:       "  amptui --demo\n  amptui segment \"Song Played\" --by platform --demo -o chart\n  amptui --events events.json.gz",
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError{p.noSuchCommand(c, args[0])}
			}
			if p.global.version {
				return p.printVersion()
			}
			if p.global.demoListen != "" {
				return p.listen(c)
			}
			if p.global.output != "" && !p.accessible() {
				return usageError{errors.New("name what to print, as in: amptui events -o " + text.Clean(p.global.output))}
			}
			return p.explore(c.Context(), views.Link{View: catalog()[0].Name})
		},
	}
	p.global.bind(root.PersistentFlags())
	root.Flags().BoolVarP(&p.global.version, "version", "V", false, "print the version, as amptui version does")
	root.PersistentPreRunE = func(c *cobra.Command, _ []string) error {
		if err := unheeded(c); err != nil {
			return err
		}
		if err := p.global.contradiction(); err != nil && isHeeded(c, "demo") {
			return err
		}
		return p.global.check()
	}
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error { return usageError{views.FlagError(c.Flags(), err)} })
	for _, spec := range catalog() {
		root.AddCommand(p.viewCommand(spec, words == nil || isAbout(words, spec.Name)))
	}
	root.AddCommand(p.openCommand(), p.boardCommand(),
		heeds(p.loginCommand(), "profile", "zone", "color", "theme", "glyphs"), heeds(p.logoutCommand(), "profile"), heeds(p.profilesCommand(), "output", "width"),
		heeds(p.doctorCommand(), "output", "width", "profile", "zone", "mask", "demo", "events", "color", "theme", "glyphs", "mouse", "accessible"),
		heeds(p.demoCommand(), "zone", "events", "demo-now", "demo-seed", "demo-listen", "demo-fault"), heeds(p.keysCommand(), "output", "width"),
		heeds(p.configCommand()), heeds(p.cacheCommand()), heeds(p.manCommand()), heeds(p.versionCommand(), "output"), heeds(p.completionCommand()))
	root.SetHelpFunc(p.help)
	root.CompletionOptions.DisableDefaultCmd = true
	return root
}

func (p *program) noSuchCommand(c *cobra.Command, word string) error {
	var names []string
	for _, sub := range c.Commands() {
		names = append(names, sub.Name())
	}
	return noSuch("command", word, names)
}

// noSuch names what was probably meant.
func noSuch(what, word string, names []string) error {
	if near := query.Nearest(word, names); near != "" {
		return fmt.Errorf("there is no %s called %s: did you mean %s?", what, text.Clean(word), near)
	}
	return fmt.Errorf("there is no %s called %s: there are %s", what, text.Clean(word), strings.Join(names, ", "))
}

// isAbout says whether a command line may need the flags of a view: it names it, or it
// writes or completes what all take.
func isAbout(words []string, view string) bool {
	return slices.ContainsFunc(words, func(w string) bool {
		return w == view || w == "man" || strings.HasPrefix(w, cobra.ShellCompRequestCmd)
	})
}

// viewCommand is a view as a command, with its flags or without them: on a terminal it
// opens there, else it prints.
func (p *program) viewCommand(spec views.Spec, flags bool) *cobra.Command {
	c := &cobra.Command{
		Use:     strings.TrimSpace(spec.Name + " " + spec.Use),
		Short:   spec.Short,
		Long:    spec.Long,
		Example: "  " + strings.ReplaceAll(spec.Example, "\n", "\n  "),
	}
	own := pflag.NewFlagSet(spec.Name, pflag.ContinueOnError)
	if flags {
		spec.Bind(own)
		views.Once(own)
		c.Flags().SortFlags = false
		own.SortFlags = false
		c.Flags().AddFlagSet(own)
	}
	c.RunE = func(c *cobra.Command, words []string) error {
		args := linkArgs(c.Flags(), own, words)
		if !p.printing() || p.talks() {
			if _, err := spec.New(views.Env{}, args); err != nil {
				return usageError{err}
			}
			p.named = true
			return p.explore(c.Context(), views.Link{View: spec.Name, Args: args})
		}
		return p.print(c.Context(), spec, args)
	}
	return c
}

// linkArgs are the arguments of a question: the flags that were given, of the view's own,
// and words.
func linkArgs(given, own *pflag.FlagSet, words []string) []string {
	var args []string
	given.Visit(func(f *pflag.Flag) {
		if own.Lookup(f.Name) != nil {
			args = append(args, views.FlagArgs(f)...)
		}
	})
	return append(append(args, "--"), words...)
}

func (p *program) interactive() bool {
	_, _, out := p.terminal()
	return out && p.reading()
}

// exitCode is the documented code of an error.
func exitCode(err error) int {
	var wrong usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &wrong), errors.Is(err, views.ErrMistake), errors.Is(err, api.ErrCheck):
		return exitUsage
	case errors.Is(err, config.ErrNone), errors.Is(err, config.ErrWay), errors.Is(err, api.ErrCredentials):
		return exitCredentials
	case errors.Is(err, api.ErrRateLimit):
		return exitRateLimit
	case errors.Is(err, errTripped):
		return exitTripped
	case errors.Is(err, errNothing):
		return exitNothing
	}
	return paint.ExitCode(err)
}

// run runs a command line and returns its exit code.
func (p *program) run(ctx context.Context, args []string) int {
	p.err = remarks{p.err, func() theme.Glyphs { return p.theme(false).Glyphs }}
	root := p.root(append([]string{}, args...)) // never nil, which is all
	if len(args) > 0 && strings.HasPrefix(args[0], cobra.ShellCompRequestCmd) {
		p.completions(root)
	}
	root.SetArgs(args)
	err := paint.Caught(p.reportFile(), func() error { return root.ExecuteContext(ctx) })
	if was := (said{}); err == nil || errors.Is(err, errQuiet) || errors.Is(err, errTripped) || errors.Is(err, errNothing) || errors.Is(err, errUncertain) || errors.Is(err, errSaid) || errors.As(err, &was) {
		return exitCode(err)
	}
	p.complain(err)
	return exitCode(err)
}

// complain says an error; without credentials, what each way lacks.
func (p *program) complain(err error) {
	if none := (*config.None)(nil); errors.As(err, &none) {
		fmt.Fprintln(p.err, "amptui: "+config.ErrNone.Error()+": amptui login stores them, --demo needs none")
		for _, r := range none.Reasons {
			fmt.Fprintln(p.err, "  "+r.Source.String()+": "+text.Clean(r.Text))
		}
		return
	}
	fmt.Fprintln(p.err, "amptui: "+views.ExplainInShell(err))
}
