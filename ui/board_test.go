package ui

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"amptui/config"
)

// A grid shows as many charts as fit, each in its place, and never more than fit.
func TestAGridFitsAndWastesNoRow(t *testing.T) {
	for n := range 20 {
		for w := 1; w <= 300; w += 7 {
			for h := 1; h <= 100; h += 3 {
				g := gridOf(n, w, h)
				if g.across < 1 || g.seen < 1 || g.across > max(n, 1) {
					t.Fatalf("%d charts in %dx%d: %+v", n, w, h, g)
				}
				if g.across > 1 && w/g.across < leastTileWidth || g.seen > 1 && h/g.seen < leastTileHeight {
					t.Fatalf("%d charts in %dx%d: %+v are too small", n, w, h, g)
				}
				if rows := (n + g.across - 1) / g.across; g.seen > max(rows, 1) {
					t.Fatalf("%d charts in %dx%d: %+v has rows of nothing", n, w, h, g)
				}
			}
		}
	}
}

func TestABoardFitsEverySizeAndKeepsTheCursorInSight(t *testing.T) {
	boardStory(t, 80, 24, func(d *driver) {
		for _, w := range []int{1, 2, 10, 39, 40, 41, 60, 76, 80, 110, 120, 200, 300} {
			for _, h := range []int{1, 2, 9, 10, 11, 15, 24, 36, 60, 100} {
				d.Resize(w, h)
				d.Frame()
				b := d.app.view().(*board)
				for _, key := range []string{"G", "k", "g", "l", "j", "pgdown"} {
					d.Tap(key)
					if row := b.at / b.grid.across; row < b.top || row >= b.top+b.grid.seen {
						t.Fatalf("on %dx%d after %s the chart %d is in row %d; rows %d to %d are seen", w, h, key, b.at, row, b.top, b.top+b.grid.seen-1)
					}
					d.Frame()
				}
			}
		}
	})
}

// putBoard gives the story's program a board of these lines.
func (d *driver) putBoard(env func(string) string, name, lines string) {
	d.t.Helper()
	if err := os.MkdirAll(config.BoardsPath(env), 0o700); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(config.BoardsPath(env), name), []byte(lines), 0o600); err != nil {
		d.t.Fatal(err)
	}
	d.run(d.app.readLibrary())
	d.Wait(100 * time.Millisecond)
}

func TestABoardShowsAnErrorInItsPlaceAndTheRestAllTheSame(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		env := d.remembering()
		if err := config.SaveQuery("buys", "segment Purchase --last 14d", false, env); err != nil {
			t.Fatal(err)
		}
		d.putBoard(env, "mixed", "# Mixed\n\nsegmnt x\nsegment \"No Such Event\"\nbuys\nevents purch\n")
		d.open("board", "mixed")
		d.Sees("Mixed · 4 questions", "line 3: there is no view called", "Invalid event No Such", "buys · segment Purchase", "Purchase")
		d.Press("enter")
		d.Sees("this line is no question")
		d.Press("G", "enter")
		d.Sees("events purch")
		d.Press("esc", "esc") // the filter, then back
		d.Sees("board mixed")
	})
}

// The mask is on in every chart at once: what was answered without it is not shown.
func TestTheChartsOfABoardAreMasked(t *testing.T) {
	slowNow := false
	h := slow(demoServer(), func(*http.Request) time.Duration {
		if slowNow {
			return time.Minute
		}
		return 0
	})
	story(t, h, func(d *driver) {
		env := d.remembering()
		d.putBoard(env, "places", "segment Purchase --by country --last 14d\nsegment Purchase --where 'country is Germany' --last 14d\n")
		d.open("board", "places")
		d.Sees("United States", "Germany")
		slowNow = true
		d.Tap("X")
		d.SeesNot("United States", "Germany")
		d.Wait(2 * time.Second)
		d.SeesNot("United States", "Germany")
		d.Wait(3 * time.Minute)
		d.Sees("place-")
		d.SeesNot("United States", "Germany")
	})
}

func TestADearBoardWaitsAndItsQuestionsAreCancelled(t *testing.T) {
	var asked atomic.Int64
	slowAll := slow(counting(demoServer(), &asked), func(r *http.Request) time.Duration {
		if strings.Contains(r.URL.Path, "segmentation") {
			return time.Hour
		}
		return 0
	})
	story(t, slowAll, func(d *driver) {
		env := d.remembering()
		d.putBoard(env, "dear", "segment Purchase --last 300d --by country\n")
		d.putBoard(env, "cheap", "segment Purchase --last 7d\nsegment Search --last 7d\n")
		asked.Store(0)
		d.open("board", "dear")
		d.Sees("of the 1,000 in 5 minutes", "r ask all the same")
		if asked.Load() > 0 {
			t.Errorf("%d were asked", asked.Load())
		}
		d.Press("esc")
		d.open("board", "cheap")
		d.Sees("0 of 2 answered, all cost 12 of the 1,000", "esc cancel")
		d.Press("esc")
		d.Sees("board cheap", "nothing was asked, or it was cancelled")
		d.Press("esc")
		d.Sees("this week")
	})
}

