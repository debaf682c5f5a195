package ui

import (
	"net/http"
	"slices"
	"strings"
	"sync"
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

// The list of events is still on its way when a funnel offers it to choose from.
func TestTwoViewsThatAskTheSameAskOnce(t *testing.T) {
	var asked atomic.Int64
	demo := demoServer()
	lists := counting(demo, &asked)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/2/events/list" {
			demo.ServeHTTP(w, r)
			return
		}
		time.Sleep(3 * time.Second)
		lists.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		d.Press("3", "a")
		d.asks(&asked, 0)
		d.Press("esc", "esc", "1") // who leaves takes nothing from the other
		d.Wait(3 * time.Second)
		d.Sees("App Opened")
		d.Press("3", "a")
		d.Sees("App Opened")
		d.asks(&asked, 1)
	})
	story(t, h, func(d *driver) {
		d.Press("3", "a")
		d.SeesNot("App Opened")
		d.Wait(2 * time.Second)
		d.Sees("App Opened")
		d.asks(&asked, 1)
	})
}

// line types a query line into the palette.
func (d *driver) line(line string) {
	d.t.Helper()
	d.Press(":")
	d.Type(line)
	d.Press("enter")
}

// The preview has a share of the budget, and what is kept takes nothing of it.
func TestThePreviewAsksNothingTwice(t *testing.T) {
	var asked atomic.Int64
	h := counting(demoServer(), &asked)
	story(t, h, func(d *driver) {
		d.limited(h)
		d.Resize(120, 36)
		d.line("events")
		d.Wait(time.Second)
		asked.Store(0)
		d.Press("j")
		d.asks(&asked, 1)
		d.Press("k", "j", "k", "j", "k")
		d.asks(&asked, 0)
		d.line("events --sort name")
		d.line("events") // another list, the same lines
		d.Sees("totals a day, last 28 days")
		asked.Store(0)
		for range 20 {
			d.Press("j", "k", "j")
		}
		d.Sees("preview rests: its share of the budget", "enter asks")
		if spent := d.app.env.API.Spent().FiveMinutes; spent < 400 || spent > 500 {
			t.Errorf("%d are spent", spent)
		}
		d.Press("g")
		d.SeesNot("preview rests")
		d.Press("3")
		d.Resize(80, 24)
		d.Press("1", "G", "3")
		d.Wait(5 * time.Minute)
		asked.Store(0)
		d.Resize(120, 36) // nobody sees the list
		d.Wait(time.Second)
		d.asks(&asked, 0)
		d.Press("1")
		d.asks(&asked, 1)
		d.Press("g")
		d.Sees("totals a day, last 28 days")
	})
}

// spent is a story of a project with a budget, of which 712 are spent.
func spent(t *testing.T, f func(d *driver, asked *atomic.Int64)) {
	t.Helper()
	var asked atomic.Int64
	h := counting(demoServer(), &asked)
	story(t, h, func(d *driver) {
		d.limited(h)
		d.line("retention --last 90d") // 89 days x 8
		d.Sees("all cohorts", "≥712/1k", "new at")
		asked.Store(0)
		f(d, &asked)
	})
}

// asks asserts how much was asked in this time.
func (d *driver) asks(asked *atomic.Int64, want int64) {
	d.t.Helper()
	if got := asked.Swap(0); got != want {
		d.t.Errorf("%d were asked; want %d:\n%s", got, want, d.Frame())
	}
}

func TestAQuestionThatDoesNotFitIsAskedWhenItDoes(t *testing.T) {
	spent(t, func(d *driver, asked *atomic.Int64) {
		d.line("retention _new 'Song Played' --last 60d")
		d.Sees("This costs 472, and of the 1,000 in 5 minutes 712 are spent.", "r ask all the same", "esc cancel")
		frame := d.Frame()
		d.Wait(4 * time.Minute)
		d.asks(asked, 0)
		if d.Frame() != frame {
			t.Errorf("waiting has changed the screen:\n%s", d.Frame())
		}
		d.Wait(time.Minute)
		d.Sees("Song Played", "all cohorts:", "≥472/1k")
		d.asks(asked, 1)
	})
}

