package users

import (
	"fmt"
	"strings"
	"time"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
	"amptui/views/query"
)

const (
	// besideFrom is the width from which who and story stand beside each other.
	besideFrom = 76
	// rulerFrom is the height from which there is room for the ruler.
	rulerFrom = 9
)

func (v *view) View() string {
	if v.w <= 0 || v.h <= 0 {
		return ""
	}
	body := v.head().Draw(v.w, v.env.Theme)
	if v.h > 2 {
		body += "\n" + v.content(v.w, v.h-views.HeadHeight)
	}
	return v.prompt.Over(body, v.w, v.h, v.env.Theme)
}

// head is the query line, how fresh the answer is, and what must be said of it.
func (v *view) head() views.Head {
	h := views.Head{Line: v.Link().Line(), Now: v.now(), Retry: v.env.Keys.Refresh}
	if v.person != nil {
		h.AsOf = v.person.asOf.In(v.env.Clock())
		h.Err = v.look.Err
		if v.page.Err != nil {
			h.Err = v.page.Err
		}
		h.Info = v.info()
		h.Notes = v.remarks()
	}
	h.Stale = v.person != nil && (v.look.Loading() || h.Err != nil)
	for _, waiting := range []func() (int, string, bool){v.look.Waiting, v.page.Waiting, v.mate.Waiting, v.hunt.Waiting} {
		if beats, text, ok := waiting(); ok {
			h.Beats, h.Wait = beats, text
			break
		}
	}
	return h
}

// info is how the user was found and how much of the story is loaded.
func (v *view) info() string {
	p := v.person
	loaded := p.loadedWords()
	if back := p.history.back(); !back.IsZero() && !p.history.whole() {
		loaded += ", back to " + dayOf(back.In(v.env.Clock()), v.now())
	}
	words := []string{"found " + p.how, loaded}
	if v.state.Find != "" {
		words = words[1:] // what was searched says what was found
	}
	return strings.Join(words, v.env.Theme.Glyphs.Dot)
}

// dayOf is a day, with its year where that is another one than now's.
func dayOf(t, now time.Time) string {
	if t.Year() == now.Year() {
		return t.Format("2 Jan")
	}
	return t.Format("2 Jan 2006")
}

// remarks are what a reader must know about what is shown.
func (v *view) remarks() []string {
	notes := append(v.person.meta.Badges(), v.absent()...)
	if v.marked != nil && v.other == nil {
		notes = append(notes, "marked to compare: "+v.marked.name(v.env.Mask))
	}
	if s := v.follow.remark(); s != "" {
		notes = append(notes, s)
	}
	if only, _ := v.named(); !only.IsZero() {
		notes = append(notes, "only "+only.Safe())
	}
	if n := len(v.state.Mute); n > 0 {
		notes = append(notes, fmt.Sprintf("%s muted", counted(n, "event")))
	}
	if v.state.Find != "" && !v.hunt.Loading() {
		notes = append(notes, v.hitsWords())
	}
	return notes
}

// hitsWords is how many events a search has found, which of them the cursor is on, and
// that older ones were not searched.
func (v *view) hitsWords() string {
	n := len(v.hits.at)
	said := charts.Exact(float64(n)) + " of these"
	if v.person.history.whole() {
		said = counted(n, "event")
	}
	said += map[bool]string{true: " holds it", false: " hold it"}[n == 1]
	at, shown := v.hitUnder()
	if at > 0 {
		said = charts.Exact(float64(at)) + " of " + charts.Exact(float64(shown)) + " that hold it"
	}
	if hidden := n - shown; hidden > 0 {
		said += ", " + charts.Exact(float64(hidden)) + " not shown"
	}
	return said + v.notAll(", ")
}

// hitUnder is which of the shown events that hold the text the cursor is on, 0 for none,
// and how many those are.
func (v *view) hitUnder() (at, shown int) {
	for i, r := range v.story.rows {
		here := 0
		if r.kind == eventRow {
			for _, e := range r.of {
				if v.hits.at[e.spot] {
					here++
				}
			}
		}
		shown += here
		if i == v.cursor.At && v.hits.has(r) {
			at = shown - max(here-1, 0)
		}
	}
	return at, shown
}

