package ui

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"testing"
	"time"
)

// The figures of funnel and retention are counted here a second time, from the
// lines of a log, with loops over maps and nothing of the program.

// did is one event of a log.
type did struct {
	at           time.Time
	event, where string
}

// readLog lists the events of each user in the order of time, and the time of
// the last event.
func readLog(t *testing.T, path string) (map[int64][]did, time.Time) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	users, last := map[int64][]did{}, time.Time{}
	lines := bufio.NewScanner(z)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e struct {
			Event  string  `json:"event_type"`
			Time   string  `json:"event_time"`
			User   int64   `json:"amplitude_id"`
			Region *string `json:"region"`
		}
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		at, err := time.Parse("2006-01-02 15:04:05.000000", e.Time)
		if err != nil {
			t.Fatal(err)
		}
		where := "(none)"
		if e.Region != nil {
			where = *e.Region
		}
		users[e.User] = append(users[e.User], did{at, e.Event, where})
		if at.After(last) {
			last = at
		}
	}
	if err := lines.Err(); err != nil || len(users) == 0 {
		t.Fatalf("%d users, %v", len(users), err)
	}
	for _, events := range users {
		sort.SliceStable(events, func(i, j int) bool { return events[i].at.Before(events[j].at) })
	}
	return users, last
}

// counted is how far the users of one group got, and what each step took those
// who did it, in milliseconds.
type counted struct {
	users [3]int
	took  [3][]float64
}

// countFunnel counts every user once in each group: with the try that got
// furthest, of equal ones the first, among those that began there.
func countFunnel(users map[int64][]did, steps [3]string, window time.Duration, from, to time.Time) map[string]*counted {
	out := map[string]*counted{}
	for _, events := range users {
		furthest := map[string][]time.Time{}
		for i, e := range events {
			if e.event != steps[0] || e.at.Before(from) || !e.at.Before(to) {
				continue
			}
			times := []time.Time{e.at}
			for _, next := range events[i+1:] {
				if len(times) < 3 && next.event == steps[len(times)] && !next.at.After(e.at.Add(window)) {
					times = append(times, next.at)
				}
			}
			if len(times) > len(furthest[e.where]) {
				furthest[e.where] = times
			}
		}
		for where, times := range furthest {
			if out[where] == nil {
				out[where] = &counted{}
			}
			for k, at := range times {
				out[where].users[k]++
				if k > 0 {
					out[where].took[k] = append(out[where].took[k], float64(at.Sub(times[k-1]).Microseconds())/1000)
				}
			}
		}
	}
	return out
}

func median(of []float64) float64 {
	if len(of) == 0 {
		return math.NaN()
	}
	of = slices.Sorted(slices.Values(of))
	return (of[(len(of)-1)/2] + of[len(of)/2]) / 2
}

func mean(of []float64) float64 {
	sum := 0.0
	for _, v := range of {
		sum += v
	}
	return sum / float64(len(of)) // of nobody it is no number
}

