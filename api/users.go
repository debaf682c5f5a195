package api

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"amptui/api/text"
)

const (
	searchEndpoint   = "/api/2/usersearch"
	activityEndpoint = "/api/2/useractivity"
)

// UserMatches is who a search has found.
type UserMatches struct {
	Kind    text.Raw // how it matched: match_amplitude_id, match_user_or_device_id, match_user_prefix, nomatch …
	Matches []UserMatch
}

// UserMatch is one user found.
type UserMatch struct {
	AmplitudeID int64
	UserID      text.Raw // empty for an anonymous user
	DeviceID    text.Raw // the last one, if sent
}

// UserSearch looks a user up by user ID, a prefix of it, device ID or Amplitude
// ID: GET /api/2/usersearch. Nobody is an answer without matches.
func (c *Client) UserSearch(ctx context.Context, who string) (UserMatches, error) {
	if who = strings.TrimSpace(who); who == "" {
		return UserMatches{}, refuse("a user search needs an id, or the beginning of one")
	}
	got, err := c.ask(ctx, UserSearchQuery{who})
	if err != nil {
		return UserMatches{}, err
	}
	defer got.hold.release()
	return c.decodeSearch(got.body)
}

func (c *Client) decodeSearch(body []byte) (UserMatches, error) {
	var wire struct {
		Type    *word `json:"type"`
		Matches *list[struct {
			User      word   `json:"user_id"`
			Amplitude wireID `json:"amplitude_id"`
			Device    word   `json:"last_device_id"`
		}] `json:"matches"`
	}
	if err := c.decode(searchEndpoint, body, &wire); err != nil {
		return UserMatches{}, err
	}
	if wire.Matches == nil {
		return UserMatches{}, c.undecodable(searchEndpoint, "it has no matches")
	}
	var out UserMatches
	if wire.Type != nil {
		out.Kind = wire.Type.Raw
	}
	for _, m := range *wire.Matches {
		out.Matches = append(out.Matches, UserMatch{int64(m.Amplitude), m.User.Raw, m.Device.Raw})
	}
	return out, nil
}

// wireID is an id that fits 64 bits; what does not is 0.
type wireID int64

func (id *wireID) UnmarshalJSON(b []byte) error {
	v, err := strconv.ParseInt(strings.Trim(string(bytes.TrimSpace(b)), `"`), 10, 64)
	if err != nil {
		v = 0
	}
	*id = wireID(v)
	return nil
}

// Activity is one page of a user's events, and who it is.
type Activity struct {
	User   User
	Events []UserEvent // as sent: the newest first, or the oldest with Earliest
	Meta   Meta
}

// User is what is known of a user. Numbers that are not known are NaN, words
// that are not known are empty.
type User struct {
	AmplitudeID         int64
	Merged              []int64
	UserID              text.Raw
	DeviceIDs           []text.Raw
	Device              text.Raw // the last device ID
	Events, Sessions    float64
	Usage               time.Duration
	First, Last         text.Raw // dates as sent: YYYY-MM-DD
	Purchases, Revenue  float64
	Latitude, Longitude float64
	Fields              []UserField // built-in properties that are set, in the API's words
	Properties          json.RawMessage
}

// UserField is a built-in property of a user.
type UserField struct {
	Name  string
	Value text.Raw
}

// UserEvent is one event of a user. Its JSON is kept whole and parsed when it is
// looked at.
type UserEvent struct {
	Type    text.Raw
	Time    time.Time // UTC; zero when it cannot be read
	ID      text.Raw  // tells events apart: uuid, else $insert_id, else event_id
	Session int64     // start in unix milliseconds, -1 for none
	JSON    json.RawMessage
}

// UserActivity asks GET /api/2/useractivity. An unknown user is an answer
// without events.
func (c *Client) UserActivity(ctx context.Context, q ActivityQuery) (Activity, error) {
	if q.User <= 0 {
		return Activity{}, c.undecodable(searchEndpoint, "the user has no usable id")
	}
	if q.Limit < 0 || q.Limit > 1000 || q.Offset < 0 {
		return Activity{}, refuse("a page of events holds 1 to 1,000")
	}
	got, err := c.ask(ctx, q)
	if err != nil {
		return Activity{}, err
	}
	defer got.hold.release()
	a, err := c.decodeActivity(got.body)
	if a.Meta.Ahead = c.skew.worthSaying(); a.Meta.Computed.IsZero() && got.age > 0 {
		a.Meta.Computed = c.options.Now().Add(-got.age)
	}
	return a, err
}

