package api

import (
	"net/url"
	"sync"
	"time"
)

// Spent is what this client has used of the API's budget: 1,000 cost in any
// five minutes and 108,000 an hour; user look-ups have 360 an hour of their own
// (documentation of the dashboard REST API). Others may use the same keys, so
// it is the least that is spent. What is answered from the client's own cache was
// not sent and does not count; what the API answers from its own does, since it is
// not known whether the API counts that.
type Spent struct{ FiveMinutes, Hour, Lookups int }

// meter remembers the last hour's costs.
type meter struct {
	mu    sync.Mutex
	now   func() time.Time
	spent []expense
}

type expense struct {
	at   time.Time
	cost int
	user bool
}

func (m *meter) spend(endpoint string, cost int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	m.spent = append(m.spent, expense{m.now(), cost, isUserLookup(endpoint)})
}

func (m *meter) forget() {
	now := m.now()
	for len(m.spent) > 0 && now.Sub(m.spent[0].at) >= time.Hour {
		m.spent = m.spent[1:]
	}
}

// Spent sums what was asked in the last five minutes and the last hour.
func (c *Client) Spent() Spent {
	m := &c.meter
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	var s Spent
	now := m.now()
	for _, e := range m.spent {
		switch {
		case e.user:
			s.Lookups++
			continue
		case now.Sub(e.at) < window:
			s.FiveMinutes += e.cost
		}
		s.Hour += e.cost
	}
	return s
}

// Lapses is when the first of what Spent sums no longer counts; false where
// nothing does.
func (c *Client) Lapses() (at time.Time, ok bool) {
	m := &c.meter
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	now := m.now()
	for _, e := range m.spent {
		end := e.at.Add(window)
		if e.user {
			end = e.at.Add(time.Hour)
		}
		if end.After(now) && (!ok || end.Before(at)) {
			at, ok = end, true
		}
	}
	return at, ok
}

// window is how long a cost counts against fiveMinutes.
const window = 5 * time.Minute

// MostInWindow is the cost that the API allows in any five minutes.
const MostInWindow = 1000

// Fits is when a question of this cost fits into what the API allows in five
// minutes, as far as this client alone has spent it; zero is now, and what never
// fits fits when nothing else is spent.
func (c *Client) Fits(cost int) time.Time {
	if c.options.Free {
		return time.Time{}
	}
	m := &c.meter
	m.mu.Lock()
	defer m.mu.Unlock()
	m.forget()
	now, spent := m.now(), 0
	for _, e := range m.spent {
		if !e.user && now.Sub(e.at) < window {
			spent += e.cost
		}
	}
	var at time.Time
	for _, e := range m.spent {
		if spent+cost <= MostInWindow {
			break
		}
		if !e.user && now.Sub(e.at) < window {
			spent -= e.cost
			at = e.at.Add(window)
		}
	}
	return at
}

// Len is how many days the range has, both ends included.
func (d Dates) Len() int {
	from := time.Date(d.Start.Year(), d.Start.Month(), d.Start.Day(), 0, 0, 0, 0, time.UTC)
	to := time.Date(d.End.Year(), d.End.Month(), d.End.Day(), 0, 0, 0, 0, time.UTC)
	return int(to.Sub(from).Hours()/24) + 1
}

// cost = days x conditions x type, as the API's documentation weighs a
// question. Days are end - start, at least one (reported for live questions).
func (d Dates) days() int { return max(d.Len()-1, 1) }

// conditions are the segments (at least one), the conditions in them, and four
// a group-by.
func conditions(segments []Segment, by []Property) int {
	n := max(len(segments), 1) + 4*len(by)
	for _, s := range segments {
		n += len(s)
	}
	return n
}

func weight(e Event) int { return 1 + 4*len(e.By) }

// Endpoint is where the question is asked.
func (q SegmentationQuery) Endpoint() string { return segmentationEndpoint }

// Endpoint is where the question is asked.
func (q FunnelQuery) Endpoint() string { return funnelEndpoint }

// Endpoint is where the question is asked.
func (q RetentionQuery) Endpoint() string { return retentionEndpoint }

// Endpoint is where the question is asked; where a server does not know it, the
// older one is asked in its place.
func (q RevenueQuery) Endpoint() string { return revenueEndpoint }

// UserSearchQuery asks GET /api/2/usersearch.
type UserSearchQuery struct{ Who string }

// Endpoint is where the question is asked.
func (UserSearchQuery) Endpoint() string { return searchEndpoint }

// Values are whom it is about.
func (q UserSearchQuery) Values() url.Values { return url.Values{"user": {q.Who}} }

// Cost is nothing: look-ups have a budget of their own.
func (UserSearchQuery) Cost() int { return 0 }

// Endpoint is where the question is asked.
func (ActivityQuery) Endpoint() string { return activityEndpoint }

// Cost is nothing: look-ups have a budget of their own.
func (ActivityQuery) Cost() int { return 0 }

// EventListQuery asks GET /api/2/events/list; there is nothing to choose.
type EventListQuery struct{}

// Endpoint is where the question is asked.
func (EventListQuery) Endpoint() string { return eventsEndpoint }

// Values are none.
func (EventListQuery) Values() url.Values { return nil }

// Cost is what the API counts for the question.
func (EventListQuery) Cost() int { return 1 }

// Cost is what the API counts for the question.
func (q SegmentationQuery) Cost() int {
	events := weight(q.Event)
	if q.Second != nil {
		events += weight(*q.Second)
	}
	return q.Dates.days() * conditions(q.Segments, q.By) * events
}

// Cost is what the API counts for the question.
func (q FunnelQuery) Cost() int {
	steps := 0
	for _, e := range q.Steps {
		steps += 2 + 4*len(e.By)
	}
	return q.Dates.days() * conditions(q.Segments, q.By) * max(steps, 2)
}

// Cost is what the API counts for the question.
func (q RetentionQuery) Cost() int { return q.Dates.days() * conditions(q.Segments, q.By) * 8 }

// Cost is what the API counts for the question.
func (q RevenueQuery) Cost() int { return q.Dates.days() * conditions(q.Segments, q.By) }

// Cost is what the API counts for the question.
func (q CountsQuery) Cost() int { return q.Dates.days() * conditions(q.Segments, q.By) }

// Cost is what the API counts for the question.
func (q SessionsQuery) Cost() int { return q.Dates.days() * 4 }

// Cost is what the API counts for the question.
func (q CompositionQuery) Cost() int { return q.Dates.days() }

// Cost is what the API counts for the question.
func (RealtimeQuery) Cost() int { return 1 }

// Cost is at least this: the API counts what the saved chart asks, which nobody
// can know before.
func (ChartQuery) Cost() int { return 1 }

// Cost is what the API counts for the question.
func (AnnotationsQuery) Cost() int { return 1 }

// Cost is what the API counts for the question.
func (CohortListQuery) Cost() int { return 1 }
