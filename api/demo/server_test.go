package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

func recorded(t *testing.T, name string, to any) {
	t.Helper()
	b, err := os.ReadFile("../testdata/" + name + "-recorded.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, to); err != nil {
		t.Fatal(err)
	}
}

// lacks names the keys of a live answer that another has not, or of another
// type.
func lacks(live, ours map[string]any, but ...string) []string {
	var out []string
	for key, value := range live {
		mine, ok := ours[key]
		if slices.Contains(but, key) || ok && (value == nil || mine == nil || fmt.Sprintf("%T", mine) == fmt.Sprintf("%T", value)) {
			continue
		}
		out = append(out, fmt.Sprintf("%s: %T, live %T", key, mine, value))
	}
	slices.Sort(out)
	return out
}

// TestAnswersHaveTheLiveKeys compares with answers that the live API sent.
func TestAnswersHaveTheLiveKeys(t *testing.T) {
	s, _ := smallLog(t, 1)
	all := params("e", `{"event_type":"_all"}`, "user", "u", "p", "platform")
	for _, c := range []struct {
		name, path string
		but        []string
	}{
		// What a cache or a cluster says of itself.
		{"segmentation-empty", segmentationPath, []string{"crossCacheMetadata", "datasetPhaseTimings"}},
		{"events-list", "/api/2/events/list", nil},
		{"users-empty", "/api/2/users", nil},
		{"usersearch-prefix", "/api/2/usersearch", nil},
		{"sessions-length-empty", "/api/2/sessions/length", []string{"crossCacheMetadata", "datasetPhaseTimings"}},
		{"sessions-average", "/api/2/sessions/average", []string{"crossCacheMetadata", "datasetPhaseTimings"}},
		{"sessions-peruser", "/api/2/sessions/peruser", []string{"crossCacheMetadata", "datasetPhaseTimings"}},
		{"composition", "/api/2/composition", []string{"crossCacheMetadata", "datasetPhaseTimings"}},
		{"realtime", "/api/2/realtime", nil},
	} {
		var live, ours map[string]any
		recorded(t, c.name, &live)
		ask(t, s, c.path, all, &ours)
		if got := lacks(live, ours, c.but...); len(got) > 0 {
			t.Errorf("%s lacks %s", c.path, strings.Join(got, "; "))
		}
		if inner, ok := live["data"].(map[string]any); ok {
			if got := lacks(inner, ours["data"].(map[string]any)); len(got) > 0 {
				t.Errorf("the data of %s lack %s", c.path, strings.Join(got, "; "))
			}
		}
		for _, list := range []string{"data", "matches"} {
			if rows, ok := live[list].([]any); ok {
				mine := ours[list].([]any)[0].(map[string]any)
				if got := lacks(rows[0].(map[string]any), mine); len(got) > 0 {
					t.Errorf("the rows of %s lack %s", c.path, strings.Join(got, "; "))
				}
			}
		}
	}
	var live, ours struct{ UserData map[string]any }
	recorded(t, "useractivity-found", &live)
	ask(t, s, "/api/2/useractivity", url.Values{"user": {"10001"}}, &ours)
	// Money is text since 2026, and the place an object.
	if got := lacks(live.UserData, ours.UserData, "purchases", "revenue"); len(got) > 0 {
		t.Errorf("a user lacks %s", strings.Join(got, "; "))
	}
}

func TestWithoutAKeyPairNothingIsAnswered(t *testing.T) {
	s, _ := smallLog(t, 1)
	for name, c := range map[string]struct {
		method, path string
		auth         bool
		want         int
	}{
		"no key":        {"GET", "/api/2/events/list", false, 401},
		"unknown path":  {"GET", "/api/2/nowhere", true, 404},
		"another slash": {"GET", "/api/2/events/list/", true, 404},
		"a write":       {"POST", "/api/2/events/list", true, 405},
		"bad escape":    {"GET", "/api/2/usersearch?user=%zz", true, 400},
		"the list":      {"GET", "/api/2/events/list", true, 200},
	} {
		r := httptest.NewRequest(c.method, "/", nil)
		path, query, _ := strings.Cut(c.path, "?")
		r.URL = &url.URL{Path: path, RawQuery: query}
		if c.auth {
			r.SetBasicAuth("any", "thing")
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		var e struct {
			Error struct {
				Code     int `json:"http_code"`
				Metadata struct{ Details string }
			}
		}
		if err := json.Unmarshal(w.Body.Bytes(), &e); err != nil || w.Code != c.want || c.want != 200 && (e.Error.Code != c.want || e.Error.Metadata.Details == "") {
			t.Errorf("%s: %d %s, %v", name, w.Code, w.Body, err)
		}
		if got := w.Header().Get("Content-Type"); got != "application/json; charset=UTF-8" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestAQuestionGivenUpIsNoAnswer(t *testing.T) {
	s := &Server{Log: store(), Now: storeNow, Zone: time.UTC}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for path, query := range map[string]string{
		segmentationPath:     "e=" + url.QueryEscape(`{"event_type":"_all"}`),
		funnelPath:           "e=" + url.QueryEscape(`{"event_type":"_all"}`),
		"/api/2/retention":   "se=" + url.QueryEscape(`{"event_type":"_active"}`) + "&re=" + url.QueryEscape(`{"event_type":"_all"}`),
		"/api/2/revenue/ltv": "",
		"/api/2/revenue/day": "",
		"/api/2/users":       "m=new",
	} {
		r := httptest.NewRequest("GET", path+"?start=20260901&end=20261124&"+query, nil).WithContext(ctx)
		r.SetBasicAuth("a", "b")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if want := 503; w.Code != want {
			t.Errorf("%s: %d %.100s", path, w.Code, w.Body)
		}
	}
}

// TestManyAskAtOnce is for the race detector.
func TestManyAskAtOnce(t *testing.T) {
	s, _ := smallLog(t, 1)
	want := answers(t, s, "20260322", "20260331", "A")
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := answers(t, s, "20260322", "20260331", "A"); got != want {
				t.Error("another answer: " + apart(want, got))
			}
		})
	}
	group.Wait()
}

