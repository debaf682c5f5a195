package users

import (
	"time"

	"amptui/api"
)

// person is one user, as far as loaded.
type person struct {
	id      int64
	how     string // how the look-up matched, in words
	user    api.User
	meta    api.Meta
	history *history
	calls   int       // look-ups that were asked for it
	asOf    time.Time // when it was asked last
}

// newPerson is a user of whom something has arrived.
func newPerson(how string, a arrival, now time.Time) *person {
	p := &person{id: a.id, how: how, history: newHistory()}
	p.take(a, now)
	return p
}

// take puts what has arrived in its place.
func (p *person) take(a arrival, now time.Time) {
	p.calls += a.calls
	for _, l := range a.pages {
		p.history.add(l)
	}
	if len(a.pages) > 0 {
		p.user, p.meta, p.asOf = a.user, a.meta, now
		if !a.meta.Computed.IsZero() {
			p.asOf = a.meta.Computed
		}
	}
}

// isNobody says whether an Amplitude ID belongs to nobody: the server answers
// with an empty user.
func (p *person) isNobody() bool {
	return p.history.count() == 0 && p.user.UserID.IsZero() && p.user.First.IsZero() && len(p.user.DeviceIDs) == 0 && p.user.Device.IsZero() && !(p.user.Events > 0)
}
