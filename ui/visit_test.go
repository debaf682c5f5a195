package ui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/views"
)

// What an event list was is marked against what it is, and a look soon after does
// not wipe the marks out.
func TestWhatChangedSinceTheLastLookIsMarked(t *testing.T) {
	body := `{"data":[{"value":"Song Played","totals":1000},{"value":"song_played","totals":30},{"value":"Lyrics","totals":0},{"value":"Brand New","totals":3},{"value":"Page Viewed","totals":500}]}`
	h := bodies(http.StatusOK, map[string]string{"/api/2/events/list": body})
	story(t, h, func(d *driver) {
		d.Resize(100, 24)
		var kept []views.Visit
		d.app.env.SaveVisit = func(v views.Visit) error { kept = append(kept, v); return nil }
		d.app.env.LastVisit = views.Visit{Taken: now().Add(-26 * time.Hour), Totals: visitOf("Song Played", 1000, "song_played", 30, "Lyrics", 200, "Page Viewed", 500, "Old One", 4)}
		d.run(d.app.goTo(views.Link{View: "events"}, false))
		d.Wait(time.Second)
		d.Sees("3 changed since you looked on Mon 23 Nov 12:30", "gone: Old One", "silent", "new", "like song_played", "c changed")
		if len(kept) != 1 || len(kept[0].Totals) != 5 {
			t.Errorf("kept %v", kept)
		}
		d.Press("c")
		d.Sees("events --changed", "Brand New", "Lyrics")
		d.SeesNot("Page Viewed")
		d.Press("r")
		if len(kept) != 1 {
			t.Errorf("kept again after a moment: %d", len(kept))
		}
		d.Press("esc")
		d.Sees("Page Viewed")
		d.app.env.LastVisit.Taken = now().Add(-time.Hour)
		d.run(d.app.goTo(views.Link{View: "events"}, false))
		d.Wait(time.Second)
		if d.Sees("new"); len(kept) != 1 {
			t.Errorf("a look an hour later has taken the place of the last one")
		}
	})
}

func TestAVisitIsKeptForTheProfile(t *testing.T) {
	s := newShell(t)
	get := func(k string) string { return s.env[k] }
	p := &program{env: get}
	env, notes := p.ofProfile(profileCalled("shop"), clientOf(t))
	if env.LastVisit.Known() || len(notes) != 0 {
		t.Fatalf("a first visit: %v, %q", env.LastVisit, notes)
	}
	v := views.Visit{Taken: now(), Totals: visitOf("A\x1b[31m", 5)}
	if err := env.SaveVisit(v); err != nil {
		t.Fatal(err)
	}
	again, _ := p.ofProfile(profileCalled("shop"), clientOf(t))
	if !again.LastVisit.Taken.Equal(now()) || len(again.LastVisit.Totals) != 1 {
		t.Errorf("kept %v", again.LastVisit)
	}
	if other, _ := p.ofProfile(profileCalled("other"), clientOf(t)); other.LastVisit.Known() {
		t.Error("another profile has the same visit")
	}
	if code := s.run(demoArgs("events", "--changed", "-o", "json")...); code != 0 || !strings.Contains(s.out, `"gone":[]`) {
		t.Errorf("%d %s %.200s", code, s.errs, s.out)
	}
}

func visitOf(words ...any) map[text.Raw]float64 {
	out := map[text.Raw]float64{}
	for i := 0; i+1 < len(words); i += 2 {
		out[text.New(words[i].(string))] = float64(words[i+1].(int))
	}
	return out
}

func profileCalled(name string) config.Profile { return config.Profile{Name: name} }

func clientOf(t *testing.T) *api.Client {
	t.Helper()
	client, err := api.New(api.Options{BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret")})
	if err != nil {
		t.Fatal(err)
	}
	return client
}
