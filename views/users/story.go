package users

import (
	"time"

	"amptui/api/text"
)

// A story is a history told in rows, the newest first.
type story struct {
	rows   []row
	events int // of those that are shown
}

// row is one line of the timeline.
type row struct {
	kind   rowKind
	event  event  // the newest of a run
	count  int    // of a run, of a session, of what is not loaded
	oldest event  // of a run or a session
	change change // a property that is another since the event below
	quiet  time.Duration
	over   bool // the session overlaps the one below
	offset int  // of what is not loaded
}

type rowKind int

// The kinds of rows.
const (
	eventRow rowKind = iota
	changeRow
	sessionRow
	silenceRow
	missingRow // events that are not loaded
	birthRow   // the very first event is above
)

const (
	// silence is how long nothing must happen between sessions to be named.
	silence = 6 * time.Hour
	// pause parts events that belong to no session.
	pause = 30 * time.Minute
)

// told says what of a history is shown.
type told struct {
	only text.Raw          // this event only
	mute map[text.Raw]bool // not these
	wide map[text.Raw]bool // runs that are not collapsed, by the id of their newest event
	zone *time.Location
}

func (t told) shows(e event) bool {
	return (t.only.IsZero() || e.name == t.only) && !t.mute[e.name]
}

// tell makes rows of a history.
func tell(h *history, t told) story {
	var s story
	offset := 0
	for _, sp := range h.spans {
		if sp.offset > offset {
			s.rows = append(s.rows, row{kind: missingRow, count: sp.offset - offset, offset: offset})
		}
		s.span(sp, t)
		offset = sp.offset + len(sp.events)
	}
	switch {
	case offset < h.total:
		s.rows = append(s.rows, row{kind: missingRow, count: h.total - offset, offset: offset})
	case len(h.spans) > 0:
		last := h.spans[len(h.spans)-1].events
		s.rows = append(s.rows, row{kind: birthRow, event: last[len(last)-1]})
	}
	return s
}

// span tells events without a gap, session by session.
func (s *story) span(sp span, t told) {
	sessions := sessionsOf(sp, t)
	for i, events := range sessions {
		newest, oldest := events[0], events[len(events)-1]
		head := row{kind: sessionRow, event: newest, oldest: oldest, count: len(events)}
		quiet := time.Duration(0)
		if i+1 < len(sessions) {
			quiet = oldest.time.Sub(sessions[i+1][0].time)
			head.over = quiet < 0
		}
		s.rows = append(s.rows, head)
		s.runs(events, t)
		s.events += len(events)
		if quiet >= silence {
			s.rows = append(s.rows, row{kind: silenceRow, quiet: quiet, event: sessions[i+1][0]})
		}
	}
}

// sessionsOf puts the events of each session together, the sessions in the order
// of their newest events. Events without a session are one while the pauses
// between them are short.
func sessionsOf(sp span, t told) [][]event {
	var out [][]event
	at := map[int64]int{}
	loose, before := int64(-1), time.Time{}
	for _, e := range sp.events {
		if !t.shows(e) {
			continue
		}
		key := e.session
		if key <= 0 {
			if !before.IsZero() && before.Sub(e.time) > pause {
				loose--
			}
			key, before = loose, e.time
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], e)
	}
	return out
}

// runs tells the events of a session: the same event several times in a row is
// one row, unless something changed between.
func (s *story) runs(events []event, t told) {
	for i := 0; i < len(events); {
		n := 1
		for i+n < len(events) && events[i+n].name == events[i].name && len(events[i+n-1].changes) == 0 && !t.wide[events[i].id] {
			n++
		}
		s.rows = append(s.rows, row{kind: eventRow, event: events[i], oldest: events[i+n-1], count: n})
		for _, c := range events[i+n-1].changes {
			s.rows = append(s.rows, row{kind: changeRow, change: c, event: events[i+n-1]})
		}
		i += n
	}
}
