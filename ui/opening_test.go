package ui

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/demo"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
)

func TestHowFarReadingIsStandsOnTheScreen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		far, ready := make(progress, 1), make(chan struct{})
		d := &driver{t: t, msgs: make(chan tea.Msg, 100), w: 80, h: 24}
		env := views.Env{Now: now, Zone: time.UTC, Keys: keys.Default(), Theme: theme.Plain()}
		d.app = NewApp(catalog(), env, Project{Profile: "log.json.gz"}, views.Link{View: "events"}, func() tea.Msg {
			<-ready
			far.put(progressed{done: true})
			return opened{err: errNoTerminal}
		})
		d.app.setup.progress = far
		d.Resize(d.w, d.h)
		d.run(d.app.Init())
		d.Pass(time.Second)
		d.Sees("log.json.gz", "opening …")
		far.put(progressed{Progress: demo.Progress{Read: 25, Size: 100, Events: 12000}})
		far.put(progressed{Progress: demo.Progress{Read: 50, Size: 100, Events: 24000}}) // the first is past
		d.Pass(time.Second)
		d.Sees("reading the event files", "50%, 24,000 events", strings.Repeat("━", 30)+strings.Repeat("┄", 30))
		far.put(progressed{Progress: demo.Progress{Read: 3 << 20, Events: 1}}) // of a pipe nobody knows the end
		d.Pass(time.Second)
		d.Sees("3.0 MiB, 1 event")
		d.SeesNot("%", "┄")
		close(ready)
		d.Pass(time.Second)
		d.SeesNot("reading the event files", "opening")
	})
}

func TestAShellIsToldHowFarReadingIsWhenItTakesLong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var out bytes.Buffer
		tell, wipe := inShell(&out, func() theme.Glyphs { return theme.Plain().Glyphs })
		tell(demo.Progress{Read: 1, Size: 100, Events: 1})
		wipe()
		if out.Len() > 0 {
			t.Errorf("at once: %q", out.String())
		}
		for i := range 20 {
			time.Sleep(50 * time.Millisecond)
			tell(demo.Progress{Read: int64(i), Size: 20, Events: i * 1000})
		}
		wipe()
		if n := strings.Count(out.String(), "reading"); n < 4 || n > 7 {
			t.Errorf("told %d times in a second: %q", n, out.String())
		}
		if !strings.HasPrefix(out.String(), "\r\x1b[Kamptui: reading the event files: 45%, 9,000 events") || !strings.HasSuffix(out.String(), "\r\x1b[K") {
			t.Errorf("%q", out.String())
		}
	})
}
