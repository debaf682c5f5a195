package ui

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/spf13/cobra"
)

// build is what the program knows of how it was made. Nothing is written into it
// from outside: the Go command stamps what it builds.
type build struct {
	Version  string  `json:"version"`
	Commit   *string `json:"commit"`
	Date     *string `json:"date"` // of the commit
	Modified bool    `json:"modified"`
	Go       string  `json:"go"`
	Platform string  `json:"platform"`
}

func thisBuild() build {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		info = &debug.BuildInfo{}
	}
	return buildOf(info)
}

// buildOf reads the stamps of a build. One out of a source archive has none.
func buildOf(info *debug.BuildInfo) build {
	b := build{Version: first(info.Main.Version, "(devel)"), Go: first(info.GoVersion, runtime.Version()), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	for _, s := range info.Settings {
		switch {
		case s.Value == "":
		case s.Key == "vcs.revision":
			b.Commit = &s.Value
		case s.Key == "vcs.time":
			b.Date = &s.Value
		case s.Key == "vcs.modified":
			b.Modified = s.Value == "true"
		}
	}
	return b
}

// String is the build in one line.
func (b build) String() string {
	line := "amptui " + b.Version
	if b.Commit != nil {
		line += " · commit " + (*b.Commit)[:min(len(*b.Commit), 12)]
		if b.Modified {
			line += " with changes"
		}
	}
	if b.Date != nil {
		if at, err := time.Parse(time.RFC3339, *b.Date); err == nil {
			line += " of " + at.UTC().Format("2 Jan 2006")
		}
	}
	return line + " · " + b.Go + " · " + b.Platform
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version, its commit and date", Args: cobra.NoArgs,
		Example: "  amptui version\n  amptui version -o json",
		RunE:    func(*cobra.Command, []string) error { return p.printVersion() },
	}
}

func (p *program) printVersion() error {
	if p.global.output == "json" {
		return p.printJSON(thisBuild())
	}
	_, err := fmt.Fprintln(p.out, p.theme(false).Glyphs.Spell(thisBuild().String()))
	return quietly(err)
}
