package views

import (
	"fmt"
	"strings"

	"amptui/charts"
	"amptui/charts/theme"
)

// Framed draws a picture with a title above it, if there is one, and under it
// the cell under the cursor in words. A long title has two lines.
func Framed(chart charts.Chart, title, readout string, w, h int, th theme.Theme) string {
	room := InFrame(title, w, h)
	if room < 1 {
		return charts.Fit(" "+charts.Cut(readout, max(w-2, 0)), w, h)
	}
	var lines []string
	for _, line := range titleLines(title, w) {
		lines = append(lines, " "+th.Title.Paint(line))
	}
	lines = append(lines, chart.Draw(w, room, th), " "+charts.Cut(readout, max(w-2, 0)))
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// InFrame is the height of a picture that Framed draws.
func InFrame(title string, w, h int) int { return h - 1 - len(titleLines(title, w)) }

func titleLines(title string, w int) []string {
	switch {
	case title == "":
		return nil
	case charts.Width(title) <= w-2:
		return []string{title}
	}
	lines := charts.Wrap(title, max(w-2, 1))
	return lines[:min(len(lines), 2)]
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