// content is what stands under the head.
func (v *view) content(w, h int) string {
	th := v.env.Theme
	switch {
	case v.person == nil && v.look.Loading():
		return charts.Fit("\n "+th.Dim.Paint("looking up "+v.state.masked(v.env.Mask).Who.Safe()+" …"), w, h)
	case v.person == nil && v.look.Err != nil:
		return views.Failed(v.look.Err, w, h, v.env)
	case v.person == nil && len(v.found.matches) > 0:
		return v.drawMatches(w, h)
	case v.person == nil && !v.found.who.word.IsZero():
		return v.nobody(w, h)
	case v.person == nil:
		return v.blank(w, h)
	case v.person.isNobody():
		return views.Said("Nobody has this Amplitude ID: the server answers with an empty user. "+
			"Amplitude IDs of another project or region are not known here.", th.Text, w, h)
	}
	return v.body.Get(picture{v.turn, w, h}, func() string {
		switch {
		case v.tree != nil:
			return v.withWho(w, h, 110, v.drawTree)
		case v.other != nil:
			return v.drawBeside(w, h)
		}
		return v.withWho(w, h, besideFrom, v.drawStory)
	})
}

// withWho draws who the user is beside something, where there is room; else the
// one of both that has the keys.
func (v *view) withWho(w, h, from int, draw func(w, h int) string) string {
	if w < from {
		if v.onWho && v.tree == nil {
			return v.drawWho(w, h)
		}
		return draw(w, h)
	}
	left := max(min(w*3/10, 56), 30)
	return views.SideBySide(v.drawWho(left, h), draw(w-left-1, h), v.env.Theme)
}

