package ui

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"amptui/views"
)

// A funnel of five steps is chosen without a key between them, ends with an enter of
// nothing or with esc, and is asked once.
func TestAFunnelIsChosenStepByStep(t *testing.T) {
	for _, end := range []string{"enter", "esc"} {
		var asked atomic.Int64
		demo := demoServer()
		counted := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/funnels") {
				asked.Add(1)
			}
			demo.ServeHTTP(w, r)
		})
		story(t, counted, func(d *driver) {
			d.Resize(120, 36)
			d.Press("3")
			d.Press("a")
			d.Sees("first step")
			d.SeesNot("alone or esc ends")
			for i, name := range []string{"sign up", "store open", "checkout", "payment sub", "purchase"} {
				d.Type(name)
				d.Press("enter")
				if i > 0 {
					d.Sees("(enter alone or esc ends)", "The funnel is asked when all of its steps are chosen.", "enter ask", "esc ask")
				}
			}
			d.Sees(`"Payment Submitted" Purchase`, "step 6")
			d.Wait(time.Minute)
			if n := asked.Load(); n != 0 {
				t.Errorf("%s: the funnel was asked %d times while it was chosen", end, n)
			}
			d.Press(end)
			d.Wait(time.Second)
			d.Sees("Biggest drop:", "5 Purchase")
			d.SeesNot("step 6", "is asked when")
			if n := asked.Load(); n != 1 {
				t.Errorf("%s: the funnel was asked %d times", end, n)
			}

			d.Press("a") // leaving it without a choice asks nothing, and changes nothing
			d.Sees("step 6 (enter alone or esc ends)", "Biggest drop:")
			d.Press(end)
			d.Sees("Biggest drop:", `"Payment Submitted" Purchase`)
			if n := asked.Load(); n != 1 {
				t.Errorf("%s: nothing chosen was asked", end)
			}

			d.Press("u") // each step is taken back by itself
			d.Wait(time.Second)
			d.Sees(`Payment Submitted"  `)
			d.Press("H", "H")
			d.Sees("a funnel needs two steps or more")
		})
	}
}

// What is typed behind a name is taken as it is typed, a part of one as the best event.
func TestAStepMayBeFiltered(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.run(d.app.goTo(views.Link{View: "funnel", Args: []string{"Sign Up", "Purchase"}}, false))
		d.Wait(time.Second)
		d.Press("a")
		d.Type("Song Played[event:source is push]")
		d.SeesNot("nothing matches")
		d.Press("enter")
		d.Type("song li")
		d.Press("enter", "enter")
		d.Wait(time.Second)
		d.Sees(`funnel "Sign Up" Purchase "Song Played[event:source is push]" "Song Liked"`)
	})
}
