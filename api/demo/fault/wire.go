package fault

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"
)

// raw gives the connection itself to f and closes it after that.
func (c *call) raw(f func(net.Conn, *bufio.Writer)) {
	h, ok := c.ResponseWriter.(http.Hijacker)
	if !ok {
		panic(http.ErrAbortHandler) // the next best: the server breaks off
	}
	conn, rw, err := h.Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	defer conn.Close()
	f(conn, rw.Writer)
}

// write sends bytes as they are, and closes the connection.
func write(format string, args ...any) func(*call) {
	return func(c *call) {
		c.raw(func(_ net.Conn, w *bufio.Writer) {
			fmt.Fprintf(w, format, args...)
			_ = w.Flush()
		})
	}
}

// reset closes the connection so that the other side sees it reset, where that
// can be told.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
}

// wait lets time pass; it is false when the other side has gone.
func (c *call) wait(d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-c.request.Context().Done():
		return false
	}
}

// push sends what was written so far; it is false when nobody takes it.
func (c *call) push(b []byte) bool {
	_, err := c.Write(b)
	if f, ok := c.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
	return err == nil
}

const brokeOff = "It says that the connection broke off, after a few tries, and draws nothing of what came."

func brokenKinds() []Kind {
	return []Kind{
		{"reset", brokeOff, Fails, func(c *call) { c.raw(func(conn net.Conn, _ *bufio.Writer) { reset(conn) }) }},
		{"closed", brokeOff, Fails, write("")},
		{"closed-in-headers", brokeOff, Fails, write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Ha")},
		{"closed-after-headers", brokeOff, Fails, write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 4096\r\n\r\n")},
		{"reset-in-body", brokeOff, Fails, half(true)},
		{"closed-in-body", brokeOff, Fails, half(false)},
		{"closed-in-chunk", brokeOff, Fails, write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n{\"data\":{\"xValues\":[")},
		{"odd-chunk", brokeOff, Fails, write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{\"data\":[]}")},
		{"not-http", "It says that this is no answer, without a byte of it that could drive a terminal.", Fails, write("SSH-2.0-OpenSSH_9.6\x1b]0;pwned\x07\r\n")},
		{"tls", "It says that this is no answer.", Fails, write("\x15\x03\x01\x00\x02\x02\x46")},
		{"switching", "It says the status, and waits for nothing behind it.", Fails, func(c *call) {
			c.raw(func(conn net.Conn, w *bufio.Writer) {
				fmt.Fprint(w, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chess\r\n\r\n")
				_ = w.Flush()
				_, _ = conn.Read(make([]byte, 1)) // until the other side has gone
			})
		}},
		{"more-than-said", "It takes what was announced, and nothing of what follows it.", Whole, func(c *call) { tooMuch(c) }},
		{"two-lengths", brokeOff, Fails, write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 11\r\n\r\n{\"data\":[]}")},
	}
}

// half announces the good answer and breaks off in its middle.
func half(abruptly bool) func(*call) {
	return func(c *call) {
		body := c.good().body.Bytes()
		c.raw(func(conn net.Conn, w *bufio.Writer) {
			fmt.Fprintf(w, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body[:len(body)/2])
			_ = w.Flush()
			if abruptly {
				reset(conn)
			}
		})
	}
}

// tooMuch sends the good answer and behind it one that nobody has asked for.
func tooMuch(c *call) {
	k := c.good()
	c.raw(func(_ net.Conn, w *bufio.Writer) {
		fmt.Fprintf(w, "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", k.status, k.body.Len(), k.body.Bytes())
		fmt.Fprint(w, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{\"data\":[]}")
		_ = w.Flush()
	})
}

func slowKinds() []Kind {
	const gives = "It says that the server has not answered, lets itself be cancelled at any time, and gives up after a minute."
	return []Kind{
		{"slow", "It says that the server has not answered yet, and draws the answer when it comes.", Whole, func(c *call) {
			if c.wait(12 * time.Second) {
				c.pass()
			}
		}},
		{"slow-body", "It waits for the whole answer before it draws any of it.", Whole, func(c *call) { drip(c, 20, 700*time.Millisecond) }},
		{"drip", gives, Fails, func(c *call) { drip(c, 1<<20, time.Second) }},
		{"silent", gives, Fails, func(c *call) { c.wait(time.Hour) }},
		{"silent-after-headers", gives, Fails, func(c *call) { c.Header().Set("Content-Type", asJSON); c.push(nil); c.wait(time.Hour) }},
		{"silent-in-body", gives, Fails, func(c *call) {
			body := c.good().body.Bytes()
			c.Header().Set("Content-Type", asJSON)
			c.push(body[:len(body)/2])
			c.wait(time.Hour)
		}},
		{"error-silent", "It goes by the status, whether or not the rest of the error comes.", Fails, silentError(503)},
		{"bad-request-silent", "It goes by the status, whether or not the rest of the error comes.", Fails, silentError(400)},
		{"slow-then-closed", "It asks again only while a minute has not passed, and then says that the connection broke off.", Fails, func(c *call) {
			if c.wait(40 * time.Second) {
				write("")(c)
			}
		}},
		{"drip-headers", gives, Fails, func(c *call) {
			c.raw(func(_ net.Conn, w *bufio.Writer) {
				fmt.Fprint(w, "HTTP/1.1 200 OK\r\n")
				for i := 0; w.Flush() == nil && i < 3600; i++ {
					time.Sleep(time.Second) // a connection that was taken over has no context
					fmt.Fprintf(w, "X-%d: y\r\n", i)
				}
			})
		}},
	}
}

// silentError announces an error and never ends it.
func silentError(code int) func(*call) {
	return func(c *call) {
		c.Header().Set("Content-Type", asText)
		c.Header().Set("Content-Length", "4096")
		c.WriteHeader(code)
		c.push([]byte("wait for it"))
		c.wait(time.Hour)
	}
}

// drip sends the good answer in so many parts.
func drip(c *call, parts int, pause time.Duration) {
	k := c.good()
	c.Header().Set("Content-Type", asJSON)
	c.WriteHeader(k.status)
	body := k.body.Bytes()
	size := max(len(body)/parts, 1)
	for len(body) > 0 && c.push(body[:min(size, len(body))]) && c.wait(pause) {
		body = body[min(size, len(body)):]
	}
}

func sizeKinds() []Kind {
	const bounded = "It stops reading at its limit and says that the answer is too large, in little memory."
	return []Kind{
		{"endless", bounded, Fails, func(c *call) {
			c.Header().Set("Content-Type", asJSON)
			many := []byte(strings.Repeat("1,", 1<<15))
			for ok := c.push([]byte(`{"data":{"series":[[`)); ok && c.request.Context().Err() == nil; {
				ok = c.push(many)
			}
		}},
		{"huge", bounded, Fails, func(c *call) {
			c.with(func(body []byte) []byte {
				return append(append([]byte(`{"more":"`), strings.Repeat("x", 50<<20)+`",`...), body[1:]...)
			})
		}},
		{"blank", bounded, Fails, func(c *call) {
			c.with(func(body []byte) []byte { return append(bytes.Repeat([]byte(" "), 40<<20), body...) })
		}},
		{"gzip-bomb", bounded, Fails, func(c *call) { bomb(c) }},
		{"gzip-odd", "It says that the answer cannot be read.", Fails, func(c *call) {
			c.Header().Set("Content-Encoding", "gzip")
			c.with(func(body []byte) []byte { return body })
		}},
		{"gzip-short", "It says that the answer broke off.", Fails, func(c *call) {
			c.Header().Set("Content-Encoding", "gzip")
			c.with(func(body []byte) []byte { b := zipped(body); return b[:len(b)/2] })
		}},
		{"long-headers", "It stops reading the headers at its limit.", Fails, func(c *call) {
			c.raw(func(_ net.Conn, w *bufio.Writer) {
				fmt.Fprint(w, "HTTP/1.1 200 OK\r\n")
				for i := 0; i < 4<<10; i++ {
					if _, err := fmt.Fprintf(w, "X-%d: %s\r\n", i, strings.Repeat("y", 1<<10)); err != nil {
						return
					}
				}
				_ = w.Flush()
			})
		}},
		{"long-line", "It stops reading the headers at its limit.", Fails, func(c *call) { write("HTTP/1.1 200 %s\r\n\r\n", strings.Repeat("y", 3<<20))(c) }},
		{"early-hints", "It stops reading what comes before an answer at its limit.", Fails, func(c *call) {
			c.raw(func(_ net.Conn, w *bufio.Writer) {
				for i := 0; i < 1<<16; i++ {
					if _, err := fmt.Fprint(w, "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"); err != nil {
						return
					}
				}
			})
		}},
		{"long-error", "It reads only the beginning of an error, and says only a line of it.", Fails, func(c *call) { c.say(400, asText, strings.Repeat("no! ", 1<<20)) }},
		{"deep", "It says that the answer is not understood.", Fails, func(c *call) {
			c.say(200, asJSON, `{"data":`+strings.Repeat("[", 1<<20)+strings.Repeat("]", 1<<20)+`}`)
		}},
	}
}

// bomb is a gigabyte of blanks in a megabyte, before the good answer.
func bomb(c *call) {
	c.Header().Set("Content-Encoding", "gzip")
	c.with(func(body []byte) []byte {
		part := zipped(bytes.Repeat([]byte(" "), 8<<20))
		return append(bytes.Repeat(part, 128), zipped(body)...) // gzip takes streams one after the other
	})
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, _ = z.Write(b)
	_ = z.Close()
	return out.Bytes()
}
