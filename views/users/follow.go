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
	turn  int           // tells the ticks of one watch from those of an older one
	been  time.Duration // how long it has gone on
	asked int           // look-ups so far
	rests bool          // another view is in front
}

type followTick struct {
	of   *view
	turn int
}

// startFollowing watches for new events, or ends the watch.
func (v *view) startFollowing() tea.Cmd {
	v.redraw()
	if v.follow.on {
		return v.endFollowing("following has ended")
	}
	v.follow = follow{on: true, turn: v.follow.turn + 1}
	return tea.Batch(v.nextTick(), notice("following: %s", v.followCost()))
}

func (v *view) endFollowing(why string) tea.Cmd {
	asked := v.follow.asked
	v.follow.on = false
	v.follow.turn++
	v.tail.Stop()
	v.redraw()
	return notice("%s after %s", why, calls(asked))
}

func (v *view) followCost() string {
	return fmt.Sprintf("a look-up every %s, %d of the %d an hour, for %s at most",
		charts.Duration(float64(followEvery.Milliseconds())), time.Hour/followEvery, anHour, charts.Duration(float64(followFor.Milliseconds())))
}

func (v *view) nextTick() tea.Cmd {
	tick := followTick{v, v.follow.turn}
	return tea.Tick(followEvery, func(time.Time) tea.Msg { return tick })
}

// followed asks for new events once more.
func (v *view) followed(t followTick) tea.Cmd {
	f := &v.follow
	if t.of != v || !f.on || t.turn != f.turn {
		return nil
	}
	if !v.front {
		f.rests = true
		return nil
	}
	if f.been += followEvery; f.been >= followFor {
		return v.endFollowing("following has ended by itself")
	}
	if v.tail.Loading() || v.page.Loading() {
		return v.nextTick()
	}
	ask, since := v.asker(), time.Time{}
	if spans := v.person.history.spans; len(spans) > 0 {
		since = spans[0].newest()
	}
	f.asked++
	return tea.Batch(v.nextTick(), v.tail.Start(func(ctx context.Context) (arrival, error) { return fresh(ctx, ask, since) }))
}

// tookTail puts new events on top. A cursor on the newest event stays on the
// newest.
func (v *view) tookTail(a arrival, err error) tea.Cmd {
	if err != nil {
		return tea.Batch(v.endFollowing("following has ended"), bad(err))
	}
	if v.person == nil || a.id != v.person.id {
		return nil
	}
	was, top := v.person.history.count(), v.cursor.At <= 1
	v.person.take(a, v.env.Now())
	if v.person.history.count() == was {
		return nil
	}
	v.tell()
	if top {
		v.cursor.At = min(1, len(v.story.rows)-1)
	}
	return nil
}

// inFront goes on with the watch when the user comes back to the view.
func (v *view) inFront(front bool) tea.Cmd {
	v.front = front
	if front && v.follow.on && v.follow.rests {
		v.follow.rests = false
		return v.followed(followTick{v, v.follow.turn})
	}
	return nil
}

// remark is what the head says of the watch.
func (f follow) remark() string {
	if !f.on {
		return ""
	}
	return fmt.Sprintf("following for new events: %s so far, %d of %d an hour", calls(f.asked), time.Hour/followEvery, anHour)
}
