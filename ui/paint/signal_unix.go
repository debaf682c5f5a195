//go:build !windows

package paint

import (
	"os"
	"syscall"
)

func caughtSignals() []os.Signal {
	return []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGPIPE}
}

// ignored reports that a signal does not end the program. While a child has
// the terminal, its keys ctrl+c and ctrl+\ are the child's.
func ignored(s os.Signal, away bool) bool {
	return s == syscall.SIGPIPE || away && (s == syscall.SIGINT || s == syscall.SIGQUIT)
}

func sizeSignals() []os.Signal { return []os.Signal{syscall.SIGWINCH} }
