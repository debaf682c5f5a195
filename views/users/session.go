package users

import (
	"time"

	"amptui/charts"
)

// session is what is loaded of a session.
type session struct {
	events []*event // newest first
	before bool     // it may have begun earlier: what is older is not loaded
	after  bool     // it may have gone on: what is newer is not loaded
}

// sessionsOf puts the events of each session of a span together, the sessions in the order
// of their newest events. Events without a session are one while the pauses between them
// are short.
func sessionsOf(h *history, i int) []session {
	var out []session
	sp, at := &h.spans[i], map[int64]int{}
	loose, before := int64(-1), time.Time{}
	for i := range sp.events {
		e := &sp.events[i]
		key := e.session
		if key <= 0 {
			if !before.IsZero() && before.Sub(e.time) > pause {
				loose--
			}
			key, before = loose, e.time
		}
		k, ok := at[key]
		if !ok {
			k = len(out)
			at[key] = k
			out = append(out, session{})
		}
		out[k].events = append(out[k].events, e)
	}
	newest, oldest := &sp.events[0], &sp.events[len(sp.events)-1]
	for k := range out {
		events := out[k].events
		out[k].after = sp.offset > 0 && events[0] == newest
		out[k].before = !(i == len(h.spans)-1 && h.born()) && events[len(events)-1] == oldest && !oldest.begins()
	}
	return out
}

// begins says whether an event is the first of its session: a session is called by the
// moment at which it began.
func (e *event) begins() bool { return e.session > 0 && !e.time.After(time.UnixMilli(e.session)) }

// ends are the times of the oldest and the newest event that is loaded.
func (s session) ends(zone *time.Location) (from, to time.Time) {
	return s.events[len(s.events)-1].time.In(zone), s.events[0].time.In(zone)
}

// cut says whether there may be more of a session than is loaded.
func (s session) cut() bool { return s.before || s.after }

// lasts is how long a session was, as far as it is loaded; nothing where that is less than
// a second. atLeast stands before the length of one that may be longer.
func (s session) lasts(atLeast string) string {
	from, to := s.ends(time.UTC)
	d := to.Sub(from)
	switch {
	case d < time.Second:
		return ""
	case s.cut():
		return " (" + atLeast + charts.Duration(float64(d.Milliseconds())) + ")"
	}
	return " (" + charts.Duration(float64(d.Milliseconds())) + ")"
}

// many is how many events a session has, and how many of them are shown where that is not
// all. atLeast stands before the number where there may be more of them.
func (s session) many(shown int, atLeast string) string {
	if !s.cut() {
		atLeast = ""
	}
	all := atLeast + counted(len(s.events), "event")
	if shown == len(s.events) {
		return all
	}
	return charts.Exact(float64(shown)) + " of " + all
}

// when is the day of a session and the times of its ends, as of a moment and in its zone;
// of an end that may lie behind what is loaded, that it may.
func (s session) when(now time.Time) string {
	from, to := s.ends(now.Location())
	if noTime(to) || noTime(from) {
		return "at a time that was not sent"
	}
	day := dayFormat(from, now)
	sameDay, sameMinute := from.Format(time.DateOnly) == to.Format(time.DateOnly), from.Format("15:04") == to.Format("15:04")
	first, last := from.Format(day+" 15:04"), to.Format("15:04")
	switch {
	case !sameDay:
		last = to.Format(day + " 15:04")
	case sameMinute && s.before && s.after:
		return first + ", before and after"
	case sameMinute && s.before:
		return first + " and before"
	case sameMinute && s.after:
		return first + " and after"
	case sameMinute:
		return first
	}
	if s.before {
		first += " or before"
	}
	if s.after {
		last += " or after"
	}
	return first + " to " + last
}

// dayFormat is how a day is written: with its year where that is not this one.
func dayFormat(day, now time.Time) string {
	if day.Year() != now.Year() {
		return "Mon 2 Jan 2006"
	}
	return "Mon 2 Jan"
}
