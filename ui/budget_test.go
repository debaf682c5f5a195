package ui

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

// counting counts what is asked of a handler.
func counting(h http.Handler, asked *atomic.Int64) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		h.ServeHTTP(w, r)
	})
}

// limited makes the story's client one of a project, where a budget is to keep.
func (d *driver) limited(h http.Handler) {
	d.t.Helper()
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret"),
		Zone: time.UTC, Now: now, Transport: handlerTransport{h},
	})
	if err != nil {
		d.t.Fatal(err)
	}
	d.app.env.API = client
}

func TestGoingBackCostsNothing(t *testing.T) {
	var asked atomic.Int64
	story(t, counting(demoServer(), &asked), func(d *driver) {
		d.Press("enter", "m", "m")
		d.Press("esc")
		before := asked.Load()
		d.Press("enter", "m", "m", "t", "t", "1")
		if asked.Load() != before {
			t.Errorf("%d were asked that had been asked before", asked.Load()-before)
		}
		d.Press("r")
		if asked.Load() != before+1 {
			t.Errorf("r has asked %d times", asked.Load()-before)
		}
		d.Press("2", "r")
		if asked.Load() != before+2 {
			t.Errorf("r in a chart has asked %d times", asked.Load()-before-1)
		}
	})
}

func TestTwoViewsThatAskTheSameAskOnce(t *testing.T) {
	var asked atomic.Int64
	h := slow(counting(demoServer(), &asked), func(r *http.Request) time.Duration { return 2 * time.Second })
	story(t, h, func(d *driver) {
		d.Wait(3 * time.Second)
		asked.Store(0)
		d.Press("3", "a") // the events to choose from were asked by the list
		d.Wait(5 * time.Second)
		d.Sees("Song Played")
		if asked.Load() != 0 {
			t.Errorf("%d were asked", asked.Load())
		}
	})
}

func TestAQuestionThatDoesNotFitSaysWhen(t *testing.T) {
	var asked atomic.Int64
	h := counting(demoServer(), &asked)
	story(t, h, func(d *driver) {
		d.limited(h)
		open := func(line string) {
			d.Press(":")
			d.Type(line)
			d.Press("enter")
		}
		open("retention --last 90d") // 89 days x 8
		d.Sees("all cohorts", "≥712/1k", "new at")
		asked.Store(0)
		open("retention _new 'Song Played' --last 60d")
		d.Sees("This costs 472, and of the 1,000 in 5 minutes 712 are spent: it fits at", "r ask all the same")
		if asked.Load() != 0 {
			t.Errorf("%d were asked", asked.Load())
		}
		d.Wait(6 * time.Minute)
		d.Press("r")
		d.Sees("Song Played", "all cohorts:")
		if asked.Load() != 1 {
			t.Errorf("%d were asked", asked.Load())
		}
	})
}

func TestTheHeaderCountsLookUps(t *testing.T) {
	h := demoServer()
	story(t, h, func(d *driver) {
		d.limited(h)
		d.Resize(140, 30)
		d.lookUp("ada")
		d.Sees("≥ 2/360 look-ups · 1h")
		for _, w := range []int{40, 60, 80, 100, 120} {
			d.Resize(w, 24)
			d.Sees("5 Users")
		}
	})
}

func TestACostlyQuestionSaysSoWhileItRuns(t *testing.T) {
	h := slow(demoServer(), func(r *http.Request) time.Duration {
		if r.URL.Query().Get("end") != "" {
			return 5 * time.Second
		}
		return 0
	})
	story(t, h, func(d *driver) {
		d.limited(h)
		d.run(views.Send(views.Goto{View: "retention", Args: []string{"--last", "90d"}}))
		d.Wait(time.Second)
		d.Sees("this costs 712 of the 1,000 in 5 minutes")
		d.Wait(10 * time.Second)
		d.SeesNot("this costs")
	})
}

func TestThePaletteSaysWhatALineWouldCost(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("retention --last 90d")
		d.Sees("command · costs 712 of 1,000 in 5 minutes")
		d.Press("enter")
		d.Wait(time.Second)
		d.Press(":")
		d.Type("retention --last 90d")
		d.Sees("costs nothing") // it is kept
		d.Type(" --interv")
		d.SeesNot("costs")
	})
}
