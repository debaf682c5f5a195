package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api/text"
)

const (
	good      = `{"data":[{"value":"A","totals":1}]}`
	keyWord   = "k3yk3yk3y"
	hideWord  = "s3cr3ts3cr3t"
	basicWord = "azN5azN5azN5OnMzY3IzdHMzY3IzdA==" // base64 of key:secret
)

// asking is a client of a server on loopback.
func asking(t *testing.T, h http.HandlerFunc) *Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	return of(t, Options{BaseURL: server.URL, MaxBody: 1 << 20})
}

func of(t testing.TB, o Options) *Client {
	t.Helper()
	o.Key = text.NewSecret(keyWord)
	if o.Secret.Reveal() == "" {
		o.Secret = text.NewSecret(hideWord)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answers is a network of canned answers, for time without a clock.
type answers func(*http.Request) (*http.Response, error)

func (a answers) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

func canned(status int, body string, header ...string) *http.Response {
	r := &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// fit fails on an error that drives the terminal or tells a secret.
func fit(t *testing.T, err error) {
	t.Helper()
	for _, s := range []string{err.Error(), fmt.Sprintf("%v %+v %#v", err, err, err)} {
		if strings.ContainsAny(s, "\x1b\x07\r\u202e\u009b") {
			t.Errorf("the error drives the terminal: %q", s)
		}
		for _, word := range []string{keyWord, hideWord, basicWord, "user=", "start="} {
			if strings.Contains(s, word) {
				t.Errorf("the error tells %s: %q", word, s)
			}
		}
	}
}

func TestOnlySafeAddressesAreTaken(t *testing.T) {
	for address, ok := range map[string]bool{
		StandardHost: true, EUHost: true, "https://proxy.example:8443/": true, "http://127.0.0.1:80": true, "http://[::1]:80": true, "http://localhost:1": true,
		"http://amplitude.com": false, "https://me:pass@amplitude.com": false, "https://amplitude.com/path": false, "https://amplitude.com?x=1": false,
		"": false, "amplitude.com": false, "ftp://amplitude.com": false, "http://127.0.0.1.example": false, "https://\x1b[31m": false,
	} {
		_, err := New(Options{BaseURL: address})
		if (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestQuestionCarriesTheKeyPairAndEncodesBlanksAsPercent20(t *testing.T) {
	var got *http.Request
	c := asking(t, func(w http.ResponseWriter, r *http.Request) {
		got = r
		fmt.Fprint(w, `{"type":"nomatch","matches":[]}`)
	})
	if _, err := c.UserSearch(t.Context(), "a b+c&d"); err != nil {
		t.Fatal(err)
	}
	if user, pass, _ := got.BasicAuth(); user != keyWord || pass != hideWord {
		t.Errorf("asked as %s, %s", user, pass)
	}
	if got.URL.RawQuery != "user=a%20b%2Bc%26d" {
		t.Errorf("the query is %s", got.URL.RawQuery)
	}
}

func TestRedirectIsRefusedAndGetsNoKeyPair(t *testing.T) {
	var reached atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	defer other.Close()
	c := asking(t, func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+"/?user="+basicWord, http.StatusFound)
	})
	_, err := c.Events(t.Context())
	if !errors.Is(err, ErrRedirect) || !strings.Contains(err.Error(), other.URL) {
		t.Errorf("the error is %v", err)
	}
	fit(t, err)
	if reached.Load() != 0 {
		t.Error("the other port was asked")
	}
}

func TestAuthorizationStaysWithItsOrigin(t *testing.T) {
	c := of(t, Options{BaseURL: "https://amplitude.com", Transport: answers(func(*http.Request) (*http.Response, error) {
		t.Error("asked another origin")
		return nil, io.EOF
	})})
	for _, u := range []string{"https://amplitude.com:444/", "http://amplitude.com/", "https://amplitude.com.example/"} {
		r := httptest.NewRequest(http.MethodGet, u, nil)
		if _, err := c.chain().RoundTrip(r); !errors.Is(err, ErrRedirect) {
			t.Errorf("%s: %v", u, err)
		}
	}
}

func TestFailuresAreToldApart(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		header []string
		kind   error
		reason string
	}{
		"key":       {403, "", nil, ErrCredentials, "status 403"},
		"key 401":   {401, `{"error":{"message":"no"}}`, nil, ErrCredentials, "no"},
		"property":  {400, string(sample(t, "error-400-invalid-property-recorded")), nil, ErrQuery, "Invalid user property country"},
		"no data":   {404, string(sample(t, "error-404-export-recorded")), nil, ErrNotFound, "Raw data files were not found."},
		"taxonomy":  {404, string(sample(t, "error-taxonomy-notfound-documented")), nil, ErrNotFound, "Not found"},
		"too long":  {414, "too long\nsecond line", nil, ErrQuery, "too long"},
		"page":      {200, "<!DOCTYPE html><title>Sign in</title>", nil, ErrWebPage, ""},
		"page type": {200, "hello", []string{"Content-Type", "text/html; charset=utf-8"}, ErrWebPage, ""},
		"page 403":  {403, "<html>", nil, ErrCredentials, "status 403 with a web page"},
		"truncated": {200, `{"data":[{"value":"A"`, nil, ErrDecode, ""},
		"blank":     {200, "", nil, ErrDecode, ""},
		"no data 2": {200, `{"DATA":[{"value":"A"}]}`, nil, ErrDecode, ""},
		"null data": {200, `{"data":null}`, nil, ErrDecode, ""},
		"too large": {200, strings.Repeat(" ", 1<<20+1), nil, ErrTooLarge, "over 1 MiB"},
		"empty":     {204, "", nil, ErrServer, "status 204"},
		"not built": {501, "no", nil, ErrServer, "no"},
		"hostile":   {400, "\x1b]0;pwned\x07\u202e " + basicWord + " " + hideWord, nil, ErrQuery, "␛]0;pwned␇\uFFFD [redacted] [redacted]"},
		"cut":       {400, strings.Repeat("𝄞", 95) + hideWord + hideWord, nil, ErrQuery, ""},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			client := of(t, Options{BaseURL: StandardHost, MaxBody: 1 << 20, Transport: answers(func(*http.Request) (*http.Response, error) {
				asked++
				return canned(c.status, c.body, c.header...), nil
			})})
			_, err := client.Events(t.Context())
			var e *Error
			if !errors.Is(err, c.kind) || !errors.As(err, &e) || e.Status != c.status || c.reason != "" && e.Reason != c.reason {
				t.Fatalf("the error is %v of %+v", err, e)
			}
			fit(t, err)
			if strings.Contains(err.Error(), hideWord[:6]) {
				t.Errorf("half a secret is in %q", err)
			}
			if asked != 1 {
				t.Errorf("asked %d times", asked)
			}
		})
	}
}

func TestRateLimitNamesTheCost(t *testing.T) {
	c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
		return canned(429, string(sample(t, "error-429-rate-recorded")), "Retry-After", "61"), nil
	})})
	_, err := c.Events(t.Context())
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, ErrRateLimit) || e.Cost != 1800 || e.RetryAfter != 61*time.Second {
		t.Errorf("the error is %+v", e)
	}
}

