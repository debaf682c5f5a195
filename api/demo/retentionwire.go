package demo

import (
	"cmp"
	"slices"
)

// cell is how many of a cohort came back, as the API writes it.
type cell struct {
	Count      int  `json:"count"`
	Of         int  `json:"outof"`
	Incomplete bool `json:"incomplete"`
}

// retentionRows is the counted cells of one group.
type retentionRows struct {
	cohorts     [][]int // cohort x (size, then cells)
	came, could []int   // of all cohorts together
	all         int
}

// row counts a group, users apart from each other at the same time.
func (q *retentionQuery) row(g *retentionGroup) retentionRows {
	all := g.members
	stretches := parts(len(all), func(end int) int {
		for end < len(all) && all[end].user == all[end-1].user {
			end++
		}
		return end
	})
	counted := make([]retentionRows, max(len(stretches), 1))
	works := []func(){func() { counted[0] = q.stretch(nil) }}
	for i, s := range stretches {
		works = append(works[:i], func() { counted[i] = q.stretch(all[s[0]:s[1]]) })
	}
	together(works...)
	for _, other := range counted[1:] {
		counted[0].add(other)
	}
	return counted[0]
}

// add adds what was counted of other users.
func (r *retentionRows) add(other retentionRows) {
	r.all += other.all
	plus := func(to, of []int) {
		for i, n := range of {
			to[i] += n
		}
	}
	plus(r.came, other.came)
	plus(r.could, other.could)
	for c := range r.cohorts {
		plus(r.cohorts[c], other.cohorts[c])
	}
}

// stretch counts members, all those of a user. Cells are over for a cohort from the
// first on, up to some age: what holds for a stretch of cells is noted at its ends.
func (q *retentionQuery) stretch(members []member) retentionRows {
	widest := len(q.anyDone)
	r := retentionRows{came: make([]int, widest), could: make([]int, widest)}
	over := make([]int, len(q.axis.starts)) // how many cells are over for everybody in a cohort
	for c := range q.axis.starts {
		r.cohorts = append(r.cohorts, make([]int, len(q.complete[c])+1))
		over[c] = trues(q.complete[c])
	}
	any := trues(q.anyDone)
	could, came := newCells(widest), newCells(widest)
	hits, back := []int{}, []comeback(nil) // back is what follows the member's start
	for n, m := range members {
		if n == 0 || members[n-1].user != m.user {
			r.all++
			could.next()
			came.next()
			back = q.returns.of(m.user)
		}
		for len(back) > 0 && back[0].last < m.first {
			back = back[1:]
		}
		row := r.cohorts[m.cohort]
		row[0]++
		done, width := over[m.cohort], len(row)-1
		could.upTo(r.could, done)
		could.tail(r.could, any, width)
		if q.mode == "rolling" {
			reach := q.reach(m, back, width)
			if reach > 0 {
				row[reach]++
			}
			came.upTo(r.came, min(reach, done))
			came.tail(r.came, any, reach)
			continue
		}
		hits = q.returned(m, back, width, hits[:0])
		for _, k := range hits {
			row[k+1]++
			if k < done || k >= any {
				came.once(r.came, k)
			}
		}
	}
	if q.mode == "rolling" {
		for _, row := range r.cohorts {
			for k := len(row) - 2; k > 0; k-- {
				row[k] += row[k+1]
			}
		}
	}
	return r
}

// trues is how many of cells are, which are so from the first on.
func trues(cells []bool) int {
	for n, yes := range cells {
		if !yes {
			return n
		}
	}
	return len(cells)
}

// cells are those that a user is counted in already.
type cells struct {
	round    int
	of       []int
	head, to int // all before head are; and of the tail those before to
}

func newCells(n int) *cells { return &cells{of: make([]int, n)} }

// next is another user.
func (s *cells) next() { s.round, s.head, s.to = s.round+1, 0, 0 }

// once counts the user in a cell.
func (s *cells) once(counts []int, k int) {
	if s.of[k] != s.round {
		s.of[k] = s.round
		counts[k]++
	}
}

// upTo counts the user in all cells before n.
func (s *cells) upTo(counts []int, n int) {
	for ; s.head < n; s.head++ {
		counts[s.head]++
	}
}

// tail counts the user in the cells from one on, which upTo never reaches.
func (s *cells) tail(counts []int, from, n int) {
	for s.to = max(s.to, from); s.to < n; s.to++ {
		counts[s.to]++
	}
}

// reach is how many cells a member came back in or after: whoever came back on day
// N has come back on or after every day before.
func (q *retentionQuery) reach(m member, all []comeback, width int) int {
	if len(all) == 0 {
		return 0
	}
	return min(int((all[len(all)-1].at-m.start)/q.step)+1, width)
}

// returned appends the cells in which a member came back after its start, each once.
func (q *retentionQuery) returned(m member, all []comeback, width int, hits []int) []int {
	if len(all) == 0 || width == 0 {
		return hits
	}
	if q.mode == "bracket" {
		for n, b := range q.brackets[:width] {
			i, _ := slices.BinarySearchFunc(all, m.start+int64(b[0])*q.step, func(c comeback, at int64) int { return cmp.Compare(c.at, at) })
			if i < len(all) && all[i].at < m.start+int64(b[1])*q.step {
				hits = append(hits, n)
			}
		}
		return hits
	}
	n, begin := 0, m.start // the first day that is not counted yet; dividing is dearer than walking on
	for _, c := range all {
		if c.at < begin {
			continue
		}
		for c.at >= begin+q.step {
			n, begin = n+1, begin+q.step
		}
		if n >= width {
			break
		}
		hits = append(hits, n)
		n, begin = n+1, begin+q.step
	}
	return hits
}

// wire is the live shape of one group, the newest cohort first.
func (r retentionRows) wire(q *retentionQuery) map[string]any {
	dates, datetimes, values := []string{}, []string{}, map[string]any{}
	for c := len(r.cohorts) - 1; c >= 0; c-- {
		size := r.cohorts[c][0]
		row := []cell{{Count: size, Of: size}}
		for k, n := range r.cohorts[c][1:] {
			row = append(row, cell{Count: n, Of: size, Incomplete: !q.complete[c][k]})
		}
		begin := q.axis.starts[c]
		label := begin.Format("Jan 2, 2006")
		if q.axis.interval == month {
			label = begin.Format("Jan 2006")
		}
		dates = append(dates, label)
		datetimes = append(datetimes, begin.Format("2006-01-02T15:04:05"))
		values[label] = row
	}
	combined := []any{r.together(r.all, r.all, false)}
	for k := range r.came {
		combined = append(combined, r.together(r.came[k], r.could[k], !q.anyDone[k]))
	}
	return map[string]any{"dates": dates, "datetimes": datetimes, "values": values, "combined": combined}
}

func (r retentionRows) together(count, of int, incomplete bool) map[string]any {
	return map[string]any{"count": count, "outof": of, "incomplete": incomplete, "retainedSetId": "", "dropoffSetId": ""}
}
