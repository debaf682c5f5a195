// Package form edits every field of a question. A form is made from the words and
// flags of a view and knows no view: what it must know of a field is in its type.
package form

import (
	"io"
	"slices"
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/textinput"
	"github.com/spf13/pflag"

	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// A Form is every field of a view's question while it is edited.
type Form struct {
	Spec  views.Spec
	Known Known     // what completes names
	Now   time.Time // in the project's zone: what dates as they are typed mean

	// Check says what a question costs, or why it cannot be asked. It asks nothing.
	Check func(args []string) (cost string, err error)

	fields  []field
	at, top int
	cost    string
	line    string            // the query line as it will be
	stands  map[string]string // the values of all flags as they will be
	wrong   error             // why the question cannot be asked
	wrongAt int               // the field that it is about
}

// field is one word, one flag, or one value of a flag that may be given several
// times.
type field struct {
	name   string   // of the flag; words have none
	word   string   // what a word is called
	usage  string   // what it is for
	kind   string   // what a value is called: EVENT, PROPERTY, FILTER, DATE …
	was    string   // its default
	of     []string // all that it can be, if it is one of a few
	many   bool     // there may be more of them
	given  bool     // it was in the question, even if it is empty
	raw    string   // its value, until something is typed
	input  textinput.Model
	chosen bool // its text is chosen: what is typed replaces it
	typed  bool // it was edited
}

// New is the form of a question, with the cursor on its first field. What the
// fields stand for is not checked yet: Open does that.
func New(spec views.Spec, args []string) (*Form, error) {
	f := &Form{Spec: spec}
	is, fresh := bound(spec), bound(spec)
	if err := is.Parse(args); err != nil {
		return nil, err
	}
	f.fields = wordFields(spec, is.Args())
	is.VisitAll(func(flag *pflag.Flag) {
		f.fields = append(f.fields, flagFields(flag, fresh.Lookup(flag.Name).Value.String())...)
	})
	f.fields[0].chosen = f.fields[0].value() != ""
	return f, nil
}

// NamesCohort says whether a cohort is being named: a good time to learn what there
// are.
func (f *Form) NamesCohort() bool {
	one := f.fields[f.at]
	return (one.kind == "FILTER" || one.kind == "FILTER; FILTER") && strings.Contains(one.input.Value(), "cohort ")
}

// Open checks the form as it stands for the first time.
func (f *Form) Open() { f.changed() }

// bound is the flags of a view, in the order in which it names them.
func bound(spec views.Spec) *pflag.FlagSet {
	fs := pflag.NewFlagSet("", pflag.ContinueOnError)
	fs.SortFlags = false
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	spec.Bind(fs)
	return fs
}

// wordFields are the words of a question, as the usage line names them.
func wordFields(spec views.Spec, words []string) []field {
	var fields []field
	add := func(name, was, value string, many, given bool) {
		one := newField(value)
		one.word, one.was, one.usage, one.many, one.given = name, was, spec.Hint, many, given
		if one.kind = strings.ToUpper(name); spec.Begin != nil {
			one.kind = "EVENT"
		}
		fields = append(fields, one)
	}
	for i, name := range strings.Fields(strings.NewReplacer("[", "", "]", "").Replace(strings.ToLower(spec.Use))) {
		was, value := at(spec.Without, i), at(words, i)
		if value == "" && len(words) == 0 {
			value = was
		}
		name, more := strings.CutSuffix(name, "...")
		switch {
		case !more:
			add(name, was, value, false, i < len(words))
		case spec.Begin == nil: // words without blanks are one field
			add(name, "", strings.Join(words[min(i, len(words)):], " "), false, false)
		default:
			for _, word := range words[min(i, len(words)):] {
				add(name, "", word, true, true)
			}
			add(name, "", "", true, false)
		}
	}
	return fields
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// flagFields are the values of a flag, and for a list one more to add.
func flagFields(flag *pflag.Flag, was string) []field {
	_, usage := pflag.UnquoteUsage(flag)
	one := func(value string) field {
		f := newField(value)
		f.name, f.usage, f.was, f.kind = flag.Name, usage, was, strings.Trim(flag.Value.Type(), "'")
		if choice, ok := flag.Value.(interface{ Words() []string }); ok {
			f.of = choice.Words()
		} else if f.kind == "bool" {
			f.of = []string{"false", "true"}
		}
		if len(f.of) > 0 && !slices.Contains(f.of, was) {
			f.of = append([]string{was}, f.of...)
		}
		return f
	}
	list, ok := flag.Value.(interface{ Strings() []string })
	if !ok {
		return []field{one(flag.Value.String())}
	}
	var fields []field
	for _, value := range list.Strings() {
		f := one(value)
		f.many, f.given, f.was = true, true, ""
		fields = append(fields, f)
	}
	more := one("")
	more.many, more.was = true, ""
	return append(fields, more)
}

func newField(value string) field {
	f := field{raw: value, input: views.NewInput()}
	f.show(value)
	return f
}

// show puts a value into the line editor. What the editor, or a terminal, would not
// keep as it is stands there in $'…' quotes.
func (f *field) show(value string) {
	f.input.SetValue(value)
	if f.input.Value() != value || !text.IsFit(value) || strings.HasPrefix(value, "$'") {
		f.input.SetValue(query.QuoteHard(value))
	}
	f.input.CursorEnd()
}

// set gives the field another value.
func (f *field) set(value string) {
	f.typed, f.chosen = true, false
	f.show(value)
}

// value is what the field says.
func (f *field) value() string {
	if !f.typed {
		return f.raw
	}
	value := f.input.Value()
	if strings.HasPrefix(value, "$'") {
		if words, err := query.Split(value); err == nil && len(words) == 1 {
			return words[0]
		}
	}
	return value
}

// says is the value that the field adds to the question; false where it adds none.
func (f *field) says() (string, bool) {
	value := f.value()
	switch {
	case f.many || f.name == "":
		return value, f.given && !f.typed || strings.TrimSpace(value) != ""
	case value == f.was:
		return "", false
	}
	return value, !f.typed && value != "" || strings.TrimSpace(value) != ""
}

// Args are the arguments that the fields say.
func (f *Form) Args() []string {
	var words, flags []string
	for i := range f.fields {
		one := &f.fields[i]
		value, ok := one.says()
		switch {
		case one.name != "" && ok:
			flags = append(flags, "--"+one.name+"="+value)
		case one.name != "":
		case !ok && one.was != "":
			words = append(words, one.was)
		case ok && one.kind == "WORD":
			words = append(words, strings.Fields(value)...)
		case ok:
			words = append(words, value)
		}
	}
	if slices.Equal(words, f.Spec.Without) {
		words = nil
	}
	return slices.Concat(flags, []string{"--"}, words)
}

// Line is the query line as it will be.
func (f *Form) Line() string { return f.line }

// asTyped is the query line of fields that are no question yet.
func (f *Form) asTyped() string {
	var words, flags []string
	for i := range f.fields {
		one := &f.fields[i]
		switch value, ok := one.says(); {
		case !ok:
		case one.name == "":
			words = append(words, value)
		case one.kind == "bool":
			flags = append(flags, "--"+one.name)
		default:
			flags = append(flags, "--"+one.name, value)
		}
	}
	return query.Join(slices.Concat([]string{f.Spec.Name}, words, flags))
}

// wrongSays is what is wrong, as it stands under its field.
func (f *Form) wrongSays() string {
	return strings.TrimPrefix(text.Clean(f.wrong.Error()), "--"+f.fields[f.wrongAt].name+": ")
}

// changed says what the question is now, what is wrong with it, and what it costs.
func (f *Form) changed() {
	f.grow()
	args := f.Args()
	f.line = f.asTyped()
	if v, err := f.Spec.New(views.Env{}, args); err == nil {
		f.line = v.Link().Line()
		f.stands = map[string]string{}
		is := bound(f.Spec)
		if is.Parse(args) == nil {
			is.VisitAll(func(flag *pflag.Flag) { f.stands[flag.Name] = flag.Value.String() })
		}
	}
	f.cost, f.wrong = "", nil
	if f.Check == nil {
		return
	}
	if f.cost, f.wrong = f.Check(args); f.wrong != nil {
		f.blame()
	}
}

// blame finds the field that is wrong: the one without which nothing is, or what is
// wrong is something else; of several the one under the cursor.
func (f *Form) blame() {
	f.wrongAt = f.at
	order := append([]int{f.at}, make([]int, 0, len(f.fields))...)
	for i := range f.fields {
		order = append(order, i)
	}
	other := -1
	for _, i := range order {
		without := *f
		without.fields = slices.Clone(f.fields)
		one := &without.fields[i]
		if _, ok := one.says(); !ok {
			continue
		}
		one.raw, one.typed, one.given = one.was, false, false
		switch _, err := f.Check(without.Args()); {
		case err == nil:
			f.wrongAt = i
			return
		case other < 0 && err.Error() != f.wrong.Error():
			other = i
		}
	}
	if other >= 0 {
		f.wrongAt = other
	}
}
