package api

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

// chain is what a request goes through, from the outside in: the authorization
// is set last, and only for this client's own origin.
func (c *Client) chain() http.RoundTripper {
	next := c.options.Transport
	if next == nil {
		next = network()
	}
	return authorize{c, next}
}

// network is the real one. Connections are kept, so that a second call costs
// one round trip. One whose other side went away without a word, as behind a router
// that was restarted, is given up after half a minute without a sign of life: HTTP/2
// would put question after question on it, each of which had to wait for its end.
// net/http writes what it finds odd to the standard logger,
// whose output the program's main must discard: it would land on the screen.
func network() http.RoundTripper {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		ForceAttemptHTTP2:      true,
		HTTP2:                  &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
		MaxIdleConnsPerHost:    10,
		IdleConnTimeout:        90 * time.Second,
		TLSHandshakeTimeout:    15 * time.Second,
		MaxResponseHeaderBytes: 1 << 20,
	}
}

type authorize struct {
	client *Client
	next   http.RoundTripper
}

// RoundTrip adds the key pair, if scheme, host and port are the client's own. A
// client without one asks without: the answer still tells that the server is there.
func (a authorize) RoundTrip(r *http.Request) (*http.Response, error) {
	if !sameOrigin(r.URL, a.client.base) {
		return nil, &Error{Endpoint: r.URL.Path, kind: ErrRedirect, Reason: a.client.safe(r.URL.Host)}
	}
	if a.client.options.Key.IsZero() && a.client.options.Secret.IsZero() {
		return a.next.RoundTrip(r)
	}
	r = r.Clone(r.Context())
	r.SetBasicAuth(a.client.options.Key.Reveal(), a.client.options.Secret.Reveal())
	return a.next.RoundTrip(r)
}

func sameOrigin(a, b *url.URL) bool { return a.Scheme == b.Scheme && strings.EqualFold(a.Host, b.Host) }

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

// slots keep the API's limits on what is asked at the same time: five
// questions, ten user look-ups (documentation of the dashboard REST API).
type slots struct{ questions, users chan struct{} }

func newSlots() slots {
	return slots{questions: make(chan struct{}, 5), users: make(chan struct{}, 10)}
}

func isUserLookup(endpoint string) bool {
	return endpoint == searchEndpoint || endpoint == activityEndpoint
}

// take waits for a slot; release gives it back.
func (s slots) take(ctx context.Context, endpoint string) (release func(), err error) {
	slot := s.questions
	if isUserLookup(endpoint) {
		slot = s.users
	}
	select {
	case slot <- struct{}{}:
		return func() { <-slot }, nil
	default:
	}
	observed(ctx, Progress{Text: "waiting: the server answers only so many questions at a time"})
	select {
	case slot <- struct{}{}:
		return func() { <-slot }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// refused stops what was queued when the server refused the key pair: asking on
// would only lock it out. What is asked later is asked.
type refused struct {
	mu    sync.Mutex
	count int
	err   error
}

// seen counts the refusals so far.
func (r *refused) seen() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.count
}

func (r *refused) note(err error) {
	if errors.Is(err, ErrCredentials) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.count++
		r.err = err
	}
}

// since is the refusal that has come since so many were seen.
func (r *refused) since(count int) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.count == count {
		return nil
	}
	return r.err
}

// Progress is what a call waits for besides the server's answer.
type Progress struct {
	Text  string    // one sentence
	Until time.Time // when it will be tried again, if that is known
}

type observer struct{}

// Say is the sentence, with how long it is until the next try as of now.
func (p Progress) Say(now time.Time) string {
	if p.Until.IsZero() {
		return p.Text
	}
	return fmt.Sprintf("trying again in %d s: %s", max(int(p.Until.Sub(now).Seconds()+0.5), 0), p.Text)
}

// Observe makes calls under the context report what they wait for.
func Observe(ctx context.Context, f func(Progress)) context.Context {
	return context.WithValue(ctx, observer{}, f)
}

func observed(ctx context.Context, p Progress) {
	if f, ok := ctx.Value(observer{}).(func(Progress)); ok {
		f(p)
	}
}

// retryAfter reads the header in both forms. A date is reckoned from the
// server's own Date.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if s, err := strconv.Atoi(v); err == nil {
		return min(max(time.Duration(min(s, 1<<20))*time.Second, time.Second), 24*time.Hour)
	}
	at, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	if date, err := http.ParseTime(h.Get("Date")); err == nil {
		now = date
	}
	return max(at.Sub(now), time.Second)
}
