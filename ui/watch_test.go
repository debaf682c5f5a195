package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
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
		{[]string{"funnel", "Checkout Started", "Purchase", "--within", "1d", "--by", "platform", "--fail-if", "conversion < 60%"}, exitTripped, "conversion of Android, 26 Oct to 22 Nov 2026, whose 1d window is over, is "},
		{[]string{"funnel", "Checkout Started", "Purchase", "--within", "1d", "--fail-if", "conversion < 1%"}, exitOK, ""},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "conversion < 60%"}, 1, "conversion < 60%: nothing to compare: conversion is not certain: who began last may still convert"},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "users < 5000"}, 1, "users is not certain: the last day is not over"},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "users > 50"}, exitTripped, "users is 1,"},
		{[]string{"funnel", "Checkout Started", "Purchase", "--from", "30d ago", "--to", "yesterday", "--fail-if", "users < 5000"}, exitTripped, "users is 1,"},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "conversion < 60"}, exitUsage, "write 60%"},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "convertion < 60%"}, exitUsage, "did you mean conversion?"},
		{[]string{"funnel", "Checkout Started", "Purchase", "--fail-if", "conversion drop > 60%"}, exitUsage, "write 'drop > 60%'"},
		{[]string{"segment", "Song Played", "--fail-if", "value drop > 90% vs prev"}, exitOK, ""},
		{[]string{"segment", "Song Played", "--fail-if", "value < 1000000"}, exitTripped, "value of Song Played, Mon 23 Nov is "},
		{[]string{"segment", "Song Played", "--last", "1d", "--fail-if", "value < 1000000"}, 1, "nothing to compare: value of Song Played is not certain: no day of this answer is over"},
		{[]string{"segment", "Song Played", "--last", "3d", "--fail-if", "value drop > 1%"}, 1, "Mon 23 Nov has nothing before it that is over"},
		{[]string{"segment", "Song Played", "--fail-if", "total < 1"}, 1, "total of Song Played is not certain: the last day is not over"},
		{[]string{"segment", "Song Played", "--fail-if", "total > 1"}, exitTripped, "total of Song Played is "},
		{[]string{"segment", "Song Played", "--complete", "--fail-if", "total < 1000000"}, exitTripped, "total of Song Played is "},
		{[]string{"segment", "Song Played", "--fail-if", "total drop > 1%"}, exitUsage, "no period before"},
		{[]string{"segment", "Song Played", "--fail-if", "value drop > 30"}, exitUsage, "write 30%"},
		{[]string{"segment", "Song Played", "--fail-if", "value dorp > 30%"}, exitUsage, "did you mean drop?"},
		{[]string{"segment", "Song Played", "--fail-if", "value < 20%"}, exitUsage, "value is no percentage"},
		{[]string{"segment", "Song Played", "--last", "1d", "--fail-if", "value < 1", "--fail-if", "total > 1"}, exitTripped, "nothing to compare"},
		{[]string{"segment", "Song Played", "--fail-if", "value > 1", "--fail-if", "value < 1000000"}, exitTripped, "which is < 1,000,000"},
		{[]string{"retention", "--fail-if", "day 1 < 99%"}, exitTripped, "day 1 is 2"},
		{[]string{"retention", "--fail-if", "week 1 < 99%"}, exitUsage, "there is no figure called week 1 here"},
		{[]string{"retention", "--fail-if", "dya 7 < 99%"}, exitUsage, "did you mean day 7?"},
		{[]string{"retention", "--fail-if", "day 29 < 99%"}, 1, "day 29 is not certain: no cohort is so old yet"},
		{[]string{"retention", "--brackets", "0,1-7", "--fail-if", "days 1-7 < 99%"}, exitTripped, "days 1-7 is "},
		{[]string{"revenue", "--fail-if", "day 31 < 1000"}, 1, "this answer has no figure day 31"},
		{[]string{"events", "purch", "--fail-if", "total = 42"}, 1, "total of Purchase is not certain: this week is not over"},
		{[]string{"events", "purch", "--fail-if", "total > 1"}, exitTripped, "total of Purchase is "},
		{[]string{"users", "nobody@example.org", "--fail-if", "events < 5"}, 1, "nothing to compare: nobody was found"},
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

// What a funnel's check compares is found in what is printed: the percentage in the row
// and the column that it names, and the tries in the notes.
func TestAFunnelsCheckNamesWhatIsPrinted(t *testing.T) {
	s := newShell(t)
	named := regexp.MustCompile(`(?:conversion|drop) of (\w+)?.*is ([\d.]+%) \((?:([\d,]+) of ([\d,]+)[^;]*; )?"(of first|of previous)" at step (\d): ([\d.]+%)`)
	for _, c := range []struct {
		args []string
		all  bool // all tries are over: what is compared is the table's
	}{
		{[]string{"--by", "platform"}, false},
		{nil, false},
		{[]string{"--by", "platform", "--from", "30d ago", "--to", "9d ago"}, true},
		{[]string{"--from", "30d ago", "--to", "9d ago", "--order", "any"}, true},
	} {
		args := append([]string{"funnel", "Checkout Started", "Payment Submitted", "Purchase", "--within", "1d", "-o", "table", "--fail-if", "conversion < 99%", "--fail-if", "drop > 0%"}, c.args...)
		if code := s.run(demoArgs(args...)...); code != exitTripped {
			t.Fatalf("%v: %d, %s", args, code, s.errs)
		}
		notes, checks, _ := strings.Cut(s.errs, "amptui: conversion <")
		found := named.FindAllStringSubmatch(strings.ReplaceAll(checks, "conversion is", "conversion of  is"), -1)
		if len(found) < 3 {
			t.Fatalf("%v: what is compared is not named:\n%s", args, s.errs)
		}
		for _, f := range found {
			group, compared, came, began, column, step, shown := f[1], f[2], f[3], f[4], f[5], f[6], f[7]
			if !slices.Contains(c.args, "--by") {
				group = "" // it is the beginning of a step
			}
			if row := tableRow(s.out, group, step); row[column] != shown {
				t.Errorf("%q is said to be %s; the row has %v:\n%s", column, shown, row, s.out)
			}
			if c.all != (came == "") {
				t.Errorf("%v: of all tries %v, said is %q", args, c.all, f[0])
			}
			switch {
			case c.all && column == "of first" && compared != shown && compared != strings.Replace(shown, ".0%", "%", 1):
				t.Errorf("compared is %s, printed %s", compared, shown)
			case !c.all && (!strings.Contains(notes, came) || !strings.Contains(notes, began)):
				t.Errorf("%s of %s are in no note:\n%s", came, began, notes)
			case !c.all && column == "of first" && !strings.Contains(notes, came+", "+compared):
				t.Errorf("%s is in no note:\n%s", compared, notes)
			}
		}
	}
}

