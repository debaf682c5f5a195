package ui

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"amptui/config"
	"amptui/views"
)

// A session is kept a while after the last change, without leaving the program.
func TestASessionIsKeptWhileTheProgramRuns(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		env := d.remembering()
		shop := config.Profile{Name: "shop"}
		d.Press("enter")
		if _, ok, _ := config.LoadSession(shop, env); ok {
			t.Error("it was kept at once, and would be with every key")
		}
		d.Press("m", "i")
		d.Wait(2 * keepAfter)
		s, ok, err := config.LoadSession(shop, env)
		if !ok || err != nil || s.Front != "segment" || !slices.Contains(s.Lines, `segment "Song Played" --metric totals --interval week`) {
			t.Errorf("kept %+v, %v, %v", s, ok, err)
		}
	})
}

// What a write that comes late would bring back is older than what is kept.
func TestALateSessionDoesNotWinOverANewerOne(t *testing.T) {
	var kept []string
	k := keeper{write: func(s config.Session) error { kept = append(kept, s.Front); return nil }}
	for _, s := range []struct {
		number int
		front  string
	}{{2, "newer"}, {1, "older"}, {3, "last"}} {
		if err := k.keep(s.number, config.Session{Front: s.front}); err != nil {
			t.Fatal(err)
		}
	}
	if !slices.Equal(kept, []string{"newer", "last"}) {
		t.Errorf("kept %v", kept)
	}
}

func TestWhatCannotBeKeptIsSaidOnce(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		tries := 0
		d.app.memory.keeper = &keeper{write: func(config.Session) error { tries++; return errors.New("session.json: no space left") }}
		d.Press("enter")
		d.Wait(keepAfter)
		d.Sees("no space left", "not restored next time")
		d.Press("m", "i", "m")
		d.Wait(3 * keepAfter)
		if tries != 1 {
			t.Errorf("tried %d times", tries)
		}
	})
}

// Front and views come back, each as it was; only the one in front is asked.
func TestTheViewsOfTheLastSessionWaitUntilTheyAreLookedAt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := start(t, demoServer(), 80, 24, views.Link{View: "events"})
		defer d.end()
		last := config.Session{Front: "funnel", Lines: []string{
			"segment Purchase --last 14d", `funnel "Checkout Started" Purchase`, "users ada", "segmnt x", "revenue --intervl day",
		}}
		first, ok := d.app.restore(last, false)
		if !ok || first.Line() != `funnel "Checkout Started" Purchase` {
			t.Fatalf("first is %v, %v", first, ok)
		}
		if _, ok := d.app.waiting["users"]; ok || len(d.app.waiting) != 1 {
			t.Errorf("waiting are %v", d.app.waiting)
		}
		d.Press("2")
		d.Sees("segment Purchase --last 14d")
		// A view that was named on the command line leaves the one in front waiting.
		if first, ok := d.app.restore(last, true); ok || d.app.waiting["funnel"] == nil {
			t.Errorf("first is %v; waiting are %v", first, d.app.waiting)
		}
	})
}

func TestARestoredBoardIsInFrontAgain(t *testing.T) {
	boardStory(t, 80, 24, func(d *driver) {
		s := config.Session{Front: d.app.front, Lines: d.app.lines()}
		if first, ok := d.app.restore(s, false); !ok || first.Line() != "board morning" {
			t.Errorf("restored %v of %+v", first, s)
		}
	})
}

func TestFreshAndTheConfigurationKeepNothing(t *testing.T) {
	home := t.TempDir()
	env := func(k string) string { return map[string]string{"HOME": home}[k] }
	dir := filepath.Dir(config.Path(env))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	shop := config.Profile{Name: "shop"}
	if m, _ := (&program{env: env}).memoryOf(&shop); m.keeper == nil {
		t.Error("without either nothing is kept")
	}
	fresh := &program{env: env}
	fresh.global.fresh = true
	if m, _ := fresh.memoryOf(&shop); m.keeper != nil {
		t.Error("--fresh keeps a session")
	}
	if err := os.WriteFile(config.Path(env), []byte("restore = false\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if m, _ := (&program{env: env}).memoryOf(&shop); m.keeper != nil {
		t.Error("restore = false keeps a session")
	}
	if m, _ := (&program{env: env}).memoryOf(nil); m.keeper != nil {
		t.Error("the demo keeps a session")
	}
}

// Whatever is looked at and typed, the folder holds no user.
func TestNothingOnDiskNamesAUser(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		env := d.remembering()
		for _, line := range []string{" users ada@example.com", "segment _active --where 'gp:email is ada'", "segment Purchase --last 14d", "events ada@example.com"} {
			d.Press(":")
			d.Type(line)
			d.Press("enter")
			d.Wait(2 * keepAfter)
			d.Press("esc", "esc")
		}
		d.Press("5", "esc", "B")
		d.Wait(2 * keepAfter)
		if err := d.app.keepLast(); err != nil {
			t.Fatal(err)
		}
		files := 0
		err := filepath.WalkDir(env("HOME"), func(path string, e os.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			files++
			b, err := os.ReadFile(path)
			if strings.Contains(strings.ToLower(string(b)), "ada") {
				t.Errorf("%s holds\n%s", path, b)
			}
			return err
		})
		if err != nil || files == 0 {
			t.Errorf("%d files, %v", files, err)
		}
	})
}

func TestSavedQueriesOfferANameAndNameWhatIsWrong(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		env := d.remembering()
		d.open("segment", "Song Played", "--by", "platform")
		d.Press("B")
		d.Sees("enter takes segment Song Played by platform")
		d.Press("enter")
		d.Sees("saved as segment Song Played by platform")
		d.Press("m", "B")
		d.Sees("enter takes segment Song Played by platform 2")
		d.Press("esc")
		// Somebody else edits the file meanwhile.
		data, err := os.ReadFile(config.QueriesPath(env))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(config.QueriesPath(env), append(data, "typo: segmnt Purchase\nmorning: segment Purchase --last 14d\n"...), 0o600); err != nil {
			t.Fatal(err)
		}
		d.Press(":")
		d.Type("typo")
		d.Sees("queries.txt line 3: typo: there is no view called segmnt: did you mean")
		d.Press("esc", ":")
		d.Type("morning")
		d.Press("enter")
		d.Sees("segment Purchase --last 14d")
		d.open("board", "morning")
		d.Sees("there is no board called morning")
	})
}

func TestThePaletteOffersTheQuestionsOfThisSession(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.open("segment", "Purchase", "--last", "14d")
		d.Press("i")
		d.Press("1", ":")
		d.Type("Purchase 14d")
		d.Sees("segment Purchase --last 14d  asked before", "--interval week  asked before")
	})
}
