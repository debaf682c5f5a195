package demo

import (
	"encoding/json"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func TestRefusalsSayWhy(t *testing.T) {
	s, _ := smallLog(t, 1)
	for _, c := range []struct {
		v    url.Values
		want string
	}{
		{params("e", `{"event_type":"_new"}`), "Invalid event _new"},
		{params("e", `{"event_type":"Any Active Event"}`), "Invalid event Any Active Event"},
		{params("e", `{"event_type":"ce:Mine"}`), "Invalid event ce:Mine"},
		{params("e", `{"event_type":"A"}`, "g", "plan"), "Invalid user property plan"},
		{params("e", `{"event_type":"A"}`, "g", "gp:plan"), "Invalid user property gp:plan"},
		{params("e", `{"event_type":"A"}`, "g", "event:n"), "Invalid user property event:n"},
		{params("e", `{"event_type":"A","group_by":[{"type":"event","value":"genre"}]}`), "Invalid event property genre"},
		{params("e", `{"event_type":"A"}`, "s", `[{"prop":"plan","op":"is","values":["x"]}]`), "Invalid user property plan"},
		{params("e", `{"event_type":"A"}`, "m", "dau"), "Invalid value for parameter m"},
		{params("e", `{"event_type":"A"}`, "i", "-300000"), "The time range is too long for this interval"},
		{params("e", `{"event_type":"A"}`, "i", "2"), "Invalid interval"},
		{params("e", `{"event_type":"A"}`, "m", "formula", "formula", "PCTDAU(A)"), `Invalid formula: unknown function "PCTDAU"`},
		{params("e", `{"event_type":"A"}`, "m", "formula", "formula", "PROPSUM(A)"), "Metric formula needs a group by property of the event"},
		{params("e", `{"event_type":"A"}`, "m", "formula", "formula", strings.Repeat("1+", 300)+"1"), "Invalid formula: too long"},
		{params("e", `{"event_type":"A"}`, "m", "formula", "formula", strings.Repeat("(", 300)), "Invalid formula: nested too deep"},
	} {
		code, body := status(s, segmentationPath, c.v)
		var e struct {
			Error struct {
				Code     int    `json:"http_code"`
				Type     string `json:"type"`
				Message  string `json:"message"`
				Metadata struct {
					Details string `json:"details"`
				} `json:"metadata"`
			} `json:"error"`
		}
		if err := json.Unmarshal([]byte(body), &e); err != nil {
			t.Fatal(err)
		}
		if code != 400 || e.Error.Code != 400 || e.Error.Type != "invalid" || e.Error.Message != "Invalid chart definition" || e.Error.Metadata.Details != c.want {
			t.Errorf("%v: %d %s; want %s", c.v, code, body, c.want)
		}
	}
	// A built-in property that nobody has is no mistake.
	if code, body := status(s, segmentationPath, params("e", `{"event_type":"A"}`, "g", "DMA")); code != 200 || !strings.Contains(body, "(none)") {
		t.Errorf("by DMA: %d %s", code, body)
	}
}

func TestWhatTheApiRefusesIsRefused(t *testing.T) {
	s, _ := smallLog(t, 1)
	for query, want := range map[string]int{
		"/api/2/events/segmentation?start=20260322&end=20260331":                                                                              400,
		"/api/2/events/segmentation?start=20260322&end=20260331&e={bad":                                                                       400,
		`/api/2/events/segmentation?start=20260322&end=20260331&e={"event_type":"Nope"}`:                                                      400,
		`/api/2/events/segmentation?start=20260322&end=20260321&e={"event_type":"A"}`:                                                         400,
		`/api/2/events/segmentation?start=20200322&end=20260321&e={"event_type":"A"}`:                                                         400,
		`/api/2/events/segmentation?start=20260322&end=20260331&e={"event_type":"A"}&m=sums`:                                                  400,
		`/api/2/events/segmentation?start=20260322&end=20260331&e={"event_type":"A"}&m=formula&formula=UNIQUES(B)`:                            400,
		`/api/2/events/segmentation?start=20260322&end=20260331&e={"event_type":"A"}&g=platform&s=[]&s=[]`:                                    400,
		`/api/2/events/segmentation?start=20260322&end=20260331&e={"event_type":"A"}&s=[{"prop":"userdata_cohort","op":"is","values":["x"]}]`: 404,
		`/api/2/retention?start=20260322&end=20260331&se={"event_type":"A"}&re={"event_type":"B"}&rm=n-day`:                                   400,
		`/api/2/retention?start=20260322&end=20260331&se={"event_type":"A"}&re={"event_type":"B"}&rm=bracket&rb=[[0,3],[2,5]]`:                400,
		"/api/2/nowhere": 404,
	} {
		path, raw, _ := strings.Cut(query, "?")
		v, err := url.ParseQuery(raw)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("GET", path+"?"+v.Encode(), nil)
		r.SetBasicAuth("a", "b")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != want || !strings.Contains(w.Body.String(), `"details":"`) {
			t.Errorf("%s: %d %s; want %d", query, w.Code, w.Body, want)
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest("GET", "/api/2/events/list", nil))
	if w.Code != 401 {
		t.Errorf("without a key pair: %d", w.Code)
	}
}
