package charts

import (
	"cmp"
	"slices"
	"testing"

	"github.com/NimbleMarkets/ntcharts/canvas"
	"github.com/NimbleMarkets/ntcharts/canvas/graph"

	"amptui/charts/theme"
)

// has says whether a dot is there.
func (d *dots) has(x, y int) bool {
	other := newDots(d.wide, d.high)
	other.set(x, y)
	return d.cells[y/4*d.wide+x/2]&other.cells[y/4*d.wide+x/2] != 0
}

func TestUprightLinesAreThoseOfTheLibrary(t *testing.T) {
	sorted := func(spots []spot) []spot {
		return slices.SortedFunc(slices.Values(spots), func(a, b spot) int { return cmp.Or(a.x-b.x, a.y-b.y) })
	}
	for dx := range 2 {
		for dy := -60; dy <= 60; dy++ {
			a, b := spot{3, 70}, spot{3 + dx, 70 + dy}
			var got, want []spot
			drawn := pen{plot: &plot{dots: newDots(5, 40)}, braille: true}
			drawn.upright(a, b, ink{on: 1, period: 1}, theme.Style{})
			for x := range 10 {
				for y := range 160 {
					if drawn.dots.has(x, y) {
						got = append(got, spot{x, y})
					}
				}
			}
			for _, at := range graph.GetLinePoints(canvas.Point{X: a.x, Y: a.y}, canvas.Point{X: b.x, Y: b.y}) {
				want = append(want, spot{at.X, at.Y})
			}
			if !slices.Equal(sorted(got), sorted(want)) {
				t.Errorf("from %v to %v: %v; want %v", a, b, got, want)
			}
		}
	}
}
