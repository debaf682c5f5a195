package api_test

import (
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/demo"
	"amptui/api/text"
)

// around is the demo on both sides of its first event, as a client reads it that knows
// of it, or does not.
func around(t *testing.T, i api.Interval, since bool) (first time.Time, got api.Segmentation) {
	t.Helper()
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	log := demo.Generate(1, now)
	server := httptest.NewServer(&demo.Server{Log: log, Now: func() time.Time { return now }, Zone: time.UTC})
	t.Cleanup(server.Close)
	options := api.Options{BaseURL: server.URL, Key: text.NewSecret("k"), Secret: text.NewSecret("s"), Now: func() time.Time { return now }}
	if since {
		options.Since = log.First()
	}
	client, err := api.New(options)
	if err != nil {
		t.Fatal(err)
	}
	day := func(back int) time.Time { return api.AddDays(log.First(), back) }
	got, err = client.Segmentation(t.Context(), api.SegmentationQuery{
		Dates: api.Dates{Start: day(-40), End: day(40)}, Event: api.Event{Name: text.New("_active")}, Metric: api.Uniques, Interval: i,
	})
	if err != nil {
		t.Fatal(err)
	}
	return log.First(), got
}

// What was not recorded is missing where it is known when the record begins. The API
// does not say it: there zero is all that is known.
func TestBeforeTheFirstEventNothingIsZero(t *testing.T) {
	for _, i := range []api.Interval{api.Day, api.Week, api.Month} {
		first, got := around(t, i, true)
		if !got.Meta.Since.Equal(first) || len(got.Meta.Badges()) == 0 {
			t.Errorf("%d: since %s, %q; want %s", i, got.Meta.Since, got.Meta.Badges(), first)
		}
		seen := map[string]int{}
		for k, at := range got.Times {
			v := got.Series[0].Values[k]
			next := i.Next(at)
			kind := "after"
			switch {
			case !next.After(first):
				kind = "before"
			case got.Meta.Partly(at, next):
				kind = "partly"
			}
			seen[kind]++
			if math.IsNaN(v) != (kind == "before") || kind != "before" && v == 0 {
				t.Errorf("interval %d from %s, %s the first event: %v", i, at, kind, v)
			}
		}
		if seen["before"] == 0 || seen["after"] == 0 || seen["partly"] > 1 || i == api.Day && seen["partly"] > 0 {
			t.Errorf("interval %d: %v", i, seen)
		}
		_, got = around(t, i, false)
		if v := got.Series[0].Values[0]; v != 0 || !got.Meta.Since.IsZero() {
			t.Errorf("a server that does not say it: %v, since %s", v, got.Meta.Since)
		}
	}
}

// In a saved chart a zero before the first event is none, whatever a point is long; what
// is there all the same stays.
func TestSavedChartsLackWhatWasNotRecorded(t *testing.T) {
	since := time.Date(2026, 3, 10, 9, 0, 0, 0, time.UTC)
	csv := `"\"\tPlays\"\r\n\r\n\"\tSegment\",\"\t2026-02-23\",\"\t2026-03-02\",\"\t2026-03-09\",\"\t2026-03-16\"\r\n\"\tAll\",0,3,0,5\r\n"`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"data":%s}`, csv)
	}))
	defer server.Close()
	client, err := api.New(api.Options{BaseURL: server.URL, Key: text.NewSecret("k"), Secret: text.NewSecret("s"), Since: since})
	if err != nil {
		t.Fatal(err)
	}
	got, err := client.Chart(t.Context(), api.ChartQuery{ID: "abc"})
	if err != nil || len(got.Rows) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	if v := got.Rows[0].Values; !math.IsNaN(v[0]) || v[1] != 3 || v[2] != 0 || v[3] != 5 {
		t.Errorf("%v", v)
	}
}
