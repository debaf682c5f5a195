package views

import (
	"fmt"
	"strings"

	"amptui/charts"
	"amptui/charts/theme"
)

// Framed draws a picture with a title above it, if there is one, and under it
// the cell under the cursor in words.
func Framed(chart charts.Chart, title, readout string, w, h int, th theme.Theme) string {
	room := InFrame(title, h)
	if room < 1 {
		return charts.Fit(" "+charts.Cut(readout, max(w-2, 0)), w, h)
	}
	var lines []string
	if title != "" {
		lines = append(lines, " "+th.Title.Paint(charts.Cut(title, max(w-2, 0))))
	}
	lines = append(lines, chart.Draw(w, room, th), " "+charts.Cut(readout, max(w-2, 0)))
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// InFrame is the height of a picture that Framed draws.
func InFrame(title string, h int) int {
	if title != "" {
		h--
	}
	return h - 1
}

// GroupTitle says which group of several is on the screen.
func GroupTitle(name string, at, groups int) string {
	if groups < 2 {
		return ""
	}
	return fmt.Sprintf("%s  (%d of %d)", name, at+1, groups)
}

// SideBySide joins two blocks of equal height with a rule between them.
func SideBySide(left, right string, th theme.Theme) string {
	a, b := strings.Split(left, "\n"), strings.Split(right, "\n")
	rule := th.Rule.Paint(th.Glyphs.VRule)
	for i := range a {
		a[i] += rule + b[i]
	}
	return strings.Join(a, "\n")
}
