package users

import (
	"context"
	"fmt"
	"sort"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// found is what a look-up has come to: nobody, several users to choose from, or
// one with the newest events.
type found struct {
	who     target
	kind    text.Raw // how it matched, in the API's word; empty where nothing was searched
	how     string   // the same in words
	matches []api.UserMatch
	first   *arrival // of the only match, or the one that was chosen
}

// arrival is pages of a user's events, as they were asked.
type arrival struct {
	id    int64
	user  api.User
	meta  api.Meta
	pages []loaded
	calls int       // look-ups that it took
	to    time.Time // where the cursor goes; zero is nowhere
	first bool      // the cursor goes to the very first event
}

// take adds what another answer has brought.
func (a *arrival) take(offset int, got api.Activity) loaded {
	a.calls++
	a.user, a.meta = got.User, got.Meta
	l := load(offset, got)
	a.pages = append(a.pages, l)
	return l
}

// asker asks for one user's events.
type asker struct {
	client *api.Client
	id     int64
}

func (a asker) page(ctx context.Context, offset, limit int, d api.Direction) (api.Activity, error) {
	return a.client.UserActivity(ctx, api.ActivityQuery{User: a.id, Offset: offset, Limit: limit, Direction: d})
}

// find looks somebody up: the search, and of a single hit the newest events.
// An Amplitude ID that says it is one needs no search.
func find(ctx context.Context, client *api.Client, who target, limit int) (found, error) {
	if who.id != 0 {
		f := found{who: who, how: "by the Amplitude ID in the address", matches: []api.UserMatch{{AmplitudeID: who.id}}}
		return f.open(ctx, client, f.matches[0], limit)
	}
	got, err := client.UserSearch(ctx, query.PrintWord(who.word))
	if err != nil {
		return found{}, err
	}
	f := found{who: who, kind: got.Kind, how: howMatched(got.Kind), matches: got.Matches}
	if len(f.matches) != 1 {
		return f, nil
	}
	return f.open(ctx, client, f.matches[0], limit)
}

// open asks for the newest events of a match.
func (f found) open(ctx context.Context, client *api.Client, m api.UserMatch, limit int) (found, error) {
	first, err := newest(ctx, asker{client, m.AmplitudeID}, limit)
	if err != nil {
		return found{}, err
	}
	f.first = &first
	return f, nil
}

// newest asks for so many of the newest events, a page at a time; for no more
// pages than that should take, whatever a server sends.
func newest(ctx context.Context, ask asker, limit int) (arrival, error) {
	a := arrival{id: ask.id}
	for offset, pages := 0, 1+(limit-1)/pageSize; offset < limit && a.calls < pages; {
		got, err := ask.page(ctx, offset, min(limit-offset, pageSize), api.Latest)
		if err != nil {
			return arrival{}, err
		}
		l := a.take(offset, got)
		offset += len(l.events)
		if len(l.events) == 0 || l.total >= 0 && offset >= l.total {
			break
		}
	}
	return a, nil
}

// howMatched is the API's word for a match in words.
func howMatched(kind text.Raw) string {
	switch kind.Safe() {
	case "match_amplitude_id":
		return "by its Amplitude ID"
	case "match_user_or_device_id":
		return "by its user or device ID"
	case "match_user_prefix":
		return "by the beginning of a user ID"
	case "match_user_props":
		return "by the value of a user property"
	case "nomatch", "":
		return "nobody"
	}
	return "by " + strings.ReplaceAll(strings.TrimPrefix(kind.Safe(), "match_"), "_", " ")
}

// older asks for the page at an offset.
func older(ctx context.Context, ask asker, offset int) (arrival, error) {
	a := arrival{id: ask.id}
	got, err := ask.page(ctx, offset, pageSize, api.Latest)
	if err != nil {
		return a, err
	}
	a.take(offset, got)
	return a, nil
}

// earliest asks for the page that holds the very first event.
func earliest(ctx context.Context, ask asker) (arrival, error) {
	a := arrival{id: ask.id, first: true}
	got, err := ask.page(ctx, 0, pageSize, api.Earliest)
	if err != nil {
		return a, err
	}
	l := a.take(0, got)
	if l.total < len(l.events) {
		// The server does not say how many there are: where this page lies is
		// not known, unless it is all there is.
		if len(l.events) < pageSize {
			a.pages[0].total = len(l.events)
			return a, nil
		}
		return a, fmt.Errorf("the server does not count this user's events, so the first ones have no place: load older ones page by page")
	}
	a.pages[0].offset = l.total - len(l.events)
	return a, nil
}

// known is what is loaded, as far as seeking needs it: events at offsets.
type known struct {
	offset         int
	count          int
	newest, oldest time.Time
}

// knownOf are the loaded spans, the newest first.
func knownOf(h *history) []known {
	out := make([]known, len(h.spans))
	for i, s := range h.spans {
		out[i] = known{s.offset, len(s.events), s.newest(), s.oldest()}
	}
	return out
}

// bounds is where the newest event lies that is not later than a moment: not
// before low, not behind high. there says that it is loaded.
func bounds(spans []known, total int, t time.Time) (low, high int, there bool) {
	low, high = 0, total
	for _, s := range spans {
		switch {
		case s.newest.After(t) && !s.oldest.After(t):
			return s.offset, s.offset + s.count, true
		case s.oldest.After(t):
			low = s.offset + s.count
		case !s.newest.After(t):
			if s.offset <= low {
				return low, low, true // nothing between it and what is later
			}
			return low, s.offset, false
		}
	}
	return low, high, false
}

// seek goes to a moment by halving the offset: a look-up of one event tells on
// which side it lies, until a page is enough. Of 100,000 events it takes eight.
func seek(ctx context.Context, ask asker, spans []known, total int, t time.Time) (arrival, error) {
	a := arrival{id: ask.id, to: t}
	low, high, there := bounds(spans, total, t)
	if there || low >= high {
		return a, nil
	}
	for high-low > pageSize {
		middle := (low + high) / 2
		got, err := ask.page(ctx, middle, 1, api.Latest)
		if err != nil {
			return a, err
		}
		a.calls++
		events := load(middle, got).events
		switch {
		case len(events) == 0:
			high = middle // there are fewer than the server counts
		case events[0].time.After(t):
			low = middle + 1
		default:
			high = middle
		}
	}
	// The moment in the middle of the page, so that both sides of it are there.
	from := max(low-(pageSize-(high-low))/2, 0)
	got, err := ask.page(ctx, from, pageSize, api.Latest)
	if err != nil {
		return a, err
	}
	a.take(from, got)
	return a, nil
}

// fresh asks for what has happened since the newest event that is known, page by
// page.
// It is meant to be asked again and again, so its first page is small.
func fresh(ctx context.Context, ask asker, since time.Time) (arrival, error) {
	a := arrival{id: ask.id}
	for offset, limit := 0, 50; ; limit = pageSize {
		got, err := ask.page(ctx, offset, limit, api.Latest)
		if err != nil {
			return a, err
		}
		l := a.take(offset, got)
		offset += len(l.events)
		at := sort.Search(len(l.events), func(i int) bool { return !l.events[i].time.After(since) })
		if at < len(l.events) || len(l.events) == 0 || offset >= 5*pageSize {
			return a, nil
		}
	}
}
