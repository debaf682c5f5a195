package views

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views/query"
)

// A Check compares figures with a number: "conversion < 20%", "day 7 < 0.2",
// "value drop > 30% vs prev".
type Check struct {
	name    string
	change  changeKind // compared is how much the figure has changed
	op      string
	number  float64 // a percentage as fraction
	percent bool    // it was written as a percentage
	typed   string
}

type changeKind int

const (
	noChange changeKind = iota
	drop
	rise
)

// word is how a check writes the change.
func (k changeKind) word() string { return [...]string{"", "drop", "rise"}[k] }

// ops are the operators of checks, the longer ones first.
func ops() []string { return []string{"<=", ">=", "!=", "==", "<", ">", "="} }

// howToCheck is what is shown of the grammar where something is missing.
const howToCheck = "'conversion < 20%', 'value drop > 30% vs prev' or 'events = 0'"

// ParseCheck reads a check: FIGURE [drop|rise] OPERATOR NUMBER[%] [vs prev].
func ParseCheck(s string) (Check, error) {
	c := Check{typed: strings.Join(strings.Fields(s), " ")}
	at, op := -1, ""
	for _, o := range ops() {
		if i := strings.Index(c.typed, o); i >= 0 && (at < 0 || i < at || i == at && len(o) > len(op)) {
			at, op = i, o
		}
	}
	if at < 0 {
		return c, fmt.Errorf("%q compares nothing: write it as in %s", text.Clean(c.typed), howToCheck)
	}
	c.op = strings.TrimPrefix(op, "=")
	if c.op == "" {
		c.op = "="
	}
	number, versus, err := c.readNumber(c.typed[at+len(op):])
	if err != nil {
		return c, err
	}
	c.number = number
	return c, c.readSubject(strings.ToLower(strings.TrimSpace(c.typed[:at])), versus)
}

// readNumber reads what stands behind the operator: a number, perhaps a
// percentage, perhaps against the period before.
func (c *Check) readNumber(right string) (v float64, versus bool, err error) {
	right = strings.TrimSpace(right)
	words := strings.Fields(right)
	for i, word := range words {
		if i > 0 && (strings.EqualFold(word, "vs") || strings.EqualFold(word, "vs.")) {
			if rest := strings.Join(words[i+1:], " "); !strings.EqualFold(rest, "prev") {
				return 0, false, fmt.Errorf("%q in %q: a change is compared with the period before only: write 'vs prev'", text.Clean(strings.TrimSpace("vs "+rest)), text.Clean(c.typed))
			}
			right, versus = strings.Join(words[:i], " "), true
			break
		}
	}
	digits, percent := strings.CutSuffix(right, "%")
	v, err = strconv.ParseFloat(strings.TrimSpace(digits), 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, false, fmt.Errorf("%q in %q is not a number: write 20%%, 0.2 or 1000", text.Clean(right), text.Clean(c.typed))
	}
	if c.percent = percent; percent {
		v /= 100
	}
	return v, versus, nil
}

// readSubject reads what is compared.
func (c *Check) readSubject(words string, versus bool) error {
	for _, kind := range []changeKind{drop, rise} {
		name, ok := strings.CutSuffix(words, " "+kind.word())
		if ok {
			c.name, c.change = strings.TrimSpace(name), kind
			return c.checkSize()
		}
		if words == kind.word() && versus {
			return fmt.Errorf("%q names no figure: write it as in 'value %s > 30%% vs prev'", text.Clean(c.typed), kind.word())
		}
	}
	c.name = words
	switch {
	case words == "":
		return fmt.Errorf("%q names no figure: write it as in 'conversion < 20%%'", text.Clean(c.typed))
	case versus:
		name, _, _ := strings.Cut(words, " ")
		return fmt.Errorf("%q compares no change: write it as in '%s drop > 30%% vs prev'", text.Clean(c.typed), text.Clean(name))
	}
	return nil
}

// checkSize says that a part of something was written without its %: 20 may be
// meant as 20%, and would be read as twenty times.
func (c *Check) checkSize() error {
	if c.percent || math.Abs(c.number) < 1 {
		return nil
	}
	n := strconv.FormatFloat(c.number, 'f', -1, 64)
	return fmt.Errorf("%s in %q is compared with a percentage: write %s%%", n, text.Clean(c.typed), n)
}

// Fits says what a check cannot compare in an answer that has figures of these
// names; nothing needs to be asked to know it.
func (c Check) Fits(known []FigureName) error {
	at := slices.IndexFunc(known, func(f FigureName) bool { return f.Name == c.name })
	if at < 0 {
		return c.misnamed(known)
	}
	f := known[at]
	switch {
	case c.change != noChange && !f.Changes && slices.ContainsFunc(known, func(f FigureName) bool { return f.Name == c.change.word() }):
		return fmt.Errorf("%q: %s has no period before to be compared with; write '%s %s %s'", text.Clean(c.typed), f.Name, c.change.word(), c.op, c.shown(c.number, true))
	case c.change != noChange && !f.Changes:
		return fmt.Errorf("%q: %s has no period before to be compared with", text.Clean(c.typed), f.Name)
	case c.change != noChange:
		return nil
	case f.Unit == Percent:
		return c.checkSize()
	case f.Unit == Plain && c.percent:
		return fmt.Errorf("%q: %s is no percentage: write the number without %%, or '%s drop > 30%%' where its change is meant", text.Clean(c.typed), f.Name, f.Name)
	}
	return nil
}

