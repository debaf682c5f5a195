package ui

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

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
			{"tsv", "\t"},
			{"json", `"query":"segment Purchase --by platform --last 14d"`},
			{"chart as text", "┤"},
			{"table as text", "2026-11-24"},
			{"query line", "segment Purchase --by platform --last 14d"},
			{"shell command", "amptui segment Purchase"},
			{"curl", `curl -s -u "$AMPLITUDE_API_KEY:$AMPLITUDE_SECRET_KEY"`},
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
