package users

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"amptui/api/text"
)

// searchable is what of an event can be found, in lower case and as it is shown:
// its name, and the names and values of its own properties. Properties of the
// user are found where they change.
func searchable(name text.Raw, doc json.RawMessage) []byte {
	var b bytes.Buffer
	b.WriteString(strings.ToLower(name.Safe()))
	var e struct {
		Event json.RawMessage `json:"event_properties"`
		Group json.RawMessage `json:"group_properties"`
	}
	if json.Unmarshal(doc, &e) == nil {
		writeWords(&b, e.Event)
		writeWords(&b, e.Group)
	}
	return b.Bytes()
}

// apart stands between two words that can be found; no word holds it.
const apart = '\x1f'

// writeWords writes every name and value of a JSON value.
func writeWords(b *bytes.Buffer, doc json.RawMessage) {
	if len(doc) == 0 {
		return
	}
	d := json.NewDecoder(bytes.NewReader(doc))
	d.UseNumber()
	for {
		token, err := d.Token()
		if err != nil {
			return
		}
		var word string
		switch t := token.(type) {
		case string:
			word = t
		case json.Number:
			word = t.String()
		case bool:
			word = map[bool]string{true: "true", false: "false"}[t]
		default:
			continue
		}
		b.WriteByte(apart)
		b.WriteString(foundAs(word))
	}
}

// foundAs is a word as it is searched: in lower case, on one line.
func foundAs(word string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(word, "\uFFFD")))
}

// hits are the events that hold a text.
type hits struct {
	text string
	at   map[spot]bool
}

// has says whether a row is a hit, or a run with one.
func (h hits) has(r row) bool {
	if len(h.at) == 0 || r.kind != eventRow && r.kind != changeRow {
		return false
	}
	if r.kind == changeRow {
		return changed(*r.change, h.text)
	}
	return slices.ContainsFunc(r.of, func(e *event) bool { return h.at[e.spot] })
}

func changed(c change, typed string) bool {
	for _, s := range []string{c.name, c.from.Safe(), c.to.Safe()} {
		if strings.Contains(strings.ToLower(s), typed) {
			return true
		}
	}
	return false
}

// search finds a text in the loaded events. It may run outside of the program's
// loop, on spans as they are now.
func search(ctx context.Context, spans []span, typed string) (hits, error) {
	out := hits{text: foundAs(typed), at: map[spot]bool{}}
	if out.text == "" {
		return out, nil
	}
	needle := []byte(out.text)
	var words sought
	for _, sp := range spans {
		for i := range sp.events {
			e := &sp.events[i]
			if words.page != e.page && ctx.Err() != nil {
				return out, ctx.Err()
			}
			found := bytes.Contains(words.of(e.spot), needle)
			for k := 0; k < len(e.changes) && !found; k++ {
				found = changed(e.changes[k], out.text)
			}
			if found {
				out.at[e.spot] = true
			}
		}
	}
	return out, nil
}

// sought is what can be searched of one page at a time, in room that is used
// again for the next.
type sought struct {
	page  *page
	all   bytes.Buffer
	lines [][]byte
}

// of is what can be searched of an event.
func (s *sought) of(at spot) []byte {
	if s.page != at.page {
		s.page = at.page
		s.all.Reset()
		_, _ = s.all.ReadFrom(flate.NewReader(bytes.NewReader(at.page.words))) // it was packed here
		s.lines = s.lines[:0]
		for rest := s.all.Bytes(); len(rest) > 0; {
			line, more, _ := bytes.Cut(rest, []byte("\n"))
			s.lines, rest = append(s.lines, line), more
		}
	}
	if at.at >= len(s.lines) {
		return nil
	}
	return s.lines[at.at]
}
