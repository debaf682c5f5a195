// Package fault makes a good server fail in a way that can be named: to try a
// client, by hand or in a test, against what networks, proxies and servers do.
package fault

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// A Kind is one way in which a server fails.
type Kind struct {
	Name   string // as it is typed
	Client string // what a good client does, in one sentence
	Ends   End
	serve  func(*call)
}

// Concerns says whether answers of a path can fail so: what has no series cannot lose
// one.
func (k Kind) Concerns(path string) bool {
	if strings.HasPrefix(k.Name, "numbers-") && strings.Contains(path, "/chart/") {
		return false // its numbers stand in a text
	}
	if k.Name == "from-a-cache" && strings.HasSuffix(path, "realtime") {
		return false // the clock times in it say when it was computed
	}
	var only []string
	switch k.Name {
	case "series-long", "dates-missing":
		only = []string{"segmentation", "funnels"}
	case "page-again":
		only = []string{"useractivity"}
	case "series-lost":
		only = []string{"segmentation", "funnels", "retention", "revenue"}
	case "counts-rising":
		only = []string{"funnels", "retention"}
	case "dates-of-another-year":
		only = []string{"segmentation", "funnels", "retention", "api/2/users", "sessions/average"}
	case "dates-backwards":
		only = []string{"segmentation", "funnels", "api/2/users", "sessions", "realtime"}
	case "dates-twice":
		only = []string{"segmentation", "funnels", "retention", "revenue", "api/2/users", "sessions", "composition", "realtime"}
	}
	return len(only) == 0 || slices.ContainsFunc(only, func(part string) bool { return strings.HasSuffix(path, part) || strings.Contains(path, part+"/") })
}

// End is how a good client ends up with a kind.
type End int

// The ends.
const (
	Whole   End = iota // with the good answer, perhaps later, perhaps with a remark
	Gaps               // with the good answer, in which some values are missing; or with an error
	Fails              // with an error
	Refused            // with an error about the key pair
	Limited            // with an error about the rate limit
	Aged               // with the good answer as of the time it was computed, after which nothing is over
)

// Kinds are all there are, in the order in which they are listed.
func Kinds() []Kind {
	return slices.Concat(statusKinds(), limitKinds(), placeKinds(), brokenKinds(), slowKinds(), sizeKinds(), pageKinds(),
		textKinds(), shapeKinds(), numberKinds(), keyKinds(), seriesKinds(), lieKinds(), hostileKinds(), clockKinds(), turnKinds())
}

// Find is the kind of that name.
func Find(name string) (Kind, bool) {
	all := Kinds()
	if i := slices.IndexFunc(all, func(k Kind) bool { return k.Name == name }); i >= 0 {
		return all[i], true
	}
	return Kind{}, false
}

// Wrap makes a server fail at the paths, or at all of them if there are none.
func (k Kind) Wrap(good http.Handler, paths ...string) http.Handler {
	return &server{kind: k, good: good, paths: paths, turns: map[string]int{}}
}

type server struct {
	kind  Kind
	good  http.Handler
	paths []string

	mu    sync.Mutex
	turns map[string]int // questions so far, of each path
	world world
}

// ServeHTTP fails, or answers well where the path is none of those that fail.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if len(s.paths) > 0 && !slices.Contains(s.paths, r.URL.Path) || !s.kind.Concerns(r.URL.Path) {
		s.good.ServeHTTP(w, r)
		return
	}
	s.mu.Lock()
	turn := s.turns[r.URL.Path]
	s.turns[r.URL.Path]++
	s.mu.Unlock()
	s.kind.serve(&call{ResponseWriter: w, request: r, server: s, turn: turn})
}

// call is a question that is being answered.
type call struct {
	http.ResponseWriter
	request *http.Request
	server  *server
	turn    int // questions of the same path before this one
}

// pass answers well.
func (c *call) pass() { c.server.good.ServeHTTP(c.ResponseWriter, c.request) }

// good is the good answer, kept back.
func (c *call) good() *kept {
	k := &kept{header: http.Header{}, status: http.StatusOK}
	c.server.good.ServeHTTP(k, c.request)
	return k
}

// with answers as the good server does, with what edit makes of the body. What is
// no good answer stays as it is.
func (c *call) with(edit func(body []byte) []byte) {
	k := c.good()
	body := k.body.Bytes()
	if k.status == http.StatusOK {
		body = edit(body)
	}
	for name, values := range k.header {
		c.Header()[name] = values
	}
	c.WriteHeader(k.status)
	_, _ = c.Write(body)
}

// say answers with a status and a body.
func (c *call) say(status int, contentType, body string) {
	c.Header().Set("Content-Type", contentType)
	c.WriteHeader(status)
	_, _ = c.Write([]byte(body))
}

// kept is an answer that was not sent.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

// Header is the answer's.
func (k *kept) Header() http.Header { return k.header }

// WriteHeader keeps the status.
func (k *kept) WriteHeader(status int) { k.status = status }

// Write keeps a part of the body.
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
