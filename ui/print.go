package ui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/signal"
	"slices"
	"strconv"
	"syscall"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/views"
)

// errQuiet ends the program without a word: nobody reads the output any more.
var errQuiet = errors.New("the output was closed")

// errNothing ends the program with a code of its own where nothing was found, as grep
// does: the answer says so already.
var errNothing = errors.New("nothing was found")

// formats are what -o takes.
func formats() []string { return []string{"chart", "table", "json", "csv", "md", "plain"} }

// annotates says whether a form shows what the project has written at dates: where
// there are only numbers it is not asked for.
func annotates(form string) bool { return form == "chart" || form == "md" || form == "json" }

// form is the form in which is printed.
func (p *program) form() (string, error) {
	format := first(p.global.output, "plain")
	switch {
	case !slices.Contains(formats(), format):
		return "", usageError{noSuch("output format", format, formats())}
	case p.global.quiet && p.global.output != "":
		return "", usageError{errors.New("--quiet prints no answer in any form: drop it, or --output")}
	}
	return format, nil
}

// data is where answers are printed, and aside where is said what a reader of them
// should know: nowhere if only errors and checks that hold are asked for.
func (p *program) data() io.Writer  { return p.unlessQuiet(p.out) }
func (p *program) aside() io.Writer { return p.unlessQuiet(p.err) }

func (p *program) unlessQuiet(to io.Writer) io.Writer {
	if p.global.quiet {
		return io.Discard
	}
	return to
}

// print answers a view's question without a screen: data to the output, remarks
// to the error output. With --watch it does so again and again.
func (p *program) print(ctx context.Context, spec views.Spec, args []string) error {
	format, err := p.form()
	if err != nil {
		return err
	}
	if _, err := spec.New(views.Env{}, args); err != nil {
		return usageError{err}
	}
	checks, err := p.checks(spec, args)
	if err != nil {
		return usageError{err}
	}
	source, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer source.close()
	env := source.env
	env.Theme, env.Annotated = p.printTheme(format), annotates(format)
	env.Checked = len(checks) > 0
	if views.NamesCohorts(args) {
		learnCohorts(ctx, env, args)
		args = env.Mask.RevealArgs(args)
	}
	if p.global.demoFault == "" { // which is for the question itself
		if err := misspelt(ctx, env, spec, args); err != nil {
			return err
		}
	}
	if questions, err := spec.Questions(env.Today(), args); err == nil { // else asking says why
		if env.Checked && spec.Besides != nil {
			questions = append(questions, spec.Besides(env.Today(), args)...)
		}
		p.warn(env, questions)
	}
	ctx = api.Observe(ctx, func(progress api.Progress) { fmt.Fprintln(p.aside(), "amptui: "+progress.Say(time.Now())) })
	once := func(ctx context.Context) error { return p.printOnce(ctx, env, spec, args, format, checks) }
	if p.global.watch > 0 {
		ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
		defer stop()
		return p.again(ctx, env, once)
	}
	return once(ctx)
}

// warn says that questions cost much, before they are asked, or that their answers
// were kept.
func (p *program) warn(env views.Env, questions []api.Question) {
	if said := first(env.Warn(questions...), env.Kept(questions...)); said != "" {
		fmt.Fprintln(p.aside(), "amptui: "+said)
	}
}

// printOnce asks, prints and checks.
func (p *program) printOnce(ctx context.Context, env views.Env, spec views.Spec, args []string, format string, checks []views.Check) error {
	answer, err := spec.Ask(ctx, env, args)
	if err != nil {
		return unknownEvent(ctx, env, spec, args, err)
	}
	if empty := answer.Table.Empty; answer.Table.Len == 0 && !answer.Nothing && empty != "" && !slices.Contains(answer.Notes, empty) {
		answer.Notes = append(answer.Notes, empty)
	}
	var out bytes.Buffer
	if err := writeForm(&out, format, answer, env, p.paper()); err != nil {
		return err
	}
	if format != "json" {
		for _, note := range answer.Notes {
			fmt.Fprintln(p.aside(), "amptui: "+text.Clean(note))
		}
	}
	if _, err = p.data().Write(out.Bytes()); err != nil {
		return quietly(err)
	}
	if len(checks) == 0 && answer.Nothing {
		return errNothing
	}
	return p.judge(checks, answer)
}

// size is how wide and high a chart is printed.
func (p *program) size() (w, h int) {
	w, h = 80, 20
	if tw, th, ok := p.terminal(); ok {
		w, h = tw, min(max(th-3, 10), 40)
	} else if n, err := strconv.Atoi(p.env("COLUMNS")); err == nil && n > 0 {
		w = n
	}
	if p.global.width > 0 {
		w = p.global.width
	}
	return min(w, 1000), h
}

// paper is what is printed on. A file and a pipe are as wide as a table needs.
func (p *program) paper() paper {
	w, h := p.size()
	_, _, tty := p.terminal()
	return paper{w, h, !tty && p.global.width == 0}
}

// printTheme has colours only where a chart or table goes to a terminal, or
// where they are asked for.
func (p *program) printTheme(format string) theme.Theme {
	if format != "chart" && format != "table" {
		return theme.Plain()
	}
	_, _, tty := p.terminal()
	return p.theme(tty)
}

// quietly is err, or the quiet end where nobody reads the output any more.
func quietly(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return errQuiet
	}
	return err
}
