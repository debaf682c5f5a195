package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"amptui/api/text"
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
			if len(args) == 0 {
				for _, name := range p.boardNames() {
					if _, err := fmt.Fprintln(p.out, name); err != nil {
						return quietly(err)
					}
				}
				return nil
			}
			if len(p.global.failIf) > 0 || p.global.watch > 0 {
				return usageError{errors.New("a board is not checked: use --fail-if and --watch with one question")}
			}
			if _, err := p.loadBoard(args[0]); err != nil {
				return usageError{noBoard(err, args[0], p.boardNames())}
			}
			if p.printing() {
				return p.printBoard(c.Context(), args[0])
			}
			p.named = true
			return p.explore(c.Context(), views.Link{View: boardName, Args: args})
		},
	}
}

// printBoard prints every question of a board, in their order.
func (p *program) printBoard(ctx context.Context, name string) error {
	format := p.global.output
	if format == "" {
		format = "plain"
	}
	source, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer source.close()
	loaded, err := p.loadBoard(name)
	if err != nil {
		return err
	}
	env := source.env
	env.Theme = p.printTheme(format)
	saved := map[string]string{}
	queries, _, err := source.memory.queries()
	if err != nil {
		return err
	}
	for _, q := range queries {
		saved[q.Name] = q.Line
	}
	b := newBoard(env, loaded, saved)
	answers, err := b.askAll(ctx)
	if err != nil {
		return err
	}
	out, err := p.boardText(format, name, answers, env)
	if err != nil {
		return err
	}
	_, err = p.out.Write(out)
	return quietly(err)
}

// askAll asks every question of a board and waits for all answers.
func (v *board) askAll(ctx context.Context) ([]views.Answer, error) {
	answers := make([]views.Answer, len(v.items))
	group, ctx := errgroup.WithContext(ctx)
	for i, it := range v.items {
		if it.err != nil {
			return nil, views.Mistake(fmt.Errorf("board %s, %s: %w", v.name, text.Clean(it.line), it.err))
		}
		group.Go(func() error {
			var err error
			answers[i], err = it.spec.Ask(ctx, v.env, it.args)
			return err
		})
	}
	return answers, group.Wait()
}

// boardText is the answers of a board in a form: JSON is one object, all else the
// forms one after the other, each behind its query line.
func (p *program) boardText(format, name string, answers []views.Answer, env views.Env) ([]byte, error) {
	w, h := p.size()
	var out bytes.Buffer
	var docs []json.RawMessage
	for i, answer := range answers {
		var one bytes.Buffer
		if err := writeForm(&one, format, answer, env, w, h); err != nil {
			return nil, err
		}
		if format == "json" {
			docs = append(docs, bytes.TrimSpace(one.Bytes()))
			continue
		}
		if i > 0 {
			out.WriteByte('\n')
		}
		if format != "md" {
			out.WriteString("# " + answer.Link.Line() + "\n")
		}
		out.Write(one.Bytes())
	}
	if format != "json" {
		return out.Bytes(), nil
	}
	head, err := encode(struct {
		Board   string            `json:"board"`
		Queries []json.RawMessage `json:"queries"`
	}{name, append([]json.RawMessage{}, docs...)})
	return append(escapeHidden(head), '\n'), err
}