func TestFiftyMegabytesAreTooLarge(t *testing.T) {
	c := asking(t, func(w http.ResponseWriter, _ *http.Request) {
		chunk := []byte(strings.Repeat("x", 1<<20))
		for range 50 {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	})
	if _, err := c.Events(t.Context()); !errors.Is(err, ErrTooLarge) {
		t.Errorf("the error is %v", err)
	}
}

func TestHostileReasonPhraseAndHeadersStayOut(t *testing.T) {
	c := asking(t, func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		fmt.Fprint(conn, "HTTP/1.1 400 \x1b]0;pwned\x07\r\nX-A: \u202e\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
	})
	_, err := c.Events(t.Context())
	if !errors.Is(err, ErrQuery) {
		t.Errorf("the error is %v", err)
	}
	fit(t, err)
}

func TestRetryIsVisibleAndEnds(t *testing.T) {
	for name, c := range map[string]struct {
		statuses []int
		header   []string
		asked    int
		kind     error
		least    time.Duration
		most     time.Duration
	}{
		"limit, then good":    {[]int{429, 200}, nil, 2, nil, 7 * time.Second, 15 * time.Second},
		"limit twice":         {[]int{429, 429}, nil, 2, ErrRateLimit, 7 * time.Second, 15 * time.Second},
		"load thrice":         {[]int{503, 503, 503, 200}, nil, 4, nil, 3 * time.Second, 7 * time.Second},
		"load for ever":       {[]int{503, 504, 500, 502, 503}, nil, 4, ErrServer, 3 * time.Second, 7 * time.Second},
		"a time to wait":      {[]int{503, 200}, []string{"Retry-After", "20"}, 2, nil, 20 * time.Second, 20 * time.Second},
		"a long time to wait": {[]int{503, 200}, []string{"Retry-After", "61"}, 1, ErrServer, 0, 0},
		"a reset":             {[]int{0, 200}, nil, 2, nil, 0, time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				asked, seen := 0, 0
				client := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
					status := c.statuses[asked]
					asked++
					if status == 0 {
						return nil, io.ErrUnexpectedEOF
					}
					return canned(status, good, c.header...), nil
				})})
				ctx := Observe(t.Context(), func(p Progress) {
					seen++
					if p.Text == "" || p.Until.Before(time.Now()) {
						t.Errorf("progress is %+v", p)
					}
				})
				begun := time.Now()
				_, err := client.Events(ctx)
				if took := time.Since(begun); !errors.Is(err, c.kind) || asked != c.asked || took < c.least || took > c.most || seen != asked-1 {
					t.Errorf("%v after %v, asked %d times, %d waits seen", err, took, asked, seen)
				}
			})
		})
	}
}

func TestCancelEndsAWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) { return canned(429, ""), nil })})
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begun := time.Now()
		if _, err := c.Events(ctx); !errors.Is(err, context.Canceled) || time.Since(begun) != time.Second {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

func TestSilenceEndsAfterAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})})
		begun := time.Now()
		if _, err := c.Events(t.Context()); !errors.Is(err, ErrTimeout) || time.Since(begun) != time.Minute {
			t.Errorf("%v after %v", err, time.Since(begun))
		}
	})
}

// other is a question to an endpoint of that name.
type other string

func (o other) Endpoint() string { return string(o) }
func (other) Values() url.Values { return nil }
func (other) Cost() int          { return 1 }

func TestFiveAtATimeAndNoneAfterARefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked, waits atomic.Int32
		c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(*http.Request) (*http.Response, error) {
			asked.Add(1)
			time.Sleep(time.Second)
			return canned(403, ""), nil
		})})
		ctx := Observe(t.Context(), func(Progress) { waits.Add(1) })
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if _, err := c.get(ctx, other(fmt.Sprint("/api/2/question", i))); !errors.Is(err, ErrCredentials) {
					t.Errorf("the error is %v", err)
				}
			})
		}
		all.Wait()
		if asked.Load() != 5 || waits.Load() != 3 {
			t.Errorf("%d were asked, %d waited", asked.Load(), waits.Load())
		}
		if _, err := c.Events(t.Context()); !errors.Is(err, ErrCredentials) || asked.Load() != 6 {
			t.Errorf("a later question: %v, %d asked", err, asked.Load())
		}
	})
}

func TestSpentForgetsWhatIsOld(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(r *http.Request) (*http.Response, error) {
		if isUserLookup(r.URL.Path) {
			return canned(200, `{"matches":[]}`), nil
		}
		return canned(200, good), nil
	})})
	c.meter.now = func() time.Time { return now }
	ask := func() {
		if _, err := c.Events(Fresh(t.Context())); err != nil {
			t.Fatal(err)
		}
	}
	ask()
	if _, err := c.UserSearch(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	now = now.Add(5 * time.Minute)
	ask()
	if got := c.Spent(); got != (Spent{1, 2, 1}) {
		t.Errorf("spent %+v", got)
	}
	now = now.Add(55 * time.Minute)
	if got := c.Spent(); got != (Spent{0, 1, 0}) {
		t.Errorf("an hour later %+v", got)
	}
}

func TestOldRevenueEndpointIsRemembered(t *testing.T) {
	var paths []string
	var asked url.Values
	c := of(t, Options{BaseURL: StandardHost, Transport: answers(func(r *http.Request) (*http.Response, error) {
		paths, asked = append(paths, r.URL.Path), r.URL.Query()
		if r.URL.Path == revenueEndpoint {
			return canned(404, ""), nil
		}
		return canned(200, `{"data":{"xValues":["2026-01-01"],"series":[[5]]}}`), nil
	})})
	day := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	q := RevenueQuery{Dates: Dates{day, day}, Metric: TotalRevenue}
	for range 2 {
		r, err := c.Revenue(Fresh(t.Context()), q)
		if err != nil || r.Series == nil || r.Series.Series[0].Values[0] != 5 || len(r.Groups) != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
	}
	if fmt.Sprint(paths) != "[/api/2/revenue/ltv /api/2/revenue/day /api/2/revenue/day]" || asked.Get("m") != "total" {
		t.Errorf("asked %v, m=%s", paths, asked.Get("m"))
	}
}

func TestNothingOfAClientTellsTheKeyPair(t *testing.T) {
	c := of(t, Options{BaseURL: StandardHost})
	shown := fmt.Sprintf("%v %+v %#v %+v %#v", c, c, c, *c.http, c.options)
	j, err := json.Marshal(c.options.Key)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{keyWord, hideWord} {
		if strings.Contains(shown+string(j), word) {
			t.Errorf("%s is shown", word)
		}
	}
}
