// Package api is a client of the Amplitude Dashboard REST API: one typed method
// an endpoint, tolerant of every shape that the API was seen to answer with.
//
// Names, labels and values from answers are text.Raw; numbers that are missing
// are NaN. Times are in the zone of the project, which the API never names and
// Options must.
package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"amptui/api/text"
)

// The hosts of the API's two regions. A key of one does not work in the other.
const (
	StandardHost = "https://amplitude.com"
	EUHost       = "https://analytics.eu.amplitude.com"
)

const (
	defaultMaxBody = 32 << 20
	maxErrorBody   = 64 << 10
	callLimit      = 60 * time.Second
	errorLimit     = 5 * time.Second // for the body of an answer whose status has said enough
)

// Options say whom to ask and as whom.
type Options struct {
	BaseURL   string            // scheme, host and port; https, or http on loopback
	Key       text.Secret       // the API key
	Secret    text.Secret       // the secret key
	Profile   string            // what the user calls the keys, for errors
	Zone      *time.Location    // the project's zone; nil is UTC
	Transport http.RoundTripper // nil is the network
	Now       func() time.Time  // nil is the real time
	MaxBody   int64             // bytes of a decoded answer; 0 is 32 MiB
	Free      bool              // nothing is limited and nothing changes: event files and the demo
	Log       bool              // what answers is an event log, and no server
	Since     time.Time         // of the project's first event, where that is known: before it nothing is zero, all is missing
	Shelf     Shelf             // where answers outlive the program; nothing is nowhere
	Arrived   func(bytes int)   // is told the size of each good answer's body, from the network or the shelf; may be nil
}

// A Client asks one project. It is safe for concurrent use.
type Client struct {
	options Options
	base    *url.URL
	http    *http.Client
	slots   slots
	meter   meter
	refused refused
	plain   oldRevenue
	cache   cache
	shelf   *shelf // nil is none
	twins   twins
	timed   timed
	limited limited
	skew    skew
	large   chan struct{} // full while there is a large answer
}

// arrived is the body of a good answer, and for how long a cache on the way has kept it.
// Whoever has read it lets it go.
type arrived struct {
	body []byte
	age  time.Duration
	hold *hold
}

// New makes a client, or says what of the address cannot be used.
func New(o Options) (*Client, error) {
	base, err := url.Parse(o.BaseURL)
	if err != nil || base.Host == "" {
		return nil, refuse("the server's address is not one: it must be https:// and a host")
	}
	if base.User != nil || base.RawQuery != "" || base.Fragment != "" || strings.Trim(base.Path, "/") != "" {
		return nil, refuse("the server's address must be scheme, host and port only")
	}
	if base.Scheme != "https" && !(base.Scheme == "http" && isLoopback(base.Hostname())) {
		return nil, refuse("the server's address must be https: http is for this computer only")
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.MaxBody == 0 {
		o.MaxBody = defaultMaxBody
	}
	c := &Client{options: o, base: base, slots: newSlots(), large: make(chan struct{}, 1)}
	c.meter.now, c.cache.now = wall, wall
	c.shelf = newShelf(o.Shelf, []byte(o.Secret.Reveal()), base.Scheme+"://"+base.Host, wall)
	c.http = &http.Client{
		Transport: c.chain(),
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse
		},
	}
	return c, nil
}

// wall is the clock that budget and cache run by, whatever time it is for the
// data. It is not the monotonic one, which stands still while a computer sleeps:
// yesterday's answers would be new in the morning.
func wall() time.Time { return time.Now().Round(0) }

// ask asks a question and returns a good answer.
func (c *Client) ask(ctx context.Context, q Question) (arrived, error) {
	endpoint := q.Endpoint()
	refusals := c.refused.seen()
	// Before it takes one of the slots that those who wait already have, to say why.
	if err := c.keepBack(ctx, endpoint); err != nil {
		return arrived{}, c.transportError(endpoint, err)
	}
	release, err := c.slots.take(ctx, endpoint)
	if err != nil {
		return arrived{}, c.transportError(endpoint, err)
	}
	defer release()
	began := time.Now()
	for attempt := 0; ; attempt++ {
		if err := c.refused.since(refusals); err != nil {
			return arrived{}, err
		}
		if err := c.keepBack(ctx, endpoint); err != nil {
			return arrived{}, c.transportError(endpoint, err)
		}
		got, err := c.once(ctx, q)
		c.limited.note(endpoint, err)
		if err != nil && ctx.Value(aside{}) != nil {
			return got, err
		}
		wait, again := c.retry(err, attempt)
		// Who fails late would otherwise be waited for as many minutes as it is tried.
		if !again || time.Since(began) >= callLimit {
			c.refused.note(err)
			return got, err
		}
		if err := c.pause(ctx, wait, err); err != nil {
			return arrived{}, c.transportError(endpoint, err)
		}
	}
}

