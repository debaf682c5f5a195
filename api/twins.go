package api

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"golang.org/x/sync/singleflight"
)

// twins ask the same question that is asked at the same time once.
type twins struct {
	group singleflight.Group
	mu    sync.Mutex
	at    map[string]*flight
}

// flight is a question on its way, with those who wait for its answer.
type flight struct {
	waiting []context.Context
	last    Progress // what they were told last
	ctx     context.Context
	cancel  context.CancelFunc
	taken   bool  // somebody has the answer, and will let it go
	left    bool  // nobody waits any more
	hold    *hold // of the answer
}

// ask answers a question together with its twins. Who leaves takes nothing from
// the others; when all have left, the question is given up.
func (t *twins) ask(ctx context.Context, id string, once func(context.Context) (kept, error)) (kept, error) {
	f := t.join(ctx, id)
	defer t.leave(ctx, id, f)
	answers := t.group.DoChan(id, func() (k any, err error) {
		defer func() {
			if v := recover(); v != nil {
				k, err = kept{}, fmt.Errorf("%w: %v", ErrDecode, "the client failed")
			}
		}()
		got, err := once(f.ctx)
		t.came(f, got)
		return got, err
	})
	select {
	case <-ctx.Done():
		return kept{}, ctx.Err()
	case a := <-answers:
		k, _ := a.Val.(kept)
		t.mu.Lock()
		f.taken = true
		t.mu.Unlock()
		return k, a.Err
	}
}

// came lets an answer go for which nobody waits any more.
func (t *twins) came(f *flight, k kept) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f.hold, f.taken = k.hold, false; f.left {
		f.hold.release()
	}
}

// join waits for a question with others, if there are some, and is told what they
// were told last.
func (t *twins) join(ctx context.Context, id string) *flight {
	t.mu.Lock()
	defer t.mu.Unlock()
	f := t.at[id]
	if f == nil {
		f = &flight{}
		f.ctx, f.cancel = context.WithCancel(context.WithoutCancel(ctx))
		f.ctx = Observe(f.ctx, func(p Progress) { t.tell(f, p) })
		if t.at == nil {
			t.at = map[string]*flight{}
		}
		t.at[id] = f
	}
	if f.last != (Progress{}) {
		observed(ctx, f.last)
	}
	f.waiting = append(f.waiting, ctx)
	return f
}

// tell passes on what a question waits for. Nobody is told after leaving.
func (t *twins) tell(f *flight, p Progress) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f.last = p
	for _, ctx := range f.waiting {
		observed(ctx, p)
	}
}

func (t *twins) leave(ctx context.Context, id string, f *flight) {
	t.mu.Lock()
	defer t.mu.Unlock()
	at := slices.Index(f.waiting, ctx)
	f.waiting = slices.Delete(f.waiting, at, at+1)
	if len(f.waiting) > 0 {
		return
	}
	f.cancel()
	if f.left = true; !f.taken {
		f.hold.release()
	}
	if t.at[id] == f {
		delete(t.at, id)
		t.group.Forget(id)
	}
}
