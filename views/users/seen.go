package users

import (
	"slices"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// mostSeen is how many of the newest events are looked at for names of properties.
const mostSeen = 200

// Seen are the properties of the user and of the newest events.
func (v *view) Seen() []string {
	if v.person == nil {
		return nil
	}
	var out []string
	add := func(p api.Property) {
		if name := query.PrintProperty(p); !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	keys := func(doc []byte, add func(key string)) {
		root := &node{doc: doc, at: -1}
		root.parse()
		for _, kid := range root.kids {
			add(kid.key)
		}
	}
	keys(v.person.user.Properties, func(key string) { add(api.Property{Scope: api.UserProperty, Key: text.New("gp:" + key)}) })
	h := v.person.history
	if len(h.spans) == 0 {
		return out
	}
	newest := h.spans[0].events
	for i := range newest[:min(len(newest), mostSeen)] {
		keys(part(h.json(&newest[i]), "event_properties"), func(key string) {
			add(api.Property{Scope: api.EventProperty, Key: text.New(key)})
		})
	}
	return out
}