// once asks one time, and waits a minute for the whole answer. Waiting for a
// slot or for the next attempt is seen by the user and does not count.
func (c *Client) once(ctx context.Context, q Question) (arrived, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	asked := time.Now()
	answer, err := c.send(ctx, q)
	if err != nil {
		return arrived{}, err
	}
	c.skew.note(asked.Round(0), wall(), answer.Header)
	hold := &hold{large: c.large}
	body, err := c.take(ctx, q.Endpoint(), asked, answer, hold)
	if err != nil {
		hold.release()
	}
	return arrived{body, age(answer.Header), hold}, err
}

// send sends a question. Its answer must be taken.
func (c *Client) send(ctx context.Context, q Question) (*http.Response, error) {
	endpoint := q.Endpoint()
	u := *c.base
	u.Path, u.RawQuery = endpoint, encode(q.Values())
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, c.transportError(endpoint, err)
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "amptui")
	c.meter.spend(endpoint, q.Cost())
	answer, err := c.http.Do(r)
	if err != nil {
		return nil, c.transportError(endpoint, err)
	}
	return answer, nil
}

// take is the body of a good answer; of any other it is what went wrong.
func (c *Client) take(ctx context.Context, endpoint string, asked time.Time, answer *http.Response, h *hold) ([]byte, error) {
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, c.failure(endpoint, answer, errorBody(answer))
	}
	body, err := c.read(ctx, endpoint, answer, h)
	if err != nil {
		return nil, err
	}
	c.timed.note(time.Since(asked), len(body))
	c.arrived(len(body))
	if isWebPage(answer, body) {
		return nil, &Error{Endpoint: endpoint, Status: answer.StatusCode, kind: ErrWebPage}
	}
	if key, ok := doubledKey(body, endpoint == activityEndpoint); ok {
		return nil, c.undecodable(endpoint, "it says "+c.safe(key)+" twice")
	}
	return body, nil
}

func (c *Client) arrived(bytes int) {
	if c.options.Arrived != nil {
		c.options.Arrived(bytes)
	}
}

// errorBody is what an answer that is no good one says, as far as it comes at once: a
// body that breaks off or never ends still tells the status. After a switch of
// protocols there is none: what follows is no HTTP, and no deadline ends it.
func errorBody(answer *http.Response) []byte {
	if answer.StatusCode < http.StatusOK {
		return nil
	}
	enough := time.AfterFunc(errorLimit, func() { _ = answer.Body.Close() })
	defer enough.Stop()
	body, _ := io.ReadAll(io.LimitReader(answer.Body, maxErrorBody))
	return body
}

// read takes the whole body, or says that it is too large or broken off.
func (c *Client) read(ctx context.Context, endpoint string, answer *http.Response, h *hold) ([]byte, error) {
	var read bytes.Buffer
	err := c.readInto(ctx, &read, answer, h)
	body := read.Bytes()
	switch {
	case int64(len(body)) > c.options.MaxBody:
		return nil, &Error{
			Endpoint: endpoint, Status: answer.StatusCode, kind: ErrTooLarge,
			Reason: fmt.Sprintf("over %d MiB", c.options.MaxBody>>20),
		}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &Error{Endpoint: endpoint, Status: answer.StatusCode, kind: ErrUnreachable, Reason: "the answer broke off"}
	case err != nil:
		return nil, c.transportError(endpoint, err)
	}
	return body, nil
}

// encode is the query string, with %20 for blanks as the API's documentation
// writes it.
func encode(v url.Values) string { return strings.ReplaceAll(v.Encode(), "+", "%20") }
