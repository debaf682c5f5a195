package users

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

func notice(format string, args ...any) tea.Cmd {
	return views.Send(views.Notice{Text: fmt.Sprintf(format, args...)})
}

func (v *view) bad(err error) tea.Cmd {
	return views.Send(views.Notice{Text: views.Explain(err, v.env.Keys), Bad: true})
}

func (v *view) asker() asker { return asker{v.env.API, v.person.id} }

// more loads the page behind what is loaded, or the one that is missing under
// the cursor.
func (v *view) more() tea.Cmd {
	offset, ok := v.person.history.next()
	if r, under := v.under(); under && r.kind == missingRow {
		offset, ok = r.offset, true
	}
	if !ok {
		return notice("every event is loaded")
	}
	ask := v.asker()
	v.redraw()
	return v.page.Start(func(ctx context.Context) (arrival, error) { return older(ctx, ask, offset) })
}

// begin loads the very first events.
func (v *view) begin() tea.Cmd {
	if v.person.history.born() {
		v.cursor.At = len(v.story.rows) - 1
		v.redraw()
		return nil
	}
	ask := v.asker()
	v.redraw()
	return v.page.Start(func(ctx context.Context) (arrival, error) { return earliest(ctx, ask) })
}

// goToMoment goes to the moment of the state, loading a page where it is not
// loaded.
func (v *view) goToMoment() tea.Cmd {
	t, err := query.Moment(v.state.At, v.now())
	if err != nil {
		return v.bad(err)
	}
	spans, total, ask := knownOf(v.person.history), v.person.history.total(), v.asker()
	if _, _, there := bounds(spans, total, t); there || v.person.history.whole() {
		v.cursor.At = v.story.before(t)
		v.redraw()
		return nil
	}
	v.redraw()
	return v.page.Start(func(ctx context.Context) (arrival, error) { return seek(ctx, ask, spans, total, t) })
}

// tookPage puts more events in their place and goes where they were asked for.
func (v *view) tookPage(a arrival, err error) tea.Cmd {
	v.redraw()
	if err != nil || v.person == nil || a.id != v.person.id {
		return nil
	}
	v.person.take(a, v.env.Now())
	v.tell()
	switch {
	case v.person.history.stuck:
		return views.Send(views.Notice{Text: "the server does not turn pages: what it sent for older events is here already", Bad: true})
	case a.first:
		v.cursor.At = len(v.story.rows) - 1
	case !a.to.IsZero():
		v.cursor.At = v.story.before(a.to)
		return notice("%s, found in %s", v.state.At, calls(a.calls))
	}
	if v.state.Find != "" {
		return v.seekText(v.state.Find)
	}
	return nil
}

// calls is a number of look-ups in words.
func calls(n int) string {
	if n == 1 {
		return "one look-up"
	}
	return fmt.Sprintf("%d look-ups", n)
}

// refresh looks the same user up again.
func (v *view) refresh() tea.Cmd {
	if v.person == nil {
		return v.lookUp()
	}
	ask, h := v.asker(), v.person.history
	v.redraw()
	if len(h.spans) == 0 {
		return v.page.Start(func(ctx context.Context) (arrival, error) { return older(ctx, ask, 0) })
	}
	since := h.spans[0].newest()
	return v.page.Start(func(ctx context.Context) (arrival, error) { return fresh(ctx, ask, since) })
}

// seekText looks for a text in the loaded events.
func (v *view) seekText(typed string) tea.Cmd {
	v.state.Find = strings.TrimSpace(typed)
	v.redraw()
	if v.state.Find == "" || v.person == nil {
		v.hunt.Stop()
		v.hits = hits{}
		return nil
	}
	spans := slices.Clone(v.person.history.spans)
	for i := range spans {
		spans[i].events = slices.Clone(spans[i].events) // the search goes on beside what changes them
	}
	sought := v.state.Find
	return v.hunt.Start(func(ctx context.Context) (hits, error) { return search(ctx, spans, sought) })
}

// tookHits goes to the first hit at or below the cursor.
func (v *view) tookHits(h hits, err error) tea.Cmd {
	v.redraw()
	if err != nil {
		return nil
	}
	v.hits = h
	if len(h.at) == 0 {
		return notice("no loaded event holds %s%s", text.Clean(v.findWord()), v.notAll(": "))
	}
	if r, ok := v.under(); ok && v.hits.has(r) {
		return nil
	}
	return v.nextHit(1)
}

// notAll says behind a clause that older events were not looked at, and how they are;
// nothing where there are none.
func (v *view) notAll(between string) string {
	if v.person.history.whole() {
		return ""
	}
	return between + views.Named(v.env.Keys.MoreEvents) + " loads older ones"
}

// nextHit goes to the next row that is a hit, round and round, which it says, and opens
// the run that it is in.
func (v *view) nextHit(by int) tea.Cmd {
	n, from := len(v.story.rows), v.cursor.At
	for i := 1; i <= n; i++ {
		at := ((from+by*i)%n + n) % n
		r := v.story.rows[at]
		if !v.hits.has(r) {
			continue
		}
		v.cursor.At = at
		v.redraw()
		if r.kind == eventRow && len(r.of) > 1 && slices.ContainsFunc(r.of, func(e *event) bool { return !v.hits.at[e.spot] }) {
			first := slices.IndexFunc(r.of, func(e *event) bool { return v.hits.at[e.spot] })
			v.openRun(r, first)
		}
		if turned := (at-from)*by <= 0; turned && by > 0 {
			return notice("nothing below holds it: on from the newest")
		} else if turned {
			return notice("nothing above holds it: on from the oldest")
		}
		return nil
	}
	return notice("no shown event holds %s%s", text.Clean(v.findWord()), v.notAll(": "))
}

// openRun shows each event of a run, with the cursor on one of them.
func (v *view) openRun(r row, at int) {
	v.wide[r.newest().spot] = true
	v.tell()
	v.cursor.At = max(v.story.find(r.of[at].spot), 0)
}

// closeRun makes one row of an opened run again.
func (v *view) closeRun(r row) {
	for i := v.cursor.At; i >= 0; i-- {
		up := v.story.rows[i]
		if up.kind != eventRow || up.newest().name != r.newest().name {
			return
		}
		if v.wide[up.newest().spot] {
			delete(v.wide, up.newest().spot)
			v.tell()
			v.cursor.At = max(v.story.find(r.newest().spot), 0)
			return
		}
	}
}

// loadedWords says how much of the story is loaded.
func (p *person) loadedWords() string {
	h := p.history
	n, total := h.count(), h.total()
	count := charts.Exact(float64(n))
	switch {
	case n == 0:
		return "no events"
	case h.whole():
		return "all " + count + " events"
	case !h.sure():
		count += " events so far"
	default:
		count += " of " + charts.Exact(float64(total)) + " events"
	}
	if h.stuck {
		count += " (the server sends these again for older ones)"
	}
	return count
}
