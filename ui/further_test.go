package ui

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"amptui/views"
)

// Behind the sixth view is one key for all others, and what it leads to has its name
// in the header.
func TestTheFurtherViewsAreBehindOneKey(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Sees("1 Events 2 Segment 3 Funnel 4 Retention 5 Users 6 Revenue 7")
		d.Press("7")
		d.Sees("more views", "▸ Active", "Real-time  See how many users are active just now")
		d.Type("compos")
		d.Press("enter")
		d.Sees("7 Composition", "users by platform", "iOS")
		d.Press("b")
		d.Type("country")
		d.Press("enter")
		d.Sees("composition country", "▸ United States")
		d.Press("j", "enter")
		d.Sees("7 Active", `active --where "country is Germany"`, "active users per day")
		d.Press("m")
		d.Sees("--count new", "new users per day")
		d.Press("1")
		d.Sees("1 Events", "Song Played")
		d.Press("7", "enter")
		d.Sees("--count new", "new users per day") // as it was left
		d.Press("esc")
		d.Press(":")
		d.Type("sessions --bins 10m/1")
		d.Press("enter")
		d.Sees("sessions by their length", "4m to 5m", "#")
		d.Press("m", "t")
		d.Sees("--measure average", "2026-11-23", "*")
	})
}

// counter counts the questions at a path.
func counter(h http.Handler, path string, n *int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, path) {
			*n++
		}
		h.ServeHTTP(w, r)
	})
}

// Real-time asks again by itself, in front only, and not for ever.
func TestRealTimeAsksPolitely(t *testing.T) {
	asked := 0
	synctest.Test(t, func(t *testing.T) {
		d := start(t, counter(demoServer(), "/realtime", &asked), 80, 24, views.Link{View: "realtime"})
		defer d.end()
		d.Sees("asks every 2m", "24 hours before")
		was := asked
		d.Wait(5 * time.Minute)
		if asked != was+2 {
			t.Errorf("%d questions in five minutes; want 2", asked-was)
		}
		d.Press("1")
		was = asked
		d.Wait(10 * time.Minute)
		if asked != was {
			t.Errorf("%d questions while another view was in front", asked-was)
		}
		d.Press("7", "down", "down", "down", "enter")
		d.Sees("7 Real-time")
		d.Wait(5 * time.Minute)
		if asked != was+2 {
			t.Errorf("%d questions after coming back; want 2", asked-was)
		}
		d.Press("f")
		d.Sees("at rest, f goes on")
		was = asked
		d.Wait(10 * time.Minute)
		if asked != was {
			t.Errorf("%d questions at rest", asked-was)
		}
		d.Press("f")
		d.Wait(3 * time.Hour)
		if asked < was+25 || asked > was+35 {
			t.Errorf("%d questions in three hours; want an hour's worth", asked-was)
		}
		d.Sees("at rest")
	})
}

func TestASavedChartIsOpenedByItsAddress(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press(":")
		d.Type("chart")
		d.Press("enter")
		d.Sees("saved chart", "its id, or its address")
		d.Type("https://app.amplitude.com/analytics/demo/dashboard/x")
		d.Press("enter")
		d.Sees("names no saved chart")
		d.Press("esc", "u")
		d.Type("https://app.amplitude.com/analytics/demo/chart/buy4step/edit/9")
		d.Press("enter")
		d.Sees("chart buy4step", "From the store to a purchase", "1 Store Opened", "4 Purchase")
		d.Press("t")
		d.Sees("--face table", "Conversion")
		d.Press("u")
		d.Type("nothere")
		d.Press("enter")
		d.Sees("the server does not know what was asked for", "still of", "Conversion")
	})
}

// What the project has written at a date stands on the axis, in words where the
// cursor is, and in the help.
func TestAnnotationsAreMarked(t *testing.T) {
	asked := 0
	story(t, counter(demoServer(), "/annotations", &asked), func(d *driver) {
		d.Press("2")
		d.Sees("─◆─")
		d.SeesNot("Failing payments")
		d.Press("h", "h", "h", "h", "h")
		d.Sees("20 Nov: Failing payments reported (by users of Android)")
		d.Press("h")
		d.SeesNot("Failing payments")
		d.Press("?", "?")
		d.Sees("Annotations", "4 Nov to 11 Nov: Version 3.5.0")
		d.Press("?", "7", "enter")
		d.Sees("─◆─")
		d.Press("i") // by week
		d.Press("h", "h")
		d.Sees("Version 3.5.0")
		d.Press("X")
		d.SeesNot("Version 3.5.0")
		d.Sees("4 Nov to 11 Nov: note-")
		if asked != 1 {
			t.Errorf("annotations were asked for %d times", asked)
		}
	})
}

