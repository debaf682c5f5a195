package ui

import (
	"strings"
	"testing"
)

func TestTheNamesOfTheViewsComeBeforeALongProject(t *testing.T) {
	const names = "1 Events 2 Segment 3 Funnel 4 Retention 5 Users 6 Revenue 7"
	story(t, demoServer(), func(d *driver) {
		d.Resize(80, 24)
		header := func() string { line, _, _ := strings.Cut(d.Frame(), "\n"); return strings.TrimSpace(line) }
		d.app.env.Inside = true // there is no budget that could be spent
		for profile, want := range map[string]string{
			"fzf-commits.json.gz":             "fzf-commits · UTC  " + names,
			"visidata-commits.json.gz":        "visidata-co… · UTC " + names,
			"a.json + b.json":                 "a + · UTC  " + names,
			"demo":                            "demo · UTC  " + names,
			strings.Repeat("x", 70) + ".json": "xxxxxxxxxxx… · UTC " + names,
		} {
			d.app.project = Project{Profile: profile}
			if got := header(); got != want {
				t.Errorf("the header of %s is %q, want %q", profile, got, want)
			}
		}
		d.app.project = Project{Profile: "demo"}
		d.Press("X")
		if got, want := header(), "demo · UTC masked  "+names; got != want {
			t.Errorf("with the mask it is %q, want %q", got, want)
		}
		d.Press("X", "7", "down", "enter")
		if got, want := header(), "demo · UTC "+names+" Sessions"; got != want {
			t.Errorf("on a further view it is %q, want %q", got, want)
		}
		d.app.env.Inside = false
		d.Press("1")
		d.Sees("/1k")
	})
}
