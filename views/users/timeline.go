package users

import (
	"fmt"
	"strings"
	"time"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

// timeline draws the story on w by h cells.
func (v *view) timeline(w, h int) string {
	th := v.env.Theme
	v.cursor.Page = max(h, 1)
	v.cursor.Top = charts.Scroll(v.cursor.At, v.cursor.Top, v.cursor.Len, h)
	if len(v.story.rows) == 0 {
		return charts.Fit(" "+th.Dim.Paint(v.noStory()), w, h)
	}
	var lines []string
	for i := v.cursor.Top; i < len(v.story.rows) && len(lines) < h; i++ {
		lines = append(lines, v.row(v.story.rows[i], i == v.cursor.At, w))
	}
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// noStory says why there is no row.
func (v *view) noStory() string {
	if v.person.history.count() == 0 {
		return "No events of this user are kept."
	}
	if v.printing {
		return "No loaded event is shown."
	}
	return "No loaded event is shown: " + views.Named(v.env.Keys.Cancel) + " shows all of them again."
}

// row draws one row of the story.
func (v *view) row(r row, under bool, w int) string {
	th := v.env.Theme
	gutter := "  "
	switch {
	case under && !v.onWho:
		gutter = th.Accent.Paint(th.Glyphs.Pointer) + " "
	case under:
		gutter = th.Dim.Paint(th.Glyphs.Pointer) + " "
	case v.hits.has(r):
		gutter = th.Match.Paint(th.Glyphs.Bullet) + " "
	}
	if width := charts.Width(gutter); r.kind == eventRow || r.kind == changeRow {
		gutter += strings.Repeat(" ", max(2-width, 0)+1)
	}
	room := w - charts.Width(gutter)
	return gutter + v.rowText(r, under && !v.onWho, room)
}

func (v *view) rowText(r row, under bool, w int) string {
	th := v.env.Theme
	chosen := func(s string, style theme.Style) string {
		if under {
			return th.Selected.Paint(s)
		}
		return style.Paint(s)
	}
	switch r.kind {
	case sessionRow:
		return v.sessionHead(r, under, w)
	case changeRow:
		return strings.Repeat(" ", len("15:04:05")+2) + chosen(charts.Cut(v.changeWords(*r.change), max(w-10, 1)), th.Accent)
	case silenceRow:
		return chosen(charts.Cut(th.Glyphs.Dot+r.silence()+th.Glyphs.Dot, w), th.Dim)
	case missingRow:
		return chosen(charts.Cut(v.missingWords(r), w), th.Warn)
	case birthRow:
		said := "this is the very first event"
		if t := r.newest().time.In(v.env.Clock()); !noTime(t) {
			said += ", of " + t.Format("2 Jan 2006")
		}
		return chosen(charts.Cut(said, w), th.Dim)
	}
	return v.eventRow(r, under, w)
}

// eventRow is the time, the name and the properties of an event, or of the
// newest of a run.
func (v *view) eventRow(r row, under bool, w int) string {
	th, e := v.env.Theme, r.newest()
	at := clock(e.time.In(v.env.Clock()))
	name := nameOf(e)
	times := ""
	if len(r.of) > 1 {
		times = " " + th.Glyphs.Times + charts.Exact(float64(len(r.of)))
	}
	name = charts.Cut(name, max(w-len(at)-2-charts.Width(times), 1))
	line := th.Dim.Paint(at) + "  "
	if under {
		line += th.Selected.Paint(name)
	} else {
		line += name
	}
	line += th.Mark.Paint(times)
	// Names stand in a column of their own where there is room for both.
	column := len(at) + 2 + min(max(w/3, 18), 34)
	used := charts.Width(line)
	if gap := max(column-used, 2); used+gap+8 <= w {
		line += strings.Repeat(" ", gap) + th.Dim.Paint(charts.Cut(v.previewOf(e), w-used-gap))
	}
	return line
}

// clock is a time of day; one that could not be read is none.
func clock(t time.Time) string {
	if noTime(t) {
		return "--:--:--"
	}
	return t.Format("15:04:05")
}

// noTime says that a time could not be read, in whatever zone.
func noTime(t time.Time) bool { return t.Year() < 2 }

// mostPreviews bounds the lines that are kept ready.
const mostPreviews = 2000

// previewOf is an event's own properties in a line.
func (v *view) previewOf(e *event) string {
	if s, ok := v.preview[e.spot]; ok {
		return s
	}
	if len(v.preview) > mostPreviews {
		v.preview = map[spot]string{}
	}
	s := previewWords(v.eventDoc(e), v.env.Theme.Glyphs.Dot)
	v.preview[e.spot] = s
	return s
}

// eventDoc is the JSON of an event as it may be shown.
func (v *view) eventDoc(e *event) []byte {
	return v.env.Mask.Event(v.person.history.json(e))
}

// previewWords are the properties of an event as "name: value".
func previewWords(doc []byte, dot string) string {
	all := brief(doc)
	words := make([]string, min(len(all), mostSaid))
	for i := range words {
		words[i] = all[i].name + ": " + charts.Cut(all[i].value, 60)
	}
	return strings.Join(words, dot)
}

// short is the beginning of a long text: more of it is never shown in a line.
func short(s string) string {
	if len(s) > 1000 {
		return s[:runeStart(s, 1000)]
	}
	return s
}

// sessionHead names a session: when, how long, how much, on what.
func (v *view) sessionHead(r row, under bool, w int) string {
	th := v.env.Theme
	_, to := r.session.ends(v.env.Clock())
	words := []string{r.session.when(v.now()) + r.session.lasts("≥ "), r.session.many(len(r.of), "≥ ")}
	if on := v.sessionOn(r.newest()); on != "" {
		words = append(words, on)
	}
	if r.newest().session <= 0 {
		words = append(words, "out of sessions")
	}
	if r.over {
		words = append(words, "overlaps the one below")
	}
	if len(r.session.events) > 1 {
		for _, c := range v.story.sums(r.session.events) {
			words = append(words, v.changeWords(c))
		}
	}
	for len(words) > 2 && charts.Width(strings.Join(words, th.Glyphs.Dot)) > w {
		words = words[:len(words)-1]
	}
	if charts.Width(strings.Join(words, th.Glyphs.Dot)) > w {
		words[0] = r.session.when(v.now()) // how many are shown says more than how long it was
	}
	left := charts.Cut(strings.Join(words, th.Glyphs.Dot), w)
	ago := ""
	if gap := v.now().Sub(to); gap >= 0 && !noTime(to) {
		ago = " " + charts.Ago(gap) + " ago"
	}
	style := th.Title
	if under {
		style = th.Selected
	}
	rest := w - charts.Width(left) - charts.Width(ago) - 2
	if rest < 0 {
		return style.Paint(left)
	}
	return style.Paint(left) + " " + th.Rule.Paint(strings.Repeat(th.Glyphs.HRule, rest)) + th.Dim.Paint(ago) + " "
}

// sessionOn is what a session was on: platform and version of its newest event.
func (v *view) sessionOn(e *event) string {
	if s, ok := v.on[e.spot]; ok {
		return s
	}
	if len(v.on) > mostPreviews {
		v.on = map[spot]string{}
	}
	now := propertiesOf(v.person.history.json(e))
	var words []string
	for _, name := range []string{"platform", "version"} {
		if word := v.env.Mask.Property(name, now[name]); !word.IsZero() {
			words = append(words, charts.Cut(word.Safe(), 20))
		}
	}
	v.on[e.spot] = strings.Join(words, " ")
	return v.on[e.spot]
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return charts.Exact(float64(n)) + " " + what + "s"
}

// changeWords is what a property was and is.
func (v *view) changeWords(c change) string {
	from, to := v.env.Mask.Property(c.name, c.from), v.env.Mask.Property(c.name, c.to)
	word := func(r text.Raw) string {
		if r.IsZero() {
			return "(none)"
		}
		return charts.Cut(r.Safe(), 60)
	}
	return text.Clean(strings.TrimPrefix(c.name, "gp:")) + ": " + word(from) + " " + v.env.Theme.Glyphs.Arrow + " " + word(to)
}

// silence is how long nothing happened between two sessions, or what happened between
// them that is not shown.
func (r row) silence() string {
	if r.hidden == 0 {
		return quietWords(r.quiet) + " nothing"
	}
	return quietWords(r.quiet) + " with " + leftOut(r.hidden, r.count)
}

// leftOut is what of a story is not shown.
func leftOut(sessions, events int) string {
	return counted(events, "event") + " of " + counted(sessions, "session") + " not shown"
}

// quietWords is how long something was, as exactly as that matters between sessions.
func quietWords(d time.Duration) string {
	days := int(d.Hours() / 24)
	switch {
	case days >= 60:
		return fmt.Sprintf("%d months", (days+15)/30)
	case days >= 7:
		return fmt.Sprintf("%d days", days)
	}
	return charts.Duration(float64(d.Milliseconds()))
}

// agoWords is how long ago something was: exactly while that matters.
func agoWords(d time.Duration) string {
	if d < 7*24*time.Hour {
		return charts.Duration(float64(d.Truncate(time.Second).Milliseconds())) + " ago"
	}
	return charts.Ago(d) + " ago"
}

// missingWords says what is not loaded and how to get it.
func (v *view) missingWords(r row) string {
	k := v.env.Keys
	what := "older"
	if r.offset == 0 {
		what = "newer"
	}
	switch {
	case r.count == 0 && v.printing:
		return what + " events may be kept, which are not loaded"
	case r.count == 0:
		return fmt.Sprintf("%s events may be kept: %s loads a page", what, views.Named(k.Open))
	}
	is := fmt.Sprintf("%s %s not loaded", counted(r.count, what+" event"), map[bool]string{true: "is", false: "are"}[r.count == 1])
	if v.printing {
		return is
	}
	return fmt.Sprintf("%s: %s loads %s", is, views.Named(k.Open), charts.Exact(float64(min(r.count, pageSize))))
}

// readout is the row under the cursor in words, as many of them as have room in w cells.
func (v *view) readout(w int) string {
	r, ok := v.under()
	if !ok || len(r.of) == 0 {
		return ""
	}
	th, t := v.env.Theme, r.newest().time.In(v.env.Clock())
	if noTime(t) {
		return charts.Cut("its time was not sent", w)
	}
	words := []string{t.Format("Mon 2 Jan 2006 15:04:05.000 ") + views.ZoneName(t)}
	if gap := v.now().Sub(t); gap >= 0 {
		words = append(words, agoWords(gap))
	}
	if r.kind == eventRow && len(r.of) > 1 {
		words = append(words, "since "+clock(r.oldest().time.In(v.env.Clock())))
	}
	for len(words) > 1 && charts.Width(strings.Join(words, th.Glyphs.Dot)) > w {
		words = words[:len(words)-1]
	}
	return charts.Cut(strings.Join(words, th.Glyphs.Dot), w)
}
