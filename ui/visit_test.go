package ui

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/golden"
	"amptui/config"
	"amptui/views"
)

// changing is a server whose list has changed since the visit before.
func changing() http.Handler {
	return bodies(http.StatusOK, map[string]string{
		"/api/2/events/list": `{"data":[{"value":"Song Played","totals":1000},{"value":"song_played","totals":30},` +
			`{"value":"Lyrics","totals":0},{"value":"Brand New","totals":3},{"value":"Page Viewed","totals":500},{"value":"Search","totals":900},{"value":"Share","totals":20,"non_active":true}]}`,
		"/api/2/events/segmentation": `{"data":{"series":[[300,200,500,0]],"seriesLabels":[0],"seriesCollapsed":[[{"value":1000}]],"xValues":["2026-11-21","2026-11-22","2026-11-23","2026-11-24"]}}`,
	})
}

func visitBefore() views.Visit {
	return views.Visit{
		Taken:  now().Add(-26 * time.Hour),
		Totals: visitOf("Song Played", 1000, "song_played", 30, "Lyrics", 200, "Page Viewed", 500, "Search", 300, "Share", 200, "Old One", 4),
	}
}

// opensEvents opens the list as somebody does who looked at it before.
func (d *driver) opensEvents() {
	d.run(d.app.goTo(views.Link{View: "events"}, false))
	d.Wait(time.Second)
}

// What an event list was is marked against what it is, and looking again does not
// wipe the marks out: in the same run, in another, or after hours.
func TestWhatChangedSinceTheLastLookIsMarked(t *testing.T) {
	var kept []views.Visits
	visits := views.Visits{Last: visitBefore()}
	for run := range 2 {
		story(t, changing(), func(d *driver) {
			d.Resize(100, 24)
			d.app.env.SaveVisits = func(v views.Visits) error { kept = append(kept, v); return nil }
			d.app.env.Visits = &visits
			d.opensEvents()
			marked := []string{"5 changed since you looked on Mon 23 Nov 12:30", "gone: Old One", "silent", "new", "up", "down I", "like song_played", "c changed"}
			d.Sees(marked...)
			d.Press("c")
			d.Sees("events --changed", "Brand New", "Lyrics", "Search", "Share", "song_played")
			d.SeesNot("Page Viewed")
			d.Press("r", "s", "esc")
			d.Sees(marked...)
			d.Sees("Page Viewed")
			if len(kept) != 1 || len(kept[0].Last.Totals) != 7 || !kept[0].Last.Taken.Equal(now()) || !kept[0].Before.Taken.Equal(visitBefore().Taken) {
				t.Errorf("run %d: kept %v", run, kept)
			}
		})
	}
}

func TestAFailedListIsNoLook(t *testing.T) {
	for name, h := range map[string]http.Handler{
		"empty": bodies(http.StatusOK, map[string]string{"/api/2/events/list": `{"data":[]}`}),
		"error": bodies(http.StatusBadRequest, map[string]string{"/api/2/events/list": `{"error":{}}`}),
	} {
		story(t, h, func(d *driver) {
			visits := views.Visits{Last: visitBefore()}
			d.app.env.SaveVisits = func(views.Visits) error { t.Errorf("%s: kept", name); return nil }
			d.app.env.Visits = &visits
			d.opensEvents()
			if !visits.Last.Taken.Equal(visitBefore().Taken) {
				t.Errorf("%s: the last visit is forgotten", name)
			}
		})
	}
}

func TestALookThatCannotBeKeptIsSaid(t *testing.T) {
	story(t, changing(), func(d *driver) {
		d.app.env.SaveVisits = func(views.Visits) error { return errors.New("the disk is full") }
		d.app.env.Visits = &views.Visits{Last: visitBefore()}
		d.opensEvents()
		d.Sees("this look is not kept: the disk is full", "silent")
	})
}

func TestNothingMarkedIsSaid(t *testing.T) {
	story(t, changing(), func(d *driver) {
		d.app.env.Visits = &views.Visits{}
		d.opensEvents()
		d.SeesNot("changed since", "new") // at the first look nothing is
		d.Press("c", "/")
		d.Type("!song")
		d.Press("enter")
		d.Sees("nothing to compare with yet", "No event matches the filter.")
		d.Press("esc", "esc")
		d.Sees("Page Viewed")
	})
	story(t, demoServer(), func(d *driver) {
		d.Press("c")
		d.Sees("events --changed", "nothing is kept of this project's looks", "No event is marked as changed.", "press esc to see all.")
		d.Press("esc")
		d.Sees("Song Played")
	})
}

