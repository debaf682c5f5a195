package revenue

import (
	"math"
	"testing"

	"amptui/api/text"
	"amptui/views"
)

func TestWhoIsTooYoungIsNotChecked(t *testing.T) {
	known, pending, unsent := func(v float64) cell { return cell{value: v, sent: true} }, func(v float64) cell { return cell{v, true, true} }, cell{value: math.NaN()}
	r := answer{days: []int{1, 7, 30}, groups: []group{{label: text.New("DE"), all: true, rows: []row{
		{name: "all new users", users: 50, cells: []cell{known(2), pending(1), pending(0)}},
		{name: "week of 16 Nov", users: 20, cells: []cell{known(3), pending(0), unsent}},
		{name: "week of 9 Nov", users: 30, cells: []cell{known(1), known(4), pending(0)}},
	}}}}
	for typed, want := range map[string]string{
		"day 1 < 2.5":  "day 1 < 2.5: day 1 of DE is 2, which is < 2.5",
		"day 7 < 2":    "", // the newest cohort that is 7 days old has 4
		"day 7 < 5":    "day 7 < 5: day 7 of DE, week of 9 Nov is 4, which is < 5",
		"day 30 < 100": "!day 30 of DE is not certain: no new users are so old yet, ask for earlier dates",
		"day 31 < 100": "!this answer has no figure day 31",
		"users < 100":  "!users of DE is not certain: " + views.StillRunning,
	} {
		c, err := views.ParseCheck(typed)
		if err != nil {
			t.Fatal(err)
		}
		found, err := c.Against(r.figures(true))
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
}
