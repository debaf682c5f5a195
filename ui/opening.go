package ui

import (
	"fmt"
	"io"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/demo"
	"amptui/charts"
	"amptui/charts/theme"
)

// Large event files take seconds to read. How far that is stands on the screen, or on
// the error output where that is a terminal.

// readingWait is how long a shell waits before it is told how far reading is, often how
// long passes between two tellings.
const (
	readingWait = 500 * time.Millisecond
	often       = 100 * time.Millisecond
)

// seldom passes on what comes when some time has passed since the last, the first after
// a wait.
func seldom(wait, between time.Duration, tell func(demo.Progress)) func(demo.Progress) {
	began := time.Now()
	next := began.Add(wait)
	return func(p demo.Progress) {
		if now := time.Now(); !now.Before(next) || p.Ordering && now.After(began.Add(wait)) {
			next = now.Add(between)
			tell(p)
		}
	}
}

// inShell tells on one line, which is wiped in the end.
func inShell(out io.Writer, glyphs func() theme.Glyphs) (tell func(demo.Progress), wipe func()) {
	told := false
	tell = seldom(readingWait, often, func(p demo.Progress) {
		told = true
		fmt.Fprint(out, "\r\x1b[K"+charts.Cut("amptui: reading the event files: "+glyphs().Spell(howFar(p)), 76))
	})
	return tell, func() {
		if told {
			fmt.Fprint(out, "\r\x1b[K")
		}
	}
}

// howFar is a progress in words.
func howFar(p demo.Progress) string {
	events := charts.Exact(float64(p.Events)) + " events"
	if p.Events == 1 {
		events = "1 event"
	}
	if p.Ordering {
		return events + ", being put in order"
	}
	if p.Size == 0 {
		return size(p.Read) + ", " + events
	}
	return fmt.Sprintf("%.0f%%, %s", 100*partRead(p), events)
}

func partRead(p demo.Progress) float64 { return min(float64(p.Read)/float64(max(p.Size, 1)), 1) }

// progressed is how far reading is, on its way to the screen.
type progressed struct {
	demo.Progress
	done bool
}

// progress is where the reader leaves how far it is: the latest only.
type progress chan progressed

func (c progress) put(p progressed) {
	select {
	case <-c:
	default:
	}
	c <- p
}

// begin opens the client, and listens to how far that is.
func (s *setup) begin() tea.Cmd { return tea.Batch(s.start, s.listen()) }

func (s *setup) listen() tea.Cmd {
	if s.progress == nil {
		return nil
	}
	return func() tea.Msg { return <-s.progress }
}

// took shows how far reading is.
func (s *setup) took(msg progressed) tea.Cmd {
	if msg.done {
		s.far = demo.Progress{}
		return nil
	}
	s.far = msg.Progress
	return s.listen()
}

// waiting is what is shown until there is a client.
func (s *setup) waiting(w int, th theme.Theme) string {
	if s.far == (demo.Progress{}) {
		return "\n " + th.Dim.Paint("opening …")
	}
	lines := []string{"", " reading the event files", ""}
	if s.far.Size > 0 {
		lines = append(lines, " "+charts.Meter(partRead(s.far), min(w-2, 60), th))
	}
	lines = append(lines, " "+th.Dim.Paint(howFar(s.far)))
	return strings.Join(lines, "\n")
}
