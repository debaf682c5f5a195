package views

import (
	"context"

	"golang.org/x/sync/errgroup"
)

// Together does works at the same time and waits for all. The first error ends the
// others' context. A panic in one of them is thrown again where it was called, which
// is guarded: in a goroutine of its own it would end the program with the terminal in
// disorder.
func Together(ctx context.Context, works ...func(context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	thrown := make(chan any, len(works))
	for _, work := range works {
		group.Go(func() error {
			defer func() {
				if v := recover(); v != nil {
					thrown <- v
				}
			}()
			return work(ctx)
		})
	}
	err := group.Wait()
	select {
	case v := <-thrown:
		panic(v)
	default:
		return err
	}
}
