package demo

import (
	"math"
	"slices"
)

// tally is the counts of one series, bucket by bucket, with those before the
// range that a rolling window looks back at.
type tally struct {
	totals, sums, counted []float64
	uniques               []float64 // as differences while counting: see unique
	users                 float64   // of the range
	values                map[float64]int
	any                   bool // something was done in the range
}

func newTally(n int, number bool) *tally {
	t := &tally{totals: make([]float64, n), uniques: make([]float64, n+1)}
	if number {
		t.sums, t.counted, t.values = make([]float64, n), make([]float64, n), map[float64]int{}
	}
	return t
}

// unique counts a user in bucket b and, with a rolling window, in the buckets
// behind it for which the window still reaches back to b. Events come in the
// order of time; the first buckets lie before the range.
func (t *tally) unique(seen *seenUsers, user int32, b, window, before int) {
	from, to := max(b, seen.until(user)), min(b+window, len(t.totals))
	if b >= before && !seen.inRange[user] {
		seen.inRange[user] = true
		t.users++
	}
	if from >= to {
		return
	}
	seen.covered[user] = int32(to)
	t.uniques[from]++
	t.uniques[to]--
}

// numbers are a tally's values of a metric for each bucket, also those before
// the range, and for the range.
func (q *segmentation) numbers(t, active *tally, metric string) ([]float64, float64) {
	n, before := len(q.axis.starts), q.axis.before
	uniques := sumDifferences(t.uniques[:n])
	windowed := func(v []float64) []float64 {
		if v == nil {
			v = make([]float64, n)
		}
		return rolling(v, q.window)
	}
	inRange := func(v []float64) float64 {
		if v == nil {
			return 0
		}
		return sum(v[before:])
	}
	switch metric {
	case "totals":
		return windowed(t.totals), inRange(t.totals)
	case "average":
		return divide(windowed(t.totals), uniques), ratio(inRange(t.totals), t.users)
	case "pct_dau":
		return scale(100, divide(uniques, sumDifferences(active.uniques[:n]))), 100 * ratio(t.users, active.users)
	case "active":
		return divide(uniques, sumDifferences(active.uniques[:n])), ratio(t.users, active.users)
	case "sums":
		return windowed(t.sums), inRange(t.sums)
	case "value_avg":
		return divide(windowed(t.sums), windowed(t.counted)), ratio(inRange(t.sums), inRange(t.counted))
	}
	return uniques, t.users
}

// finish applies the rolling average and leaves out what lies before the range.
func (q *segmentation) finish(values []float64) []float64 {
	if q.average > 1 {
		values = scale(1/float64(q.average), rolling(values, q.average))
	}
	return values[q.axis.before:]
}

// rolling sums each value with those before it, n in all.
func rolling(values []float64, n int) []float64 {
	if n <= 1 {
		return slices.Clone(values)
	}
	out := make([]float64, len(values))
	for i := range values {
		out[i] = sum(values[max(0, i+1-n) : i+1])
	}
	return out
}

func scale(by float64, values []float64) []float64 {
	for i := range values {
		values[i] *= by
	}
	return values
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

// ratio is a part of a whole; of nothing it is 0.
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

// number is how a value is written: what is too large for any number is null.
func number(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return v
}
