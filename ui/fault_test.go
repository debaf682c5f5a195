package ui

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/demo"
	"amptui/api/demo/fault"
	"amptui/views"
)

// remembering answers each question once by the demo and then as it did before.
type remembering struct {
	mu    sync.Mutex
	known map[string]remembered
	next  http.Handler
}

type remembered struct {
	http.ResponseWriter
	status int
	header http.Header
	body   bytes.Buffer
}

func (r *remembered) WriteHeader(status int)      { r.status = status }
func (r *remembered) Header() http.Header         { return r.header }
func (r *remembered) Write(b []byte) (int, error) { return r.body.Write(b) }

func (m *remembering) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	id := r.URL.RequestURI()
	m.mu.Lock()
	answer, ok := m.known[id]
	m.mu.Unlock()
	if !ok {
		answer = remembered{status: http.StatusOK, header: http.Header{}}
		m.next.ServeHTTP(&answer, r)
		if r.Context().Err() == nil {
			m.mu.Lock()
			m.known[id] = answer
			m.mu.Unlock()
		}
	}
	for name, values := range answer.header {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.status)
	_, _ = w.Write(answer.body.Bytes())
}

// goodServer is the demo, which computes each answer once in all tests.
var goodServer = sync.OnceValue(func() http.Handler {
	return &remembering{known: map[string]remembered{}, next: demoServer()}
})

// failing is a server that fails while it is told to.
type failing struct {
	demo.Server
	bad atomic.Bool
}

func newFailing(k fault.Kind) *failing {
	f := &failing{Server: demo.Server{Log: demoLog(), Now: now, Zone: time.UTC}}
	bad := k.Wrap(goodServer())
	f.Around = func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			// A page of a thousand events takes longer than all else together.
			if values := r.URL.Query(); strings.HasSuffix(r.URL.Path, "useractivity") {
				values.Set("limit", "40")
				r.URL.RawQuery = values.Encode()
			}
			if f.bad.Load() {
				bad.ServeHTTP(w, r)
				return
			}
			goodServer().ServeHTTP(w, r)
		})
	}
	return f
}

// firstLink is the first example of a view.
func firstLink(t *testing.T, spec views.Spec) views.Link {
	t.Helper()
	first, _, _ := strings.Cut(spec.Example, "\n")
	_, args, err := lineSpec(first)
	if err != nil {
		t.Fatal(err)
	}
	return views.Link{View: spec.Name, Args: args}
}

// body is what the view has drawn under its head. A chart is whole without the marks of
// annotations.
func (d *driver) body() string {
	d.t.Helper()
	lines := strings.Split(d.Frame(), "\n")
	return strings.ReplaceAll(strings.Join(lines[4:len(lines)-2], "\n"), "─◆─", "───")
}

// saysWell looks for a sentence about a failure: what is wrong, and what to do about it. While
// it is tried again that is said, and the key that ends it.
func saysWell(frame string) bool {
	frame = strings.Join(strings.Fields(frame), " ")
	wrong := regexp.MustCompile(`the server (refused|cannot answer|does not know|sends to|did not answer|cannot be reached|failed)|the rate limit is reached|a web page came|the answer (is|holds)|no usable id|has not answered`)
	step := regexp.MustCompile(`cannot answer this question \(|press r|check |ask for fewer|ask again|esc cancel|look `)
	return wrong.MatchString(frame) && step.MatchString(frame)
}

var picture = regexp.MustCompile(`[⠁-⣿█▇▆▅▄▃▂┤]`)

// kinds are those to try: all, or of each group a few where time is short.
func kinds() []fault.Kind {
	all := fault.Kinds()
	if !testing.Short() && !raceDetector {
		return all
	}
	var some []fault.Kind
	for i, k := range all {
		if i%16 == 0 { // what differs between kinds is no matter of races
			some = append(some, k)
		}
	}
	return some
}

