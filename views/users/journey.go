package users

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/query"
)

// did is one event as a funnel sees it.
type did struct {
	name     text.Raw
	time     time.Time
	doc      func() json.RawMessage // the whole event
	inactive bool                   // of a type that makes nobody active
	missing  bool                   // stands for events that are not loaded: no step, but something between
}

// deeds are the loaded events as funnels see them, the oldest first. The event
// types that the project lists as inactive are no "_active". The JSON is read in
// the loop of the program only, where it is asked for.
func deeds(h *history, inactive map[text.Raw]bool) []did {
	var list []did
	for _, s := range slices.Backward(h.spans) {
		for i := range slices.Backward(s.events) {
			e := &s.events[i]
			list = append(list, did{
				name: e.name, time: e.time, inactive: inactive[e.name],
				doc: func() json.RawMessage { return h.json(e) },
			})
		}
		if s.offset > 0 { // newer ones follow that are not loaded
			list = append(list, did{time: s.newest(), missing: true})
		}
	}
	return list
}

// between is a span of time, its end excluded. A zero time is no bound.
type between struct{ from, to time.Time }

func (b between) has(t time.Time) bool {
	return (b.from.IsZero() || !t.Before(b.from)) && (b.to.IsZero() || t.Before(b.to))
}

// journey is how far a user got in a funnel: with the try that got furthest, of
// equal ones the earliest, for that is the one that the API counts.
type journey struct {
	steps    []reached // one for each step of the funnel
	tries    int       // times the first step was done; in any order spells with any of the steps
	finished int       // tries that went through, no event taking part in two
	last     time.Time // when the last try began
	over     time.Time // when the window of the furthest try ends; zero where another event has ended it
	until    time.Time // the same of the last try
	end      ending    // of the furthest try
	next     did       // the event that came instead, or too late
	in       between   // when tries had to begin
}

// reached is a step as it was done, in the order of time.
type reached struct {
	ok   bool
	step int // which of the funnel's; in any order it may be any
	at   time.Time
	took time.Duration // since the one before
}

// ending is why a try got no further.
type ending int

const (
	wentThrough ending = iota
	neverCame
	cameLate    // the next step was done when the window was over
	anotherCame // between the steps of a sequence
	notLoaded   // the next step may be among events that are not loaded
)

// walk follows a user through a funnel by the rules of the API. The events are
// the user's own, the oldest first; a try begins inside of a span of time, its
// later steps may come after it.
//
//   - ordered: the steps in their order, whatever else comes between;
//   - sequential: the steps in their order and nothing between;
//   - any order: step k is done with the k-th of the steps, whichever it is; an
//     event is one step only. The window is rounded down to days.
//
// The window begins with a try's first step, its last moment included. Filters
// are about the event, or the user as of the event. Who is counted (segments,
// groups, new users) says nothing of one user who was chosen, and is left out.
func walk(f query.Funnel, in between, events []did) (journey, error) {
	if len(f.Steps) < 2 {
		return journey{}, query.ErrSteps
	}
	if err := f.Check(); err != nil {
		return journey{}, err
	}
	for _, step := range f.Steps {
		if err := evaluable(step); err != nil {
			return journey{}, err
		}
	}
	w := newWalker(f, events)
	j := journey{steps: make([]reached, len(f.Steps)), in: in}
	var best []taken
	free, spell := 0, time.Time{} // behind what went through; until when a spell in any order lasts
	for at, e := range events {
		if !w.begins(at) || !in.has(e.time) {
			continue
		}
		try := w.try(at)
		if len(try) > len(best) {
			best = slices.Clone(try)
		}
		if w.order != query.AnyOrder || at >= free && e.time.After(spell) {
			j.tries++
			j.last, spell = e.time, e.time.Add(w.window)
		}
		if len(try) == len(f.Steps) && at >= free {
			j.finished++
			free, spell = try[len(try)-1].at+1, time.Time{}
		}
		j.until = w.until(try)
	}
	w.tell(&j, best)
	return j, nil
}

// evaluable says why a step cannot be told from an event itself.
func evaluable(step api.Event) error {
	name := step.Name.Safe()
	switch {
	case strings.HasPrefix(name, "ce:"):
		return fmt.Errorf("%s is a custom event: only Amplitude knows which events it stands for, so it cannot be found among a user's own", name)
	case slices.Contains([]string{"revenue_amount", "verified_revenue", "unverified_revenue"}, name):
		return fmt.Errorf("%s is Amplitude's word for events with revenue: name the event itself, as in Purchase", name)
	}
	return nil
}

// canBe says whether an event, as its user was then, can be a step.
func (d did) canBe(step api.Event, open func() *query.Facts) bool {
	switch active, all := step.Name == text.New("_active"), step.Name == text.New("_all"); {
	case d.missing, active && d.inactive, !active && !all && d.name != step.Name:
		return false
	}
	return !slices.ContainsFunc(step.Filters, func(f api.Filter) bool { return !open().Pass(f) })
}

// taken is an event that does a step.
type taken struct{ step, at int }

// walker follows one user.
type walker struct {
	order  query.Order
	window time.Duration
	events []did
	masks  []uint32 // which steps each event can be
	places [][]int  // of each step: the events that can be it
	alike  []alike
	room   []taken // what a try is built in
}

// alike are the events that can be the same steps.
type alike struct {
	mask   uint32
	places []int
}

