package segment

import (
	"fmt"
	"math"
	"time"

	"amptui/api"
	"amptui/charts"
)

// paceOfHours judges today by its hours that are over: what had come by then on
// days of the same kind. So an early hour, of which little can be known, is set
// against early hours, and not what today may come to against whole days.
func (r *answer) paceOfHours(s State, a asked, one series) (judgement, bool) {
	today := api.Day.Bucket(a.now)
	soFar, until, ok := r.today(one, today)
	if !ok {
		return judgement{}, false
	}
	days := r.daysLike(s, one, today, until, 0)
	if len(days) < leastLike {
		return judgement{}, false
	}
	parts, shares := make([]float64, len(days)), []float64{}
	clock := fmt.Sprintf("%02d:00", until)
	var j judgement
	for i, d := range days {
		parts[i] = d.part
		says := fmt.Sprintf("%s by %s: %s of %s", d.t.Format("Mon 2 Jan 2006"), clock, charts.Exact(d.part), charts.Exact(d.whole))
		if d.whole > 0 {
			shares = append(shares, d.part/d.whole)
			says += ", " + charts.Percent(d.part/d.whole)
		}
		j.work = append(j.work, says)
	}
	j.soFar = fmt.Sprintf("so far today %s by %s", charts.Exact(soFar), clock)
	j.value = j.soFar
	if share := median(shares); len(shares) >= leastLike && share > 0 {
		pace := math.Round(soFar / share)
		j.soFar += fmt.Sprintf(" (%s of a day)", charts.Percent(share))
		j.value = "on pace for ~" + charts.SI(pace)
		j.work = append(j.work, fmt.Sprintf("pace: %s by %s / %s, the median of these parts = %s", charts.Exact(soFar), clock, charts.Percent(share), charts.Exact(pace)))
	} else {
		j.soFar = ""
	}
	u := usualOf(parts, nil, s.counts())
	which := fmt.Sprintf("%d %s by %s:", len(days), kindOfDay(today), clock)
	j.like, j.middle = which, charts.SI(u.middle)
	j.verdict, j.unusual = u.verdict(soFar), u.outside(soFar)
	j.work = append(append(j.work, medianOf+which+" "+charts.Exact(u.middle)), u.work(soFar)...)
	return j, true
}

// today sums the hours of today that are over, and says until which hour; false
// where one of them is missing.
func (r *answer) today(one series, today time.Time) (soFar float64, until int, ok bool) {
	next := today
	for i, t := range r.times {
		if t.Before(today) || r.open[i] {
			continue
		}
		if !t.Equal(next) || missing(one.values[i]) {
			return 0, 0, false
		}
		soFar += one.values[i]
		next = api.Hour.Next(t)
		until = t.Hour() + 1
	}
	return soFar, until, until > 0
}

// dayPart is a whole day and what of it had come by some time.
type dayPart struct {
	t           time.Time
	whole, part float64
}

// daysLike are the days before one that are of its kind and have all their hours,
// the newest first, with what had come by an hour and a part of the next one.
func (r *answer) daysLike(s State, one series, of time.Time, hour int, more float64) []dayPart {
	var out []dayPart
	if len(r.times) == 0 {
		return nil
	}
	for day := api.AddDays(of, -1); !day.Before(r.times[0]) && len(out) < mostLike; day = api.AddDays(day, -1) {
		if d, ok := r.dayOf(s, one, day, hour, more); ok && weekend(day) == weekend(of) {
			out = append(out, d)
		}
	}
	return out
}

// dayOf sums the hours of a day, and by the clock those before an hour, so that
// a day on which the clocks change is as long as it was.
func (r *answer) dayOf(s State, one series, day time.Time, hour int, more float64) (dayPart, bool) {
	d := dayPart{t: day}
	next, end := day, api.AddDays(day, 1)
	for i, t := range r.times {
		if t.Before(day) || !t.Before(end) {
			continue
		}
		if !t.Equal(next) || !r.whole(one, i) {
			return d, false
		}
		next = api.Hour.Next(t)
		d.whole += one.values[i]
		switch {
		case t.Hour() < hour:
			d.part += one.values[i]
		case t.Hour() == hour:
			d.part += more * one.values[i]
		}
	}
	return d, !next.Before(end)
}

// paceOfDay judges what today comes to, if its hours go on as those of the days
// of its kind did, by the same weekday of the weeks before. That the days went at
// different paces and that few have come so far makes the usual wider, and early in
// the day too wide to tell.
func (r *answer) paceOfDay(s State, a asked, one series, hours *answer) (judgement, bool) {
	last := len(r.times) - 1
	at := r.meta.Reaches(a.now)
	if last < 0 || !r.times[last].Equal(api.Day.Bucket(at)) || !r.open[last] || missing(one.values[last]) || one.values[last] < 0 {
		return judgement{}, false
	}
	like, which := r.like(s, one, last)
	shares, lines := hours.sharesBy(one, r.times[last], at)
	share := median(shares)
	if len(like) < leastLike || len(shares) < leastLike || share <= 0 {
		return judgement{}, false
	}
	come := one.values[last]
	pace := math.Round(come / share)
	u := usualOf(values(like), r.peers(s, one, last, len(like)), s.counts())
	clock := at.Format("15:04")
	j := judgement{
		soFar:  fmt.Sprintf("%s %s (%s of the day)", soFar(r.times[last], s.Interval, a.now), charts.Exact(come), charts.Percent(share)),
		value:  "on pace for ~" + charts.SI(pace),
		like:   fmt.Sprintf("%d %s", len(like), which),
		middle: charts.SI(u.middle),
		work:   append(written(like, s.Interval), fmt.Sprintf("%s%d %s = %s", medianOf, len(like), which, charts.Exact(u.middle))),
	}
	j.work = append(append(j.work, lines...), fmt.Sprintf("pace: %s so far / %s, the median part of a day by %s = %s", charts.Exact(come), charts.Percent(share), clock, charts.Exact(pace)))
	days := fmt.Sprintf("root of (%s squared + ", charts.SI(u.far))
	j.work = append(j.work, "of whole days: "+u.how)
	byPace := usualOf(shares, nil, false).far / share * pace
	if s.counts() {
		byPace = max(byPace, 2*math.Sqrt(max(come, 1))/share)
	}
	u.how = days + charts.SI(byPace) + " squared), of whole days and of the pace by then"
	u.far = math.Hypot(u.far, byPace)
	j.verdict, j.unusual = u.verdict(pace), u.outside(pace)
	j.work = append(j.work, u.work(pace)...)
	return j, u.far < math.Abs(u.middle) // else it is too early to tell
}

// sharesBy is, of an answer by hours, what part of each day of the same kind had
// come by the time of day that it is, and each as the arithmetic lists it.
func (r *answer) sharesBy(one series, today, now time.Time) (shares []float64, lines []string) {
	for _, same := range r.series {
		if same.name != one.name {
			continue
		}
		s := State{Interval: api.Hour}
		for _, d := range r.daysLike(s, same, today, now.Hour(), float64(now.Minute())/60) {
			if d.whole > 0 {
				shares = append(shares, d.part/d.whole)
				lines = append(lines, fmt.Sprintf("%s by %s: %s", d.t.Format("Mon 2 Jan 2006"), now.Format("15:04"), charts.Percent(d.part/d.whole)))
			}
		}
	}
	return shares, lines
}
