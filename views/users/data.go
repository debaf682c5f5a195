package users

import (
	"encoding/json"
	"math"
	"slices"
	"strings"

	"amptui/api/text"
	"amptui/views"
)

// data is the documented JSON of one user, with these events.
func (v *view) data(events []*event) any {
	out := struct {
		Match  string      `json:"match"`
		Users  []who       `json:"users"`
		User   any         `json:"user"`
		Events []eventData `json:"events"`
		Loaded loadedData  `json:"loaded"`
		Funnel any         `json:"funnel,omitempty"`
		Beside any         `json:"beside,omitempty"`
	}{Match: v.found.matchWord(), Users: []who{}, User: v.userData(v.person), Events: []eventData{}}
	if len(v.found.matches) == 1 {
		m := v.found.matches[0]
		m.UserID = v.person.user.UserID
		out.Users = append(out.Users, v.whoOf(m))
	}
	for _, e := range events {
		out.Events = append(out.Events, v.eventData(e))
	}
	h := v.person.history
	out.Loaded = loadedData{Events: h.count(), Complete: h.whole(), Back: v.iso(h.back())}
	if h.sure() {
		n := h.total()
		out.Loaded.Of = &n
	}
	if v.state.Funnel != "" && v.stray == nil {
		out.Funnel = v.funnelData()
	}
	if v.other != nil {
		out.Beside = v.besideData()
	}
	return out
}

// loadedData says how much of the user's events the answer holds.
type loadedData struct {
	Events   int    `json:"events"`
	Of       *int   `json:"of"`
	Complete bool   `json:"complete"`
	Back     string `json:"back_to"`
}

type eventData struct {
	Time       string          `json:"time"`
	Event      text.Raw        `json:"event"`
	Session    *string         `json:"session"`
	Properties json.RawMessage `json:"properties"`
	User       json.RawMessage `json:"user_properties"`
	Changes    []changeData    `json:"changes"`
}

type changeData struct {
	Name string    `json:"name"`
	From *text.Raw `json:"from"`
	To   *text.Raw `json:"to"`
}

func (v *view) eventData(e *event) eventData {
	doc := v.eventDoc(e)
	out := eventData{
		Time: v.iso(e.time), Event: e.name, Changes: []changeData{},
		Properties: part(doc, "event_properties"), User: part(doc, "user_properties"),
	}
	if s := v.sessionOf(e); s != "" {
		out.Session = &s
	}
	word := func(name string, r text.Raw) *text.Raw {
		if r.IsZero() {
			return nil
		}
		r = v.env.Mask.Property(name, r)
		return &r
	}
	for _, c := range e.changes {
		out.Changes = append(out.Changes, changeData{c.name, word(c.name, c.from), word(c.name, c.to)})
	}
	return out
}

// userData is who a user is, with the API's names; what is not known is null or
// left out.
func (v *view) userData(p *person) any {
	u, mask := p.user, v.env.Mask
	out := map[string]any{
		"user_id": nil, "amplitude_id": mask.Property("amplitude_id", number(p.id)),
		"first_used": null(u.First), "last_used": null(u.Last),
		"num_events": views.Number(u.Events), "num_sessions": views.Number(u.Sessions),
		"revenue": views.Number(u.Revenue), "purchases": views.Number(u.Purchases),
		"properties": map[string]json.RawMessage{},
	}
	if !u.UserID.IsZero() {
		out["user_id"] = mask.Property("user_id", u.UserID)
	}
	if u.Usage > 0 {
		out["usage_ms"] = u.Usage.Milliseconds()
	}
	for _, t := range slices.Concat(list("merged_amplitude_ids", numbers(u.Merged), mask), list("device_ids", u.DeviceIDs, mask), location(u, mask)) {
		out[t.name] = t.doc
	}
	for _, f := range u.Fields {
		out[f.Name] = mask.Property(f.Name, f.Value)
	}
	properties := map[string]json.RawMessage{}
	for _, t := range custom(u, mask) {
		properties[strings.TrimPrefix(t.name, "gp:")] = t.doc
	}
	out["properties"] = properties
	return out
}

func null(r text.Raw) any {
	if r.IsZero() {
		return nil
	}
	return r
}

// funnelData is how far the user gets, beside all users.
func (v *view) funnelData() any {
	type step struct {
		Event   text.Raw     `json:"event"`
		At      *string      `json:"at"`
		Took    views.Number `json:"took_ms"`
		Median  views.Number `json:"all_median_ms"`
		Count   views.Number `json:"all_count"`
		OfFirst views.Number `json:"all_of_first"`
	}
	j := v.journey
	steps, _ := besides(v.shownFunnel(), j, v.all.Value.funnel)
	out := struct {
		Says     string `json:"says"`
		Tries    int    `json:"tries"`
		Finished int    `json:"finished"`
		Steps    []step `json:"steps"`
	}{v.journeyWords(), j.tries, j.finished, []step{}}
	for i, s := range steps {
		one := step{
			Event: s.name, Took: views.Number(math.NaN()),
			Median: views.Number(s.median), Count: views.Number(s.count), OfFirst: views.Number(s.ofFirst),
		}
		if s.own.ok {
			at := v.iso(s.own.at)
			one.At = &at
			if i > 0 {
				one.Took = views.Number(milliseconds(s.own.took))
			}
		}
		out.Steps = append(out.Steps, one)
	}
	return out
}

// besideData is how another user differs.
func (v *view) besideData() any {
	type differs struct {
		Name string `json:"name"`
		This string `json:"this"`
		That string `json:"that"`
	}
	type happened struct {
		Event text.Raw `json:"event"`
		Count int      `json:"count"`
	}
	c := v.compared
	out := struct {
		User   any           `json:"user"`
		Differ []differs     `json:"differ"`
		Only   [2][]happened `json:"only"`
		Same   []text.Raw    `json:"same_path"`
		Then   [2][]text.Raw `json:"then"`
		Whole  bool          `json:"from_the_first_event"`
	}{User: v.userData(v.other), Differ: []differs{}, Same: c.path.same, Then: c.path.then, Whole: c.path.whole}
	for _, p := range c.traits {
		out.Differ = append(out.Differ, differs{p.name, p.a, p.b})
	}
	for side, list := range c.only {
		out.Only[side] = []happened{}
		for _, t := range list {
			out.Only[side] = append(out.Only[side], happened{t.name, t.count})
		}
	}
	return out
}
