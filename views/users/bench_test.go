package users

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
)

// sentEvents are n events of one user, the newest first: sessions of twenty, five
// kinds, two properties that change now and then.
func sentEvents(n int) []api.UserEvent {
	names := []string{"Song Played", "Song Played", "Song Played", "Page Viewed", "Search"}
	events := make([]api.UserEvent, n)
	for i := range events {
		age := n - 1 - i // of the oldest it is 0
		t := noon().AddDate(-1, 0, 0).Add(time.Duration(age)*time.Minute + time.Duration(age/20)*10*time.Hour)
		events[i] = api.UserEvent{
			Type: text.New(names[age%len(names)]), Time: t, ID: text.New(fmt.Sprint("i", age)), Session: int64(age/20 + 1),
			JSON: json.RawMessage(fmt.Sprintf(`{"event_properties":{"title":"Song %d","seconds":%d,"note":"%s"},"user_properties":{"plan":"p%d"},"platform":"iOS","version_name":"3.%d"}`,
				age%977, age%300, "a remark of some length, as there are", age/5000, age/20000)),
		}
	}
	return events
}

// loadedUser is a user with n events loaded, in pages.
func loadedUser(n int) *person {
	all := sentEvents(n)
	user := api.User{Events: float64(n), UserID: text.New("big"), Properties: json.RawMessage(`{"plan":"p"}`)}
	p := newPerson("by its user or device ID", arrival{id: 5, user: user}, noon())
	for offset := 0; offset < n; offset += pageSize {
		p.take(arrival{id: 5, user: user, pages: []loaded{load(offset, api.Activity{User: user, Events: all[offset:min(offset+pageSize, n)]})}}, noon())
	}
	return p
}

func viewOf(p *person) *view {
	env := views.Env{Now: noon, Zone: time.UTC, Keys: keys.Default(), Theme: theme.Plain()}
	v := &view{env: env, state: Default(), wide: map[spot]bool{}, w: 120, h: 32}
	v.show(p)
	return v
}

// What a hundred thousand events cost: telling them again (a mute, an opened
// run), a step of the cursor, a text found in all of them.
func BenchmarkHundredThousandEvents(b *testing.B) {
	v := viewOf(loadedUser(100_000))
	b.Run("tell", func(b *testing.B) {
		for b.Loop() {
			v.tell()
		}
	})
	b.Run("step", func(b *testing.B) {
		for b.Loop() {
			v.cursor.Move(1)
			v.redraw()
			v.View()
		}
	})
	b.Run("find", func(b *testing.B) {
		for b.Loop() {
			if _, err := search(context.Background(), v.person.history.spans, "song 97"); err != nil {
				b.Fatal(err)
			}
		}
	})
}
