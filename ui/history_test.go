package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/charts"
	"amptui/charts/golden"
	"amptui/charts/theme"
	"amptui/config"
	"amptui/views"
)

// remembering gives the story's program a memory in a home of its own.
func (d *driver) remembering() (env func(string) string) {
	d.t.Helper()
	home := d.t.TempDir()
	env = func(k string) string { return map[string]string{"HOME": home}[k] }
	p := &program{env: env}
	profile := config.Profile{Name: "shop"}
	d.app.memory, _ = p.memoryOf(&profile)
	return env
}

func TestTheTrailGoesBackAndForthAcrossViews(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("enter", "m", "i")
		d.Sees("--metric totals --interval week")
		d.Press("H")
		d.Sees("--metric totals")
		d.SeesNot("--interval")
		d.Press("H", "H")
		d.Sees("this week")
		d.Press("L", "L", "L")
		d.Sees("--metric totals --interval week")
		d.Press("L")
		d.Sees("there is no question after this one")
		d.Press("H", "v") // what was ahead is gone
		d.Sees("--metric totals --vs prev")
		d.Press("L")
		d.Sees("there is no question after this one")
	})
}

func TestAUserIsNotLookedUpAgainOnTheWayBack(t *testing.T) {
	var asked atomic.Int64
	story(t, counting(demoServer(), &asked), func(d *driver) {
		d.lookUp("ada")
		d.Press("j", "j", "j")
		asked.Store(0)
		d.Press("1", "H")
		d.Sees("ada@example.com", "▸")
		if asked.Load() > 0 {
			t.Errorf("%d were asked", asked.Load())
		}
	})
}

func TestAViewThatWasNotOpenedTakesTheQuestionAlong(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment Purchase --last 60d --by platform --where 'country is Germany'")
		d.Press("enter", "3")
		d.Sees("funnel Purchase", "--by platform", "--last 60d", "One step more")
		d.Press("4")
		d.Sees("retention _new Purchase") // from the funnel's first step
		d.Press("6")
		d.Sees("revenue")
		d.SeesNot("--within")
		d.Press("2")
		d.Sees("segment Purchase") // as it was left
	})
}

func TestHowAProfileWasLeftIsRestoredWithoutUsers(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		env := d.remembering()
		d.Press("enter", "m")
		d.Press(":")
		d.Type("segment _active --where 'gp:email is ada@example.com'")
		d.Press("enter")
		d.lookUp("ada@example.com")
		d.Press("4")
		d.Press("i")
		if err := d.app.keepLast(); err != nil {
			t.Fatal(err)
		}
		found := 0
		_ = filepath.WalkDir(env("HOME"), func(path string, e os.DirEntry, _ error) error {
			if b, err := os.ReadFile(path); err == nil && !e.IsDir() {
				if found++; strings.Contains(string(b), "ada") {
					t.Errorf("%s holds\n%s", path, b)
				}
			}
			return nil
		})
		session, ok, err := config.LoadSession(config.Profile{Name: "shop"}, env)
		if found != 1 || !ok || err != nil || session.Front != "retention" || len(session.Lines) != 2 {
			t.Fatalf("%d files, kept %+v, %v, %v", found, session, ok, err)
		}
		again := start(t, demoServer(), 80, 24, views.Link{View: "events"})
		defer again.end()
		link, ok := again.app.restore(session, false)
		if !ok || link.Line() != "retention --interval week" {
			t.Errorf("restored %q, %v of %q", link.Line(), ok, session.Lines)
		}
	})
}

func TestAQueryIsSavedOpenedAndReplacedOnlyWhenToldTwice(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		env := d.remembering()
		d.Press("enter", "m", "B")
		d.Type("played")
		d.Press("enter")
		d.Sees("saved as played: amptui open played shows it")
		d.Press("i", "B")
		d.Type("played")
		d.Press("enter")
		d.Sees("enter once more puts this one in its place")
		d.Press("esc")
		queries, _, err := config.LoadQueries(env)
		if err != nil || len(queries) != 1 || queries[0].Line != `segment "Song Played" --metric totals` {
			t.Errorf("saved %v, %v", queries, err)
		}
		d.Press("B")
		d.Type("played")
		d.Press("enter", "enter")
		if queries, _, _ = config.LoadQueries(env); len(queries) != 1 || !strings.Contains(queries[0].Line, "--interval week") {
			t.Errorf("saved %v", queries)
		}
		d.Press("1", ":")
		d.Type("played")
		d.Press("enter")
		d.Sees(`segment "Song Played" --metric totals --interval week`)
		d.Press("5", "esc", "B")
		d.Sees("what is about users is not written to disk")
	})
}

