package fault

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

const harmless = "It shows what the words hold as pictures and marks: no byte of them drives the terminal, and none hides."

func hostileKinds() []Kind {
	return []Kind{
		{"hostile", harmless, Gaps, hostile(asItIs, false)},
		{"hostile-escaped", harmless, Gaps, hostile(escaped, false)},
		{"hostile-raw", "It says that the answer is not understood: raw controls are no JSON.", Fails, hostile(rawly, false)},
		{"hostile-dates", harmless, Gaps, hostile(escaped, true)},
		{"hostile-error", harmless, Fails, func(c *call) {
			c.say(400, asJSON, string(writeJSON(nil, map[string]any{"error": map[string]any{
				"http_code": json.Number("400"), "message": c.word(), "metadata": map[string]any{"details": c.word()},
			}}, asItIs)))
		}},
		{"hostile-error-text", harmless, Fails, func(c *call) { c.say(500, asText, c.word()+c.word()) }},
		{"hostile-headers", harmless, Limited, func(c *call) {
			c.rawAnswer("429 Too Many", "Retry-After: "+headerValue(c.word())+"\r\nX-Odd: "+headerValue(c.word()), "no")
		}},
		{"hostile-reason", harmless, Fails, func(c *call) { c.rawAnswer("500 "+oneLine(c.word()), "Content-Type: "+oneLine(c.word()), c.word()) }},
		{"hostile-place", harmless, Fails, func(c *call) { c.rawAnswer("302 Found", "Location: https://"+oneLine(c.word())+".example/", "") }},
		{"echo", "It strikes the keys out of whatever the server sends back.", Fails, func(c *call) {
			var all strings.Builder
			for name, values := range c.request.Header {
				fmt.Fprintf(&all, "%s: %s; ", name, strings.Join(values, ", "))
			}
			key, secret, _ := c.request.BasicAuth()
			c.say(400, asJSON, errorBody(400, key+" "+secret+" "+url.QueryEscape(key+":"+secret)+"; "+all.String()))
		}},
	}
}

// word is the next of the hostile words: another one for every call.
func (c *call) word() string {
	w := &c.server.world
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.give()
}

// oneLine is a word that fits into a header: it ends no line.
func oneLine(s string) string {
	s = strings.NewReplacer("\r", "", "\n", "").Replace(s)
	return s[:min(len(s), 4<<10)]
}

// headerValue is a word that a client takes for a header's value: one with controls
// is refused as no HTTP.
func headerValue(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return '?'
		}
		return r
	}, oneLine(s))
}

func (c *call) rawAnswer(statusLine, headers, body string) {
	c.raw(func(_ net.Conn, w *bufio.Writer) {
		fmt.Fprintf(w, "HTTP/1.1 %s\r\n%s\r\nContent-Length: %d\r\n\r\n%s", statusLine, headers, len(body), body)
		_ = w.Flush()
	})
}

// world is the good server's words made hostile, each one into its own; so that
// what is asked about a hostile one can be asked of the good server.
type world struct {
	mu      sync.Mutex
	words   []string
	hostile map[string]string
	good    map[string]string
	next    int
}

// give is the next word.
func (w *world) give() string {
	if w.words == nil {
		w.words = Words()
	}
	w.next++
	return w.words[(w.next-1)%len(w.words)]
}

// of is the hostile word of a good one. The hostile words are given out one after
// the other: before, behind and in the place of the good one.
func (w *world) of(good string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s, ok := w.hostile[good]; ok {
		return s
	}
	if w.hostile == nil {
		w.hostile, w.good = map[string]string{}, map[string]string{}
	}
	s := w.give()
	if round := w.next / len(w.words); w.good[s] != "" || round%3 == 1 {
		s = good + s
	} else if round%3 == 2 {
		s += good
	}
	w.hostile[good] = s
	// A word that comes in \u has U+FFFD where bytes were none of UTF-8.
	w.good[s], w.good[strings.ToValidUTF8(s, "\uFFFD")] = good, good
	var asRunes strings.Builder
	for _, r := range s {
		asRunes.WriteRune(r)
	}
	w.good[asRunes.String()] = good
	return s
}

// back is a question about hostile words as one about the good ones.
func (w *world) back(r *http.Request) *http.Request {
	w.mu.Lock()
	defer w.mu.Unlock()
	turned := func(s string) string {
		if good, ok := w.good[s]; ok {
			return good
		}
		return s
	}
	values := r.URL.Query()
	for _, list := range values {
		for i, v := range list {
			if inner := decode([]byte(v)); inner != nil && strings.ContainsAny(v[:1], "[{") {
				list[i] = string(writeJSON(nil, everyWord(inner, turned), asItIs))
			} else {
				list[i] = turned(v)
			}
		}
	}
	out := r.Clone(r.Context())
	out.URL.RawQuery = values.Encode()
	return out
}

func everyWord(v any, change func(string) string) any {
	switch v := v.(type) {
	case map[string]any:
		for k, in := range v {
			v[k] = everyWord(in, change)
		}
	case []any:
		for i, in := range v {
			v[i] = everyWord(in, change)
		}
	case string:
		return change(v)
	}
	return v
}

// hostile answers well, with hostile words for all words, and for the keys that
// are words of users.
func hostile(how manner, datesToo bool) func(*call) {
	return func(c *call) {
		c.request = c.server.world.back(c.request)
		c.with(func(body []byte) []byte {
			change := c.server.world.of
			if datesToo {
				return writeJSON(nil, words(decode(body), "dates", change), how)
			}
			return writeJSON(nil, words(decode(body), "", change), how)
		})
	}
}

// words changes every word that is no date, and the keys that are words of users.
// Under the key "dates" it changes dates too.
func words(v any, key string, change func(string) string) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, in := range v {
			if isUsersOwn(key) || key == "dates" && isDate(k) {
				k = change(k)
			}
			under := k
			if key == "dates" {
				under = key
			}
			out[k] = words(in, under, change)
		}
		return out
	case []any:
		for i, in := range v {
			v[i] = words(in, key, change)
		}
	case string:
		if key != "dates" && isDate(v) || v == "" {
			return v
		}
		return change(v)
	}
	return v
}

// isDate says whether a word begins as dates of the API do: 2026-11, Nov 2.
func isDate(s string) bool {
	if len(s) < 5 {
		return false
	}
	is := func(at int, from, to byte) bool { return from <= s[at] && s[at] <= to }
	iso := is(0, '1', '2') && is(1, '0', '9') && is(2, '0', '9') && is(3, '0', '9') && s[4] == '-'
	return iso || is(0, 'A', 'Z') && is(1, 'a', 'z') && is(2, 'a', 'z') && s[3] == ' ' && is(4, '0', '9')
}
