package demo

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"amptui/api/text"
)

// mostLine bounds a line of an event file.
const mostLine = 16 << 20

// Report is what reading event files has found besides events.
type Report struct {
	Events  int
	Double  int // events that were there before, by $insert_id
	Bad     int // lines that are no events
	Samples []string
}

// Lines says in words what was left out.
func (r Report) Lines() []string {
	var out []string
	if r.Bad > 0 {
		out = append(out, fmt.Sprintf("%d of %d lines are no events: %s", r.Bad, r.Events+r.Bad+r.Double, strings.Join(r.Samples, "; ")))
	}
	if r.Double > 0 {
		out = append(out, fmt.Sprintf("%d events were there twice and count once", r.Double))
	}
	return out
}

// Open reads event files as one project. A line that is no event is counted and
// named in the report; files without any event are an error.
func Open(paths []string) (*Log, Report, error) {
	b := newBuilder()
	var report Report
	for _, path := range paths {
		f, err := os.Open(path)
		if err != nil {
			return nil, report, fmt.Errorf("the event file %s cannot be opened: %s", text.Clean(path), cause(err))
		}
		err = b.file(filepath.Base(path), f, &report)
		f.Close()
		if err != nil {
			return nil, report, fmt.Errorf("the event file %s cannot be read: %s", text.Clean(path), text.Clean(err.Error()))
		}
	}
	return b.finish(report)
}

// Read reads one event file.
func Read(name string, r io.Reader) (*Log, Report, error) {
	b := newBuilder()
	var report Report
	if err := b.file(name, r, &report); err != nil {
		return nil, report, fmt.Errorf("the event file %s cannot be read: %s", text.Clean(name), text.Clean(err.Error()))
	}
	return b.finish(report)
}

func (b *builder) finish(report Report) (*Log, Report, error) {
	if report.Events == 0 {
		return nil, report, fmt.Errorf("there is no event in these files: a line of JSON with event_type and event_time is one, as the Amplitude Export API writes it (%s)", strings.Join(append(report.Samples, "no lines")[:1], ""))
	}
	return b.done(), report, nil
}

func cause(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return text.Clean(p.Err.Error())
	}
	return text.Clean(err.Error())
}

// file reads JSON lines, plain or gzip, or a zip of such files.
func (b *builder) file(name string, r io.Reader, report *Report) error {
	buffered := bufio.NewReaderSize(r, 1<<16)
	head, _ := buffered.Peek(4)
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(buffered)
		if err != nil {
			return err
		}
		return b.lines(name, z, report)
	case bytes.HasPrefix(head, []byte("PK")):
		return b.archive(buffered, report)
	}
	return b.lines(name, buffered, report)
}

func (b *builder) archive(r io.Reader, report *Report) error {
	all, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	z, err := zip.NewReader(bytes.NewReader(all), int64(len(all)))
	if err != nil {
		return err
	}
	for _, f := range z.File {
		if f.FileInfo().IsDir() {
			continue
		}
		in, err := f.Open()
		if err != nil {
			return err
		}
		err = b.file(filepath.Base(f.Name), in, report)
		in.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) lines(name string, r io.Reader, report *Report) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<16), mostLine)
	for n := 1; s.Scan(); n++ {
		line := bytes.TrimSpace(s.Bytes())
		if len(line) == 0 {
			continue
		}
		switch added, err := b.line(line); {
		case err != nil:
			report.Bad++
			if len(report.Samples) < 3 {
				report.Samples = append(report.Samples, fmt.Sprintf("%s:%d %s", text.Clean(name), n, err))
			}
		case added:
			report.Events++
		default:
			report.Double++
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("a line is longer than %d MiB", mostLine>>20)
	}
	return s.Err()
}

// wireEvent is an event of the Export format, as far as it is used.
type wireEvent struct {
	Type      *string                    `json:"event_type"`
	Time      string                     `json:"event_time"`
	Amplitude json.Number                `json:"amplitude_id"`
	User      *string                    `json:"user_id"`
	Device    *string                    `json:"device_id"`
	Session   *json.Number               `json:"session_id"`
	Insert    *string                    `json:"$insert_id"`
	UUID      *string                    `json:"uuid"`
	Own       map[string]json.RawMessage `json:"event_properties"`
	Custom    map[string]json.RawMessage `json:"user_properties"`

	Platform  *string `json:"platform"`
	Country   *string `json:"country"`
	Region    *string `json:"region"`
	City      *string `json:"city"`
	DMA       *string `json:"dma"`
	Language  *string `json:"language"`
	OS        *string `json:"os_name"`
	OSVersion *string `json:"os_version"`
	Version   *string `json:"version_name"`
	Start     *string `json:"start_version"`
	Device2   *string `json:"device_type"`
	Family    *string `json:"device_family"`
	Carrier   *string `json:"device_carrier"`
	Library   *string `json:"library"`
	Paying    *string `json:"paying"`
}

