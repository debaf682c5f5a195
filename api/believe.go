package api

import (
	"fmt"
	"math"
	"slices"
	"time"

	"amptui/api/text"
)

// An answer can be well written and yet not be true. What is here holds answers
// against what was asked and against arithmetic: dates that nobody asked for, more
// users at a later step than at the one before, fewer than none.

// atLeastNone takes counts below zero for missing.
func atLeastNone(counts ...*float64) {
	for _, v := range counts {
		if *v < 0 {
			*v = math.NaN()
		}
	}
}

// counts says whether the values of a metric are counts or shares of them, which are
// never below zero; sums of properties and formulas can be.
func (m Metric) counts() bool {
	return slices.Contains([]Metric{"", Uniques, Totals, ActivePercent, Average, Histogram}, m)
}

// believed is no error where nothing speaks against an answer.
func (c *Client) believed(endpoint, why string) error {
	if why == "" {
		return nil
	}
	return c.undecodable(endpoint, why)
}

// cannotBe says what of the answer contradicts the question.
func (q SegmentationQuery) cannotBe(s *Segmentation) string {
	if q.Metric.counts() {
		s.countsOnly()
	}
	return s.keepTo(q.Interval, q.Dates)
}

// countsOnly takes what is below zero for missing.
func (s *Segmentation) countsOnly() {
	for i := range s.Series {
		one := &s.Series[i]
		atLeastNone(&one.Total)
		for k := range one.Values {
			atLeastNone(&one.Values[k])
		}
	}
}

// keepTo says why the points of an answer are not those that were asked; empty if they
// are. Dates that the answer passes over become points without values.
func (s *Segmentation) keepTo(interval Interval, dates Dates) string {
	if len(s.Times) == 0 || len(s.Series) == 0 {
		return ""
	}
	tellTwiceApart(s.Times, interval)
	if why := interval.misplaced(s.Times, dates); why != "" {
		return why
	}
	for i := 1; i < len(s.Times); i++ {
		if due := interval.Next(s.Times[i-1]); due.Before(s.Times[i]) && onGrid(interval, due, s.Times[i]) {
			s.insert(i, due, interval)
		}
	}
	return ""
}

// tellTwiceApart gives times of an hour that comes twice, when clocks go back, their own
// moments: labels have no offset, and the first of the two is meant unless it is past.
func tellTwiceApart(times []time.Time, interval Interval) {
	if interval != Hour && interval != FiveMinutes {
		return
	}
	const clock = "2006-01-02 15:04"
	for i, t := range times {
		for _, other := range []time.Time{t.Add(-time.Hour), t, t.Add(time.Hour)} {
			if other.Format(clock) == t.Format(clock) && (i == 0 || other.After(times[i-1])) {
				times[i] = other
				break
			}
		}
	}
}

// misplaced says why times are not the buckets of a range, one behind the other. How
// long before its first day a bucket begins depends on the project's first day of the
// week.
func (i Interval) misplaced(times []time.Time, dates Dates) string {
	for k, t := range times {
		if k > 0 && !t.After(times[k-1]) {
			return "its dates do not follow each other: " + i.written(t) + " stands behind " + i.written(times[k-1])
		}
	}
	if dates.Start.IsZero() || dates.End.IsZero() || len(times) == 0 {
		return ""
	}
	return i.outside(times, dates)
}

// outside says which time is of no bucket of a range.
func (i Interval) outside(times []time.Time, dates Dates) string {
	first := AddDays(dates.Start, -max(1, int(i)))
	last := AddDays(dates.End, 2)
	for _, t := range times {
		if !t.IsZero() && (t.Before(first) || t.After(last)) {
			return "it is about " + i.written(t) + ", which was not asked"
		}
	}
	return ""
}

// written is a bucket as a sentence names it.
func (i Interval) written(t time.Time) string {
	if i == Hour || i == FiveMinutes {
		return t.Format("2006-01-02 15:04")
	}
	return t.Format(time.DateOnly)
}

