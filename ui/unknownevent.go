package ui

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// unknownEvent is err, or where the server has refused a question about an event
// that the project does not list, which event was probably meant. It asks for the
// list, which costs one.
func unknownEvent(ctx context.Context, env views.Env, spec views.Spec, args []string, err error) error {
	if !errors.Is(err, api.ErrQuery) {
		return err
	}
	list, failed := env.API.Events(ctx)
	if failed != nil {
		return err
	}
	for _, e := range eventsOf(spec, args) {
		near, unlisted := views.Unlisted(list, e)
		name := query.PrintEvent(api.Event{Name: e.Name})
		switch {
		case !unlisted:
			continue
		case near != "":
			return usageError{fmt.Errorf("there is no event called %s: did you mean %s?", text.Clean(name), text.Clean(near))}
		}
		return fmt.Errorf("%s; amptui events lists no event called %s", views.ExplainInShell(err), text.Clean(name))
	}
	return err
}

// eventsOf are the events that a command line names.
func eventsOf(spec views.Spec, args []string) []api.Event {
	if !query.TakesEvents(spec.Use) {
		return nil
	}
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	spec.Bind(fs)
	if fs.Parse(args) != nil {
		return nil
	}
	var out []api.Event
	for _, word := range fs.Args() {
		if e, err := query.ParseEvent(word); err == nil {
			out = append(out, e)
		}
	}
	return out
}
