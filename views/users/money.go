package users

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"amptui/charts"
)

// revenueWords is what a user has paid, in the currency of the loaded purchases: the
// API adds amounts up whatever they are in, and names no currency.
func (v *view) revenueWords() string {
	amount, h := charts.Exact(v.person.user.Revenue), v.person.history
	var units []string
	for _, s := range h.spans {
		for i := range s.events {
			if doc := h.json(&s.events[i]); !bytes.Contains(doc, []byte("revenue")) {
				continue
			}
			if unit, ok := paidIn(v.eventDoc(&s.events[i])); ok && !slices.Contains(units, unit) {
				units = append(units, unit)
			}
		}
	}
	slices.Sort(units)
	switch {
	case len(units) == 0, len(units) == 1 && units[0] == "":
		return amount
	case len(units) > 1 && units[0] == "":
		return fmt.Sprintf("%s (a sum of amounts in %s and without a currency)", amount, strings.Join(units[1:], ", "))
	case len(units) > 1:
		return fmt.Sprintf("%s (a sum of amounts in %s)", amount, strings.Join(units, ", "))
	case !h.whole():
		return fmt.Sprintf("%s (%s in the events that are loaded)", amount, units[0])
	}
	return amount + " " + units[0]
}

// paidIn is the currency of an event that brought revenue, empty where it names none;
// ok says whether it did.
func paidIn(doc []byte) (unit string, ok bool) {
	root := &node{doc: doc, at: -1}
	root.parse()
	for _, kid := range root.kids {
		if kid.key != "event_properties" {
			continue
		}
		kid.parse()
		for _, p := range kid.kids {
			if p.isMoney() && strings.HasSuffix(p.key, "revenue") && !p.isEmpty() {
				return kid.currency(), true
			}
		}
	}
	return "", false
}
