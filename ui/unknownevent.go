package ui

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// misspelt says before anything is asked that a question names an event which only
// needs other letters or quotes. The list of events is looked at where it is at hand: it
// was kept, or it is this program's own.
func misspelt(ctx context.Context, env views.Env, spec views.Spec, args []string) error {
	if !env.ListAtHand() || len(eventsOf(spec, args)) == 0 {
		return nil
	}
	list, err := env.API.Events(ctx)
	if err != nil {
		return nil // asking says more
	}
	return surely(list, env, spec, args)
}

// surely says which event of a question is surely another of the list. Any other that
// is not listed may be one that the project hides: the server knows.
func surely(list api.EventList, env views.Env, spec views.Spec, args []string) error {
	if s, ok := views.FirstStranger(list, eventsOf(spec, args)); ok && (s.Sure || env.Inside && s.Near != "") {
		return usageError{s}
	}
	if env.Inside {
		return unknownProperty(env, spec, args)
	}
	return nil
}

// unknownEvent is err, or where the server has refused a question about an event
// that the project does not list, which event was probably meant; the same for a
// property. It asks for the list, which costs one.
func unknownEvent(ctx context.Context, env views.Env, spec views.Spec, args []string, err error) error {
	if !errors.Is(err, api.ErrQuery) {
		return err
	}
	list, failed := env.API.Events(ctx)
	if failed != nil {
		return err
	}
	s, ok := views.FirstStranger(list, eventsOf(spec, args))
	switch {
	case !ok:
		if meant := unknownProperty(env, spec, args); meant != nil {
			return meant
		}
		return err
	case s.Near != "":
		return usageError{s}
	case env.Inside:
		return fmt.Errorf("%w: amptui events lists those of the log", s)
	}
	return fmt.Errorf("%s; amptui events lists no event called %s", views.ExplainInShell(err), text.Clean(s.Name))
}

// unknownProperty says of a question's properties the first that nobody has seen, and
// which one was probably meant; nil where none is near.
func unknownProperty(env views.Env, spec views.Spec, args []string) error {
	known := env.Known(true)
	for _, p := range propertiesOf(spec, args) {
		if slices.Contains(known, p) {
			continue
		}
		if near := query.Nearest(p, known); near != "" {
			return usageError{fmt.Errorf("there is no property %s: did you mean %s?", text.Clean(p), text.Clean(query.Quote(near)))}
		}
	}
	return nil
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
