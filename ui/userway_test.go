package ui

import (
	"os"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A search says where one is in it and when it begins again, and the next one begins with
// nothing of it, in a user's events as in the list of events.
func TestASearchIsCountedAndTheNextOneReplacesIt(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		search := func(typed string) {
			d.Press("/")
			d.Type(typed)
			d.Press("enter")
		}
		d.lookUp("ada@example.com")
		search("payment")
		d.Sees("--find payment", "1 of 3 that hold it")
		d.SeesNot("on from the")
		d.Press("n")
		d.Sees("2 of 3 that hold it")
		d.Press("n", "n")
		d.Sees("1 of 3 that hold it", "nothing below holds it: on from the newest")
		d.Press("N")
		d.Sees("3 of 3 that hold it", "nothing above holds it: on from the oldest")
		d.Press("k")
		d.Sees("3 of these hold it")
		d.Press("@")
		d.Sees("3 of these hold it, 3 not shown")
		d.Press("esc", "esc")
		search("purchase")
		d.Sees("--find purchase", " of 14 that hold it")
		search("jazz")
		d.Sees("--find jazz")
		search("")
		d.Sees("--find jazz")
		d.Press("/", "backspace", "enter")
		d.Sees("--find jaz ")
		d.Press("enter")
		search("genre")
		search("source")
		d.Press("/")
		d.Sees(" > source")
		d.Press("esc", "1")
		search("song")
		search("purch")
		d.Sees("events purch")
	})
}

// Where no funnel is offered, what is said in the empty box reads as no default.
func TestAFunnelThatIsNotOfferedIsAskedFor(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.lookUp("ada")
		d.Press("F")
		d.Sees(` >  type steps, as in "Checkout Started" Purchase --within 1d`)
		d.SeesNot("as in the funnel view")
		d.Press("enter")
		d.Sees("type the steps of a funnel, as in")
		d.SeesNot("--funnel")
	})
}

// Whoever goes to a moment, searches or compares, and goes back, keeps what is loaded, and
// asks for it once.
func TestTheWayWithinAUsersStoryAsksNothingTwice(t *testing.T) {
	var asked atomic.Int64
	story(t, counting(demoServer(), &asked), func(d *driver) {
		d.Resize(120, 36)
		enter := func(key, typed string) {
			d.Press(key)
			d.Type(typed)
			d.Press("enter")
			d.Wait(time.Second)
		}
		d.lookUp("ada@example.com")
		d.Sees("1,000 of 4,967")
		enter("a", "20 sep 12:00")
		d.Sees("2,000 of 4,967", `--at "20 sep 12:00"`)
		d.Sees("▸  09:53:12")
		enter("/", "payment")
		d.Sees("--find payment", "that hold it")
		before := asked.Load()
		d.Press("H")
		d.SeesNot("--find")
		d.Press("H")
		d.SeesNot("--at")
		d.Sees("2,000 of 4,967", "users ada@example.com")
		d.Press("L")
		d.Sees(`--at "20 sep 12:00"`, "2,000 of 4,967", "▸  09:53:12")
		d.Press("L")
		d.Wait(time.Second)
		d.Sees("--find payment", "that hold it")
		if asked.Load() != before {
			t.Errorf("%d were asked on the way back", asked.Load()-before)
		}
		enter("u", "user-10001")
		d.Sees("users user-10001")
		before = asked.Load()
		d.Press("H")
		d.Wait(time.Second)
		d.Sees("--find payment", "2,000 of 4,967", "that hold it")
		if asked.Load() != before {
			t.Errorf("%d were asked for a user who was looked up", asked.Load()-before)
		}
	})
}

// The first of the README's walks, key by key, comes to what it says.
func TestTheReadmesTicketIsWalkedToItsEnd(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, walk, _ := strings.Cut(string(readme), "**A ticket: ")
	walk, _, _ = strings.Cut(walk, "\n\n")
	words := regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(walk, -1)
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		seen := map[string]func(){
			"payment": func() { d.Sees("▸  10:50:30  Payment Submitted", "10:51:33  Purchase", "10:50:05  Checkout Started") },
			`"Checkout Started" Purchase`: func() {
				d.Sees("4 tries, 3 went through, last 12 Nov 20:02, which", "stopped at Checkout Started", "from the 1,000 events that are loaded, back to 1 Nov")
			},
			"m": func() { d.Sees("2,000 of 4,967", "last 12 Nov 20:02", "Checkout Started") },
		}
		typed := ""
		for i, word := range words {
			switch key := word[1]; {
			case i == 0 && key == "amptui --demo":
				continue
			case len(key) == 1 || key == "enter":
				d.Press(key)
				d.Wait(time.Second)
				if key != "enter" {
					typed = key
				}
				if check := seen[typed]; check != nil {
					check()
					delete(seen, typed)
				}
			default:
				d.Type(key)
				typed = key
			}
		}
		if len(seen) > 0 {
			t.Errorf("the walk leaves out %v", seen)
		}
		ticket := d.copy[len(d.copy)-1]
		for _, want := range []string{"User user-", "- Searched for: payment", "- Funnel: Checkout Started → Purchase: ", "which stopped at Checkout Started"} {
			if !strings.Contains(ticket, want) {
				t.Errorf("the ticket lacks %q:\n%s", want, ticket)
			}
		}
	})
}

// A name in other capitals means the loaded event, and stays as it was typed: the way back
// leads past it.
func TestANameInOtherCapitalsStaysAsItWasTyped(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		before := d.app.view().Link().Line()
		d.Press(":")
		d.Type("users ada@example.com --only purchase")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("users ada@example.com --only purchase", "only Purchase", "10:51:33  Purchase")
		d.SeesNot("no purchase is loaded")
		d.Press("x")
		d.Sees("--mute Purchase")
		d.SeesNot("--only")
		d.Press("H", "H")
		if got := d.app.view().Link().Line(); got != before {
			t.Errorf("the way back ends at %s, not at %s", got, before)
		}
	})
}
