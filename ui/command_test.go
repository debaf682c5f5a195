package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"amptui/api/demo"
)

// shell runs command lines as a shell without a terminal would.
type shell struct {
	t    *testing.T
	log  *demo.Log // of --demo, where it was generated before
	env  map[string]string
	in   string
	out  string
	errs string
	wide int // columns of the terminal that is written to; 0 is none
}

func newShell(t *testing.T) *shell {
	t.Helper()
	return &shell{t: t, env: map[string]string{"HOME": t.TempDir(), "TZ": "UTC", "LANG": "C.UTF-8"}}
}

func (s *shell) run(args ...string) int {
	s.t.Helper()
	in, err := os.CreateTemp(s.t.TempDir(), "in")
	if err != nil {
		s.t.Fatal(err)
	}
	defer in.Close()
	if _, err := in.WriteString(s.in); err != nil {
		s.t.Fatal(err)
	}
	if _, err := in.Seek(0, 0); err != nil {
		s.t.Fatal(err)
	}
	var out, errs bytes.Buffer
	log := s.log
	if log == nil && slices.Contains(args, "--demo") && slices.Contains(args, "2026-11-24T14:30:00Z") && !slices.Contains(args, "--demo-seed") {
		log = demoLog() // the same, made once
	}
	p := &program{
		demoLog: log,
		in:      in, out: &out, err: &errs, env: func(k string) string { return s.env[k] },
		terminal: func() (int, int, bool) { return s.wide, 24, s.wide > 0 },
		reading:  func() bool { return false },
	}
	code := p.run(context.Background(), args)
	s.out, s.errs = out.String(), errs.String()
	return code
}

type segmentJSON struct {
	Query  string   `json:"query"`
	Zone   string   `json:"zone"`
	X      []string `json:"x"`
	Series []struct {
		Label      string     `json:"label"`
		Values     []*float64 `json:"values"`
		Total      *float64   `json:"total"`
		Incomplete []bool     `json:"incomplete"`
	} `json:"series"`
}

// The commits of fzf that fix something, by month of 2024 and region: counted
// from the same lines with jq and awk.
func TestFiguresOfARealLogEqualACountByHand(t *testing.T) {
	s := newShell(t)
	code := s.run("--events", "testdata/fixes-2024.json.gz", "segment", "Fix", "--by", "region",
		"--from", "2024-01-01", "--to", "2024-12-31", "--interval", "month", "--zone", "UTC", "-o", "json")
	var got segmentJSON
	if err := json.Unmarshal([]byte(s.out), &got); err != nil || code != 0 {
		t.Fatalf("%d, %v: %s%s", code, err, s.out, s.errs)
	}
	want := map[string][]float64{
		"Americas":          {0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 4},
		"Asia and Oceania":  {1, 1, 3, 2, 2, 2, 1, 1, 1, 1, 2, 1, 7},
		"Europe and Africa": {0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 2, 0, 2},
	}
	for _, series := range got.Series {
		var values []float64
		for _, v := range series.Values {
			values = append(values, *v)
		}
		if values = append(values, *series.Total); !reflect.DeepEqual(values, want[series.Label]) {
			t.Errorf("%s: %v; want %v", series.Label, values, want[series.Label])
		}
		delete(want, series.Label)
	}
	if len(want) > 0 || len(got.X) != 12 || got.X[0] != "2024-01-01" || got.Zone != "UTC" {
		t.Errorf("left %v, x %v, zone %s", want, got.X, got.Zone)
	}
	if got.Query != "segment Fix --by region --from 2024-01-01 --to 2024-12-31 --interval month" {
		t.Errorf("the query is %s", got.Query)
	}
}

func demoArgs(args ...string) []string {
	return append(args, "--demo", "--demo-now", "2026-11-24T14:30:00Z", "--zone", "UTC")
}

func TestEveryFormatPrints(t *testing.T) {
	s := newShell(t)
	for format, want := range map[string]string{
		"json": `"events":[{"name":"Song Played","display":"Song Played","totals":`, "csv": "Song Played,", "md": "| Song Played |",
		"plain": "Song Played\t", "table": "Song Played", "chart": "█",
	} {
		if code := s.run(demoArgs("events", "-o", format)...); code != 0 || !strings.Contains(s.out, want) {
			t.Errorf("events as %s: %d, %.300s%s", format, code, s.out, s.errs)
		}
		if strings.Contains(s.out, "\x1b") {
			t.Errorf("%s has escapes where no terminal is", format)
		}
	}
	s.run(demoArgs("segment", "Song Played", "--by", "platform", "--last", "3d", "-o", "csv")...)
	if lines := strings.Split(strings.TrimSpace(s.out), "\n"); len(lines) != 4 || lines[0] != "day,unfinished,iOS,Android,Web" || !strings.HasPrefix(lines[3], "2026-11-24,*,") {
		t.Errorf("the CSV is\n%s", s.out)
	}
	if !strings.Contains(s.errs, "60% of the day") {
		t.Errorf("the remarks are %s", s.errs)
	}
}

