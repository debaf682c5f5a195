package ui

import (
	"io"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts/theme"
	"amptui/keys"
	"amptui/ui/paint"
	"amptui/views"
)

// pressed is the program on a screen that goes nowhere, with keys that are taken
// as they come: what a key costs is what pressing one takes.
type pressed struct {
	app    *App
	screen *paint.Screen
	msgs   chan tea.Msg
}

// pressable opens a link over the demo, on a screen of 120 x 40, and waits until
// it has its answers.
func pressable(t testing.TB, out io.Writer, view string, args ...string) *pressed {
	t.Helper()
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1:1", Key: text.NewSecret("key"), Secret: text.NewSecret("secret"),
		Zone: time.UTC, Now: now, Transport: handlerTransport{demoServer()}, Free: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	env := views.Env{Now: now, Zone: time.UTC, Keys: keys.Default(), Theme: theme.New(theme.Options{Name: "dark", Depth: theme.TrueColor, Tier: theme.Braille})}
	p := &pressed{screen: paint.NewScreen(out, paint.Options{}), msgs: make(chan tea.Msg, 1000)}
	p.app = NewApp(catalog(), env, Project{Profile: "demo"}, views.Link{View: view, Args: args}, func() tea.Msg {
		return opened{source: source{env: views.Env{API: client}}}
	})
	t.Cleanup(p.app.Stop)
	p.screen.Open(120, 40)
	p.take(p.app.Init())
	p.take(p.app.Update(tea.WindowSizeMsg{Width: 120, Height: 40}))
	p.settle()
	return p
}

// take runs a command beside.
func (p *pressed) take(cmd tea.Cmd) {
	if cmd != nil {
		go func() { p.msgs <- cmd() }()
	}
}

// settle takes what commands bring until nothing has come for a while.
func (p *pressed) settle() {
	for {
		select {
		case msg := <-p.msgs:
			if batch, ok := msg.(tea.BatchMsg); ok {
				for _, cmd := range batch {
					p.take(cmd)
				}
			} else if msg != nil {
				p.take(p.app.Update(msg))
			}
		case <-time.After(700 * time.Millisecond):
			p.screen.Paint(p.app.Frame())
			return
		}
	}
}

// Press is a key from the terminal to the painted screen, without what it asks
// for.
func (p *pressed) Press(name string) {
	p.app.Update(keyMsg(name))
	p.screen.Paint(p.app.Frame())
}

// BenchmarkKey is what one key takes from the terminal's reader to the bytes for
// the terminal, in each view of the demo, on 120 x 40.
func BenchmarkKey(b *testing.B) {
	for _, c := range []struct {
		name       string
		there      string
		back       string
		view       string
		args       []string
		beforehand []string
	}{
		{"list", "j", "k", "events", nil, nil},
		{"chart", "h", "l", "segment", []string{"Song Played", "--by", "platform"}, nil},
		{"funnel", "j", "k", "funnel", []string{"Checkout Started", "Purchase", "--by", "platform"}, nil},
		{"triangle", "j", "k", "retention", []string{"_new", "Song Played"}, nil},
		{"heat map", "j", "k", "revenue", []string{"--face", "heat"}, nil},
		{"timeline", "j", "k", "users", []string{"ada@example.com"}, nil},
		{"help", "j", "k", "events", nil, []string{"?"}},
		{"palette", "a", "backspace", "events", nil, []string{":"}},
	} {
		b.Run(c.name, func(b *testing.B) {
			p := pressable(b, io.Discard, c.view, c.args...)
			for _, key := range c.beforehand {
				p.Press(key)
				p.settle()
			}
			b.ReportAllocs()
			for b.Loop() {
				p.Press(c.there)
				p.Press(c.back)
			}
		})
	}
}

// What a key costs does not depend on the machine: bytes for the terminal, and
// allocations. A step of the cursor is at most 90 bytes; a page, another view or
// a redrawn chart at most what the cells that change take.
func TestAKeyIsLight(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector allocates too")
	}
	var out tally
	for _, c := range []struct {
		name, key, back     string
		view                string
		args                []string
		mostBytes, mostMade int
	}{
		{"list", "j", "k", "events", nil, 90, 1600},
		{"chart", "h", "l", "segment", []string{"Song Played", "--by", "platform"}, 230, 2000},
		{"triangle", "j", "k", "retention", []string{"_new", "Song Played"}, 180, 3500},
		{"heat map", "j", "k", "revenue", []string{"--face", "heat"}, 180, 1800},
		{"timeline", "j", "k", "users", []string{"ada@example.com"}, 300, 1500},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := pressable(t, &out, c.view, c.args...)
			p.Press(c.key)
			p.Press(c.key)
			out = tally{}
			made := testing.AllocsPerRun(10, func() { p.Press(c.key); p.Press(c.back) }) / 2
			each := out.bytes / 22
			t.Logf("%d bytes, %.0f allocations a key", each, made)
			if out.bytes == 0 || each > c.mostBytes || int(made) > c.mostMade {
				t.Errorf("%d bytes and %.0f allocations a key; want at most %d and %d", each, made, c.mostBytes, c.mostMade)
			}
			if out.writes > 22 {
				t.Errorf("%d writes for 22 keys", out.writes)
			}
		})
	}
}

// tally is a terminal that counts what is written to it.
type tally struct{ bytes, writes int }

func (c *tally) Write(b []byte) (int, error) {
	c.bytes += len(b)
	c.writes++
	return len(b), nil
}
