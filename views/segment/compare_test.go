package segment

import (
	"slices"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
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

// Tables and bars have what lines have: the value, that of the period before, and the
// change, which what is not over has none of.
func TestEveryFaceHasThePeriodBefore(t *testing.T) {
	s := state(t, "Purchase --by platform --vs prev --last 3d --metric totals")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	of := func(d api.Dates, values ...float64) *api.Segmentation {
		got := &api.Segmentation{}
		for i := range d.Len() {
			got.Times = append(got.Times, api.AddDays(d.Start, i))
			got.Labels = append(got.Labels, text.New(api.AddDays(d.Start, i).Format(time.DateOnly)))
		}
		for k, name := range []string{"iOS", "Web"} {
			one := api.SegmentationSeries{Label: text.New(name), Grouped: true}
			for _, v := range values {
				one.Values, one.Total = append(one.Values, v*float64(k+1)), one.Total+v*float64(k+1)
			}
			got.Series = append(got.Series, one)
		}
		return got
	}
	r := newAnswer(s, a, found{now: of(a.query.Dates, 15, 20, 7), before: of(a.before.Dates, 10, 40, 30)}, nil)
	plain := look{cursor: -1, focus: -1}
	table := r.table(s, plain)
	var rows []string
	for i := range table.Len {
		row := ""
		for _, cell := range table.Row(i).Cells[2:] {
			row += cell.Text + " "
		}
		rows = append(rows, row)
	}
	want := []string{"15 10 ▲ 50% 30 20 ▲ 50% ", "20 40 ▼ 50% 40 80 ▼ 50% ", "7 30 – 14 60 – "}
	if !slices.Equal(rows, want) {
		t.Errorf("the table has %q; want %q", rows, want)
	}
	titles := map[string]bool{}
	for _, c := range table.Columns {
		if titles[c.Of+c.Title] {
			t.Errorf("two columns are called %q in exports", c.Of+" "+c.Title)
		}
		titles[c.Of+c.Title] = true
	}
	for face, has := range map[Face][]string{
		barFace:     {"total", "│ before", "change so far", " 42 80 ▼ 47.5%", " 84 160 ▼ 47.5%"},
		stackedFace: {"━━━", "━ before"},
	} {
		s.Face = face
		picture := r.chart(s, a, plain).Draw(100, 20, theme.Plain())
		for _, part := range has {
			if !strings.Contains(strings.Join(strings.Fields(picture), " "), part) {
				t.Errorf("%s lacks %q:\n%s", face, part, picture)
			}
		}
	}
}

// What is hidden stands in no table and trips no check; among bars it is named, but has
// none and no share.
func TestHiddenSeriesAreHiddenOnEveryFace(t *testing.T) {
	s := state(t, "Purchase --by platform --metric totals --last 3d --hide Web --hide Wbe")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	got := answered(5, 4, 3)
	got.Series[0].Label, got.Series[0].Grouped = text.New("iOS"), true
	web := got.Series[0]
	web.Label, web.Total = text.New("Web"), 9999
	got.Series = append(got.Series, web)
	r := newAnswer(s, a, found{now: got}, nil)
	if notes := r.remarks(s, a, nil); !slices.Contains(notes, "hidden names without a series: Wbe") {
		t.Errorf("the name that no series has is not said: %q", notes)
	}
	if said := r.leftOut(s); !slices.Equal(said, []string{"hidden: Web"}) {
		t.Errorf("of the table is said %q", said)
	}
	plain := look{cursor: -1, focus: 1}
	table := r.table(s, plain)
	if len(table.Columns) != 3 || table.Columns[2].Title != "iOS" || len(table.Row(0).Cells) != 3 {
		t.Errorf("the table has the columns %+v", table.Columns)
	}
	for _, f := range r.figures(s) {
		if strings.Contains(f.Of, "Web") {
			t.Errorf("%s of %s is checked", f.Name, f.Of)
		}
	}
	s.Face = barFace
	lines := strings.Split(r.chart(s, a, plain).Draw(60, 2, theme.Plain()), "\n")
	if strings.Contains(lines[1], "█") || !strings.Contains(lines[1], "hidden") || !strings.Contains(lines[1], "9,999") {
		t.Errorf("a bar that is hidden: %q", lines[1])
	}
	if !strings.Contains(lines[0], "████████") || !strings.HasSuffix(strings.TrimSpace(lines[0]), "100%") {
		t.Errorf("the bar beside one that is hidden: %q", lines[0])
	}
}

// Bins of a histogram are compared with the same bins, wherever those stood before.
func TestAHistogramIsComparedBinByBin(t *testing.T) {
	s := state(t, "'Purchase[by event:price]' --metric histogram --vs prev --last 7d")
	a, err := s.Query(viewtest.Tuesday())
	if err != nil {
		t.Fatal(err)
	}
	of := func(labels []string, values ...float64) *api.Segmentation {
		got := &api.Segmentation{Series: []api.SegmentationSeries{{Values: values}}}
		for _, l := range labels {
			got.Labels = append(got.Labels, text.New(l))
		}
		return got
	}
	r := newAnswer(s, a, found{now: of([]string{"1", "5", "9"}, 10, 20, 30), before: of([]string{"5", "7", "1"}, 40, 6, 5)}, nil)
	if got := r.series[0].previous; !slices.Equal(got, []float64{5, 40, 0}) {
		t.Errorf("before were %v", got)
	}
	picture := r.chart(s, a, look{cursor: -1, focus: -1}).Draw(80, 5, theme.Plain())
	for _, part := range []string{"before", "5 ▲ 100%", "40 ▼ 50%"} {
		if !strings.Contains(strings.Join(strings.Fields(picture), " "), part) {
			t.Errorf("%q is not in\n%s", part, picture)
		}
	}
}
