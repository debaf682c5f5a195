package query

import (
	"fmt"
	"slices"
	"strings"

	"amptui/api"
	"amptui/api/text"
)

// BuiltIn lists the user properties that every project has, as the API spells
// them (documentation of the dashboard REST API, segment definitions).
func BuiltIn() []string {
	return []string{
		"platform", "country", "version", "os", "device_type", "language", "region", "city", "DMA",
		"device", "start_version", "carrier", "library", "paying",
	}
}

// ParseProperty reads "event:NAME" (an event property), "gp:NAME" (a custom
// user property) or a bare built-in name. Inside the brackets of an event a
// bare name that is not built in is a property of that event.
func ParseProperty(s string, insideEvent bool) (api.Property, error) {
	s = strings.TrimSpace(s)
	name, rest, err := takeName(s)
	if err != nil {
		return api.Property{}, err
	}
	if rest != "" {
		return api.Property{}, fmt.Errorf("%s is more than one property: put quotes round a name with blanks, as in event:\"%s\"", text.Clean(s), text.Clean(s))
	}
	return property(name, insideEvent)
}

func property(name string, insideEvent bool) (api.Property, error) {
	key, isEvent := strings.CutPrefix(name, "event:")
	switch {
	case name == "" || key == "" || name == "gp:":
		return api.Property{}, fmt.Errorf("a property has no name: write country, gp:plan or event:source")
	case isEvent:
		return api.Property{Scope: api.EventProperty, Key: text.New(key)}, nil
	case strings.HasPrefix(name, "gp:") || slices.Contains(BuiltIn(), name):
		return api.Property{Scope: api.UserProperty, Key: text.New(name)}, nil
	case insideEvent:
		return api.Property{Scope: api.EventProperty, Key: text.New(name)}, nil
	}
	safe := text.Clean(name)
	if near := Nearest(name, BuiltIn()); near != "" {
		return api.Property{}, fmt.Errorf("%s is not a built-in property: did you mean %s? (gp:%s is a custom user property, event:%s an event property)", safe, near, safe, safe)
	}
	return api.Property{}, fmt.Errorf("%s is not a built-in property: write gp:%s for a custom user property or event:%s for an event property", safe, safe, safe)
}

// PrintProperty is the inverse of ParseProperty.
func PrintProperty(p api.Property) string {
	if p.Scope == api.EventProperty {
		return "event:" + QuoteInside(p.Key.Exact())
	}
	if custom, ok := strings.CutPrefix(p.Key.Exact(), "gp:"); ok {
		return "gp:" + QuoteInside(custom)
	}
	return QuoteInside(p.Key.Exact())
}

// QuoteInside quotes a name or value inside a filter, always with double
// quotes, and only where it is needed.
func QuoteInside(s string) string {
	if s != "" && text.IsFit(s) && !strings.ContainsAny(s, " \t\"\\,;[]<>=!~()") {
		return s
	}
	return `"` + escape(s, '"') + `"`
}

// takeInside reads a double-quoted part that s begins with.
func takeInside(s string) (value, rest string, err error) {
	var b strings.Builder
	for i := 1; i < len(s); {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:], nil
		case '\\':
			v, n := unescape(s[i+1:])
			b.WriteString(v)
			i += 1 + n
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return "", "", fmt.Errorf("the quote in %s is not closed: add a \" at its end", text.Clean(s))
}

// takeName reads a property name: a scope, then a bare or quoted name.
func takeName(s string) (name, rest string, err error) {
	scope := ""
	for _, prefix := range []string{"event:", "gp:"} {
		if strings.HasPrefix(s, prefix) {
			scope, s = prefix, s[len(prefix):]
			break
		}
	}
	if strings.HasPrefix(s, `"`) {
		name, rest, err = takeInside(s)
		return scope + name, strings.TrimLeft(rest, " \t"), err
	}
	end := strings.IndexAny(s, " \t=!<>~,;\"[]")
	if end < 0 {
		end = len(s)
	}
	return scope + s[:end], strings.TrimLeft(s[end:], " \t"), nil
}

// operators lists what may stand between a property and its values, longest
// first, with the API's operator for each.
func operators() []struct {
	word string
	op   api.Op
} {
	return []struct {
		word string
		op   api.Op
	}{
		{"does not contain", api.NotContains},
		{"greater or equal", api.GreaterOrEqual},
		{"less or equal", api.LessOrEqual},
		{"set is not", api.SetIsNot},
		{"contains", api.Contains},
		{"greater", api.Greater},
		{"is not", api.IsNot},
		{"set is", api.SetIs},
		{"less", api.Less},
		{"is", api.Is},
		{"<=", api.LessOrEqual},
		{">=", api.GreaterOrEqual},
		{"!=", api.IsNot},
		{"!~", api.NotContains},
		{"<", api.Less},
		{">", api.Greater},
		{"=", api.Is},
		{"~", api.Contains},
	}
}

