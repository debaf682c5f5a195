package demo

import (
	"context"
	"fmt"
	"io"
)

// ahead reads in a goroutine what is asked for later, so that files are unpacked and
// understood at the same time.
type ahead struct {
	blocks chan block
	free   chan []byte
	stop   context.CancelFunc
	rest   []byte
	now    block
}

// block is a stretch of what is read; the last one has the error that ended it.
type block struct {
	data []byte
	err  error
}

const blockLength, blocksAhead = 256 << 10, 4

// readAhead begins to read. Close ends it, and waits for it.
func readAhead(ctx context.Context, r io.Reader) *ahead {
	ctx, stop := context.WithCancel(ctx)
	a := &ahead{blocks: make(chan block), free: make(chan []byte, blocksAhead), stop: stop}
	for range blocksAhead {
		a.free <- make([]byte, blockLength)
	}
	go a.run(ctx, r)
	return a
}

func (a *ahead) run(ctx context.Context, r io.Reader) {
	defer close(a.blocks)
	defer func() {
		if v := recover(); v != nil {
			a.put(ctx, block{err: fmt.Errorf("it cannot be unpacked (%T)", v)})
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case room := <-a.free:
			n, err := 0, error(nil)
			for n < len(room) && err == nil {
				var more int
				more, err = r.Read(room[n:])
				n += more
			}
			if !a.put(ctx, block{room[:n], err}) || err != nil {
				return
			}
		}
	}
}

func (a *ahead) put(ctx context.Context, b block) bool {
	select {
	case <-ctx.Done():
		return false
	case a.blocks <- b:
		return true
	}
}

// Read gives what has been read; the error of the reader comes behind all that it read.
func (a *ahead) Read(b []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.now.err != nil {
			return 0, a.now.err
		}
		if cap(a.now.data) > 0 {
			a.free <- a.now.data[:blockLength]
		}
		next, ok := <-a.blocks
		if !ok {
			return 0, context.Canceled
		}
		a.now, a.rest = next, next.data
	}
	n := copy(b, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close ends the reading.
func (a *ahead) Close() {
	a.stop()
	for range a.blocks {
	}
}
