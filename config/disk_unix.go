//go:build unix

package config

import (
	"io/fs"
	"os"
	"syscall"
)

// mine says whether this user owns the file.
func mine(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int(stat.Uid) == os.Geteuid()
}

// private says whether nobody but the owner can read or write the file.
func private(info fs.FileInfo) bool { return info.Mode().Perm()&0o077 == 0 }