func TestActivityIsPaged(t *testing.T) {
	s := &Server{Log: store(), Now: storeNow, Zone: time.UTC}
	var found struct {
		Type    string
		Matches []struct {
			ID int64 `json:"amplitude_id"`
		}
	}
	ask(t, s, "/api/2/usersearch", url.Values{"user": {BusiestUser}}, &found)
	if found.Type != "match_user_or_device_id" || len(found.Matches) != 1 {
		t.Fatalf("%+v", found)
	}
	type page struct {
		Events []struct {
			Time   string `json:"event_time"`
			Insert string `json:"$insert_id"`
		}
		UserData struct {
			Events int    `json:"num_events"`
			Money  string `json:"revenue"`
		}
	}
	seen := map[string]bool{}
	last, newest := "9", ""
	for offset := 0; ; {
		var p page
		ask(t, s, "/api/2/useractivity", url.Values{"user": {fmt.Sprint(found.Matches[0].ID)}, "offset": {fmt.Sprint(offset)}}, &p)
		if len(p.Events) == 0 {
			if offset != p.UserData.Events || offset < 4500 || p.UserData.Money == "" {
				t.Errorf("%d events in pages, %+v", offset, p.UserData)
			}
			break
		}
		for _, e := range p.Events {
			if seen[e.Insert] || e.Time > last {
				t.Fatalf("%+v after %s", e, last)
			}
			seen[e.Insert], last = true, e.Time
			if newest == "" {
				newest = e.Time
			}
		}
		offset += len(p.Events)
	}
	var first page
	ask(t, s, "/api/2/useractivity", url.Values{"user": {fmt.Sprint(found.Matches[0].ID)}, "direction": {"earliest"}, "limit": {"1"}}, &first)
	if len(first.Events) != 1 || first.Events[0].Time != last {
		t.Errorf("the earliest of %s to %s is %+v", last, newest, first.Events)
	}
	var nobody map[string]any
	ask(t, s, "/api/2/useractivity", url.Values{"user": {"5"}}, &nobody)
	data := nobody["userData"].(map[string]any)
	if data["num_events"] != 0.0 || data["user_id"] != nil || len(nobody["events"].([]any)) != 0 || data["first_used"] != nil {
		t.Errorf("%v", nobody)
	}
}

func TestSearchesMatchInOrder(t *testing.T) {
	s := serverOf(t, time.Date(2026, 3, 23, 0, 0, 0, 0, time.UTC),
		`{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":7,"user_id":"bob","device_id":"d1","user_properties":{"plan":"gold"}}`,
		`{"event_type":"A","event_time":"2026-03-22 11:00:00","amplitude_id":7,"user_id":"bob","device_id":"d2","user_properties":{"plan":"gold"}}`,
		`{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":8,"user_id":"bobby"}`,
		`{"event_type":"A","event_time":"2026-03-22 10:00:00","amplitude_id":9,"device_id":"d9"}`,
		`{"event_type":"A","event_time":"2026-03-25 10:00:00","amplitude_id":10,"user_id":"bob of tomorrow"}`,
	)
	for who, want := range map[string]string{
		"7": "match_amplitude_id [7]", "bob": "match_user_or_device_id [7]", "bo": "match_user_prefix [7 8]",
		"d1": "match_user_or_device_id [7]", "d9": "match_user_or_device_id [9]", "gold": "match_user_props [7]",
		"nobody": "nomatch []", "BOB": "nomatch []",
	} {
		var got struct {
			Type    string
			Matches []struct {
				ID     int64   `json:"amplitude_id"`
				Device *string `json:"last_device_id"`
			}
		}
		ask(t, s, "/api/2/usersearch", url.Values{"user": {who}}, &got)
		ids := []int64{}
		for _, m := range got.Matches {
			ids = append(ids, m.ID)
			if m.ID == 7 && *m.Device != "d2" {
				t.Errorf("the last device is %s", *m.Device)
			}
		}
		if s := fmt.Sprint(got.Type, " ", ids); s != want {
			t.Errorf("%s: %s; want %s", who, s, want)
		}
	}
}

func TestEventsOfThisWeekAgainstTheSameSpanOfTheLast(t *testing.T) {
	// It is Tuesday noon in Berlin; the week began on Monday at 23:00 UTC of Sunday.
	s := serverOf(t, time.Date(2026, 11, 24, 11, 0, 0, 0, time.UTC),
		event("A", "2026-11-22 22:59:59", "1", `{}`), // last week
		event("A", "2026-11-22 23:00:00", "1", `{}`),
		event("A", "2026-11-24 11:00:00", "2", `{}`),
		event("A", "2026-11-24 11:00:01", "2", `{}`), // has not happened
		event("A", "2026-11-15 23:00:00", "1", `{}`), // the same span of last week
		event("A", "2026-11-17 11:00:01", "1", `{}`), // after it
		event("B", "2026-11-24 12:00:00", "1", `{}`), // never happened
	)
	s.Zone = zone(t, "Europe/Berlin")
	var got struct {
		Data []struct {
			Value string
			Total int `json:"totals"`
			Delta int `json:"totals_delta"`
		}
	}
	ask(t, s, "/api/2/events/list", nil, &got)
	if len(got.Data) != 1 || got.Data[0].Value != "A" || got.Data[0].Total != 2 || got.Data[0].Delta != 1 {
		t.Errorf("%+v", got.Data)
	}
}
