package users

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"time"

	"amptui/api/text"
)

// A story is a history told in rows, the newest first.
type story struct {
	rows     []row
	events   int             // of those that are shown
	counters map[string]bool // properties that only count
}

// row is one line of the timeline.
type row struct {
	kind    rowKind
	over    bool          // the session overlaps the one below
	of      []*event      // a session, a run, or the event that the row is about; the newest first
	session *session      // whose head it is
	change  *change       // a property that is another since the event below
	quiet   time.Duration // how long nothing is shown
	hidden  int           // sessions in that time which are not shown
	offset  int           // of what is not loaded
	count   int           // of what is not loaded, or of the sessions that are not shown
}

func (r row) newest() *event { return r.of[0] }
func (r row) oldest() *event { return r.of[len(r.of)-1] }

type rowKind uint8

// The kinds of rows.
const (
	eventRow rowKind = iota
	changeRow
	sessionRow
	silenceRow // nothing happened, or nothing that is shown
	missingRow // events that are not loaded
	birthRow   // the very first event is above
)

const (
	// silence is how long nothing must happen between sessions to be named.
	silence = 6 * time.Hour
	// pause parts events that belong to no session.
	pause = 30 * time.Minute
	// counting is how often a number must rise to be a counter.
	counting = 5
)

// told says what of a history is shown.
type told struct {
	only  text.Raw          // this event only
	mute  map[text.Raw]bool // not these
	these map[spot]bool     // no others; nil is any
	wide  map[spot]bool     // runs that are not collapsed, by any of their events
}

func (t told) shows(e *event) bool {
	return (t.only.IsZero() || e.name == t.only) && !t.mute[e.name] && (t.these == nil || t.these[e.spot])
}

// of are those events that are shown.
func (t told) of(events []*event) []*event {
	if t.only.IsZero() && len(t.mute) == 0 && t.these == nil {
		return events
	}
	var shown []*event
	for _, e := range events {
		if t.shows(e) {
			shown = append(shown, e)
		}
	}
	return shown
}

// tell makes rows of a history.
func tell(h *history, t told) story {
	if h.counts == nil {
		h.counts = counters(h)
	}
	s := story{counters: h.counts, rows: make([]row, 0, h.count()+h.count()/4)}
	offset := 0
	for i := range h.spans {
		sp := &h.spans[i]
		if sp.offset > offset {
			s.rows = append(s.rows, row{kind: missingRow, count: sp.offset - offset, offset: offset})
		}
		s.span(sessionsOf(h, i), t)
		offset = sp.offset + len(sp.events)
	}
	switch _, more := h.next(); {
	case len(h.spans) == 0:
	case h.born():
		last := h.spans[len(h.spans)-1].events
		s.rows = append(s.rows, row{kind: birthRow, of: []*event{&last[len(last)-1]}})
	case more:
		s.rows = append(s.rows, row{kind: missingRow, count: max(h.total()-offset, 0), offset: offset})
	}
	return s
}

// counters are the properties that are only counted up: their changes would
// part every run and tell nothing, so sessions sum them up. They are numbers
// that rise at every third event or oftener, and hardly ever fall: events that
// were sent out of order make some falls.
func counters(h *history) map[string]bool {
	type moves struct{ up, down int }
	seen := map[string]moves{}
	n := 0
	for _, sp := range h.spans {
		for i := range sp.events {
			n++
			for _, c := range sp.events[i].changes {
				m := seen[c.name]
				if from, to, ok := c.numbers(); ok && to > from {
					m.up++
				} else if !c.from.IsZero() {
					m.down++
				}
				seen[c.name] = m
			}
		}
	}
	out := map[string]bool{}
	for name, m := range seen {
		if m.up >= counting && 3*m.up >= n && 8*m.down <= m.up {
			out[name] = true
		}
	}
	return out
}

// numbers are both values of a change, where both are numbers.
func (c change) numbers() (from, to float64, ok bool) {
	from, err := strconv.ParseFloat(c.from.Safe(), 64)
	if err != nil {
		return 0, 0, false
	}
	to, err = strconv.ParseFloat(c.to.Safe(), 64)
	return from, to, err == nil
}

// span tells events without a gap, session by session; one of which nothing is shown is
// left out.
func (s *story) span(sessions []session, t told) {
	var above *session
	head := 0
	hidden, events := 0, 0
	for i := range sessions {
		here := &sessions[i]
		shown := t.of(here.events)
		if len(shown) == 0 {
			hidden, events = hidden+1, events+len(here.events)
			continue
		}
		if above != nil {
			from, _ := above.ends(time.UTC)
			_, to := here.ends(time.UTC)
			quiet := from.Sub(to)
			s.rows[head].over = quiet < 0
			if quiet >= silence {
				s.rows = append(s.rows, row{kind: silenceRow, quiet: quiet, hidden: hidden, count: events, of: shown[:1]})
			}
		}
		head, above, hidden, events = len(s.rows), here, 0, 0
		s.rows = append(s.rows, row{kind: sessionRow, of: shown, session: here})
		s.runs(shown, t)
		s.events += len(shown)
	}
}

// sums is how far the counters rose in a session.
func (s *story) sums(events []*event) []change {
	sums := map[string]change{}
	for _, e := range events {
		for _, c := range e.changes {
			if !s.counters[c.name] {
				continue
			}
			sum, ok := sums[c.name]
			if !ok {
				sum = c
			}
			sum.from = c.from // the events go back in time
			sums[c.name] = sum
		}
	}
	return slices.SortedFunc(maps.Values(sums), func(a, b change) int { return cmp.Compare(a.name, b.name) })
}

// runs tells the events of a session: the same event several times in a row is
// one row, unless something changed between or the run was opened.
func (s *story) runs(events []*event, t told) {
	for len(events) > 0 {
		n := 1
		for n < len(events) && events[n].name == events[0].name && !s.tells(events[n-1]) {
			n++
		}
		run := events[:n]
		if len(t.wide) > 0 && slices.ContainsFunc(run, func(e *event) bool { return t.wide[e.spot] }) {
			for i := range run {
				s.rows = append(s.rows, row{kind: eventRow, of: run[i : i+1]})
			}
		} else {
			s.rows = append(s.rows, row{kind: eventRow, of: run})
		}
		last := run[n-1]
		for i := range last.changes {
			if !s.counters[last.changes[i].name] {
				s.rows = append(s.rows, row{kind: changeRow, change: &last.changes[i], of: run[n-1:]})
			}
		}
		events = events[n:]
	}
}

// tells says whether an event has changes that are rows of their own.
func (s *story) tells(e *event) bool {
	return slices.ContainsFunc(e.changes, func(c change) bool { return !s.counters[c.name] })
}

// find is the row of an event: its own, or that of the run it is in; -1 where it
// is not told.
func (s *story) find(at spot) int {
	return slices.IndexFunc(s.rows, func(r row) bool {
		return r.kind == eventRow && slices.ContainsFunc(r.of, func(e *event) bool { return e.spot == at })
	})
}

// place is the row of a kind that is about an event, or the event's own row.
func (s *story) place(kind rowKind, at spot) int {
	i := slices.IndexFunc(s.rows, func(r row) bool { return r.kind == kind && len(r.of) > 0 && r.newest().spot == at })
	if i < 0 {
		return s.find(at)
	}
	return i
}

// before is the first row of an event that is not later than a moment; the last
// row where all are later.
func (s *story) before(t time.Time) int {
	at := slices.IndexFunc(s.rows, func(r row) bool { return r.kind == eventRow && !r.oldest().time.After(t) })
	if at < 0 {
		return len(s.rows) - 1
	}
	return at
}
