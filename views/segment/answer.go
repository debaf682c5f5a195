package segment

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// answer is what was found: points times series, cut to what was asked.
type answer struct {
	times    []time.Time // beginnings of the buckets; nil when the points are categories
	labels   []text.Raw  // one per point, as sent
	open     []bool      // buckets that are not over, or that the range cuts through
	progress float64     // how much of the last open bucket has passed, 0..1
	soFar    bool        // the dates are not over
	series   []series
	meta     api.Meta
	notes    []string
	empty    string      // said where there are no series
	nobody   bool        // there are series, but what was filtered left nothing in them
	since    time.Time   // of the first event, where the period before reaches back behind it
	earlier  []time.Time // beginnings of the buckets of the period before, point by point; nil without comparison
	room     []int       // of the legend's columns that are other ones at each point
}

// series is one line of the answer.
type series struct {
	name     text.Raw  // group, segment or event, whatever tells it from the others
	shown    text.Raw  // the name as the mask shows it
	values   []float64 // one per point; NaN is missing
	total    float64   // the API's own total for the range; NaN when there is none
	previous []float64 // the period before, point by point; nil without comparison
	before   float64   // the API's total of the period before
}

// newAnswer turns what the API said into what is drawn. It is pure.
func newAnswer(s State, a asked, f found, m *views.Mask) answer {
	r, shown := answer{times: f.now.Times, labels: f.now.Labels, meta: f.now.Meta}, s.masked(m)
	filters := shown.Who.Narrows(shown.Events...)
	r.empty = views.Unmatched("no data: nothing matched in these dates", filters)
	if r.times == nil && len(s.Events[0].By) > 0 {
		r.labels = maskedPoints(r.labels, s.Events[0].By[0], m)
	}
	if f.before != nil {
		r.earlier, r.since = f.before.Times, f.before.Meta.Since
	}
	for _, got := range f.now.Series {
		line := series{
			name: seriesName(s, got, nil), shown: seriesName(s, got, m),
			values: got.Values, total: got.Total, before: math.NaN(),
		}
		if f.before != nil {
			if j := twin(got, f.before.Series); j >= 0 {
				line.previous = s.over(*f.before, j, a.now)
				if s.Metric == api.Histogram {
					line.previous = ofLabels(f.now.Labels, f.before.Labels, line.previous)
				}
				line.previous = aligned(line.previous, len(got.Values))
				if r.since.IsZero() { // else its total is of a part
					line.before = f.before.Series[j].Total
				}
			} else {
				line.previous = aligned(nil, len(got.Values))
			}
		}
		r.series = append(r.series, line)
	}
	r.cut(s, a)
	r.markOpen(s, a)
	r.nobody = len(filters) > 0 && len(r.series) > 0 && r.zero()
	r.notes = r.remarks(s, a, m)
	if f.before != nil {
		r.room = r.legendRoom(s)
	}
	return r
}

// maskedPoints are points that are values of a property, as the mask shows them.
func maskedPoints(labels []text.Raw, of api.Property, m *views.Mask) []text.Raw {
	shown := make([]text.Raw, len(labels))
	for i, label := range labels {
		shown[i] = m.Of(of, label)
	}
	return shown
}

// seriesName is what tells a series from the others: its group values, else its
// segment, else its event; all of it as the mask shows it.
func seriesName(s State, got api.SegmentationSeries, m *views.Mask) text.Raw {
	var parts []text.Raw
	if len(s.Events) > 1 && s.Metric != api.Formula && got.Event < len(s.Events) {
		parts = append(parts, s.Events[got.Event].Name)
	}
	if len(s.Who.Segments) > 1 && got.Segment < len(s.Who.Segments) {
		parts = append(parts, text.New(m.Segment(s.Who.Segments[got.Segment])))
	}
	switch {
	case got.Grouped && got.Event < len(s.Events):
		parts = append(parts, m.Group(slices.Concat(s.Events[got.Event].By, s.Who.By), got.Label))
	case got.Grouped:
		parts = append(parts, m.Group(s.groups(), got.Label))
	case s.Metric == api.Formula:
		parts = append(parts, text.New(s.Formula))
	case len(parts) == 0:
		parts = append(parts, s.Events[0].Name)
	}
	return query.JoinNames(parts...)
}

