package segment

import (
	"fmt"
	"slices"

	"amptui/charts"
)

// mostVerdicts is how many series have a sentence of their own.
const mostVerdicts = 5

// verdicts say of each series that is drawn whether it is usual, where there is no
// screen to pick one on. Where they are many, what is unusual goes first, and the others
// are counted.
func (r *answer) verdicts(s State, a asked) []string {
	var all []judgement
	for i, one := range r.series {
		if s.hidden(one.name) {
			continue
		}
		if j, ok := r.judge(s, a, nil, i); ok {
			all = append(all, j)
		}
	}
	more := len(all) - mostVerdicts
	if more > 0 {
		slices.SortStableFunc(all, func(a, b judgement) int { return rank(a) - rank(b) })
	}
	var said []string
	unusual := 0
	for i, j := range all {
		if i < mostVerdicts {
			said = append(said, j.says())
		} else if j.unusual {
			unusual++
		}
	}
	if more > 0 {
		said = append(said, others(more, unusual))
	}
	return said
}

// rank has what is unusual before what is not.
func rank(j judgement) int {
	if j.unusual {
		return 0
	}
	return 1
}

// others counts the series that have no sentence of their own.
func others(n, unusual int) string {
	said := charts.Exact(float64(n)) + " more series: "
	switch {
	case n == 1 && unusual == 0:
		return said + "within its usual"
	case n == 1:
		return said + "outside its usual"
	case unusual == 0:
		return said + "all within their usual"
	}
	return said + fmt.Sprintf("%s outside their usual, --limit and --where leave some out", charts.Exact(float64(unusual)))
}