func TestAChangeTakesThePlaceOfAQuestionThatWaits(t *testing.T) {
	spent(t, func(d *driver, asked *atomic.Int64) {
		d.line("retention --last 60d")
		d.Sees("when it fits")
		d.Press("d")
		d.Type("7d")
		d.Press("enter")
		d.Sees("--last 7d", "all cohorts:")
		d.SeesNot("when it fits")
		d.asks(asked, 1)
		d.Wait(10 * time.Minute)
		d.Sees("--last 7d")
		d.asks(asked, 0)
	})
}

func TestWhoDoesNotWaitForTheBudget(t *testing.T) {
	spent(t, func(d *driver, asked *atomic.Int64) {
		d.line("retention _new 'Song Played' --last 60d")
		d.Press("r")
		d.Sees("all cohorts:", "1,184/1k")
		d.SeesNot("esc cancel")
		d.asks(asked, 1)
	})
	spent(t, func(d *driver, asked *atomic.Int64) {
		d.line("retention _new 'Song Played' --last 60d")
		d.Press("esc")
		d.Sees("nothing was asked, or it was cancelled: press r to ask")
		d.Wait(10 * time.Minute)
		d.asks(asked, 0)
		d.Press("r")
		d.Sees("all cohorts:")
		d.asks(asked, 1)
	})
}

// To ask again costs as much as the first time: the answer stays, and is taken
// again when that fits.
func TestARefreshThatDoesNotFitSaysWhen(t *testing.T) {
	spent(t, func(d *driver, asked *atomic.Int64) {
		d.Press("r")
		d.asks(asked, 0)
		d.Sees("still of", "asked at 00:06, when its 712 fit: 712 of 1,000 are spent; r asks now", "all cohorts")
		for _, w := range []int{40, 60, 100, 80} {
			d.Resize(w, 24)
			d.Sees("asked at 00:06")
		}
		d.Wait(5 * time.Minute)
		d.asks(asked, 1)
		d.Sees("as of", "new at")
		d.SeesNot("asked at")
		d.Press("r", "r") // the second says: all the same
		d.asks(asked, 1)
	})
}

func TestABoardThatDoesNotFitIsAskedWhenItDoes(t *testing.T) {
	spent(t, func(d *driver, asked *atomic.Int64) {
		d.putBoard(d.remembering(), "two", "retention _new 'Song Played' --last 30d\nretention _new 'Song Played' --last 30d\nretention _new Purchase --last 30d\n")
		d.line("board two")
		d.asks(asked, 0)
		d.Sees("asked at 00:06, when its 464 fit: 712 of 1,000 are spent; r asks now")
		d.Wait(5 * time.Minute)
		d.asks(asked, 2) // two are the same
		d.Sees("3 questions")
	})
}

func TestTheHeaderCountsLookUps(t *testing.T) {
	h := demoServer()
	story(t, h, func(d *driver) {
		d.limited(h)
		d.Resize(140, 30)
		d.lookUp("ada")
		d.Sees("≥ 2/360 look-ups · 1h  ≥ 0/1000 · 5m")
		for _, w := range []int{40, 50, 60, 70, 80, 90, 100, 120} {
			d.Resize(w, 24)
			d.Sees("5 Users", "2/360")
		}
		d.Resize(80, 24)
		d.line("retention --last 30d")
		d.Sees("≥232/1k")
		d.SeesNot("2/360")
		d.Resize(160, 24)
		d.Sees("≥ 232/1000 · 5m  ≥ 2/360 look-ups · 1h")
	})
}