// onGrid says whether buckets that begin with the due one reach a later time exactly,
// so that what lies between has been passed over.
func onGrid(interval Interval, due, later time.Time) bool {
	for n := 0; due.Before(later); n++ {
		if n > interval.MaxDays()*24*12 {
			return false
		}
		due = interval.Next(due)
	}
	return due.Equal(later)
}

// insert puts a point without values before another.
func (s *Segmentation) insert(at int, t time.Time, interval Interval) {
	s.Times = slices.Insert(s.Times, at, t)
	s.Labels = slices.Insert(s.Labels, at, text.New(interval.written(t)))
	for k := range s.Series {
		if values := s.Series[k].Values; at <= len(values) {
			s.Series[k].Values = slices.Insert(slices.Clone(values), at, math.NaN())
		}
	}
	s.Meta.MissingData = true
}

// twice says which of the labels stands there twice.
func twice(labels []text.Raw) string {
	seen := make(map[text.Raw]bool, len(labels))
	for _, l := range labels {
		if seen[l] {
			return fmt.Sprintf("%s stands in it twice", l)
		}
		seen[l] = true
	}
	return ""
}

// cannotBe says what of a funnel contradicts itself: nobody gets to a step who was not
// at the one before.
func (g *FunnelGroup) cannotBe(q FunnelQuery) string {
	for i := range g.Steps {
		s := &g.Steps[i]
		atLeastNone(&s.Count)
		for k := range s.Bins {
			atLeastNone(&s.Bins[k].Users)
		}
		if i > 0 && s.Count > g.Steps[i-1].Count {
			return fmt.Sprintf("it counts more users at step %d than at step %d", i+1, i)
		}
	}
	var times []time.Time
	for i := range g.Days {
		for k := range g.Days[i].Counts {
			atLeastNone(&g.Days[i].Counts[k])
			if k > 0 && g.Days[i].Counts[k] > g.Days[i].Counts[k-1] {
				return fmt.Sprintf("it counts more users at step %d than at step %d on one day", k+1, k)
			}
		}
		if g.Days[i].Time.IsZero() {
			return ""
		}
		times = append(times, g.Days[i].Time)
	}
	return q.Interval.misplaced(times, q.Dates)
}

// cannotBe says what of a group's cohorts contradicts itself: no more come back than
// there are.
func (g *RetentionGroup) cannotBe(q RetentionQuery) string {
	atLeastNone(&g.Users)
	rows := [][]RetentionCell{g.Combined}
	var times []time.Time
	for i := range g.Cohorts {
		atLeastNone(&g.Cohorts[i].Size)
		rows = append(rows, g.Cohorts[i].Cells)
		times = append(times, g.Cohorts[i].Time)
	}
	for _, row := range rows {
		for i := range row {
			atLeastNone(&row[i].Count, &row[i].Of)
			if row[i].Count > row[i].Of {
				return fmt.Sprintf("it counts more users who came back than there are: %v of %v", row[i].Count, row[i].Of)
			}
		}
	}
	return q.Interval.cohorts(times, q.Dates)
}

// cannotBe says what of a group's revenue contradicts itself: no more pay than there
// are.
func (g *RevenueGroup) cannotBe(q RevenueQuery) string {
	atLeastNone(&g.Users, &g.Paid)
	why := tooManyPay(g.Paid, g.Users)
	var times []time.Time
	for i := range g.Cohorts {
		one := &g.Cohorts[i]
		atLeastNone(&one.Users, &one.Paid)
		times = append(times, one.Time)
		if why == "" {
			why = tooManyPay(one.Paid, one.Users)
		}
	}
	if why != "" {
		return why
	}
	return q.Interval.cohorts(times, q.Dates)
}

func tooManyPay(paid, users float64) string {
	if paid > users {
		return fmt.Sprintf("it counts more users who paid than there are: %v of %v", paid, users)
	}
	return ""
}

// cohorts says why times are not the cohorts of a range; cohorts may stand in any
// order, since each has its date.
func (i Interval) cohorts(times []time.Time, dates Dates) string {
	known := slices.DeleteFunc(slices.Clone(times), time.Time.IsZero)
	slices.SortFunc(known, time.Time.Compare)
	return i.misplaced(known, dates)
}
