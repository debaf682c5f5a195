package ui

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// errLeft ends the conversation as the user wants it.
var errLeft = errors.New("left")

// talk is the program for those who listen: no picture and no moving cursor, a
// question a line and its answer in sentences. It asks what the commands ask.
type talk struct {
	program *program
	env     views.Env
	specs   []views.Spec
	saved   library
	in      *bufio.Scanner
	asked   []views.Link  // the questions that were answered, the last one in front
	answer  *views.Answer // what the rows are of
	row     int           // the first row that was not read yet
	ear     *ear
}

// accessible says whether to talk instead of drawing: what --accessible says, else
// the environment, else the configuration. A terminal that cannot move its cursor
// can show nothing else.
func (p *program) accessible() bool {
	if p.global.accessibleFlag.Changed {
		return p.global.accessible
	}
	switch strings.ToLower(p.env("ACCESSIBLE")) {
	case "":
	case "0", "false", "no", "off":
		return false
	default:
		return true
	}
	c, _ := p.settings()
	return c.Accessible || p.env("TERM") == "dumb" && p.interactive()
}

// talks says whether a question on the command line begins a conversation, though
// it would be printed without a terminal.
func (p *program) talks() bool {
	return p.global.accessibleFlag.Changed && p.global.accessible && p.global.output == "" && len(p.global.failIf) == 0 && p.global.watch == 0 && !p.global.quiet
}

// talk asks and answers line by line until the input ends. A question that stands on
// the command line comes first.
func (p *program) talk(ctx context.Context, first views.Link) error {
	p.tell = nil // a line that is written over and over cannot be listened to
	source, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer source.close()
	t := &talk{program: p, env: source.env, specs: catalog(), saved: p.library(), in: bufio.NewScanner(p.in)}
	t.env.Theme, t.ear = p.theme(false), newEar(t.env.Today())
	t.in.Buffer(nil, 1<<20)
	_, warnings := p.settings()
	t.say("amptui, in words. Project: %s, times in %s.", t.ear.words(strings.Join(given(source.project.Profile, source.project.Name, source.project.Badge), ", ")), t.env.Zone)
	for _, note := range append(warnings, source.notes...) {
		t.sentence(text.Clean(note))
	}
	if err := t.begin(ctx, first); err != nil {
		return err
	}
	for says := "What next? Type help for what can be typed."; ; says = "What next?" {
		line, ok := t.prompt(says)
		if !ok {
			return nil
		}
		if err := t.take(ctx, line); errors.Is(err, errLeft) {
			return nil
		} else if err != nil {
			t.sentence("That did not work: " + views.ExplainInShell(err))
		}
	}
}

// begin asks what stands on the command line, or says what can be asked.
func (t *talk) begin(ctx context.Context, first views.Link) error {
	switch {
	case !t.program.named:
		t.menu()
	case first.View == boardName:
		return t.board(ctx, strings.Join(first.Args, " "))
	default:
		t.ask(ctx, first, false)
	}
	return nil
}

// say writes a sentence on lines of its own, in signs that can be read out.
func (t *talk) say(format string, args ...any) {
	said := t.env.Theme.Glyphs.Spell(spoken(fmt.Sprintf(format, args...)))
	w, _, ok := t.program.terminal()
	if ok && w >= leastWidth {
		said = strings.Join(charts.Broken(said, w-1), "\n") // the terminal would break it inside a word
	}
	fmt.Fprintln(t.program.out, said)
}

// exactly writes a line as it can be typed.
func (t *talk) exactly(line string) { fmt.Fprintln(t.program.out, line) }

// prompt asks for a line; it is false where nobody will type any more.
func (t *talk) prompt(says string) (string, bool) {
	t.say("")
	t.say("%s", says)
	if t.program.reading() {
		fmt.Fprint(t.program.out, "> ")
	}
	if !t.in.Scan() {
		return "", false
	}
	return strings.TrimSpace(t.in.Text()), true
}

