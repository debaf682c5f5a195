package users

import (
	"slices"
	"strings"

	"amptui/api/text"
)

// detail is a property of an event in words, both fit for the terminal.
type detail struct {
	name, value string
	money       bool // the value is an amount, with its currency
}

// brief are the details of an event without the currency that its amounts have with them.
func brief(doc []byte) []detail {
	all := details(doc)
	money := slices.ContainsFunc(all, func(d detail) bool { return d.money })
	return slices.DeleteFunc(all, func(d detail) bool { return money && isCurrency(d.name) })
}

// details are the own properties of an event that say something, in its own order;
// amounts of money with the currency that the event names.
func details(doc []byte) []detail {
	own := ownOf(doc)
	unit := own.currency()
	var out []detail
	for _, p := range own.kids {
		if p.isEmpty() {
			continue
		}
		d := detail{name: text.Clean(p.key), value: text.Clean(short(p.word()))}
		if unit != "" && p.isMoney() {
			d.value, d.money = d.value+" "+unit, true
		}
		out = append(out, d)
	}
	return out
}

// ownOf is the object of an event's own properties, with nothing in it where none was
// sent.
func ownOf(doc []byte) *node {
	root := &node{doc: doc, at: -1}
	root.parse()
	for _, kid := range root.kids {
		if kid.key == "event_properties" {
			kid.parse()
			return kid
		}
	}
	return &node{}
}

// isMoney says whether a property of an event is an amount of money: those that
// Amplitude's own calls for revenue write, with its sign or without.
func (n *node) isMoney() bool {
	return slices.Contains([]string{"revenue", "price"}, strings.TrimPrefix(n.key, "$")) && strings.Trim(string(n.doc), `"0123456789.-`) == ""
}

func isCurrency(key string) bool { return strings.EqualFold(strings.TrimPrefix(key, "$"), "currency") }

// currency is the code of the currency that an object names, such as EUR; a
// pseudonym is none.
func (n *node) currency() string {
	for _, kid := range n.kids {
		code := strings.ToUpper(kid.word())
		if isCurrency(kid.key) && len(code) == 3 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			return code
		}
	}
	return ""
}
