package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"amptui/api/text"
)

// wire is the in-memory connection to a server.
type wire struct {
	accept chan net.Conn
	closed chan struct{}
	once   sync.Once
	server *http.Server
	client *http.Transport
}

var errClosed = errors.New("the demo is closed")

// Transport speaks real HTTP to the server over connections in memory, for any
// host and plain http. It works in the bubbles of testing/synctest too, if it was
// opened and is closed in one. Close ends it.
func (s *Server) Transport() http.RoundTripper {
	s.memory.Do(func() {
		w := &wire{accept: make(chan net.Conn), closed: make(chan struct{})}
		var handler http.Handler = s
		if s.Around != nil {
			handler = s.Around(s)
		}
		w.server = &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute, ErrorLog: log.New(io.Discard, "", 0)}
		// As the client of a network: what is sent may be packed, and headers end.
		w.client = &http.Transport{
			DialContext:            w.dial,
			MaxIdleConnsPerHost:    10,
			MaxResponseHeaderBytes: 1 << 20,
		}
		s.wire = w
		go func() { _ = w.server.Serve(w) }() // ends with Close
	})
	return s.wire.client
}

// Close ends what Transport has opened: calls under way fail, and so do later
// ones.
func (s *Server) Close() {
	if s.wire == nil {
		return
	}
	s.wire.client.CloseIdleConnections()
	_ = s.wire.server.Close()
}

func (w *wire) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	here, there := net.Pipe()
	select {
	case w.accept <- there:
		return here, nil
	case <-w.closed:
		return nil, errClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept is the server's side of the next connection.
func (w *wire) Accept() (net.Conn, error) {
	select {
	case c := <-w.accept:
		return c, nil
	case <-w.closed:
		return nil, errClosed
	}
}

// Close ends Accept.
func (w *wire) Close() error {
	w.once.Do(func() { close(w.closed) })
	return nil
}

// Addr names the connection.
func (w *wire) Addr() net.Addr { return &net.UnixAddr{Name: "demo", Net: "memory"} }

// Listen serves a handler on a loopback address until the context ends. ready
// gets the address once it is open. Any other address is refused, and so is a
// request that came by another name: a page of the web that has its name lead
// here must not read the log.
func Listen(ctx context.Context, address string, h http.Handler, ready func(string)) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("%s is not an address such as 127.0.0.1:8080", text.Clean(address))
	}
	if !loopback(host) {
		return fmt.Errorf("%s is not on this computer: the demo is served on 127.0.0.1 only", text.Clean(address))
	}
	if host == "localhost" {
		// Whatever the name leads to.
		address = net.JoinHostPort("127.0.0.1", port)
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("%s cannot be opened: %s", text.Clean(address), text.Clean(err.Error()))
	}
	server := &http.Server{Handler: onlyLoopback(h), ReadHeaderTimeout: 10 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	ready(l.Addr().String())
	if err := server.Serve(l); err != nil && !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// loopback says whether a host is this computer, without asking for names.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func onlyLoopback(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host, _, err := net.SplitHostPort(r.Host)
		if err != nil {
			host = r.Host
		}
		if !loopback(strings.Trim(host, "[]")) {
			http.Error(w, "the demo is served on 127.0.0.1 only", http.StatusForbidden)
			return
		}
		h.ServeHTTP(w, r)
	})
}
