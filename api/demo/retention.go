package demo

import (
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
)

// Retention: a user belongs to the cohort of every interval of the range in
// which they did the start event, and their clock begins with the first one in
// it. With _new the cohort is that of the very first event, so everybody is in
// one cohort at most. Day N is the 24 hours that begin N times 24 hours after
// that first start event (7 or 30 days for weeks and months); the start event
// itself is a return on day 0 if it is the return event too.
//
//   - n-day: came back in the window of day N;
//   - rolling: came back in it or after it;
//   - bracket: came back in the windows of the days from, to (excluded).
//
// A cell is incomplete while its window is not over for everybody in the
// cohort. Rows run to today. Index 0 is the cohort itself.

type retentionQuery struct {
	log      *Log
	axis     axis
	start    eventArg
	back     eventArg
	segments [][]condition
	by       []group
	mode     string
	brackets [][2]int
	step     int64 // microseconds
	now      int64
}

func (s *Server) retention(ctx context.Context, v url.Values) (any, error) {
	q, err := s.parseRetention(v)
	if err != nil {
		return nil, err
	}
	series, labels, meta := []any{}, []any{}, []any{}
	for i, segment := range q.segments {
		groups, err := q.run(ctx, segment)
		if err != nil {
			return nil, err
		}
		for _, g := range groups {
			series = append(series, g.wire(q))
			labels = append(labels, g.label)
			meta = append(meta, map[string]any{"segmentIndex": i, "eventIndex": 0})
		}
	}
	return map[string]any{"series": series, "seriesLabels": labels, "seriesMeta": meta}, nil
}

func (s *Server) parseRetention(v url.Values) (*retentionQuery, error) {
	q := &retentionQuery{log: s.Log, now: s.Now().UnixMicro()}
	d, err := parseDates(v, s.Zone)
	if err != nil {
		return nil, err
	}
	i, err := parseInterval(v, d, day, week, month)
	if err != nil {
		return nil, err
	}
	q.axis, q.step = newAxis(d, i), int64(i)*24*3600*1e6
	if q.start, err = parseEvent("se", v.Get("se")); err != nil {
		return nil, err
	}
	if q.back, err = parseEvent("re", v.Get("re")); err != nil {
		return nil, err
	}
	if q.back.name == "_new" {
		return nil, refuse("Invalid event _new")
	}
	// The documented n-day is refused, as the live API does.
	if q.mode = v.Get("rm"); !slices.Contains([]string{"", "nday", "rolling", "bracket"}, q.mode) {
		return nil, refuse("Invalid retention method")
	}
	if q.segments, err = parseSegments(v); err != nil {
		return nil, err
	}
	if q.by, err = parseGroups(v, len(q.segments), 1); err != nil {
		return nil, err
	}
	if q.mode == "bracket" {
		return q, q.parseBrackets(v.Get("rb"))
	}
	return q, nil
}

func (q *retentionQuery) parseBrackets(s string) error {
	if err := json.Unmarshal([]byte(s), &q.brackets); err != nil || len(q.brackets) == 0 || len(q.brackets) > 100 {
		return refuse("Invalid retention brackets")
	}
	end := 0
	for _, b := range q.brackets {
		if b[0] < end || b[1] <= b[0] || b[1] > 3650 {
			return refuse("Invalid retention brackets")
		}
		end = b[1]
	}
	return nil
}

// member is one user in one cohort.
type member struct {
	user   int32
	cohort int
	start  int64
}

type retentionGroup struct {
	label   string
	members []member
	back    *matcher
}

func (q *retentionQuery) run(ctx context.Context, segment []condition) ([]*retentionGroup, error) {
	l := q.log
	start, err := l.newMatcher(q.start, segment, q.axis, false)
	if err != nil {
		return nil, err
	}
	back, err := l.newMatcher(q.back, nil, q.axis, false)
	if err != nil {
		return nil, err
	}
	labels := l.newLabeler(append(slices.Clone(q.start.by), q.by...))
	groups := map[int]*retentionGroup{}
	for u := range l.people {
		if u&0xff == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		q.user(int32(u), start, func(i int32, cohort int) {
			g := labels.of(i)
			if groups[g] == nil {
				groups[g] = &retentionGroup{label: labels.text[g], back: back}
			}
			groups[g].members = append(groups[g].members, member{int32(u), cohort, l.times[i]})
		})
	}
	out := make([]*retentionGroup, 0, len(groups))
	for _, g := range groups {
		out = append(out, g)
	}
	slices.SortFunc(out, func(a, b *retentionGroup) int {
		if len(a.members) != len(b.members) {
			return len(b.members) - len(a.members)
		}
		return compareText(a.label, b.label)
	})
	return out, nil
}