// blank says what can be looked up.
func (v *view) blank(w, h int) string {
	th := v.env.Theme
	lines := []string{
		"", " Whom do you look for?", "",
		" " + th.Dim.Paint("Paste what the ticket has: a user ID or the beginning of one, a device ID,"),
		" " + th.Dim.Paint("an Amplitude ID, or the address of a profile; quotes and blanks do not matter."),
	}
	if !v.prompt.IsOpen() {
		lines = append(lines, "", " "+th.Key.Paint(views.Named(v.env.Keys.LookUp))+" looks somebody up.")
	}
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// nobody says that nobody was found, and what else to try.
func (v *view) nobody(w, h int) string {
	th := v.env.Theme
	lines := []string{"", " Nobody was found for " + v.state.masked(v.env.Mask).Who.Safe() + ".", ""}
	for _, hint := range []string{
		"User IDs count upper and lower case, and are found by their beginning, not by a part.",
		"Who has not signed in yet is found by a device ID or an Amplitude ID only.",
		"Somebody who uses the product for the first time shows up after some minutes.",
		"Another project or region has other users: check the profile.",
	} {
		for _, line := range charts.Wrap(hint, max(w-4, 1)) {
			lines = append(lines, "  "+th.Dim.Paint(line))
		}
	}
	lines = append(lines, "", " "+th.Key.Paint(views.Named(v.env.Keys.LookUp))+" looks somebody else up.")
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// drawMatches lists several users to choose from.
func (v *view) drawMatches(w, h int) string {
	th, mask := v.env.Theme, v.env.Mask
	how := fmt.Sprintf(" %s users, found %s: which one?", charts.Exact(float64(len(v.found.matches))), v.found.how)
	v.list.Len, v.list.Page = len(v.found.matches), max(h-3, 1)
	v.list.Top = charts.Scroll(v.list.At, v.list.Top, v.list.Len, v.list.Page)
	table := charts.Table{
		Columns: []charts.Column{
			{Title: "user ID", Min: 16, Max: 60, Flex: true},
			{Title: "Amplitude ID", Min: 14, Max: 20},
			{Title: "last device ID", Min: 10, Max: 40, Drop: 1},
		},
		Len: v.list.Len, Cursor: v.list.At, Top: v.list.Top,
		Row: func(i int) charts.Row {
			m := v.found.matches[i]
			id := mask.Property("user_id", m.UserID).Safe()
			if m.UserID.IsZero() {
				id = "(anonymous)"
			}
			return charts.Row{Cells: []charts.Cell{
				{Text: id}, {Text: mask.Property("amplitude_id", number(m.AmplitudeID)).Safe()}, {Text: mask.Property("device_id", m.DeviceID).Safe()},
			}}
		},
	}
	return charts.Fit(th.Title.Paint(charts.Cut(how, w))+"\n\n"+table.Measured().Draw(w, max(h-2, 0), th), w, h)
}

// drawWho draws who the user is: the name, then every trait; a long value whole
// where the cursor is.
func (v *view) drawWho(w, h int) string {
	th := v.env.Theme
	lines := []string{" " + th.Title.Paint(charts.Cut(v.person.name(v.env.Mask), max(w-2, 0)))}
	wide := v.labelWidth(w)
	top, bottom := 0, 0 // lines of the cursor
	for i, t := range v.traits {
		if i == v.trait.At {
			top = len(lines)
		}
		lines = append(lines, v.traitLines(t, i == v.trait.At && v.onWho, wide, w)...)
		if i == v.trait.At {
			bottom = len(lines)
		}
	}
	v.trait.Page = max(h-1, 1)
	from := 0
	if v.onWho && bottom > h {
		from = min(max(bottom-h, 0), top)
	}
	if from > 0 && top-from < 1 {
		from = max(top-1, 0)
	}
	return charts.Fit(strings.Join(lines[from:], "\n"), w, h)
}

// label is what the pane calls a property. The mask may hide one of two that are called the
// same: then they are told apart.
func (v *view) label(t trait) string {
	if v.env.Mask.On() {
		return t.ownLabel()
	}
	return t.label()
}

func (v *view) labelWidth(w int) int {
	wide := 0
	for _, t := range v.traits {
		wide = max(wide, charts.Width(v.label(t)))
	}
	return min(wide, max(w/2-4, 6), 20)
}

// traitLines are a trait's line, and the whole of its value under the cursor.
func (v *view) traitLines(t trait, under bool, wide, w int) []string {
	th := v.env.Theme
	if t.head != "" {
		return []string{" " + th.Rule.Paint(th.Glyphs.HRule+" ") + th.Dim.Paint(t.head)}
	}
	gutter, pin := " ", " "
	if under {
		gutter = th.Accent.Paint(th.Glyphs.Pointer)
	}
	if t.pinned {
		pin = th.Mark.Paint(th.Glyphs.Bullet)
	}
	label := charts.Pad(charts.Cut(v.label(t), wide), wide)
	room := max(w-wide-5, 1)
	value := charts.Cut(t.shown, room)
	if !under {
		return []string{gutter + pin + th.Dim.Paint(label) + "  " + value}
	}
	lines := []string{gutter + pin + th.Dim.Paint(label) + "  " + th.Selected.Paint(value)}
	if value != t.shown || charts.Width(v.label(t)) > wide {
		whole := charts.Folded(charts.Cut(v.label(t)+": "+text.Clean(short((&node{doc: t.doc, at: -1}).word())), 8*max(w-4, 1)), max(w-4, 2))
		for _, line := range whole {
			lines = append(lines, "   "+line)
		}
	}
	return lines
}

// name is what a user is called: the user ID, else the Amplitude ID.
func (p *person) name(mask *views.Mask) string {
	if !p.user.UserID.IsZero() {
		return mask.Property("user_id", p.user.UserID).Safe()
	}
	return "anonymous " + mask.Property("amplitude_id", number(p.id)).Safe()
}

// whoWord finds the user again, as exactly as can be.
func (p *person) whoWord() text.Raw {
	if !p.user.UserID.IsZero() {
		return p.user.UserID
	}
	return text.New("amplitude_id=" + query.PrintWord(number(p.id)))
}

// drawStory draws how far the user gets in a funnel, where that is asked, the
// timeline, and under it the row of the cursor in words and what is loaded.
func (v *view) drawStory(w, h int) string {
	var above, below []string
	low := h
	if v.state.Funnel != "" {
		most := 2 * h / 3
		if h < 2*rulerFrom { // every step of the funnel comes first
			most, low = h-1, 0
		}
		above = v.funnelLines(w, most)
	}
	th := v.env.Theme
	if low >= 5 {
		below = append(below, " "+th.Dim.Paint(v.readout(max(w-2, 0))))
	}
	if low >= rulerFrom && v.person.history.count() > 0 {
		below = append(below, v.ruler(w))
	}
	room := max(h-len(above)-len(below), 1)
	parts := append(append(above, v.timeline(w, room)), below...)
	return charts.Fit(strings.Join(parts, "\n"), w, h)
}

// ruler is the user's whole time with what is loaded of it.
func (v *view) ruler(w int) string {
	p := v.person
	spans := p.history.spans
	r := charts.Ruler{From: spans[len(spans)-1].oldest().In(v.env.Clock()), To: spans[0].newest().In(v.env.Clock()), Rest: p.loadedWords()}
	if t, ok := date(p.user.First, v.env.Zone); ok && t.Before(r.From) {
		r.From = t
	}
	if noTime(r.From) || noTime(r.To) {
		return " " + v.env.Theme.Dim.Paint(charts.Cut(p.loadedWords(), max(w-2, 0)))
	}
	for _, s := range spans {
		r.Known = append(r.Known, charts.Stretch{From: s.oldest(), To: s.newest()})
	}
	if row, ok := v.under(); ok && len(row.of) > 0 {
		r.At = row.newest().time
	}
	return r.Draw(w, 1, v.env.Theme)
}