func TestExitCodesAndWhatIsSaid(t *testing.T) {
	s := newShell(t)
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"version"}, 0, ""},
		{[]string{"--version"}, 0, ""},
		{[]string{"-V"}, 0, ""},
		{[]string{"-v"}, 2, "there is no flag -v: did you mean -V, --version?"},
		{[]string{"--versoin"}, 2, "there is no flag --versoin: did you mean --version?"},
		{[]string{"--blah"}, 2, "there is no flag --blah: --help lists those that there are"},
		{demoArgs("segment", "A", "-O", "json"), 2, "there is no flag -O: did you mean -o, --output?"},
		{[]string{"segmnt"}, 2, "did you mean segment?"},
		{[]string{"segment", "A", "--intervl", "day"}, 2, "did you mean --interval?"},
		{[]string{"segment", "A", "--interval", "wek"}, 2, "did you mean week?"},
		{demoArgs("events", "--events", "log.json"), 2, "--demo and --events contradict each other"},
		{demoArgs("events", "--profile", "shop"), 2, "--demo and --profile contradict each other"},
		{[]string{"segment", "A", "--events", "log.json", "--profile", "shop", "-o", "csv"}, 2, "--events and --profile contradict each other"},
		{demoArgs("version", "--profile", "shop"), 0, ""},
		{demoArgs("segment", "A", "--last", "5d", "--last", "6d", "-o", "json"), 2, "--last: it is given twice"},
		{demoArgs("segment", "A", "--complete", "--complete", "-o", "json"), 2, "--complete: it is given twice"},
		{demoArgs("segment", "A", "--last", "7d", "--from", "2026-11-01", "-o", "json"), 2, "contradict each other: drop one"},
		{demoArgs("retention", "--from", "2026-11-01", "--last", "7d", "-o", "json"), 2, "contradict each other: drop one"},
		{demoArgs("funnel", "A", "B", "--to", "2026-11-01", "-o", "json"), 2, "add --from"},
		{demoArgs("segment", "A", "--log", "--fit", "-o", "json"), 2, "drop --log or --fit"},
		{demoArgs("segment", "A", "--metric", "formula", "--formula", "UNIQES(A)", "-o", "json"), 2, "did you mean UNIQUES?"},
		{demoArgs("segment", "Song Played", "--hide", "Nope", "-o", "plain"), 0, "hidden names without a series: Nope"},
		{demoArgs("segment", "A", "--metric", "sums", "-o", "json"), 2, "[by NAME]"},
		{demoArgs("segment", "A", "--from", "2026-03-09", "--to", "2026-03-01", "-o", "json"), 2, "swap"},
		{demoArgs("segment", "No Such Event", "-o", "json"), 1, "there is no event called No Such Event: amptui events lists those of the log"},
		{demoArgs("segment", "Purchas", "-o", "json"), 2, "there is no event called Purchas: did you mean Purchase?"},
		{demoArgs("funnel", "Checkout Started", "Song Palyed", "-o", "json"), 2, `did you mean "Song Played"?`},
		{demoArgs("segment", "sign up", "-o", "json"), 2, `there is no event called sign up: did you mean "Sign Up"?`},
		{demoArgs("funnel", "Purchase", "Sign", "Up", "-o", "json"), 2, `there is no event called Sign: did you mean "Sign Up", with the quotes?`},
		{demoArgs("segment", "Purchase", "--by", "gp:plann", "-o", "json"), 2, "there is no property gp:plann: did you mean gp:plan?"},
		{demoArgs("segment", "Purchase[by genra]", "-o", "json"), 2, "there is no property event:genra: did you mean event:genre?"},
		{demoArgs("segment", "Purchase", "--by", "gp:zzzzzz", "-o", "json"), 1, "the log cannot answer this question (Invalid user property gp:zzzzzz)"},
		{demoArgs("retention", "_nwe", "_active", "-o", "json"), 2, "did you mean _new?"},
		{demoArgs("segment", "Purchase[by genre", "-o", "json"), 2, "the bracket in [by genre is not closed: add a ]"},
		{demoArgs("segment", "Purchase[bi genre]", "-o", "json"), 2, "did you mean [by genre]?"},
		{demoArgs("segment", "Purchase[event:source iz push]", "-o", "json"), 2, "iz is not an operator: did you mean is?"},
		{demoArgs("segment", "Purchase", "--where", "cohrt is 5", "-o", "json"), 2, "did you mean cohort?"},
		{demoArgs("segment", "Purchase", "--where", "contry is X", "-o", "json"), 2, "did you mean country?"},
		{demoArgs("segment", "Purchase", "--where", "country iss X", "-o", "json"), 2, "did you mean is?"},
		{demoArgs("segment", "Purchase", "--segment", "platform is iOS; contry is X", "-o", "json"), 2, "did you mean country?"},
		{demoArgs("segment", "Purchase", "--by", "platform,country", "-o", "json"), 2, "--by: each property has a flag of its own: write --by platform --by country"},
		{demoArgs("funnel", "Purchase", "Search", "--by", "platform,gp:plan", "-o", "json"), 2, "--by: groups are by one property here, not by 2: leave one of platform, gp:plan"},
		{demoArgs("segment", "Purchase", "--by", "platform,", "-o", "json"), 2, "more than one property"},
		{[]string{"keys", "fnnel"}, 1, "no key is called so, or does that: did you mean funnel?"},
		{[]string{"keys", "zzzzzz"}, 1, "no key is called so, or does that"},
		{demoArgs("segment", "Purchase", "--vs", "previous", "-o", "json"), 2, "previous is not understood: write prev"},
		{demoArgs("segment", "Purchase", "--limit", "many", "-o", "json"), 2, "--limit: many is not a whole number"},
		{demoArgs("segment", "Purchase", "--limit", "5", "--limit", "6", "-o", "json"), 2, "--limit: it is given twice"},
		{demoArgs("segment", "Purchase", "--last", "30q", "-o", "json"), 2, "30q is not a length of time: write 48h, 30d, 12w or 6mo"},
		{demoArgs("segment", "Purchase", "--from", "last munday", "-o", "json"), 2, "last munday is not a date: write 2026-03-01"},
		{demoArgs("segment", "Purchase", "--watch", "15", "-o", "json"), 2, "--watch: 15 is not a length of time, as in 15m"},
		{demoArgs("revenue", "--interval", "dya", "-o", "json"), 2, "did you mean day?"},
		{demoArgs("events", "-o", "xml"), 2, "output format"},
		{[]string{"events", "-o", "json"}, 3, "amptui login"},
		{[]string{"--demo", "--zone", "Mars/Base", "events", "-o", "json"}, 2, "not a time zone"},
		{[]string{"--events", "/no/such/file", "events", "-o", "json"}, 1, "cannot be opened"},
		{[]string{"--demo", "--demo-now", "soon", "events", "-o", "json"}, 2, "is not a time"},
		{demoArgs("events", "-o", "plain", "--theme", "drak"), 2, "did you mean dark?"},
		{[]string{}, 2, "needs a terminal"},
	} {
		if code := s.run(c.args...); code != c.code || !strings.Contains(s.errs, c.says) {
			t.Errorf("%v: %d, %q; want %d and %q", c.args, code, s.errs, c.code, c.says)
		}
	}
}

