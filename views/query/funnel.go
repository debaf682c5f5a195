package query

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"amptui/api"
)

// Order says how the steps of a funnel must follow each other, in the words of
// the query line.
type Order string

// The orders there are.
const (
	Ordered    Order = "ordered"
	AnyOrder   Order = "any"
	Sequential Order = "sequential"
)

// Orders lists the orders.
func Orders() []Order { return []Order{Ordered, AnyOrder, Sequential} }

// Mode is the order in the API's own word.
func (o Order) Mode() api.FunnelMode {
	switch o {
	case AnyOrder:
		return api.Unordered
	case Sequential:
		return api.Sequential
	}
	return api.Ordered
}

// Funnel asks how far users get through steps.
type Funnel struct {
	Steps    []api.Event
	Window   Window
	Order    Order
	Users    api.Users // active or new
	Who      Who
	Limit    int // groups
	Range    Range
	Interval api.Interval // of the conversion over time
}

// ErrSteps says that there is nothing to ask yet.
var ErrSteps = errors.New("a funnel needs two steps or more")

// DefaultFunnel is a funnel without steps.
func DefaultFunnel() Funnel {
	return Funnel{
		Window:   Window(30 * 24 * time.Hour),
		Order:    Ordered,
		Users:    api.ActiveUsers,
		Limit:    100,
		Range:    Range{Last: Span{N: 30, Unit: Days}},
		Interval: api.Day,
	}
}

// FunnelIntervals lists the intervals of the conversion over time.
func FunnelIntervals() []api.Interval { return []api.Interval{api.Day, api.Week, api.Month} }

// Bind names the question's flags.
func (f *Funnel) Bind(fs *pflag.FlagSet) {
	fs.Var(&f.Window, "within", "conversion window, from the first step to the last: 30m, 12h, 7d")
	fs.Var(ChoiceFlag(&f.Order, Orders()...), "order", "ordered: as listed; any: in any order; sequential: with no other event between")
	fs.Var(ChoiceFlag(&f.Users, api.ActiveUsers, api.NewUsers), "users", "all active users, or those who were new in these dates")
	f.Who.Bind(fs, 1)
	fs.IntVar(&f.Limit, "limit", f.Limit, "how many groups at most, up to 1000")
	f.Range.Bind(fs)
	fs.Var(IntervalFlag{To: &f.Interval, Of: FunnelIntervals()}, "interval", "length of a bucket of the conversion over time")
}

// Take reads the steps.
func (f *Funnel) Take(words []string) error {
	f.Steps = nil
	for _, w := range words {
		e, err := ParseEvent(w)
		if err != nil {
			return err
		}
		f.Steps = append(f.Steps, e)
	}
	return f.Check()
}

// Words is the inverse of Take.
func (f *Funnel) Words() []string {
	words := make([]string, len(f.Steps))
	for i, e := range f.Steps {
		words[i] = PrintEvent(e)
	}
	return words
}

// mostSteps is what fits on a screen and into a question; the API names no
// limit.
const mostSteps = 20

// Check says what is wrong with a funnel, however many steps it has.
func (f Funnel) Check() error {
	switch {
	case len(f.Steps) > mostSteps:
		return fmt.Errorf("a funnel has %d steps at most, not %d", mostSteps, len(f.Steps))
	case slices.ContainsFunc(f.Steps, func(e api.Event) bool { return len(e.By) > 0 }):
		return fmt.Errorf("a step takes filters, no group: group the whole funnel with --by")
	case slices.ContainsFunc(f.Steps, func(e api.Event) bool { return strings.TrimSpace(e.Name.Safe()) == "_new" }):
		return fmt.Errorf("_new users are no step: count new users only with --users new")
	case f.Window <= 0:
		return fmt.Errorf("a conversion window of nothing lets nobody through: write 30m, 12h or 7d")
	case f.Order == AnyOrder && time.Duration(f.Window) < 24*time.Hour:
		return fmt.Errorf("any order needs a window of whole days, not of %s: write --within 1d first", f.Window.String())
	case f.Limit < 1 || f.Limit > 1000:
		return fmt.Errorf("the limit of groups is between 1 and 1000, not %d", f.Limit)
	}
	return f.Who.Check(1)
}

// Query is what the funnel asks as of now, in the zone of now. An error says in
// a sentence what cannot be asked; it is ErrSteps while there are too few steps.
func (f Funnel) Query(now time.Time) (api.FunnelQuery, error) {
	if len(f.Steps) < 2 {
		return api.FunnelQuery{}, ErrSteps
	}
	if err := f.Check(); err != nil {
		return api.FunnelQuery{}, err
	}
	dates, err := f.Range.Whole(now, f.Interval)
	if err != nil {
		return api.FunnelQuery{}, err
	}
	q := api.FunnelQuery{
		Dates: dates, Steps: f.Steps, Mode: f.Order.Mode(), Users: f.Users, Interval: f.Interval,
		Window: time.Duration(f.Window), Segments: f.Who.Asked(), By: f.Who.By,
	}
	if len(f.Who.By) > 0 {
		q.Limit = f.Limit
	}
	return q, q.Check()
}
