//go:build unix && !linux

package ui

import "golang.org/x/sys/unix"

// harden keeps what the program knows to itself: no core file holds the keys. What
// the system refuses is left as it is.
func harden() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
