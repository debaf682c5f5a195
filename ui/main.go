// Package ui is the root of the program: commands, the screen round the views,
// and the one place that reads configuration and credentials.
package ui

import (
	"context"
	"errors"
	"io"
	"log"
	"math"
	"os"
	"runtime/debug"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/mattn/go-runewidth"

	"amptui/api/demo"
	"amptui/charts/theme"
)

var errNoTerminal = errors.New("the explorer needs a terminal for input and output: add -o table, chart, json, csv, md or plain to print instead")

// errSaid ends the program with 1 where all has been said.
var errSaid = errors.New("something is wrong, and was said")

// Main runs a command line and returns the exit code.
func Main(args []string, in, out, errs *os.File) int {
	harden()
	// net/http writes remarks through the standard logger: over the screen, and
	// with GODEBUG=http2debug even the credentials.
	log.SetOutput(io.Discard)
	// With an East Asian locale line drawing would count as two cells wide.
	runewidth.DefaultCondition.EastAsianWidth = false
	p := &program{
		in: in, out: out, err: errs, env: os.Getenv,
		terminal: func() (w, h int, ok bool) {
			w, h, err := term.GetSize(out.Fd())
			return w, h, err == nil
		},
		reading: func() bool { return term.IsTerminal(in.Fd()) },
	}
	if term.IsTerminal(errs.Fd()) && os.Getenv("TERM") != "dumb" {
		p.tell = func() (func(demo.Progress), func()) {
			return inShell(errs, func() theme.Glyphs { return p.theme(false).Glyphs })
		}
	}
	p.lean = func() {
		if debug.SetMemoryLimit(-1) == math.MaxInt64 { // the environment has named none
			debug.SetMemoryLimit(leanMemory)
		}
	}
	easing := time.AfterFunc(math.MaxInt64, debug.FreeOSMemory)
	p.ease = func() { easing.Reset(easeAfter) }
	return p.run(context.Background(), args)
}

// easeAfter is how long after a large answer memory goes back to the system: it has
// been read and drawn by then.
const easeAfter = 300 * time.Millisecond

// leanMemory is from where on a project's answers are cleared away at once, and not
// when there is as much again. What is in use at a time is less.
const leanMemory = 192 << 20
