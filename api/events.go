package api

import (
	"context"
	"math"

	"amptui/api/text"
)

const eventsEndpoint = "/api/2/events/list"

// EventType is one event type of the project.
type EventType struct {
	Name       text.Raw // what queries ask for
	Display    text.Raw // what the project's owners call it
	Totals     float64  // how often this week; NaN when not sent
	Delta      float64  // the change against last week, as sent; NaN when not sent
	Hidden     bool
	Inactive   bool // does not make a user active
	Deleted    bool
	FlowHidden bool
}

// EventList is every event type that the project lists.
type EventList struct {
	Events []EventType
	Meta   Meta
}

// Events lists the project's event types: GET /api/2/events/list.
func (c *Client) Events(ctx context.Context) (EventList, error) {
	q := EventListQuery{}
	got, err := c.get(ctx, q)
	if err != nil {
		return EventList{}, err
	}
	l, err := c.decodeEvents(got.body)
	c.judge(q, got, &l.Meta, err)
	return l, err
}

func (c *Client) decodeEvents(body []byte) (EventList, error) {
	data, meta, err := c.open(eventsEndpoint, body)
	if err != nil {
		return EventList{}, err
	}
	var wire list[struct {
		Value      word    `json:"value"`
		Name       word    `json:"name"`
		Display    word    `json:"display"`
		Totals     *number `json:"totals"`
		Delta      *number `json:"totals_delta"`
		Hidden     flag    `json:"hidden"`
		Inactive   flag    `json:"non_active"`
		Deleted    flag    `json:"deleted"`
		FlowHidden flag    `json:"flow_hidden"`
	}]
	if len(data) == 0 || data[0] != '[' {
		return EventList{}, c.undecodable(eventsEndpoint, "its data are no list")
	}
	if err := c.decode(eventsEndpoint, data, &wire); err != nil {
		return EventList{}, err
	}
	out := EventList{Events: make([]EventType, 0, len(wire)), Meta: meta}
	for _, w := range wire {
		// value is the raw name; name stands beside it since 2026 only.
		e := EventType{
			Name: w.Value.Raw, Display: w.Display.Raw, Totals: value(w.Totals), Delta: value(w.Delta),
			Hidden: bool(w.Hidden), Inactive: bool(w.Inactive), Deleted: bool(w.Deleted), FlowHidden: bool(w.FlowHidden),
		}
		atLeastNone(&e.Totals)
		if e.Name.IsZero() && w.Totals != nil {
			e.Name = w.Name.Raw
		}
		if !e.Name.IsZero() {
			out.Events = append(out.Events, e)
		}
	}
	if len(out.Events) == 0 && len(wire) > 0 {
		return EventList{}, c.undecodable(eventsEndpoint, "its data are no events")
	}
	return out, nil
}

func value(n *number) float64 {
	if n == nil {
		return math.NaN()
	}
	return float64(*n)
}
