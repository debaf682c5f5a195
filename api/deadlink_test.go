package api

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// link is a connection that can go dead without a word: what is written is lost, and
// nothing comes any more.
type link struct {
	net.Conn
	dead   *atomic.Bool
	closed chan struct{}
}

func (l *link) Read(b []byte) (int, error) {
	n, err := l.Conn.Read(b)
	if !l.dead.Load() {
		return n, err
	}
	<-l.closed
	return 0, net.ErrClosed
}

func (l *link) Write(b []byte) (int, error) {
	if l.dead.Load() {
		return len(b), nil
	}
	return l.Conn.Write(b)
}

func (l *link) Close() error {
	select {
	case <-l.closed:
	default:
		close(l.closed)
	}
	return l.Conn.Close()
}

// accepted is a listener of connections that are handed over.
type accepted chan net.Conn

func (a accepted) Accept() (net.Conn, error) {
	if c, ok := <-a; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}

func (accepted) Close() error   { return nil }
func (accepted) Addr() net.Addr { return &net.TCPAddr{} }

// certified are a certificate for example.com and who trusts it.
func certified(t *testing.T) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	trusted := x509.NewCertPool()
	trusted.AddCert(s.Certificate())
	return s.TLS.Certificates[0], trusted
}

// A connection whose other side has gone costs one question some seconds, and no
// later one anything.
func TestADeadConnectionIsLeft(t *testing.T) {
	certificate, trusted := certified(t)
	synctest.Test(t, func(t *testing.T) {
		arriving := make(accepted)
		server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ProtoMajor != 2 {
				t.Errorf("asked in %s", r.Proto)
			}
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, good)
		})}
		serving := make(chan error)
		go func() {
			serving <- server.Serve(tls.NewListener(arriving, &tls.Config{Certificates: []tls.Certificate{certificate}, NextProtos: []string{"h2"}}))
		}()
		dead, links := new(atomic.Bool), 0
		transport := network().(*http.Transport)
		transport.TLSClientConfig = &tls.Config{RootCAs: trusted}
		transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
			links++
			here, there := net.Pipe()
			arriving <- there
			dead = new(atomic.Bool)
			return &link{here, dead, make(chan struct{})}, nil
		}
		c := of(t, Options{BaseURL: "https://example.com", Transport: transport})
		for range 2 {
			if _, err := c.Events(Fresh(t.Context())); err != nil || links != 1 {
				t.Fatalf("%v, %d connections", err, links)
			}
		}
		dead.Store(true)
		for _, most := range []time.Duration{30 * time.Second, time.Second} {
			began := time.Now()
			if _, err := c.Events(Fresh(t.Context())); err != nil || time.Since(began) > most || links != 2 {
				t.Errorf("%v after %v, %d connections", err, time.Since(began), links)
			}
		}
		transport.CloseIdleConnections()
		close(arriving)
		<-serving
		server.Close()
		time.Sleep(time.Minute)
	})
}

// Who cannot show who it is gets no key pair, and is not asked again at once: it would
// be the same.
func TestACertificateThatIsNotGoodIsSaidAtOnce(t *testing.T) {
	var asked, joined atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			joined.Add(1)
		}
	}
	server.StartTLS()
	defer server.Close()
	_, err := of(t, Options{BaseURL: server.URL}).Events(t.Context())
	if !errors.Is(err, ErrCertificate) || asked.Load() != 0 || joined.Load() != 1 {
		t.Errorf("%v after %d connections and %d questions", err, joined.Load(), asked.Load())
	}
	fit(t, err)
}
