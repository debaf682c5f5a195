package ui

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/config"
	"amptui/views"
)

// elsewhereOf is two profiles with a server each; the second wants the mask.
func elsewhereOf(t *testing.T, d *driver, servers map[string]http.Handler) {
	d.app.setup.elsewhere = elsewhere{
		profiles: []config.Profile{{Name: "games", Project: "Games", Region: "eu"}, {Name: "shop", Project: "Shop"}},
		local:    time.FixedZone("Europe/Berlin", 3600),
		open: func(name string, demo bool) place {
			masked := name == "games"
			return place{
				project: Project{Profile: name}, mask: views.NewMask(nil, masked, nil),
				start: func() tea.Msg {
					client, err := api.New(api.Options{
						BaseURL: "http://127.0.0.1:2", Key: text.NewSecret("key"), Secret: text.NewSecret("other"),
						Zone: time.UTC, Now: now, Transport: handlerTransport{servers[name]}, Free: true,
					})
					if err != nil {
						t.Error(err)
					}
					return opened{source: source{
						env:     views.Env{API: client, Now: now, Zone: time.UTC, Mask: views.NewMask([]byte("other"), masked, nil)},
						project: Project{Profile: name},
					}}
				},
			}
		},
	}
}

func TestAnotherProfileBeginsAnew(t *testing.T) {
	games := bodies(200, map[string]string{"/api/2/events/list": `{"data":[{"name":"Level Won","value":"Level Won","totals":7}]}`})
	story(t, demoServer(), func(d *driver) {
		elsewhereOf(t, d, map[string]http.Handler{"games": games})
		d.Press("enter")
		d.Wait(time.Second)
		d.Press("P")
		d.Sees("games", "Games", "eu", "shop", "demo")
		d.Type("gam")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("games", "Level Won", "masked")
		d.SeesNot("Song Played")
		d.Press("H") // the trail of the profile before is none of this one's
		d.SeesNot("Song Played")
		d.Press("esc")
		d.SeesNot("Song Played")
		d.Press(":")
		d.Type("profile gmaes")
		d.Press("enter")
		d.Sees("did you mean games?")
	})
}

func TestAnAnswerOfTheProfileBeforeIsNotSeen(t *testing.T) {
	var asked atomic.Int32
	late := slow(demoServer(), func(*http.Request) time.Duration {
		if asked.Add(1) > 1 {
			return 5 * time.Second
		}
		return 0
	})
	games := bodies(200, map[string]string{"/api/2/events/list": `{"data":[]}`})
	story(t, late, func(d *driver) {
		elsewhereOf(t, d, map[string]http.Handler{"games": games})
		d.Press("enter") // its answer takes five seconds
		d.Press("P")
		d.Type("games")
		d.Press("enter")
		d.Wait(time.Minute)
		d.Sees("games")
		d.SeesNot("Song Played")
	})
}

func TestMomentsAreToldInAnotherZone(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		elsewhereOf(t, d, nil)
		d.Press("5")
		d.Wait(time.Second)
		d.Type("ada@example.com")
		d.Press("enter")
		d.Wait(3 * time.Second)
		d.Sees("UTC")
		was := d.Frame()
		d.Press("z")
		d.Sees("Europe/Berlin", "UTC+1", "the days of charts stay the project's", "demo · UTC+1")
		if d.Frame() == was {
			t.Error("no time has changed")
		}
		d.Press("z") // the project's zone is UTC, so there is no third
		d.Wait(time.Minute)
		if d.Frame() != was {
			t.Errorf("back in the project's zone it is\n%s\nand was\n%s", d.Frame(), was)
		}
		for typed, want := range map[string]string{"zone America/New_York": "UTC-5", "zone Nowhere/X": "is not a time zone", "zone local": "Europe/Berlin", "zone project": "the project's zone"} {
			d.Press(":")
			d.Type(typed)
			d.Press("enter")
			d.Sees(want)
			d.Press("esc", "esc")
		}
	})
}

// The profiles are those of the configuration, and their keys come with them.
func TestTheConfigurationsProfilesCanBeOpened(t *testing.T) {
	var who atomic.Value
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key, _, _ := r.BasicAuth()
		who.Store(key)
		_, _ = w.Write([]byte(`{"data":[]}`))
	}))
	defer server.Close()
	home := t.TempDir()
	file := filepath.Join(home, "amptui", "config.toml")
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	text := "profile = \"a\"\n[profiles.a]\nbase_url = \"" + server.URL + "\"\ncredential_command = [\"printf\", \"key-a\\\\nsecret-a\"]\n" +
		"[profiles.b]\nmask = true\nbase_url = \"" + server.URL + "\"\ncredential_command = [\"printf\", \"key-b\\\\nsecret-b\"]\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{env: func(name string) string {
		return map[string]string{"XDG_CONFIG_HOME": home, "XDG_STATE_HOME": home, "XDG_CACHE_HOME": home}[name]
	}}
	from := &current{close: func() {}}
	e := p.elsewhere(context.Background(), from)
	if len(e.profiles) != 2 {
		t.Fatalf("%d profiles", len(e.profiles))
	}
	to := e.open("b", false)
	if to.project.Profile != "b" || !to.mask.On() {
		t.Errorf("before it is open it is %+v, masked %v", to.project, to.mask.On())
	}
	got := to.start().(opened)
	if got.err != nil {
		t.Fatal(got.err)
	}
	if _, err := got.source.env.API.Events(t.Context()); err != nil || who.Load() != "key-b" {
		t.Errorf("%v; asked as %v", err, who.Load())
	}
	p.global.events = []string{"x"}
	if p.elsewhere(context.Background(), from).open != nil {
		t.Error("event files can be left for a profile")
	}
}
