package api

import (
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// FuzzDecode gives one body to every decoder: none may panic.
func FuzzDecode(f *testing.F) {
	files, err := filepath.Glob("testdata/*.json")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		if b := sample(f, strings.TrimSuffix(filepath.Base(file), ".json")); len(b) < 4000 {
			f.Add(b)
		}
	}
	for _, s := range []string{
		`{"data":[]}`, `{"data":{}}`, `{"data":"x"}`, `{"data":1}`, `{"data":null}`, `[]`, `{"data":[null]}`, `{"data":{"xValues":["a"],"series":[[1e400,"NaN",{"value":{"value":1}},true]]}}`,
		`{"data":{"series":[{"dates":["Feb 29"],"values":{"Feb 29":[null,{}]}}]}}`, `{"data":{"series":[null]}}`, `{"data":[{"cumulativeRaw":[1],"dayFunnels":{"xValues":[null],"series":[null]}}]}`,
		`{"data":"\"\tA\"\r\n\r\n\"\tS\",\"\tx\"\r\n\"\ta\",\"1%\",\"2\"\r\n\"\tb\""}`, `{"cohorts":[null,{"id":1,"size":"x"}]}`, `{"data":[{"start":"2026-06-16T00:00:00+00:00","category":{"name":1}}]}`,
		`{"userData":null,"events":[null,1,"x",[]]}`, `{"matches":[null]}`,
	} {
		f.Add([]byte(s))
	}
	c := client(f, time.UTC)
	end := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, body []byte) {
		for _, decode := range decoders(c) {
			_, _ = decode(body)
		}
		s, err := c.decodeSegmentation(body, true, end)
		for _, row := range s.Series {
			if err == nil && len(row.Values) != len(s.Labels) {
				t.Errorf("%d values for %d labels", len(row.Values), len(s.Labels))
			}
		}
		if err == nil && s.keepTo(Day, Dates{end, end}) == "" && !slices.IsSortedFunc(s.Times, time.Time.Compare) {
			t.Errorf("times out of order: %v", s.Times)
		}
		_, _ = c.decodeRetention(body, RetentionQuery{Dates: Dates{End: end}})
		_, _ = c.decodeRevenue(body, RevenueQuery{Dates: Dates{End: end}}, c.options.Now())
		if s, err := c.decodeRealtime(body, end); err == nil && s.Times != nil && len(s.Times) != len(s.Labels) {
			t.Errorf("%d times for %d slots", len(s.Times), len(s.Labels))
		}
		chart, err := c.decodeChart(body)
		for _, row := range chart.Rows {
			if err == nil && (len(row.Values) != len(chart.X) || len(row.Names) != len(chart.Heads) || row.Words != nil && len(row.Words) != len(chart.X)) {
				t.Errorf("%+v in a table of %d names and %d numbers", row, len(chart.Heads), len(chart.X))
			}
		}
		_ = reason(body)
	})
}

// FuzzScanRow holds the fast scanner and encoding/json equal.
func FuzzScanRow(f *testing.F) {
	for _, s := range []string{
		"[]", "[ ]", "[1,2,3]", "[1.5,null,-0,0]", "[01]", "[1,]", "[,1]", "[1 2]", "[1e3,1E+2,1e400]", "[+1]", "[.5]", "[5.]", "[123456789012345678]", "[1][2]", "[1",
		"[NaN]", "[Infinity]", "[0x10]", "[1_000]", "[ 1 , 2 ]\n", "[\"1\"]", "[{\"value\":2}]", "[999999999999999,1000000000000001]", "[null", "[nul]", "[-]", "[-1.25e-3]",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		out := make([]float64, 4)
		sent, ok := scanRow(raw, out)
		if !ok {
			return
		}
		var row []number
		if err := json.Unmarshal(raw, &row); err != nil {
			t.Fatalf("%q is scanned, and yet %v", raw, err)
		}
		if sent != len(row) {
			t.Fatalf("%q: %d values; want %d", raw, sent, len(row))
		}
		for i, v := range out {
			want := math.NaN()
			if i < len(row) {
				want = float64(row[i])
			}
			if v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
				t.Fatalf("%q: point %d is %v; want %v", raw, i, v, want)
			}
		}
	})
}

func TestCellsOfEveryKindAreNumbersOrMissing(t *testing.T) {
	for in, want := range map[string]float64{
		"1": 1, "-2.5": -2.5, `"3"`: 3, `" 4 "`: 4, `{"value":5}`: 5, `{"setId":"x","value":"6"}`: 6, "0": 0, "null": math.NaN(), `""`: math.NaN(), `"NaN"`: math.NaN(),
		`"Infinity"`: math.NaN(), "1e400": math.NaN(), `"1.7976931348623157E308"`: math.NaN(), "true": math.NaN(), "[1]": math.NaN(), "{}": math.NaN(), `{"value":null}`: math.NaN(),
		`"0x1p4"`: math.NaN(), `"1_0"`: math.NaN(), `{"value":{"value":1}}`: math.NaN(),
	} {
		var n number
		if err := json.Unmarshal([]byte(in), &n); err != nil {
			t.Errorf("%s: %v", in, err)
		} else if v := float64(n); v != want && !(math.IsNaN(v) && math.IsNaN(want)) {
			t.Errorf("%s is %v; want %v", in, v, want)
		}
	}
}

