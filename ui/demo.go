package ui

import (
	"compress/gzip"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"os/signal"
	"strings"

	"github.com/spf13/cobra"

	"amptui/api/demo"
	"amptui/api/text"
	"amptui/charts"
)

// demoCommand writes the demo's log, or serves it for other clients.
func (p *program) demoCommand() *cobra.Command {
	c := &cobra.Command{
		Use: "demo", Short: "Write or serve the demo project", Args: cobra.NoArgs,
		Long:    "Write the demo's event log, or serve the demo to other clients on this computer with --demo-listen.\nTo look at it, amptui --demo.",
		Example: "  amptui demo export events.json.gz\n  amptui demo --demo-listen 127.0.0.1:8080",
		RunE: func(c *cobra.Command, _ []string) error {
			p.global.demo = true
			if p.global.demoListen == "" {
				return c.Help()
			}
			return p.listen(c)
		},
	}
	c.AddCommand(heeds(p.faultsCommand()), heeds(&cobra.Command{
		Use:   "export [FILE]",
		Short: "Write the demo's event log in the Amplitude Export format",
		Long: "Write the demo's event log as JSON lines in the Amplitude Export format: to a new file\n" +
			"(gzip, if its name ends in .gz), or to the output where that is no terminal.",
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
			if _, _, tty := p.terminal(); tty && len(args) == 0 {
				return usageError{errors.New("that is some hundred thousand lines: name a file, as in amptui demo export demo.json.gz, or a pipe: amptui demo export | head")}
			}
			if len(args) == 0 {
				return quietly(p.generate(p.global.demoSeed, at).Write(p.out))
			}
			log, err := writeLog(args[0], func() *demo.Log { return p.generate(p.global.demoSeed, at) })
			if err != nil {
				return err
			}
			fmt.Fprintf(p.err, "amptui: %s events up to %s are in %s; --events opens it\n",
				charts.Exact(float64(log.Len())), log.Last().In(zone).Format("2 Jan 2006 15:04"), text.Clean(args[0]))
			return nil
		},
	}, "zone", "demo-now", "demo-seed"))
	return c
}

// writeLog makes a log and writes it to a file that does not exist yet. What could not
// be written to its end is not left behind.
func writeLog(path string, make func() *demo.Log) (log *demo.Log, err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("%s is there already and stays as it is: name a new file", text.Clean(path))
	}
	if err != nil {
		return nil, unwritten(path, err)
	}
	defer func() {
		if closed := f.Close(); err == nil {
			err = closed
		}
		if err != nil {
			_ = os.Remove(path)
			err = unwritten(path, err)
		}
	}()
	log = make()
	if !strings.HasSuffix(path, ".gz") {
		return log, log.Write(f)
	}
	z := gzip.NewWriter(f)
	if err := log.Write(z); err != nil {
		return nil, err
	}
	return log, z.Close()
}

// unwritten says why a file cannot be written, with its path once.
func unwritten(path string, err error) error {
	var inner *fs.PathError
	if errors.As(err, &inner) {
		err = inner.Err
	}
	return fmt.Errorf("%s cannot be written: %s", text.Clean(path), text.Clean(err.Error()))
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
