package ui

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api/demo"
	"amptui/api/text"
	"amptui/ui/paint"
	"amptui/views"
)

// explore runs the program on the terminal, beginning with a link. The first
// frame is drawn before credentials, files or the network are touched.
func (p *program) explore(ctx context.Context, first views.Link) error {
	if p.accessible() {
		return p.talk(ctx, first)
	}
	if !p.interactive() {
		return usageError{errNoTerminal}
	}
	settings, warnings := p.settings()
	keymap, problems := p.keys()
	zone, err := p.firstZone()
	if err != nil {
		return err
	}
	from := &current{close: func() {}}
	far := make(progress, 1)
	p.tell = func() (func(demo.Progress), func()) {
		return seldom(0, often, func(v demo.Progress) { far.put(progressed{Progress: v}) }), func() { far.put(progressed{done: true}) }
	}
	opening, giveUp := context.WithCancel(ctx)
	defer giveUp()
	env := views.Env{Now: time.Now, Zone: zone, Keys: keymap, Theme: p.theme(true), Mask: p.firstMask()}
	app := NewApp(catalog(), env, p.firstProject(), first, func() tea.Msg {
		msg := p.start(opening, from)
		if msg, ok := msg.(opened); ok && msg.err == nil {
			learnCohorts(opening, msg.source.env, first.Args)
		}
		return msg
	})
	app.setup.named = p.named
	if len(p.global.events) > 0 {
		app.setup.progress = far
	}
	app.setup.demo = func() tea.Msg {
		p.global.demo = true
		return p.start(opening, from)
	}
	app.setup.elsewhere = p.elsewhere(opening, from)
	app.mouse = p.global.mouse || settings.Mouse
	app.warn(append(warnings, problems...))
	err = paint.Run(ctx, spelt{app, env.Theme.Glyphs}, paint.Terminal{
		In: p.in, Out: p.out.(*os.File), Env: p.env,
		Mouse: app.mouse, Report: p.reportFile(),
	})
	if kept := app.keepLast(); kept != nil {
		fmt.Fprintln(p.err, "amptui: "+text.Clean(kept.Error()))
	}
	app.Stop()
	giveUp()
	from.end()
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}

// elsewhere is what can be changed to from here; event files stay what they are.
func (p *program) elsewhere(ctx context.Context, from *current) elsewhere {
	settings, _ := p.settings()
	e := elsewhere{profiles: settings.List(), local: p.localZone()}
	if len(p.global.events) > 0 {
		return e
	}
	e.open = func(name string, demo bool) place {
		from.take(func() {})
		if p.global.demo = demo; !demo {
			p.global.profile = name
			p.global.zone, p.global.demoNow, p.session = "", "", nil // those of the one before
		}
		return place{p.firstProject(), p.firstMask(), func() tea.Msg { return p.start(ctx, from) }}
	}
	return e
}

// goodbye is how long what is being opened may take to give up.
const goodbye = 300 * time.Millisecond

// current is what must be closed when the program ends.
type current struct {
	mu      sync.Mutex
	close   func()
	opening sync.WaitGroup
	over    bool // nothing is opened any more
}

// begin says whether something may still be opened, and has it waited for.
func (c *current) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over {
		return false
	}
	c.opening.Add(1)
	return true
}

// end waits until nothing is being opened any more, so that no credential_command
// stays behind, and closes what is open.
func (c *current) end() {
	c.mu.Lock()
	c.over = true
	c.mu.Unlock()
	done := make(chan struct{})
	paint.Go(func() {
		defer close(done)
		c.opening.Wait()
	}, nil)
	select {
	case <-done:
	case <-time.After(goodbye):
	}
	c.take(func() {})
}

// take closes what is open, for what comes in its place.
func (c *current) take(next func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.close()
	c.close = next
}

// start opens the source. It runs as a command, beside the first frame.
func (p *program) start(ctx context.Context, from *current) tea.Msg {
	if !from.begin() {
		return opened{err: context.Canceled}
	}
	defer from.opening.Done()
	s, err := p.open(ctx)
	if err != nil {
		return opened{err: err}
	}
	from.take(s.close)
	return opened{source: s}
}
