package config

import "io/fs"

// mine is true: the folder under %AppData% is the user's own by its access list.
func mine(fs.FileInfo) bool { return true }

// private is true for the same reason: the file inherits that list.
func private(fs.FileInfo) bool { return true }
