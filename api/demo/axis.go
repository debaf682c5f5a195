package demo

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// dates is a range of days of the zone: [start, end).
type dates struct{ start, end time.Time }

func parseDates(v url.Values, zone *time.Location) (dates, error) {
	start, err1 := time.Parse("20060102", v.Get("start"))
	end, err2 := time.Parse("20060102", v.Get("end"))
	if err1 != nil || err2 != nil {
		return dates{}, refuse("Invalid start or end: YYYYMMDD is needed")
	}
	if end.Before(start) {
		return dates{}, refuse("The end is before the start")
	}
	return dates{midnight(start.Year(), start.Month(), start.Day(), zone), midnight(end.Year(), end.Month(), end.Day()+1, zone)}, nil
}

// days counts the days of the range, also those of 23 and 25 hours.
func (d dates) days() int { return int(d.end.Sub(d.start).Hours()/24 + 0.5) }

// interval is the API's number of a bucket's length.
type interval int

const (
	fiveMinutes interval = -300000
	hour        interval = -3600000
	day         interval = 1
	week        interval = 7
	month       interval = 30
)

func parseInterval(v url.Values, d dates, allowed ...interval) (interval, error) {
	i := day
	if s := v.Get("i"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			return 0, refuse("Invalid interval")
		}
		i = interval(n)
	}
	if !slices.Contains(allowed, i) {
		return 0, refuse("Invalid interval")
	}
	most := map[interval]int{fiveMinutes: 2, hour: 7, day: 366, week: 52*7 + 7, month: 37 * 31}[i]
	if d.days() > most {
		return 0, refuse("The time range is too long for this interval")
	}
	return i, nil
}

// bucket is the beginning of the interval that t falls into: weeks begin on
// Monday, months on the first, all in the zone of t.
func (i interval) bucket(t time.Time) time.Time {
	switch i {
	case fiveMinutes:
		return t.Truncate(5 * time.Minute)
	case hour:
		// An hour begins where the clock of the zone says so, in zones with half
		// hours too.
		return t.Add(-time.Duration(t.Minute())*time.Minute - time.Duration(t.Second())*time.Second - time.Duration(t.Nanosecond()))
	case week:
		return midnight(t.Year(), t.Month(), t.Day()-(int(t.Weekday())+6)%7, t.Location())
	case month:
		return midnight(t.Year(), t.Month(), 1, t.Location())
	}
	return midnight(t.Year(), t.Month(), t.Day(), t.Location())
}

func (i interval) next(t time.Time) time.Time {
	switch i {
	case fiveMinutes:
		return t.Add(5 * time.Minute)
	case hour:
		return t.Add(time.Hour)
	case week:
		return midnight(t.Year(), t.Month(), t.Day()+7, t.Location())
	case month:
		return midnight(t.Year(), t.Month()+1, 1, t.Location())
	}
	return midnight(t.Year(), t.Month(), t.Day()+1, t.Location())
}

// label is how the API writes a bucket.
func (i interval) label(t time.Time) string {
	if i == hour || i == fiveMinutes {
		return t.Format("2006-01-02T15:04:05")
	}
	return t.Format(time.DateOnly)
}

// axis is the buckets of a range, each with its beginning; bounds has one more.
type axis struct {
	interval interval
	starts   []time.Time
	bounds   []int64 // unix microseconds
	dates    dates
	before   int   // how many of the buckets lie before the range
	now      int64 // unix microseconds: what is later has not happened
}

func newAxis(d dates, i interval) axis {
	a := axis{interval: i, dates: d, now: math.MaxInt64 - 1}
	for t := i.bucket(d.start); t.Before(d.end); t = i.next(t) {
		a.starts = append(a.starts, t)
		a.bounds = append(a.bounds, max(t.UnixMicro(), d.start.UnixMicro()))
	}
	a.bounds = append(a.bounds, d.end.UnixMicro())
	return a
}

// axis reads the range and the interval of a question.
func (s *Server) axis(v url.Values, allowed ...interval) (axis, error) {
	d, err := parseDates(v, s.Zone)
	if err != nil {
		return axis{}, err
	}
	i, err := parseInterval(v, d, allowed...)
	if err != nil {
		return axis{}, err
	}
	a := newAxis(d, i)
	a.now = s.Now().UnixMicro()
	return a, nil
}

// lookBack is the axis with n buckets more before the range.
func (a axis) lookBack(n int) axis {
	if n <= 0 {
		return a
	}
	starts, bounds := make([]time.Time, n), make([]int64, n)
	for k, t := n-1, a.starts[0]; k >= 0; k-- {
		t = a.interval.bucket(t.Add(-time.Nanosecond))
		starts[k], bounds[k] = t, t.UnixMicro()
	}
	a.starts, a.bounds, a.before = append(starts, a.starts...), append(bounds, a.bounds...), n
	return a
}

// span is from when to when (excluded) there is something to count.
func (a axis) span() (from, to int64) {
	return a.bounds[0], min(a.bounds[len(a.starts)], a.now+1)
}

// labels are those of the range.
func (a axis) labels() []string {
	out := make([]string, 0, len(a.starts))
	for _, t := range a.starts[a.before:] {
		out = append(out, a.interval.label(t))
	}
	return out
}

// find is the bucket of a time inside of the range.
func (a axis) find(at int64) int {
	i, ok := slices.BinarySearch(a.bounds, at)
	if ok {
		return min(i, len(a.starts)-1)
	}
	return i - 1
}
