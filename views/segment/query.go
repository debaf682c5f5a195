package segment

import (
	"context"
	"fmt"
	"time"

	"amptui/api"
	"amptui/keys"
	"amptui/views"
	"amptui/views/query"
)

// asked is a state as of a moment: what goes to the API, and what the answer
// must be cut to.
type asked struct {
	query  api.SegmentationQuery
	before *api.SegmentationQuery // the period to compare with
	now    time.Time
	first  time.Time // buckets that begin earlier are cut off; zero keeps all
	note   string    // what was asked differently from what the state says
}

// Query is what the state asks as of now, in the zone of now. An error says in
// a sentence what cannot be asked.
func (s State) Query(now time.Time) (asked, error) {
	if err := s.check(); err != nil {
		return asked{}, err
	}
	dates, err := s.Range.Dates(now, s.Interval)
	if err != nil {
		return asked{}, err
	}
	a := asked{now: now}
	if s.Range.Last.Unit == query.Hours && (s.Interval == api.Hour || s.Interval == api.FiveMinutes) {
		a.first = now.Add(-time.Duration(s.Range.Last.N) * time.Hour)
	}
	if s.Complete {
		if dates, err = completeDates(dates, s.Interval, now); err != nil {
			return asked{}, err
		}
	}
	if dates, a.note = clamp(dates, s.Interval); dates.Start.After(now) {
		return asked{}, fmt.Errorf("%s is too far ahead: nothing of it has come yet; leave the last date out for today", s.Range.To)
	}
	a.query = s.ask(dates)
	if err := a.query.Check(); err != nil {
		return asked{}, err
	}
	if s.Compare == previous {
		b := s.ask(before(dates, s.Interval))
		a.before = &b
	}
	return a, nil
}

func (s State) ask(dates api.Dates) api.SegmentationQuery {
	q := api.SegmentationQuery{
		Dates: dates, Event: s.Events[0], Metric: s.Metric, Formula: s.Formula,
		Users: s.Users, Interval: s.Interval, Segments: s.Who.Asked(), By: s.Who.By,
		RollingWindow: s.RollingWindow, RollingAverage: s.RollingAverage,
	}
	if len(s.Events) > 1 {
		second := s.Events[1]
		q.Second = &second
	}
	if s.grouped() {
		q.Limit = s.Limit
	}
	return q
}

// grouped says whether the answer has a series for each value of a property.
func (s State) grouped() bool {
	if len(s.Who.By) > 0 {
		return true
	}
	own := 0
	if needsNumber(s.Metric) {
		own = 1 // the property that the metric is about
	}
	for _, e := range s.Events {
		if len(e.By) > own {
			return true
		}
	}
	return false
}

// clamp shortens a range to what the API answers at the interval, and says so.
func clamp(d api.Dates, interval api.Interval) (api.Dates, string) {
	most := interval.MaxDays()
	if d.Len() <= most {
		return d, ""
	}
	d.Start = wholeStart(api.AddDays(d.End, 1-most), interval)
	return d, fmt.Sprintf("a %s interval reaches back %d days at most: from %s",
		query.IntervalWord(interval), most, d.Start.Format("2 Jan 2006"))
}

// wholeStart is the first whole bucket that begins on the day or later.
func wholeStart(day time.Time, interval api.Interval) time.Time {
	b := interval.Bucket(day)
	if b.Before(day) {
		return interval.Next(b)
	}
	return b
}

// completeDates leaves out a bucket that the range or the present cuts through.
func completeDates(d api.Dates, interval api.Interval, now time.Time) (api.Dates, error) {
	out := api.Dates{Start: wholeStart(d.Start, interval), End: d.End}
	if interval == api.Hour || interval == api.FiveMinutes {
		return out, nil // the answer's unfinished buckets are cut off instead
	}
	afterEnd := api.AddDays(d.End, 1)
	if afterEnd.After(now) {
		afterEnd = now
	}
	out.End = api.AddDays(interval.Bucket(afterEnd), -1)
	if out.End.Before(out.Start) {
		return d, views.Mendable{
			Err: fmt.Errorf("no %s of this range is complete", query.IntervalWord(interval)),
			Key: func(k keys.Map) keys.Key { return k.Complete }, To: "to see unfinished ones too, or ask for more dates",
			Shell: "leave --complete out, or ask for more dates",
		}
	}
	return out, nil
}

// before is the period before, as long and aligned by weekday: it lies as many
// whole weeks (or months) back as the range covers.
func before(d api.Dates, interval api.Interval) api.Dates {
	if interval == api.Month {
		first, last := interval.Bucket(d.Start), interval.Bucket(d.End)
		months := (last.Year()-first.Year())*12 + int(last.Month()-first.Month()) + 1
		return api.Dates{
			Start: api.Midnight(d.Start.Year(), d.Start.Month()-time.Month(months), d.Start.Day(), d.Start.Location()),
			End:   api.Midnight(last.Year(), last.Month()-time.Month(months)+1, 0, last.Location()),
		}
	}
	back := -7 * ((d.Len() + 6) / 7)
	return api.Dates{Start: api.AddDays(d.Start, back), End: api.AddDays(d.End, back)}
}

// Questions are what is asked of the API: the question, and where it is compared
// the same of the period before.
func (a asked) Questions() []api.Question {
	if a.before == nil {
		return []api.Question{a.query}
	}
	return []api.Question{a.query, *a.before}
}

// found is what the API said: the answer and, with a comparison, the one before.
type found struct{ now, before *api.Segmentation }

// Fetch asks for the period and, with a comparison, for the one before at the
// same time.
func (a asked) Fetch(ctx context.Context, client *api.Client) (found, error) {
	var f found
	get := func(q api.SegmentationQuery, to **api.Segmentation) func(context.Context) error {
		return func(ctx context.Context) error {
			answer, err := client.Segmentation(ctx, q)
			*to = &answer
			return err
		}
	}
	works := []func(context.Context) error{get(a.query, &f.now)}
	if a.before != nil {
		works = append(works, get(*a.before, &f.before))
	}
	err := views.Together(ctx, works...)
	return f, err
}
