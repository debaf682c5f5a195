package ui

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"amptui/charts"
	"amptui/config"
)

// configure writes the configuration of a shell.
func (s *shell) configure(toml string) {
	s.t.Helper()
	path := config.Path(func(k string) string { return s.env[k] })
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(toml), 0o600); err != nil {
		s.t.Fatal(err)
	}
}

func TestKeysAreListedAsTheUserHasThem(t *testing.T) {
	s := newShell(t)
	s.configure("[keys]\nmetric = \"x\"\nlog = [\"crtl+l\"]\ninterval = [\"x\"]\nzero = []\n")
	if code := s.run("keys", "segment", "metric"); code != 0 || !strings.Contains(s.out, "x        metric ") || !strings.Contains(strings.Join(strings.Fields(s.out), " "), "(was m)") {
		t.Errorf("%d: %s", code, s.out)
	}
	for _, want := range []string{"line 3: log: \"crtl+l\" is no keystroke", "line 4: x means metric, and no longer interval, which has no key now"} {
		if !strings.Contains(s.errs, "amptui: config.toml "+want) {
			t.Errorf("nothing says %s: %s", want, s.errs)
		}
	}
	s.run("keys", "-o", "json")
	var got struct {
		Keys []boundKey `json:"keys"`
	}
	if err := json.Unmarshal([]byte(s.out), &got); err != nil || len(got.Keys) < 100 {
		t.Fatalf("%d keys, %v", len(got.Keys), err)
	}
	for _, k := range got.Keys {
		switch k.Name {
		case "metric":
			if !slices.Equal(k.Keystrokes, []string{"x"}) || !slices.Equal(k.Default, []string{"m"}) || k.Line == nil || *k.Line != 2 {
				t.Errorf("metric: %+v", k)
			}
		case "zero":
			if len(k.Keystrokes) != 0 {
				t.Errorf("zero: %+v", k)
			}
		}
	}
}

func TestTheConfigurationIsCheckedWithLines(t *testing.T) {
	s := newShell(t)
	if code := s.run("config", "check"); code != 0 || !strings.Contains(s.out, "every default holds: nothing is wrong") {
		t.Errorf("without a file: %d, %s", code, s.out)
	}
	for toml, want := range map[string]string{
		"":                              "nothing is wrong",
		"\nthem = \"dark\"\n":           "line 2: unknown key them; did you mean theme?",
		"[keys]\nmertic = \"x\"":        "line 2: there is no key called \"mertic\"",
		"[keys]\nmetric = 5":            "line 2: a key's keystrokes are words in quotes",
		"theme = \"dark\"\nmouse=3":     "line 2: mouse is of the kind int64",
		"[profiles.a]\nzone = \"Mars\"": "line 1: profile a: zone Mars is not a time zone",
	} {
		s.configure(toml)
		code := s.run("config", "check")
		if !strings.Contains(s.out, want) || (code == 0) != (want == "nothing is wrong") || code > 1 || s.errs != "" {
			t.Errorf("%q: %d, %s%s", toml, code, s.out, s.errs)
		}
	}
	s.run("config", "print-default")
	s.configure(s.out)
	if code := s.run("config", "check"); code != 0 {
		t.Errorf("the default: %d, %s", code, s.out)
	}
	s.run("config", "path")
	if want := filepath.Join(s.env["HOME"], ".config", "amptui", "config.toml") + "\n"; s.out != want {
		t.Errorf("the path is %s", s.out)
	}
}

func TestTheCacheIsClearedByCommand(t *testing.T) {
	s := newShell(t)
	get := func(k string) string { return s.env[k] }
	answers, _ := config.OpenAnswers(get, time.Now())
	if err := answers.Save("question-99999999999", make([]byte, 3000)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, says string }{
		{"cache", ": 1 file of 3 KiB"}, {"cache clear", ": 1 file of 3 KiB deleted"}, {"cache", ": nothing"}, {"cache clear", ": nothing deleted"},
	} {
		if code := s.run(strings.Fields(c.args)...); code != 0 || !strings.HasSuffix(s.out, c.says+"\n") {
			t.Errorf("%s: %d, %s%s", c.args, code, s.out, s.errs)
		}
	}
}

func TestTheBuildSaysWhereItIsFrom(t *testing.T) {
	info := &debug.BuildInfo{GoVersion: "go1.26.8", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.time", Value: "2026-11-24T12:00:00Z"}, {Key: "vcs.modified", Value: "true"},
	}}
	if got := buildOf(info).String(); !strings.HasPrefix(got, "amptui v1.2.3 · commit 0123456789ab with changes of 24 Nov 2026 · go1.26.8 · ") {
		t.Error(got)
	}
	if got := buildOf(&debug.BuildInfo{}).String(); !strings.HasPrefix(got, "amptui (devel) · go") {
		t.Error(got)
	}
}

// diagnosis is what doctor -o json prints.
type diagnosis struct {
	OK       bool      `json:"ok"`
	Findings []finding `json:"findings"`
}

