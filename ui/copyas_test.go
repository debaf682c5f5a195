package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/views"
	"amptui/views/query"
)

func TestTheAnswerIsCopiedInEveryForm(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.Press(":")
		d.Type("segment Purchase --by platform --last 14d")
		d.Press("enter")
		for _, c := range []struct{ typed, holds string }{
			{"markdown", "| day | unfinished | iOS |"},
			{"csv", "iOS"},
			{"tsv", "day\tunfinished\tiOS\t"},
			{"json", `"query":"segment Purchase --by platform --last 14d"`},
			{"chart as text", "┤"},
			{"chart in colours", "┤"},
			{"table as text", "2026-11-24"},
			{"query line", "segment Purchase --by platform --last 14d"},
			{"shell command", "amptui segment Purchase"},
			{"curl", `curl -sS -u "$AMPLITUDE_API_KEY:$AMPLITUDE_SECRET_KEY"`},
		} {
			before := len(d.copy)
			d.Press("Y")
			d.Type(c.typed)
			d.Press("enter")
			d.Wait(time.Second)
			if len(d.copy) != before+1 || !strings.Contains(d.copy[before], c.holds) {
				t.Errorf("%s copies %d: %.200q", c.typed, len(d.copy)-before, d.copy[min(before, len(d.copy)-1)])
			}
			if d.app.over == textOver {
				d.Press("esc")
			}
		}
		curl := d.copy[len(d.copy)-1]
		words, err := query.Split(curl)
		if err != nil || len(words) != 5 || !strings.HasPrefix(words[4], "http://127.0.0.1:1/api/2/events/segmentation?") || strings.Contains(curl, "secret") && !strings.Contains(curl, "SECRET") {
			t.Errorf("curl is %q, %v", curl, err)
		}
		var doc struct{ Series []any }
		if err := json.Unmarshal([]byte(d.copy[3]), &doc); err != nil || len(doc.Series) == 0 {
			t.Errorf("the JSON is %.200s, %v", d.copy[3], err)
		}
	})
}

func TestAnExportOverwritesNothing(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.WriteFile("amptui-events-2026-11-24.csv", []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	story(t, demoServer(), func(d *driver) {
		d.app.folder = "" // the working one
		for range 2 {
			d.Press(":")
			d.Type("export as csv")
			d.Press("enter")
			d.Wait(time.Second)
			d.Sees("written to amptui-events-2026-11-24-")
		}
	})
	for name, holds := range map[string]string{
		"amptui-events-2026-11-24.csv": "mine", "amptui-events-2026-11-24-2.csv": "Song Played", "amptui-events-2026-11-24-3.csv": "Song Played",
	} {
		b, err := os.ReadFile(name)
		if err != nil || !strings.Contains(string(b), holds) {
			t.Errorf("%s holds %.60q, %v", name, b, err)
		}
		if info, err := os.Stat(name); err == nil && info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v", name, info.Mode())
		}
	}
}

// What is copied for curl runs as it stands, in a shell, and brings what the
// program itself gets; the keys come from the environment.
func TestCurlAsksTheSame(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if _, none := exec.LookPath("curl"); err != nil || none != nil {
		t.Skip("there is no curl")
	}
	const key, secret = "the key's \"$quotes\"", "the `secret` \\"
	var mu sync.Mutex
	var bodies []string // what was answered
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if k, s, _ := r.BasicAuth(); k != key || s != secret {
			t.Errorf("the keys are %q and %q", k, s)
		}
		answer := httptest.NewRecorder()
		demoServer().ServeHTTP(answer, r)
		mu.Lock()
		bodies = append(bodies, answer.Body.String())
		mu.Unlock()
		w.Write(answer.Body.Bytes())
	}))
	defer server.Close()
	client, err := api.New(api.Options{BaseURL: server.URL, Key: text.NewSecret(key), Secret: text.NewSecret(secret), Zone: time.UTC, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"events", `segment 'Song Played[by genre]' --where $'country is Germany, "O\'Hara $x"' --vs prev`,
		"funnel 'Checkout Started' Purchase --by platform", "retention", "revenue", "users ada@example.com",
	} {
		spec, args, err := lineSpec(line)
		if err != nil {
			t.Fatal(err)
		}
		questions, err := spec.Questions(now(), args)
		if err != nil || len(questions) == 0 {
			t.Fatalf("%s: %d questions, %v", line, len(questions), err)
		}
		mu.Lock()
		bodies = nil
		mu.Unlock()
		script := curl(client, questions)
		c := exec.CommandContext(t.Context(), shell, "-c", script)
		c.Env = append(os.Environ(), "AMPLITUDE_API_KEY="+key, "AMPLITUDE_SECRET_KEY="+secret, "NO_PROXY=127.0.0.1", "no_proxy=127.0.0.1")
		out, err := c.CombinedOutput()
		mu.Lock()
		asked, sent := len(bodies), strings.Join(bodies, "")
		mu.Unlock()
		if err != nil || string(out) != sent || asked != len(questions) || !strings.Contains(string(out), "{") || strings.Contains(string(out), `"error"`) {
			t.Errorf("%s\n%s\n%v: %.300s", line, script, err, out)
		}
		if strings.Contains(script, "secret") || strings.Contains(script, key) {
			t.Errorf("the keys stand in %s", script)
		}
	}
}

