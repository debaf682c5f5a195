package ui

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"amptui/api"
	"amptui/api/demo"
	"amptui/api/demo/fault"
	"amptui/api/text"
	"amptui/views"
	"amptui/views/query"
)

// faultsCommand lists the ways in which the demo's server can be made to fail.
func (p *program) faultsCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "faults",
		Short: "List the ways in which the demo's server can fail",
		Long: "List what --demo-fault takes: each way in which the demo's server can be made to\n" +
			"fail, with what a good client does about it. Behind a colon stands the view whose\n" +
			"questions fail; the others are answered well.",
		Example: "  amptui --demo --demo-fault error-page\n  amptui --demo --demo-fault slow:funnel\n  amptui --demo-listen 127.0.0.1:8080 --demo-fault gzip-bomb",
		Args:    cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var out strings.Builder
			w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
			for _, k := range fault.Kinds() {
				fmt.Fprintf(w, "%s\t%s\n", k.Name, k.Client)
			}
			_ = w.Flush() // into memory
			_, err := fmt.Fprint(p.out, p.theme(false).Glyphs.Spell(out.String()))
			return quietly(err)
		},
	}
}

// checkFault says what of --demo-fault is wrong.
func (g *globals) checkFault() error {
	if g.demoFault == "" {
		return nil
	}
	if !g.demo && len(g.events) == 0 && g.demoListen == "" {
		return usageError{errors.New("--demo-fault is for the demo's server: add --demo, --events or --demo-listen")}
	}
	name, view, limited := strings.Cut(g.demoFault, ":")
	if _, ok := fault.Find(name); !ok {
		return usageError{noSuchFault(name)}
	}
	names := make([]string, 0, len(catalog()))
	for _, s := range catalog() {
		names = append(names, s.Name)
	}
	if limited && !slices.Contains(names, view) {
		return usageError{noSuch("view", view, names)}
	}
	return nil
}

func noSuchFault(name string) error {
	var names []string
	for _, k := range fault.Kinds() {
		names = append(names, k.Name)
	}
	if near := query.Nearest(name, names); near != "" {
		return fmt.Errorf("there is no fault called %s: did you mean %s? amptui demo faults lists all", text.Clean(name), near)
	}
	return fmt.Errorf("there is no fault called %s: amptui demo faults lists them", text.Clean(name))
}

// faulty is what --demo-fault puts between the demo's server and the client, nil for
// nothing.
func (p *program) faulty(now func() time.Time, zone *time.Location, log *demo.Log) (func(http.Handler) http.Handler, error) {
	if p.global.demoFault == "" {
		return nil, nil
	}
	name, view, _ := strings.Cut(p.global.demoFault, ":")
	kind, _ := fault.Find(name)
	var paths []string
	if view != "" {
		var err error
		if paths, err = asks(view, &demo.Server{Log: log, Now: now, Zone: zone}); err != nil {
			return nil, err
		}
	}
	return func(good http.Handler) http.Handler { return kind.Wrap(good, paths...) }, nil
}

// asks are the paths that a view asks: it is asked for its first example, so that
// nobody has to list them.
func asks(view string, server *demo.Server) ([]string, error) {
	heard := listener{next: server}
	server.Around = func(http.Handler) http.Handler { return &heard }
	defer server.Close()
	client, err := api.New(api.Options{
		BaseURL: "http://127.0.0.1", Key: text.NewSecret("demo"), Secret: text.NewSecret("demo"),
		Zone: server.Zone, Now: server.Now, Transport: server.Transport(), Free: true,
	})
	if err != nil {
		return nil, err
	}
	for _, spec := range catalog() {
		if spec.Name != view {
			continue
		}
		first, _, _ := strings.Cut(spec.Example, "\n")
		_, args, err := lineSpec(first)
		if err != nil {
			return nil, err
		}
		if _, err := spec.Ask(context.Background(), views.Env{API: client, Now: server.Now, Zone: server.Zone}, args); err != nil {
			return nil, err
		}
	}
	return heard.paths, nil
}

// listener keeps the paths that are asked for.
type listener struct {
	next  http.Handler
	mu    sync.Mutex
	paths []string
}

// ServeHTTP answers well.
func (l *listener) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	if !slices.Contains(l.paths, r.URL.Path) {
		l.paths = append(l.paths, r.URL.Path)
	}
	l.mu.Unlock()
	l.next.ServeHTTP(w, r)
}

// generate is the demo's log.
func (p *program) generate(seed uint64, at time.Time) *demo.Log {
	if p.demoLog != nil {
		return p.demoLog
	}
	return demo.Generate(seed, at)
}