// isSlow says whether a kind takes its time before it fails.
func isSlow(k fault.Kind) bool {
	return strings.Contains(k.Name, "silent") || strings.HasPrefix(k.Name, "drip") || strings.HasPrefix(k.Name, "slow")
}

// TestMain runs the tests, or, as the child of one, the program itself. net/http may not
// write to the standard logger, as in Main.
func TestMain(m *testing.M) {
	if os.Getenv("AMPTUI_TEST_AS_MAIN") != "" {
		os.Exit(Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	log.SetOutput(io.Discard)
	os.Exit(m.Run())
}

func TestEveryViewFailsWell(t *testing.T) {
	demoLog() // outside of virtual time
	seen, paths := map[string]string{}, map[string][]string{}
	for _, spec := range catalog() {
		var err error
		if paths[spec.Name], err = asks(spec.Name, demoServer()); err != nil {
			t.Fatal(err)
		}
		synctest.Test(t, func(t *testing.T) {
			server := newFailing(fault.Kind{})
			d := startOver(t, server.Transport(), 100, 30, firstLink(t, spec))
			defer left(d, server)
			d.Wait(3 * time.Second)
			seen[spec.Name] = d.body()
			if saysWell(d.Frame()) {
				t.Errorf("%s fails without a fault:\n%s", spec.Name, d.Frame())
			}
		})
	}
	slots := make(chan struct{}, max(runtime.GOMAXPROCS(0), 1))
	for _, kind := range kinds() {
		for _, spec := range catalog() {
			t.Run(kind.Name+"/"+spec.Name, func(t *testing.T) {
				t.Parallel()
				slots <- struct{}{}
				defer func() { <-slots }()
				kind := kind // of this view alone
				kind.Ends = endsOf(kind, spec)
				if !slices.ContainsFunc(paths[spec.Name], kind.Concerns) {
					kind.Ends = fault.Whole
				}
				synctest.Test(t, func(t *testing.T) { failsFromTheStart(t, kind, spec, seen[spec.Name]) })
				synctest.Test(t, func(t *testing.T) { failsLater(t, kind, spec, seen[spec.Name]) })
			})
		}
	}
}

// endsOf is how a view ends up: the answer of one has no words, but annotations have.
func endsOf(kind fault.Kind, spec views.Spec) fault.End {
	if kind.Name == "hostile-raw" && spec.Name == "active" {
		return fault.Gaps
	}
	return kind.Ends
}

// until waits until something is so, at most so long.
func (d *driver) until(limit time.Duration, so func() bool) bool {
	d.t.Helper()
	for end := time.Now().Add(limit); time.Now().Before(end); {
		if so() {
			return true
		}
		d.Pass(250 * time.Millisecond)
	}
	return so()
}

// Pass is Wait in longer strides.
func (d *driver) Pass(t time.Duration) {
	for end := time.Now().Add(t); time.Now().Before(end); {
		time.Sleep(50 * time.Millisecond)
		synctest.Wait()
		for len(d.msgs) > 0 {
			d.take(<-d.msgs)
			synctest.Wait()
		}
	}
}

// failsFromTheStart opens a view on a server that fails already.
func failsFromTheStart(t *testing.T, k fault.Kind, spec views.Spec, good string) {
	server := newFailing(k)
	server.bad.Store(true)
	d := startOver(t, server.Transport(), 100, 30, firstLink(t, spec))
	defer left(d, server)
	limit := 5 * time.Second
	if isSlow(k) {
		limit = 65 * time.Second
	}
	ends := k.Ends
	if k.Name == "fails-later" {
		ends = fault.Whole
	}
	if ends != fault.Whole && ends != fault.Gaps && ends != fault.Aged && !d.until(limit, func() bool { return saysWell(d.Frame()) }) {
		t.Errorf("after %v nothing is said:\n%s", limit, d.Frame())
	}
	for _, key := range []string{"?", "?", "esc", ":", "esc"} {
		d.Tap(key) // a key that hangs hangs the test
	}
	d.Pass(70 * time.Second)
	ended(t, d, ends, good)
	for i, action := range d.app.actions() {
		// Each key under a third of the kinds.
		if key := action.Key.Keys()[0]; i%3 == len(k.Name)%3 && !leaves(action.Key.Name) {
			d.Tap(key)
			d.Tap("esc")
			d.Frame()
		}
	}
}

// leaves says whether a key ends the program, or goes to where its answer is not.
func leaves(name string) bool {
	return strings.Contains("quit back suspend", name)
}

// failsLater opens a view on a good server, which then fails.
func failsLater(t *testing.T, k fault.Kind, spec views.Spec, good string) {
	server := newFailing(k)
	d := startOver(t, server.Transport(), 100, 30, firstLink(t, spec))
	defer left(d, server)
	d.Pass(3 * time.Second)
	if d.body() != good {
		t.Fatalf("the good answer is not drawn:\n%s", d.Frame())
	}
	server.bad.Store(true)
	d.Tap("r")
	if k.Name == "fails-later" {
		d.Pass(2 * time.Second)
		d.Tap("r")
	}
	d.Pass(75 * time.Second)
	frame := d.Frame()
	switch k.Ends {
	case fault.Whole, fault.Aged:
		ended(t, d, k.Ends, good)
	case fault.Gaps:
		if saysWell(frame) {
			staysAsItWas(t, d, good)
		}
	default:
		if !saysWell(frame) {
			t.Errorf("nothing is said:\n%s", frame)
		}
		staysAsItWas(t, d, good)
	}
}

// staysAsItWas holds the last good answer on the screen, with its age.
func staysAsItWas(t *testing.T, d *driver, good string) {
	t.Helper()
	if !strings.Contains(d.Frame(), "still of") {
		t.Errorf("that the answer is old is not said:\n%s", d.Frame())
	}
	if d.body() != good {
		t.Errorf("the last good answer does not stay:\n%s", d.Frame())
	}
}

// ended holds what is on the screen at last.
func ended(t *testing.T, d *driver, end fault.End, good string) {
	t.Helper()
	switch frame := d.Frame(); {
	case end == fault.Whole && saysWell(frame):
		t.Errorf("a good answer is refused:\n%s", frame)
	case end == fault.Whole && d.body() != good:
		t.Errorf("the good answer is not drawn:\n%s", frame)
	case end == fault.Aged && (saysWell(frame) || !isAged(frame)):
		t.Errorf("its age is not seen:\n%s", frame)
	case end == fault.Whole, end == fault.Aged:
	case end == fault.Gaps:
		if strings.Contains(frame, "asking …") {
			t.Errorf("it is still asking:\n%s", frame)
		}
	case !saysWell(frame):
		t.Errorf("nothing is said:\n%s", frame)
	case picture.MatchString(d.body()):
		t.Errorf("half an answer is drawn:\n%s", frame)
	}
}

// isAged says whether an old answer looks as old as it is. Some say no time, and are
// as old as their coming here.
func isAged(frame string) bool {
	return strings.Contains(frame, "as of 21 Sep") || strings.Contains(frame, "as of 14:3") || strings.Contains(frame, "as of 12:30")
}

// left leaves the program. Two seconds later nothing may go on: what does would
// keep the bubble from ending.
func left(d *driver, server *failing) {
	d.t.Helper()
	frame := d.Frame()
	for _, secret := range []string{testKey, testSecret, base64.StdEncoding.EncodeToString([]byte(testKey + ":" + testSecret))} {
		if strings.Contains(frame, secret) {
			d.t.Errorf("a secret is on the screen:\n%s", frame)
		}
	}
	d.Pass(noticeTime) // the timer of a notice is the root's
	d.app.Stop()
	server.Close()
	d.Pass(2 * time.Second)
	if os.Getenv("AMPTUI_SHOW") != "" {
		fmt.Println(frame)
	}
}