// twin is the same series in the period before, or -1.
func twin(of api.SegmentationSeries, in []api.SegmentationSeries) int {
	for j, s := range in {
		if s.Event == of.Event && s.Segment == of.Segment && s.Formula == of.Formula && s.Label == of.Label {
			return j
		}
	}
	return -1
}

// over are the values of a series, without those of buckets that were not over when
// the server computed the answer, or not recorded from their beginning: nothing is
// compared with a part.
func (s State) over(of api.Segmentation, j int, now time.Time) []float64 {
	values := slices.Clone(of.Series[j].Values)
	for i, t := range of.Times[:min(len(of.Times), len(values))] {
		if next := s.Interval.Next(t); next.After(of.Meta.Reaches(now)) || of.Meta.Partly(t, next) {
			values[i] = math.NaN()
		}
	}
	return values
}

// ofLabels are values in the order of other labels: those of bins, which may be others
// in the period before. A bin that nobody was in then is not sent: it is zero.
func ofLabels(now, before []text.Raw, values []float64) []float64 {
	out := make([]float64, len(now))
	for i, label := range now {
		if k := slices.Index(before, label); k >= 0 && k < len(values) {
			out[i] = values[k]
		}
	}
	return out
}

// aligned pads or cuts values to n points.
func aligned(values []float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	copy(out, values)
	return out
}

// cut drops the points before the first asked for and, with complete periods
// only, those that are not over.
func (r *answer) cut(s State, a asked) {
	from, to := 0, len(r.times)
	for from < to && r.times[from].Before(a.first) {
		from++
	}
	if s.Complete {
		for to > from && s.Interval.Next(r.times[to-1]).After(r.meta.Reaches(a.now)) {
			to--
		}
	}
	if r.times == nil || (from == 0 && to == len(r.times)) {
		return
	}
	r.keep(from, to)
	for i := range r.series {
		// The API's totals are for more points.
		r.series[i].total, r.series[i].before = math.NaN(), math.NaN()
	}
}

// keep drops all points but those from one up to another.
func (r *answer) keep(from, to int) {
	r.times, r.labels = r.times[from:to], r.labels[from:to]
	r.earlier = r.earlier[min(from, len(r.earlier)):min(to, len(r.earlier))]
	for i := range r.series {
		line := &r.series[i]
		line.values = line.values[from:to]
		if line.previous != nil {
			line.previous = line.previous[from:to]
		}
	}
}

// markOpen marks the buckets that are not over, were not when the server computed
// the answer, or are not whole; and cuts off the zeros that the API sends for the
// future.
func (r *answer) markOpen(s State, a asked) {
	for n := len(r.times); n > 0 && r.times[n-1].After(a.now); n-- {
		r.keep(0, n-1)
	}
	r.open = make([]bool, len(r.labels))
	if r.undated(s) {
		for i := range r.open {
			r.open[i] = true // it may be
		}
	}
	end, until := api.AddDays(a.query.Dates.End, 1), r.meta.Reaches(a.now)
	r.soFar = end.After(until)
	for i, t := range r.times {
		next := s.Interval.Next(t)
		if next.After(until) && !t.After(until) {
			r.progress = float64(until.Sub(t)) / float64(next.Sub(t))
		}
		r.open[i] = next.After(until) || next.After(end) || t.Before(a.query.Dates.Start) || r.meta.Partly(t, next)
	}
}

// undated says that the points should be dates, and cannot be read as such: which of
// them is over is not known.
func (r *answer) undated(s State) bool {
	return r.times == nil && len(r.labels) > 0 && s.Metric != api.Histogram
}