// tableRow is the row of a step of a group in a printed table, by the titles that stand
// over it.
func tableRow(table, group, step string) map[string]string {
	lines := strings.Split(table, "\n")
	row := map[string]string{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		if group != "" && (len(cells) == 0 || cells[0] != group) || !slices.Contains(cells[:min(2, len(cells))], step) {
			continue
		}
		for _, title := range []string{"of first", "of previous"} {
			end := strings.Index(lines[0], title) + len(title)
			fields := strings.Fields(string([]rune(line)[:end]))
			row[title] = fields[len(fields)-1]
		}
	}
	return row
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
	asked, took, said, err := watching(t, time.Hour, func(int) error { return api.ErrTimeout })
	if !errors.Is(err, api.ErrTimeout) || asked <= mostFailures || took < longestAway || took > 2*longestAway || !strings.Contains(said, "did not answer in time") {
		t.Errorf("a server that is away: %v after %d questions in %v: %s", err, asked, took, said)
	}
	asked, took, _, err = watching(t, 6*time.Hour, func(n int) error {
		switch {
		case n == 1 || n == 4 || n == 5:
			return nil
		case n == 6:
			return errTripped
		}
		return api.ErrUnreachable
	})
	if !errors.Is(err, errTripped) || asked != 6 || took < 18*time.Hour || took > 20*time.Hour {
		t.Errorf("a server that was away for three minutes: %v after %d questions in %v", err, asked, took)
	}
	asked, _, _, err = watching(t, time.Hour, func(int) error { return errUncertain })
	if !errors.Is(err, errUncertain) || asked != 1 {
		t.Errorf("a check that can never hold: %v after %d questions", err, asked)
	}
	asked, took, _, err = watching(t, time.Hour, func(n int) error {
		if n > 1 {
			return errUncertain
		}
		return nil
	})
	if err != nil || asked < 22 || took != 24*time.Hour {
		t.Errorf("a check that has nothing to compare for a while: %v after %d questions", err, asked)
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

func TestHowLongAWatchWaits(t *testing.T) {
	for name, c := range map[string]struct {
		w    watch
		want time.Duration
	}{
		"well":                   {watch{pause: time.Hour}, time.Hour},
		"failed once":            {watch{pause: time.Hour, failures: 1, failed: api.ErrServer}, time.Minute},
		"failed four times":      {watch{pause: time.Hour, failures: 4, failed: api.ErrServer}, 8 * time.Minute},
		"failed for very long":   {watch{pause: time.Hour, failures: 400, failed: api.ErrServer}, time.Hour},
		"at the rate limit":      {watch{pause: time.Minute, failures: 1, failed: api.ErrRateLimit}, limitWindow},
		"told when to come back": {watch{pause: time.Hour, failures: 1, failed: &api.Error{RetryAfter: 3 * time.Hour}}, 3 * time.Hour},
		"dear and failed":        {watch{pause: time.Hour, least: 7 * time.Minute, failures: 1, failed: api.ErrServer}, 7 * time.Minute},
	} {
		if got := c.w.wait(); got != c.want {
			t.Errorf("%s: waits %v; want %v", name, got, c.want)
		}
	}
	w := watch{pause: time.Minute}
	if w.slower(100) || w.pause != time.Minute {
		t.Errorf("a question of 100 makes it wait %v", w.pause)
	}
	if !w.slower(1000) || w.pause != 5*time.Minute || w.slower(400) {
		t.Errorf("a question of 1,000 makes it wait %v", w.pause)
	}
}

// What a check asks besides is in the price that is said before anything is asked, and
// nothing is asked besides without a check.
func TestACheckOfAFunnelCostsWhatItSays(t *testing.T) {
	s := newShell(t)
	args := []string{"--demo", "--demo-now", "2026-11-24T14:30:00Z", "--zone", "UTC", "funnel", "Checkout Started", "Purchase", "--within", "1d", "--by", "platform"}
	if code := s.run(args...); code != exitOK || !strings.Contains(s.errs, "this costs 580 of") || strings.Contains(s.errs, "besides") {
		t.Errorf("without a check it ends with %d: %s", code, s.errs)
	}
	if code := s.run(append(args, "--fail-if", "conversion < 1%")...); code != exitOK || !strings.Contains(s.errs, "this costs 1,120 of") || !strings.Contains(s.errs, "whose 1d window is over, asked for besides: iOS: ") {
		t.Errorf("with a check it ends with %d: %s", code, s.errs)
	}
}
