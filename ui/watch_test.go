package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"amptui/api"
	"amptui/views"
)

func TestChecksEndWithFive(t *testing.T) {
	s := newShell(t)
	log := []string{"--demo", "--demo-now", "2026-11-24T14:30:00Z", "--zone", "UTC"}
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"funnel", "Checkout Started", "Purchase", "--within", "1d", "--by", "platform", "--fail-if", "conversion < 60%"}, exitTripped, "conversion of Android, tries begun on days that are over is "},
		{[]string{"funnel", "Checkout Started", "Purchase", "--within", "1d", "--fail-if", "conversion < 1%"}, exitOK, ""},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "conversion < 60%"}, 1, "there is nothing to compare"},
		{[]string{"segment", "Song Played", "--fail-if", "value drop > 90% vs prev"}, exitOK, ""},
		{[]string{"segment", "Song Played", "--fail-if", "value < 1000000"}, exitTripped, "value of Song Played, Mon 23 Nov is "},
		{[]string{"segment", "Song Played", "--last", "1d", "--fail-if", "value < 1000000"}, 1, "there is nothing to compare"},
		{[]string{"retention", "--fail-if", "day 1 < 99%"}, exitTripped, "day 1 is 2"},
		{[]string{"retention", "--fail-if", "week 1 < 99%"}, exitUsage, "there is no figure called week 1 here"},
		{[]string{"revenue", "--fail-if", "day 1 < 1000"}, exitTripped, "day 1 of "},
		{[]string{"events", "zzzz", "--fail-if", "events = 0"}, exitTripped, "events is 0"},
		{[]string{"events", "purch", "--fail-if", "events = 0"}, exitOK, ""},
		{[]string{"users", "ada@example.com", "--fail-if", "events < 5"}, exitOK, ""},
		{[]string{"events", "--fail-if", "events"}, exitUsage, "compares nothing"},
		{[]string{"events", "--watch", "5s"}, exitUsage, "is too often"},
	} {
		code := s.run(append(append([]string{}, log...), c.args...)...)
		if code != c.code || !strings.Contains(s.errs, c.says) {
			t.Errorf("%q: %d %s; want %d %q", c.args, code, s.errs, c.code, c.says)
		}
	}
}

// The unfinished day of today never trips a check, however low it stands.
func TestAnUnfinishedDayTripsNothing(t *testing.T) {
	s := newShell(t)
	s.run("--demo", "--demo-now", "2026-11-24T00:30:00Z", "--zone", "UTC", "segment", "Song Played", "--fail-if", "value < 100", "-o", "json")
	var got segmentJSON
	if err := json.Unmarshal([]byte(s.out), &got); err != nil {
		t.Fatal(err)
	}
	last := len(got.X) - 1
	if *got.Series[0].Values[last] >= 100 || !got.Series[0].Incomplete[last] {
		t.Fatalf("today is %v, incomplete %v", *got.Series[0].Values[last], got.Series[0].Incomplete[last])
	}
	if strings.Contains(s.errs, "which is") {
		t.Errorf("it tripped: %s", s.errs)
	}
}

// watching runs --watch in virtual time over answers of a function, and says how
// it ended and how long that took.
func watching(t *testing.T, every time.Duration, answer func(n int) error) (asked int, took time.Duration, said string, err error) {
	synctest.Test(t, func(t *testing.T) {
		var errs bytes.Buffer
		client, cerr := api.New(api.Options{BaseURL: "http://127.0.0.1:1", Transport: handlerTransport{http.NotFoundHandler()}})
		if cerr != nil {
			t.Fatal(cerr)
		}
		p := &program{err: &errs}
		p.global.watch = every
		ctx, stop := context.WithTimeout(t.Context(), 24*time.Hour)
		defer stop()
		begun := time.Now()
		err = p.again(ctx, views.Env{API: client, Zone: time.UTC}, func(context.Context) error {
			asked++
			return answer(asked)
		})
		took, said = time.Since(begun), errs.String()
	})
	return asked, took, said, err
}

func TestWatchingAsksAgainAndEndsAsItShould(t *testing.T) {
	asked, took, _, err := watching(t, 15*time.Minute, func(n int) error {
		if n == 4 {
			return errTripped
		}
		return nil
	})
	if !errors.Is(err, errTripped) || asked != 4 || took < 45*time.Minute || took > 48*time.Minute {
		t.Errorf("%v after %d questions in %v", err, asked, took)
	}
	asked, took, said, err := watching(t, time.Hour, func(int) error { return context.DeadlineExceeded })
	if !errors.Is(err, context.DeadlineExceeded) || asked != mostFailures+1 || !strings.Contains(said, "did not answer in time") {
		t.Errorf("a server that is away: %v after %d questions in %v: %s", err, asked, took, said)
	}
	asked, _, _, err = watching(t, time.Hour, func(int) error { return api.ErrCredentials })
	if !errors.Is(err, api.ErrCredentials) || asked != 1 {
		t.Errorf("refused keys: %v after %d questions", err, asked)
	}
	asked, took, _, err = watching(t, time.Hour, func(int) error { return nil })
	if err != nil || asked < 22 || took != 24*time.Hour {
		t.Errorf("stopped: %v after %d questions in %v", err, asked, took)
	}
}