// What is written at a saved chart stands there, beside what the project has written,
// and nowhere else.
func TestAnnotationsOfASavedChart(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.Press(":")
		d.Type("chart plays7d")
		d.Press("enter")
		d.Sees("─◆─")
		d.Press(strings.Split(strings.Repeat("h ", 12), " ")[:12]...)
		d.Sees("11 Nov: Lyrics reach everybody")
		d.Press("?", "?")
		d.Sees("annotations of the project and of this chart", "20 Nov: Failing payments")
		d.Press("?", "u")
		d.Type("buy4step")
		d.Press("enter")
		d.Sees("1 Store Opened")
		d.SeesNot("◆", "Lyrics")
	})
}

// A chart is whole without annotations: that there are none is said in the help.
func TestAnnotationsThatCannotBeHadBreakNothing(t *testing.T) {
	asked := 0
	good := counter(demoServer(), "/annotations", &asked)
	h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/annotations") {
			asked++
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusBadRequest)
			fmt.Fprint(w, `{"error":{"http_code":400,"metadata":{"details":"This plan has no annotations"}}}`)
			return
		}
		good.ServeHTTP(w, r)
	})
	story(t, h, func(d *driver) {
		d.Press("2")
		d.Sees("uniques per day", "┤")
		d.SeesNot("plan", "─◆─")
		d.Press("i", "i", "r")
		d.Press("?", "?")
		d.Resize(100, 60)
		d.Sees("Annotations", "They could not be had", "This plan has no annotations")
		if asked != 1 {
			t.Errorf("they were asked for %d times", asked)
		}
	})
}

func TestCohortsAreCalledByTheirNames(t *testing.T) {
	asked := 0
	story(t, counter(demoServer(), "/cohorts", &asked), func(d *driver) {
		d.Resize(120, 36)
		d.Press("2")
		if asked != 0 {
			t.Errorf("cohorts were asked for without a reason")
		}
		d.Press("w")
		d.Type("heavy")
		d.Sees("cohort is Heavy listeners", "users")
		d.Press("down", "enter")
		d.Sees(`segment --where "cohort is Heavy listeners"`)
		if line := d.app.view().Link().Line(); line != `segment --where "cohort is c3heavy20"` {
			t.Errorf("the query is %s", line)
		}
		d.Press("w")
		d.Sees("cohort is Heavy listeners  drop it")
		d.Press("esc", ":")
		d.Type(`funnel "Store Opened" Purchase --segment 'cohort is premium members' --segment 'cohort is not Premium members'`)
		d.Press("enter")
		d.Sees("cohort is Premium members", "cohort is not Premium members")
		if line := d.app.view().Link().Line(); !strings.Contains(line, "cohort is not c3premium") {
			t.Errorf("the query is %s", line)
		}
		d.Press("X")
		d.SeesNot("Premium")
		d.Sees("cohort is cohort-")
		if asked != 1 {
			t.Errorf("they were asked for %d times", asked)
		}
	})
}

// A line of a shell names a cohort before anything is known of it.
func TestACohortIsLearntBeforeTheFirstView(t *testing.T) {
	asked := 0
	synctest.Test(t, func(t *testing.T) {
		d := start(t, counter(demoServer(), "/cohorts", &asked), 80, 24, views.Link{View: "events"})
		defer d.end()
		env := views.Env{API: d.app.env.API, Mask: views.NewMask([]byte("key"), false, nil)}
		for _, c := range []struct {
			args string
			want string
			asks int
		}{
			{"--where=country is Germany", "--where=country is Germany", 0},
			{"--where=cohort is heavy listeners", "--where=cohort is c3heavy20", 1},
			{"--segment=country is Germany; cohort is not Premium members", "--segment=country is Germany; cohort is not c3premium", 1},
			{"--where=cohort is nobody", "--where=cohort is nobody", 1},
		} {
			learnCohorts(t.Context(), env, []string{c.args})
			if got := env.Mask.RevealArgs([]string{c.args})[0]; got != c.want || asked != c.asks {
				t.Errorf("%s is asked as %s with %d questions; want %s with %d", c.args, got, asked, c.want, c.asks)
			}
		}
	})
}

