package charts

import (
	"strings"
	"time"

	"amptui/charts/theme"
)

// Ruler is a stretch of time as one line, with the parts of it that are known
// drawn thick, and a mark where one looks. The later end is at the right.
type Ruler struct {
	From, To time.Time // both ends, in the zone to be shown
	Known    []Stretch
	At       time.Time // the mark; zero is none
	Rest     string    // said behind it
}

// Stretch is a part of a ruler.
type Stretch struct{ From, To time.Time }

// leastRuler is the shortest line that says anything.
const leastRuler = 10

// Draw draws the ruler on the first of h lines of w cells.
func (r Ruler) Draw(w, h int, th theme.Theme) string {
	if w <= 0 || h <= 0 {
		return Fit("", w, h)
	}
	layout := r.layout()
	left, right := " "+r.From.Format(layout)+" ", " "+r.To.Format(layout)
	rest := ""
	if r.Rest != "" {
		rest = "  " + Cut(r.Rest, max(w/2-2, 0))
	}
	room := w - Width(left) - Width(right) - Width(rest) - 1
	if room < leastRuler {
		room, rest = room+Width(rest), ""
	}
	if room < leastRuler {
		return Fit(" "+th.Dim.Paint(Cut(r.Rest, w-2)), w, h)
	}
	line := th.Dim.Paint(left) + r.scale(room, th) + th.Dim.Paint(right+rest)
	return Fit(line, w, h)
}

// layout writes the ends as times of day where they are of one day.
func (r Ruler) layout() string {
	switch {
	case r.From.Format(time.DateOnly) == r.To.Format(time.DateOnly):
		return "2 Jan 15:04"
	case r.From.Year() == r.To.Year():
		return "2 Jan"
	}
	return "2 Jan 2006"
}

// scale is the line itself. A known part takes one cell at least.
func (r Ruler) scale(w int, th theme.Theme) string {
	cells := make([]byte, w) // 0 is not known, 1 known, 2 the mark
	for _, k := range r.Known {
		for x := r.column(k.From, w); x <= r.column(k.To, w); x++ {
			cells[x] = 1
		}
	}
	if !r.At.IsZero() {
		cells[r.column(r.At, w)] = 2
	}
	glyphs := []string{th.Glyphs.Thin, th.Glyphs.Thick, th.Glyphs.Markers[0]}
	styles := []theme.Style{th.Dim, th.Accent, th.Mark}
	var b strings.Builder
	for x := 0; x < w; {
		n := 1
		for x+n < w && cells[x+n] == cells[x] {
			n++
		}
		b.WriteString(styles[cells[x]].Paint(strings.Repeat(glyphs[cells[x]], n)))
		x += n
	}
	return b.String()
}

// column is the cell of a time, always one of the line.
func (r Ruler) column(t time.Time, w int) int {
	whole := r.To.Sub(r.From)
	if whole <= 0 {
		return w - 1
	}
	part := float64(t.Sub(r.From)) / float64(whole)
	return max(0, min(int(part*float64(w)), w-1))
}
