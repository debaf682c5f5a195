package users

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/charts"
)

const (
	followEvery = 20 * time.Second
	followFor   = 30 * time.Minute
	// anHour is how many look-ups the API allows (documentation of the dashboard
	// REST API, user activity).
	anHour = 360
)

// follow is the watch for new events. It asks while the view is in front only,
// and ends by itself.
type follow struct {
	on    bool
	been  time.Duration // how long it has gone on
	asked int           // look-ups so far
}

// startFollowing watches for new events, or ends the watch.
func (v *view) startFollowing() tea.Cmd {
	v.redraw()
	if v.follow.on {
		return v.endFollowing("following has ended")
	}
	v.follow = follow{on: true}
	return tea.Batch(v.watch(followEvery), notice("following: %s", v.followCost()))
}

func (v *view) endFollowing(why string) tea.Cmd {
	v.follow.on = false
	v.tail.Stop()
	v.redraw()
	return notice("%s after %s", why, calls(v.follow.asked))
}

func (v *view) followCost() string {
	return fmt.Sprintf("a look-up every %s, %d of the %d an hour, for %s at most",
		charts.Duration(float64(followEvery.Milliseconds())), time.Hour/followEvery, anHour, charts.Duration(float64(followFor.Milliseconds())))
}

// watch asks for new events after a pause.
func (v *view) watch(pause time.Duration) tea.Cmd {
	f := &v.follow
	if f.been += pause; f.been >= followFor {
		return v.endFollowing("following has ended by itself")
	}
	ask, since := v.asker(), time.Time{}
	if spans := v.person.history.spans; len(spans) > 0 {
		since = spans[0].newest()
	}
	return v.tail.StartAfter(pause, func(ctx context.Context) (arrival, error) { return fresh(ctx, ask, since) })
}

// tookTail puts new events on top and goes on watching. A cursor on the newest
// event stays on the newest.
func (v *view) tookTail(a arrival, err error) tea.Cmd {
	if err != nil {
		return tea.Batch(v.endFollowing("following has ended"), v.bad(err))
	}
	if v.person == nil || a.id != v.person.id || !v.follow.on {
		return nil
	}
	v.follow.asked += a.calls
	was, top := v.person.history.count(), v.cursor.At <= 1
	v.person.take(a, v.env.Now())
	v.redraw()
	if v.person.history.count() != was {
		v.tell()
		if top {
			v.cursor.At = min(1, len(v.story.rows)-1)
		}
	}
	return v.watch(followEvery)
}

// inFront rests the watch while another view is in front, and asks at once when
// the user comes back.
func (v *view) inFront(front bool) tea.Cmd {
	was := v.front
	v.front = front
	switch {
	case !v.follow.on || was == front:
		return nil
	case !front:
		v.tail.Stop()
		return nil
	}
	return v.watch(0)
}

// remark is what the head says of the watch.
func (f follow) remark() string {
	if !f.on {
		return ""
	}
	return fmt.Sprintf("following for new events: %s so far, %d of %d an hour", calls(f.asked), time.Hour/followEvery, anHour)
}
