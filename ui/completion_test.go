package ui

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"amptui/config"
)

// offered is what a shell would complete.
func (s *shell) offered(args ...string) []string {
	s.t.Helper()
	if code := s.run(append([]string{"__complete"}, args...)...); code != 0 {
		s.t.Fatalf("%v: %d, %s", args, code, s.errs)
	}
	lines := strings.Split(strings.TrimSpace(s.out), "\n")
	return lines[:len(lines)-1]
}

func TestTheShellCompletesWhatIsKnownWithoutTheNetwork(t *testing.T) {
	s := newShell(t)
	get := func(k string) string { return s.env[k] }
	s.configure("[profiles.shop]\nmask_shows = [\"gp:plan\"]\nbase_url = \"https://example.invalid\"\n")
	seen := config.Visits{Last: config.Visit{Totals: map[string]float64{"Order Placed": 3, "odd\x1bname": 1, " odd": 1}, Names: []string{"Cart [old]"}}}
	if err := config.SaveVisits(config.Profile{Name: "shop"}, seen, get); err != nil {
		t.Fatal(err)
	}
	if err := config.SaveQuery("weekly", `segment "Order Placed[by event:coupon]" --by gp:tier`, false, get); err != nil {
		t.Fatal(err)
	}
	demo := demoArgs()
	for _, c := range []struct {
		args []string
		want []string
	}{
		{append(demo, "segment", "Song P"), []string{"Song Played"}},
		{append(demo, "funnel", "Sign Up", "Sign Up"), []string{"Sign Up Started"}},
		{append(demo, "users", "--only", "Payment"), []string{"Payment Failed", "Payment Submitted"}},
		{append(demo, "segment", "Purchase", "--by", "gp:pl"), []string{"gp:plan"}},
		{append(demo, "segment", "Purchase", "--where", "event:gen"), []string{"event:genre"}},
		{[]string{"--profile", "shop", "segment", "O"}, []string{"Order Placed"}},
		{[]string{"--profile", "shop", "retention", "C"}, []string{`Cart \[old]`}},
		{[]string{"--profile", "shop", "segment", "odd"}, nil},
		{[]string{"--profile", "shop", "segment", " "}, nil},
		{[]string{"--profile", "s"}, []string{"shop"}},
		{[]string{"--profile", "shop", "segment", "--by", "gp"}, []string{"gp:tier", "gp:plan"}},
		{[]string{"segment", "--by", "event"}, []string{"event:coupon"}},
		{[]string{"funnel", "--where", "plat"}, []string{"platform"}},
		{[]string{"segment", "--metric", "value"}, []string{"value_avg"}},
		{[]string{"revenue", "--interval", ""}, []string{"day", "week", "month"}},
		{[]string{"open", ""}, []string{"weekly"}},
		{append(demo, "board", ""), []string{"morning"}},
		{[]string{"events", "-o", "c"}, []string{"chart", "csv"}},
		{[]string{"users", ""}, nil},
		{[]string{"keys", "metr"}, []string{"metric"}},
		{[]string{"conf"}, []string{"config\tFind, write and check the configuration"}},
		{[]string{"completion", "f"}, []string{"fish"}},
	} {
		got, want := s.offered(c.args...), slices.Clone(c.want)
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q; want %q", c.args, got, want)
		}
	}
}

func TestTheCompletionsAreWhatShellsRead(t *testing.T) {
	s := newShell(t)
	for _, shell := range []string{"bash", "zsh", "fish", "powershell"} {
		if code := s.run("completion", shell); code != 0 || !strings.Contains(s.out, "amptui") || s.errs != "" {
			t.Errorf("%s: %d, %s", shell, code, s.errs)
		}
		for _, run := range []string{"Invoke-Expression", "iex ", "eval "} {
			if strings.Contains(s.out, run) {
				t.Errorf("%s runs what stands in the line: %s", shell, run)
			}
		}
		path, err := exec.LookPath(strings.Replace(shell, "powershell", "pwsh", 1))
		if err != nil {
			continue
		}
		file := filepath.Join(t.TempDir(), "script.ps1")
		if err := os.WriteFile(file, []byte(s.out), 0o600); err != nil {
			t.Fatal(err)
		}
		check := exec.Command(path, "-n", file)
		if shell == "powershell" {
			check = exec.Command(path, "-NoProfile", "-NonInteractive", "-Command",
				"$wrong = $null; [void][System.Management.Automation.Language.Parser]::ParseFile('"+file+"', [ref]$null, [ref]$wrong); $wrong; exit $wrong.Count")
		}
		if out, err := check.CombinedOutput(); err != nil {
			t.Errorf("%s: %v, %s", shell, err, out)
		}
	}
	if code := s.run("completion", "bsh"); code != exitUsage || !strings.Contains(s.errs, "did you mean bash?") {
		t.Errorf("%d, %s", code, s.errs)
	}
	if code := s.run("completion"); code != exitUsage {
		t.Errorf("without a shell: %d", code)
	}
}

func TestTheManualHasAPageOfEveryCommand(t *testing.T) {
	s := newShell(t)
	dir := t.TempDir()
	if code := s.run("man", dir); code != 0 {
		t.Fatal(s.errs)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.1"))
	if err != nil || len(files) < 20 {
		t.Fatalf("%v, %v", files, err)
	}
	request := regexp.MustCompile(`^\.(TH|SH|PP|TP|nf|fi)\b`)
	for _, file := range files {
		page, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(string(page), "\n") {
			if strings.HasPrefix(line, "'") || strings.HasPrefix(line, ".") && !request.MatchString(line) {
				t.Errorf("%s:%d is taken for a request: %s", filepath.Base(file), i+1, line)
			}
		}
	}
	for name, want := range map[string]string{
		"amptui.1":         `amptui \- explore a product\-analytics project`,
		"amptui-segment.1": `\fB\-\-metric WORD\fR`,
	} {
		if page, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(page), want) {
			t.Errorf("%s lacks %s: %v", name, want, err)
		}
	}
}
