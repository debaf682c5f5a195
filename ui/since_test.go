package ui

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// tenDays is a log of an event a day from 10 March on, without the 14th: a day without
// events is one of the record, and 0.
func tenDays(t *testing.T) (file string) {
	t.Helper()
	var log strings.Builder
	for day := range 10 {
		at := time.Date(2026, 3, 10+day, 9, 0, 0, 0, time.UTC)
		if day != 4 {
			fmt.Fprintf(&log, `{"event_type":"Buy","event_time":%q,"user_id":"u%d","amplitude_id":%d,"session_id":%d,"uuid":"%d"}`+"\n", at.Format("2006-01-02 15:04:05.000000"), day, day+1, at.UnixMilli(), day)
		}
	}
	file = filepath.Join(t.TempDir(), "log.json")
	if err := os.WriteFile(file, []byte(log.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// A log says nothing of the time before its first event. What is counted of that is
// missing in every form, and it is said since when there is a record.
func TestWhatIsBeforeALogIsMissing(t *testing.T) {
	file := tenDays(t)
	s := newShell(t)
	asked := func(args ...string) string {
		t.Helper()
		if code := s.run(append(args, "--events", file, "--zone", "UTC", "--demo-now", "2026-03-20T12:00:00Z")...); code != 0 {
			t.Fatalf("%v: %d, %s", args, code, s.errs)
		}
		return s.out
	}
	for _, view := range [][]string{{"segment", "Buy"}, {"active"}, {"sessions", "--measure", "average"}} {
		out := asked(append(view, "--from", "2026-03-07", "--to", "2026-03-20", "-o", "json")...)
		var doc struct {
			Notes  []string
			Series []struct{ Values []*float64 }
		}
		if err := json.Unmarshal([]byte(out), &doc); err != nil || len(doc.Series) != 1 {
			t.Fatalf("%v: %v\n%s", view, err, out)
		}
		v := doc.Series[0].Values
		if v[0] != nil || v[2] != nil || v[3] == nil || v[7] == nil || *v[7] != 0 {
			t.Errorf("%v: 7 to 20 March are %s", view, out)
		}
		if !slices.Contains(doc.Notes, "nothing was recorded before 10 Mar 2026") {
			t.Errorf("%v: %q", view, doc.Notes)
		}
	}
	table := asked("segment", "Buy", "--from", "2026-03-14", "--to", "2026-03-20", "--vs", "prev", "-o", "table")
	for _, part := range []string{"2026-03-14 0 –", "2026-03-16 1 –", "2026-03-17 1 1"} {
		if !strings.Contains(strings.Join(strings.Fields(table), " "), part) {
			t.Errorf("%q is not in\n%s", part, table)
		}
	}
	if !strings.Contains(s.errs, "the period before is recorded from 10 Mar 2026 on") {
		t.Errorf("said is %s", s.errs)
	}
	if out := asked("retention", "--from", "2026-03-08", "--to", "2026-03-12", "-o", "csv"); !strings.Contains(out, "\n2026-03-09,,0,,,,") || !strings.Contains(out, "\n2026-03-10,1,0,1,1,1,") {
		t.Errorf("cohorts are\n%s", out)
	}
	if out := asked("revenue", "--from", "2026-02-23", "--to", "2026-03-15", "-o", "csv"); !strings.Contains(out, "\n2026-03-02,,,,1,,") || strings.Contains(out, "\n2026-03-02,0") {
		t.Errorf("cohorts are\n%s", out)
	}
	if out := asked("funnel", "Buy", "Buy", "--from", "2026-03-08", "--to", "2026-03-12", "-o", "json"); !strings.Contains(out, `{"date":"2026-03-09","counts":[null,null]`) {
		t.Errorf("days are\n%s", out)
	}
	for _, check := range []string{"total drop > 1%", "total rise > 1%"} {
		if code := s.run("segment", "Buy", "--from", "2026-03-14", "--to", "2026-03-19", "--vs", "prev", "--fail-if", check, "--events", file, "--zone", "UTC", "--demo-now", "2026-03-20T12:00:00Z"); code != 1 {
			t.Errorf("%s against a period that is recorded in part: %d, %s", check, code, s.errs)
		}
	}
}
