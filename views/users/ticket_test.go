package users

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

func evilUser() api.User {
	return api.User{
		UserID: text.New("[click](http://evil) @team `x` <b>\x1b[31m"), AmplitudeID: 5, Events: 2, Sessions: 1, Purchases: math.NaN(), Revenue: 0,
		First: text.New("2026-01-02"), Latitude: math.NaN(), Longitude: math.NaN(),
		Fields:     []api.UserField{{Name: "device", Value: text.New("# Phone *15*")}, {Name: "city", Value: text.New("Köln")}, {Name: "version", Value: text.New("3.5.0")}},
		Properties: []byte(`{"plan":"pro","note":"call +49 170 1234567"}`),
	}
}

func TestATicketHoldsWordsOnly(t *testing.T) {
	v := viewOf(loadedUser(50))
	v.person.user, v.pins = evilUser(), []string{"gp:note"}
	v.tell()
	got := strings.Join(v.ticket(), "\n")
	for _, want := range []string{
		"User ``[click](http://evil) @team `x` <b>␛[31m``", "Since: 2 Jan 2026", "Device: `# Phone *15*`", "Version: 3.5.0", "Place: Köln",
		"note: `call +49 170 1234567`", "Last session: ", "10 events", "the last first: Search ×2, Page Viewed ×2, Song Played ×6", "Times: UTC; looked up", "`amptui users amplitude_id=5`",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the ticket lacks %q:\n%s", want, got)
		}
	}
	v.env.Web = "https://app.amplitude.com/analytics/acme/project/7/"
	if got := v.whereToLook(); got != "- Look: https://app.amplitude.com/analytics/acme/project/7/search/amplitude_id%3D5/activity" {
		t.Errorf("it points to %s", got)
	}
}

func encoded(t *testing.T, data any) string {
	t.Helper()
	b, err := json.Marshal(data)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// With the mask on nothing that could tell who it is is anywhere: not in the
// frame, the ticket, the JSON, the table, the link or the opened event.
func TestTheMaskHidesAUserEverywhere(t *testing.T) {
	v := viewOf(loadedUser(60))
	v.env.Mask = views.NewMask([]byte("key"), true, []string{"gp:plan"})
	v.person.user = evilUser()
	v.person.user.UserID = text.New("ada@example.com")
	v.state.Who, v.state.Find = v.person.user.UserID, "Song 12"
	v.w, v.h = 200, 60
	v.remask()
	v.openEvent(&v.person.history.spans[0].events[3])
	frames := []string{v.View()}
	v.tree = nil
	frames = append(frames, v.View(), strings.Join(v.ticket(), "\n"), v.Link().Line())
	answer := v.answerUser()
	frames = append(frames, answer.Title, strings.Join(answer.Notes, " "), answer.Link.Line(), strings.Join(answer.Summary, " "))
	frames = append(frames, encoded(t, answer.Data))
	for i := range answer.Table.Len {
		for _, c := range answer.Table.Row(i).Cells {
			frames = append(frames, c.Text)
		}
	}
	for _, frame := range frames {
		for _, secret := range []string{"ada@", "Köln", "1234567", "Song 1", "Song 5", "a remark of", "example.com"} {
			if strings.Contains(frame, secret) {
				t.Errorf("%q is in\n%s", secret, frame)
			}
		}
	}
	if !strings.Contains(strings.Join(frames, ""), "pro") || !strings.Contains(strings.Join(frames, ""), "user-") {
		t.Error("what is safe is not shown, or no pseudonym is")
	}
}