// misnamed says that there is no such figure; or, where it is one of a known name
// with another word behind it, that the word is neither drop nor rise.
func (c Check) misnamed(known []FigureName) error {
	if i := strings.LastIndex(c.name, " "); i > 0 {
		name, word := c.name[:i], c.name[i+1:]
		if slices.ContainsFunc(known, func(f FigureName) bool { return f.Name == name && f.Changes }) {
			if near := query.Nearest(word, []string{drop.word(), rise.word()}); near != "" {
				return fmt.Errorf("%q: %s is not a change: did you mean %s?", text.Clean(c.typed), text.Clean(word), near)
			}
			return fmt.Errorf("%q: %s is not a change: write drop or rise", text.Clean(c.typed), text.Clean(word))
		}
	}
	return unknownFigure(c.name, known)
}

// String is the check as it was typed.
func (c Check) String() string { return c.typed }

// ErrNoFigure says that an answer has no figure of the name at all.
var ErrNoFigure = errors.New("this answer has no figure")

// Tripped is what a check has found.
type Tripped struct {
	Says []string // one sentence for each figure that it holds for: what was compared with what
	Seen int      // figures that could be compared
}

// Against compares figures. What is not over, and a change without a period
// before, is passed over; where nothing is left to compare the error says why.
func (c Check) Against(figures []Figure) (Tripped, error) {
	var out Tripped
	why := fmt.Errorf("%w %s", ErrNoFigure, text.Clean(c.name))
	for _, f := range figures {
		if f.Name != c.name {
			continue
		}
		value, reason := c.value(f)
		if reason != "" {
			why = errors.New(reason)
			continue
		}
		out.Seen++
		if c.holds(value) {
			out.Says = append(out.Says, c.say(f, value))
		}
	}
	if out.Seen == 0 {
		return out, why
	}
	return out, nil
}

// value is what of a figure is compared, or why it cannot be.
func (c Check) value(f Figure) (v float64, why string) {
	what := f.what()
	certain := f.Rises && c.change == noChange && (c.op == ">" || c.op == ">=") && c.holds(f.Value)
	switch {
	case f.Open != "" && !certain:
		return 0, what + " is not certain: " + f.Open
	case c.change == drop:
		v = 1 - f.Value/f.Before
	case c.change == rise:
		v = f.Value/f.Before - 1
	default:
		v = f.Value
	}
	switch {
	case c.change != noChange && f.Before == 0:
		return 0, what + " was 0 before: there is no change in percent"
	case c.change != noChange && math.IsNaN(f.Before):
		return 0, what + " has nothing before it that is over: ask for more dates"
	case math.IsNaN(v) || math.IsInf(v, 0):
		return 0, what + " is missing"
	}
	return v, ""
}

func (c Check) holds(v float64) bool {
	switch c.op {
	case "<":
		return v < c.number
	case "<=":
		return v <= c.number
	case ">":
		return v > c.number
	case ">=":
		return v >= c.number
	case "!=":
		return v != c.number
	}
	return v == c.number
}

// what is the figure in words.
func (f Figure) what() string {
	if f.Of == "" {
		return f.Name
	}
	return f.Name + " of " + f.Of
}

// say is one sentence: what was compared with what.
func (c Check) say(f Figure, v float64) string {
	percent := f.Percent || c.percent
	if c.change == noChange {
		printed := ""
		if f.Printed != "" {
			printed = " (" + f.Printed + ")"
		}
		return fmt.Sprintf("%s: %s is %s%s, which is %s %s", c.typed, f.what(), c.shown(v, percent), printed, c.op, c.shown(c.number, percent))
	}
	word := map[changeKind]string{drop: "down", rise: "up"}[c.change]
	return fmt.Sprintf("%s: %s is %s against %s of %s, %s %s, which is %s %s",
		c.typed, f.what(), c.shown(f.Value, f.Percent), c.shown(f.Before, f.Percent), f.Since, word, c.shown(v, true), c.op, c.shown(c.number, true))
}

// shown is a number in words. One that is as good as the check's, but not it, has
// as many digits as tell the two apart: 19.97% is no 20%.
func (c Check) shown(v float64, percent bool) string {
	write := charts.Exact
	if percent {
		write = charts.Percent
	}
	said := write(v)
	if v == c.number || said != write(c.number) && math.Abs(v-c.number) > 0.001*math.Abs(c.number) {
		return said
	}
	if percent {
		return strconv.FormatFloat(100*v, 'g', 6, 64) + "%"
	}
	return strconv.FormatFloat(v, 'g', 10, 64)
}
