package demo

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Server is an http.Handler that answers the API's questions about a log, in the
// live shapes. Any key pair is taken; none at all is refused with 401. It answers
// many questions at once, and gives one up when its context ends. Its fields may
// not change once it is in use.
type Server struct {
	Log   *Log
	Now   func() time.Time                  // what is later has not happened
	Zone  *time.Location                    // the project's: its days begin and end there
	Delay func(*http.Request) time.Duration // how long an answer takes at least; nil for no time

	Around func(http.Handler) http.Handler // what stands between Transport and the server; nil for nothing

	memory sync.Once
	wire   *wire
}

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
		"/api/2/sessions/length":     s.sessionLengths,
		"/api/2/sessions/average":    s.sessionAverage,
		"/api/2/sessions/peruser":    s.sessionsPerUser,
		"/api/2/composition":         s.composition,
		"/api/2/realtime":            s.realtime,
		"/api/3/annotations":         s.annotations,
		"/api/3/cohorts":             s.cohorts,
	}
}

// endpoint is what answers at a path; the one of saved charts names the chart.
func (s *Server) endpoint(path string) (endpoint, bool) {
	if id, ok := strings.CutPrefix(path, "/api/3/chart/"); ok {
		if id, ok = strings.CutSuffix(id, "/csv"); ok {
			return s.chart(id), true
		}
	}
	ask, ok := s.endpoints()[path]
	return ask, ok
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
	ask, ok := s.endpoint(r.URL.Path)
	if !ok {
		s.fail(w, refusal{404, "Not found"})
		return
	}
	values, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		s.fail(w, refusal{400, "Invalid parameters"})
		return
	}
	body, err := s.ask(r, ask, values)
	if err != nil {
		s.fail(w, err)
		return
	}
	s.write(w, http.StatusOK, s.envelope(body))
}

// ask waits as long as it is told to, then computes the answer.
func (s *Server) ask(r *http.Request, ask endpoint, v url.Values) (any, error) {
	if s.Delay != nil {
		wait := time.NewTimer(s.Delay(r))
		defer wait.Stop()
		select {
		case <-wait.C:
		case <-r.Context().Done():
			return nil, r.Context().Err()
		}
	}
	return ask(r.Context(), v)
}

// fail answers with the API's error object. Nobody waits for the answer of a
// question that was given up; it is an error nevertheless, never an empty 200.
func (s *Server) fail(w http.ResponseWriter, err error) {
	refused := refusal{500, "Internal error"}
	if !errors.As(err, &refused) && (errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)) {
		refused = refusal{503, "The question was given up"}
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
