package query

import (
	"fmt"
	"slices"
	"strings"

	"amptui/api"
	"amptui/api/text"
)

// ParseEvent reads an event argument: the name, then bracket groups at its end.
// "[event:source is push]" filters the event, "[by genre]" groups it. A name
// that itself ends in brackets is written with "\[".
func ParseEvent(s string) (api.Event, error) {
	name, groups := splitEvent(s)
	if strings.TrimSpace(name) == "" {
		return api.Event{}, fmt.Errorf("an event has no name: write one, or _active for any active event")
	}
	if open, ok := unclosed(s); ok && len(groups) == 0 {
		return api.Event{}, fmt.Errorf("the bracket in %s is not closed: add a ] at its end (one that belongs to the name is written \\[)", text.Clean(open))
	}
	e := api.Event{Name: text.New(name)}
	for _, g := range groups {
		if prop, ok := strings.CutPrefix(strings.TrimSpace(g), "by "); ok {
			p, err := ParseProperty(prop, true)
			if err != nil {
				return api.Event{}, fmt.Errorf("in [%s]: %w", text.Clean(g), err)
			}
			if e.By, err = once(e.By, p, PrintProperty); err != nil {
				return api.Event{}, fmt.Errorf("in [%s]: %w", text.Clean(g), err)
			}
			continue
		}
		f, err := ParseFilter(g, true)
		if word, rest, _ := strings.Cut(strings.TrimSpace(g), " "); err != nil && Nearest(word, []string{"by"}) != "" {
			return api.Event{}, fmt.Errorf("in [%s]: %s is not understood: did you mean [by %s]?", text.Clean(g), text.Clean(word), text.Clean(rest))
		}
		if err != nil {
			return api.Event{}, fmt.Errorf("in [%s]: %w (a name that ends in brackets is written with \\[)", text.Clean(g), err)
		}
		if e.Filters, err = once(e.Filters, f, PrintFilter); err != nil {
			return api.Event{}, fmt.Errorf("in [%s]: %w", text.Clean(g), err)
		}
	}
	return e, nil
}

// once adds what is not in a list yet: the same once more would say nothing.
func once[T any](list []T, x T, printed func(T) string) ([]T, error) {
	if slices.ContainsFunc(list, func(y T) bool { return printed(x) == printed(y) }) {
		return nil, fmt.Errorf("%s is given twice: leave one out", text.Clean(printed(x)))
	}
	return append(list, x), nil
}

