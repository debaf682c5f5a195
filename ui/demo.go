package ui

import (
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"

	"amptui/api/demo"
	"amptui/api/text"
)

// demoCommand writes the demo's log, or serves it for other clients.
func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "demo", Short: "Write or serve the demo project", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			p.global.demo = true
			if p.global.demoListen == "" {
				return c.Help()
			}
			return p.listen(c)
		},
	}
	c.AddCommand(p.faultsCommand(), &cobra.Command{
		Use:   "export [FILE]",
		Short: "Write the demo's event log in the Amplitude Export format",
		Long: "Write the demo's event log as JSON lines in the Amplitude Export format: to the output,\n" +
			"or to a new file (gzip, if its name ends in .gz).",
		Example: "  amptui demo export demo.json.gz\n  amptui --events demo.json.gz",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			zone, err := p.zone("")
			if err != nil {
				return err
			}
			at, _, err := p.demoNow(zone)
			if err != nil {
				return err
			}
			log := p.generate(p.global.demoSeed, at)
			if len(args) == 0 {
				return quietly(log.Write(p.out))
			}
			return writeLog(args[0], log)
		},
	})
	return c
}

// writeLog writes a log to a file that does not exist yet.
func writeLog(path string, log *demo.Log) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%s cannot be written: %s", text.Clean(path), text.Clean(err.Error()))
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
	}()
	if !strings.HasSuffix(path, ".gz") {
		return log.Write(f)
	}
	z := gzip.NewWriter(f)
	if err := log.Write(io.Writer(z)); err != nil {
		return err
	}
	return z.Close()
}

// listen serves the log of the flags until the program is interrupted.
func (p *program) listen(c *cobra.Command) error {
	zone, err := p.zone("")
	if err != nil {
		return err
	}
	log, _, now, notes, err := p.log(c.Context(), zone)
	if err != nil {
		return err
	}
	for _, note := range notes {
		fmt.Fprintln(p.err, "amptui: "+note)
	}
	around, err := p.faulty(now, zone, log)
	if err != nil {
		return err
	}
	var handler http.Handler = &demo.Server{Log: log, Now: now, Zone: zone}
	if around != nil {
		handler = around(handler)
	}
	ctx, stop := signal.NotifyContext(c.Context(), os.Interrupt)
	defer stop()
	return demo.Listen(ctx, p.global.demoListen, handler, func(addr string) {
		fmt.Fprintf(p.err, "amptui: serving on http://%s (any key and secret); ctrl+c ends it\n", addr)
	})
}
