package views

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"amptui/api/text"
	"amptui/views/query"
)

// A State is what the user asks in a view: a plain value whose flags and words
// are its only text form. Flags, links, the query line and the copied command
// all come from it.
type State interface {
	// Bind names the state's flags; their defaults are what the state holds.
	Bind(fs *pflag.FlagSet)
	// Take reads the words that are not flags and checks the whole.
	Take(words []string) error
	// Words is the inverse of Take.
	Words() []string
}

// Parse reads args (flags and words in any order) into a fresh state. An error
// names the wrong word and the nearest right one.
func Parse(s State, args []string) error {
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	s.Bind(fs)
	Once(fs)
	if err := fs.Parse(args); err != nil {
		return FlagError(fs, err)
	}
	return s.Take(fs.Args())
}

// Once makes it a mistake to give a flag twice that holds one value: the first
// would be ignored without a word. Lists take as many as there are.
func Once(fs *pflag.FlagSet) {
	fs.VisitAll(func(f *pflag.Flag) {
		if _, list := f.Value.(interface{ Strings() []string }); !list {
			f.Value = &once{Value: f.Value}
		}
	})
}

// once is a flag's value that can be given once.
type once struct {
	pflag.Value
	given bool
	twice bool
}

// Set sets the value, if it is the first.
func (o *once) Set(s string) error {
	if o.twice = o.given; o.twice {
		return errors.New("it is given twice: leave one out")
	}
	o.given = true
	return o.Value.Set(s)
}

// FlagError says which flag was meant, or what is wrong with its value.
func FlagError(fs *pflag.FlagSet, err error) error {
	if unknown := (*pflag.NotExistError)(nil); errors.As(err, &unknown) {
		return noFlag(fs, unknown)
	}
	if wrong := (*pflag.InvalidValueError)(nil); errors.As(err, &wrong) {
		return fmt.Errorf("--%s: %s", wrong.GetFlag().Name, whyWrong(wrong))
	}
	return errors.New(text.Clean(err.Error()))
}

// noFlag says which flag was probably meant. A letter alone is another case of one that
// there is, or the beginning of a single name.
func noFlag(fs *pflag.FlagSet, unknown *pflag.NotExistError) error {
	name, letter := text.Clean(unknown.GetSpecifiedName()), unknown.GetSpecifiedShortnames() != ""
	var names, begun []string
	near := ""
	fs.VisitAll(func(f *pflag.Flag) {
		names = append(names, f.Name)
		if letter && f.Shorthand != "" && strings.EqualFold(f.Shorthand, name) {
			near = "-" + f.Shorthand + ", --" + f.Name
		}
		if letter && strings.HasPrefix(f.Name, strings.ToLower(name)) {
			begun = append(begun, "--"+f.Name)
		}
	})
	said := "there is no flag --" + name
	switch {
	case letter:
		said = "there is no flag -" + name
		if near == "" && len(begun) == 1 {
			near = begun[0]
		}
	case query.Nearest(name, names) != "":
		near = "--" + query.Nearest(name, names)
	}
	if near != "" {
		return fmt.Errorf("%s: did you mean %s?", said, near)
	}
	return fmt.Errorf("%s: --help lists those that there are", said)
}

// whyWrong says what a flag's value should have been. The words of the standard
// library are for programmers.
func whyWrong(wrong *pflag.InvalidValueError) string {
	err, value := errors.Unwrap(wrong), text.Clean(wrong.GetValue())
	how := howToWrite(wrong.GetFlag().Value.Type())
	switch {
	case strings.TrimSpace(value) == "":
		return "its value is missing: write one, or leave the flag out"
	case how == "" || given(wrong.GetFlag()):
		return text.Clean(err.Error())
	case errors.Is(err, strconv.ErrRange):
		return value + " is too large a number"
	}
	return value + " is not " + how
}

// howToWrite says what a flag of a type of the flag library takes, whose own errors
// are those of a programming language.
func howToWrite(kind string) string {
	switch kind {
	case "int", "uint64":
		return "a whole number, as in 20"
	case "duration":
		return "a length of time, as in 15m or 1h"
	case "bool":
		return "true or false: leave it out, or write the flag alone"
	}
	return ""
}

// given says whether a flag holds a value of its own already.
func given(f *pflag.Flag) bool {
	o, ok := f.Value.(*once)
	return ok && o.twice
}

// Args is the inverse of Parse: the words of s, then every flag that differs
// from what a fresh state has.
func Args(s, fresh State) []string {
	was := pflag.NewFlagSet("", pflag.ContinueOnError)
	fresh.Bind(was)
	is := pflag.NewFlagSet("", pflag.ContinueOnError)
	is.SortFlags = false // in the order in which the state names them
	s.Bind(is)
	args := s.Words()
	var flags []string
	is.VisitAll(func(f *pflag.Flag) {
		if f.Value.String() != was.Lookup(f.Name).Value.String() {
			flags = append(flags, FlagArgs(f)...)
		}
	})
	// Words that look like flags must stand behind "--", so flags come first.
	for _, w := range args {
		if strings.HasPrefix(w, "-") {
			return append(append(flags, "--"), args...)
		}
	}
	return append(args, flags...)
}

// FlagArgs is the flag with its value as words of a command line; nothing for a
// flag without a value.
func FlagArgs(f *pflag.Flag) []string {
	name := "--" + f.Name
	if list, ok := f.Value.(interface{ Strings() []string }); ok {
		var out []string
		for _, v := range list.Strings() {
			out = append(out, flagWords(name, v)...)
		}
		return out
	}
	if f.Value.Type() == "bool" {
		if f.Value.String() == "true" {
			return []string{name}
		}
		return []string{name + "=false"}
	}
	if v := f.Value.String(); v != "" {
		return flagWords(name, v)
	}
	return nil
}

func flagWords(name, value string) []string {
	if strings.HasPrefix(value, "-") {
		return []string{name + "=" + value}
	}
	return []string{name, value}
}