func TestWhatIsSavedIsSaidToOpenInItsProject(t *testing.T) {
	for want, global := range map[string]globals{
		"amptui open played --demo shows it":                 {demo: true},
		`amptui open played --events "my log.json" shows it`: {events: []string{"my log.json"}},
	} {
		story(t, demoServer(), func(d *driver) {
			d.remembering()
			d.app.flags = (&program{global: global}).logFlags()
			d.Press("enter", "B")
			d.Type("played")
			d.Press("enter")
			d.Sees(want)
		})
	}
	log := filepath.Join(t.TempDir(), "log.json")
	event := `{"event_type":"A","user_id":"u","event_time":"2026-11-20 10:00:00.000000"}`
	if err := os.WriteFile(log, []byte(event+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := &program{env: func(string) string { return "" }, global: globals{events: []string{log}, zone: "UTC"}}
	s, err := p.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer s.close()
	if !slices.Equal(s.flags, []string{"--events", log}) {
		t.Errorf("a log is opened again by %q", s.flags)
	}
}

func TestWhatWasChosenLastComesFirst(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("segment Purchase --last 14d")
		d.Press("enter", ":")
		d.Type("next interval")
		d.Press("enter", ":")
		frame := d.Frame()
		first, second := strings.Index(frame, "next interval"), strings.Index(frame, "segment Purchase --last 14d  lately")
		if first < 0 || second < first {
			t.Errorf("the palette begins\n%s", frame)
		}
		d.Press("esc", ":")
		d.Type("users ada@example.com")
		d.Press("enter", ":")
		if strings.Contains(strings.Join(d.app.recent, "\n"), "ada") {
			t.Errorf("remembered %q", d.app.recent)
		}
	})
}

func boardStory(t *testing.T, w, h int, f func(*driver)) {
	synctest.Test(t, func(t *testing.T) {
		d := start(t, demoServer(), w, h, views.Link{View: "events"})
		defer d.end()
		p := &program{env: func(string) string { return "" }}
		p.global.demo = true
		d.app.memory, _ = p.memoryOf(nil)
		d.Press(":")
		d.Type("board morning")
		d.Press("enter")
		d.Wait(3 * time.Second)
		f(d)
	})
}

func TestABoardShowsSeveralQuestionsTogether(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {120, 36}, {60, 15}, {200, 60}} {
		t.Run(fmt.Sprintf("%dx%d", size[0], size[1]), func(t *testing.T) {
			boardStory(t, size[0], size[1], func(d *driver) { golden.Equal(t, d.Frame()+"\n") })
		})
	}
	boardStory(t, 120, 36, func(d *driver) {
		d.Press("l", "enter")
		d.Sees("segment Purchase --metric totals --last 8w")
		d.Press("esc")
		d.Sees("board morning", "How did the music store do?")
		d.Press("j", "j", "j", "h", "G")
		d.Sees("events --sort delta")
		for _, w := range []int{1, 40, 41, 57, 113, 171, 300} {
			for _, h := range []int{1, 10, 12, 30, 100} {
				d.Resize(w, h)
				d.Frame()
			}
		}
		d.Resize(80, 24)
		d.Press(":")
		d.Type("board mroning")
		d.Press("enter")
		d.Sees("did you mean morning?")
		d.Press("esc", ":")
		d.Type("board mor")
		d.Press("enter")
		d.Sees("board morning", "How did the music store do?")
	})
}

func TestRowsThatATileHasNoRoomForAreCounted(t *testing.T) {
	table := charts.Table{
		Columns: []charts.Column{{Title: "event", Flex: true}}, Len: 9,
		Row: func(i int) charts.Row { return charts.Row{Cells: []charts.Cell{{Text: fmt.Sprint("Event ", i)}}} },
	}
	for _, c := range []struct {
		h, shown int
		says     string
	}{{12, 9, ""}, {10, 9, ""}, {9, 7, "2 more rows"}, {5, 3, "6 more rows"}} {
		got := chartOf(views.Answer{Chart: table}, 30, c.h, theme.Plain())
		if strings.Count(got, "\n") != c.h-1 || strings.Count(got, "Event ") != c.shown || !strings.Contains(got, c.says) || c.says == "" && strings.Contains(got, "more") {
			t.Errorf("on %d lines a tile shows\n%s\nwant %d rows, and %q", c.h, got, c.shown, c.says)
		}
	}
}

func TestABoardIsPrinted(t *testing.T) {
	s := newShell(t)
	if code := s.run("--demo", "board"); code != 0 || s.out != "morning\tHow did the music store do?\n" {
		t.Errorf("%d %q", code, s.out)
	}
	if code := s.run(demoArgs("board", "morning", "-o", "json")...); code != 0 {
		t.Fatalf("%d %s", code, s.errs)
	}
	var doc struct {
		Board   string
		Queries []struct{ Query string }
	}
	if err := json.Unmarshal([]byte(s.out), &doc); err != nil || doc.Board != "morning" || len(doc.Queries) != 6 || doc.Queries[0].Query != `segment "Song Played" --by platform` {
		t.Errorf("%v %+v", err, doc)
	}
	if code := s.run(demoArgs("board", "morning", "-o", "md")...); code != 0 || strings.Count(s.out, "### ") != 6 {
		t.Errorf("%d %s", code, s.errs)
	}
	boards := filepath.Join(s.env["HOME"], ".config", "amptui", "boards")
	if err := os.MkdirAll(boards, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(boards, "mine"), []byte("segmnt x\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := s.run(demoArgs("board", "mine", "-o", "md")...); code != exitUsage || !strings.Contains(s.errs, "did you mean segment?") {
		t.Errorf("%d %s", code, s.errs)
	}
	if code := s.run(demoArgs("open", "nothing")...); code != exitUsage || !strings.Contains(s.errs, "no query is saved yet") {
		t.Errorf("%d %s", code, s.errs)
	}
}
