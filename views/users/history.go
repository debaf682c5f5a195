package users

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"io"
	"slices"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// history is what is loaded of a user's events: spans of them, the newest first,
// with what is not loaded between. It keeps the JSON packed, so that a hundred
// thousand events take little.
type history struct {
	spans []span
	total int // events there are, as the server counts them
	names map[text.Raw]text.Raw
}

// span is events without a gap; offset is how many newer ones there are.
type span struct {
	offset int
	events []event // newest first
}

// event is what the timeline needs of one; its JSON lies in its page.
type event struct {
	name    text.Raw
	time    time.Time
	id      text.Raw
	session int64    // -1 is none
	changes []change // of properties since the event before
	page    *page
	at      int // in the page
}

// page is the events of one answer.
type page struct {
	packed []byte
	lines  [][]byte // unpacked, while somebody looks at them
}

func newPage(events []api.UserEvent) *page {
	var packed bytes.Buffer
	w, _ := flate.NewWriter(&packed, flate.BestSpeed) // errs for unknown levels only
	var line bytes.Buffer
	for _, e := range events {
		line.Reset()
		if json.Compact(&line, e.JSON) != nil {
			line.Reset()
			line.WriteString("null")
		}
		line.WriteByte('\n')
		_, _ = w.Write(line.Bytes()) // to memory
	}
	_ = w.Close()
	return &page{packed: packed.Bytes()}
}

// open unpacks a page; close lets the room go again.
func (p *page) open() [][]byte {
	if p.lines == nil {
		all, _ := io.ReadAll(flate.NewReader(bytes.NewReader(p.packed)))
		p.lines = bytes.Split(bytes.TrimSuffix(all, []byte("\n")), []byte("\n"))
	}
	return p.lines
}

func (p *page) close() { p.lines = nil }

// json is the whole event as it was sent.
func (e event) json() json.RawMessage {
	lines := e.page.open()
	if e.at >= len(lines) {
		return json.RawMessage("null")
	}
	return json.RawMessage(lines[e.at])
}

// loaded is a page as the API sent it, ready to be put in its place.
type loaded struct {
	offset int
	events []event
}

// load makes events of an answer, the newest first, and works out what changes
// from one to the next. It may run outside of the program's loop.
func load(offset int, got []api.UserEvent) loaded {
	got = slices.Clone(got)
	slices.SortStableFunc(got, func(a, b api.UserEvent) int { return b.Time.Compare(a.Time) })
	l, p := loaded{offset: offset, events: make([]event, len(got))}, newPage(got)
	known := properties{}
	for i := len(got) - 1; i >= 0; i-- {
		e := got[i]
		l.events[i] = event{name: e.Type, time: e.Time, id: e.ID, session: e.Session, page: p, at: i}
		changes := known.learn(propertiesOf(e.JSON))
		if i < len(got)-1 {
			l.events[i].changes = changes
		}
	}
	return l
}

// add puts loaded events in their place and joins what touches. What is there
// already is not put in twice.
func (h *history) add(l loaded) {
	if len(l.events) == 0 {
		return
	}
	if h.names == nil {
		h.names = map[text.Raw]text.Raw{}
	}
	for i := range l.events {
		e := &l.events[i]
		if _, ok := h.names[e.name]; !ok {
			h.names[e.name] = e.name
		}
		e.name = h.names[e.name] // one copy of each name
	}
	joined := span{offset: l.offset, events: l.events}
	var apart []span
	for _, s := range h.spans {
		if s.offset > joined.offset+len(joined.events) || s.offset+len(s.events) < joined.offset {
			apart = append(apart, s)
			continue
		}
		joined = join(joined, s)
	}
	h.spans = append(apart, joined)
	slices.SortFunc(h.spans, func(a, b span) int { return a.offset - b.offset })
	h.total = max(h.total, joined.offset+len(joined.events))
}

// join makes one span of two that touch or overlap.
func join(a, b span) span {
	newer, older := a, b
	if b.offset < a.offset {
		newer, older = b, a
	}
	seen := map[text.Raw]bool{}
	for _, e := range newer.events {
		seen[e.id] = true
	}
	out := span{offset: newer.offset, events: slices.Clone(newer.events)}
	border := len(out.events) - 1
	for i, e := range older.events {
		// Events without an id are told apart by their place alone.
		known := seen[e.id] || e.id.IsZero() && older.offset+i < newer.offset+len(newer.events)
		if !known {
			out.events = append(out.events, e)
		}
	}
	if border >= 0 && border+1 < len(out.events) && out.events[border].changes == nil {
		newest, next := out.events[border], out.events[border+1]
		out.events[border].changes = propertiesOf(next.json()).learn(propertiesOf(newest.json()))
		newest.page.close()
		next.page.close()
	}
	slices.SortStableFunc(out.events, func(x, y event) int { return y.time.Compare(x.time) })
	return out
}

// shift makes room for events that have come since, at the newest end.
func (h *history) shift(by int) {
	for i := range h.spans {
		h.spans[i].offset += by
	}
	h.total += by
}

// count is how many events are loaded.
func (h *history) count() int {
	n := 0
	for _, s := range h.spans {
		n += len(s.events)
	}
	return n
}

// next is the offset of the first event that is not loaded, from the newest on.
func (h *history) next() (offset int, more bool) {
	for _, s := range h.spans {
		if s.offset > offset {
			return offset, true
		}
		offset = s.offset + len(s.events)
	}
	return offset, offset < h.total
}

// oldest is the time up to which everything newer is loaded.
func (h *history) oldest() time.Time {
	if len(h.spans) == 0 || h.spans[0].offset > 0 {
		return time.Time{}
	}
	events := h.spans[0].events
	return events[len(events)-1].time
}