func TestAPrintedBoardNamesWhatFailsAndPrintsTheRest(t *testing.T) {
	s := newShell(t)
	env := func(k string) string { return s.env[k] }
	if err := os.MkdirAll(config.BoardsPath(env), 0o700); err != nil {
		t.Fatal(err)
	}
	put := func(name, lines string) {
		if err := os.WriteFile(filepath.Join(config.BoardsPath(env), name), []byte(lines), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("mixed", "# Mixed\nsegment \"No Such Event\" --last 3d\nsegment Purchase --last 3d\n")
	code := s.run(demoArgs("board", "mixed", "-o", "csv")...)
	want := "# segment Purchase --last 3d\nday,unfinished,Purchase\n"
	if code != 1 || !strings.HasPrefix(s.out, want) || strings.Count(s.out, "\n") != 5 {
		t.Errorf("%d\n%s", code, s.out)
	}
	for _, says := range []string{`segment "No Such Event" --last 3d: `, "Invalid event No Such Event", "segment Purchase --last 3d: ", "60% of the day"} {
		if !strings.Contains(s.errs, says) {
			t.Errorf("the remarks lack %q:\n%s", says, s.errs)
		}
	}
	code = s.run(demoArgs("board", "mixed", "-o", "json")...)
	var doc struct {
		Board   string
		Queries []struct {
			Query, Error string
			Series       []any
		}
	}
	if err := json.Unmarshal([]byte(s.out), &doc); err != nil || code != 1 || doc.Board != "mixed" || len(doc.Queries) != 2 ||
		!strings.Contains(doc.Queries[0].Error, "No Such Event") || doc.Queries[1].Error != "" || len(doc.Queries[1].Series) != 1 {
		t.Errorf("%d, %v: %+v", code, err, doc)
	}
	put("wrong", "segment Purchase\n\nsegmnt x\n")
	if code := s.run(demoArgs("board", "wrong", "-o", "csv")...); code != exitUsage || s.out != "" || !strings.Contains(s.errs, "board wrong, line 3: there is no view called segmnt: did you mean segment?") {
		t.Errorf("%d %q %s", code, s.out, s.errs)
	}
	if code := s.run(demoArgs("board", "mixed", "-o", "xml")...); code != exitUsage || !strings.Contains(s.errs, "output format") {
		t.Errorf("%d %s", code, s.errs)
	}
	if code := s.run("board"); code != 0 || s.out != "mixed\tMixed\nwrong\n" {
		t.Errorf("%d %q", code, s.out)
	}
}

func TestSavedQueriesAreOpenedAndListedByName(t *testing.T) {
	s := newShell(t)
	env := func(k string) string { return s.env[k] }
	if code := s.run("board"); code != 0 || s.out != "" || !strings.Contains(s.errs, "there is no board yet") {
		t.Errorf("%d %q %s", code, s.out, s.errs)
	}
	if err := config.SaveQuery("buys", "segment Purchase --last 3d", false, env); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(config.QueriesPath(env), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("odd: segment A --intervl day\nno query\n"); err != nil || f.Close() != nil {
		t.Fatal(err)
	}
	code := s.run(demoArgs("open", "buys", "-o", "csv")...)
	if code != 0 || !strings.HasPrefix(s.out, "day,unfinished,Purchase\n") {
		t.Errorf("%d %s%s", code, s.out, s.errs)
	}
	for _, says := range []string{"queries.txt line 3: odd: there is no flag --intervl: did you mean --interval?", "queries.txt line 4: no query is no saved query"} {
		if !strings.Contains(s.errs, says) {
			t.Errorf("the remarks lack %q:\n%s", says, s.errs)
		}
	}
	if code := s.run(demoArgs("open", "buy", "-o", "csv")...); code != exitUsage || !strings.Contains(s.errs, "did you mean buys?") {
		t.Errorf("%d %s", code, s.errs)
	}
	if code := s.run("open"); code != 0 || !strings.HasPrefix(s.out, "buys\tsegment Purchase --last 3d\n") {
		t.Errorf("%d %s", code, s.out)
	}
}
