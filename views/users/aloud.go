package users

import (
	"fmt"
	"strings"
	"time"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// heard is events for somebody who listens: sentences in the place of cells.
type heard struct {
	v      *view
	events []*event       // the newest first
	in     map[spot]place // the session that each is in
	shown  map[spot]int   // how many of these are in a session, by its newest event
}

// place is a session among those of its span.
type place struct {
	sessions []session
	at       int
}

func (p place) session() session { return p.sessions[p.at] }

// newest tells sessions apart.
func (p place) newest() spot { return p.session().events[0].spot }

func (v *view) listen(events []*event) heard {
	h := heard{v, events, map[spot]place{}, map[spot]int{}}
	for i := range v.person.history.spans {
		sessions := sessionsOf(v.person.history, i)
		for k := range sessions {
			for _, e := range sessions[k].events {
				h.in[e.spot] = place{sessions, k}
			}
		}
	}
	for _, e := range events {
		h.shown[h.in[e.spot].newest()]++
	}
	return h
}

// row is an event in a sentence: its session and its day where those are others than
// of the row that was read before it, then what happened when, with which properties,
// and what of the user has changed by it.
func (h heard) row(i, after int) string {
	e := h.events[i]
	var before *event
	if after >= 0 {
		before = h.events[after]
	}
	said := ""
	if here := h.in[e.spot]; before == nil || here.newest() != h.in[before.spot].newest() {
		if before != nil {
			said = h.between(h.in[before.spot], here)
		}
		said += h.session(here) + ". "
		before = here.session().events[0] // its day was said
		if events := here.session().events; h.day(before) != h.day(events[len(events)-1]) {
			before = nil
		}
	}
	words := []string{nameOf(e) + h.clock(e, before)}
	for _, c := range e.changes {
		if !h.v.story.counters[c.name] {
			words = append(words, h.v.changeAloud(c))
		}
	}
	for n, d := range brief(h.v.eventDoc(e)) {
		if n == mostSaid {
			words = append(words, "and more")
			break
		}
		words = append(words, d.name+": "+charts.Cut(d.value, 60))
	}
	return said + strings.Join(words, "; ")
}

// mostSaid is how many properties of an event are read among others; all are where it
// is opened.
const mostSaid = 12

// day is the day of an event.
func (h heard) day(e *event) string { return e.time.In(h.v.env.Clock()).Format(time.DateOnly) }

// clock is when an event was, with the day where that is another than that of the event
// whose day was said last.
func (h heard) clock(e, before *event) string {
	if noTime(e.time) {
		return ", at a time that was not sent"
	}
	at := e.time.In(h.v.env.Clock())
	if before == nil || h.day(e) != h.day(before) {
		return " on " + at.Format(dayFormat(at, h.v.now())) + " at " + clock(at)
	}
	return " at " + clock(at)
}

// between is how long nothing happened between a session and an older one, or what
// happened that is not read.
func (h heard) between(newer, older place) string {
	if &newer.sessions[0] != &older.sessions[0] || older.at <= newer.at {
		return ""
	}
	from, _ := newer.session().ends(time.UTC)
	_, to := older.session().ends(time.UTC)
	if noTime(from) || noTime(to) || from.Sub(to) < silence {
		return ""
	}
	events := 0
	for _, s := range older.sessions[newer.at+1 : older.at] {
		events += len(s.events)
	}
	if events == 0 {
		return "Nothing for " + quietWords(from.Sub(to)) + ". "
	}
	return "Then " + quietWords(from.Sub(to)) + " with " + leftOut(older.at-newer.at-1, events) + ". "
}

// session is when a session was and how much was done in it.
func (h heard) session(p place) string {
	s, head := p.session(), "Session of "
	if s.events[0].session <= 0 {
		head = "Out of sessions, "
	}
	return head + s.when(h.v.now()) + ", " + s.many(h.shown[p.newest()], "at least ")
}

// nameOf is the name of an event, or that it has none.
func nameOf(e *event) string {
	if name := e.name.Safe(); name != "" {
		return name
	}
	return "(no name)"
}

// changeAloud is what a property was and is, in words.
func (v *view) changeAloud(c change) string {
	name := text.Clean(strings.TrimPrefix(c.name, "gp:"))
	from, to := v.env.Mask.Property(c.name, c.from), v.env.Mask.Property(c.name, c.to)
	switch {
	case c.from.IsZero():
		return name + " is now " + charts.Cut(to.Safe(), 60)
	case c.to.IsZero():
		return name + " is no longer " + charts.Cut(from.Safe(), 60)
	}
	return name + " changed from " + charts.Cut(from.Safe(), 60) + " to " + charts.Cut(to.Safe(), 60)
}

// whole is all that is known of an event: when it was and what has changed by it, then
// what was sent.
func (h heard) whole(i int) (said, sent []string) {
	e := h.events[i]
	said = []string{nameOf(e)}
	if noTime(e.time) {
		said[0] += ", at a time that was not sent"
	} else {
		at := e.time.In(h.v.env.Clock())
		said[0] += ", " + at.Format("Mon 2 Jan 2006, 15:04:05 ") + views.ZoneName(at)
		if gap := h.v.now().Sub(at); gap >= 0 {
			said[0] += ", " + agoWords(gap)
		}
	}
	said = append(said, h.session(h.in[e.spot]))
	for _, c := range e.changes {
		said = append(said, h.v.changeAloud(c))
	}
	return said, sentWith(h.v.eventDoc(e))
}

// sentWith is what an event was sent with, a line each: its own properties, those of
// the user, and the rest.
func sentWith(doc []byte) []string {
	root := &node{doc: doc, at: -1}
	root.parse()
	var own, user, rest []string
	for _, d := range details(doc) {
		own = append(own, d.name+": "+d.value)
	}
	for _, kid := range root.kids {
		switch kid.key {
		case "event_type", "event_time", "event_properties":
		case "user_properties":
			user = kid.leaves("", user)
		default:
			rest = kid.leaves(text.Clean(kid.key), rest)
		}
	}
	var lines []string
	for _, part := range []struct {
		head  string
		lines []string
	}{{"Properties of the event", own}, {"Properties of the user then", user}, {"Also sent with it", rest}} {
		if len(part.lines) > 0 {
			lines = append(append(lines, fmt.Sprintf("%s, %d", part.head, len(part.lines))), part.lines...)
		}
	}
	return lines
}

// leaves adds every value in a value as "name: value"; what says nothing is left out.
func (n *node) leaves(name string, list []string) []string {
	if n.isEmpty() {
		return list
	}
	if !n.isContainer() {
		return append(list, views.Joined(": ", name, text.Clean(short(n.word()))))
	}
	n.parse()
	for _, kid := range n.kids {
		part := text.Clean(kid.key)
		if kid.at >= 0 {
			part = fmt.Sprint(kid.at + 1)
		}
		list = kid.leaves(views.Joined(" ", name, part), list)
	}
	return list
}
