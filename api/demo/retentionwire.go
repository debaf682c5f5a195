package demo

import "slices"

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

// row counts a group.
func (q *retentionQuery) row(g *retentionGroup) retentionRows {
	widest := len(q.anyDone)
	r := retentionRows{came: make([]int, widest), could: make([]int, widest)}
	for c := range q.axis.starts {
		r.cohorts = append(r.cohorts, make([]int, len(q.complete[c])+1))
	}
	back, came, could := make([]bool, widest), make([]bool, widest), make([]bool, widest)
	clock := clock{zone: q.axis.dates.start.Location()}
	for n, m := range g.members {
		if n == 0 || g.members[n-1].user != m.user {
			r.all++
			clear(came)
			clear(could)
		}
		row, done := r.cohorts[m.cohort], q.complete[m.cohort]
		row[0]++
		cells := back[:len(done)]
		q.returned(m, q.rounded(&clock, q.log.times[m.first]), cells)
		for k, yes := range cells {
			if yes {
				row[k+1]++
			}
			if done[k] || !q.anyDone[k] {
				r.could[k] += once(&could[k])
				if yes {
					r.came[k] += once(&came[k])
				}
			}
		}
	}
	return r
}

// once is 1 the first time.
func once(seen *bool) int {
	if *seen {
		return 0
	}
	*seen = true
	return 1
}

// returned marks in which cells a member came back after start.
func (q *retentionQuery) returned(m member, start int64, cells []bool) {
	clear(cells)
	all := q.returns[m.user]
	from, _ := slices.BinarySearchFunc(all, m.first, func(c comeback, first int32) int { return int(c.last) - int(first) })
	for _, c := range all[from:] {
		after := c.at - start
		switch q.mode {
		case "bracket":
			for n, b := range q.brackets {
				if n < len(cells) && after >= int64(b[0])*q.step && after < int64(b[1])*q.step {
					cells[n] = true
				}
			}
		default:
			if n := int(after / q.step); n < len(cells) {
				cells[n] = true
			}
		}
	}
	if q.mode != "rolling" {
		return
	}
	// Whoever came back on day N has come back on or after every day before.
	for n := len(cells) - 2; n >= 0; n-- {
		cells[n] = cells[n] || cells[n+1]
	}
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
