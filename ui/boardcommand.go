package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/views"
)

// boardCommand opens a board, or prints all its questions.
func (p *program) boardCommand() *cobra.Command {
	return &cobra.Command{
		Use: "board [NAME]", Short: "Look at several questions together, or list the boards",
		Long: "Look at several questions together as small charts, or print them with -o; without a name list the boards.\n" +
			"A board is a file in the folder boards beside the configuration: query lines or names of saved queries, one a line.",
		Example: "  amptui board morning --demo\n  amptui board morning -o md",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			saved := p.library()
			if len(args) == 0 {
				return p.listBoards(saved.boards)
			}
			if len(p.global.failIf) > 0 || p.global.watch > 0 {
				return usageError{errors.New("a board is not checked: use --fail-if and --watch with one question")}
			}
			b, err := saved.board(args[0])
			if err != nil {
				return usageError{err}
			}
			if p.printing() && !p.talks() {
				return p.printBoard(c.Context(), b, saved)
			}
			p.named = true
			return p.explore(c.Context(), views.Link{View: boardName, Args: args})
		},
	}
}

// listBoards prints the names of the boards, with their titles.
func (p *program) listBoards(boards []config.Board) error {
	if len(boards) == 0 {
		fmt.Fprintln(p.err, "amptui: there is no board yet: write query lines into a file in "+text.Clean(config.BoardsPath(p.env)))
	}
	for _, b := range boards {
		line := b.Name
		if b.Title != "" {
			line += "\t" + b.Title
		}
		if _, err := fmt.Fprintln(p.out, line); err != nil {
			return quietly(err)
		}
	}
	return nil
}

// reply is what a question of a board has come to.
type reply struct {
	item   *item
	answer views.Answer
	err    error
}

// printBoard prints every question of a board, in their order. One that is not
// answered is named, and the others are printed all the same.
func (p *program) printBoard(ctx context.Context, b config.Board, saved library) error {
	format, err := p.form()
	if err != nil {
		return err
	}
	for _, it := range newBoard(views.Env{}, b, saved).items {
		if it.err != nil {
			return usageError{fmt.Errorf("board %s, %w", b.Name, it.err)}
		}
	}
	source, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer source.close()
	env := source.env
	env.Theme, env.Annotated = p.printTheme(format), annotates(format)
	var one sync.Mutex // several questions wait at a time
	ctx = api.Observe(ctx, func(progress api.Progress) {
		one.Lock()
		defer one.Unlock()
		fmt.Fprintln(p.aside(), "amptui: "+progress.Say(time.Now()))
	})
	asking := newBoard(env, b, saved)
	p.warn(env, asking.questions(asking.items))
	replies := asking.askAll(ctx)
	out, err := p.boardText(format, b.Name, replies, env)
	if err != nil {
		return err
	}
	if _, err := p.data().Write(out); err != nil {
		return quietly(err)
	}
	return p.remarks(replies, format)
}

// askAll asks every question of a board and waits for all answers.
func (v *board) askAll(ctx context.Context) []reply {
	replies := make([]reply, len(v.items))
	var group sync.WaitGroup
	for i, it := range v.items {
		group.Go(func() {
			replies[i].item = it
			replies[i].answer, replies[i].err = it.spec.Ask(ctx, v.env, it.args)
		})
	}
	group.Wait()
	return replies
}

// remarks says what must be known of each answer, and which questions have none;
// the first of those errors decides about the exit code.
func (p *program) remarks(replies []reply, format string) error {
	var failed error
	for _, r := range replies {
		if r.err != nil {
			fmt.Fprintf(p.err, "amptui: %s: %s\n", text.Clean(r.item.line), views.ExplainInShell(r.err))
			if failed == nil {
				failed = said{r.err}
			}
			continue
		}
		for _, note := range r.answer.Notes {
			if format != "json" && format != "md" { // that holds them
				fmt.Fprintf(p.aside(), "amptui: %s: %s\n", r.answer.Link.Line(), text.Clean(note))
			}
		}
	}
	return failed
}

// said is an error that was said already; it still decides about the exit code.
type said struct{ error }

func (s said) Unwrap() error { return s.error }

// boardText is the answers of a board in a form: JSON is one object, all else the
// forms one after the other, each behind its query line.
func (p *program) boardText(format, name string, replies []reply, env views.Env) ([]byte, error) {
	if format == "json" {
		return boardJSON(name, replies, env)
	}
	on := p.paper()
	var out bytes.Buffer
	for _, r := range replies {
		if r.err != nil {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
		}
		if format != "md" {
			out.WriteString("# " + r.answer.Link.Line() + "\n")
		}
		if err := writeForm(&out, format, r.answer, env, on); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// boardJSON is one object: the board's name, and of each question what its own
// command prints, or the query and why it has no answer.
func boardJSON(name string, replies []reply, env views.Env) ([]byte, error) {
	docs := []json.RawMessage{}
	for _, r := range replies {
		var one bytes.Buffer
		if r.err == nil {
			if err := writeJSON(&one, r.answer, env); err != nil {
				return nil, err
			}
		} else {
			doc, err := encode(struct {
				Query string `json:"query"`
				Error string `json:"error"`
			}{r.item.shownLine(env), views.ExplainInShell(r.err)})
			if err != nil {
				return nil, err
			}
			one.Write(doc)
		}
		docs = append(docs, bytes.TrimSpace(one.Bytes()))
	}
	all, err := encode(struct {
		Board   string            `json:"board"`
		Queries []json.RawMessage `json:"queries"`
	}{name, docs})
	return append(escapeHidden(all), '\n'), err
}

// shownLine is the query line of a question that has no answer, as it may be shown.
func (it *item) shownLine(env views.Env) string {
	v, err := it.spec.New(env, it.args)
	if err != nil {
		return it.spec.Name
	}
	return v.Link().Line()
}