// user finds the cohorts of one user: the first start event of each interval.
func (q *retentionQuery) user(u int32, start *matcher, in func(i int32, cohort int)) {
	l, a := q.log, q.axis
	last := -1
	for n, i := range l.people[u].events {
		at := l.times[i]
		if at >= a.bounds[len(a.starts)] || at > q.now {
			return
		}
		if q.start.name == "_new" {
			if n > 0 {
				return
			}
			if at >= a.bounds[0] && start.inSegment(i) {
				in(i, a.find(at))
			}
			return
		}
		if at < a.bounds[0] || !start.event(i) {
			continue
		}
		if c := a.find(at); c != last {
			last = c
			in(i, c)
		}
	}
}

// width is how many cells a cohort has: those that have begun.
func (q *retentionQuery) width(cohort int) int {
	if q.mode == "bracket" {
		return len(q.brackets)
	}
	begin := q.axis.bounds[cohort]
	if begin > q.now {
		return 0
	}
	return int((q.now-begin)/q.step) + 1
}

// window is the span of cell n after a start.
func (q *retentionQuery) window(n int) (from, to int64) {
	switch q.mode {
	case "bracket":
		return int64(q.brackets[n][0]) * q.step, int64(q.brackets[n][1]) * q.step
	case "rolling":
		return int64(n) * q.step, 1 << 62
	}
	return int64(n) * q.step, int64(n+1) * q.step
}

// complete says whether the window of cell n is over for everybody who could be
// in the cohort. A rolling cell is, once everybody has reached day N's end.
func (q *retentionQuery) complete(cohort, n int) bool {
	end := q.axis.bounds[cohort+1]
	_, to := q.window(n)
	if q.mode == "rolling" {
		to = int64(n+1) * q.step
	}
	return end+to <= q.now
}

type cell struct {
	Count      int  `json:"count"`
	Of         int  `json:"outof"`
	Incomplete bool `json:"incomplete"`
}

// returned marks in which cells a member came back.
func (g *retentionGroup) returned(q *retentionQuery, m member, cells []bool) {
	l := q.log
	for i := range cells {
		cells[i] = false
	}
	for _, i := range l.people[m.user].events {
		at := l.times[i]
		if at < m.start || at > q.now || !g.back.isEvent(i) {
			continue
		}
		after := at - m.start
		switch q.mode {
		case "bracket":
			for n, b := range q.brackets {
				if after >= int64(b[0])*q.step && after < int64(b[1])*q.step {
					cells[n] = true
				}
			}
		case "rolling":
			for n := 0; n < len(cells) && int64(n)*q.step <= after; n++ {
				cells[n] = true
			}
		default:
			if n := int(after / q.step); n < len(cells) {
				cells[n] = true
			}
		}
	}
}

func (g *retentionGroup) wire(q *retentionQuery) map[string]any {
	n := len(q.axis.starts)
	rows := make([][]cell, n)
	widest := 0
	for c := range rows {
		rows[c] = make([]cell, q.width(c)+1)
		widest = max(widest, q.width(c))
	}
	// Who came back in a cell of any complete cohort, and who could.
	came, could := make([]map[int32]bool, widest), make([]map[int32]bool, widest)
	anyComplete := make([]bool, widest)
	for k := range widest {
		came[k], could[k] = map[int32]bool{}, map[int32]bool{}
		for c := range rows {
			anyComplete[k] = anyComplete[k] || k < q.width(c) && q.complete(c, k)
		}
	}
	everybody := map[int32]bool{}
	back := make([]bool, widest)
	for _, m := range g.members {
		everybody[m.user] = true
		row := rows[m.cohort]
		row[0].Count++
		cells := back[:len(row)-1]
		g.returned(q, m, cells)
		for k, yes := range cells {
			counts := !anyComplete[k] || q.complete(m.cohort, k)
			if yes {
				row[k+1].Count++
				if counts {
					came[k][m.user] = true
				}
			}
			if counts {
				could[k][m.user] = true
			}
		}
	}
	return g.answer(q, rows, came, could, anyComplete, len(everybody))
}

func (g *retentionGroup) answer(q *retentionQuery, rows [][]cell, came, could []map[int32]bool, complete []bool, all int) map[string]any {
	dates, datetimes, values := []string{}, []string{}, map[string]any{}
	for c := len(rows) - 1; c >= 0; c-- {
		row := rows[c]
		row[0].Of = row[0].Count
		for k := range row[1:] {
			row[k+1].Of = row[0].Count
			row[k+1].Incomplete = !q.complete(c, k)
		}
		begin := q.axis.starts[c]
		label := begin.Format("Jan 2, 2006")
		dates = append(dates, label)
		datetimes = append(datetimes, begin.Format("2006-01-02T15:04:05"))
		values[label] = row
	}
	combined := []any{map[string]any{"count": all, "outof": all, "incomplete": false, "retainedSetId": "", "dropoffSetId": ""}}
	for k := range came {
		combined = append(combined, map[string]any{
			"count": len(came[k]), "outof": len(could[k]), "incomplete": !complete[k], "retainedSetId": "", "dropoffSetId": "",
		})
	}
	return map[string]any{"dates": dates, "datetimes": datetimes, "values": values, "combined": combined}
}

// dayKey is the name of the revenue after n days.
func dayKey(n int) string { return "r" + strconv.Itoa(n) + "d" }
