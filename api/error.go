package api

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"amptui/api/text"
)

// Reasons for a failure, for errors.Is.
var (
	ErrCheck       = errors.New("the question cannot be asked")      // before any call
	ErrCredentials = errors.New("the key or the secret is refused")  // 401, 403
	ErrQuery       = errors.New("the question is refused")           // 400, 413, 414
	ErrNotFound    = errors.New("not found")                         // 404
	ErrRateLimit   = errors.New("the rate limit is reached")         // 429
	ErrServer      = errors.New("the server failed")                 // 5xx and what else is no answer
	ErrWebPage     = errors.New("a web page came instead of data")   // HTML
	ErrTooLarge    = errors.New("the answer is too large")           // over the body limit
	ErrDecode      = errors.New("the answer is not understood")      // not JSON, or without data
	ErrRedirect    = errors.New("the server sends to another place") // 3xx
	ErrUnreachable = errors.New("the server cannot be reached")      // no connection
	ErrCertificate = errors.New("the certificate is not trusted")    // who answers may be anybody
	ErrTimeout     = errors.New("the server did not answer in time") // the deadline of a call
)

// An Error is a failed call. Everything in it is fit for the terminal and holds
// no secret.
type Error struct {
	Endpoint   string // such as "/api/2/funnels"
	Status     int    // HTTP status; 0 without an answer
	Reason     string // the API's own reason, or a line of the body
	Cost       int    // the cost that the server named, 0 if none
	RetryAfter time.Duration
	Host       string // of the server that has refused the keys
	Profile    string // whose keys they are, as Options say
	Log        bool   // no server was asked but an event log of this program's, see Options.Log
	kind       error
}

// Error is one sentence.
func (e *Error) Error() string {
	if e.Reason == "" {
		return e.kind.Error()
	}
	return e.kind.Error() + ": " + e.Reason
}

// Unwrap is the reason for errors.Is.
func (e *Error) Unwrap() error { return e.kind }

// kindOf is the reason that a status stands for. The API was seen to answer a
// wrong key, secret or region with 403; 401 is taken alike.
func kindOf(status int) error {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return ErrCredentials
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong:
		return ErrQuery
	case http.StatusNotFound:
		return ErrNotFound
	case http.StatusTooManyRequests:
		return ErrRateLimit
	}
	if status >= 300 && status < 400 && status != http.StatusNotModified {
		return ErrRedirect
	}
	return ErrServer
}

// failure makes the error of an answer that is not 200.
func (c *Client) failure(endpoint string, r *http.Response, body []byte) *Error {
	e := &Error{Endpoint: endpoint, Status: r.StatusCode, Log: c.options.Log, kind: kindOf(r.StatusCode)}
	switch {
	case e.kind == ErrRedirect:
		e.Reason = c.safe(target(r))
	case r.StatusCode < 300:
		// Its body is data, or a part of them, and no reason.
	case isWebPage(r, body):
		e.Reason = fmt.Sprintf("status %d with a web page", r.StatusCode)
	default:
		// Struck out before it is cut, so that no half of a secret stays.
		e.Reason = c.safe(reason([]byte(text.Redact(string(body), c.options.Key, c.options.Secret))))
	}
	if e.Reason == "" {
		e.Reason = fmt.Sprintf("status %d", r.StatusCode)
	}
	if e.kind == ErrCredentials {
		e.Host, e.Profile = c.safe(c.base.Host), c.safe(c.options.Profile)
	}
	if m := regexp.MustCompile(`cost (\d{1,9})`).FindStringSubmatch(e.Reason); m != nil {
		e.Cost, _ = strconv.Atoi(m[1])
	}
	e.RetryAfter = retryAfter(r.Header, c.options.Now())
	return e
}

// target is the host that a redirect names, without its path and query.
func target(r *http.Response) string {
	u, err := r.Location()
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// safe makes a foreign text one short line without this client's secrets.
func (c *Client) safe(s string) string {
	s = text.Clean(text.Redact(strings.TrimSpace(s), c.options.Key, c.options.Secret))
	if runes := []rune(s); len(runes) > 160 {
		return string(runes[:159]) + "…"
	}
	return s
}

// reason is the most telling part of an error body: metadata.details, else the
// message, else the first of a list of messages (the taxonomy's shape), else
// the first line.
func reason(body []byte) string {
	var shape struct {
		Error struct {
			Message  string `json:"message"`
			Metadata struct {
				Details string `json:"details"`
			} `json:"metadata"`
		} `json:"error"`
		Errors []struct {
			Message string `json:"message"`
		} `json:"errors"`
	}
	if json.Unmarshal(body, &shape) == nil {
		switch {
		case shape.Error.Metadata.Details != "":
			return shape.Error.Metadata.Details
		case shape.Error.Message != "":
			return shape.Error.Message
		case len(shape.Errors) > 0:
			return shape.Errors[0].Message
		}
	}
	line, _, _ := strings.Cut(strings.TrimSpace(string(body[:min(len(body), 400)])), "\n")
	return line
}

func isWebPage(r *http.Response, body []byte) bool {
	if strings.Contains(strings.ToLower(r.Header.Get("Content-Type")), "text/html") {
		return true
	}
	start := bytes.ToLower(bytes.TrimSpace(body[:min(len(body), 200)]))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html"))
}

// transportError is an error of a call without an answer. A url.Error holds the
// whole query, so it is never passed on.
func (c *Client) transportError(endpoint string, err error) error {
	var own *Error
	switch {
	case errors.As(err, &own):
		return own
	case errors.Is(err, context.Canceled):
		return context.Canceled
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return &Error{Endpoint: endpoint, kind: ErrTimeout}
	}
	kind := ErrUnreachable
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		kind = ErrCertificate
	}
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			break
		}
		err = inner
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("the connection broke off")
	}
	return &Error{Endpoint: endpoint, Reason: c.safe(err.Error()), kind: kind}
}

func isTimeout(err error) bool {
	var t interface{ Timeout() bool }
	return errors.As(err, &t) && t.Timeout()
}

// A check is what keeps a question from being asked.
type check struct{ said string }

func (c check) Error() string { return c.said }

// Unwrap makes it ErrCheck, and ErrQuery for those who do not tell them apart.
func (c check) Unwrap() []error { return []error{ErrCheck, ErrQuery} }

func refuse(format string, args ...any) error { return check{fmt.Sprintf(format, args...)} }
