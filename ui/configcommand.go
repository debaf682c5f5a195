package ui

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"amptui/api/text"
	"amptui/config"
)

// configCommand says where the configuration is, what it may hold, and what is
// wrong with it.
func (p *program) configCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "config", Short: "Find, write and check the configuration", Args: cobra.NoArgs,
		Long:    "Say where the configuration is, print one with every key and its default, or check the one there is.",
		Example: "  amptui config path\n  amptui config print-default\n  amptui config check",
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		&cobra.Command{
			Use: "path", Short: "Print where the configuration is read from", Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				path := config.Path(p.env)
				if path == "" {
					return errors.New("there is no home folder: set HOME or XDG_CONFIG_HOME")
				}
				_, err := fmt.Fprintln(p.out, text.Clean(path))
				return quietly(err)
			},
		},
		&cobra.Command{
			Use: "print-default", Short: "Print a configuration with every key and its default", Args: cobra.NoArgs,
			Long:    "Print a configuration in which every key stands in a comment with its default: it means the same as none.",
			Example: "  amptui config print-default",
			RunE: func(*cobra.Command, []string) error {
				_, err := fmt.Fprint(p.out, config.Template())
				return quietly(err)
			},
		},
		&cobra.Command{
			Use: "check", Short: "Say what is wrong with the configuration, with the line", Args: cobra.NoArgs,
			Long: "Check the configuration, the keys it binds and the saved queries. Each mistake is a line of the\n" +
				"output with the file and the line where it stands, and the exit code is then 1.",
			Example: "  amptui config check",
			RunE:    func(*cobra.Command, []string) error { return p.checkConfig() },
		},
	)
	return c
}

// mistakes is what is wrong with the files that the user writes.
func (p *program) mistakes() []string {
	_, said := p.settings()
	_, problems := p.keys()
	said = append(said, problems...)
	l := p.library()
	if l.err != nil {
		said = append(said, text.Clean(l.err.Error()))
	}
	for _, w := range l.warnings {
		said = append(said, fmt.Sprintf("queries.txt line %d: %s", w.Line, w.Text))
	}
	for _, b := range l.boards {
		if b.Err != nil {
			said = append(said, text.Clean(b.Err.Error()))
		}
	}
	return said
}

// checkConfig prints what is wrong, or that nothing is.
func (p *program) checkConfig() error {
	said := p.mistakes()
	if len(said) == 0 {
		_, err := fmt.Fprintln(p.out, text.Clean(p.configFile())+": nothing is wrong")
		return quietly(err)
	}
	for _, s := range said {
		if _, err := fmt.Fprintln(p.out, s); err != nil {
			return quietly(err)
		}
	}
	return errSaid
}

// configFile says where the configuration is, or that there is none.
func (p *program) configFile() string {
	path := config.Path(p.env)
	if path == "" {
		return "there is no home folder, and so no configuration"
	}
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return "there is no " + path + ", and every default holds"
	}
	return path
}

// cacheCommand deletes what can be fetched again.
func (p *program) cacheCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "cache", Short: "See or clear the answers that are kept on disk", Args: cobra.NoArgs,
		Long:    "Say how much the cache folder holds; cache clear deletes it.",
		Example: "  amptui cache\n  amptui cache clear",
		RunE: func(*cobra.Command, []string) error {
			held := config.Cache(p.env)
			if held.Dir == "" {
				return errors.New("there is no home folder, and so no cache")
			}
			_, err := fmt.Fprintln(p.out, text.Clean(held.Dir)+": "+amount(held))
			return quietly(err)
		},
	}
	c.AddCommand(&cobra.Command{
		Use: "clear", Short: "Delete the answers that are kept on disk", Args: cobra.NoArgs,
		Example: "  amptui cache clear",
		RunE: func(*cobra.Command, []string) error {
			was, err := config.ClearCache(p.env)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.out, text.Clean(was.Dir)+": "+amount(was)+" deleted")
			return quietly(err)
		},
	})
	return c
}

// amount is how much a cache holds.
func amount(c config.Cached) string {
	switch {
	case c.Files == 0:
		return "nothing"
	case c.Files == 1:
		return fmt.Sprintf("1 file of %d KiB", (c.Bytes+1023)/1024)
	}
	return fmt.Sprintf("%d files of %d KiB", c.Files, (c.Bytes+1023)/1024)
}
