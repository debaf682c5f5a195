package views

import (
	"context"
	"errors"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
)

const (
	quiet = 150 * time.Millisecond // before that no spinner
	beat  = 100 * time.Millisecond // between two frames of the spinner
	long  = 10 * time.Second       // then the screen says what it waits for
)

// A Request asks one question at a time. A newer question cancels the one in
// flight, late answers are dropped, and the last good answer stays while the
// next one loads or fails. The zero Request has asked nothing.
type Request[T any] struct {
	Value   T
	Has     bool  // Value is an answer
	Err     error // the last question failed; Value may be an older answer
	Version int   // counts answers and failures, for memo keys

	turn     int
	loading  bool
	ctx      context.Context // of the question in flight
	cancel   context.CancelFunc
	progress chan api.Progress
	last     api.Progress // what the client waits for, as it last said
	waiting  string       // the same as of the last beat
	beats    int
}

type answered[T any] struct {
	to    *Request[T]
	turn  int
	value T
	err   error
}

type beaten[T any] struct {
	to   *Request[T]
	turn int
}

// Start asks. The function runs outside of the program's loop: it must not
// touch anything of the view.
func (r *Request[T]) Start(ask func(context.Context) (T, error)) tea.Cmd {
	return r.StartAfter(0, ask)
}

// StartAfter asks after a pause, so that keys in quick succession ask once.
func (r *Request[T]) StartAfter(pause time.Duration, ask func(context.Context) (T, error)) tea.Cmd {
	r.Stop()
	ctx, cancel := context.WithCancel(context.Background())
	progress := make(chan api.Progress, 8)
	ctx = api.Observe(ctx, func(p api.Progress) {
		select {
		case progress <- p:
		default: // nobody looks: a lost remark is better than a stuck request
		}
	})
	r.turn++
	r.loading, r.ctx, r.cancel, r.progress, r.waiting, r.beats = true, ctx, cancel, progress, "", 0
	r.last = api.Progress{}
	turn := r.turn
	return tea.Batch(
		func() tea.Msg {
			value, err := after(ctx, pause, ask)
			return answered[T]{r, turn, value, err}
		},
		r.tick(pause+quiet),
	)
}

func after[T any](ctx context.Context, pause time.Duration, ask func(context.Context) (T, error)) (T, error) {
	if pause > 0 {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		case <-timer.C:
		}
	}
	return ask(ctx)
}

// tick is the next beat, unless the question is over before.
func (r *Request[T]) tick(d time.Duration) tea.Cmd {
	ctx, turn := r.ctx, r.turn
	return func() tea.Msg {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			return beaten[T]{r, turn}
		}
	}
}

// Update takes a message. It reports whether the message was the request's own;
// a late one is its own too, and changes nothing. The command, if any, keeps
// the spinner turning.
func (r *Request[T]) Update(msg tea.Msg) (mine bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case answered[T]:
		if msg.to != r {
			return false, nil
		}
		if msg.turn == r.turn && r.loading {
			r.take(msg)
		}
		return true, nil
	case beaten[T]:
		if msg.to != r {
			return false, nil
		}
		if msg.turn != r.turn || !r.loading {
			return true, nil
		}
		r.beats++
		r.listen()
		return true, r.tick(beat)
	}
	return false, nil
}

func (r *Request[T]) take(msg answered[T]) {
	r.loading = false
	r.cancel()
	r.Version++
	if msg.err != nil {
		if !errors.Is(msg.err, context.Canceled) {
			r.Err = msg.err
		}
		return
	}
	r.Value, r.Has, r.Err = msg.value, true, nil
}

func (r *Request[T]) listen() {
	for {
		select {
		case p := <-r.progress:
			r.last = p
		default:
			r.waiting = r.last.Say(time.Now())
			return
		}
	}
}

// Stop gives up the question in flight, and its call.
func (r *Request[T]) Stop() {
	if r.cancel != nil {
		r.cancel()
	}
	r.loading = false
}

// Loading says whether a question is in flight.
func (r *Request[T]) Loading() bool { return r.loading }

// Waiting is a spinner's frame and, when it takes long, what is waited for.
// It is false while there is nothing to show yet.
func (r *Request[T]) Waiting() (beats int, text string, ok bool) {
	if !r.loading || r.beats == 0 {
		return 0, "", false
	}
	text = r.waiting
	if text == "" && quiet+time.Duration(r.beats)*beat > long {
		text = "the server has not answered yet"
	}
	return r.beats, text, true
}
