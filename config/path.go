package config

import (
	"path/filepath"
	"runtime"
)

// Path is the configuration file: $XDG_CONFIG_HOME/amptui/config.toml, else
// under ~/.config, on macOS too; %AppData% on Windows. It is empty where env
// has no home. A relative XDG folder is passed over, as its specification says.
func Path(env func(string) string) string {
	return under(folder(env, "XDG_CONFIG_HOME", "AppData", ".config"), "config.toml")
}

// CacheDir is the folder for what can be fetched again, or empty where env has
// no home. It may not exist yet.
func CacheDir(env func(string) string) string {
	return folder(env, "XDG_CACHE_HOME", "LocalAppData", ".cache")
}

// StateDir is the folder for history, saved sessions and crash reports, or
// empty where env has no home. It may not exist yet.
func StateDir(env func(string) string) string {
	return folder(env, "XDG_STATE_HOME", "LocalAppData", filepath.Join(".local", "state"))
}

func folder(env func(string) string, xdg, windows, home string) string {
	base := env(xdg)
	if !filepath.IsAbs(base) {
		base = ""
	}
	if base == "" && runtime.GOOS == "windows" {
		base = env(windows)
	}
	if base == "" && runtime.GOOS != "windows" {
		base = under(env("HOME"), home)
	}
	if !filepath.IsAbs(base) {
		return ""
	}
	return filepath.Join(base, "amptui")
}

func under(dir, name string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, name)
}