func dayOf(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// week is a cohort: the users whose very first event lies in it.
type week struct {
	size, weeks int // weeks that have begun
	back        map[int]int
}

// countRetention counts new users who came back in the n-th seven days from the
// day of their first event.
func countRetention(users map[int64][]did, first, now time.Time, weeks int) []week {
	cohorts := make([]week, weeks)
	for i := range cohorts {
		begin := first.AddDate(0, 0, 7*i)
		cohorts[i] = week{back: map[int]int{}, weeks: int(now.Sub(begin).Hours()/24/7) + 1}
	}
	for _, events := range users {
		joined := dayOf(events[0].at)
		c := int(joined.Sub(first).Hours()) / 24 / 7
		if joined.Before(first) || c >= weeks {
			continue
		}
		cohorts[c].size++
		seen := map[int]bool{}
		for _, e := range events {
			seen[int(dayOf(e.at).Sub(joined).Hours())/24/7] = true
		}
		for n := range seen {
			cohorts[c].back[n]++
		}
	}
	return cohorts
}

// logs are the logs that the figures are checked on: one that is always there,
// and those of a folder that may be named.
func logs(t *testing.T) []string {
	t.Helper()
	paths := []string{"testdata/commits.json.gz"}
	if folder := os.Getenv("AMPTUI_EVENT_LOGS"); folder != "" {
		more, err := filepath.Glob(filepath.Join(folder, "*.json.gz"))
		if err != nil || len(more) == 0 {
			t.Fatalf("no logs in %s: %v", folder, err)
		}
		paths = append(paths, more...)
	}
	return paths
}

// ask runs a command on a log as of its end and reads the JSON.
func ask(t *testing.T, path string, now time.Time, into any, args ...string) {
	t.Helper()
	s := newShell(t)
	code := s.run(append([]string{"--events", path, "--demo-now", now.Format(time.RFC3339), "--zone", "UTC", "-o", "json"}, args...)...)
	if err := json.Unmarshal([]byte(s.out), into); err != nil || code != 0 {
		t.Fatalf("%d, %v: %s%s", code, err, s.out, s.errs)
	}
}

func TestFunnelsOfRealLogsEqualASecondCount(t *testing.T) {
	for _, path := range logs(t) {
		for _, days := range []int{30, 365} {
			users, now := readLog(t, path)
			var got struct {
				Groups []struct {
					Label string
					Steps []struct {
						Event      string
						Count      float64
						OfFirst    float64  `json:"of_first"`
						OfPrevious float64  `json:"of_previous"`
						MedianMS   *float64 `json:"median_ms"`
						AverageMS  *float64 `json:"average_ms"`
					}
				}
			}
			args := []string{"funnel", "Commit", "Fix", "Release", "--within", "30d", "--by", "region"}
			if days != 30 { // thirty days are what is asked by default
				args = append(args, "--last", fmt.Sprintf("%dd", days))
			}
			ask(t, path, now, &got, args...)
			to := dayOf(now).AddDate(0, 0, 1)
			want := countFunnel(users, [3]string{"Commit", "Fix", "Release"}, 30*24*time.Hour, to.AddDate(0, 0, -days), to)
			if len(got.Groups) != len(want) || len(want) == 0 {
				t.Errorf("%s: %d groups; want %d", path, len(got.Groups), len(want))
			}
			for _, g := range got.Groups {
				w := want[g.Label]
				if w == nil || len(g.Steps) != 3 {
					t.Errorf("%s: group %q of %d steps", path, g.Label, len(g.Steps))
					continue
				}
				for k, s := range g.Steps {
					if s.Count != float64(w.users[k]) || math.Abs(s.OfFirst-float64(w.users[k])/float64(w.users[0])) > 1e-9 {
						t.Errorf("%s, %d days: %s, step %d: %v (%v of first); want %v", path, days, g.Label, k+1, s.Count, s.OfFirst, w.users)
					}
					if k > 0 {
						sameTime(t, s.MedianMS, median(w.took[k]))
						sameTime(t, s.AverageMS, mean(w.took[k]))
					}
				}
			}
		}
	}
}

// sameTime compares milliseconds: what nobody took is null.
func sameTime(t *testing.T, got *float64, want float64) {
	t.Helper()
	if (got == nil) != math.IsNaN(want) || got != nil && math.Abs(*got-want) > 1 {
		t.Errorf("a time is %v; want %v", got, want)
	}
}

func TestRetentionOfRealLogsEqualsASecondCount(t *testing.T) {
	for _, path := range logs(t) {
		users, now := readLog(t, path)
		var got struct {
			Groups []struct {
				Cohorts []struct {
					Date  string
					Size  int
					Cells []struct {
						N, Count, Of int
						Incomplete   bool
					}
				}
				Combined []struct {
					N, Count, Of int
					Incomplete   bool
				}
			}
		}
		ask(t, path, now, &got, "retention", "_new", "_active", "--interval", "week", "--last", "52w")
		monday := dayOf(now).AddDate(0, 0, -(int(now.Weekday())+6)%7)
		first := monday.AddDate(0, 0, -7*51)
		want := countRetention(users, first, now, 52)
		if len(got.Groups) != 1 || len(got.Groups[0].Cohorts) != 52 {
			t.Fatalf("%s: %d groups", path, len(got.Groups))
		}
		people, came, could := 0, map[int]int{}, map[int]int{}
		for i, c := range got.Groups[0].Cohorts {
			at := 51 - i // newest first
			w, begin := want[at], first.AddDate(0, 0, 7*at)
			if c.Date != begin.Format(time.DateOnly) || c.Size != w.size || len(c.Cells) != w.weeks {
				t.Errorf("%s: %s of %d users, %d cells; want %s of %d, %d", path, c.Date, c.Size, len(c.Cells), begin.Format(time.DateOnly), w.size, w.weeks)
				continue
			}
			people += w.size
			for n, cell := range c.Cells {
				// The last to join did so at the end of the week: seven days from then
				// must be over.
				over := !begin.AddDate(0, 0, 7+7*(n+1)).After(now)
				if cell.N != n || cell.Count != w.back[n] || cell.Of != w.size || cell.Incomplete == over {
					t.Errorf("%s: %s, week %d: %+v; want %d of %d, over %v", path, c.Date, n, cell, w.back[n], w.size, over)
				}
				if over {
					came[n] += w.back[n]
					could[n] += w.size
				}
			}
		}
		if people == 0 {
			t.Errorf("%s: nobody was new", path)
		}
		for n, cell := range got.Groups[0].Combined {
			if !cell.Incomplete && (cell.Count != came[n] || cell.Of != could[n]) {
				t.Errorf("%s: all cohorts, week %d: %+v; want %d of %d", path, n, cell, came[n], could[n])
			}
		}
	}
}
