package retention

import (
	"testing"

	"amptui/api"
	"amptui/api/text"
	"amptui/views"
)

func TestYoungCohortsAreNotChecked(t *testing.T) {
	r := answer{groups: []group{
		{label: text.New("iOS"), all: true, rows: []row{{size: 100, cells: []api.RetentionCell{
			{Count: 100, Of: 100}, {Count: 30, Of: 90}, {Count: 0, Of: 40, Incomplete: true},
		}}}},
		{label: text.New("Web"), rows: []row{{size: 5, cells: []api.RetentionCell{{Count: 1, Of: 5}}}}}, // no row of all
	}}
	for typed, want := range map[string]string{
		"day 1 < 34%": "day 1 < 34%: day 1 of iOS is 33.3%, which is < 34%",
		"day 1 < 33%": "",
		"day 2 < 50%": "!day 2 of iOS is not certain: no cohort is so old yet, ask for earlier dates",
		"day 3 < 50%": "!this answer has no figure day 3",
		"size < 200":  "!size of iOS is not certain: " + views.StillRunning,
		"size > 99":   "size > 99: size of iOS is 100, which is > 99",
	} {
		c, err := views.ParseCheck(typed)
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Against(r.figures(Default(), true))
		got := ""
		switch {
		case err != nil:
			got = "!" + err.Error()
		case len(found.Says) > 0:
			got = found.Says[0]
		}
		if got != want {
			t.Errorf("%s: %q; want %q", typed, got, want)
		}
	}
	for _, f := range r.figures(Default(), false) {
		if f.Name == "size" && f.Open != "" {
			t.Errorf("the size of a range that is over: %s", f.Open)
		}
	}
}
