package paint

import (
	"os"
	"syscall"
)

// caughtSignals: closing the console window, logging off and shutting down all
// arrive as SIGTERM.
func caughtSignals() []os.Signal { return []os.Signal{os.Interrupt, syscall.SIGTERM} }

// ignored reports that a signal does not end the program. While a child has
// the terminal, its ctrl+c is the child's.
func ignored(s os.Signal, away bool) bool { return away && s == os.Interrupt }

// sizeSignals is empty: the console reports its size among the keys.
func sizeSignals() []os.Signal { return nil }