// builtIn are the built-in user properties of an event, in the API's words.
func (w wireEvent) builtIn() []struct {
	key  string
	text *string
} {
	os := w.OS
	if os != nil && w.OSVersion != nil && *w.OSVersion != "" {
		joined := *os + " " + *w.OSVersion
		os = &joined
	}
	return []struct {
		key  string
		text *string
	}{
		{"platform", w.Platform},
		{"country", w.Country},
		{"region", w.Region},
		{"city", w.City},
		{"DMA", w.DMA},
		{"language", w.Language},
		{"os", os},
		{"version", w.Version},
		{"start_version", w.Start},
		{"device", w.Family},
		{"device_type", w.Device2},
		{"carrier", w.Carrier},
		{"library", w.Library},
		{"paying", w.Paying},
	}
}

// line reads one event and says whether it is new.
func (b *builder) line(line []byte) (bool, error) {
	var w wireEvent
	if err := json.Unmarshal(line, &w); err != nil {
		return false, errors.New("is no JSON object of an event")
	}
	if w.Type == nil || *w.Type == "" {
		return false, errors.New("has no event_type")
	}
	at, err := time.Parse("2006-01-02 15:04:05.999999", w.Time)
	if err != nil {
		if at, err = time.Parse(time.RFC3339, w.Time); err != nil {
			return false, errors.New("has no event_time such as 2026-03-01 12:00:00.000000")
		}
	}
	r := record{at: at.UnixMicro(), kind: b.name(*w.Type), session: -1, insert: word(w.Insert), uuid: word(w.UUID)}
	if r.insert == "" {
		r.insert = r.uuid
	}
	if w.Session != nil {
		if n, err := w.Session.Int64(); err == nil {
			r.session = n
		}
	}
	r.user = b.person(w.person(), word(w.User), word(w.Device))
	r.own = b.properties("event:", w.Own, nil)
	var state []property
	for _, p := range w.builtIn() {
		if p.text != nil && *p.text != "" {
			state = append(state, property{b.key(p.key), b.value(value{text: *p.text})})
		}
	}
	r.state = b.properties("gp:", w.Custom, state)
	return b.add(r), nil
}

func word(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// person is the Amplitude ID, or where a file has none, a stable stand-in made
// of the user or device ID.
func (w wireEvent) person() int64 {
	if n, err := w.Amplitude.Int64(); err == nil {
		return n
	}
	h := fnv.New64a()
	h.Write([]byte(word(w.User) + "\x00"))
	if w.User == nil {
		h.Write([]byte(word(w.Device)))
	}
	return int64(h.Sum64() >> 12)
}

func (b *builder) properties(scope string, from map[string]json.RawMessage, into []property) int32 {
	for key, raw := range from {
		v, ok := parseValue(raw)
		if ok {
			into = append(into, property{b.key(scope + key), b.value(v)})
		}
	}
	return b.set(into)
}

// parseValue reads a JSON value; null is no value.
func parseValue(raw json.RawMessage) (value, bool) {
	raw = bytes.TrimSpace(raw)
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return value{}, false
	case raw[0] == '"':
		var s string
		if json.Unmarshal(raw, &s) != nil {
			return value{}, false
		}
		return value{text: s}, true
	case raw[0] == 't' || raw[0] == 'f':
		return value{text: string(raw), kind: boolValue}, true
	case raw[0] == '{' || raw[0] == '[':
		var compact bytes.Buffer
		if json.Compact(&compact, raw) != nil {
			return value{}, false
		}
		return value{text: compact.String(), kind: jsonValue}, true
	}
	n, err := json.Number(raw).Float64()
	if err != nil {
		return value{text: string(raw)}, true
	}
	if textNumber(n) == string(raw) {
		return value{text: string(raw), kind: numberValue, number: n}, true
	}
	return value{text: textNumber(n), kind: numberValue, number: n}, true
}
