//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package config

import (
	"os"
	"syscall"
)

// lock takes a folder for this program, or fails at once where another has it. It is
// given back when the folder is closed, at the latest with the program's end.
func lock(dir *os.File) error { return syscall.Flock(int(dir.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