// windowOf is how long a try may take: in any order only whole days count.
func windowOf(f query.Funnel) query.Window {
	if day := query.Window(24 * time.Hour); f.Order == query.AnyOrder {
		return max(f.Window/day, 1) * day
	}
	return f.Window
}

func newWalker(f query.Funnel, events []did) *walker {
	w := &walker{
		order: f.Order, window: time.Duration(windowOf(f)), events: events,
		masks: make([]uint32, len(events)), places: make([][]int, len(f.Steps)),
	}
	of := map[uint32]int{}
	for at, e := range events {
		var opened *query.Facts
		open := func() *query.Facts {
			if opened == nil {
				opened = query.FactsOf(e.doc())
			}
			return opened
		}
		mask := uint32(0)
		for k, step := range f.Steps {
			if e.canBe(step, open) {
				mask |= 1 << k
				w.places[k] = append(w.places[k], at)
			}
		}
		if w.masks[at] = mask; mask == 0 {
			continue
		}
		i, ok := of[mask]
		if !ok {
			i = len(w.alike)
			of[mask] = i
			w.alike = append(w.alike, alike{mask: mask})
		}
		w.alike[i].places = append(w.alike[i].places, at)
	}
	return w
}

func (w *walker) begins(at int) bool {
	return w.masks[at]&1 != 0 || w.order == query.AnyOrder && w.masks[at] != 0
}

// try is the one that begins with an event. It is good until the next.
func (w *walker) try(at int) []taken {
	w.room = w.room[:0]
	end := w.events[at].time.Add(w.window)
	switch w.order {
	case query.AnyOrder:
		return w.anyOrder(at, end)
	case query.Sequential:
		for k := range w.places {
			if at+k >= len(w.events) || w.masks[at+k]&(1<<k) == 0 || w.events[at+k].time.After(end) {
				break
			}
			w.room = append(w.room, taken{k, at + k})
		}
		return w.room
	}
	for k := range w.places {
		p := w.find(k, at)
		if p == len(w.events) || w.events[p].time.After(end) {
			break
		}
		w.room = append(w.room, taken{k, p})
		at = p + 1
	}
	return w.room
}

// find is the first event from a place on that can be a step, or the end.
func (w *walker) find(step, from int) int {
	places := w.places[step]
	if i := sort.SearchInts(places, from); i < len(places) {
		return places[i]
	}
	return len(w.events)
}

// anyOrder takes the first events that can be different steps: each event that
// lets one step more be done. Where one does not, none of its kind will.
func (w *walker) anyOrder(from int, end time.Time) []taken {
	as := slices.Repeat([]int{-1}, len(w.places))
	rest := make([][]int, len(w.alike))
	for i, k := range w.alike {
		rest[i] = k.places[sort.SearchInts(k.places, from):]
	}
	for done := 0; done < len(as); {
		first := -1
		for i, places := range rest {
			if len(places) > 0 && (first < 0 || places[0] < rest[first][0]) {
				first = i
			}
		}
		if first < 0 || w.events[rest[first][0]].time.After(end) {
			break
		}
		tried := uint32(0)
		if w.assign(rest[first][0], as, &tried) {
			rest[first] = rest[first][1:]
			done++
		} else {
			rest[first] = nil
		}
	}
	for step, at := range as {
		if at >= 0 {
			w.room = append(w.room, taken{step, at})
		}
	}
	slices.SortFunc(w.room, func(a, b taken) int { return a.at - b.at })
	return w.room
}

// assign gives an event a step, moving others to another of theirs if need be.
func (w *walker) assign(at int, as []int, tried *uint32) bool {
	for k := range as {
		if w.masks[at]&(1<<k) == 0 || *tried&(1<<k) != 0 {
			continue
		}
		*tried |= 1 << k
		if as[k] < 0 || w.assign(as[k], as, tried) {
			as[k] = at
			return true
		}
	}
	return false
}

// until is when a try's window is over, if its next step may still come.
func (w *walker) until(try []taken) time.Time {
	if w.order == query.Sequential && try[len(try)-1].at+1 < len(w.events) {
		return time.Time{}
	}
	return w.events[try[0].at].time.Add(w.window)
}

// tell says how far the furthest try got, and why no further.
func (w *walker) tell(j *journey, best []taken) {
	for k, t := range best {
		j.steps[k] = reached{ok: true, step: t.step, at: w.events[t.at].time}
		if k > 0 {
			j.steps[k].took = j.steps[k].at.Sub(j.steps[k-1].at)
		}
	}
	switch len(best) {
	case 0:
		j.end = neverCame
	case len(j.steps):
		j.end = wentThrough
	default:
		j.over = w.until(best)
		j.end, j.next = w.ending(best)
	}
}

// ending says why a try got no further, and what came instead or too late.
func (w *walker) ending(try []taken) (ending, did) {
	k := len(try)
	end := w.events[try[0].at].time.Add(w.window)
	rest := w.events[try[k-1].at+1:]
	for i, e := range rest {
		if w.order == query.Sequential && i > 0 || e.time.After(end) {
			break
		}
		if e.missing {
			return notLoaded, did{}
		}
	}
	switch next := len(w.events) - len(rest); {
	case w.order == query.Ordered:
		if at := w.find(k, next); at < len(w.events) {
			return cameLate, w.events[at]
		}
	case w.order == query.Sequential && len(rest) > 0 && w.masks[next]&(1<<k) != 0:
		return cameLate, rest[0]
	case w.order == query.Sequential && len(rest) > 0:
		return anotherCame, rest[0]
	}
	return neverCame, did{}
}
