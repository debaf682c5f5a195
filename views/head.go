package views

import (
	"strings"
	"time"

	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
)

// A Head is the two lines above every body: the query line with the age of the
// data, and what must be said about the answer.
type Head struct {
	Line  string // the query line
	AsOf  time.Time
	Again time.Time // when asking again makes sense, by the real clock; zero is any time
	Now   time.Time
	Stale bool   // another question is in flight or has failed: AsOf is about the older answer
	Beats int    // frames of the spinner so far; 0 is none
	Wait  string // what the question waits for
	Err   error
	Retry keys.Key // what asks again, as the user has bound it
	Info  string   // what the picture shows
	Notes []string // what a reader must know about it
}

// HeadHeight is how many lines a head takes.
const HeadHeight = 2

// Draw is two lines of w cells.
func (h Head) Draw(w int, th theme.Theme) string {
	right := h.age()
	if h.Beats > 0 && len(th.Glyphs.Spinner) > 0 {
		right = th.Glyphs.Spinner[h.Beats%len(th.Glyphs.Spinner)] + " " + right
	}
	style := th.Dim
	if h.Stale {
		style = th.Warn
	}
	if !h.Again.IsZero() && h.Beats == 0 {
		longer := right + th.Glyphs.Dot + "new at " + h.Again.Format("15:04")
		if charts.Width(h.Line)+charts.Width(longer)+3 <= w {
			right = longer
		}
	}
	line := charts.Cut(h.Line, max(w-charts.Width(right)-3, 0))
	gap := max(w-2-charts.Width(line)-charts.Width(right), 0)
	first := " " + th.Accent.Paint(line) + strings.Repeat(" ", gap) + style.Paint(right) + " "
	return charts.Fit(first+"\n"+h.second(w, th), w, HeadHeight)
}

// age names the time the answer was computed rather than counting minutes: it
// stays true while nothing is drawn.
func (h Head) age() string {
	if h.AsOf.IsZero() {
		return ""
	}
	layout := "15:04"
	if y, m, d := h.AsOf.Date(); y != h.Now.Year() || m != h.Now.Month() || d != h.Now.Day() {
		layout = "2 Jan 15:04"
	}
	if h.Stale {
		return "still of " + h.AsOf.Format(layout)
	}
	return "as of " + h.AsOf.Format(layout)
}

func (h Head) second(w int, th theme.Theme) string {
	switch {
	case h.Err != nil:
		return " " + th.Bad.Paint(explained(h.Err, h.Retry).within(w-2))
	case h.Wait != "":
		return " " + th.Warn.Paint(charts.Cut(h.Wait, w-2))
	}
	notes := charts.Cut(strings.Join(h.Notes, th.Glyphs.Dot), w-2)
	if h.Info == "" {
		return " " + th.Warn.Paint(notes)
	}
	if notes == "" {
		return " " + th.Dim.Paint(cutWords(h.Info, w-2))
	}
	room := w - 2 - charts.Width(notes) - charts.Width(th.Glyphs.Dot)
	if room < 12 {
		return " " + th.Warn.Paint(notes)
	}
	return " " + th.Dim.Paint(cutWords(h.Info, max(room, 0))+th.Glyphs.Dot) + th.Warn.Paint(notes)
}

// cutWords is charts.Cut between words: half a date is a wrong one.
func cutWords(s string, w int) string {
	cut := charts.Cut(s, w)
	if cut == s || strings.HasPrefix(s, strings.TrimSuffix(cut, "…")+" ") {
		return cut
	}
	if at := strings.LastIndex(cut, " "); at > 0 {
		return strings.TrimRight(cut[:at], " ·") + "…"
	}
	return cut
}

// Failed draws an error whole where there is nothing else to draw.
func Failed(err error, w, h int, env Env) string {
	return Said(Explain(err, env.Keys), env.Theme.Bad, w, h)
}

// Said draws a sentence whole where there is nothing else to draw.
func Said(sentence string, style theme.Style, w, h int) string {
	lines := []string{""}
	for _, line := range charts.Wrap(sentence, max(w-2, 1)) {
		lines = append(lines, " "+style.Paint(line))
	}
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// Asking is what stands where there is no answer yet; refresh is the key that asks.
func Asking(loading bool, refresh keys.Key) string {
	if loading {
		return "asking …"
	}
	return "nothing was asked, or it was cancelled: " + Press(refresh) + " to ask"
}