func TestCurlIsNotOfferedWhereItCannotAsk(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		curl := func(sees string) {
			d.Press("Y")
			d.Type("curl")
			d.Press("enter")
			d.Wait(time.Second)
			d.Sees(sees)
			d.Press("esc")
		}
		d.Press(":")
		d.Type("segment Purchase --where 'city is Berlin'")
		d.Press("enter")
		d.Wait(time.Second)
		d.Press("X")
		curl("pseudonyms mean nothing to the server")
		d.Press("X")
		d.app.env.Inside = true
		curl("copy as curl: only this program can ask; --demo-listen")
		if len(d.copy) != 0 {
			t.Errorf("copied %q", d.copy)
		}
	})
}

// In the view of users Y is the ticket; the other forms are in the palette, masked
// where the mask is on.
func TestFormsOfAUserAreInThePalette(t *testing.T) {
	story(t, demoServer(), func(d *driver) {
		d.Resize(120, 36)
		d.Press(":")
		d.Type("users ada@example.com")
		d.Press("enter")
		d.Wait(3 * time.Second)
		take := func(form string) string {
			d.Press(":")
			d.Type("copy as " + form)
			d.Press("enter")
			d.Wait(3 * time.Second)
			if d.app.over == textOver {
				d.Press("esc")
			}
			if len(d.copy) == 0 {
				t.Fatalf("%s copies nothing:\n%s", form, d.Frame())
			}
			return d.copy[len(d.copy)-1]
		}
		if got := take("shell"); got != "amptui users ada@example.com" {
			t.Errorf("the command is %q", got)
		}
		d.Press("X")
		if got := take("shell"); strings.Contains(got, "ada@") {
			t.Errorf("the masked command is %q", got)
		}
		d.Press(":")
		d.Type("copy as web link")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("name them as web in the profile")
	})
}

// While an answer is asked for, the screen says so, and esc gives it up.
func TestTakingAnAnswerCanBeGivenUp(t *testing.T) {
	slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("e") {
			select {
			case <-time.After(30 * time.Second):
			case <-r.Context().Done():
			}
		}
		demoServer().ServeHTTP(w, r)
	})
	story(t, slow, func(d *driver) {
		d.Resize(120, 36)
		d.Press(":")
		d.Type("segment Purchase")
		d.Press("enter")
		d.Press("Y")
		d.Type("csv")
		d.Press("enter")
		d.Wait(time.Second)
		d.Sees("asking for CSV")
		d.Press("esc")
		d.Wait(2 * time.Minute)
		if len(d.copy) != 0 {
			t.Errorf("what was given up was copied: %.80q", d.copy[0])
		}
	})
}

func TestAChartInColoursHasThem(t *testing.T) {
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret"),
		Zone: time.UTC, Now: now, Transport: handlerTransport{demoServer()}, Free: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	env := views.Env{API: client, Now: now, Zone: time.UTC, Theme: theme.New(theme.Options{Depth: theme.Colors16})}
	spec, args, err := lineSpec("segment Purchase --last 14d")
	if err != nil {
		t.Fatal(err)
	}
	answer, err := spec.Ask(context.Background(), env, args)
	if err != nil {
		t.Fatal(err)
	}
	var coloured, plain bytes.Buffer
	err = writeForm(&coloured, "chart", answer, env, paper{w: 80, h: chartHeight})
	env.Theme = theme.Plain()
	err = errors.Join(err, writeForm(&plain, "chart", answer, env, paper{w: 80, h: chartHeight}))
	if err != nil || !strings.Contains(coloured.String(), "\x1b[") || strings.Contains(plain.String(), "\x1b") || strings.Count(coloured.String(), "\n") != strings.Count(plain.String(), "\n") {
		t.Errorf("%v\n%q\n%s", err, coloured.String()[:200], plain.String())
	}
}

func TestAnExportNeedsAFreeNameAndAPlace(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	if err := os.Symlink("/dev/null", "amptui-segment-2026-11-24.csv"); err != nil {
		t.Fatal(err)
	}
	got, err := export("", now(), "segment", taken{answerForms()[1], true, "x"})
	if err != nil || got != "amptui-segment-2026-11-24-2.csv" {
		t.Errorf("beside a link: %s, %v", got, err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if name, err := export("", now(), "segment", taken{answerForms()[1], true, "x"}); err == nil {
		t.Errorf("written to %s of a folder that is gone", name)
	}
}
