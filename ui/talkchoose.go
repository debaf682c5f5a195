package ui

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

// choose asks what the view of a number needs, then asks it.
func (t *talk) choose(ctx context.Context, n int) error {
	if n < 1 || n > len(t.specs) {
		return fmt.Errorf("the numbers go from 1 to %d", len(t.specs))
	}
	spec := t.specs[n-1]
	var events []string
	var list api.EventList
	says := "Words for " + spec.Name + ": " + cmp.Or(spec.Hint, spec.Use, "flags such as --last 30d") + ". "
	if query.TakesEvents(spec.Use) {
		var err error
		if list, err = t.env.API.Events(ctx); err != nil {
			return err
		}
		events = mostFrequent(list)
		t.say("The most frequent events:")
		for i, name := range events {
			t.say("%d, %s", i+1, text.Clean(name))
		}
		if rest := len(list.Events) - len(events); rest > 0 {
			t.say("%s more can be named; events lists them.", charts.Exact(float64(rest)))
		}
		says = "Events for " + spec.Name + ", in their order: numbers such as 3 1, or names, and flags such as --last 30d. "
	}
	empty := "An empty line asks for the usual, menu for nothing."
	if !t.hasUsual(spec) {
		empty = "An empty line asks for nothing."
	}
	line, ok := t.prompt(says + empty)
	if !ok {
		return errLeft
	}
	words, err := query.Split(line)
	if err != nil || len(words) == 0 && !t.hasUsual(spec) {
		return err
	}
	if t.forUs(line, words) {
		return t.take(ctx, line)
	}
	words = chosen(spec, words, events, list)
	t.ask(ctx, views.Link{View: spec.Name, Args: words}, false)
	return nil
}

// hasUsual says whether a view has something to ask where nothing is typed.
func (t *talk) hasUsual(spec views.Spec) bool {
	asks, err := spec.Questions(t.env.Today(), nil)
	return err == nil && len(asks) > 0
}

// chosen are the words with the events that numbers stand for, and those whose names
// were typed without quotes, with commas between them or not.
func chosen(spec views.Spec, words, numbered []string, list api.EventList) []string {
	if len(numbered) == 0 {
		return words
	}
	named := map[string]string{}
	for _, e := range list.Events {
		named[strings.ToLower(e.Name.Safe())] = query.PrintEvent(api.Event{Name: e.Name})
	}
	flags := pflag.NewFlagSet(spec.Name, pflag.ContinueOnError)
	flags.Usage = func() {}
	spec.Bind(flags)
	if flags.Parse(words) != nil {
		return words // asking says what is wrong
	}
	return linkArgs(flags, flags, eventsNamed(flags.Args(), numbered, named))
}

// eventsNamed are the events that words name: by a number, by a whole name that may be of
// several words, or as the word says.
func eventsNamed(words, numbered []string, named map[string]string) []string {
	var out []string
	for len(words) > 0 {
		event, taken := words[0], 1
		if n, err := strconv.Atoi(strings.TrimSuffix(words[0], ",")); err == nil && n >= 1 && n <= len(numbered) {
			event = numbered[n-1]
		} else {
			for k := min(mostWords, len(words)); k >= 1; k-- {
				if name, ok := named[strings.ToLower(strings.TrimSuffix(strings.Join(words[:k], " "), ","))]; ok {
					event, taken = name, k
					break
				}
			}
		}
		out, words = append(out, event), words[taken:]
	}
	return out
}

// mostWords is of how many words the name of an event may be that stands in no quotes.
const mostWords = 8

// mostFrequent are the names of the most frequent events, as a question writes
// them.
func mostFrequent(list api.EventList) []string {
	events := slices.Clone(list.Events)
	slices.SortStableFunc(events, func(a, b api.EventType) int { return cmp.Compare(b.Totals, a.Totals) })
	var names []string
	for _, e := range events {
		if len(names) == listedAtOnce {
			break
		}
		if !e.Hidden && !e.Deleted {
			names = append(names, query.PrintEvent(api.Event{Name: e.Name}))
		}
	}
	return names
}

// listedAtOnce is how many events are read out to choose from.
const listedAtOnce = 20
