package users

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/query"
)

// ask looks somebody up without a screen.
func ask(ctx context.Context, env views.Env, args []string) (views.Answer, error) {
	s, err := parse(args)
	if err != nil {
		return views.Answer{}, err
	}
	if s.Who.IsZero() {
		return views.Answer{}, views.Mistake(errors.New("name whom to look up, as in users ada@example.com: a user ID or the beginning of one, a device ID, an Amplitude ID or a profile's address"))
	}
	v := &view{env: env, state: s, pins: env.Pins, wide: map[spot]bool{}, preview: map[spot]string{}, on: map[spot]string{}}
	if v.found, err = find(ctx, env.API, pasted(query.PrintWord(s.Who)), s.Limit); err != nil {
		return views.Answer{}, err
	}
	if v.found.first == nil {
		return v.answerMatches(), nil
	}
	v.person = newPerson(v.found.how, *v.found.first, env.Now())
	if err := v.askRest(ctx); err != nil {
		return views.Answer{}, err
	}
	v.tell()
	if err := v.misspelt(ctx); err != nil {
		return views.Answer{}, err
	}
	v.goWhereAsked()
	v.compare()
	return v.answerUser(), nil
}

// askRest asks what else the state wants: a moment, another user, all users in
// the funnel, a text.
func (v *view) askRest(ctx context.Context) error {
	p, s, client := v.person, v.state, v.env.API
	if s.At != "" {
		t, err := query.Moment(s.At, v.now())
		if err != nil {
			return views.Mistake(err)
		}
		a, err := seek(ctx, asker{client, p.id}, knownOf(p.history), p.history.total(), t)
		if err != nil {
			return err
		}
		p.take(a, v.env.Now())
	}
	if !s.Beside.IsZero() {
		f, err := find(ctx, client, pasted(query.PrintWord(s.Beside)), s.Limit)
		if err != nil {
			return err
		}
		if f.first == nil {
			return views.Mistake(fmt.Errorf("--beside: %s is %s: name one user to compare with", s.masked(v.env.Mask).Beside.Safe(), manyOrNobody(len(f.matches))))
		}
		v.other = newPerson(f.how, *f.first, v.env.Now())
	}
	if s.Funnel != "" {
		f, err := parseFunnel(s.Funnel)
		if err != nil {
			return views.Mistake(err)
		}
		q, err := f.Query(v.now())
		if err != nil {
			return views.Mistake(err)
		}
		if v.all.Value, err = askPopulation(ctx, client, f, q); err != nil {
			return err
		}
		v.all.Has = true
	}
	if s.Find != "" {
		var err error
		if v.hits, err = search(ctx, p.history.spans, s.Find); err != nil {
			return err
		}
	}
	return nil
}

// goWhereAsked puts the cursor where a screen would: to the moment of the state, then to
// the next event that holds its text. Without either it is on no event.
func (v *view) goWhereAsked() {
	if t, ok := v.beginsAt(); ok && len(v.story.rows) > 0 {
		v.cursor.At = v.story.before(t)
	}
	if len(v.hits.at) > 0 {
		if r, ok := v.under(); !ok || !v.hits.has(r) {
			v.nextHit(1)
		}
	}
}

// beginsAt is the moment that printed events begin at, the newest of them first.
func (v *view) beginsAt() (time.Time, bool) {
	if v.state.At == "" {
		return time.Time{}, false
	}
	t, err := query.Moment(v.state.At, v.now())
	return t, err == nil
}

// who is a user as the JSON lists several.
type who struct {
	User      text.Raw `json:"user_id"`
	Amplitude text.Raw `json:"amplitude_id"`
}

func (v *view) whoOf(m api.UserMatch) who {
	return who{v.env.Mask.Property("user_id", m.UserID), v.env.Mask.Property("amplitude_id", number(m.AmplitudeID))}
}

// matchWord is how it matched in the JSON: the API's own word.
func (f found) matchWord() string {
	switch {
	case f.kind.IsZero() && f.who.id != 0:
		return "match_amplitude_id"
	case f.kind.IsZero():
		return "nomatch"
	}
	return f.kind.Safe()
}

