package charts

import (
	"math"
	"strconv"
	"strings"
	"time"

	"amptui/charts/theme"
)

// most bounds what is drawn, so that sums and differences stay numbers.
const most = 1e300

// scale maps values to the height of a plot, 0 at its bottom and 1 at its top.
type scale struct {
	low, high float64 // of the transformed values
	log       bool
	percent   bool
	whole     bool // all values are whole numbers, and so are the ticks
	ticks     []float64
}

// newScale finds a scale with round ticks for the values of the visible points.
func newScale(l Line, from, to, rows int) (scale, bool) {
	s := scale{log: l.Log, percent: l.Percent, whole: !l.Percent}
	low, high, any := math.Inf(1), math.Inf(-1), false
	for _, one := range l.Series {
		if one.Hidden {
			continue
		}
		for i := from; i < min(to, len(one.Values)); i++ {
			if v, ok := s.value(one.Values[i]); ok {
				low, high, any = min(low, v), max(high, v), true
				s.whole = s.whole && v == math.Trunc(v)
			}
		}
	}
	if !any {
		return s, false
	}
	if s.log {
		s.logTicks(low, high)
		return s, true
	}
	if !l.Fit {
		low, high = min(low, 0), max(high, 0)
	}
	s.ticksBetween(low, high, max(2, min((rows+2)/3, 8)))
	return s, true
}

// value is the transformed value of a number that can be drawn.
func (s scale) value(v float64) (float64, bool) {
	if isMissing(v) || s.log && v <= 0 {
		return 0, false
	}
	v = max(-most, min(v, most))
	if s.log {
		return math.Log10(v), true
	}
	return v, true
}

// ticksBetween chooses steps of 1, 2 or 5 times a power of ten and widens the
// range to whole steps. Of counts none is less than one: nobody does half of an event.
func (s *scale) ticksBetween(low, high float64, count int) {
	switch {
	case low == high && low == 0:
		high = 1
	case low == high:
		low, high = low-math.Abs(low)/10, high+math.Abs(high)/10
	}
	raw := (high - low) / float64(count)
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * power
	for _, m := range []float64{1, 2, 5} {
		if m*power >= raw {
			step = m * power
			break
		}
	}
	if s.whole {
		step = max(step, 1)
	}
	s.low, s.high = math.Floor(low/step+1e-9)*step, math.Ceil(high/step-1e-9)*step
	if s.high <= s.low {
		s.high = s.low + step
	}
	for i := 0; i < 50; i++ {
		v := s.low + float64(i)*step
		if v > s.high+step/2 {
			break
		}
		if math.Abs(v) < step/1e6 {
			v = 0
		}
		s.ticks = append(s.ticks, v)
	}
}

// logTicks are powers of ten.
func (s *scale) logTicks(low, high float64) {
	s.low, s.high = math.Floor(low), math.Ceil(high)
	if s.high == s.low {
		s.high++
	}
	for v := s.low; v <= s.high; v++ {
		s.ticks = append(s.ticks, v)
	}
}

// label writes a tick, with as many digits as tell it from the next one.
func (s scale) label(tick float64) string {
	if s.log {
		return SI(math.Pow(10, tick))
	}
	short := SI
	if s.percent {
		short = Percent
	}
	if s.distinct(short) {
		return short(tick)
	}
	step := s.ticks[1] - s.ticks[0]
	if s.percent {
		return strconv.FormatFloat(100*tick, 'f', decimals(100*step), 64) + "%"
	}
	if step >= 1 {
		return Exact(tick)
	}
	return strconv.FormatFloat(tick, 'f', decimals(step), 64)
}

// distinct says whether a way to write numbers tells all ticks apart.
func (s scale) distinct(write func(float64) string) bool {
	for i := 1; i < len(s.ticks); i++ {
		if write(s.ticks[i]) == write(s.ticks[i-1]) {
			return false
		}
	}
	return true
}

// decimals is how many digits behind the point a step needs.
func decimals(step float64) int {
	return max(0, min(int(math.Ceil(-math.Log10(step)-1e-9)), 12))
}

// name is a point in words, for the legend.
func (a Axis) name(i int) string {
	if i < 0 {
		return ""
	}
	if i >= len(a.Times) {
		if i < len(a.Labels) {
			return strings.TrimSpace(a.Unit + " " + a.Labels[i])
		}
		return ""
	}
	return a.nameOf(a.Times[i])
}