// What was spent comes back while nobody presses a key, and then nothing is drawn
// any more.
func TestTheMeterFallsByItself(t *testing.T) {
	spent(t, func(d *driver, _ *atomic.Int64) {
		d.Wait(4 * time.Minute)
		d.Sees("≥712/1k")
		d.Wait(time.Minute + leastLapse)
		d.Sees("≥0/1k")
		if d.app.meter.lapse.IsSet() {
			t.Error("there is more to wait for")
		}
		d.lookUp("ada")
		d.Sees("≥2/360")
		d.Wait(59 * time.Minute)
		d.Sees("≥2/360")
		d.Wait(time.Minute + leastLapse)
		d.Sees("≥0/360")
		if d.app.meter.lapse.IsSet() {
			t.Error("there is more to wait for")
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
		d.limited(demoServer())
		d.Press(":")
		d.Type("retention --last 90d")
		d.Sees("command · costs 712 of the 1,000 in 5 minutes ")
		d.Press("enter")
		d.Wait(time.Second)
		d.Press(":")
		d.Type("retention --last 90d")
		d.Sees("costs nothing") // it is kept
		d.Type(" --interv")
		d.SeesNot("costs")
		d.Press("esc", ":")
		d.Type("retention --last 60d")
		d.Sees("costs 472 of the 1,000 in 5 minutes, fits at 00:06")
		d.Press("esc", ":")
		d.Type("users ada@example.com")
		d.Sees("costs look-ups of the 360 an hour")
		d.Press("esc", ":")
		d.Type("users")
		d.SeesNot("costs")
	})
}

// A command asks whatever it costs, and says so where that is much.
func TestACommandWarnsOfWhatItCosts(t *testing.T) {
	s := newShell(t)
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"retention", "--last", "30d"}, ""},
		{[]string{"retention", "--last", "90d"}, "amptui: this costs 712 of the 1,000 in 5 minutes\n"},
		{[]string{"retention", "--last", "180d", "-o", "json"}, "amptui: this costs 1,432 of the 1,000 in 5 minutes: the server may refuse it\n"},
		{[]string{"users", "ada@example.com"}, ""},
	} {
		if code := s.run(demoArgs(c.args...)...); code != 0 || strings.Contains(s.errs, "costs") != (c.says != "") || !strings.Contains(s.errs, c.says) {
			t.Errorf("%q: %d says %q; want %q", c.args, code, s.errs, c.says)
		}
	}
}

// What a whole walk asks: each screen its own question once, and nothing in advance.
func TestAWalkAsksNoMoreThanItShows(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	demo := demoServer()
	recorded := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		asked = append(asked, strings.TrimLeft(strings.TrimPrefix(r.URL.Path, "/api/"), "23/"))
		mu.Unlock()
		demo.ServeHTTP(w, r)
	})
	story(t, recorded, func(d *driver) {
		for _, step := range []struct {
			keys []string
			want string
		}{
			{nil, "events/list"},
			{[]string{"j", "k", "j", "j", "k"}, ""},
			{[]string{"enter"}, "annotations events/segmentation"},
			{[]string{"h", "h", "l", "+", "-"}, ""},
			{[]string{"m"}, "events/segmentation"},
			{[]string{"1", "2"}, ""},
			{[]string{"4"}, "retention"},
			{[]string{"j", "l", "t"}, ""},
			{[]string{"6"}, "revenue/ltv"},
			{[]string{"t", "t", "t"}, ""},
			{[]string{"5", "/", "a", "d", "a", "enter"}, "usersearch"},
			{[]string{"?", "esc", ":", "esc", "1", "2", "4", "6", "5"}, ""},
		} {
			mu.Lock()
			before := len(asked)
			if step.keys == nil {
				before = 0
			}
			mu.Unlock()
			d.Press(step.keys...)
			d.Wait(3 * time.Second)
			mu.Lock()
			slices.Sort(asked[before:])
			if got := strings.Join(asked[before:], " "); got != step.want {
				t.Errorf("%q asked %q, want %q\n%s", step.keys, got, step.want, d.Frame())
			}
			mu.Unlock()
		}
	})
}
