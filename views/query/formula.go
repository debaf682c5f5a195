package query

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"amptui/api/text"
)

// functions are what a formula may call, as Amplitude's documentation of custom
// formulas lists them; true where the function is about a property that the event
// is grouped by.
var functions = map[string]bool{
	"ACTIVE": false, "ARPAU": false, "AVG": false, "CUMSUM": false, "EXP": false, "FREQPERCENTILE": false,
	"HIST": false, "LN": false, "LOG": false, "LOG10": false, "PERCENTILE": true, "POWER": false,
	"PROPAVG": true, "PROPCOUNT": true, "PROPCOUNTAVG": true, "PROPHIST": true, "PROPMAX": true,
	"PROPMIN": true, "PROPSUM": true, "REVENUETOTAL": false, "ROLLAVG": false, "ROLLWIN": false,
	"SQRT": false, "TOTALS": false, "TRENDLINE": false, "UNIQUES": false,
}

// What a formula may hold: so many of them, separated by semicolons, as the
// documentation says, and so many parentheses in each other, which is ours.
const (
	mostFormulas = 10
	mostNested   = 50
)

// CheckFormula says what is wrong with a formula before it costs a call. Letters
// name the events, A is the first; grouped says of each event of the question
// whether it is grouped by a property of its own. Functions and letters may be
// written in any case; "%:" and "$:" in front set the unit.
func CheckFormula(s string, grouped []bool) error {
	_, err := readFormula(s, grouped)
	return err
}

// Unused are the letters of those of so many events that a formula does not use.
func Unused(s string, events int) []string {
	used, err := readFormula(s, slices.Repeat([]bool{true}, events))
	var out []string
	for i := range events {
		if letter := string(rune('A' + i)); err == nil && !used[letter] {
			out = append(out, letter)
		}
	}
	return out
}

// readFormula checks a formula, and says which events it uses.
func readFormula(s string, grouped []bool) (map[string]bool, error) {
	used := map[string]bool{}
	all := strings.Split(s, ";")
	if len(all) > mostFormulas {
		return nil, fmt.Errorf("a chart takes %d formulas at most, not %d", mostFormulas, len(all))
	}
	for _, one := range all {
		one = strings.TrimSpace(one)
		p := formula{rest: strings.TrimPrefix(strings.TrimPrefix(one, "%:"), "$:"), grouped: grouped, used: used}
		p.whole = p.rest
		err := p.sum()
		if err == nil && p.peek() != 0 {
			err = p.unexpected()
		}
		if err != nil {
			return nil, fmt.Errorf("formula %s: %w", text.Clean(one), err)
		}
	}
	return used, nil
}

// formula is what is left to read of one, and how deep it is in parentheses.
type formula struct {
	whole, rest string
	grouped     []bool
	used        map[string]bool // the letters of events
	depth       int
}

// peek is the next character that is no blank, 0 only at the end.
func (p *formula) peek() byte {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if p.rest == "" {
		return 0
	}
	return max(p.rest[0], 1)
}

// take takes the next character if it is one of these.
func (p *formula) take(of string) bool {
	if c := p.peek(); c == 0 || strings.IndexByte(of, c) < 0 {
		return false
	}
	p.rest = p.rest[1:]
	return true
}

// word takes a name.
func (p *formula) word() string {
	p.peek()
	n := strings.IndexFunc(p.rest, func(r rune) bool {
		return r != '_' && (r < '0' || r > '9') && (r < 'A' || r > 'Z') && (r < 'a' || r > 'z')
	})
	if n < 0 {
		n = len(p.rest)
	}
	word := p.rest[:n]
	p.rest = p.rest[n:]
	return word
}

// behind is what was read, to say where something is wrong.
func (p *formula) behind() string {
	read := strings.TrimSpace(strings.TrimSuffix(p.whole, p.rest))
	if read == "" {
		return "at the beginning"
	}
	return "behind " + text.Clean(read)
}

func (p *formula) unexpected() error {
	if p.peek() == 0 {
		return fmt.Errorf("something is missing %s: a number, or a function of an event such as UNIQUES(A)", p.behind())
	}
	return fmt.Errorf("%s cannot stand %s", text.Clean(string([]rune(p.rest)[:1])), p.behind())
}

func (p *formula) sum() error {
	for {
		if err := p.factor(); err != nil {
			return err
		}
		if !p.take("+-*/") { // which binds more makes no difference here
			return nil
		}
	}
}

func (p *formula) factor() error {
	if p.depth++; p.depth > mostNested {
		return fmt.Errorf("more than %d parentheses in each other", mostNested)
	}
	defer func() { p.depth-- }()
	for p.take("-") {
		// as many as there are
	}
	switch c := p.peek(); {
	case p.take("("):
		if err := p.sum(); err != nil {
			return err
		}
		return p.closed()
	case c >= '0' && c <= '9', c == '.':
		return p.number()
	}
	name := p.word()
	if name == "" {
		return p.unexpected()
	}
	return p.function(name)
}

func (p *formula) closed() error {
	if p.take(")") {
		return nil
	}
	if p.peek() == 0 {
		return fmt.Errorf("a parenthesis is not closed")
	}
	return p.unexpected()
}

func (p *formula) number() error {
	digits := len(p.rest) - len(strings.TrimLeft(p.rest, "0123456789."))
	if _, err := strconv.ParseFloat(p.rest[:digits], 64); err != nil {
		return fmt.Errorf("%s is not a number", p.rest[:digits])
	}
	p.rest = p.rest[digits:]
	return nil
}

func (p *formula) function(name string) error {
	property, known := functions[strings.ToUpper(name)]
	switch {
	case !known && len(name) == 1:
		return fmt.Errorf("%s is an event and needs a function: UNIQUES(%s)", name, strings.ToUpper(name))
	case !known:
		names := make([]string, 0, len(functions))
		for f := range functions {
			names = append(names, f)
		}
		if near := Nearest(name, names); near != "" {
			return fmt.Errorf("%s is not a function: did you mean %s?", name, near)
		}
		return fmt.Errorf("%s is not a function: UNIQUES, TOTALS, AVG, ACTIVE, PROPSUM and PROPAVG are some", name)
	case !p.take("("):
		return fmt.Errorf("%s needs an event: %s(A)", name, strings.ToUpper(name))
	}
	for {
		if err := p.argument(property); err != nil {
			return err
		}
		if !p.take(",") {
			return p.closed()
		}
	}
}

// argument is an event, the name of a function that another works on, a number,
// or a formula again.
func (p *formula) argument(property bool) error {
	before := p.rest
	name := strings.ToUpper(p.word())
	_, isFunction := functions[name]
	switch next := p.peek(); {
	case len(name) == 1 && name[0] >= 'A' && name[0] <= 'Z' && next != '(':
		event := int(name[0] - 'A')
		if event >= len(p.grouped) {
			return fmt.Errorf("there is no event %s: %s", name, eventLetters(len(p.grouped)))
		}
		if property && !p.grouped[event] {
			return fmt.Errorf("event %s needs a property that the function is about: \"NAME[by PROPERTY]\"", name)
		}
		p.used[name] = true
		return nil
	case isFunction && next != '(':
		return nil
	}
	p.rest = before
	return p.sum()
}

func eventLetters(n int) string {
	if n == 1 {
		return "A is the only one"
	}
	return fmt.Sprintf("they are A to %c", 'A'+n-1)
}