// answerMatches is the answer where nobody was found, or several users.
func (v *view) answerMatches() views.Answer {
	f := v.found
	note := fmt.Sprintf("%s users were found %s: name one of them", charts.Exact(float64(len(f.matches))), f.how)
	if len(f.matches) == 0 {
		note = "nobody was found"
	}
	users := make([]who, len(f.matches))
	for i, m := range f.matches {
		users[i] = v.whoOf(m)
	}
	table := charts.Table{
		Columns: []charts.Column{{Title: "user_id", Min: 16, Flex: true}, {Title: "amplitude_id", Min: 14}},
		Len:     len(users), Cursor: -1, Empty: "nobody was found",
		Row: func(i int) charts.Row {
			return charts.Row{Cells: []charts.Cell{{Text: users[i].User.Safe()}, {Text: users[i].Amplitude.Safe()}}}
		},
	}
	return views.Answer{
		Nothing: len(users) == 0,
		Link:    v.Link(), Title: "users", Chart: table, Table: table, Notes: []string{note},
		Leads: func(row int) views.Link { return link(v.state.choosing(f.matches[row]), v.env.Mask) },
		Data: struct {
			Match string `json:"match"`
			Users []who  `json:"users"`
		}{f.matchWord(), users},
	}
}

// answerUser is the answer of one user.
func (v *view) answerUser() views.Answer {
	p := v.person
	shown := v.shown()
	notes := append([]string{p.name(v.env.Mask) + ", found " + p.how, v.printedWords(len(shown))}, p.meta.Badges()...)
	notes = append(notes, v.absent()...)
	if v.state.Funnel != "" && v.stray != nil {
		notes = append(notes, v.stray.Error())
	} else if v.state.Funnel != "" {
		notes = append(notes, v.journeyWords())
	}
	if v.state.Find != "" {
		notes = append(notes, v.findWords(len(shown)))
	}
	if t, ok := v.beginsAt(); ok {
		notes = append(notes, beginsWords(t.In(v.env.Clock()), len(shown)))
	}
	if p.isNobody() {
		notes = append(notes, "nobody has this Amplitude ID")
	}
	events := sync.OnceValue(func() heard { return v.listen(shown) }) // few listen
	return views.Answer{
		Nothing: p.isNobody() || len(shown) == 0 && v.narrows(),
		Link:    v.Link(), Title: p.name(v.env.Mask), Summary: v.ticket(),
		Chart: storyChart{v, v.printed(shown)}, Table: v.eventTable(shown), Data: v.data(shown), Notes: notes, Figures: p.figures(),
		Aloud: func(row, after int) string { return events().row(row, after) },
		Whole: func(row int) (said, sent []string) { return events().whole(row) },
	}
}

// printedWords is how much of the story is loaded, and how much of that is printed.
func (v *view) printedWords(n int) string {
	loaded, all := v.person.loadedWords(), v.person.history.count()
	if n == all {
		return loaded
	}
	return fmt.Sprintf("%s are loaded, %s of them printed", loaded, charts.Exact(float64(n)))
}

// findWords is how many of the printed events hold what was looked for: all of them.
func (v *view) findWords(n int) string {
	said := "no event that is loaded holds "
	switch {
	case n == 0 && len(v.hits.at) > 0:
		said = "no event that is shown holds "
	case n == 1:
		said = "the only event that holds "
	case n > 0:
		said = "only the " + counted(n, "event") + " that hold "
	}
	return said + text.Clean(v.findWord())
}

// narrows says whether the state asks for some of the user's events only.
func (v *view) narrows() bool {
	s := v.state
	return !s.Only.IsZero() || len(s.Mute) > 0 || s.Find != "" || s.At != ""
}

// beginsWords says at which moment the events begin.
func beginsWords(t time.Time, n int) string {
	at := t.Format("Mon 2 Jan 2006 15:04")
	if n == 0 {
		return "no event that is shown is as old as " + at
	}
	return "the events begin at " + at + " and go back"
}

// figureNames are what checks can compare of a look-up.
func figureNames([]string) []views.FigureName {
	return []views.FigureName{{Name: "events", Means: "of the user's whole life"}, {Name: "sessions", Means: "likewise"}}
}

// figures are what checks can compare, of the user's whole life.
func (p *person) figures() []views.Figure {
	return []views.Figure{
		{Name: "events", Value: p.user.Events, Before: math.NaN()},
		{Name: "sessions", Value: p.user.Sessions, Before: math.NaN()},
	}
}

// shown are the events that the state asks for, the newest first: with a moment those
// that are not later, as many as the limit says.
func (v *view) shown() []*event {
	t := v.showing()
	moment, begins := v.beginsAt()
	var out []*event
	for _, s := range v.person.history.spans {
		for i := range s.events {
			if e := &s.events[i]; t.shows(e) && !(begins && e.time.After(moment)) && (v.state.Find == "" || v.hits.at[e.spot]) {
				out = append(out, e)
			}
		}
	}
	if begins {
		return out[:min(len(out), v.state.Limit)]
	}
	return out
}