type wireUser struct {
	ID        word         `json:"user_id"`
	Amplitude wireID       `json:"canonical_amplitude_id"`
	Merged    list[wireID] `json:"merged_amplitude_ids"`
	DeviceIDs list[word]   `json:"device_ids"`
	Device    word         `json:"last_device_id"`
	Events    *number      `json:"num_events"`
	Sessions  *number      `json:"num_sessions"`
	Usage     number       `json:"usage_time"`
	First     word         `json:"first_used"`
	Last      word         `json:"last_used"`
	Purchases *number      `json:"purchases"`
	Revenue   *number      `json:"revenue"`
	Location  *struct {
		Lat *number `json:"lat"`
		Lng *number `json:"lng"`
	} `json:"last_location"`
	Properties json.RawMessage `json:"properties"`
}

func (c *Client) decodeActivity(body []byte) (Activity, error) {
	var wire struct {
		User     json.RawMessage        `json:"userData"`
		Events   *list[json.RawMessage] `json:"events"`
		Metadata struct {
			Missing  flag   `json:"missingData"`
			Cached   flag   `json:"cached"`
			Computed number `json:"timeComputed"`
		} `json:"metadata"`
	}
	if err := c.decode(activityEndpoint, body, &wire); err != nil {
		return Activity{}, err
	}
	if who := string(bytes.TrimSpace(wire.User)); wire.Events == nil && who == "" || who == "null" {
		return Activity{}, c.undecodable(activityEndpoint, "it has no user and no events")
	}
	out := Activity{Meta: envelope{Cached: wire.Metadata.Cached, Computed: wire.Metadata.Computed}.meta()}
	out.Meta.MissingData = bool(wire.Metadata.Missing)
	var err error
	if out.User, err = c.decodeUser(wire.User); err != nil {
		return Activity{}, err
	}
	if wire.Events != nil {
		for _, raw := range *wire.Events {
			out.Events = append(out.Events, decodeUserEvent(raw))
		}
	}
	return out, nil
}

func (c *Client) decodeUser(raw json.RawMessage) (User, error) {
	var w wireUser
	var fields map[string]json.RawMessage
	if len(raw) > 0 {
		if err := c.decode(activityEndpoint, raw, &w); err != nil {
			return User{}, err
		}
		if err := c.decode(activityEndpoint, raw, &fields); err != nil {
			return User{}, err
		}
	}
	u := User{
		AmplitudeID: int64(w.Amplitude), UserID: w.ID.Raw, Device: w.Device.Raw,
		Events: value(w.Events), Sessions: value(w.Sessions), First: w.First.Raw, Last: w.Last.Raw,
		Purchases: value(w.Purchases), Revenue: value(w.Revenue), Latitude: math.NaN(), Longitude: math.NaN(),
		Properties: w.Properties,
	}
	atLeastNone(&u.Events, &u.Sessions, &u.Purchases)
	if ms := float64(w.Usage); ms > 0 {
		u.Usage = time.Duration(ms) * time.Millisecond
	}
	if w.Location != nil {
		// The largest float stands for an unknown place, and is no number here.
		u.Latitude, u.Longitude = value(w.Location.Lat), value(w.Location.Lng)
	}
	for _, id := range w.Merged {
		u.Merged = append(u.Merged, int64(id))
	}
	for _, d := range w.DeviceIDs {
		u.DeviceIDs = append(u.DeviceIDs, d.Raw)
	}
	for _, name := range []string{
		"platform", "os", "device", "device_type", "carrier", "country", "region", "city", "dma",
		"language", "version", "start_version", "library", "paying", "ip_address",
	} {
		var v word
		if json.Unmarshal(fields[name], &v) == nil && !v.IsZero() {
			u.Fields = append(u.Fields, UserField{name, v.Raw})
		}
	}
	return u, nil
}

func decodeUserEvent(raw json.RawMessage) UserEvent {
	var w struct {
		Type    word    `json:"event_type"`
		Time    word    `json:"event_time"`
		UUID    word    `json:"uuid"`
		Insert  word    `json:"$insert_id"`
		ID      word    `json:"event_id"`
		Session *wireID `json:"session_id"`
	}
	e := UserEvent{Session: -1, JSON: raw}
	if json.Unmarshal(raw, &w) != nil {
		return e
	}
	e.Type = w.Type.Raw
	for _, layout := range []string{time.DateTime, time.RFC3339} {
		if t, err := time.Parse(layout, w.Time.Exact()); err == nil {
			e.Time = t.UTC()
		}
	}
	ids := []text.Raw{w.UUID.Raw, w.Insert.Raw, w.ID.Raw}
	if i := slices.IndexFunc(ids, func(id text.Raw) bool { return !id.IsZero() }); i >= 0 {
		e.ID = ids[i]
	}
	if w.Session != nil {
		e.Session = int64(*w.Session)
	}
	return e
}