// PrintEvent is the inverse of ParseEvent.
func PrintEvent(e api.Event) string {
	var groups strings.Builder
	for _, f := range e.Filters {
		groups.WriteString("[" + PrintFilter(f) + "]")
	}
	for _, p := range e.By {
		groups.WriteString("[by " + PrintProperty(p) + "]")
	}
	name := e.Name.Exact()
	_, open := unclosed(name + groups.String())
	if got, _ := splitEvent(name + groups.String()); got == name && !open {
		return name + groups.String()
	}
	name = strings.NewReplacer(`\`, `\\`, `[`, `\[`).Replace(name)
	if bare, ok := strings.CutSuffix(name, " "); ok {
		name = bare + `\ `
	}
	return name + groups.String()
}

// splitEvent cuts the bracket groups at the end of s off its name.
func splitEvent(s string) (name string, groups []string) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte(`[\ `, s[i+1]) >= 0:
			i++
		case s[i] == '[' && i > 0:
			if groups, ok := takeGroups(s[i:]); ok {
				return unescapeName(trimBlanks(s[:i])), groups
			}
		}
	}
	return unescapeName(s), nil
}

// unclosed is the part of an event argument that begins a bracket group and does
// not end it. A bracket that begins nothing belongs to the name.
func unclosed(s string) (string, bool) {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && i+1 < len(s) && strings.IndexByte(`[\ `, s[i+1]) >= 0:
			i++
		case s[i] == '[' && i > 0:
			if _, ok := takeGroups(s[i:]); ok {
				return "", false
			}
			for _, begins := range []string{"by ", "event:", "gp:"} {
				if strings.HasPrefix(strings.TrimLeft(s[i+1:], " "), begins) {
					return s[i:], true
				}
			}
		}
	}
	return "", false
}

// trimBlanks cuts blanks between a name and its brackets, but no escaped one.
func trimBlanks(s string) string {
	trimmed := strings.TrimRight(s, " ")
	if len(trimmed) < len(s) && strings.HasSuffix(trimmed, `\`) {
		return trimmed + " "
	}
	return trimmed
}

func unescapeName(s string) string {
	if !strings.Contains(s, `\`) {
		return s // as nearly every name
	}
	return strings.NewReplacer(`\\`, `\`, `\[`, `[`, `\ `, " ").Replace(s)
}

// takeGroups reads s as bracket groups up to its end, if it is nothing else.
func takeGroups(s string) (groups []string, ok bool) {
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		if s[0] != '[' {
			return nil, false
		}
		end := indexOutside(s[1:], "]")
		if end < 0 {
			return nil, false
		}
		groups = append(groups, s[1:1+end])
		s = s[2+end:]
	}
	return groups, true
}

// indexOutside is the place of the first of the characters that stands outside
// double quotes, or -1.
func indexOutside(s, chars string) int {
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			_, rest, err := takeInside(s[i:])
			if err != nil {
				return -1
			}
			i = len(s) - len(rest) - 1
		case strings.IndexByte(chars, s[i]) >= 0:
			return i
		}
	}
	return -1
}

// ParseSegment reads conditions separated by semicolons, which must all hold:
// filters of user properties, "cohort is ID", "cohort is not ID", and
// "performed EVENT >= 3 in 30d" (also "each 30d", "this interval", "ever").
func ParseSegment(s string) (api.Segment, error) {
	var segment api.Segment
	for {
		end := indexOutside(s, ";")
		part := s
		if end >= 0 {
			part = s[:end]
		}
		c, err := ParseCondition(part)
		if err != nil {
			return nil, err
		}
		if segment, err = once(segment, c, PrintCondition); err != nil {
			return nil, err
		}
		if end < 0 {
			return segment, nil
		}
		s = s[end+1:]
	}
}

// PrintSegment is the inverse of ParseSegment.
func PrintSegment(s api.Segment) string {
	parts := make([]string, len(s))
	for i, c := range s {
		parts[i] = PrintCondition(c)
	}
	return strings.Join(parts, "; ")
}

// ParseCondition reads one condition of a segment.
func ParseCondition(s string) (api.Condition, error) {
	s = strings.TrimSpace(s)
	word, rest, _ := strings.Cut(s, " ")
	switch strings.ToLower(word) {
	case "cohort":
		return parseCohort(s, rest)
	case "performed":
		p, err := parsePerformed(rest)
		return api.Condition{Performed: p}, err
	}
	f, err := ParseFilter(s, false)
	if err != nil {
		if near := Nearest(word, []string{"performed", "cohort"}); near != "" && Nearest(word, BuiltIn()) == "" {
			return api.Condition{}, fmt.Errorf("%s is not understood: did you mean %s?", text.Clean(word), near)
		}
		return api.Condition{}, err
	}
	if f.Property.Scope == api.EventProperty {
		return api.Condition{}, fmt.Errorf("%s filters events, not users: put it behind the event's name, as in \"NAME[%s]\"", text.Clean(s), text.Clean(s))
	}
	return api.Condition{Filter: &f}, nil
}

// parseCohort reads what stands behind "cohort": is or is not, and one id.
func parseCohort(s, rest string) (api.Condition, error) {
	wrong := fmt.Errorf("%s: name one cohort, as in cohort is NAME or cohort is not ID (the id stands in its web address)", text.Clean(s))
	op, id, ok := takeOperator(strings.TrimLeft(rest, " \t"))
	if !ok || op != api.Is && op != api.IsNot {
		return api.Condition{}, wrong
	}
	values, err := parseValues(id)
	if err != nil {
		return api.Condition{}, err
	}
	if len(values) != 1 {
		return api.Condition{}, wrong
	}
	return api.Condition{Cohort: &api.Cohort{ID: values[0], Not: op == api.IsNot}}, nil
}

// PrintCondition is the inverse of ParseCondition.
func PrintCondition(c api.Condition) string {
	switch {
	case c.Cohort != nil && c.Cohort.Not:
		return "cohort is not " + printCohort(c.Cohort.ID)
	case c.Cohort != nil:
		return "cohort is " + printCohort(c.Cohort.ID)
	case c.Performed != nil:
		return "performed " + printPerformed(*c.Performed)
	case c.Filter != nil:
		return PrintFilter(*c.Filter)
	}
	return ""
}

// printCohort quotes an id that would read as a negation or end a condition.
func printCohort(id text.Raw) string {
	if s := id.Exact(); strings.HasPrefix(s, "not ") {
		return `"` + escape(s, '"') + `"`
	}
	return printValue(id.Exact())
}

func parsePerformed(s string) (*api.Performed, error) {
	wrong := fmt.Errorf("performed %s is not understood: write performed \"EVENT\" >= 3 in 30d (or: each 30d, this interval, ever)", text.Clean(s))
	name, rest, err := performedName(s)
	if err != nil {
		return nil, err
	}
	op := ""
	for _, o := range []string{"<=", ">=", "!=", "<", ">", "="} {
		if r, ok := strings.CutPrefix(rest, o); ok {
			op, rest = o, strings.TrimSpace(r)
			break
		}
	}
	count, span, _ := strings.Cut(rest, " ")
	n, err := wholeNumber(count)
	if op == "" || err != nil {
		return nil, wrong
	}
	e, err := ParseEvent(name)
	if err != nil {
		return nil, err
	}
	p := &api.Performed{Event: e, Op: op, Count: n}
	switch span = strings.TrimSpace(span); {
	case span == "" || span == "ever":
		p.Time = api.AllTime
	case span == "this interval":
		p.Time = api.ThisInterval
	default:
		word, days, _ := strings.Cut(span, " ")
		times := map[string]api.PerformedTime{"each": api.EachInterval, "in": api.Rolling}
		d, err := ParseSpan(strings.TrimSpace(days))
		if times[word] == "" || err != nil || d.Unit != Days && d.Unit != Weeks {
			return nil, wrong
		}
		if p.Time, p.Days = times[word], d.N; d.Unit == Weeks {
			p.Days = 7 * d.N
		}
	}
	return p, nil
}

func performedName(s string) (name, rest string, err error) {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, `"`) {
		name, rest, err = takeInside(s)
		return name, strings.TrimSpace(rest), err
	}
	end := strings.IndexAny(s, "<>=! ")
	if end < 0 {
		end = len(s)
	}
	return s[:end], strings.TrimSpace(s[end:]), nil
}

func printPerformed(p api.Performed) string {
	span := "ever"
	switch p.Time {
	case api.ThisInterval:
		span = "this interval"
	case api.EachInterval:
		span = fmt.Sprintf("each %dd", p.Days)
	case api.Rolling:
		span = fmt.Sprintf("in %dd", p.Days)
	}
	return fmt.Sprintf("%s %s %d %s", QuoteInside(PrintEvent(p.Event)), p.Op, p.Count, span)
}

// EqualEvents says whether two lists ask for the same events.
func EqualEvents(a, b []api.Event) bool {
	return slices.EqualFunc(a, b, func(x, y api.Event) bool { return PrintEvent(x) == PrintEvent(y) })
}
