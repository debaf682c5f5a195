package ui

import (
	"context"
	"os"
	"slices"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/views"
	"amptui/views/query"
)

// quickLog is how large event files may be to be read for a completion, in bytes.
const quickLog = 4 << 20

// eventWords are the events that are known without the network, as arguments write
// them: those of the log, else of the list as it was seen last and of what is saved.
func (p *program) eventWords() []string {
	names := []string{"_active", "_all", "_new"}
	add := func(name string) {
		if word := query.PrintEvent(api.Event{Name: text.New(name)}); !slices.Contains(names, word) {
			names = append(names, word)
		}
	}
	if p.global.demo || len(p.global.events) > 0 {
		for _, name := range p.logEvents() {
			add(name)
		}
		return names
	}
	profile, err := p.profile()
	if err != nil {
		return names
	}
	if seen, ok, err := config.LoadVisits(profile, p.env); ok && err == nil {
		for name := range seen.Last.Totals {
			add(name)
		}
		for _, name := range seen.Last.Names {
			add(name)
		}
	}
	slices.Sort(names)
	return names
}

// openQuickly opens the demo or event files, if those are read in no time.
func (p *program) openQuickly() (source, bool) {
	size := int64(0)
	for _, path := range p.global.events {
		info, err := os.Stat(path)
		if err != nil {
			return source{}, false
		}
		size += info.Size()
	}
	if size > quickLog {
		return source{}, false
	}
	s, err := p.open(context.Background())
	return s, err == nil
}

// logEvents are the events of the demo or of event files.
func (p *program) logEvents() []string {
	source, ok := p.openQuickly()
	if !ok {
		return nil
	}
	defer source.close()
	list, err := source.env.API.Events(context.Background())
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range list.Events {
		names = append(names, query.PrintWord(e.Name))
	}
	return names
}

// propertyWords are the properties that are known without the network: the built-in
// ones, those of the log or those that the profile names, and those of questions that are saved or were
// asked last.
func (p *program) propertyWords() []string {
	names := slices.Clone(query.BuiltIn())
	add := func(more ...string) {
		for _, name := range more {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	saved := p.library()
	var lines []string
	for _, q := range saved.queries {
		lines = append(lines, q.Line)
	}
	for _, b := range saved.boards {
		for _, row := range b.Rows {
			lines = append(lines, row.Text)
		}
	}
	if p.global.demo || len(p.global.events) > 0 {
		if source, ok := p.openQuickly(); ok {
			add(source.env.Known(true)...)
			source.close()
		}
	} else if profile, err := p.profile(); err == nil {
		add(profile.Pins...)
		add(profile.MaskShows...)
		if pins, err := config.LoadPins(profile, p.env); err == nil {
			add(pins...)
		}
		if session, ok, err := config.LoadSession(profile, p.env); ok && err == nil {
			lines = append(lines, session.Lines...)
		}
	}
	for _, line := range lines {
		add(propertiesAsked(line)...)
	}
	return names
}

// propertiesAsked are the properties of a query line; of what is none there are none.
func propertiesAsked(line string) []string {
	words, err := query.Split(line)
	if err != nil || len(words) == 0 {
		return nil
	}
	i := slices.IndexFunc(catalog(), func(s views.Spec) bool { return s.Name == words[0] })
	if i < 0 {
		return nil
	}
	return propertiesOf(catalog()[i], words[1:])
}

// propertiesOf are the properties that the arguments of a view name.
func propertiesOf(spec views.Spec, args []string) []string {
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	spec.Bind(fs)
	if fs.Parse(args) != nil {
		return nil
	}
	var found []string
	for _, word := range fs.Args() {
		found = append(found, query.PropertiesOf("EVENT", word)...)
	}
	fs.Visit(func(f *pflag.Flag) {
		if list, ok := f.Value.(interface{ Strings() []string }); ok {
			for _, value := range list.Strings() {
				found = append(found, query.PropertiesOf(f.Value.Type(), value)...)
			}
		}
	})
	return found
}
