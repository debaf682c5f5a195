package users

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/text"
	"amptui/charts"
	"amptui/views"
)

// ticketEvents is how many different events of the last session a ticket names.
const ticketEvents = 8

// copyTicket copies a summary of the user, and shows it: whether a terminal
// takes a copy cannot be known.
func (v *view) copyTicket() tea.Cmd {
	said := strings.Join(v.ticket(), "\n") + "\n"
	return views.Send(views.Copy{What: "the ticket text", Text: said, Show: true})
}

// ticket is a user in Markdown, for somebody who does not know this program: who,
// since when, on what, what happened last, in which zone, and where to look.
func (v *view) ticket() []string {
	p, zone := v.person, v.env.Clock()
	u := p.user
	lines := []string{"User " + markdown(p.name(v.env.Mask)), ""}
	say := func(what string, words ...string) {
		if words = slices.DeleteFunc(words, func(s string) bool { return s == "" }); len(words) > 0 {
			lines = append(lines, "- "+what+": "+strings.Join(words, ", "))
		}
	}
	say("Amplitude ID", markdown(v.env.Mask.Property("amplitude_id", number(p.id)).Safe()))
	say("Since", v.dayWords(u.First))
	say("Last seen", v.lastSeen())
	say("Device", v.fieldWords("device", "os", "platform")...)
	say("Version", v.fieldWords("version")...)
	say("Place", v.fieldWords("city", "region", "country")...)
	say("Language", v.fieldWords("language")...)
	say("Activity, all time", some(u.Events, "event"), some(u.Sessions, "session"))
	if !math.IsNaN(u.Revenue) && u.Revenue != 0 {
		say("Revenue, all time", v.revenueWords())
	}
	for _, t := range v.traits {
		if t.pinned {
			say(markdown(t.ownLabel()), markdown(charts.Cut(t.shown, 200)))
		}
	}
	lines = append(lines, v.lastSession()...)
	say("Event", v.eventMarkdown())
	if v.state.Find != "" {
		say("Searched for", markdown(v.findWord()), "in "+v.hitWords())
	}
	if v.state.Funnel != "" && v.stray == nil {
		say("Funnel", v.journeyMarkdown())
	}
	now := v.now()
	say("Times", views.ZoneName(now)+zoneWords(zone)+"; looked up "+p.asOf.In(zone).Format("2 Jan 2006 15:04"))
	return append(lines, v.whereToLook())
}

// zoneWords is the zone's own name, where it has one that says more.
func zoneWords(zone *time.Location) string {
	if name := zone.String(); name != "UTC" && name != "Local" && name != "" {
		return " (" + markdown(name) + ")"
	}
	return ""
}

func some(n float64, what string) string {
	if math.IsNaN(n) {
		return ""
	}
	return counted(int(n), what)
}

func (v *view) dayWords(day text.Raw) string {
	if t, ok := date(day, v.env.Zone); ok {
		return t.Format("2 Jan 2006")
	}
	return markdown(day.Safe())
}

// lastSeen is when the newest event was, if it is loaded; else the day that the
// API names.
func (v *view) lastSeen() string {
	if spans := v.person.history.spans; len(spans) > 0 && spans[0].offset == 0 && !noTime(spans[0].newest()) {
		return spans[0].newest().In(v.env.Clock()).Format("2 Jan 2006 15:04")
	}
	return v.dayWords(v.person.user.Last)
}

// fieldWords are built-in properties of the user that are set, without repeats.
func (v *view) fieldWords(names ...string) []string {
	var words []string
	for _, t := range fields(v.person.user, v.env.Mask, names...) {
		if word := markdown(charts.Cut(t.shown, 100)); !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// lastSession names the newest session: when, how long, and what was done most.
func (v *view) lastSession() []string {
	h := v.person.history
	if len(h.spans) == 0 || h.spans[0].offset > 0 {
		return nil
	}
	last := sessionsOf(h, 0)[0]
	head := "- Last session: " + last.when(v.now()) + last.lasts("at least ")
	counts, order := map[text.Raw]int{}, []text.Raw{}
	for _, e := range last.events {
		if counts[e.name] == 0 {
			order = append(order, e.name)
		}
		counts[e.name]++
	}
	var words []string
	for _, name := range order[:min(len(order), ticketEvents)] {
		word := markdown(name.Safe())
		if n := counts[name]; n > 1 {
			word += fmt.Sprintf(" ×%d", n)
		}
		words = append(words, word)
	}
	if rest := len(order) - len(words); rest > 0 {
		words = append(words, fmt.Sprintf("%d more", rest))
	}
	return []string{head + ", " + last.many(len(last.events), "at least ") + ", the last first: " + strings.Join(words, ", ")}
}

// eventMarkdown is the event under the cursor: what it is, when it was, with which
// properties; nothing where the cursor is on none, or two users are on the screen.
func (v *view) eventMarkdown() string {
	r, ok := v.under()
	if _, on := v.eventUnder(); !ok || !on || v.onWho || v.other != nil {
		return ""
	}
	e := r.newest()
	if at := slices.IndexFunc(r.of, func(e *event) bool { return v.hits.at[e.spot] }); at >= 0 {
		e = r.of[at] // of a run the one that was searched for
	}
	said := markdown(charts.Cut(nameOf(e), 200)) + ", "
	if noTime(e.time) {
		said += "at a time that was not sent"
	} else {
		said += e.time.In(v.env.Clock()).Format("Mon 2 Jan 2006 15:04:05")
	}
	var words []string
	for _, c := range e.changes {
		if !v.story.counters[c.name] {
			words = append(words, markdown(v.changeAloud(c)))
		}
	}
	for _, d := range brief(v.eventDoc(e)) {
		words = append(words, markdown(charts.Cut(d.name, 60))+": "+markdown(charts.Cut(d.value, 200)))
	}
	if rest := len(words) - mostSaid; rest > 0 {
		words = append(words[:mostSaid], fmt.Sprintf("%d more", rest))
	}
	return views.Joined("; ", said, strings.Join(words, "; "))
}

// hitWords is how many of the loaded events hold what was searched for.
func (v *view) hitWords() string {
	return charts.Exact(float64(len(v.hits.at))) + " of " + counted(v.person.history.count(), "event") + " that are loaded"
}

// whereToLook is the profile's address in the web app, where that is known, and
// the command that shows the same.
func (v *view) whereToLook() string {
	if v.env.Mask.On() {
		return "- Ids, places and texts are pseudonyms: the same value has the same one."
	}
	who := views.Link{View: "users", Args: []string{"amplitude_id=" + fmt.Sprint(v.person.id)}}
	if v.env.Web == "" {
		return "- Look: `amptui " + who.Line() + "`"
	}
	return "- Look: " + webProfile(v.env.Web, v.person.id)
}

// webProfile is the address of a user's profile under a project's address, as
// the web app was seen to write it.
func webProfile(project string, id int64) string {
	return strings.TrimRight(project, "/") + "/search/amplitude_id%3D" + fmt.Sprint(id) + "/activity"
}

// markdown is a foreign word in Markdown. One that could be more than a word there
// (a link, a picture, a mention, a mark) stands as code, which is only read.
func markdown(s string) string {
	plain := func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(" .,;%'\"/()-…→×", r)
	}
	if strings.IndexFunc(s, func(r rune) bool { return !plain(r) }) < 0 && !strings.HasPrefix(s, "-") && !strings.Contains(s, "www.") {
		return s
	}
	fence := "`"
	for strings.Contains(s, fence) {
		fence += "`"
	}
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}
