package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"amptui/api/text"
)

func TestAProbeTellsTheClockAndWhoIsRefused(t *testing.T) {
	for _, c := range []struct {
		key    string
		behind time.Duration // the server's clock
		err    error
		events int
	}{
		{"good", 0, nil, 2},
		{"good", 2 * time.Hour, nil, 2},
		{"good", -10 * time.Minute, nil, 2},
		{"bad", 2 * time.Hour, ErrCredentials, 0},
		{"", 0, ErrCredentials, 0},
	} {
		calls := 0
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			calls++
			w.Header().Set("Date", time.Now().Add(-c.behind).UTC().Format(http.TimeFormat))
			key, _, sent := r.BasicAuth()
			if sent != (c.key != "") {
				t.Errorf("key %q: an authorization was sent: %v", c.key, sent)
			}
			if key != "good" {
				w.WriteHeader(http.StatusUnauthorized)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`{"data":[{"value":"A","totals":3},{"value":"B","totals":1}]}`))
		}))
		client, err := New(Options{BaseURL: server.URL, Key: text.NewSecret(c.key), Secret: text.NewSecret(c.key)})
		if err != nil {
			t.Fatal(err)
		}
		got, err := client.Probe(context.Background())
		server.Close()
		if off := got.Ahead - c.behind; !got.Dated || off < -2*time.Second || off > 2*time.Second {
			t.Errorf("%+v: the clock is %v ahead", c, got.Ahead)
		}
		if !errors.Is(err, c.err) || got.Events != c.events || calls != 1 || got.Took <= 0 {
			t.Errorf("%+v: %+v, %v, %d calls", c, got, err, calls)
		}
	}
}
