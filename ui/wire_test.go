package ui

import (
	"net/http"
	"net/http/httptest"
	"time"
)

// serve answers a request with a handler and honours its context, as a
// connection would.
func serve(h http.Handler, r *http.Request) (*http.Response, error) {
	done := make(chan *http.Response, 1)
	go func() {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		done <- w.Result()
	}()
	select {
	case <-r.Context().Done():
		return nil, r.Context().Err()
	case answer := <-done:
		return answer, nil
	}
}

// slow delays some answers of a handler.
func slow(h http.Handler, delay func(*http.Request) time.Duration) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(delay(r)):
			h.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}

// bodies answers each path with a fixed status and body.
func bodies(status int, body map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=UTF-8")
		if _, ok := body[r.URL.Path]; !ok {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.WriteHeader(status)
		w.Write([]byte(body[r.URL.Path]))
	})
}
