package ui

import (
	"strings"
	"testing"
	"testing/synctest"

	"amptui/views"
)

// Nothing moves under the cursor: the axis is as long at every point, whatever the
// legend has to tell there.
func TestThePlotStandsStillUnderTheCursor(t *testing.T) {
	for _, line := range []string{
		`segment "Song Played" --by country`,
		`segment "Song Played" --by country --vs prev`,
		`segment "Song Played" --metric average --by platform --vs prev`,
		`segment Purchase --metric totals --last 14d --vs prev`,
		`active --by platform`,
		`sessions --measure average`,
		`chart plays7d`,
	} {
		synctest.Test(t, func(t *testing.T) {
			_, args, err := opens(line)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range []int{80, 120, 200} {
				name, _, _ := strings.Cut(line, " ")
				d := start(t, demoServer(), w, 36, views.Link{View: name, Args: args})
				d.Press("h")
				first := axisOf(d)
				if first == 0 {
					t.Errorf("%s at %d columns has no axis:\n%s", line, w, d.Frame())
				}
				for range 28 {
					if d.Press("h"); axisOf(d) != first {
						t.Errorf("%s at %d columns: the axis is %d cells long, and was %d:\n%s", line, w, axisOf(d), first, d.Frame())
						break
					}
				}
				d.end()
			}
		})
	}
}

// axisOf is how long the axis of time is; none is 0.
func axisOf(d *driver) int {
	for row := range strings.Lines(d.Frame()) {
		if _, axis, ok := strings.Cut(row, "┼"); ok {
			axis, _, _ = strings.Cut(axis, " ")
			return len([]rune(strings.TrimSpace(axis)))
		}
	}
	return 0
}
