package demo

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// answers asks a server one question of every kind and gives all bodies.
func answers(t *testing.T, s *Server, start, end, event string) string {
	t.Helper()
	arg := `{"event_type":"` + event + `"}`
	var out strings.Builder
	for _, q := range []struct {
		path string
		v    []string
	}{
		{"/api/2/events/list", nil},
		{segmentationPath, []string{"e", `{"event_type":"_active"}`}},
		{segmentationPath, []string{"e", `{"event_type":"_all"}`, "m", "totals", "g", "platform"}},
		{segmentationPath, []string{"e", arg, "m", "pct_dau", "i", "7"}},
		{funnelPath, []string{"e", arg, "e", `{"event_type":"_active"}`, "e", `{"event_type":"_all"}`, "g", "platform"}},
		{funnelPath, []string{"e", arg, "e", `{"event_type":"_all"}`, "mode", "sequential"}},
		{"/api/2/retention", []string{"se", `{"event_type":"_new"}`, "re", `{"event_type":"_active"}`}},
		{"/api/2/revenue/ltv", []string{"m", "0", "g", "platform"}},
		{"/api/2/revenue/day", []string{"m", "arpu"}},
		{"/api/2/users", []string{"m", "new", "g", "platform"}},
		{"/api/2/usersearch", []string{"user", "u"}},
		{"/api/2/useractivity", []string{"user", "10001", "limit", "40"}},
	} {
		v := params(q.v...)
		v.Set("start", start)
		v.Set("end", end)
		code, body := status(s, q.path, v)
		if code != 200 {
			t.Fatalf("%s?%s: %d %s", q.path, v.Encode(), code, body)
		}
		fmt.Fprintln(&out, q.path, body)
	}
	return out.String()
}

// apart shows where two texts begin to differ.
func apart(a, b string) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	from := max(0, i-80)
	return fmt.Sprintf("…%s\nwas …%s", b[from:min(len(b), i+80)], a[from:min(len(a), i+80)])
}

func written(t *testing.T, l *Log) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := l.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWhatIsExportedIsReadAgain(t *testing.T) {
	for seed := range uint64(3) {
		s, _ := smallLog(t, seed)
		again, report, err := Read("again", bytes.NewReader(written(t, s.Log)))
		if err != nil || report.Events != 400 || report.Bad != 0 || report.Double != 0 {
			t.Fatalf("%+v, %v", report, err)
		}
		other := &Server{Log: again, Now: s.Now, Zone: s.Zone}
		if a, b := answers(t, s, "20260322", "20260331", "A"), answers(t, other, "20260322", "20260331", "A"); a != b {
			t.Errorf("seed %d: exported and read again: %s", seed, apart(a, b))
		}
	}
}

// TestTheStoreIsReadAgain has hidden and inactive events, which exports have no
// word for.
func TestTheStoreIsReadAgain(t *testing.T) {
	l := generate(1, storeNow(), 300)
	again, _, err := Read("store", bytes.NewReader(written(t, l)))
	if err != nil {
		t.Fatal(err)
	}
	s, other := &Server{Log: l, Now: storeNow, Zone: time.UTC}, &Server{Log: again, Now: storeNow, Zone: time.UTC}
	if a, b := answers(t, s, "20261001", "20261124", "Song Played"), answers(t, other, "20261001", "20261124", "Song Played"); a != b {
		t.Error("the store answers otherwise after an export: " + apart(a, b))
	}
}

func TestTheOrderOfTheInputDoesNotMatter(t *testing.T) {
	s, _ := smallLog(t, 5)
	lines := strings.Split(strings.TrimSpace(string(written(t, s.Log))), "\n")
	// Events of the same moment, without any id, one of them from another device.
	for _, kind := range []string{"A", "B", "C", "A", "B"} {
		lines = append(lines, fmt.Sprintf(`{"event_type":%q,"event_time":"2026-03-25 10:00:00.000000","amplitude_id":10001,"user_id":"u1","device_id":"d%s","platform":"iOS","event_properties":{"n":1,"x":%d}}`, kind, kind, len(lines)))
	}
	want := ""
	for round := range uint64(6) {
		r := rand.New(rand.NewPCG(round, 1))
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		log, report, err := Read("again", strings.NewReader(strings.Join(append(lines, lines[0], "no event", `{"a":1}`), "\n")))
		if err != nil || report.Bad != 2 || report.Events+report.Double != 406 {
			t.Fatalf("%+v, %v", report, err)
		}
		got := answers(t, &Server{Log: log, Now: s.Now, Zone: s.Zone}, "20260322", "20260331", "A")
		if lines[0] == "" || strings.Contains(lines[0], `"x":`) {
			continue // the line that is there twice has no id, so that it counts twice
		}
		if want == "" {
			want = got
		}
		if got != want {
			t.Fatal("shuffled: " + apart(want, got))
		}
	}
	if want == "" {
		t.Error("no round had a line with an id twice")
	}
}

