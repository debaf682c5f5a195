package views

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"amptui/api"
	"amptui/api/text"
	"amptui/charts"
	"amptui/keys"
)

// CohortNames names cohorts that stand under each other as heads of rows: by their
// first days, which have their year where there are several.
func CohortNames(times []time.Time, i api.Interval) func(t time.Time, label text.Raw) string {
	dated := slices.DeleteFunc(slices.Clone(times), time.Time.IsZero)
	several := slices.ContainsFunc(dated, func(t time.Time) bool { return t.Year() != dated[0].Year() })
	layout := "Mon 2 Jan"
	switch {
	case i == api.Month:
		layout = "Jan 2006"
	case i == api.Week, several:
		layout = "2 Jan 2006"
	}
	return func(t time.Time, label text.Raw) string {
		if t.IsZero() {
			return label.Safe()
		}
		return t.Format(layout)
	}
}

// Cohorts is one group of an answer of cohorts, as rows of cells.
type Cohorts struct {
	Label string
	All   bool // the first row is that of all cohorts together
	Rows  []charts.HeatRow
}

// Triangle draws the group under the cursor on what is given of a picture.
// Without a cursor all groups stand under each other, each behind its name.
func Triangle(t charts.Heat, groups []Cohorts, at *Cells) charts.Heat {
	t.Row = -1
	if at != nil {
		t.Row, t.Col, t.Top, t.Left = at.Row, at.Col, at.Top, at.Left
	}
	for i, g := range groups {
		switch {
		case at != nil && i != at.Group:
			continue
		case at == nil && len(groups) > 1:
			t.Rows = append(t.Rows, charts.HeatRow{Name: g.Label})
		case at != nil && g.All:
			t.Frozen = 1
		}
		t.Rows = append(t.Rows, g.Rows...)
	}
	return t
}

// Cells is a cursor in an answer of cohorts: groups of rows of cells, one group
// on the screen at a time. The rows of the next group follow those of the one
// before.
type Cells struct {
	Group, Row, Col int
	Top, Left       int // what is scrolled out of sight
	Rows            []int
	Cols            int // of the widest row
}

// Over makes the cursor one of other groups, of so many rows each, and keeps it
// where it was as far as that exists.
func (c *Cells) Over(rows []int, cols int) {
	c.Rows, c.Cols = rows, cols
	c.Group = max(0, min(c.Group, len(rows)-1))
	c.Row = max(0, min(c.Row, c.rows()-1))
	c.Col = max(0, min(c.Col, cols-1))
}

func (c *Cells) rows() int {
	if c.Group >= len(c.Rows) {
		return 0
	}
	return c.Rows[c.Group]
}

// Down goes by so many rows, at the end of a group on into the next.
func (c *Cells) Down(by int) {
	if c.rows() == 0 {
		return
	}
	switch to := c.Row + by; {
	case to >= c.rows() && c.Row == c.rows()-1 && c.Group < len(c.Rows)-1:
		c.Group, c.Row = c.Group+1, 0
	case to < 0 && c.Row == 0 && c.Group > 0:
		c.Group--
		c.Row = max(c.rows()-1, 0)
	default:
		c.Row = max(0, min(to, c.rows()-1))
	}
}

// Aside goes by so many columns.
func (c *Cells) Aside(by int) { c.Col = max(0, min(c.Col+by, c.Cols-1)) }

// point moves to the cell at a place of a picture, as Framed draws it in w by h cells
// behind a title; a place without a cell is left as it is. ok is false where the
// picture has no cells, on says that the cursor was there already.
func (c *Cells) point(picture charts.Chart, title string, x, y, w, h int) (on, ok bool) {
	t, ok := picture.(charts.Heat)
	if !ok {
		return false, false
	}
	row, col, ok := t.CellAt(x, y-len(titleLines(title, w)), w, InFrame(title, w, h))
	if !ok || row >= c.rows() || col >= c.Cols {
		return false, true
	}
	on = row == c.Row && col == c.Col
	c.Row, c.Col = row, col
	return on, true
}

// FollowCells keeps the cell under a cursor in sight in the picture of an answer, which
// stands behind a title.
func (q *Question[S, A, T]) FollowCells(c *Cells, picture charts.Chart, title string) {
	if t, ok := picture.(charts.Heat); ok {
		c.Top, c.Left = t.Follow(q.W, InFrame(title, q.W, q.H-HeadHeight))
	}
}

// PointCells is a view's Point for such a picture: a cell is in sight and stays there.
func (q *Question[S, A, T]) PointCells(c *Cells, picture charts.Chart, title string, x, y int) (on, ok bool) {
	if !q.Have {
		return false, false
	}
	on, ok = c.point(picture, title, x, y-HeadHeight, q.W, q.H-HeadHeight)
	if ok && !on {
		q.Redraw()
	}
	return on, ok
}

// Next goes by so many groups.
func (c *Cells) Next(by int) {
	c.Group = max(0, min(c.Group+by, len(c.Rows)-1))
	c.Row = max(0, min(c.Row, c.rows()-1))
}

// Actions moves the cursor. row and column are what the footer calls a step;
// moved runs after each.
func (c *Cells) Actions(k keys.Map, row, column string, page int, moved func()) []keys.Action {
	blocked := ""
	if c.rows() == 0 || c.Cols == 0 {
		blocked = "there is nothing to move over yet"
	}
	alone := blocked
	if blocked == "" && len(c.Rows) == 1 && c.rows() == 1 {
		alone = "there is one " + row + " only"
	}
	one := func(key keys.Key, label string, quiet bool, step func()) keys.Action {
		return keys.Action{Key: key, Blocked: blocked, Label: label, Quiet: quiet, Do: func() tea.Cmd {
			step()
			moved()
			return nil
		}}
	}
	upDown := func(key keys.Key, quiet bool, by int) keys.Action {
		action := one(key, row, quiet, func() { c.Down(by) })
		action.Blocked = alone
		return action
	}
	actions := []keys.Action{
		one(k.Left, column, false, func() { c.Aside(-1) }),
		one(k.Right, column, false, func() { c.Aside(1) }),
		upDown(k.Down, false, 1),
		upDown(k.Up, false, -1),
		one(k.Top, "", true, func() { c.Row, c.Col = 0, 0 }),
		one(k.Bottom, "", true, func() { c.Row = c.rows() - 1 }),
		one(k.HalfDown, "", true, func() { c.Down(max(page/2, 1)) }),
		one(k.HalfUp, "", true, func() { c.Down(-max(page/2, 1)) }),
		one(k.PageDown, "", true, func() { c.Down(max(page, 1)) }),
		one(k.PageUp, "", true, func() { c.Down(-max(page, 1)) }),
	}
	if len(c.Rows) > 1 {
		actions = append(actions,
			one(k.NextGroup, "", false, func() { c.Next(1) }),
			one(k.PreviousGroup, "", false, func() { c.Next(-1) }))
	}
	return actions
}