func (s *shell) diagnose(args ...string) (map[string]finding, int) {
	s.t.Helper()
	code := s.run(append([]string{"doctor", "-o", "json"}, args...)...)
	var got diagnosis
	if err := json.Unmarshal([]byte(s.out), &got); err != nil {
		s.t.Fatalf("%d, %v: %s%s", code, err, s.out, s.errs)
	}
	if got.OK != (code == 0) {
		s.t.Errorf("ok is %v, and the exit code %d", got.OK, code)
	}
	by := map[string]finding{}
	for _, f := range got.Findings {
		by[f.Name] = f
	}
	return by, code
}

func TestTheDoctorFindsWhatIsWrong(t *testing.T) {
	var late time.Duration
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", time.Now().Add(-late).UTC().Format(http.TimeFormat))
		switch key, secret, _ := r.BasicAuth(); {
		case key == "busy":
			w.WriteHeader(http.StatusTooManyRequests)
		case key != "the-key" || secret != "the-secret":
			w.WriteHeader(http.StatusForbidden)
			w.Write([]byte("no: " + key + " " + secret + " " + r.Header.Get("Authorization")))
		default:
			w.Header().Set("Content-Type", "application/json")
			w.Write([]byte(`{"data":[{"value":"A","totals":3}]}`))
		}
	}))
	defer server.Close()
	for name, c := range map[string]struct {
		key, secret string
		late        time.Duration
		code        int
		states      map[string]string
		says        string
	}{
		"well":          {"the-key", "the-secret", 0, 0, map[string]string{"server": fine, "clock": fine, "keys": fine, "keyring": fine}, "lists 1 event type,"},
		"a slow clock":  {"the-key", "the-secret", -10 * time.Minute, 0, map[string]string{"server": fine, "clock": look}, "behind the server's"},
		"a wrong clock": {"the-key", "the-secret", 26 * time.Hour, 1, map[string]string{"server": fine, "clock": bad}, "set the clock"},
		"refused":       {"the-key", "another-secret", 0, 3, map[string]string{"server": bad, "clock": fine, "keys": fine}, "the server refused the key or the secret"},
		"no keys":       {"", "", 0, 3, map[string]string{"server": fine, "clock": fine, "keys": bad}, "wants keys"},
		"half of them":  {"the-key", "", 0, 3, map[string]string{"keys": bad}, "AMPLITUDE_SECRET_KEY is not"},
		"too often":     {"busy", "the-secret", 0, 4, map[string]string{"server": bad}, "rate limit"},
	} {
		t.Run(name, func(t *testing.T) {
			late = c.late
			s := newShell(t)
			s.env["AMPLITUDE_API_KEY"], s.env["AMPLITUDE_SECRET_KEY"], s.env["AMPTUI_BASE_URL"] = c.key, c.secret, server.URL
			got, code := s.diagnose()
			if code != c.code {
				t.Errorf("exit code %d; want %d: %s", code, c.code, s.out)
			}
			for what, state := range c.states {
				if got[what].State != state {
					t.Errorf("%s is %q; want %q: %v", what, got[what].State, state, got[what].Says)
				}
			}
			if !strings.Contains(s.out, c.says) {
				t.Errorf("nothing says %q: %s", c.says, s.out)
			}
			s.run("doctor")
			for _, secret := range []string{"the-secret", "another-secret", "the-key", "dGhlLWtl"} {
				if strings.Contains(s.out+s.errs, secret) {
					t.Errorf("the doctor tells %s: %s%s", secret, s.out, s.errs)
				}
			}
		})
	}
}

func TestTheDoctorNeedsNothingForTheDemo(t *testing.T) {
	s := newShell(t)
	s.env["LANG"], s.env["NO_COLOR"] = "C", "1"
	s.configure("[keys]\nmertic = \"x\"\n")
	got, code := s.diagnose(demoArgs()...)
	if code != 1 || got["configuration"].State != bad || got["signs"].State != look || got["project"].State != fine {
		t.Errorf("%d: %v", code, got)
	}
	if _, ok := got["keyring"]; ok {
		t.Error("the keyring was asked")
	}
	s.configure("")
	if code := s.run(demoArgs("doctor")...); code != 0 || !strings.Contains(s.out, "everything works; 2 things are worth a look") {
		t.Errorf("%d: %s%s", code, s.out, s.errs)
	}
	if at := strings.IndexFunc(s.out, func(r rune) bool { return r > 126 || r == 27 }); at >= 0 {
		t.Errorf("without UTF-8 the doctor prints %q", s.out[at:min(at+20, len(s.out))])
	}
	if code := s.run("doctor", "-o", "csv"); code != exitUsage {
		t.Errorf("-o csv: %d", code)
	}
}

// A picture to look at is of no use where it is folded, and a path where it is cut.
func TestTheDoctorFitsTheTerminal(t *testing.T) {
	s := newShell(t)
	for _, w := range []string{"60", "80", "120"} {
		s.run(demoArgs("doctor", "--width", w)...)
		most, _ := strconv.Atoi(w)
		for _, line := range strings.Split(s.out, "\n") {
			if charts.Width(line) > most {
				t.Errorf("at %s columns %d: %s", w, charts.Width(line), line)
			}
		}
		if path := filepath.Join(s.env["HOME"], ".config"); !strings.Contains(strings.Join(strings.Fields(s.out), ""), path) {
			t.Errorf("at %s columns the path is cut:\n%s", w, s.out)
		}
	}
}