func TestEventsThatAreThereTwiceCountOnce(t *testing.T) {
	lines := []string{
		`{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":1,"$insert_id":"x","uuid":"1"}`,
		`{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":1,"$insert_id":"x","uuid":"2"}`, // sent again
		`{"event_type":"A","event_time":"2026-03-22 10:00:01","amplitude_id":2,"$insert_id":"x","uuid":"3"}`, // of somebody else
		`{"event_type":"A","event_time":"2026-03-22 10:00:02","amplitude_id":1,"uuid":"4"}`,
		`{"event_type":"A","event_time":"2026-03-22 10:00:02","amplitude_id":1,"uuid":"4"}`, // there twice
		`{"event_type":"A","event_time":"2026-03-22 10:00:02","amplitude_id":1}`,
		`{"event_type":"A","event_time":"2026-03-22 10:00:02","amplitude_id":1}`, // nobody knows
	}
	l, report, err := Read("x", strings.NewReader(strings.Join(lines, "\n")))
	if err != nil || report.Events != 5 || report.Double != 2 || l.Len() != 5 {
		t.Errorf("%+v, %d in the log, %v", report, l.Len(), err)
	}
	if got := report.Lines(); len(got) != 1 || got[0] != "2 events were there twice and count once" {
		t.Errorf("%q", got)
	}
}

func TestOddFieldsLeaveTheEvent(t *testing.T) {
	for name, line := range map[string]string{
		"numbers for ids":    `{"event_type":"A","event_time":"2026-03-22 10:00:00.123456","amplitude_id":"77","user_id":5,"device_id":6,"session_id":"9"}`,
		"nulls":              `{"event_type":"A","event_time":"2026-03-22 10:00:00.123456","amplitude_id":77,"user_id":null,"session_id":null,"event_properties":null,"user_properties":null,"data":null,"platform":null}`,
		"no objects":         `{"event_type":"A","event_time":"2026-03-22 10:00:00.123456","amplitude_id":77,"event_properties":[],"user_properties":"x","data":7,"platform":{"a":1}}`,
		"ISO time":           `{"event_type":"A","event_time":"2026-03-22T11:00:00.123456+01:00","amplitude_id":77}`,
		"other keys":         `{"amplitude_id":77,"z":[{"event_type":"B"}],"event_type":"A","Event_Type":"C","EVENT_TIME":"x","event_time":"2026-03-22 10:00:00.123456"}`,
		"blanks":             "\t{ \"event_type\" : \"A\" ,\r \"event_time\" : \"2026-03-22 10:00:00.123456\" , \"amplitude_id\" : 77 , \"event_properties\" : { } } \r",
		"escapes":            `{"event_type":"\u0041","event_time":"2026-03-22 10:00:00.123456","amplitude_id":77,"event_properties":{"k\"}":"{\"event_type\":1}\\"}}`,
		"byte order mark":    "\xef\xbb\xbf" + `{"event_type":"A","event_time":"2026-03-22 10:00:00.123456","amplitude_id":77}`,
		"a key there twice":  `{"event_type":"B","event_time":"2026-03-22 10:00:00.123456","amplitude_id":77,"event_type":"A"}`,
		"a nested amplitude": `{"event_type":"A","event_properties":{"amplitude_id":1,"event_time":"x"},"event_time":"2026-03-22 10:00:00.123456","amplitude_id":77}`,
	} {
		l, report, err := Read("x", strings.NewReader(line))
		if err != nil {
			t.Errorf("%s: %v, %+v", name, err, report)
			continue
		}
		if l.names[l.kinds[0]] != "A" || l.times[0] != time.Date(2026, 3, 22, 10, 0, 0, 123456000, time.UTC).UnixMicro() || l.people[l.users[0]].amplitude != 77 {
			t.Errorf("%s: %v %v %+v", name, l.names, l.times, l.people)
		}
	}
}

func TestValuesAreReadAsTheyAreMeant(t *testing.T) {
	l := logOf(t, event("A", "2026-03-22 10:00:00", "1",
		`{"s":"a\u00e9\n","i":12345678901234567890,"f":1.50,"e":1e3,"b":true,"n":null,"l":[1, "x"],"o":{"a": {}},"":0,"huge":1e999}`))
	got := map[string]string{}
	for _, p := range l.sets[l.own[0]] {
		v := l.values[p.value]
		got[l.keys[p.key]] = fmt.Sprint(v.text, v.kind)
	}
	want := map[string]string{
		"event:s": "aé\n0", "event:i": "123456789012345678901", "event:f": "1.51", "event:e": "10001", "event:b": "true2",
		"event:l": `[1,"x"]3`, "event:o": `{"a":{}}3`, "event:": "01", "event:huge": "1e9990",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v\nwant %v", got, want)
	}
}