// zero says that all numbers are zero or missing.
func (r *answer) zero() bool {
	for _, one := range r.series {
		for _, v := range one.values {
			if v != 0 && !math.IsNaN(v) {
				return false
			}
		}
	}
	return true
}

// remarks is what a reader must know before believing a number.
func (r *answer) remarks(s State, a asked, m *views.Mask) []string {
	var notes []string
	if a.note != "" {
		notes = append(notes, a.note)
	}
	notes = append(notes, r.meta.Badges()...)
	if !r.since.IsZero() && r.meta.Since.IsZero() {
		notes = append(notes, "the period before is recorded from "+r.since.Format("2 Jan 2006")+" on")
	}
	if r.nobody {
		notes = append(notes, r.empty)
	}
	if r.undated(s) {
		notes = append(notes, "the dates are not understood: what is over is not known")
	}
	if until := r.meta.Reaches(a.now); len(r.times) > 0 && r.times[len(r.times)-1].After(until) {
		notes = append(notes, "computed "+until.Format("2 Jan 15:04")+": later data are not in it")
	}
	if s.grouped() && len(r.series) >= s.Limit {
		notes = append(notes, fmt.Sprintf("the first %d groups only", s.Limit))
	}
	if gone := r.unknown(s, m); len(gone) > 0 {
		notes = append(notes, "hidden names without a series: "+strings.Join(gone, ", "))
	}
	return append(notes, s.without()...)
}

// without names what of the question changes nothing in this answer.
func (s State) without() []string {
	var notes []string
	if s.Metric == api.Formula {
		for _, letter := range query.Unused(s.Formula, len(s.Events)) {
			notes = append(notes, fmt.Sprintf("the formula does not use event %s", letter))
		}
	}
	if !s.grouped() && s.Limit != Default().Limit {
		notes = append(notes, "--limit counts groups, and there are none")
	}
	switch {
	case s.Face != tableFace && s.Face != barFace:
	case s.Log:
		notes = append(notes, "--log is about lines")
	case s.Fit:
		notes = append(notes, "--fit is about lines")
	}
	if s.Face == stackedFace && !s.adds() {
		notes = append(notes, fmt.Sprintf("%s cannot be stacked, drawn as lines", metricWord(s)))
	}
	return notes
}

// unfinished says of the last bucket how much of it has passed.
func (r *answer) unfinished(s State, a asked) string {
	last, until := -1, r.meta.Reaches(a.now)
	for i, t := range r.times {
		if !t.After(until) && s.Interval.Next(t).After(until) {
			last = i
		}
	}
	if last < 0 {
		return ""
	}
	return fmt.Sprintf("%s: %d%% of the %s", shortName(r.times[last], s.Interval), int(r.progress*100), bucketWord(s.Interval))
}

func bucketWord(i api.Interval) string {
	if i == api.FiveMinutes {
		return "5 minutes"
	}
	return query.IntervalWord(i)
}

// shortName names a bucket of the present.
func shortName(t time.Time, i api.Interval) string {
	switch i {
	case api.FiveMinutes, api.Hour:
		return t.Format("Mon 15:04")
	case api.Week:
		return "week of " + t.Format("2 Jan")
	case api.Month:
		return t.Format("January")
	}
	return t.Format("Mon 2 Jan")
}

// lastComplete is the last point that is over, or -1.
func (r *answer) lastComplete() int {
	for i := len(r.labels) - 1; i >= 0; i-- {
		if r.open[i] {
			continue
		}
		for _, line := range r.series {
			if !math.IsNaN(line.values[i]) {
				return i
			}
		}
	}
	return -1
}

// change is the relative change as a fraction, NaN where there is none to name.
func change(now, before float64) float64 {
	if before == 0 {
		return math.NaN()
	}
	return now/before - 1
}
