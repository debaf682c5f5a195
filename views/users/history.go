package users

import (
	"bytes"
	"cmp"
	"compress/flate"
	"encoding/json"
	"io"
	"math"
	"slices"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// history is what is loaded of a user's events: spans of them, the newest first,
// with what is not loaded between. It keeps the JSON packed, so that a hundred
// thousand events take little.
type history struct {
	spans   []span
	counted int  // events there are, as the server last counted them; -1 where it did not say
	end     int  // the offset at which a page came empty; -1 while none has
	stuck   bool // the last page was one that is here already
	names   map[text.Raw]text.Raw
	looked  []*page         // unpacked pages, the one looked at last in front
	counts  map[string]bool // properties that only count, as of now; nil is not known
}

// span is events without a gap; offset is how many newer ones there are.
type span struct {
	offset int
	events []event // newest first
}

func (s span) newest() time.Time { return s.events[0].time }
func (s span) oldest() time.Time { return s.events[len(s.events)-1].time }

// event is what the timeline needs of one; its JSON lies in its page.
type event struct {
	name    text.Raw
	time    time.Time
	id      text.Raw
	session int64    // -1 is none
	changes []change // of properties since the event before
	spot
}

// spot is where the JSON of an event lies, and tells it from all others.
type spot struct {
	page *page
	at   int // in the page
}

// page is the events of one answer.
type page struct {
	packed []byte   // the JSON of each event, a line each
	words  []byte   // what can be searched in each event, packed likewise
	lines  [][]byte // the JSON unpacked, while somebody looks at it
}

// mostLooked is how many pages stay unpacked.
const mostLooked = 4

func newPage(events []api.UserEvent) *page {
	docs, words := make([][]byte, len(events)), make([][]byte, len(events))
	for i, e := range events {
		var line bytes.Buffer
		if json.Compact(&line, e.JSON) != nil {
			line.Reset()
			line.WriteString("null")
		}
		docs[i], words[i] = line.Bytes(), searchable(e.Type, e.JSON)
	}
	return &page{packed: packed(docs), words: packed(words)}
}

// packed is lines in little room; lines holds no line break.
func packed(lines [][]byte) []byte {
	var b bytes.Buffer
	w, _ := flate.NewWriter(&b, flate.BestSpeed) // errs for unknown levels only
	for _, line := range lines {
		_, _ = w.Write(line) // to memory
		_, _ = w.Write([]byte{'\n'})
	}
	_ = w.Close()
	return b.Bytes()
}

// unpacked is the inverse of packed. It may run anywhere: it changes nothing.
func unpacked(b []byte) [][]byte {
	all, _ := io.ReadAll(flate.NewReader(bytes.NewReader(b))) // it was packed here
	return bytes.Split(bytes.TrimSuffix(all, []byte("\n")), []byte("\n"))
}

// json is the whole event as it was sent. The few pages looked at last stay
// unpacked.
func (h *history) json(e *event) json.RawMessage {
	if e.page.lines == nil {
		e.page.lines = unpacked(e.page.packed)
	}
	if len(h.looked) == 0 || h.looked[0] != e.page {
		h.looked = slices.DeleteFunc(h.looked, func(p *page) bool { return p == e.page })
		h.looked = slices.Insert(h.looked, 0, e.page)
		for len(h.looked) > mostLooked {
			h.looked[mostLooked].lines = nil
			h.looked = slices.Delete(h.looked, mostLooked, mostLooked+1)
		}
	}
	if e.at >= len(e.page.lines) {
		return json.RawMessage("null")
	}
	return e.page.lines[e.at]
}

// newHistory has nothing loaded yet.
func newHistory() *history {
	return &history{counted: -1, end: -1, names: map[text.Raw]text.Raw{}}
}

// loaded is a page as the API sent it, ready to be put in its place.
type loaded struct {
	offset int // as it was asked
	total  int // the server's own count of the user's events; -1 where it did not say
	events []event
}

// load makes events of an answer, the newest first, and works out what changes
// from one to the next. It may run outside of the program's loop.
func load(offset int, got api.Activity) loaded {
	events := slices.Clone(got.Events)
	slices.SortStableFunc(events, func(a, b api.UserEvent) int { return b.Time.Compare(a.Time) })
	l, p := loaded{offset: offset, total: whole(got.User.Events), events: make([]event, len(events))}, newPage(events)
	known := newLife()
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		l.events[i] = event{name: e.Type, time: e.Time, id: e.ID, session: e.Session, spot: spot{p, i}}
		changes := known.learn(propertiesOf(e.JSON))
		if i < len(events)-1 && len(changes) > 0 {
			l.events[i].changes = changes
		}
	}
	return l
}

// whole is a count as a whole number, -1 where there is none.
func whole(v float64) int {
	if math.IsNaN(v) || v < 0 || v > 1e12 {
		return -1
	}
	return int(v)
}

