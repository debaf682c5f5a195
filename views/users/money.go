package users

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"amptui/charts"
	"amptui/views"
)

// revenueWords is what a user has ever paid, in the currency of the purchases where all
// are loaded: the API adds amounts up whatever they are in, and names no currency. Where
// not all are, the figures are of more than what is here, which is told apart.
func (v *view) revenueWords() string {
	amount, purchases, h := charts.Exact(v.person.user.Revenue), some(v.person.user.Purchases, "purchase"), v.person.history
	units, paid := v.paid()
	in := strings.Join(slices.DeleteFunc(slices.Clone(units), func(unit string) bool { return unit == "" }), ", ")
	if in != "" && units[0] == "" {
		in += " and without a currency"
	}
	if !h.whole() {
		loaded := map[bool]string{true: "loaded is ", false: "loaded are "}[paid == 1] + counted(paid, "event") + " with revenue"
		if in != "" {
			loaded += ", in " + in
		}
		return views.Joined("; ", views.Joined(", ", amount, purchases), loaded)
	}
	switch {
	case len(units) > 1:
		amount = fmt.Sprintf("%s (a sum of amounts in %s)", amount, in)
	case in != "":
		amount += " " + in
	}
	return views.Joined(", ", amount, purchases)
}

// paid are the currencies of the loaded events that brought revenue, sorted, an empty one
// where some name none, and how many events they are.
func (v *view) paid() (units []string, n int) {
	h := v.person.history
	for _, s := range h.spans {
		for i := range s.events {
			if doc := h.json(&s.events[i]); !bytes.Contains(doc, []byte("revenue")) {
				continue
			}
			unit, ok := paidIn(v.eventDoc(&s.events[i]))
			if !ok {
				continue
			}
			if n++; !slices.Contains(units, unit) {
				units = append(units, unit)
			}
		}
	}
	slices.Sort(units)
	return units, n
}

// paidIn is the currency of an event that brought revenue, empty where it names none;
// ok says whether it did.
func paidIn(doc []byte) (unit string, ok bool) {
	own := ownOf(doc)
	for _, p := range own.kids {
		if p.isMoney() && strings.HasSuffix(p.key, "revenue") && !p.isEmpty() {
			return own.currency(), true
		}
	}
	return "", false
}
