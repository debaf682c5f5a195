package demo

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"
)

// visits is a log of sessions: three of u1 (10 s, 90 s, 0 s), one of u2 that goes
// over midnight, and an event outside of any.
func visits(t *testing.T) *Server {
	t.Helper()
	at := func(s string) time.Time {
		when, err := time.Parse(time.DateTime, s)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	var lines strings.Builder
	add := func(user, session, when, plan string) {
		id := int64(-1)
		if session != "" {
			id = at(session).UnixMilli()
		}
		fmt.Fprintf(&lines, `{"event_type":"A","event_time":"%s.000000","user_id":%q,"amplitude_id":%s,"session_id":%d,"user_properties":{"plan":%q},"$insert_id":"%d"}`+"\n",
			when, user, strings.TrimPrefix(user, "u"), id, plan, lines.Len())
	}
	add("u1", "2026-03-20 10:00:00", "2026-03-20 10:00:00", "free")
	add("u1", "2026-03-20 10:00:00", "2026-03-20 10:00:10", "free")
	add("u1", "2026-03-20 11:00:00", "2026-03-20 11:01:30", "free")
	add("u1", "2026-03-21 08:00:00", "2026-03-21 08:00:00", "pro")
	add("u2", "2026-03-20 23:59:00", "2026-03-20 23:59:30", "free")
	add("u2", "2026-03-20 23:59:00", "2026-03-21 00:09:00", "free")
	add("u3", "", "2026-03-21 08:02:00", "free")
	log, _, err := Read("visits.json", strings.NewReader(lines.String()))
	if err != nil {
		t.Fatal(err)
	}
	return &Server{Log: log, Zone: time.UTC, Now: func() time.Time { return at("2026-03-21 08:07:00") }}
}

type points struct {
	X         []string                    `json:"xValues"`
	Series    [][]float64                 `json:"series"`
	Collapsed [][]struct{ Value float64 } `json:"seriesCollapsed"`
}

func asked(t *testing.T, s *Server, path string, pairs ...string) points {
	t.Helper()
	var got struct{ Data points }
	v := url.Values{"start": {"20260320"}, "end": {"20260321"}}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	ask(t, s, path, v, &got)
	return got.Data
}

func TestSessionsAreCountedAsTheyAreDefined(t *testing.T) {
	s := visits(t)
	for _, c := range []struct {
		path, want string
		pairs      []string
	}{
		{"/api/2/sessions/average", "[2026-03-20T00:00:00 2026-03-21T00:00:00] [[233.33333333333334 0]] [[{175}]]", nil},
		{"/api/2/sessions/peruser", "[2026-03-20T00:00:00 2026-03-21T00:00:00] [[1.5 1]] [[{2}]]", nil},
		{"/api/2/sessions/length", "[0s-3s 3s-10s 10s-30s 30s-60s 60s-180s 180s-600s 600s-1800s 1800s-3600s 3600s-86400s] [[1 0 1 0 1 0 1 0 0]] []", nil},
		{"/api/2/sessions/length", "[0s-60s 60s-120s] [[2 1]] []", []string{"timeHistogramConfigBinTimeUnit", "minutes", "timeHistogramConfigBinMin", "0", "timeHistogramConfigBinMax", "2", "timeHistogramConfigBinSize", "1"}},
		{"/api/2/sessions/length", "[] [] []", []string{"start", "20260319", "end", "20260319"}},
	} {
		got := asked(t, s, c.path, c.pairs...)
		if said := fmt.Sprint(got.X, " ", got.Series, " ", got.Collapsed); said != c.want {
			t.Errorf("%s %v: %s; want %s", c.path, c.pairs, said, c.want)
		}
	}
}

func TestCompositionCountsEveryUserOnceAsTheyWereLast(t *testing.T) {
	got := asked(t, visits(t), "/api/2/composition", "p", "gp:plan")
	if said := fmt.Sprint(got.X, got.Series); said != "[free pro] [[2 1]]" {
		t.Errorf("%s", said)
	}
	if got = asked(t, visits(t), "/api/2/composition", "p", "gp:plan", "start", "20260320", "end", "20260320"); fmt.Sprint(got.X, got.Series) != "[free] [[2]]" {
		t.Errorf("on the first day: %v", got)
	}
}

func TestRealTimeEndsWithTheLastWholeSlot(t *testing.T) {
	got := asked(t, visits(t), "/api/2/realtime")
	if len(got.X) != 288 || got.X[0] != "08:05" || got.X[287] != "08:00" || len(got.Series) != 2 {
		t.Fatalf("%d slots from %v", len(got.X), got.X)
	}
	if got.Series[0][287] != 2 {
		t.Errorf("the last slot has %v users; want u1 and u3", got.Series[0][287])
	}
	sum := 0.0
	for _, row := range got.Series {
		for _, n := range row {
			sum += n
		}
	}
	// u1 at 10:00 (two events in one slot), 11:00 and 08:00, u2 in two slots, u3.
	if sum != 6 {
		t.Errorf("%v users in all slots together; want 6", sum)
	}
}

// A cohort and its complement are everybody, and the list says how many there are.
func TestACohortIsWhoItsListSays(t *testing.T) {
	s := &Server{Log: generate(3, storeNow(), 400), Now: storeNow, Zone: time.UTC}
	var list struct {
		Cohorts []struct {
			ID   string
			Size float64
		}
	}
	ask(t, s, "/api/3/cohorts", nil, &list)
	if len(list.Cohorts) != 3 {
		t.Fatalf("%+v", list)
	}
	total := func(segment string) float64 {
		v := url.Values{"e": {`{"event_type":"_all"}`}, "start": {"20261124"}, "end": {"20261124"}}
		if segment != "" {
			v.Set("s", segment)
		}
		var got struct{ Data points }
		ask(t, s, "/api/2/events/segmentation", v, &got)
		if len(got.Data.Collapsed) == 0 {
			return 0
		}
		return got.Data.Collapsed[0][0].Value
	}
	for _, c := range list.Cohorts {
		is := total(fmt.Sprintf(`[{"prop":"userdata_cohort","op":"is","values":[%q]}]`, c.ID))
		not := total(fmt.Sprintf(`[{"prop":"userdata_cohort","op":"is not","values":[%q]}]`, c.ID))
		// A user may join today: then one is in both, as of one event and of another.
		if all := total(""); is+not < all || c.Size == 0 || c.Size >= 400 {
			t.Errorf("%s: %v in it, %v not, %v of all; its size is %v", c.ID, is, not, all, c.Size)
		}
	}
	r := httptest.NewRequest("GET", "/api/2/events/segmentation?start=20261124&end=20261124&e="+url.QueryEscape(`{"event_type":"_all"}`)+"&s="+url.QueryEscape(`[{"prop":"userdata_cohort","op":"is","values":["nobody"]}]`), nil)
	r.SetBasicAuth("a", "b")
	w := httptest.NewRecorder()
	if s.ServeHTTP(w, r); w.Code != 404 {
		t.Errorf("a cohort that is not there: %d", w.Code)
	}
}

func TestSavedChartsAndAnnotationsAreOfTheStore(t *testing.T) {
	s := &Server{Log: generate(3, storeNow(), 400), Now: storeNow, Zone: time.UTC}
	for _, c := range s.Log.saved.charts {
		var got struct{ Data string }
		ask(t, s, "/api/3/chart/"+c.id+"/csv", nil, &got)
		lines := strings.Split(got.Data, "\r\n")
		if !strings.HasPrefix(lines[0], "\"\t"+c.title) || len(lines) < 7 || !strings.HasPrefix(lines[4], "\"\tSegment\",") {
			t.Errorf("%s: %s", c.id, got.Data)
		}
	}
	var notes struct {
		Data []struct {
			Start, Label string
			Chart        *string `json:"chart_id"`
		}
	}
	ask(t, s, "/api/3/annotations", nil, &notes)
	if len(notes.Data) != 4 || notes.Data[1].Chart != nil || notes.Data[2].Chart == nil || *notes.Data[2].Chart != s.Log.saved.charts[0].id || notes.Data[1].Label != "Version 3.5.0" || notes.Data[1].Start != "2026-11-04T00:00:00+00:00" {
		t.Fatalf("%+v", notes)
	}
	// What is written there is so: nobody has the version before that day, or the
	// evening before it where the day begins earlier.
	v := params("e", `{"event_type":"_all","filters":[{"subprop_type":"user","subprop_key":"version","subprop_op":"is","subprop_value":["3.5.0"]}]}`)
	v.Set("start", "20261027")
	v.Set("end", "20261105")
	var got struct{ Data points }
	ask(t, s, "/api/2/events/segmentation", v, &got)
	row := got.Data.Series[0]
	if row[6] != 0 || row[8] <= row[7] {
		t.Errorf("users of 3.5.0 are %v on %v", row, got.Data.X)
	}
	// A week later everybody has it.
	v.Set("e", strings.Replace(v.Get("e"), `"is"`, `"is not"`, 1))
	v.Set("start", "20261110")
	v.Set("end", "20261113")
	var others struct{ Data points }
	ask(t, s, "/api/2/events/segmentation", v, &others)
	if row := others.Data.Series[0]; row[0] == 0 || row[1] != 0 || row[2] != 0 {
		t.Errorf("users of other versions are %v on %v", row, others.Data.X)
	}
}
