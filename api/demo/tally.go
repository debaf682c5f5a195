package demo

import "slices"

// tally is the counts of one series.
type tally struct {
	totals, sums, counted []float64
	uniques               []float64 // as differences while counting: see unique
	last                  map[int32]int
	all                   map[int32]bool
	values                map[float64]int
}

func newTally(n int) *tally {
	return &tally{
		totals: make([]float64, n), sums: make([]float64, n), counted: make([]float64, n),
		uniques: make([]float64, n+1), last: map[int32]int{}, all: map[int32]bool{}, values: map[float64]int{},
	}
}

// unique counts a user in bucket b and, with a rolling window, in the buckets
// behind it for which the window still reaches back to b. Events come in the
// order of time.
func (t *tally) unique(user int32, b, window, n int) {
	t.all[user] = true
	from, to := b, min(b+window, n)
	if covered, ok := t.last[user]; ok {
		from = max(from, covered)
	}
	if from >= to {
		return
	}
	t.last[user] = to
	t.uniques[from]++
	t.uniques[to]--
}

// numbers are a tally's values of a metric for each bucket, and for the range.
func (q *segmentation) numbers(t, active *tally, metric string) ([]float64, float64) {
	n := len(q.axis.starts)
	uniques := sumDifferences(t.uniques[:n])
	totals, sums, counted := t.totals, t.sums, t.counted
	if q.window > 1 {
		totals, sums, counted = rolling(totals, q.window), rolling(sums, q.window), rolling(counted, q.window)
	}
	all := float64(len(t.all))
	var values []float64
	var total float64
	switch metric {
	case "uniques":
		values, total = uniques, all
	case "totals":
		values, total = slices.Clone(totals), sum(t.totals)
	case "average":
		values, total = divide(totals, uniques), ratio(sum(t.totals), all)
	case "pct_dau":
		values, total = divide(uniques, sumDifferences(active.uniques[:n])), 100*ratio(all, float64(len(active.all)))
		for i := range values {
			values[i] *= 100
		}
	case "sums":
		values, total = slices.Clone(sums), sum(t.sums)
	case "value_avg":
		values, total = divide(sums, counted), ratio(sum(t.sums), sum(t.counted))
	}
	return values, total
}

// finish applies the rolling average.
func (q *segmentation) finish(values []float64) []float64 {
	if q.average <= 1 {
		return values
	}
	out := rolling(values, q.average)
	for i := range out {
		out[i] /= float64(min(i+1, q.average))
	}
	return out
}

// rolling sums each value with those before it, n in all.
func rolling(values []float64, n int) []float64 {
	out := make([]float64, len(values))
	for i := range values {
		out[i] = sum(values[max(0, i+1-n) : i+1])
	}
	return out
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

func sumDifferences(values []float64) []float64 {
	out := make([]float64, len(values))
	running := 0.0
	for i, v := range values {
		running += v
		out[i] = running
	}
	return out
}

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

func divide(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = ratio(a[i], b[i])
	}
	return out
}
