//go:build unix

package ui

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/demo"
	"amptui/views"
)

// mostMemory is what the program may take, whatever the server sends.
const mostMemory = 256 << 20

func TestMemoryIsBoundedWhateverTheServerSends(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector takes more memory than the program")
	}
	for _, fault := range []string{"endless", "huge", "blank", "gzip-bomb", "long-headers", "long-line", "long-error", "deep"} {
		t.Run(fault, func(t *testing.T) {
			c := exec.CommandContext(t.Context(), os.Args[0], "segment", "Fix", "-o", "json", "--events", "testdata/fixes-2024.json.gz", "--zone", "UTC", "--demo-fault", fault)
			c.Env = []string{"AMPTUI_TEST_AS_MAIN=1", "HOME=" + t.TempDir(), "PATH=" + os.Getenv("PATH")}
			out, err := c.CombinedOutput()
			if err == nil || !strings.HasPrefix(string(out), "amptui: ") {
				t.Errorf("%v: %.200s", err, out)
			}
			most := maxMemory(t, c)
			if fault == "huge" {
				most -= 100 << 20 // the server is in the same process, and makes its 50 MiB twice
			}
			if most > mostMemory {
				t.Errorf("it took %d MiB", most>>20)
			}
		})
	}
}

// Eight answers of the largest size that is taken, asked for at the same time.
func TestMemoryIsBoundedWhileAllAnswersAreLarge(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector takes more memory than the program")
	}
	filler := strings.Repeat(`{"a":[[1]]},`, (31<<20)/12)
	project := &demo.Server{Log: demoLog(), Now: time.Now, Zone: time.UTC}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		project.ServeHTTP(answer, r)
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"more":[%s null],%s`, filler, answer.Body.Bytes()[1:])
	}))
	defer server.Close()
	home := t.TempDir()
	boards := filepath.Join(home, ".config", "amptui", "boards")
	if err := os.MkdirAll(boards, 0o700); err != nil {
		t.Fatal(err)
	}
	rows := "events\nfunnel \"Song Played\" Purchase\nretention --last 7d\n"
	for days := 7; days < 12; days++ {
		rows += fmt.Sprintf("segment \"Song Played\" --last %dd\n", days)
	}
	if err := os.WriteFile(filepath.Join(boards, "large"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), os.Args[0], "board", "large", "-o", "json", "--zone", "UTC")
	c.Env = []string{
		"AMPTUI_TEST_AS_MAIN=1", "HOME=" + home, "PATH=" + os.Getenv("PATH"),
		"AMPTUI_BASE_URL=" + server.URL, "AMPLITUDE_API_KEY=" + testKey, "AMPLITUDE_SECRET_KEY=" + testSecret,
	}
	out, err := c.Output()
	if err != nil || strings.Count(string(out), `"query"`) < 8 {
		t.Errorf("%v: %.300s", err, out)
	}
	if most := maxMemory(t, c); most > mostMemory {
		t.Errorf("it took %d MiB", most>>20)
	}
}

// maxMemory is the most that a child has taken.
func maxMemory(t *testing.T, c *exec.Cmd) int64 {
	t.Helper()
	usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		t.Skip("the system does not say")
	}
	if runtime.GOOS == "darwin" {
		return int64(usage.Maxrss)
	}
	return int64(usage.Maxrss) << 10 // kibibytes elsewhere
}

// A key that is held down over the list asks for no line of the events it passes.
func TestAHeldKeyAsksForNothingOnItsWay(t *testing.T) {
	var asked atomic.Int32
	synctest.Test(t, func(t *testing.T) {
		counting := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			asked.Add(1)
			demoServer().ServeHTTP(w, r)
		})
		d := start(t, counting, 120, 36, views.Link{View: "events"})
		defer d.end()
		d.Wait(2 * time.Second)
		before := asked.Load()
		for i := range 300 { // ten seconds at thirty a second
			d.Tap(map[bool]string{true: "j", false: "k"}[i/20%2 == 0])
			d.Pass(33 * time.Millisecond)
		}
		d.Wait(2 * time.Second)
		if n := asked.Load() - before; n > 3 {
			t.Error(fmt.Sprint(n, " questions"))
		}
	})
}