// Operators are those that are written as words.
func Operators() []string {
	var words []string
	for _, o := range operators() {
		if o.word[0] >= 'a' && o.word[0] <= 'z' {
			words = append(words, o.word)
		}
	}
	slices.Sort(words)
	return words
}

func takeOperator(s string) (op api.Op, rest string, ok bool) {
	for _, o := range operators() {
		if len(s) < len(o.word) || !strings.EqualFold(s[:len(o.word)], o.word) {
			continue
		}
		rest = s[len(o.word):]
		letters := o.word[0] >= 'a' && o.word[0] <= 'z'
		if letters && rest != "" && !strings.ContainsAny(rest[:1], " \t\"") {
			continue
		}
		return o.op, strings.TrimLeft(rest, " \t"), true
	}
	return "", s, false
}

// ParseFilter reads "PROPERTY OP VALUE, VALUE". The operators are the API's
// (is, is not, contains, does not contain, less, less or equal, greater,
// greater or equal, set is, set is not) or =, !=, ~, !~, <, <=, >, >=. A value
// with a comma, a semicolon or brackets stands in double quotes.
func ParseFilter(s string, insideEvent bool) (api.Filter, error) {
	name, rest, err := takeName(strings.TrimSpace(s))
	if err != nil {
		return api.Filter{}, err
	}
	op, rest, ok := takeOperator(rest)
	if !ok {
		return api.Filter{}, operatorError(s, rest)
	}
	p, err := property(name, insideEvent)
	if err != nil {
		return api.Filter{}, err
	}
	values, err := parseValues(rest)
	if err != nil {
		return api.Filter{}, err
	}
	if len(values) == 0 {
		return api.Filter{}, fmt.Errorf("%s has no value: write one behind %q, or \"(none)\" for unset", text.Clean(strings.TrimSpace(s)), string(op))
	}
	return api.Filter{Property: p, Op: op, Values: values}, nil
}

func operatorError(s, rest string) error {
	word, _, _ := strings.Cut(rest, " ")
	var words []string
	for _, o := range operators() {
		words = append(words, o.word)
	}
	switch near := Nearest(word, words); {
	case word == "":
		return fmt.Errorf("%s has no operator: write PROPERTY is VALUE, as in country is Germany", text.Clean(strings.TrimSpace(s)))
	case near != "":
		return fmt.Errorf("%s is not an operator: did you mean %s?", text.Clean(word), near)
	}
	return fmt.Errorf("%s is not an operator: use is, is not, contains, does not contain, <, <=, >, >=, set is, set is not", text.Clean(word))
}

// parseValues reads values separated by commas.
func parseValues(s string) ([]text.Raw, error) {
	var values []text.Raw
	for s = strings.TrimSpace(s); s != ""; {
		var value string
		if s[0] == '"' {
			v, rest, err := takeInside(s)
			if err != nil {
				return nil, err
			}
			if rest = strings.TrimLeft(rest, " \t"); rest != "" && rest[0] != ',' {
				return nil, fmt.Errorf("between %q and %s a comma is missing", text.Clean(v), text.Clean(rest))
			}
			value, s = v, rest
		} else {
			end := strings.IndexByte(s, ',')
			if end < 0 {
				end = len(s)
			}
			value, s = strings.TrimSpace(s[:end]), s[end:]
			if value == "" {
				return nil, fmt.Errorf("a value is missing before a comma: write \"\" for an empty one")
			}
		}
		values = append(values, text.New(value))
		if s = strings.TrimSpace(s); s != "" {
			if s = strings.TrimSpace(s[1:]); s == "" {
				return nil, fmt.Errorf("a value is missing behind the last comma: write \"\" for an empty one")
			}
		}
	}
	return values, nil
}

// PrintFilter is the inverse of ParseFilter, inside and outside of events.
func PrintFilter(f api.Filter) string {
	values := make([]string, len(f.Values))
	for i, v := range f.Values {
		values[i] = printValue(v.Exact())
	}
	return PrintProperty(f.Property) + " " + string(f.Op) + " " + strings.Join(values, ", ")
}

func printValue(s string) string {
	if s != "" && s == strings.TrimSpace(s) && text.IsFit(s) && !strings.ContainsAny(s, "\",;[]\\") {
		return s
	}
	return `"` + escape(s, '"') + `"`
}
