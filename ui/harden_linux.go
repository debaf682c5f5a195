package ui

import "golang.org/x/sys/unix"

// harden keeps what the program knows to itself: no core file holds the keys, and no
// other program of the same user can look into this one. What the system refuses is
// left as it is.
func harden() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0)
}
