package users

import (
	"slices"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// soldTo is a user whose events are these, the newest first.
func soldTo(events ...api.UserEvent) *view {
	user := api.User{Events: float64(len(events)), UserID: text.New("ada@example.com"), Revenue: 30, Purchases: 2}
	return viewOf(newPerson("by its user or device ID", arrival{id: 5, user: user, pages: []loaded{load(0, api.Activity{User: user, Events: events})}}, noon()))
}

func TestAnEventIsASentence(t *testing.T) {
	v := soldTo(
		sent("Song Played", 30, 3, `"event_properties":{"title":"Über","empty":"","cart":[{"id":7}]},"user_properties":{"plan":"pro","city":"Köln"},"platform":"iOS"`),
		sent("Search", 20, 3, `"user_properties":{"plan":"free"}`),
		sent("Search", -60*20, 2, `"user_properties":{"plan":"free"}`),
		sent("Idle", -60*21, 0, ``),
	)
	h := v.listen(v.shown())
	for i, want := range []string{
		"Session of Tue 24 Nov 12:20 to 12:30, 2 events. Song Played at 12:30:00; city is now Köln; plan changed from free to pro; title: Über; cart: [{\"id\":7}]",
		"Search at 12:20:00",
		"Nothing for 20h 20m. Session of Mon 23 Nov 16:00, 1 event. Search at 16:00:00",
		"Out of sessions, Mon 23 Nov 15:00, 1 event. Idle at 15:00:00",
	} {
		if got := h.row(i, i-1); got != want {
			t.Errorf("event %d is %q, want %q", i, got, want)
		}
	}
	if got := h.row(1, -1); !strings.HasPrefix(got, "Session of Tue 24 Nov") {
		t.Errorf("what is read behind nothing lacks its session: %s", got)
	}
	said, with := h.whole(0)
	if got := strings.Join(said, "|"); !strings.HasPrefix(got, "Song Played, Tue 24 Nov 2026, 12:30:00 UTC|Session of ") || !strings.HasSuffix(got, "|plan changed from free to pro") {
		t.Errorf("of the whole event is said %s", got)
	}
	want := "Properties of the event, 2|title: Über|cart: [{\"id\":7}]|Properties of the user then, 2|plan: pro|city: Köln|Also sent with it, 1|platform: iOS"
	if got := strings.Join(with, "|"); got != want {
		t.Errorf("the whole event is\n%s, want\n%s", got, want)
	}
	v.env.Mask = views.NewMask([]byte("key"), true, nil)
	masked, with := v.listen(v.shown()).whole(0)
	if all := h.row(0, -1) + strings.Join(slices.Concat(masked, with), ""); strings.Contains(all, "Köln") || strings.Contains(all, "Über") {
		t.Errorf("the mask does not hide %s", all)
	}
}

func TestATicketSaysWhatMoneyIsIn(t *testing.T) {
	bought := func(minutes int, properties string) api.UserEvent {
		return sent("Purchase", minutes, 1, `"event_properties":{`+properties+`}`)
	}
	euros, dollars, bare := `"$revenue":9.99,"currency":"EUR"`, `"revenue":"5","$currency":"usd"`, `"$revenue":3`
	for _, c := range []struct {
		events []api.UserEvent
		want   string
	}{
		{[]api.UserEvent{bought(2, euros), bought(1, euros), sent("Search", 0, 1, ``)}, "30 EUR, 2 purchases"},
		{[]api.UserEvent{bought(2, euros), bought(1, dollars)}, "30 (a sum of amounts in EUR, USD), 2 purchases"},
		{[]api.UserEvent{bought(2, euros), bought(1, bare)}, "30 (a sum of amounts in EUR and without a currency), 2 purchases"},
		{[]api.UserEvent{bought(2, bare), sent("Search", 0, 1, `"event_properties":{"currency":"EUR"}`)}, "30, 2 purchases"},
		{[]api.UserEvent{bought(2, `"$revenue":9,"currency":"all of it"`)}, "30, 2 purchases"},
	} {
		v := soldTo(c.events...)
		if got := v.revenueWords(); got != c.want {
			t.Errorf("revenue is %q, want %q", got, c.want)
		}
	}
	v := soldTo(bought(2, euros+`,"price":9.99,"seats":3`))
	if got := strings.Join(v.ticket(), "\n"); !strings.Contains(got, "\n- Event: Purchase, Tue 24 Nov 2026 12:02:00; `$revenue`: 9.99 EUR; price: 9.99 EUR; seats: 3\n") {
		t.Errorf("the event in the ticket lacks its currency:\n%s", got)
	}
	v.person.history.counted, v.person.user.Events = 8000, 8000
	if got := v.revenueWords(); got != "30, 2 purchases; loaded is 1 event with revenue, in EUR" {
		t.Errorf("of some events revenue is %q", got)
	}
	if got := strings.Join(v.ticket(), "\n"); !strings.Contains(got, "\n- Activity, all time: 8,000 events, 0 sessions\n- Revenue, all time: 30, 2 purchases; loaded ") {
		t.Errorf("the ticket does not tell what is of all time:\n%s", got)
	}
	v.env.Mask = views.NewMask([]byte("key"), true, nil)
	if got := v.revenueWords(); got != "30, 2 purchases; loaded is 1 event with revenue" {
		t.Errorf("with the mask on revenue is %q", got)
	}
}

// The event under the cursor and what was searched for are in the ticket, masked as the
// rest is.
func TestATicketHoldsWhatOneLooksAt(t *testing.T) {
	v := viewOf(loadedUser(60))
	v.cursor.At = v.story.find(v.person.history.spans[0].events[1].spot)
	v.state.Find = "song 58"
	v.hits, _ = search(t.Context(), v.person.history.spans, v.state.Find)
	ticket := func() string { return strings.Join(v.ticket(), "\n") }
	for _, want := range []string{"\n- Event: Page Viewed, ", "; title: Song 5", "\n- Searched for: song 58, in ", " events that are loaded\n"} {
		if got := ticket(); !strings.Contains(got, want) {
			t.Errorf("the ticket lacks %q:\n%s", want, got)
		}
	}
	v.env.Mask = views.NewMask([]byte("key"), true, nil)
	v.remask()
	if got := ticket(); strings.Contains(got, "ong 5") || !strings.Contains(got, "\n- Event: ") || !strings.Contains(got, "\n- Searched for: text-") {
		t.Errorf("the masked ticket is\n%s", got)
	}
	for name, off := range map[string]func(){
		"on the head of a session": func() { v.cursor.At = 0 },
		"on a property":            func() { v.cursor.At, v.onWho = 1, true },
		"beside another":           func() { v.onWho, v.other = false, v.person },
	} {
		if off(); strings.Contains(ticket(), "- Event: ") {
			t.Errorf("%s the ticket names an event:\n%s", name, ticket())
		}
	}
}
