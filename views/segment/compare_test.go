package segment

import (
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views/viewtest"
)

// A comparison says with which days, and under a cursor with how much.
func TestAComparisonNamesWhatItComparesWith(t *testing.T) {
	s := state(t, "Purchase --vs prev --last 7d")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	of := func(d api.Dates, first float64) *api.Segmentation {
		got := &api.Segmentation{Series: []api.SegmentationSeries{{Total: 99}}}
		for i := range d.Len() {
			got.Times = append(got.Times, api.AddDays(d.Start, i))
			got.Labels = append(got.Labels, text.New(api.AddDays(d.Start, i).Format(time.DateOnly)))
			got.Series[0].Values = append(got.Series[0].Values, first+float64(i))
		}
		return got
	}
	r := newAnswer(s, a, found{now: of(a.query.Dates, 20), before: of(a.before.Dates, 10)}, nil)
	if want := "uniques per day · 18 Nov 2026 to 24 Nov 2026 · before: 11 Nov to 17 Nov 2026"; r.info(s, a) != want {
		t.Errorf("%s; want %s", r.info(s, a), want)
	}
	for at, day := range []string{"11 Nov", "12 Nov", "13 Nov", "14 Nov", "15 Nov", "16 Nov", "17 Nov"} {
		heads, cells := r.heads(s, at), r.columns(s, r.series[0], at)
		if len(heads) != 2 || heads[0] != day || cells[0] != []string{"10", "11", "12", "13", "14", "15", "16"}[at] {
			t.Errorf("point %d: %q %q", at, heads, cells)
		}
	}
}
