package ui

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"amptui/api/text"
	"amptui/charts"
	"amptui/charts/theme"
	"amptui/views"
)

const (
	// A chart of less says nothing.
	leastTileWidth, leastTileHeight = 38, 9

	// bestShape is how much wider than high a chart is best, in cells.
	bestShape = 3.5
)

// grid is how many charts stand beside each other, and how many rows of them are
// seen.
type grid struct{ across, seen int }

// gridOf is the grid of n charts in w by h cells: as many in sight as fit, in the
// shape that suits charts.
func gridOf(n, w, h int) grid {
	best, most, nearest := grid{1, 1}, 0, math.Inf(1)
	for across := 1; across <= max(1, min(n, w/leastTileWidth)); across++ {
		seen := max(1, min((n+across-1)/across, h/leastTileHeight))
		shape := float64(max(w, 1)) / float64(across) / (float64(max(h, 1)) / float64(seen))
		off := math.Abs(math.Log(shape / bestShape))
		if shown := min(n, across*seen); shown > most || shown == most && off < nearest {
			best, most, nearest = grid{across, seen}, shown, off
		}
	}
	return best
}

// View draws the head and the charts in sight.
func (v *board) View() string {
	w, h := v.wide, v.high
	if w <= 0 || h <= 0 {
		return ""
	}
	th := v.env.Theme
	head := views.Head{Line: v.Link().Line(), Now: v.env.Today(), Retry: v.env.Keys.Refresh, Info: v.title + th.Glyphs.Dot + v.state()}
	for _, it := range v.items {
		if beats, _, ok := it.req.Waiting(); ok {
			head.Beats = max(head.Beats, beats)
		}
	}
	if v.dear != nil {
		head.Wait = v.dear.Line(views.Named(v.env.Keys.Refresh))
	}
	return head.Draw(w, th) + "\n" + v.charts(w, max(h-views.HeadHeight, 0))
}

// charts draws the rows of the grid that are seen.
func (v *board) charts(w, h int) string {
	th := v.env.Theme
	if len(v.items) == 0 {
		return charts.Fit("\n "+th.Dim.Paint("This board has no query line yet."), w, h)
	}
	var lines []string
	for i := range min(v.grid.seen, v.rows()-v.top) {
		lines = append(lines, v.row(v.top+i, w, part(h, v.grid.seen, i)))
	}
	return charts.Fit(strings.Join(lines, "\n"), w, h)
}

// part is the i-th of n parts of a length; the last one has what is left over.
func part(length, n, i int) int {
	if i == n-1 {
		return length - (n-1)*(length/n)
	}
	return length / n
}

// Point moves to the question at a place. Nothing else on a board is one to point at.
func (v *board) Point(x, y int) (on, ok bool) {
	i := v.tileAt(x, y-views.HeadHeight)
	if i < 0 {
		return false, true
	}
	on, v.at = i == v.at, i
	return on, true
}

// tileAt is the question whose tile has a place of the grid, -1 where there is none.
func (v *board) tileAt(x, y int) int {
	if x < 0 || y < 0 {
		return -1
	}
	for i := range min(v.grid.seen, v.rows()-v.top) {
		high := part(max(v.high-views.HeadHeight, 0), v.grid.seen, i)
		if y >= high {
			y -= high
			continue
		}
		for c := range v.grid.across {
			wide := part(v.wide, v.grid.across, c)
			if x >= wide {
				x -= wide
				continue
			}
			if at := (v.top+i)*v.grid.across + c; at < len(v.items) {
				return at
			}
			return -1
		}
	}
	return -1
}

func (v *board) row(r, w, h int) string {
	out := ""
	for c := range v.grid.across {
		wide := part(w, v.grid.across, c)
		if c > 0 {
			wide-- // for the rule between them
		}
		tile := charts.Fit("", wide, h)
		if i := r*v.grid.across + c; i < len(v.items) {
			tile = v.tile(v.items[i], i == v.at, wide, h)
		}
		if c == 0 {
			out = tile
		} else {
			out = views.SideBySide(out, tile, v.env.Theme)
		}
	}
	return out
}

