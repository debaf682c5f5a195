package api

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// A Probe is what one call, the cheapest there is, tells of the server.
type Probe struct {
	Took   time.Duration // until the whole answer was there
	Dated  bool          // the server has told its time
	Ahead  time.Duration // how far this computer's clock is ahead of it, to a second
	Events int           // how many event types it lists
}

// Probe asks the server once, past all that is kept, and does not try again. An
// answer that refuses the keys tells the server's time too.
func (c *Client) Probe(ctx context.Context) (Probe, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	var p Probe
	began := wall()
	answer, err := c.send(ctx, EventListQuery{})
	if err != nil {
		return p, err
	}
	p.Ahead, p.Dated = aheadOf(began, wall(), answer.Header)
	hold := &hold{large: c.large}
	defer hold.release()
	body, err := c.take(ctx, eventsEndpoint, began, answer, hold)
	p.Took = wall().Sub(began)
	if err != nil {
		return p, err
	}
	list, err := c.decodeEvents(body)
	p.Events = len(list.Events)
	return p, err
}

// Proxy is the host of the proxy that questions go through, or nothing. What else
// its address holds, a password say, is not told.
func (c *Client) Proxy() (string, error) {
	if c.options.Transport != nil {
		return "", nil
	}
	proxy, err := http.ProxyFromEnvironment(&http.Request{URL: c.base})
	switch {
	case err != nil:
		return "", errors.New("the proxy's address in the environment cannot be read")
	case proxy == nil:
		return "", nil
	}
	return c.safe(proxy.Scheme + "://" + proxy.Host), nil
}