func TestLinesThatAreNoEventsAreNamed(t *testing.T) {
	good := `{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":1}`
	lines := []string{good, "", "no JSON", `[1]`, `{"event_type":""}`, `{"event_type":"A","event_time":"yesterday"}`, good + "x", `{"event_type":"\xff`, "null"}
	_, report, err := Read("a\x1b[31m.json", strings.NewReader(strings.Join(lines, "\n")))
	if err != nil || report.Events != 1 || report.Bad != 7 {
		t.Fatalf("%+v, %v", report, err)
	}
	want := []string{
		"a.json:3 is no JSON object of an event", "a.json:4 is a JSON array: each line must be one event (jq -c '.[]' writes an array so)", "a.json:5 has no event_type",
	}
	for i := range want {
		if got := report.Samples[i]; !strings.HasSuffix(got, want[i][strings.Index(want[i], ":"):]) || strings.Contains(got, "\x1b") {
			t.Errorf("%q; want %q", got, want[i])
		}
	}
	if len(report.Samples) != 3 {
		t.Errorf("%d samples", len(report.Samples))
	}
}

func TestALineTooLongIsNoEvent(t *testing.T) {
	good := `{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":1}`
	long := `{"event_type":"` + strings.Repeat("x", mostLine) + `"}`
	_, report, err := Read("x", strings.NewReader(good+"\n"+long+"\n"+good))
	if err != nil || report.Bad != 1 || report.Events != 2 || !strings.Contains(report.Samples[0], "x:2 is longer than 16 MiB") {
		t.Errorf("%+v, %v", report, err)
	}
}

