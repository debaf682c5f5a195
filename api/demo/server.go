package demo

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// Server answers the API's questions about a log, in the live shapes. Any key
// pair is taken; none is refused.
type Server struct {
	Log  *Log
	Now  func() time.Time
	Zone *time.Location // the project's

	memory sync.Once
	wire   *wire
}

// answer is data with what the envelope says of them.
type answer struct {
	data       any
	extra      map[string]any // keys beside data
	groupLimit bool
}

// bare is an answer without an envelope.
type bare struct{ body any }

type endpoint func(context.Context, url.Values) (any, error)

func (s *Server) endpoints() map[string]endpoint {
	return map[string]endpoint{
		"/api/2/events/list":         s.events,
		"/api/2/events/segmentation": s.segmentation,
		"/api/2/funnels":             s.funnel,
		"/api/2/retention":           s.retention,
		"/api/2/revenue/ltv":         s.revenue,
		"/api/2/revenue/day":         s.revenueDay,
		"/api/2/usersearch":          s.userSearch,
		"/api/2/useractivity":        s.userActivity,
		"/api/2/users":               s.activeUsers,
	}
}

// ServeHTTP answers one question.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if _, _, ok := r.BasicAuth(); !ok {
		s.fail(w, refusal{401, "Unauthorized"})
		return
	}
	if r.Method != http.MethodGet {
		s.fail(w, refusal{405, "Method not allowed"})
		return
	}
	ask, ok := s.endpoints()[r.URL.Path]
	if !ok {
		s.fail(w, refusal{404, "Not found"})
		return
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		s.fail(w, refusal{400, "Invalid parameters"})
		return
	}
	body, err := ask(r.Context(), values)
	if err != nil {
		s.fail(w, err)
		return
	}
	s.write(w, http.StatusOK, s.envelope(body))
}

// envelope is the answer with what the API says around it.
func (s *Server) envelope(body any) any {
	if b, ok := body.(bare); ok {
		return b.body
	}
	a, ok := body.(answer)
	if !ok {
		a = answer{data: body}
	}
	out := map[string]any{
		"data": a.data, "timeComputed": s.Now().UnixMilli(), "wasCached": false, "cacheFreshness": "FRESH",
		"millisSinceComputed": 0, "novaRuntime": 1, "novaRequestDuration": 1, "novaCost": 1, "throttleTime": 0,
		"minSampleRate": 1, "backend": "novaV2", "queryIds": []string{"demo"}, "realtimeDataMissing": false,
		"timedOutRealtimeData": false, "missedCacheAndNotComputed": false, "prunedResult": false,
		"hitChunkGroupByLimit": a.groupLimit, "partialMergedAndNewUserInformation": false,
		// As the live API writes it: one more than fits an int64 of JavaScript.
		"earliestServerReceivedTime": json.Number("9223372036854775807"),
		"qtsMetadata":                map[string]any{"qtsRate": 1, "numUsers": 0},
	}
	for k, v := range a.extra {
		out[k] = v
	}
	return out
}

func (s *Server) fail(w http.ResponseWriter, err error) {
	refused := refusal{500, "Internal error"}
	if !errors.As(err, &refused) && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		return
	}
	kind, message := "unspecified", "Unspecified Error"
	if refused.status == 400 {
		kind, message = "invalid", "Invalid chart definition"
	}
	s.write(w, refused.status, map[string]any{"error": map[string]any{
		"http_code": refused.status, "type": kind, "message": message,
		"metadata": map[string]any{"details": refused.details},
	}})
}

func (s *Server) write(w http.ResponseWriter, status int, body any) {
	b, err := json.Marshal(body)
	if err != nil {
		status, b = 500, []byte(`{"error":{"http_code":500,"type":"unspecified","message":"Unspecified Error"}}`)
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.Header().Set("Cache-Control", "no-cache, no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b) // nobody to tell when the client has gone
}

// now is the time in the project's zone.
func (s *Server) now() time.Time { return s.Now().In(s.Zone) }
