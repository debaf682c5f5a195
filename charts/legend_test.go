package charts_test

import (
	"strings"
	"testing"

	"amptui/charts"
	"amptui/charts/theme"
)

func TestThePlotStandsStillWhenTheCursorComes(t *testing.T) {
	for _, width := range []int{120, 200} {
		line := pictures()["line"].(charts.Line)
		axis := func(cursor int) string {
			line.Cursor = cursor
			rows := strings.Split(line.Draw(width, 20, theme.Plain()), "\n")
			return rows[len(rows)-1]
		}
		if without, with := axis(-1), axis(3); without != with {
			t.Errorf("%d columns:\n%s\n%s", width, without, with)
		}
	}
}