func TestLoginChecksStoresAndForgets(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if key, secret, _ := r.BasicAuth(); key != "the-key" || secret != "the-secret" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"data":[{"value":"A","totals":3}]}`))
	}))
	defer server.Close()
	s := newShell(t)
	s.in = "the-key\nwrong-secret\n"
	login := []string{"login", "--secret-stdin", "--insecure-storage", "--region", server.URL}
	if code := s.run(login...); code != 3 || !strings.Contains(s.errs, "refused") {
		t.Fatalf("wrong keys: %d, %s", code, s.errs)
	}
	s.in = "the-key\nthe-secret\n"
	if code := s.run(login...); code != 0 || !strings.Contains(s.out, "only you can read") {
		t.Fatalf("login: %d, %s%s", code, s.out, s.errs)
	}
	if code := s.run("events", "-o", "plain"); code != 0 || !strings.Contains(s.out, "A\t3") {
		t.Errorf("after login: %d, %s%s", code, s.out, s.errs)
	}
	if code := s.run("profiles"); code != 0 || !strings.Contains(s.out, "● default") {
		t.Errorf("profiles: %d, %s%s", code, s.out, s.errs)
	}
	if code := s.run("logout"); code != 0 {
		t.Errorf("logout: %d, %s", code, s.errs)
	}
	if code := s.run("events", "-o", "plain"); code != 3 {
		t.Errorf("after logout: %d, %s%s", code, s.out, s.errs)
	}
	err := filepath.WalkDir(s.env["HOME"], func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if strings.Contains(string(b), "the-secret") {
			t.Errorf("%s still holds the secret", path)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestNoCellOfAnExportStartsAFormula(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log.json")
	line := `{"event_type":"=cmd|' /C calc'!A0","event_time":"2026-11-24 10:00:00.000000","amplitude_id":1}` + "\n"
	if err := os.WriteFile(log, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newShell(t)
	if code := s.run("--events", log, "events", "-o", "csv"); code != 0 || strings.Contains(s.out, "\n=") || !strings.Contains(s.out, "'=cmd") {
		t.Errorf("%d: %s%s", code, s.out, s.errs)
	}
}
