//go:build unix

package ui

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

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
			usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
			if !ok {
				t.Skip("the system does not say")
			}
			most := int64(usage.Maxrss)
			if runtime.GOOS != "darwin" {
				most *= 1 << 10 // kibibytes elsewhere
			}
			if fault == "huge" {
				most -= 100 << 20 // the server is in the same process, and makes its 50 MiB twice
			}
			if most > mostMemory {
				t.Errorf("it took %d MiB", most>>20)
			}
		})
	}
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