func zipped(t *testing.T, b []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if _, err := z.Write(b); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func archived(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, b := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(b); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestFilesOfEveryKindAreOneProject(t *testing.T) {
	dir := t.TempDir()
	line := func(i int) []byte {
		return []byte(event("A", "2026-03-22 10:00:00", fmt.Sprint(i), `{}`) + "\n")
	}
	var paths []string
	for name, b := range map[string][]byte{
		"plain.json": line(1), "gzip.json.gz": zipped(t, line(2)),
		"export.zip": archived(t, map[string][]byte{
			"123/123_2026-03-22_10#0.json.gz": zipped(t, line(3)), "123/plain.json": line(4),
			"__MACOSX/._x": []byte("junk"), "inner.zip": archived(t, map[string][]byte{"x": line(5)}),
		}),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	l, report, err := Open(t.Context(), paths, func(Progress) {})
	if err != nil || l.Len() != 4 || report.Events != 4 || report.Bad == 0 {
		t.Errorf("%d events, %+v, %v", l.Len(), report, err)
	}
}

func TestFilesWithoutEventsAreAClearError(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := zipped(t, []byte(event("A", "2026-03-22 10:00:00", "1", `{}`)))
	for path, want := range map[string]string{
		write("empty", nil):                          "there is no event in these files: a line of JSON with event_type and event_time is one, as the Amplitude Export API writes it (no lines)",
		write("csv", []byte("a,b\n1,2\n")):           "there is no event in these files: a line of JSON with event_type and event_time is one, as the Amplitude Export API writes it (csv:1 is no JSON object of an event)",
		write("short.gz", good[:len(good)-6]):        "cannot be read: it ends in the middle",
		write("broken.zip", []byte("PK\x03\x04zip")): "cannot be read: zip: not a valid zip file",
		filepath.Join(dir, "missing"):                "cannot be opened: no such file or directory",
		dir:                                          "cannot be read",
	} {
		if _, _, err := Open(t.Context(), []string{path}, func(Progress) {}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v; want %s", path, err, want)
		}
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("no room") }

func TestAnExportThatCannotBeWrittenIsAnError(t *testing.T) {
	s, _ := smallLog(t, 1)
	if err := s.Log.Write(brokenWriter{}); err == nil || err.Error() != "no room" {
		t.Errorf("%v", err)
	}
}

// TestExportedEventsHaveTheLiveKeys compares with lines that the live API
// exported.
func TestExportedEventsHaveTheLiveKeys(t *testing.T) {
	b, err := os.ReadFile("../testdata/export-lines-recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	var live []map[string]any
	if err := json.Unmarshal(b, &live); err != nil {
		t.Fatal(err)
	}
	var ours map[string]any
	if err := json.Unmarshal(store().appendEvent(nil, 0), &ours); err != nil {
		t.Fatal(err)
	}
	for key, value := range live[0] {
		mine, ok := ours[key]
		if !ok || mine != nil && value != nil && fmt.Sprintf("%T", mine) != fmt.Sprintf("%T", value) {
			t.Errorf("%s is %T; live it is %T", key, mine, value)
		}
	}
}

// TestFixesByRegionAreAsCountedByHand holds figures that were counted from the
// log of the commits of a program with a few lines of Python.
func TestFixesByRegionAreAsCountedByHand(t *testing.T) {
	l, report, err := Open(t.Context(), []string{"testdata/fixes.json.gz"}, func(Progress) {})
	if err != nil || report.Bad != 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	s := &Server{Log: l, Now: l.Last, Zone: time.UTC}
	for metric, want := range map[string]map[string][]float64{
		"totals": {
			"Americas":          {0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 4},
			"Asia and Oceania":  {3, 4, 12, 7, 14, 13, 4, 7, 1, 3, 6, 3, 77},
			"Europe and Africa": {0, 0, 0, 1, 0, 1, 2, 0, 0, 1, 4, 0, 9},
		},
		"uniques": {
			"Americas":          {0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 4},
			"Asia and Oceania":  {1, 1, 3, 2, 2, 2, 1, 1, 1, 1, 2, 1, 7},
			"Europe and Africa": {0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 2, 0, 2},
		},
	} {
		v := url.Values{"e": {`{"event_type":"Fix"}`}, "start": {"20240101"}, "end": {"20241231"}, "i": {"30"}, "g": {"region"}, "m": {metric}}
		var got segAnswer
		ask(t, s, segmentationPath, v, &got)
		if len(got.Data.Series) != len(want) {
			t.Errorf("%s: %v", metric, got.Data.Labels)
		}
		for i, label := range got.Data.Labels {
			region := label.([]any)[1].(string)
			if row := append(slices.Clone(got.Data.Series[i]), got.total(i)); !slices.Equal(row, want[region]) {
				t.Errorf("%s of %s: %v; want %v", metric, region, row, want[region])
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"event_type":"A","event_time":"2026-03-01 12:00:00.000000","amplitude_id":1}` + "\n"))
	f.Add([]byte(`{"event_type":"A","event_time":"2026-03-01 12:00:00","user_id":"\ud800","event_properties":{"a":[1,{"b":"\\\"}"}],"c":1e9}}` + "\n{"))
	f.Add([]byte("\x1f\x8b\x08"))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		l, report, err := Read("x", bytes.NewReader(b))
		if err != nil {
			return
		}
		if l.Len() != report.Events || report.Events == 0 {
			t.Errorf("%d events in the log, %+v", l.Len(), report)
		}
		again, second, err := Read("x", bytes.NewReader(written(t, l)))
		if err != nil || second.Bad != 0 || again.Len() != l.Len() {
			t.Errorf("written and read again %+v, %v", second, err)
		}
	})
}

func TestReadingTellsHowFarItIs(t *testing.T) {
	lines := bytes.Repeat([]byte(`{"event_type":"A","event_time":"2026-03-01 12:00:00","amplitude_id":1}`+"\n"), 5000)
	dir := t.TempDir()
	for name, b := range map[string][]byte{"plain": lines, "gzip": zipped(t, lines), "zip": archived(t, map[string][]byte{"a": lines, "b": zipped(t, lines)})} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		var told []Progress
		l, _, err := Open(t.Context(), []string{path}, func(p Progress) { told = append(told, p) })
		if err != nil || len(told) < 4 {
			t.Fatalf("%s: %d times told, %v", name, len(told), err)
		}
		before := Progress{}
		for _, p := range told {
			if p.Size != int64(len(b)) || p.Read < before.Read || p.Read > p.Size+8192 || p.Events < before.Events || p.Events == before.Events && !p.Ordering || p.Events > l.Len() {
				t.Errorf("%s: %+v behind %+v of %d bytes", name, p, before, len(b))
			}
			before = p
		}
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x")
	line := `{"event_type":"A","event_time":"2026-03-01 12:00:00","amplitude_id":1}` + "\n"
	if err := os.WriteFile(path, []byte(strings.Repeat(line, 50000)), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	told := 0
	_, _, err := Open(ctx, []string{path}, func(Progress) { told++; stop() })
	if !errors.Is(err, context.Canceled) || told != 1 {
		t.Errorf("told %d times, %v", told, err)
	}
}
