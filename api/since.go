package api

import (
	"math"
	"time"
)

// Partly says whether the record of the project begins inside of the interval between
// two times, as far as that is known: what is counted there is of a part of it. The day
// of the first event counts as whole.
func (m Meta) Partly(begin, end time.Time) bool {
	return !m.Since.IsZero() && begin.Before(AddDays(m.Since, 0)) && end.After(m.Since)
}

// record is what is known of when the record of a project begins, for one answer: the
// API does not say it and counts zero before, an event log knows its first event.
type record struct {
	since time.Time // zero is not known
	i     Interval
	meta  *Meta
}

func (c *Client) record(i Interval, m *Meta) record {
	if c.options.Since.IsZero() {
		return record{}
	}
	return record{c.options.Since.In(c.options.Zone), i, m}
}

// lacks says whether the interval that begins at a time was over before there was
// anything to record.
func (r record) lacks(begin time.Time) bool { return r.ended(begin, r.i.Next(begin)) }

// ended is lacks for an interval between two times. That the answer reaches back behind
// the first event is noted in it.
func (r record) ended(begin, end time.Time) bool {
	if r.since.IsZero() || begin.IsZero() || !begin.Before(AddDays(r.since, 0)) {
		return false
	}
	r.meta.Since = r.since
	return !end.After(r.since)
}

// series makes what was not recorded missing.
func (r record) series(s *Segmentation) {
	for k, t := range s.Times {
		if !r.lacks(t) {
			continue
		}
		for _, one := range s.Series {
			if k < len(one.Values) {
				one.Values[k] = math.NaN()
			}
		}
	}
}

// chart does so in a saved chart, whose points tell by the next one how long they are.
func (r record) chart(got *Chart) {
	for k := range len(got.Times) - 1 {
		if !r.ended(got.Times[k], got.Times[k+1]) {
			continue
		}
		for _, row := range got.Rows {
			if row.Values[k] == 0 {
				row.Values[k] = math.NaN()
			}
		}
	}
}

func (r record) funnel(f *Funnel) {
	for _, g := range f.Groups {
		for _, d := range g.Days {
			if r.lacks(d.Time) {
				for k := range d.Counts {
					d.Counts[k] = math.NaN()
				}
			}
		}
	}
}

func (r record) retention(all *Retention) {
	for _, g := range all.Groups {
		for k, cohort := range g.Cohorts {
			if r.lacks(cohort.Time) {
				g.Cohorts[k].Size = math.NaN()
				for n := range cohort.Cells {
					cohort.Cells[n].Count, cohort.Cells[n].Of = math.NaN(), math.NaN()
				}
			}
		}
	}
}

func (r record) revenue(all *Revenue) {
	if all.Series != nil {
		r.series(all.Series)
	}
	for _, g := range all.Groups {
		for k, cohort := range g.Cohorts {
			if r.lacks(cohort.Time) {
				none := &g.Cohorts[k]
				none.Users, none.Paid, none.Amount = math.NaN(), math.NaN(), math.NaN()
				for n := range cohort.Days {
					cohort.Days[n].Value = math.NaN()
				}
			}
		}
	}
}
