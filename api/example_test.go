package api_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"amptui/api"
	"amptui/api/text"
)

// canned answers every question with one body.
type canned string

func (c canned) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(c)))}, nil
}

func ExampleClient_Segmentation() {
	client, err := api.New(api.Options{
		BaseURL:   api.StandardHost,
		Key:       text.NewSecret("key"),
		Secret:    text.NewSecret("secret"),
		Transport: canned(`{"data":{"xValues":["2026-09-20","2026-09-21"],"series":[[120,null]],"seriesLabels":[0],"seriesCollapsed":[[{"value":120}]]}}`),
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := time.Date(2026, 9, 20, 0, 0, 0, 0, time.UTC)
	answer, err := client.Segmentation(context.Background(), api.SegmentationQuery{
		Dates: api.Dates{Start: day, End: day.AddDate(0, 0, 1)},
		Event: api.Event{Name: text.New("Song Played")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, series := range answer.Series {
		fmt.Println(answer.Labels, series.Values, series.Total)
	}
	// Output: [2026-09-20 2026-09-21] [120 NaN] 120
}