func TestChangedScreens(t *testing.T) {
	for _, size := range []struct{ w, h int }{{60, 15}, {80, 24}, {120, 36}} {
		t.Run(fmt.Sprintf("%dx%d", size.w, size.h), func(t *testing.T) {
			story(t, changing(), func(d *driver) {
				d.Resize(size.w, size.h)
				d.app.env.Visits = &views.Visits{Last: visitBefore()}
				d.opensEvents()
				d.Press("s", "s", "s")
				golden.Equal(t, d.Frame()+"\n")
			})
		})
	}
}

func TestVisitsAreKeptForTheProfile(t *testing.T) {
	s := newShell(t)
	p := &program{env: func(k string) string { return s.env[k] }}
	env, notes := p.ofProfile(profileCalled("shop/a:b"), clientOf(t))
	if env.Visits == nil || env.Visits.Last.Known() || len(notes) != 0 {
		t.Fatalf("a first visit: %v, %q", env.Visits, notes)
	}
	look := views.Visit{Taken: now(), Totals: visitOf("A\x1b[31m", 5)}
	look.Totals[text.New("never counted")] = math.NaN()
	visits, _ := views.Visits{Last: visitBefore()}.After(look)
	if err := env.SaveVisits(visits); err != nil {
		t.Fatal(err)
	}
	again, _ := p.ofProfile(profileCalled("shop/a:b"), clientOf(t))
	last := again.Visits.Last
	if total, ok := last.Totals[text.New("A\x1b[31m")]; !last.Taken.Equal(now()) || len(last.Totals) != 2 || !ok || total != 5 {
		t.Errorf("kept %v", last)
	}
	if total, ok := last.Totals[text.New("never counted")]; !ok || !math.IsNaN(total) {
		t.Errorf("an event without a total is kept as %v, %v", total, ok)
	}
	if !again.Visits.Before.Taken.Equal(visitBefore().Taken) || !reflect.DeepEqual(again.Visits.Before.Totals, visitBefore().Totals) {
		t.Errorf("before that %v", again.Visits.Before)
	}
	if other, _ := p.ofProfile(profileCalled("other"), clientOf(t)); other.Visits.Last.Known() {
		t.Error("another profile has the same visit")
	}
	p.global.fresh = true
	if env, _ := p.ofProfile(profileCalled("shop/a:b"), clientOf(t)); env.SaveVisits != nil {
		t.Error("--fresh keeps a look")
	}
}

func TestChangedInTheShell(t *testing.T) {
	s := newShell(t)
	code := s.run(demoArgs("events", "--changed", "-o", "json")...)
	if code != 0 || !strings.Contains(s.out, `"gone":[]`) || !strings.Contains(s.out, `"events":[]`) {
		t.Errorf("%d %s %.200s", code, s.errs, s.out)
	}
	if code := s.run(demoArgs("events", "--changed", "-o", "table")...); code != 0 || !strings.Contains(s.errs, "nothing is kept of this project's looks") {
		t.Errorf("%d %s", code, s.errs)
	}

	visits := views.Visits{Last: visitBefore()}
	ask := func(words ...string) (string, []string) {
		t.Helper()
		client, err := api.New(api.Options{BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret"), Now: now, Transport: handlerTransport{changing()}, Free: true})
		if err != nil {
			t.Fatal(err)
		}
		spec := catalog()[0]
		answer, err := spec.Ask(t.Context(), views.Env{API: client, Now: now, Zone: time.UTC, Visits: &visits}, words)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(answer.Data)
		if err != nil {
			t.Fatal(err)
		}
		return string(data), answer.Notes
	}
	data, notes := ask("--changed", "--sort", "flags")
	var got struct {
		Events []struct{ Name, Change, Twin string }
		Gone   []string
	}
	if err := json.Unmarshal([]byte(data), &got); err != nil {
		t.Fatal(err)
	}
	if want := "[{Lyrics silent } {Brand New new } {Share down } {Search up } {Song Played  song_played} {song_played  Song Played}]"; fmt.Sprint(got.Events) != want || fmt.Sprint(got.Gone) != "[Old One]" {
		t.Errorf("%v, gone %v; want %s", got.Events, got.Gone, want)
	}
	if len(notes) == 0 || !strings.Contains(strings.Join(notes, "\n"), "5 changed since you looked on Mon 23 Nov 12:30") {
		t.Errorf("notes %q", notes)
	}
	if data, _ := ask(); !strings.Contains(data, `"change":null,"twin":null`) || strings.Count(data, `"name"`) != 7 {
		t.Errorf("all of them: %s", data)
	}
	// A line in a shell or a timer is no look.
	if !visits.Last.Taken.Equal(visitBefore().Taken) || visits.Before.Known() {
		t.Error("asking without a screen has moved the visit")
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
