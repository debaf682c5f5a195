package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func get(ctx context.Context, t http.RoundTripper, path string) (int, string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://127.0.0.1"+path, nil)
	if err != nil {
		return 0, "", err
	}
	r.SetBasicAuth("a", "b")
	answer, err := (&http.Client{Transport: t}).Do(r)
	if err != nil {
		return 0, "", err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	return answer.StatusCode, string(b), err
}

func TestTheRealClientSpeaksToTheServer(t *testing.T) {
	s, _ := smallLog(t, 1)
	synctest.Test(t, func(t *testing.T) {
		s.Delay = func(r *http.Request) time.Duration { return time.Duration(len(r.URL.Path)) * time.Second }
		defer s.Close()
		begin := time.Now()
		code, body, err := get(t.Context(), s.Transport(), "/api/2/events/list")
		if code != 200 || err != nil || !strings.Contains(body, `"value":"A"`) {
			t.Errorf("%d %.200s, %v", code, body, err)
		}
		if took := time.Since(begin); took != 18*time.Second {
			t.Errorf("took %v", took)
		}
		var group sync.WaitGroup
		for range 10 {
			group.Go(func() {
				if code, _, err := get(t.Context(), s.Transport(), "/api/2/events/list"); code != 200 || err != nil {
					t.Errorf("%d, %v", code, err)
				}
			})
		}
		group.Wait()
		if took := time.Since(begin); took != 36*time.Second {
			t.Errorf("ten at once took %v", took-18*time.Second)
		}
	})
}

func TestWhoGivesUpDoesNotWait(t *testing.T) {
	s, _ := smallLog(t, 1)
	synctest.Test(t, func(t *testing.T) {
		s.Delay = func(*http.Request) time.Duration { return time.Hour }
		defer s.Close()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if _, _, err := get(ctx, s.Transport(), "/api/2/events/list"); !errors.Is(err, context.DeadlineExceeded) || time.Since(begin) != time.Second {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
	})
}

func TestAClosedDemoAnswersNothing(t *testing.T) {
	s, _ := smallLog(t, 1)
	synctest.Test(t, func(t *testing.T) {
		s.Delay = func(*http.Request) time.Duration { return time.Minute }
		client := s.Transport()
		done := make(chan error)
		go func() {
			_, _, err := get(t.Context(), client, "/api/2/events/list")
			done <- err
		}()
		synctest.Wait()
		s.Close()
		s.Close() // twice does no harm
		if err := <-done; err == nil {
			t.Error("a call that was under way was answered")
		}
		if _, _, err := get(t.Context(), client, "/api/2/events/list"); !errors.Is(err, errClosed) {
			t.Errorf("afterwards: %v", err)
		}
	})
	(&Server{}).Close() // one that was never opened neither
}

func TestTheDemoIsServedOnLoopback(t *testing.T) {
	s, _ := smallLog(t, 1)
	for _, address := range []string{"127.0.0.1:0", "localhost:0", "[::1]:0"} {
		if l, err := net.Listen("tcp", address); err != nil {
			t.Logf("%s: %v", address, err)
			continue
		} else {
			l.Close()
		}
		ctx, cancel := context.WithCancel(t.Context())
		served := ""
		err := Listen(ctx, address, s, func(at string) {
			served = at
			go func() {
				defer cancel()
				r, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+at+"/api/2/events/list", nil)
				r.SetBasicAuth("a", "b")
				answer, err := http.DefaultClient.Do(r)
				if err != nil || answer.StatusCode != 200 {
					t.Errorf("%s: %v, %v", at, answer, err)
					return
				}
				answer.Body.Close()
				r.Host = "evil.example"
				if answer, err = http.DefaultClient.Do(r); err != nil || answer.StatusCode != 403 {
					t.Errorf("a page of another name was answered: %v, %v", answer, err)
					return
				}
				answer.Body.Close()
			}()
		})
		if err != nil || served == "" {
			t.Errorf("%s: served at %q, %v", address, served, err)
		}
	}
}

func TestOtherAddressesAreRefused(t *testing.T) {
	for address, want := range map[string]string{
		"0.0.0.0:8080": "is not on this computer", ":8080": "is not on this computer", "192.0.2.1:80": "is not on this computer",
		"[::]:8080": "is not on this computer", "example.com:80": "is not on this computer", "localhost.evil:1": "is not on this computer",
		"127.0.0.1": "is not an address such as 127.0.0.1:8080", "": "is not an address", "8080": "is not an address",
		"127.0.0.1:99999": "cannot be opened", "1\x1b[31m": "is not an address",
	} {
		err := Listen(t.Context(), address, http.NotFoundHandler(), func(string) { t.Errorf("%s was opened", address) })
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%q: %v; want %s", address, err, want)
		}
	}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	if err := Listen(t.Context(), fmt.Sprint(taken.Addr()), http.NotFoundHandler(), nil); err == nil || !strings.Contains(err.Error(), "cannot be opened") {
		t.Errorf("a taken address: %v", err)
	}
}