func TestTheFormCompletesCohorts(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Press("7", "enter", "e")
		d.toField("where")
		d.Type("cohort is nev")
		d.Press("tab")
		d.Sees("cohort is Never bought anything")
		d.Press("enter")
		d.Sees(`active --where "cohort is Never bought anything"`, "active users per day", "┤")
		if line := d.app.view().Link().Line(); line != `active --where "cohort is c3never00"` {
			t.Errorf("the query is %s", line)
		}
	})
}

// Every view prints in every form, and what JSON holds is what is documented.
func TestTheFurtherViewsPrint(t *testing.T) {
	s := newShell(t)
	for view, c := range map[string]struct {
		args []string
		has  map[string]string // what each form has in it
		json []string
	}{
		"active":      {[]string{"active", "--last", "7d"}, map[string]string{"chart": "● active users", "table": "active users", "csv": "2026-11-23,,", "md": "| 2026-11-23 |", "plain": "2026-11-23\t"}, []string{"x", "series"}},
		"sessions":    {[]string{"sessions"}, map[string]string{"chart": "3m to 10m", "table": "3m to 10m", "csv": "3m to 10m,1", "md": "| 3m to 10m |", "plain": "3m to 10m\t"}, []string{"x", "series"}},
		"composition": {[]string{"composition", "country"}, map[string]string{"chart": "Germany ", "table": "Germany", "csv": "Germany,", "md": "| Germany |", "plain": "Germany\t"}, []string{"x", "series"}},
		"realtime":    {[]string{"realtime"}, map[string]string{"chart": "● Today", "table": "2026-11-24T14:25:00Z", "csv": "2026-11-24T14:25:00Z,", "md": "| 2026-11-24T14:25:00Z |", "plain": "2026-11-24T14:25:00Z\t"}, []string{"x", "series"}},
		"chart":       {[]string{"chart", "buy4step"}, map[string]string{"chart": "1 Store Opened", "table": "Conversion", "csv": "All Users,1 Store Opened,", "md": "| 1 Store Opened |", "plain": "All Users\t1 Store Opened\t"}, []string{"title", "heads", "x", "rows"}},
	} {
		for form, want := range c.has {
			if code := s.run(demoArgs(append(c.args, "-o", form)...)...); code != exitOK || !strings.Contains(s.out, want) {
				t.Errorf("%s as %s: %d, no %q in\n%s%s", view, form, code, want, s.out, s.errs)
			}
		}
		var doc map[string]any
		if code := s.run(demoArgs(append(c.args, "-o", "json")...)...); code != exitOK || json.Unmarshal([]byte(s.out), &doc) != nil {
			t.Errorf("%s as json: %d\n%s%s", view, code, s.out, s.errs)
		}
		for _, key := range append(c.json, "query", "zone", "notes") {
			if doc[key] == nil {
				t.Errorf("%s has no %s: %v", view, key, doc)
			}
		}
		if len(doc) != len(c.json)+3 {
			t.Errorf("%s has other keys than are documented: %v", view, doc)
		}
	}
}

func TestTheFurtherViewsAreChecked(t *testing.T) {
	s := newShell(t)
	for _, c := range []struct {
		code int
		args []string
	}{
		{exitOK, []string{"active", "--fail-if", "value < 10"}},
		{exitTripped, []string{"active", "--fail-if", "value > 10"}},
		{exitTripped, []string{"active", "--count", "new", "--fail-if", "value = 0", "--fail-if", "value > 1"}},
		{exitTripped, []string{"sessions", "--fail-if", "sessions > 10"}},
		{exitTripped, []string{"sessions", "--measure", "per-user", "--to", "yesterday", "--from", "8d ago", "--fail-if", "value >= 1"}},
		{exitUsage, []string{"sessions", "--fail-if", "value > 1"}},
		{exitTripped, []string{"composition", "--from", "8d ago", "--to", "yesterday", "--fail-if", "share > 40%"}},
		{exitOK, []string{"realtime", "--fail-if", "value > 100000"}},
		{exitTripped, []string{"chart", "plays7d", "--fail-if", "rows < 4"}},
		{exitUsage, []string{"chart"}},
		{exitOK, []string{"segment", "--where", "cohort is heavy LISTENERS", "--fail-if", "value < 1"}},
	} {
		if code := s.run(demoArgs(c.args...)...); code != c.code {
			t.Errorf("%v: %d; want %d\n%s%s", c.args, code, c.code, s.out, s.errs)
		}
	}
}