// tile is one question: its line, its chart, and what must be known about it.
func (v *board) tile(it *item, under bool, w, h int) string {
	th := v.env.Theme
	style, gutter := th.Accent, "  "
	if under {
		style, gutter = th.Selected, th.Accent.Paint(th.Glyphs.Pointer)+" "
	}
	head := charts.Fit(gutter+style.Paint(charts.Cut(v.heading(it), max(w-3, 1))), w, 1)
	if h < 3 {
		return charts.Fit(head, w, h)
	}
	return head + "\n" + v.picture(it, w, h-2) + "\n" + charts.Fit(v.remark(it, w), w, 1)
}

// heading is the name under which a question is saved, and its line as it may be
// shown.
func (v *board) heading(it *item) string {
	line := it.spec.Name
	switch {
	case it.err != nil:
		line = text.Clean(it.line)
	case v.has(it):
		line = it.req.Value.Link.Line()
	case !v.env.Mask.On():
		line = views.Link{View: it.spec.Name, Args: it.args}.Line()
	}
	return views.Joined(v.env.Theme.Glyphs.Dot, it.name, line)
}

// picture is the chart, or why there is none.
func (v *board) picture(it *item, w, h int) string {
	th := v.env.Theme
	_, wait, _ := it.req.Waiting()
	switch {
	case it.err != nil:
		return views.Failed(it.err, w, h, v.env)
	case it.wrong != nil:
		return views.Failed(it.wrong, w, h, v.env)
	case v.has(it):
		key := tile{it.req.Version, it.shown, w, h}
		return it.drawn.Get(key, func() string { return charts.Fit(chartOf(it.req.Value, w, h, th), w, h) })
	case it.req.Loading() && wait != "":
		return views.Said(wait, th.Warn, w, h)
	case it.req.Err != nil && !it.req.Loading():
		return views.Failed(it.req.Err, w, h, v.env)
	}
	return charts.Fit("\n "+th.Dim.Paint(views.Asking(it.req.Loading(), v.env.Keys.Refresh)), w, h)
}

// remark is what must be known about the answer: what has gone wrong since, else
// what it lacks, before what it shows.
func (v *board) remark(it *item, w int) string {
	th := v.env.Theme
	if !v.has(it) {
		return ""
	}
	if it.req.Err != nil {
		return " " + th.Bad.Paint(charts.Cut(views.Explain(it.req.Err, v.env.Keys), max(w-2, 0)))
	}
	notes := it.req.Value.Notes
	if len(notes) > 1 {
		notes = append(slices.Clone(notes[1:]), notes[0])
	}
	return " " + th.Dim.Paint(charts.Cut(text.Clean(strings.Join(notes, th.Glyphs.Dot)), max(w-2, 0)))
}

// chartOf draws an answer small: lists without a cursor, and no line for what the
// remark below says.
func chartOf(answer views.Answer, w, h int, th theme.Theme) string {
	saidBelow := func(note string) bool {
		return slices.ContainsFunc(answer.Notes, func(s string) bool { return strings.Contains(s, note) })
	}
	switch c := answer.Chart.(type) {
	case charts.Table:
		c.Cursor = -1
		if more := c.Len - (h - 2); h > 2 && c.Len > h-1 {
			return c.Draw(w, h-1, th) + "\n" + charts.Fit("  "+th.Dim.Paint(fmt.Sprintf("%d more rows", more)), w, 1)
		}
		return c.Draw(w, h, th)
	case charts.Funnel:
		c.Ends = true // what has come of it all
		return c.Draw(w, h, th)
	case charts.Line:
		if saidBelow(c.Note) {
			c.Note = ""
		}
		return c.Draw(w, h, th)
	case charts.Columns:
		if saidBelow(c.Note) {
			c.Note = ""
		}
		return c.Draw(w, h, th)
	}
	return answer.Chart.Draw(w, h, th)
}