func TestDaysWithoutAYearAreWalkedBackFromTheEnd(t *testing.T) {
	end := time.Date(2026, 3, 1, 15, 0, 0, 0, time.UTC)
	for label, want := range map[string]string{
		"Mar 1": "2026-03-01", "Mar 2": "2025-03-02", "Dec 31": "2025-12-31", "Feb 29": "2024-02-29", "Sep 15, 2026": "2026-09-15", "Sep 2021": "2021-09-01",
		"2026-09-20": "2026-09-20", "2026-09-20T00:00:00": "2026-09-20", "0s-60s": "", "15:00": "", "(none)": "", "": "", "1.0": "", "Feb 30": "",
	} {
		got, ok := day(label, end, time.UTC)
		if ok != (want != "") || ok && got.Format(time.DateOnly) != want {
			t.Errorf("%q is %v, %v; want %s", label, got, ok, want)
		}
	}
}

// BenchmarkDecodeSegmentation reads 1,000 series of 365 days, half of them of
// floats with 17 digits: 4.8 MB.
func BenchmarkDecodeSegmentation(b *testing.B) {
	body := []byte(largeSegmentation(1000, 365))
	c := client(b, nil)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := c.decodeSegmentation(body, true, time.Time{}); err != nil {
			b.Fatal(err)
		}
	}
}

// largeSegmentation is an answer of so many series and days.
func largeSegmentation(series, days int) string {
	var x, rows []string
	for i := range days {
		x = append(x, time.Date(2026, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(`"2006-01-02"`))
	}
	for i := range series {
		row := make([]string, days)
		for k := range row {
			if row[k] = strconv.Itoa(100000 + i*k%100000); i%2 == 1 {
				row[k] = strconv.FormatFloat(100*math.Sqrt(float64(i*days+k)), 'f', -1, 64)
			}
		}
		rows = append(rows, "["+strings.Join(row, ",")+"]")
	}
	return `{"data":{"xValues":[` + strings.Join(x, ",") + `],"series":[` + strings.Join(rows, ",") + `]}}`
}

// What the scanner takes, it reads as encoding/json does.
func FuzzScanSegmentation(f *testing.F) {
	for _, body := range []string{
		largeSegmentation(2, 3), `{"data":{"xValues":[],"series":[]}}`, `{"data":{"xValues":["a"],"series":[[1],[null]],"seriesLabels":[[0,"x"],"y"],"seriesCollapsed":[[{"value":3}]]},"wasCached":true}`,
		`{"data":{"xValues":["a"],"series":[[1]],"Series":[[2]]}}`, `{"data":{"xValues":["a"],"series":[[1]]},"data":null}`, `{"data":{"xValues":["a","b"],"series":[[1,2],[-0.5,1e3]]}, "x": [}`,
		` { "data" : { "xValues" : [ "a" ] , "series" : [ [ 1 , 2 ] , [ ] ] } } `, `{"data":{"xValues":["a"],"series":[["1"]]}}`, `{"data":{"xValues":["a"],"series":[[1]]}}x`,
		`{"data":{"xValues":null,"series":[[1]]}}`, `{"data":{"xValues":["a"],"series":[[1],]}}`, `{"data":{"xValues":["a"],"series":[[01]]}}`, `{"data":{"xValues":["a"],"series":[{"value":1}]}}`,
	} {
		f.Add([]byte(body))
	}
	c := client(f, nil)
	f.Fuzz(func(t *testing.T, body []byte) {
		got, ok := scanSegmentation(body)
		if !ok {
			return
		}
		want, err := c.readSegmentation(segmentationEndpoint, body)
		if err != nil {
			t.Fatalf("%q is scanned, and yet %v", body, err)
		}
		want.wire.Series = nil
		if g, w := fmt.Sprintf("%+v %v", got, *got.wire.X), fmt.Sprintf("%+v %v", want, *want.wire.X); strings.ReplaceAll(g, fmt.Sprintf("%p", got.wire.X), "") != strings.ReplaceAll(w, fmt.Sprintf("%p", want.wire.X), "") {
			t.Fatalf("%q is\n%s; want\n%s", body, g, w)
		}
	})
}

// Large answers do not fall back.
func TestLargeAnswersAreScanned(t *testing.T) {
	s, ok := scanSegmentation([]byte(largeSegmentation(20, 365)))
	if !ok || len(s.rows) != 20 || s.rows[2][3] != 100006 {
		t.Errorf("%v, %d rows", ok, len(s.rows))
	}
}
