package api

import (
	"context"
	"net/url"
	"time"

	"amptui/api/text"
)

const (
	realtimeEndpoint = "/api/2/realtime"
	realtimeMinutes  = "5" // the only length of a slot that there is
)

// RealtimeQuery asks GET /api/2/realtime; there is nothing to choose.
type RealtimeQuery struct{}

// Endpoint is where the question is asked.
func (RealtimeQuery) Endpoint() string { return realtimeEndpoint }

// Values are the length of a slot.
func (RealtimeQuery) Values() url.Values { return url.Values{"i": {realtimeMinutes}} }

// Groups are the properties whose values stand in the answer: none.
func (RealtimeQuery) Groups() []Property { return nil }

// Realtime asks how many users are active, by slots of five minutes: the last 24
// hours, and the 24 before. The labels of the slots are clock times without dates
// that wrap round at midnight; Times are when they were, as of the moment when the
// answer came, where that can be known.
func (c *Client) Realtime(ctx context.Context) (Segmentation, error) {
	q := RealtimeQuery{}
	got, err := c.get(ctx, q)
	if err != nil {
		return Segmentation{}, err
	}
	s, err := c.decodeRealtime(got.body, got.at)
	c.judge(q, got, &s.Meta, err)
	return s, err
}

func (c *Client) decodeRealtime(body []byte, came time.Time) (Segmentation, error) {
	s, err := c.decodeSeries(realtimeEndpoint, body, true, time.Time{})
	if err != nil {
		return s, err
	}
	s.countsOnly()
	s.Times = c.lastDay(s.Labels, came)
	if n := len(s.Times); n > 1 && s.Times[n-1].Sub(s.Times[0]) > 25*time.Hour {
		return s, c.undecodable(realtimeEndpoint, "its times do not follow each other")
	}
	return s, nil
}

// freshSlot is how old the last slot may be: data arrive some minutes late.
const freshSlot = 30 * time.Minute

// lastDay puts clock times into the day that ends now, each slot before the one
// behind it. In whose zone the clock is, the documentation (the project's) and what
// was recorded (UTC) disagree about: it is the zone in which the last slot has just
// been. Where it is neither, or a label is no clock time, there are no times.
func (c *Client) lastDay(labels []text.Raw, now time.Time) []time.Time {
	for _, zone := range []*time.Location{c.options.Zone, time.UTC} {
		out := make([]time.Time, len(labels))
		after := now.In(zone).Add(time.Nanosecond)
		for i := len(labels) - 1; i >= 0; i-- {
			clock, err := time.Parse("15:04", labels[i].Exact())
			if err != nil {
				return nil
			}
			at := time.Date(after.Year(), after.Month(), after.Day(), clock.Hour(), clock.Minute(), 0, 0, zone)
			if !at.Before(after) {
				at = time.Date(after.Year(), after.Month(), after.Day()-1, clock.Hour(), clock.Minute(), 0, 0, zone)
			}
			out[i], after = at.In(c.options.Zone), at
		}
		if n := len(out); n > 0 && now.Sub(out[n-1]) <= freshSlot {
			return out
		}
	}
	return nil
}