// menu lists the views by their numbers.
func (t *talk) menu() {
	t.say("What can be asked:")
	for i, s := range t.specs {
		t.say("%d, %s: %s.", i+1, s.Name, strings.TrimSuffix(s.Short, "."))
	}
	for _, b := range t.saved.boards {
		t.say("%s %s: several questions together.", boardName, text.Clean(b.Name))
	}
	t.say("Type a number, or a question such as: segment Purchase --by platform --last 30d")
}

func (t *talk) names() []string {
	var names []string
	for _, s := range t.specs {
		names = append(names, s.Name)
	}
	return names
}

// take does what a line says.
func (t *talk) take(ctx context.Context, line string) error {
	words, err := query.Split(line)
	if err != nil {
		return err
	}
	if len(words) > 0 && words[0] == "amptui" {
		words = words[1:]
	}
	if len(words) == 0 {
		return nil
	}
	if n, err := strconv.Atoi(words[0]); err == nil && len(words) == 1 {
		return t.choose(ctx, n)
	}
	if w, ok := t.word(words[0]); ok {
		return w.do(ctx, words[1:])
	}
	t.ask(ctx, views.Link{View: words[0], Args: words[1:]}, false)
	return nil
}

// helpOn explains a view, or all that can be typed.
func (t *talk) helpOn(words []string) error {
	if len(words) == 0 {
		t.help()
		return nil
	}
	spec, err := t.spec(words[0])
	if err != nil {
		return err
	}
	t.say("%s", strings.Join(strings.Fields(spec.Long), " "))
	t.exactly("It is written: " + strings.TrimSpace(spec.Name+" "+spec.Use))
	for _, one := range strings.Split(spec.Example, "\n") {
		t.exactly("Example: " + strings.TrimPrefix(strings.TrimSpace(one), "amptui "))
	}
	for _, f := range flagsOf(spec) {
		t.exactly("--" + f.Name + ": " + strings.TrimSuffix(strings.ReplaceAll(f.Usage, "`", ""), ".") + ".")
	}
	return nil
}

// again asks the last question anew, past the answers that are kept.
func (t *talk) again(ctx context.Context) error {
	if len(t.asked) == 0 {
		return errors.New("nothing was asked yet")
	}
	last := t.asked[0]
	t.asked = t.asked[1:]
	t.ask(ctx, last, true)
	return nil
}

// back asks the question before the last one.
func (t *talk) back(ctx context.Context) error {
	if len(t.asked) < 2 {
		return errors.New("there is no question before")
	}
	before := t.asked[1]
	t.asked = t.asked[2:]
	t.ask(ctx, before, false)
	return nil
}

// board asks every question of a board, one after the other.
func (t *talk) board(ctx context.Context, name string) error {
	b, err := t.saved.board(name)
	if err != nil {
		return err
	}
	for _, it := range newBoard(t.env, b, t.saved).items {
		if it.err != nil {
			t.say("%s", text.Clean(it.err.Error()))
			continue
		}
		t.ask(ctx, views.Link{View: it.spec.Name, Args: it.args}, false)
	}
	return nil
}

// ask asks a question and tells the answer, or why there is none. ctrl+c gives it
// up.
func (t *talk) ask(ctx context.Context, link views.Link, fresh bool) {
	spec, err := t.spec(link.View)
	if err == nil {
		_, err = spec.New(views.Env{}, link.Args)
	}
	if err != nil {
		t.sentence("That cannot be asked: " + views.ExplainInShell(err))
		return
	}
	args := t.env.Mask.RevealArgs(link.Args)
	if questions, err := spec.Questions(t.env.Today(), args); err == nil {
		if said := first(t.env.Warn(questions...), t.env.Kept(questions...)); said != "" && !fresh {
			t.say("Note: %s.", said)
		}
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT)
	defer stop()
	if fresh {
		ctx = api.Fresh(ctx)
	}
	ctx = api.Observe(ctx, func(progress api.Progress) { t.say("%s", progress.Say(time.Now())) })
	answer, err := spec.Ask(ctx, t.env, args)
	if err != nil {
		t.sentence("There is no answer: " + views.ExplainInShell(unknownEvent(ctx, t.env, spec, args, err)))
		return
	}
	t.asked = append([]views.Link{link}, t.asked...)
	t.tell(answer)
}
