package ui

import (
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/demo"
	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/views"
)

// now is the time of every story: a Tuesday afternoon.
func now() time.Time { return time.Date(2026, 11, 24, 14, 30, 0, 0, time.UTC) }

// demoLog is the demo project of the stories, made once.
var demoLog = sync.OnceValue(func() *demo.Log { return demo.Generate(1, now()) })

// driver runs the whole program in virtual time, without a terminal: keys in,
// frames out.
type driver struct {
	t    *testing.T
	app  *App
	msgs chan tea.Msg
	w, h int
	quit bool
	copy []string
}

// story runs a test against a server, in virtual time.
func story(t *testing.T, h http.Handler, f func(*driver)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		d := start(t, h, 80, 24, views.Link{View: "events"})
		defer d.end() // also when the story fails: nothing may go on behind it
		f(d)
	})
}

// end leaves the program and waits until nothing of it runs any more.
func (d *driver) end() {
	d.app.Stop()
	d.Wait(2 * noticeTime)
}

func demoServer() *demo.Server {
	return &demo.Server{Log: demoLog(), Now: now, Zone: time.UTC}
}

// The key pair of the stories, which may be seen nowhere.
const testKey, testSecret = "k3y-0f-st0r1es", "s3cr3t-0f-st0r1es"

// handlerTransport answers requests by calling the handler, as the wire would.
type handlerTransport struct{ h http.Handler }

func (h handlerTransport) RoundTrip(r *http.Request) (*http.Response, error) { return serve(h.h, r) }

func start(t *testing.T, h http.Handler, width, height int, first views.Link) *driver {
	t.Helper()
	return startOver(t, handlerTransport{h}, width, height, first)
}

// startOver starts the program with a client of a transport.
func startOver(t *testing.T, wire http.RoundTripper, width, height int, first views.Link) *driver {
	t.Helper()
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1:1", Key: text.NewSecret(testKey), Secret: text.NewSecret(testSecret),
		Zone: time.UTC, Now: now, Transport: wire, Free: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	d := &driver{t: t, msgs: make(chan tea.Msg, 10000), w: width, h: height}
	env := views.Env{Now: now, Zone: time.UTC, Keys: keys.Default(), Theme: theme.Plain()}
	d.app = NewApp(catalog(), env, Project{Profile: "demo"}, first, func() tea.Msg {
		return opened{source: source{env: views.Env{API: client, Mask: views.NewMask([]byte("key"), false, nil)}}}
	})
	d.app.folder = t.TempDir()
	d.app.copied = func(s string) tea.Cmd { d.copy = append(d.copy, s); return nil }
	d.Resize(width, height)
	d.run(d.app.Init())
	d.Wait(time.Second)
	return d
}

// run starts a command and the commands in it.
func (d *driver) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() { d.msgs <- cmd() }()
}

// Wait lets time pass and delivers what arrives.
func (d *driver) Wait(t time.Duration) {
	for end := time.Now().Add(t); ; time.Sleep(5 * time.Millisecond) {
		synctest.Wait()
		for len(d.msgs) > 0 {
			d.take(<-d.msgs)
			synctest.Wait()
		}
		if !time.Now().Before(end) {
			return
		}
	}
}

func (d *driver) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd)
		}
	case tea.QuitMsg:
		d.quit = true
	default:
		d.run(d.app.Update(msg))
	}
}

// Press presses keys one after the other and waits half a second after each.
func (d *driver) Press(names ...string) {
	for _, name := range names {
		d.Tap(name)
		d.Wait(500 * time.Millisecond)
	}
}

// Tap presses a key and waits for nothing.
func (d *driver) Tap(name string) { d.take(keyMsg(name)) }

// Type types text letter by letter.
func (d *driver) Type(text string) {
	for _, r := range text {
		d.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}})
	}
	d.Wait(500 * time.Millisecond)
}

func keyMsg(name string) tea.KeyMsg {
	named := map[string]tea.KeyType{
		"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown,
		"ctrl+c": tea.KeyCtrlC, "ctrl+d": tea.KeyCtrlD, "ctrl+u": tea.KeyCtrlU, "pgdown": tea.KeyPgDown,
		"backspace": tea.KeyBackspace, "space": tea.KeySpace, "left": tea.KeyLeft, "right": tea.KeyRight,
	}
	if name == "space" {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	if k, ok := named[name]; ok {
		return tea.KeyMsg{Type: k}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

func (d *driver) Resize(w, h int) {
	d.w, d.h = w, h
	d.take(tea.WindowSizeMsg{Width: w, Height: h})
}

// Frame is the screen now. It always fits the terminal exactly.
func (d *driver) Frame() string {
	d.t.Helper()
	frame := d.app.Frame()
	if d.w <= 0 || d.h <= 0 {
		return frame
	}
	lines := strings.Split(frame, "\n")
	if len(lines) != d.h {
		d.t.Fatalf("%d lines on %dx%d:\n%s", len(lines), d.w, d.h, frame)
	}
	for _, line := range lines {
		if got := charts.Width(line); got != d.w {
			d.t.Fatalf("a line of %d cells on %dx%d: %q", got, d.w, d.h, line)
		}
	}
	return frame
}

// Sees fails unless every text is on the screen.
func (d *driver) Sees(texts ...string) {
	d.t.Helper()
	frame := d.Frame()
	for _, text := range texts {
		if !strings.Contains(frame, text) {
			d.t.Fatalf("%q is not on the screen:\n%s", text, frame)
		}
	}
}

// SeesNot fails if one of the texts is on the screen.
func (d *driver) SeesNot(texts ...string) {
	d.t.Helper()
	frame := d.Frame()
	if i := slices.IndexFunc(texts, func(s string) bool { return strings.Contains(frame, s) }); i >= 0 {
		d.t.Fatalf("%q is on the screen:\n%s", texts[i], frame)
	}
}