// printed is the story of the events that are printed.
func (v *view) printed(events []*event) story {
	if !v.narrows() {
		return v.story
	}
	t := told{these: map[spot]bool{}}
	for _, e := range events {
		t.these[e.spot] = true
	}
	s := tell(v.person.history, t)
	if v.state.At == "" {
		return s
	}
	// What is newer than the moment was not asked for, nor what the limit leaves out.
	first := slices.IndexFunc(s.rows, func(r row) bool { return r.kind == sessionRow })
	s.rows = s.rows[max(first, 0):]
	if len(events) == v.state.Limit {
		for len(s.rows) > 0 && s.rows[len(s.rows)-1].kind == missingRow {
			s.rows = s.rows[:len(s.rows)-1]
		}
	}
	return s
}

// eventTable is a row an event, for exports: when, what, in which session, and
// the properties as JSON.
func (v *view) eventTable(events []*event) charts.Table {
	return charts.Table{
		Columns: []charts.Column{
			{Title: "time", Min: 24},
			{Title: "event", Min: 16, Max: 40},
			{Title: "session", Min: 24, Drop: 2},
			{Title: "properties", Min: 10, Flex: true, Drop: 1},
		},
		Len: len(events), Cursor: -1, Empty: "no events",
		Row: func(i int) charts.Row {
			e := events[i]
			return charts.Row{Cells: []charts.Cell{
				{Text: v.iso(e.time)},
				{Text: e.name.Safe()},
				{Text: v.sessionOf(e)},
				{Text: text.CleanWhole(string(part(v.eventDoc(e), "event_properties")))},
			}}
		},
	}
}

// iso is a time in the project's zone, to the millisecond; nothing where it could
// not be read.
func (v *view) iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(v.env.Clock()).Format("2006-01-02T15:04:05.000Z07:00")
}

func (v *view) sessionOf(e *event) string {
	if e.session <= 0 {
		return ""
	}
	return v.iso(time.UnixMilli(e.session))
}

// part is a member of a JSON object, null where it has none.
func part(doc json.RawMessage, key string) json.RawMessage {
	var all map[string]json.RawMessage
	if json.Unmarshal(doc, &all) == nil && len(all[key]) > 0 {
		return readable(all[key])
	}
	return json.RawMessage("null")
}

// readable is JSON with &, < and > as they are, where a server has escaped them
// for web pages.
func readable(doc json.RawMessage) json.RawMessage {
	if !bytes.Contains(doc, []byte(`\u00`)) {
		return doc
	}
	var out []byte
	for i := 0; i < len(doc); i++ {
		if doc[i] != '\\' || i+1 == len(doc) {
			out = append(out, doc[i])
			continue
		}
		if i+6 <= len(doc) {
			if plain, ok := map[string]byte{`\u0026`: '&', `\u003c`: '<', `\u003e`: '>'}[strings.ToLower(string(doc[i:i+6]))]; ok {
				out = append(out, plain)
				i += 5
				continue
			}
		}
		out = append(out, doc[i], doc[i+1])
		i++
	}
	return out
}

// storyChart is the story as a picture, for printing.
type storyChart struct {
	v     *view
	story story
}

// Height is how many lines the whole picture takes.
func (c storyChart) Height() int {
	if c.v.other != nil {
		return len(c.v.besideLines(80))
	}
	return max(len(c.story.rows), 1) + 2
}

// Draw draws whose story it is and the story without a cursor, or both users side by side.
func (c storyChart) Draw(w, h int, th theme.Theme) string {
	v := *c.v
	v.story, v.printing, v.hits = c.story, true, hits{}
	v.env.Theme, v.cursor = th, views.Cursor{At: -1, Len: len(v.story.rows)}
	if v.other != nil {
		return charts.Fit(strings.Join(v.besideLines(w), "\n"), w, h)
	}
	if h < 3 || v.person.history.count() == 0 {
		return v.timeline(w, h)
	}
	name := " " + th.Title.Paint(charts.Cut(v.person.name(v.env.Mask), max(w-2, 0)))
	return charts.Fit(name, w, 1) + "\n" + v.ruler(w) + "\n" + v.timeline(w, h-2)
}