// add puts a page in its place and joins what touches. What is there already is
// not put in twice. Where the server counts more events than before, new ones
// have come since: all that was known moves back by so many places.
func (h *history) add(l loaded) {
	h.counts = nil
	if l.total >= 0 {
		if h.counted >= 0 && l.total > h.counted {
			h.shift(l.total - h.counted)
		}
		h.counted = l.total
	}
	if len(l.events) == 0 {
		if h.end < 0 || l.offset < h.end {
			h.end = l.offset
		}
		return
	}
	for i := range l.events {
		e := &l.events[i]
		if _, ok := h.names[e.name]; !ok {
			h.names[e.name] = e.name
		}
		e.name = h.names[e.name] // one copy of each name
	}
	if h.stuck = h.repeats(l); h.stuck {
		return
	}
	joined := span{offset: l.offset, events: l.events}
	var apart []span
	for _, s := range h.spans {
		if s.offset > joined.offset+len(joined.events) || s.offset+len(s.events) < joined.offset {
			apart = append(apart, s)
			continue
		}
		joined = h.join(joined, s)
	}
	h.spans = append(apart, joined)
	slices.SortFunc(h.spans, func(a, b span) int { return cmp.Compare(a.offset, b.offset) })
}

// repeats says whether a page is not what belongs to its offset: it holds, or is newer
// than, the newest of those it should be older than. A server that does not turn pages
// would have every event be there again, as an older one.
func (h *history) repeats(l loaded) bool {
	for _, s := range h.spans {
		if s.offset+len(s.events) > l.offset {
			return false
		}
		top := s.events[0]
		if l.events[0].time.After(top.time) || bytes.Equal(l.events[0].page.packed, top.page.packed) {
			return true
		}
		for _, e := range l.events {
			if !e.id.IsZero() && e.id == top.id {
				return true
			}
		}
	}
	return false
}

// join makes one span of two that touch or overlap. What the newer one has is not
// put in twice; only events of the same times can be the same.
func (h *history) join(a, b span) span {
	newer, older := a, b
	if b.offset < a.offset {
		newer, older = b, a
	}
	seen := map[text.Raw]bool{}
	for i := len(newer.events) - 1; i >= 0 && !newer.events[i].time.After(older.newest()); i-- {
		seen[newer.events[i].id] = true
	}
	border, inOrder := len(newer.events)-1, len(seen) == 0
	out := span{offset: newer.offset, events: newer.events}
	for i, e := range older.events {
		// Events without an id are told apart by their place alone.
		known := e.id.IsZero() && older.offset+i < newer.offset+len(newer.events) || !e.id.IsZero() && seen[e.id]
		if !known {
			out.events = append(out.events, e)
		}
	}
	if border+1 < len(out.events) && out.events[border].changes == nil {
		known := newLife()
		known.learn(propertiesOf(h.json(&out.events[border+1])))
		out.events[border].changes = known.learn(propertiesOf(h.json(&out.events[border])))
	}
	if !inOrder {
		out.events = slices.Clone(out.events)
		slices.SortStableFunc(out.events, func(x, y event) int { return y.time.Compare(x.time) })
	}
	return out
}

// shift makes room for events that have come since, at the newest end.
func (h *history) shift(by int) {
	for i := range h.spans {
		h.spans[i].offset += by
	}
	if h.end >= 0 {
		h.end += by
	}
}

// count is how many events are loaded.
func (h *history) count() int {
	n := 0
	for _, s := range h.spans {
		n += len(s.events)
	}
	return n
}

// total is how many events there are, as far as that is known: where a page came
// empty there are no more, whatever the server counts.
func (h *history) total() int {
	n := 0
	if len(h.spans) > 0 {
		last := h.spans[len(h.spans)-1]
		n = last.offset + len(last.events)
	}
	if h.end >= 0 {
		return max(n, min(h.end, max(h.counted, n)))
	}
	return max(n, h.counted)
}

// sure says whether the number of events is known.
func (h *history) sure() bool { return h.counted >= 0 || h.end >= 0 }

// next is the offset of the first event that is not loaded, from the newest on.
func (h *history) next() (offset int, more bool) {
	for _, s := range h.spans {
		if s.offset > offset {
			return offset, true
		}
		offset = s.offset + len(s.events)
	}
	return offset, offset < h.total() || !h.sure()
}

// whole says whether every event is loaded.
func (h *history) whole() bool {
	_, more := h.next()
	return !more
}

// born says whether the very first event is loaded.
func (h *history) born() bool {
	if len(h.spans) == 0 || !h.sure() {
		return false
	}
	last := h.spans[len(h.spans)-1]
	return last.offset+len(last.events) >= h.total()
}

// back is the time up to which everything newer is loaded.
func (h *history) back() time.Time {
	if len(h.spans) == 0 || h.spans[0].offset > 0 {
		return time.Time{}
	}
	return h.spans[0].oldest()
}
