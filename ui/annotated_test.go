package ui

import (
	"bytes"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

// printed is what a command prints in a form, with its remarks and how long it took,
// where a handler answers.
func printed(t *testing.T, h http.Handler, form, line string) (out, notes string, took time.Duration) {
	t.Helper()
	client, err := api.New(api.Options{BaseURL: "http://127.0.0.1:1", Key: text.NewSecret(testKey), Secret: text.NewSecret(testSecret), Zone: time.UTC, Now: now, Transport: handlerTransport{h}, Free: true})
	if err != nil {
		t.Fatal(err)
	}
	spec, args, err := opens(line)
	if err != nil {
		t.Fatal(err)
	}
	env := views.Env{API: client, Now: now, Zone: time.UTC, Theme: theme.Plain(), Annotated: annotates(form)}
	began := time.Now()
	answer, err := spec.Ask(t.Context(), env, args)
	if err != nil {
		t.Fatalf("%s: %v", line, err)
	}
	took = time.Since(began)
	var b bytes.Buffer
	if err := writeForm(&b, form, answer, env, paper{w: 100, h: 24}); err != nil {
		t.Fatal(err)
	}
	return b.String(), strings.Join(answer.Notes, "\n"), took
}

// What is printed has the marks of the screen, and says beneath what they stand for.
func TestPrintedChartsHaveTheAnnotations(t *testing.T) {
	for _, c := range []struct {
		form, line string
		has, lacks []string
	}{
		{"chart", `segment "Song Played"`, []string{"─◆─", "\n ◆ 4 Nov to 11 Nov: Version 3.5.0", "\n ◆ 20 Nov: Failing payments"}, []string{"Lyrics reach", "Version 3.4.1"}},
		{"chart", `segment "Song Played" --face bar`, []string{"─◆─", "\n ◆ 20 Nov: Failing payments"}, nil},
		{"chart", `segment "Song Played" --face table`, nil, []string{"◆"}},
		{"chart", "active", []string{"─◆─", "\n ◆ 20 Nov: Failing payments"}, []string{"Lyrics reach"}},
		{"chart", "chart plays7d", []string{"─◆─", "\n ◆ 11 Nov: Lyrics reach everybody", "\n ◆ 20 Nov: Failing payments"}, nil},
		{"chart", "chart buy4step", nil, []string{"◆", "Failing payments"}},
		{"md", "active", []string{"\n20 Nov: Failing payments"}, nil},
		{"json", "active", []string{`"20 Nov: Failing payments reported (by users of Android)"]`}, nil},
		{"csv", "active", nil, []string{"Failing"}},
	} {
		out, _, _ := printed(t, demoServer(), c.form, c.line)
		for _, part := range c.has {
			if !strings.Contains(out, part) {
				t.Errorf("%s -o %s lacks %q:\n%s", c.line, c.form, part, out)
			}
		}
		for _, part := range c.lacks {
			if strings.Contains(out, part) {
				t.Errorf("%s -o %s has %q:\n%s", c.line, c.form, part, out)
			}
		}
	}
}

// A chart is asked for what is written beside it once, where it is shown. That there
// is no answer to it costs two seconds at most, and is said where somebody may have
// written something.
func TestAnnotationsCostACommandNextToNothing(t *testing.T) {
	refuse := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "no", status) }
	}
	for name, c := range map[string]struct {
		form  string
		notes http.HandlerFunc
		asked int
		took  time.Duration
		said  bool
	}{
		"a server that fails":      {"chart", refuse(500), 1, 0, true},
		"too much was asked":       {"chart", refuse(429), 1, 0, true},
		"a plan without":           {"chart", refuse(403), 1, 0, false},
		"an old server":            {"chart", refuse(404), 1, 0, false},
		"a server that is silent":  {"chart", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, 1, 2 * time.Second, true},
		"a form that has no place": {"csv", refuse(500), 0, 0, false},
	} {
		synctest.Test(t, func(t *testing.T) {
			var asked atomic.Int32
			good := demoServer()
			h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/annotations") {
					asked.Add(1)
					c.notes(w, r)
					return
				}
				good.ServeHTTP(w, r)
			})
			out, notes, took := printed(t, h, c.form, `segment "Song Played"`)
			if int(asked.Load()) != c.asked || took > c.took || strings.Contains(notes, "annotations are left out") != c.said {
				t.Errorf("%s: asked %d times, took %s, said %q; want %d, %s, %v", name, asked.Load(), took, notes, c.asked, c.took, c.said)
			}
			if c.form == "chart" && !strings.Contains(out, "┤") {
				t.Errorf("%s: there is no chart:\n%s", name, out)
			}
		})
	}
}

// Who may not read annotations may well ask for charts: that they are refused stops
// no question that has to be asked once more.
func TestRefusedAnnotationsStopNoQuestion(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		good, tries := demoServer(), 0
		h := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "/annotations"):
				http.Error(w, "no", http.StatusForbidden)
			case tries == 0:
				tries++
				http.Error(w, "busy", http.StatusServiceUnavailable)
			default:
				good.ServeHTTP(w, r)
			}
		})
		if out, _, _ := printed(t, h, "chart", "active"); !strings.Contains(out, "┤") {
			t.Errorf("there is no chart:\n%s", out)
		}
	})
}

// However many annotations there are, the picture keeps its size and the most of it.
func TestAnnotationsLeaveRoomForTheChart(t *testing.T) {
	line := charts.Line{Axis: charts.Axis{Labels: []string{"a", "b"}}, Series: []charts.Series{{Name: "x", Values: []float64{1, 2}}}, Cursor: -1, Focus: -1}
	said := []string{}
	for n := range 12 {
		for _, h := range []int{1, 5, 12, 24} {
			drawn := annotated{line, said}.Draw(60, h, theme.Plain())
			if lines := strings.Split(drawn, "\n"); len(lines) != h {
				t.Fatalf("%d annotations in %d lines take %d", n, h, len(lines))
			}
			if all := strings.Count(drawn, "◆ about"); h == 24 && all < n && !strings.Contains(drawn, "annotations without room here: ") {
				t.Errorf("%d of %d annotations, and nothing says so:\n%s", all, n, drawn)
			}
		}
		said = append(said, "about "+strings.Repeat("words ", n*3))
	}
}
