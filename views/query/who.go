package query

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"amptui/api"
	"amptui/api/text"
)

// None is the choice that takes something away.
const None = "none"

// Who says which users a question is about and how they are told apart.
type Who struct {
	By       []api.Property  // group-bys by user properties
	Where    []api.Condition // all must hold, in every segment
	Segments []api.Segment   // compared
}

// Bind names the flags --by, --where and --segment. A question has so many
// group-bys at most.
func (w *Who) Bind(fs *pflag.FlagSet, most int) {
	by := "group by a user property"
	if most > 1 {
		by += " (at most two); an event property goes behind the event: \"NAME[by genre]\""
	}
	property := func(typed string) (api.Property, error) {
		p, err := ParseProperty(typed, false)
		if err != nil {
			err = cmp.Or(severalProperties(typed, most), err)
		}
		return p, err
	}
	fs.Var(ListFlag(&w.By, "PROPERTY", property, PrintProperty), "by", by)
	fs.Var(ListFlag(&w.Where, "FILTER", ParseCondition, PrintCondition), "where", "only users for whom this holds: 'country is Germany, France', 'cohort is NAME', 'performed \"NAME\" >= 3 in 30d' (repeat: all must hold)")
	fs.Var(ListFlag(&w.Segments, "'FILTER; FILTER'", ParseSegment, PrintSegment), "segment", "users to compare (repeat for more)")
}

// severalProperties says how a list of properties is written, or that there can be one
// only; nil for what is no list.
func severalProperties(typed string, most int) error {
	var names []string
	for part := range strings.SplitSeq(typed, ",") {
		p, err := ParseProperty(part, false)
		if err != nil {
			return nil
		}
		names = append(names, PrintProperty(p))
	}
	switch {
	case len(names) < 2:
		return nil
	case most == 1:
		return fmt.Errorf("groups are by one property here, not by %d: leave one of %s", len(names), text.Clean(strings.Join(names, ", ")))
	}
	return fmt.Errorf("each property has a flag of its own: write --by %s", text.Clean(strings.Join(names, " --by ")))
}

// Check says what cannot be asked.
func (w Who) Check(most int) error {
	switch {
	case len(w.By) > most && most == 1:
		return fmt.Errorf("groups are by one property here, not by %d: drop all --by but one", len(w.By))
	case len(w.By) > most:
		return fmt.Errorf("a chart is grouped by two properties at most, not %d", len(w.By))
	case slices.ContainsFunc(w.By, func(p api.Property) bool { return p.Scope == api.EventProperty }):
		return fmt.Errorf("an event property groups inside its event: \"NAME[by genre]\"")
	case len(w.By) > 0 && len(w.Segments) > 1:
		return fmt.Errorf("a chart of several segments cannot be grouped too: drop --by or all --segment but one")
	}
	return nil
}

// Asked joins the filters of all users with those of each segment.
func (w Who) Asked() []api.Segment {
	if len(w.Segments) == 0 && len(w.Where) > 0 {
		return []api.Segment{w.Where}
	}
	out := make([]api.Segment, len(w.Segments))
	for i, seg := range w.Segments {
		out[i] = append(append(api.Segment{}, w.Where...), seg...)
	}
	return out
}

// Narrows lists what leaves users or events out, as filters are written: the conditions
// of all users, the segments, and the filters of events.
func (w Who) Narrows(events ...api.Event) []string {
	var out []string
	for _, c := range w.Where {
		out = append(out, text.Clean(PrintCondition(c)))
	}
	var segments []string
	for _, s := range w.Segments {
		segments = append(segments, text.Clean(PrintSegment(s)))
	}
	if len(segments) > 0 {
		out = append(out, strings.Join(segments, " or "))
	}
	for _, e := range events {
		if len(e.Filters) > 0 {
			e.By = nil
			out = append(out, text.Clean(PrintEvent(e)))
		}
	}
	return out
}

// Group adds the group-by that is typed, drops one that is there, or with
// "none" drops all. Where there may be one only, the new one takes its place.
func (w *Who) Group(typed string, most int) error {
	if typed == None {
		w.By = nil
		return nil
	}
	p, err := ParseProperty(typed, false)
	switch {
	case err != nil:
		return err
	case p.Scope == api.EventProperty:
		return fmt.Errorf("%s is a property of events: groups are by user properties here", PrintProperty(p))
	case most == 1 && !slices.Contains(w.By, p):
		w.By = []api.Property{p}
		return nil
	}
	w.By = Toggled(w.By, p, PrintProperty)
	return nil
}

// Filter adds the filters of users that are typed, or drops those that are
// there.
func (w *Who) Filter(typed string) error {
	segment, err := ParseSegment(typed)
	if err != nil {
		return err
	}
	for _, c := range segment {
		w.Where = Toggled(w.Where, c, PrintCondition)
	}
	return nil
}

// Compare adds the segment that is typed, drops one that is there, or with
// "none" drops all.
func (w *Who) Compare(typed string) error {
	if typed == None {
		w.Segments = nil
		return nil
	}
	segment, err := ParseSegment(typed)
	if err == nil {
		w.Segments = Toggled(w.Segments, segment, PrintSegment)
	}
	return err
}

// Grouped says whether the answer may have several groups.
func (w Who) Grouped() bool { return len(w.By) > 0 || len(w.Segments) > 1 }

// Toggled adds what is not in the list, or drops what is; two that print alike
// are the same.
func Toggled[T any](list []T, x T, printed func(T) string) []T {
	at := slices.IndexFunc(list, func(y T) bool { return printed(x) == printed(y) })
	if at >= 0 {
		return slices.Delete(slices.Clone(list), at, at+1)
	}
	return append(slices.Clone(list), x)
}

// IsEventFilter says whether what is typed filters events, not users.
func IsEventFilter(typed string) bool { return strings.HasPrefix(strings.TrimSpace(typed), "event:") }
