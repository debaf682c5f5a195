package demo

import (
	"runtime"
	"sync"
)

// together does works at the same time and waits for all. A panic in one of them is
// thrown again in the caller, whose server answers for it.
func together(works ...func()) {
	var group sync.WaitGroup
	thrown := make(chan any, len(works))
	for _, work := range works {
		group.Go(func() {
			defer func() {
				if v := recover(); v != nil {
					thrown <- v
				}
			}()
			work()
		})
	}
	group.Wait()
	select {
	case v := <-thrown:
		panic(v)
	default:
	}
}

// worthSharing is how many elements make it worth while to count in parts.
const worthSharing = 4096

// parts cuts n elements into about as many stretches as there are processors; cut
// moves an end on to where a stretch may end.
func parts(n int, cut func(end int) int) [][2]int {
	most := min(runtime.GOMAXPROCS(0), max(n/worthSharing, 1))
	var out [][2]int
	for from := 0; from < n; {
		to := min(from+(n+most-1)/most, n)
		to = cut(to)
		out = append(out, [2]int{from, to})
		from = to
	}
	return out
}