func (a Axis) nameOf(t time.Time) string {
	switch a.Step {
	case FiveMinutes, Hour:
		return t.Format("Mon 2 Jan 15:04")
	case Week:
		return t.Format("week of 2 Jan")
	case Month:
		return t.Format("Jan 2006")
	}
	return t.Format("Mon 2 Jan")
}

// length is how many points there are.
func (a Axis) length() int { return max(len(a.Times), len(a.Labels)) }

// tick is a label that stands on a point.
type tick struct {
	point int
	text  string
}

// strides are the distances between labels, in points, that read well.
func (a Axis) strides() []int {
	switch a.Step {
	case FiveMinutes:
		return []int{1, 2, 3, 6, 12, 24, 36, 72, 144, 288}
	case Hour:
		return []int{1, 2, 3, 6, 12, 24, 48, 72, 168}
	case Week:
		return []int{1, 2, 4, 8, 13, 26, 52}
	case Month:
		return []int{1, 2, 3, 6, 12, 24, 36}
	}
	return []int{1, 2, 7, 14, 28, 56, 84, 168, 364}
}

// ticks are the labels of the visible points with at least a blank between two,
// as many as fit into the width. at is the column of a point.
func (a Axis) ticks(from, to, width int, at func(int) int) []tick {
	var last []tick
	for _, stride := range append(a.strides(), 1<<30) {
		last = a.every(stride, from, to)
		if len(last) > 0 && fits(last, width, at) || len(last) == 1 {
			return last
		}
	}
	return last[:min(1, len(last))]
}

func fits(ticks []tick, width int, at func(int) int) bool {
	end := -2
	for _, t := range ticks {
		start := labelStart(at(t.point), Width(t.text), width)
		if start < end+2 {
			return false
		}
		end = start + Width(t.text) - 1
	}
	return true
}

// labelStart centres a label on its point, inside of the width.
func labelStart(column, wide, width int) int {
	return max(0, min(column-wide/2, width-wide))
}

// every labels each stride-th point; days in whole weeks on Mondays, hours in
// whole days at midnight.
func (a Axis) every(stride, from, to int) []tick {
	var out []tick
	var before time.Time
	for i := from; i < to; i++ {
		if !a.stands(i, stride, from) {
			continue
		}
		text := ""
		if i < len(a.Times) {
			text = a.short(a.Times[i], before)
			before = a.Times[i]
		} else if i < len(a.Labels) {
			if text = Cut(a.Labels[i], 12); len(out) == 0 {
				text = strings.TrimSpace(a.Unit + " " + text)
			}
		}
		out = append(out, tick{i, text})
	}
	return out
}

func (a Axis) stands(i, stride, from int) bool {
	if i >= len(a.Times) || stride >= 1<<30 {
		return (i-from)%stride == 0
	}
	t := a.Times[i]
	switch {
	case a.Step == Day && stride%7 == 0:
		weeks := int(noonUTC(t).Unix()/86400+3) / 7
		return t.Weekday() == time.Monday && weeks%(stride/7) == 0
	case a.Step == Hour && stride <= 24:
		return t.Hour()%stride == 0
	case a.Step == FiveMinutes && stride <= 288:
		return (t.Hour()*12+t.Minute()/5)%stride == 0
	case a.Step == Month && stride <= 12:
		return (int(t.Month())-1)%stride == 0
	}
	return (i-from)%stride == 0
}

func noonUTC(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
}

// short is a point's label: the year or the day is named where it is new.
func (a Axis) short(t, before time.Time) string {
	newYear := before.IsZero() || t.Year() != before.Year()
	switch a.Step {
	case FiveMinutes, Hour:
		if before.IsZero() || t.YearDay() != before.YearDay() {
			return t.Format("2 Jan 15:04")
		}
		return t.Format("15:04")
	case Month:
		if newYear {
			return t.Format("Jan 2006")
		}
		return t.Format("Jan")
	}
	if newYear && !before.IsZero() {
		return t.Format("2 Jan 2006")
	}
	return t.Format("2 Jan")
}

// notice is what a chart says where it cannot be drawn.
func notice(text string, w, h int, th theme.Theme) string {
	lines := strings.Repeat("\n", max((h-1)/2, 0))
	text = Cut(text, w)
	return Fit(lines+blanks((w-Width(text))/2)+th.Dim.Paint(text), w, h)
}
