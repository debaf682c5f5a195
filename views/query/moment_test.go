package query

import (
	"testing"
	"time"
)

func TestAMomentIsWhatWasTyped(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 14, 30, 0, 0, zone)
	for typed, want := range map[string]string{
		"2 Mar 14:00":               "2026-03-02T14:00:00+01:00",
		"2 mar":                     "2026-03-02T23:59:59+01:00",
		"yesterday 9:30":            "2026-11-23T09:30:00+01:00",
		"14:00":                     "2026-11-24T14:00:00+01:00",
		"15:00":                     "2026-11-23T15:00:00+01:00", // today it has not come yet
		"2026-03-29 14:00:05":       "2026-03-29T14:00:05+02:00",
		"2026-03-29T14:00":          "2026-03-29T14:00:00+02:00",
		"2026-03-29T14:00:00Z":      "2026-03-29T16:00:00+02:00",
		"last monday 08:00":         "2026-11-23T08:00:00+01:00",
		"2026-03":                   "2026-03-31T23:59:59+02:00",
		"3d ago":                    "2026-11-21T23:59:59+01:00",
		"August 3 7:15":             "2026-08-03T07:15:00+02:00",
		"2026-03-02T14:00:05-05:00": "2026-03-02T20:00:05+01:00",
	} {
		kept, err := ParseMoment(typed)
		if err != nil {
			t.Errorf("%s: %v", typed, err)
			continue
		}
		got, err := Moment(kept, now)
		if err != nil || got.Format(time.RFC3339) != want {
			t.Errorf("%s is %s, %v; want %s", typed, got.Format(time.RFC3339), err, want)
		}
	}
	for _, typed := range []string{"", "soon", "25:00", "2 mar 14", "2 foo 14:00", ":", "t:"} {
		if _, err := ParseMoment(typed); err == nil {
			t.Errorf("%q is taken for a moment", typed)
		}
	}
}
