package paint

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
)

// A Crash is a panic that was caught. Its text is safe to print: it holds none
// of the panic's values.
type Crash struct {
	// Kind is the type of the panic's value and, for an error of the Go
	// runtime (an index out of range, a nil pointer), its text.
	Kind string
	// Trace lists functions, files and lines, innermost first, without
	// arguments.
	Trace string
	// Report is the file that holds both, empty if none was written.
	Report string
}

// Error says that the program crashed, and where the report is.
func (c Crash) Error() string {
	if c.Report == "" {
		return "the program crashed (" + c.Kind + "); the terminal is restored"
	}
	return "the program crashed; the terminal is restored and a report without your data is in " + strconv.Quote(c.Report)
}

// Go runs work in a goroutine of its own. A panic in it goes to failed as a
// [Crash] instead of ending the process with the terminal in disorder; failed
// may be nil. It is the only way to start a goroutine.
func Go(work func(), failed func(error)) {
	go func() {
		defer recovered(failed)
		work()
	}()
}

// Caught does work that has no screen. A panic in it is the error, a [Crash],
// with its report in the file; an empty path means no file.
func Caught(report string, work func() error) (err error) {
	defer recovered(func(crash error) { err = crash.(Crash).write(report) })
	return work()
}

// recovered is deferred. It catches a panic and hands it on.
func recovered(failed func(error)) {
	v := recover()
	if v == nil {
		return
	}
	c := Crash{Kind: fmt.Sprintf("%T", v), Trace: trace()}
	if err, ok := v.(runtime.Error); ok {
		c.Kind = err.Error()
	}
	if failed != nil {
		failed(c)
	}
}

// trace is the stack below the panic. Unlike debug.Stack it has no arguments.
func trace() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	var b strings.Builder
	for {
		f, more := frames.Next()
		fmt.Fprintf(&b, "%s\n\t%s:%d\n", f.Function, f.File, f.Line)
		if !more {
			return b.String()
		}
	}
}

// write puts the report into a new file that only the user can read, in place
// of an older one. A report that cannot be written is left out.
func (c Crash) write(path string) Crash {
	if path == "" {
		return c
	}
	_ = os.MkdirAll(filepath.Dir(path), 0o700)
	_ = os.Remove(path) // O_EXCL below follows no symlink
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return c
	}
	defer f.Close()
	if f.Chmod(0o600) != nil { // the umask may have taken more than it should
		return c
	}
	_, err = fmt.Fprintf(f, "%s\n\n%s\n%s %s/%s\n", c.Kind, c.Trace, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if err == nil {
		c.Report = path
	}
	return c
}
